"""Documents of an invented house, made as somebody makes them in a word processor."""

from __future__ import annotations

import re
import zipfile
import zlib
from base64 import b64decode
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from qualcode.model.document import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CANARY = "Xanthippe"
"""Stands wherever a template says of itself what nobody else should read."""

A4, LETTER = (Mm(210), Mm(297)), (Mm(215.9), Mm(279.4))


_JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQ"
    "c1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEA"
    "AAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJH/2Q=="
)
_GIF = b64decode("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=")


def picture(kind: str = "PNG") -> bytes:
    """A mark of the house, which says who drew it."""
    said = CANARY.encode()
    if kind == "GIF":
        return _GIF
    if kind == "JPEG":
        # One entry: who drew it, 26 bytes behind the beginning of the table.
        entry = b"\x01\x3b\x00\x02" + len(said).to_bytes(4) + (26).to_bytes(4)
        written = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + entry + bytes(4) + said
        segments = b"".join(
            b"\xff" + sign + (len(content) + 2).to_bytes(2) + content
            for sign, content in ((b"\xe1", written), (b"\xed", said), (b"\xfe", said))
        )
        return _JPEG[:2] + segments + _JPEG[2:]
    width, height = 60, 20
    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 2, 0, 0, 0))
    rows = (b"\x00" + b"\x0b\x6e\x4f" * width) * height
    chunks = (
        (b"IHDR", head),
        (b"tEXt", b"Author\x00" + said),
        (b"zTXt", b"Comment\x00\x00" + zlib.compress(said)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4) + kind_ + content + zlib.crc32(kind_ + content).to_bytes(4)
        for kind_, content in chunks
    )


def house(*, paper: tuple[int, int] = A4, kind: str = "PNG", first_page: bool = False) -> bytes:
    """A letterhead with a picture, an address, letters and styles of its own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, (side / Mm(1) for side in paper))
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(38), Mm(25)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    normal.paragraph_format.first_line_indent = Mm(5)
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x0B, 0x6E, 0x4F)
    document.styles.add_style("QC Verbatim", 1).font.italic = True
    document.styles.add_style(f"Notes of {CANARY}", 1)
    top = section.header.paragraphs[0]
    top.add_run().add_picture(BytesIO(picture(kind)), height=Mm(12))
    top.add_run("\t\tThe Loom Foundation")
    section.footer.paragraphs[0].text = "12 Weaver Lane\t\twww.example.org"
    if first_page:
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "A letterhead of its own"
    document.add_paragraph(f"Dear {CANARY}")
    for said in ("author", "comments", "last_modified_by", "keywords", "category", "title"):
        setattr(document.core_properties, said, CANARY)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def template(data: bytes | None = None) -> Template:
    """A document of the house as the writers are given it."""
    return Template("house.docx", house() if data is None else data)


def changed(
    document: bytes,
    /,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    **members: Callable[[str], str],
) -> bytes:
    """The document with parts added, and members changed: `header1=…` is `word/header1.xml`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            short = re.sub(r"^word/(_rels/|theme/)?|\.xml$|[\[\]]", "", name).replace(
                ".xml.rels", "_rels"
            )
            if short in members:
                content = members[short](content.decode()).encode()
            target.writestr(name, content)
        for name, added in (parts or {}).items():
            target.writestr(name, added)
    return out.getvalue()


def in_header(xml: str) -> bytes:
    """The house's document with more at the end of the first paragraph of its header."""
    space = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    )

    def more(header: str) -> str:
        opened = re.sub(r"xmlns:(mc|v|o)=\"[^\"]*\" ?", "", header)
        opened = opened.replace("<w:hdr ", f"<w:hdr {space}", 1)
        return opened.replace("</w:p>", f"{xml}</w:p>", 1)

    return changed(house(), header1=more)

"""Word documents as small as the reader allows, written for one test each."""

from __future__ import annotations

import io
import zipfile
from html import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{target}"/></Relationships>'
)


def document(
    *blocks: str, part: str = "word/document.xml", target: str = "", strict: bool = False
) -> bytes:
    """A document with these blocks in its body."""
    names = _STRICT if strict else _W
    xml = f"<w:document {names}><w:body>{''.join(blocks)}</w:body></w:document>"
    return package({part: xml, "_rels/.rels": _RELATIONS.format(target=target or part)})


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP package of these parts; a `mimetype` is stored as it is, as OpenDocument wants it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=stored)
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    """A run of text; `look` are its properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*parts: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    inner = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell is text, whose lines are paragraphs, or blocks."""

    def cell(content: str) -> str:
        blocks = content if content.startswith("<") else "".join(map(p, content.split("\n")))
        return f"<w:tc>{blocks}</w:tc>"

    lines = ["<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows]
    return "<w:tbl>" + "".join(lines) + "</w:tbl>"

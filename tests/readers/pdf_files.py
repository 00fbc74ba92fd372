"""PDF documents as small as they can be, each text where a test wants it."""

from __future__ import annotations

from typing import NamedTuple

FONTS = {"F": "Helvetica", "B": "Helvetica-Bold"}
WIDTH, HEIGHT = 595, 842


class At(NamedTuple):
    """Words at a place of a page, in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 11
    font: str = "F"


def column(*lines: str, top: float = 750, left: float = 60, step: float = 14) -> list[At]:
    """Lines below each other; an empty one leaves its place free."""
    return [At(left, top - step * at, text) for at, text in enumerate(lines) if text]


def pdf(*pages: list[At], title: str | None = None, extra: str = "") -> bytes:
    """A document with these pages; `extra` goes into its trailer."""
    contents = ["\n".join(_show(at) for at in page).encode("cp1252") for page in pages]
    return document([_stream(content) for content in contents], title=title, extra=extra)


def document(streams: list[bytes], *, title: str | None = None, extra: str = "") -> bytes:
    """A document whose pages have these content streams."""
    first = 6
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        f"<< /Title ({title or ''}) >>".encode(),
    ]
    for name in FONTS.values():
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        objects.append(font.encode())
    for at, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font"
            f" << /F 4 0 R /B 5 0 R >> >> /Contents {first + 2 * at + 1} 0 R >>".encode()
        )
        objects.append(stream)
    return assemble(objects, extra=f"/Info 3 0 R {extra}")


def assemble(objects: list[bytes], *, extra: str = "") -> bytes:
    """The file of these objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\n".encode()
    return out + f"startxref\n{start}\n%%EOF\n".encode()


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _show(at: At) -> str:
    text = at.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{at.font} {at.size} Tf 1 0 0 1 {at.x} {at.y} Tm ({text}) Tj ET"

"""A picture without what it says of itself: who drew it, with which program, where and when.

PNG and JPEG are read; of both only the parts are kept that a picture is drawn from. Other kinds
hold programs of their own, and are left out.
"""

from __future__ import annotations

import re
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"

_DRAWN: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs"}
)
"""Chunks of a PNG: its points, their colours, and how large they are."""

_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_JFIF: Final = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""The plainest head of a JPEG, instead of the one that a camera or a program wrote."""

_SCAN, _END = 0xDA, 0xD9
_SEGMENTS: Final = range(0xC0, 0xE0)
"""Of a JPEG: its frames, tables and scans. What lies above is comment, or a program's own."""

_ADOBE: Final = re.compile(rb"\xff\xee\x00\x0eAdobe.{7}", re.DOTALL)
"""Says how colours are to be read: without it some pictures turn to their negatives."""

_BEHIND_POINTS: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker: among the points of a scan a 0xFF is followed by 0, or restarts them."""


def bare(picture: bytes) -> bytes | None:
    """The picture alone; None where it is not a whole PNG or JPEG."""
    alone = None
    try:
        if picture.startswith(_PNG):
            alone = _bare_png(picture)
        elif picture.startswith(_JPEG):
            alone = _bare_jpeg(picture)
    except IndexError:  # it breaks off
        return None
    return alone if alone is not None and _is_known(alone) else None


def _is_known(picture: bytes) -> bool:
    """True where python-docx, which puts it into the package, can tell its kind and size."""
    from docx.image import exceptions
    from docx.image.image import Image

    try:
        Image.from_blob(picture)
    except (
        exceptions.InvalidImageStreamError,
        exceptions.UnexpectedEndOfFileError,
        exceptions.UnrecognizedImageError,
    ):
        return False
    return True


def _bare_png(picture: bytes) -> bytes | None:
    kept, at = [_PNG], len(_PNG)
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4])
        kind, end = picture[at + 4 : at + 8], at + 12 + length
        if end > len(picture):
            return None
        if kind in _DRAWN:
            kept.append(picture[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None


def _bare_jpeg(picture: bytes) -> bytes | None:
    """Up to the first end: behind it a phone puts another picture, with what it says of itself."""
    kept, at = [_JPEG, _JFIF], len(_JPEG)
    while picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == _END:
            return b"".join([*kept, picture[at : at + 2]])
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2
        if marker not in _STANDALONE:
            end += int.from_bytes(picture[at + 2 : at + 4])
        if marker == _SCAN:
            # Its points; a progressive picture has further scans, and segments between them.
            following = _BEHIND_POINTS.search(picture, end)
            if following is None:
                return None
            end = following.start()
        stretch = picture[at:end]
        if marker in _SEGMENTS or _ADOBE.fullmatch(stretch):
            kept.append(stretch)
        at = end
    return None

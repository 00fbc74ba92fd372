"""Pictures of a header or footer: frames made anew, and moved to where they stood on the page.

A frame says more than where a picture stands: the name of the file it came from, effects that one
version of Word knows. Only its place, its size, how words run round it and what is read out for it
are taken over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.template.allowed import local
from qualcode.exporters.word.writing.wml import NAMESPACE, RELATIONSHIPS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.reading import Page
    from qualcode.exporters.word.writing.paper import Sheet

PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED: Final = f"{{{RELATIONSHIPS}}}embed"
"""Where a picture in a frame is named: by its place in the `Head`, then by the id of its file."""

_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
FRAME_SAID: Final = f"{{{_WP}}}docPr"
"""What a frame says of itself: its number, its name, its description."""

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"

_SIMPLE_WRAPS: Final = frozenset({"wrapNone", "wrapSquare", "wrapTopAndBottom"})
_BEHIND_EXTENT: Final = 4

_FROM: Final = {
    "H": ("column", "page", "margin", "character", "leftMargin", "rightMargin"),
    "V": ("paragraph", "page", "margin", "line", "topMargin", "bottomMargin"),
}
"""What a place is told from, the usual first."""
_ALIGNED: Final = frozenset({"left", "right", "center", "inside", "outside", "top", "bottom"})

_MIDDLE: Final = 0.1
"""How far from the middle of a line a place may be to stay in it, as a share of the line."""

_EMU_IN_TWIPS: Final = 635
_LARGEST_EMU: Final = 27_273_042_316_900
"""What the schema has room for."""


def frame_of(drawing: Element) -> tuple[Element, str] | None:
    """The frame of a drawing that is one picture, and the id of its file; else None."""
    frame = next((one for one in drawing if local(one) in ("inline", "anchor")), None)
    if frame is None:
        return None
    graphic = frame.find(f".//{{{_A}}}graphicData")
    blips = list(frame.iter(BLIP))
    if len(blips) != 1 or graphic is None or graphic.get("uri") != PICTURE:
        return None
    return frame, str(blips[0].get(EMBED))


def drawn(frame: Element, place: int) -> Element:
    """A picture where it stood and as large; `place` stands for the id of its file."""
    from lxml import etree

    extent = frame.find(f"{{{_WP}}}extent")
    width, height = (str(_size(extent, name) or 1) for name in ("cx", "cy"))
    said = frame.find(f"{{{_WP}}}docPr")
    # What is read out for it; a path to the file it came from is none.
    description = "" if said is None else str(said.get("descr") or "")
    if "\\" in description or "/" in description:
        description = ""
    drawing = etree.fromstring(
        f'<w:drawing xmlns:w="{NAMESPACE}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:pic="{PICTURE}" '
        f'xmlns:r="{RELATIONSHIPS}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{place + 1}" name="Picture {place + 1}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{PICTURE}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{place + 1}" name="Picture {place + 1}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{place}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    if description:
        for one in drawing.iter(f"{{{_WP}}}docPr"):
            one.set("descr", description)
    if local(frame) == "anchor":
        _anchor(drawing, frame)
    return drawing


def _anchor(drawing: Element, frame: Element) -> None:
    """Set the picture free of the line, where it stood on the page."""
    from lxml import etree

    inline = drawing[0]
    inline.tag = f"{{{_WP}}}anchor"
    for name, said in (
        *(("simplePos", "0"), ("relativeHeight", "1"), ("locked", "0")),
        ("behindDoc", "1" if frame.get("behindDoc") in ("1", "true") else "0"),
        *(("layoutInCell", "1"), ("allowOverlap", "1")),
    ):
        inline.set(name, said)
    before = [etree.Element(f"{{{_WP}}}simplePos", {"x": "0", "y": "0"})]
    for axis, known in _FROM.items():
        found = frame.find(f"{{{_WP}}}position{axis}")
        base = "" if found is None else str(found.get("relativeFrom"))
        place = etree.Element(
            f"{{{_WP}}}position{axis}",
            {"relativeFrom": base if base in known else known[0]},
        )
        told = "" if found is None else "".join(map(str, found.itertext())).strip()
        kind, said = ("align", told) if told in _ALIGNED else ("posOffset", str(_whole(told)))
        etree.SubElement(place, f"{{{_WP}}}{kind}").text = said
        before.append(place)
    inline[:0] = before
    wrapped = next((one for one in frame if local(one).startswith("wrap")), None)
    kind = "wrapNone" if wrapped is None else local(wrapped)
    wrap = etree.Element(f"{{{_WP}}}{kind if kind in _SIMPLE_WRAPS else 'wrapSquare'}")
    if local(wrap) == "wrapSquare":
        wrap.set("wrapText", "bothSides")
    inline.insert(_BEHIND_EXTENT, wrap)


def moved_frame(anchor: Element, page: Page, sheet: Sheet) -> None:
    """Move a picture that stands free to its place on another sheet."""
    offset = anchor.find(f"{{{_WP}}}positionH/{{{_WP}}}posOffset")
    if offset is None:
        return
    place = anchor.find(f"{{{_WP}}}positionH")
    assert place is not None
    whole = place.get("relativeFrom") == "page"
    before = (page.width if whole else page.text_width) * _EMU_IN_TWIPS
    after = (sheet.width if whole else sheet.text_width) * _EMU_IN_TWIPS
    width = _size(anchor.find(f"{{{_WP}}}extent"), "cx")
    at = _whole(offset.text)
    offset.text = str(moved_place(at + width // 2, before, after) - width // 2)


def moved_place(at: int, before: int, after: int) -> int:
    """Where a place on a line goes when the line becomes longer or shorter."""
    if abs(at - before / 2) <= before * _MIDDLE:
        return at + (after - before) // 2
    return at if at < before / 2 else max(0, at + after - before)


def _size(element: Element | None, name: str) -> int:
    """A size in English Metric Units; 0 where it is not told."""
    return 0 if element is None else max(0, min(_whole(element.get(name)), _LARGEST_EMU))


def _whole(said: str | None) -> int:
    """A whole number, or 0 where it is none."""
    try:
        return int(str(said).strip())
    except ValueError:
        return 0

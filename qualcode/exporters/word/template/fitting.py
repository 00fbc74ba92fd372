"""A house's header laid on our paper, which is longer, shorter or lies across.

What stood at the right margin of the house's page stands at the right margin of ours, what stood in
the middle in the middle; tables stay as wide a part of the line as they were. Many a letterhead has
its right tab beyond its margin, where Word put it once for paper with other margins: it is meant to
be the margin.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from qualcode.exporters.word.template.allowed import W, in_order, local, number, value
from qualcode.exporters.word.template.drawings import moved_frame, moved_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from qualcode.exporters.word.template.headers import Head
    from qualcode.exporters.word.template.reading import Page
    from qualcode.exporters.word.writing.paper import Sheet

_AT_THE_RIGHT: Final = ("right", "end")
_ANCHOR: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"


def fitted(
    head: Head, page: Page | None, sheet: Sheet, style_stops: Mapping[str, Sequence[Element]]
) -> list[Element]:
    """The blocks for a sheet of ours: what stood at the right margin stands there again.

    `style_stops` are the tab stops that paragraphs have by their style.
    """
    blocks = [deepcopy(block) for block in head.blocks]
    if page is None:
        return blocks
    before, after = page.text_width, sheet.text_width
    for block in blocks:
        for anchor in block.iter(_ANCHOR):
            moved_frame(anchor, page, sheet)
        if local(block) == "tbl":
            _widen(block, after / before)
        else:
            _move_stops(block, style_stops, before, after)
    return blocks


def _move_stops(
    paragraph: Element, of_styles: Mapping[str, Sequence[Element]], before: int, after: int
) -> None:
    from lxml import etree

    said = paragraph.find(f"{W}pPr")
    own = None if said is None else said.find(f"{W}tabs")
    style = None if said is None else value(said.find(f"{W}pStyle"))
    inherited = [number(one, "pos") for one in of_styles.get(style or "", [])]
    stops = of_styles.get(style or "", []) if own is None else list(own)
    if not stops:
        return
    tabs = etree.Element(f"{W}tabs")
    places: dict[int, Element] = {}
    for position in inherited:
        places[position] = etree.Element(f"{W}tab", {f"{W}val": "clear", f"{W}pos": str(position)})
    for stop in stops:
        if value(stop) != "clear":
            copy = deepcopy(stop)
            position = _moved_stop(stop, before, after)
            copy.set(f"{W}pos", str(position))
            places[position] = copy
    tabs.extend(places[position] for position in sorted(places))
    if said is None:
        said = etree.Element(f"{W}pPr")
        paragraph.insert(0, said)
    if own is not None:
        said.remove(own)
    said.append(tabs)
    in_order(said)


def _moved_stop(stop: Element, before: int, after: int) -> int:
    position = number(stop, "pos")
    if position >= before and value(stop) in _AT_THE_RIGHT:
        return after
    return moved_place(position, before, after)


def _widen(table: Element, share: float) -> None:
    """A table as wide a part of the line as it was."""
    for tag in ("gridCol", "tcW", "tblW"):
        for one in table.iter(f"{W}{tag}"):
            if tag == "gridCol" or value(one, "type") == "dxa":
                one.set(f"{W}w", str(round(number(one, "w") * share)))

"""The mouse on the transcript: what lies under it, and selecting by dragging.

A click takes the word, a second one the sentence, a third the turn; the gutter takes the turn,
a stripe its coding. Where words run from right to left a terminal may draw them in another order
than they are kept, so there the mouse takes whole sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from qualcode.model.spans import Span
from qualcode.tui.transcript.cells import RIGHT_TO_LEFT
from qualcode.tui.transcript.lanes import InLane
from qualcode.tui.transcript.units import Unit

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

    from qualcode.tui.transcript.painter import RowPainter
    from qualcode.tui.transcript.view import TranscriptView

SCROLLING_EVERY_S = 0.05
"""How often a row is scrolled while the mouse is held beyond an edge."""


class Area(Enum):
    """A part of a row."""

    GUTTER = auto()
    WORDS = auto()
    CODING = auto()


class Place(NamedTuple):
    """What lies in a cell: an offset of the text, and of a stripe or a name its coding."""

    area: Area
    offset: int
    right_to_left: bool
    uid: str | None = None


def place_at(painter: RowPainter, row: int, x: int, codings: Sequence[InLane]) -> Place:
    """What lies in a cell of a row; `codings` are those of the row."""
    wrap, columns = painter.wrap, painter.columns
    start, end = wrap.start(row), wrap.words_end(row)
    reversed_ = RIGHT_TO_LEFT.search(wrap.drawn.text, start, end) is not None
    if x < columns.text_at - 1:
        return Place(Area.GUTTER, start, reversed_)
    if x >= columns.lanes_at:
        uid = _coding_at(painter, row, x, codings)
        if uid is not None:
            return Place(Area.CODING, start, reversed_, uid)
    cell = x - columns.text_at - painter.indent(row)
    return Place(Area.WORDS, _offset_at(painter, start, end, cell), reversed_)


def _offset_at(painter: RowPainter, start: int, end: int, cell: int) -> int:
    """The offset of what is drawn in a cell of the words, the last one of the row beyond them."""
    if painter.wrap.drawn.plain(start, end):
        return min(max(start + cell, start), max(end - 1, start))
    offset = start
    for first, _, cells in painter.wrap.drawn.clusters(start, end):
        if cell < 0:
            break
        offset, cell = first, cell - cells
    return offset


def _coding_at(painter: RowPainter, row: int, x: int, codings: Sequence[InLane]) -> str | None:
    """The coding of a stripe, or of the name in the margin."""
    columns, lane = painter.columns, x - painter.columns.lanes_at
    if lane < columns.lanes:
        here = [one for one in codings if one.lane == lane]
        shown = max(here, key=lambda one: (one.laid.own, one.start), default=None)
        return None if shown is None else shown.uid
    named = painter.named(row, codings) if columns.names and x >= columns.names_at else None
    return None if named is None else named.uid


class Hand:
    """One selecting with the mouse, from the press to the release."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._anchor: Span | None = None
        self._unit = Unit.WORD
        self._edge = 0
        self._x = 0
        self._scrolling: Timer | None = None

    def down(self, event: events.MouseDown) -> None:
        """Take the unit under the mouse; what is dragged over next is added to it."""
        place = self._view.place_at(event.x, event.y)
        if event.button != 1 or place is None or place.area is Area.CODING:
            return
        self._unit = self._unit_of(place)
        if event.shift:
            cursor = self._view.cursor
            self._anchor = self._view.units.at(self._unit, cursor.start)
            self._extend_to(place)
        else:
            self._anchor = self._view.units.at(self._unit, place.offset)
            if self._anchor is not None:
                self._view.select(self._anchor, self._unit)
        self._view.capture_mouse()

    def move(self, event: events.MouseMove) -> None:
        """Select up to where the mouse is; beyond an edge the text scrolls."""
        if self._anchor is None:
            return
        self._x = event.x
        last = self._view.size.height - 1
        self._edge = -1 if event.y < 0 else int(event.y > last)
        if self._edge and self._scrolling is None:
            self._scrolling = self._view.set_interval(SCROLLING_EVERY_S, self.scroll_on)
        elif not self._edge:
            self._stop_scrolling()
        place = self._view.place_at(event.x, event.y)
        if place is not None:
            self._extend_to(place)

    def scroll_on(self) -> None:
        """Scroll a row on towards the edge beyond which the mouse is held, and select up to it."""
        self._view.scroll_by(self._edge)
        y = 0 if self._edge < 0 else self._view.size.height - 1
        place = self._view.place_at(self._x, y)
        if place is not None and self._edge:
            self._extend_to(place)

    def up(self, _: events.MouseUp) -> None:
        """Be done."""
        if self._anchor is not None:
            self._anchor = None
            self._stop_scrolling()
            self._view.release_mouse()

    def click(self, event: events.Click) -> None:
        """A stripe says which it is; a second click takes the sentence, a third the turn."""
        place = self._view.place_at(event.x, event.y)
        if event.button != 1 or place is None:
            return
        if place.uid is not None:
            self._view.post_message(self._view.Pressed(place.uid))
        elif event.chain > 1 and place.area is Area.WORDS:
            wish = Unit.SENTENCE if event.chain == 2 else Unit.TURN
            unit = self._known(wish)
            span = self._view.units.at(unit, place.offset)
            if span is not None:
                self._view.select(span, unit)

    def _extend_to(self, place: Place) -> None:
        here = self._view.units.at(self._unit, place.offset)
        if here is None or self._anchor is None:
            return
        span = Span(min(here.start, self._anchor.start), max(here.end, self._anchor.end))
        if span != self._view.cursor:
            self._view.drag_to(span, self._unit, back=here.start < self._anchor.start)

    def _unit_of(self, place: Place) -> Unit:
        if place.area is Area.GUTTER:
            return Unit.TURN
        return self._known(Unit.SENTENCE) if place.right_to_left else Unit.WORD

    def _known(self, unit: Unit) -> Unit:
        """The unit, or the turn as long as sentences are not known."""
        known = unit is not Unit.SENTENCE or self._view.units.sentences_known
        return unit if known else Unit.TURN

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

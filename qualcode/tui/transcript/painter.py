"""One row of the transcript as pieces of styled text: gutter, words, stripes, names of codes.

A plain function of what it is given: it asks no widget and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from qualcode.model.spans import Span, Turn
from qualcode.text import locators
from qualcode.tui.looks import Look
from qualcode.tui.transcript.cells import RIGHT_TO_LEFT, fit
from qualcode.tui.transcript.labels import LABEL_CELLS
from qualcode.tui.transcript.lanes import InLane
from qualcode.tui.transcript.overlay import NO_MARKS, Marks
from qualcode.tui.transcript.wrap import WrapIndex

LANES = 5
"""So many stripes side by side; the last says with a sign that there are more."""

MOST_TEXT_CELLS = 100
"""Longer lines are hard to read on: the eye loses the next one."""

NAMES_FROM_CELLS = 96
"""A view narrower than this has no room for the names of codes."""

_LEAST_NAME_CELLS, _MOST_NAME_CELLS = 18, 40
_NARROW_CELLS = 60
_FAINT = Style(dim=True)
_FROM_LEFT, _FROM_RIGHT, _APART = "\u2066", "\u2067", "\u2069"
"""Isolates: between one of the first two and the last, words have a direction of their own."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a row, in cells, from left to right; 0 where one is left out.

    A blank cell follows the time, the label and the words; the sign of a hit stands in the one
    before the words.
    """

    time: int
    label: int
    text: int
    lanes: int
    names: int

    @property
    def text_at(self) -> int:
        """The cell in which words begin."""
        return (self.time + 1 if self.time else 0) + self.label + 1

    @property
    def lanes_at(self) -> int:
        """The cell of the first stripe."""
        return self.text_at + self.text + 1

    @property
    def names_at(self) -> int:
        """The cell in which names of codes begin."""
        return self.lanes_at + self.lanes + 1


def fit_columns(width: int, time_cells: int) -> Columns:
    """The columns of a view of so many cells; `time_cells` is the widest time, 0 without times."""
    narrow = width < _NARROW_CELLS
    time = 0 if narrow else time_cells
    lanes = LANES if width >= _NARROW_CELLS // 2 else LANES - 2
    bare = Columns(time, LABEL_CELLS, 0, lanes, 0)
    room = width - bare.names_at + 1
    names = 0
    if width >= NAMES_FROM_CELLS:
        names = min(max(width // 5, _LEAST_NAME_CELLS), _MOST_NAME_CELLS)
        names = max(names, min(room - 1 - MOST_TEXT_CELLS, _MOST_NAME_CELLS))
        room -= names + 1
    return Columns(time, LABEL_CELLS, max(min(room, MOST_TEXT_CELLS), 1), lanes, names)


def clock(ms: int) -> str:
    """A time as the gutter shows it, a cell narrower than in a locator: `0:14:20`."""
    return locators.clock(max(ms, 0)).removeprefix("0")


@dataclass(frozen=True)
class RowPainter:
    """Paints the rows of one text in columns of a certain width."""

    wrap: WrapIndex
    columns: Columns
    look: Look
    labels: Mapping[str, str]
    asking: Container[str]
    isolate: bool = False

    def paint(self, row: int, marks: Marks = NO_MARKS) -> list[Segment]:
        """The pieces of one row, from its left edge as far as there is something to show."""
        number = self.wrap.turn(row)
        if number is None:
            blank = Segment(" " * (self.columns.lanes_at))
            return [blank, *self._beside(row, marks.codings)] if marks.codings else []
        turn = self.wrap.turns[number]
        pieces = self._gutter(row, turn, hit=bool(marks.hits))
        pieces += self._words(row, turn, marks)
        if marks.codings:
            pieces += self._beside(row, marks.codings)
        return pieces

    def indent(self, row: int) -> int:
        """Cells left free before the words of a row: none, but in a turn whose words run from
        right to left, which begins and ends its rows at the other side of the column.
        """
        wrap = self.wrap
        if not self._from_right(row):
            return 0
        return max(self.columns.text - wrap.drawn.cells(wrap.start(row), wrap.words_end(row)), 0)

    def _from_right(self, row: int) -> bool:
        """True in a turn whose words mostly run from right to left."""
        number = self.wrap.turn(row)
        if number is None:
            return False
        turn = self.wrap.turns[number]
        return self.wrap.drawn.from_right(turn.start, turn.end)

    # -- gutter -----------------------------------------------------------------------------------

    def _gutter(self, row: int, turn: Turn, *, hit: bool) -> list[Segment]:
        """Time and speaker where a turn begins, and the sign of a hit."""
        columns, look = self.columns, self.look
        pieces: list[Segment] = []
        if not self.wrap.is_first(row):
            pieces.append(Segment(" " * (columns.text_at - 1)))
        else:
            if columns.time:
                time = "" if turn.start_ms is None else clock(turn.start_ms)
                pieces.append(Segment(f"{time:>{columns.time}} ", look.dim))
            label = self.labels.get(turn.speaker, "") if turn.speaker is not None else ""
            pieces.append(Segment(label + " " * (columns.label - cell_len(label)), look.label))
        pieces.append(Segment(look.signs.hit, look.hit_sign) if hit else Segment(" "))
        return pieces

    # -- words ------------------------------------------------------------------------------------

    def _words(self, row: int, turn: Turn, marks: Marks) -> list[Segment]:
        """The words, cut wherever something over them begins or ends, filled up to the column."""
        drawn = self.wrap.drawn
        start, end = self.wrap.start(row), self.wrap.words_end(row)
        asking = turn.speaker is not None and turn.speaker in self.asking
        own = [one for one in marks.codings if one.laid.own]
        pieces: list[Segment] = []
        for first, last in pairwise(self._cuts(start, end, own, marks)):
            text = drawn.piece(first, last)
            style = self._style(first, last, own, marks, asking=asking)
            if pieces and pieces[-1].style == style:
                pieces[-1] = Segment(pieces[-1].text + text, style)
            else:
                pieces.append(Segment(text, style))
        if self.isolate and RIGHT_TO_LEFT.search(drawn.text, start, end):
            # Said by the turn: a row of it may begin with a word of the other direction.
            pieces = _isolated(pieces, _FROM_RIGHT if self._from_right(row) else _FROM_LEFT)
        indent = self.indent(row)
        if indent:
            pieces.insert(0, Segment(" " * indent))
        filled = indent + drawn.cells(start, end)
        pieces.append(Segment(" " * (self.columns.text + 1 - filled)))
        return pieces

    def _cuts(self, start: int, end: int, own: Sequence[InLane], marks: Marks) -> list[int]:
        """The offsets where the style may change, with both ends of the row."""
        inside = {edge for one in own for edge in (one.start, one.end)}
        inside.update(edge for hit in marks.hits for edge in (hit.start, hit.end))
        if marks.selection is not None:
            inside.update((marks.selection.start, marks.selection.end))
        return sorted({start, end, *self.wrap.drawn.edges(start, end, inside)})

    def _style(
        self, first: int, last: int, own: Sequence[InLane], marks: Marks, *, asking: bool
    ) -> Style:
        """The style of words without a cut: selection before hit before coding.

        A hit that is a part of what is selected stays marked in it.
        """
        look, selection = self.look, marks.selection
        hit = next((one for one in marks.hits if one.start < last and first < one.end), None)
        found = look.current_hit if hit == marks.current_hit else look.hit
        if selection is not None and selection.start < last and first < selection.end:
            if hit is None or selection == hit or not _holds(selection, hit):
                return look.selection
            return look.selection + look.hit + found
        if hit is not None:
            return found
        covering = [one for one in own if one.start < last and first < one.end]
        if len(covering) > 1:
            covering.sort(key=lambda one: (one.end - one.start, -one.start))
        themes = [one.laid.theme for one in covering]
        return self.look.text_style(themes, len(covering), asking)

    # -- stripes and names ------------------------------------------------------------------------

    def _beside(self, row: int, codings: Sequence[InLane]) -> list[Segment]:
        """The stripes of a row, then the name of what begins in it."""
        start, end = self.wrap.start(row), self.wrap.end(row)
        pieces = self._stripes(start, end, codings)
        if self.columns.names:
            pieces += self._names(row, codings)
        return pieces

    def _stripes(self, start: int, end: int, codings: Sequence[InLane]) -> list[Segment]:
        lanes: list[Segment] = [Segment(" ")] * self.columns.lanes
        for lane in range(len(lanes)):
            here = [one for one in codings if one.lane == lane]
            if here:
                lanes[lane] = self._stripe(start, end, here)
        if any(one.lane >= len(lanes) for one in codings):
            lanes[-1] = Segment(self.look.signs.more, self.look.dim)
        return lanes

    def _stripe(self, start: int, end: int, here: Sequence[InLane]) -> Segment:
        """One lane of a row: what begins here is drawn before what goes on or ends."""
        shown = max(here, key=lambda one: (one.laid.own, one.start))
        signs = self.look.stripe(shown.laid.theme, own=shown.laid.own)
        style = self.look.stripe_style(shown.laid.theme)
        begins, ends = shown.start >= start, shown.end <= end
        if begins and any(one.start < start for one in here):
            return Segment(signs.meeting, style)
        if begins:
            return Segment(signs.only if ends else signs.first, style)
        return Segment(signs.last if ends else signs.middle, style)

    def named(self, row: int, codings: Sequence[InLane]) -> InLane | None:
        """The coding named beside a row: the first that begins in it, the coder's own first."""
        start, end = self.wrap.start(row), self.wrap.end(row)
        begins = (one for one in codings if start <= one.start < end)
        return min(begins, key=lambda one: (not one.laid.own, one.lane), default=None)

    def _names(self, row: int, codings: Sequence[InLane]) -> list[Segment]:
        """The name of what begins in a row, its doubt and memo, and how many more begin."""
        named = self.named(row, codings)
        if named is None:
            return []
        laid, signs = named.laid, self.look.signs
        more = sum(self.wrap.start(row) <= one.start < self.wrap.end(row) for one in codings) - 1
        tail = signs.doubt if laid.doubt else ""
        tail += f" {signs.memo}" if laid.memo else ""
        tail += f" +{more}" if more else ""
        name = fit(laid.name, self.columns.names - cell_len(tail))
        style = self.look.name_style(laid.theme)
        return [Segment(" "), Segment(name + tail, style if laid.own else style + _FAINT)]


def _isolated(pieces: list[Segment], opening: str) -> list[Segment]:
    """The words of a row between signs that keep a terminal from turning the whole row."""
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return [Segment(f"{opening}{first.text}{_APART}", first.style)]
    return [
        Segment(opening + first.text, first.style),
        *pieces[1:-1],
        Segment(last.text + _APART, last.style),
    ]


def _holds(whole: Span, part: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end

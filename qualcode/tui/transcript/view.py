"""The transcript as a widget: it scrolls, draws the rows in sight, and keeps cursor and selection.

Drawing costs the same for a page and for a hundred interviews: a row is made when it comes into
sight, and made again only when something on it has changed. Neither a step of the cursor nor a
coding asks for a layout. Keys belong to the screen; the mouse belongs here.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from qualcode.model.codebook import Codebook
from qualcode.model.spans import Span, Turn
from qualcode.tui.looks import ColourMode, Look, make_look
from qualcode.tui.transcript.cells import Drawn
from qualcode.tui.transcript.labels import short_labels
from qualcode.tui.transcript.lanes import InLane, Laid, Lanes
from qualcode.tui.transcript.mouse import Hand, Place, place_at
from qualcode.tui.transcript.overlay import Marks, Overlay
from qualcode.tui.transcript.painter import RowPainter, clock, fit_columns
from qualcode.tui.transcript.units import Unit, Units, paragraphs
from qualcode.tui.transcript.wrap import WrapIndex

NOWHERE = Span(0, 1)
"""The cursor of a text without words: no coding can be put there."""

ROWS_KEPT = 400
"""So many finished rows are kept, some ten pages: some 4 kB each."""

COMPACT_BELOW_ROWS = 30
"""On a screen with fewer rows no blank row parts the turns."""

SLOW_FROM_SIGNS = 60_000
"""With so many signs that are not one cell wide, wrapping waits until a resize is over."""
RESIZED_AFTER_S = 0.1

WIDTH_UNKNOWN = 80
"""The width to wrap for as long as the view has none."""


class TranscriptView(ScrollView, can_focus=True, inherit_bindings=False):
    """One transcript with its codings; a span of it is the cursor."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = """
    TranscriptView {
        background: $background;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    class Moved(Message):
        """The cursor or the selection has moved."""

        def __init__(self, span: Span, unit: Unit) -> None:
            super().__init__()
            self.span = span
            self.unit = unit

    class Pressed(Message):
        """The stripe of a coding, or its name, was clicked."""

        def __init__(self, uid: str) -> None:
            super().__init__()
            self.uid = uid

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.rows_built = 0
        self._rows: LRUCache[object, Strip] = LRUCache(ROWS_KEPT)
        self._hand = Hand(self)
        self._shown_size = Size(0, 0)
        self._held = (0, 0)
        self._rewrap_later: Timer | None = None
        look = make_look(Codebook("", "", ()), mode=ColourMode.MONO, dark=True)
        self.show("", (), asking=(), look=look)

    # -- what is shown ----------------------------------------------------------------------------

    def show(
        self,
        text: str,
        turns: Sequence[Turn],
        *,
        asking: Container[str],
        look: Look,
        compact: bool | None = None,
        isolate: bool = False,
    ) -> None:
        """Show a text from its beginning, without codings, sentences and hits.

        `asking` are the labels of interviewers. `compact` leaves out the blank rows between
        turns; None: on a low screen. `isolate` parts right-to-left words from the rest of their
        row, for terminals that would turn the whole row.
        """
        self._turns = tuple(turns) or paragraphs(text)
        self._drawn = Drawn(text)
        self._units = Units(text, self._turns)
        self._overlay = Overlay()
        speakers = (turn.speaker for turn in self._turns if turn.speaker is not None)
        self._labels = short_labels(speakers, asking=asking)
        self._asking, self._look, self._isolate = asking, look, isolate
        self._compact = compact
        latest = max((turn.start_ms or 0 for turn in self._turns), default=0)
        timed = any(turn.start_ms is not None for turn in self._turns)
        self._time_cells = len(clock(latest)) if timed else 0
        self._cursor = self._units.first(Unit.TURN) or NOWHERE
        self._unit = Unit.TURN
        self._back = False
        self._extended = False
        self._untouched = True
        self._painter = self._make_painter(self._shown_size.width or WIDTH_UNKNOWN)
        self._lay_out(0, follow=True)

    def set_look(self, look: Look, *, isolate: bool | None = None) -> None:
        """Draw everything in another look; `isolate` as in `show`, None leaves it as it is."""
        self._look = look
        self._isolate = self._isolate if isolate is None else isolate
        self._painter = replace(self._painter, look=look, isolate=self._isolate)
        self._draw_all()

    def set_compact(self, compact: bool | None) -> None:
        """Leave out the blank rows between turns, or do not, as in `show`."""
        self._compact = compact
        if self._is_compact() != self._painter.wrap.compact:
            self._rewrap(follow=self._is_in_sight())

    # -- codings, sentences, hits -----------------------------------------------------------------

    def set_codings(self, laid: Sequence[Laid]) -> None:
        """Lay all codings anew; their lanes are given afresh."""
        self._overlay.lanes = Lanes(laid)
        self._draw_all()

    def change_codings(self, added: Sequence[Laid], removed: Sequence[str]) -> None:
        """Lay some codings and take others away; only the rows they cover are drawn again.

        One that is in both is changed in its place.
        """
        lanes, changed = self._overlay.lanes, {one.uid for one in added}
        for uid in removed:
            if uid not in changed:
                self._draw_over(lanes.remove(uid))
        for one in added:
            if one.uid in lanes:
                self._draw_over(lanes[one.uid])
            self._draw_over(lanes.replace(one))

    def set_sentences(self, spans: Sequence[Span] | None) -> None:
        """Give the sentences; None where they are not known yet.

        A cursor still at the beginning, where `show` has put it, becomes the first sentence.
        """
        self._units.set_sentences(spans)
        first = self._units.at(Unit.SENTENCE, self._cursor.start)
        if self._untouched and first is not None:
            self._move_to(first, Unit.SENTENCE)
            self._untouched = False

    def set_hits(self, hits: Sequence[Span], current: int | None) -> None:
        """Mark what a search found, in order of place; `current` is the index of one of them."""
        self._overlay.hits = tuple(hits)
        self._overlay.current_hit = None if current is None else hits[current]
        self._draw_all()

    # -- the cursor -------------------------------------------------------------------------------

    @property
    def cursor(self) -> Span:
        """The span that a coding would get; `NOWHERE` in a text without words."""
        return self._cursor

    @property
    def unit(self) -> Unit:
        """What the cursor was last moved by."""
        return self._unit

    @property
    def units(self) -> Units:
        """Words, sentences and turns."""
        return self._units

    def move(self, unit: Unit, step: int, *, extend: bool = False) -> bool:
        """Move the cursor by a unit, on (1) or back (-1), or with it the end that moves.

        False where sentences are asked for and not known yet: nothing has moved.
        """
        if unit is Unit.SENTENCE and not self._units.sentences_known:
            return False
        if extend:
            span, back = self._units.extend(self._cursor, unit, step, back=self._back)
            self._move_to(span, unit, back=back, extended=True)
        else:
            span = self._units.step(self._cursor, unit, step, counted_in=self._unit)
            self._move_to(span, unit)
        return True

    def page(self, step: int) -> None:
        """Scroll by a page, two rows less so that the eye finds its place; the cursor goes too."""
        wrap, height = self._painter.wrap, self._shown_size.height
        if not len(wrap):
            return
        rows = max(height - 2, 1) * step
        row, top = wrap.row_at(self._cursor.start) + rows, self._top
        self._scroll_rows(top + rows)
        if self._top != top:
            row = min(max(row, self._top), self._top + height - 1)
        row = min(max(row, 0), len(wrap) - 1)
        span = self._units.at(self._unit, wrap.start(row))
        if span is not None and wrap.row_at(span.start) < self._top:
            following = self._units.step(span, self._unit, 1)
            span = following if wrap.row_at(following.start) < self._top + height else span
        if span is not None:
            self._move_to(span, self._unit, follow=self._top == top)

    def ends(self, *, last: bool) -> None:
        """Move to the first unit of the text, or to its last."""
        span = self._units.last(self._unit) if last else self._units.first(self._unit)
        if span is not None:
            self._move_to(span, self._unit)

    def select(self, span: Span, unit: Unit | None = None, *, centre: bool = False) -> None:
        """Put the cursor on a span and bring it into sight; `unit` None keeps the unit."""
        self._move_to(span, unit or self._unit, centre=centre)

    def drag_to(self, span: Span, unit: Unit, *, back: bool) -> None:
        """Select by the mouse, which is in sight itself: `back` says that the start moves."""
        self._move_to(span, unit, back=back, extended=True, follow=False)

    def cell_of(self, offset: int) -> Offset | None:
        """Where on the screen an offset is drawn; None where it is out of sight."""
        wrap = self._painter.wrap
        if not len(wrap):
            return None
        row = wrap.row_at(offset)
        if not 0 <= row - self._top < self._shown_size.height:
            return None
        start = wrap.start(row)
        x = self._painter.columns.text_at + self._painter.indent(row)
        x += self._drawn.cells(start, max(offset, start))
        return self.scrollable_content_region.offset + Offset(x, row - self._top)

    def _move_to(
        self,
        span: Span,
        unit: Unit,
        *,
        back: bool = False,
        extended: bool = False,
        centre: bool = False,
        follow: bool = True,
    ) -> None:
        old, self._cursor = self._cursor, span
        self._unit, self._back, self._extended = unit, back, extended
        self._untouched = False
        if old != span:
            self._draw_rows(self._painter.wrap.rows_of(old.start, old.end))
            self._draw_rows(self._painter.wrap.rows_of(span.start, span.end))
        if follow:
            self._follow(centre=centre)
        self._put_own_cursor()
        self.post_message(self.Moved(span, unit))

    # -- scrolling --------------------------------------------------------------------------------

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    def _scroll_rows(self, top: int) -> None:
        """Put that row at the top, without animation: each frame of one would be a whole page."""
        self.scroll_to(y=max(top, 0), animate=False, force=True)

    def scroll_by(self, rows: int) -> None:
        """Scroll some rows on, or back where negative; the cursor stays."""
        self._scroll_rows(self._top + rows)

    def _follow(self, *, centre: bool = False) -> None:
        """Bring the cursor into sight, of a selection the end that moves.

        A cursor that leaves the screen is brought to its upper or lower third, not to its edge:
        one page drawn then saves drawing one at every step.
        """
        rows, height, top = self._rows_to_see(), self._shown_size.height, self._top
        if height and rows:
            first, last = rows[0], min(rows[-1], rows[0] + height - 1)
            if centre:
                self._scroll_rows(first - (height - (last - first + 1)) // 2)
            elif first < top:
                self._scroll_rows(min(first, last - 2 * height // 3))
            elif last >= top + height:
                self._scroll_rows(max(first - height // 3, last - height + 1))

    def _put_own_cursor(self) -> None:
        """Put the terminal's own cursor, which aids follow, where the span begins."""
        cell = self.cell_of(self._cursor.start)
        if cell is not None and self.has_focus:
            self.app.cursor_position = cell

    def _rows_to_see(self) -> range:
        rows = self._painter.wrap.rows_of(self._cursor.start, self._cursor.end)
        if not self._extended:
            return rows
        return rows[:1] if self._back else rows[-1:]

    # -- size -------------------------------------------------------------------------------------

    def on_focus(self, event: events.Focus) -> None:
        """As stock, but nothing is painted: it looks the same with and without the keys."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """As stock, but nothing is painted."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def on_resize(self) -> None:
        """Wrap anew where the width has changed; the first sentence in sight stays in sight."""
        size = self.scrollable_content_region.size
        if not size.width or size == self._shown_size:
            return
        was_in_sight, is_new = self._is_in_sight(), not self._shown_size.width
        self._shown_size = size
        self._rows.clear()
        if size.width == self._wrapped_for and self._is_compact() == self._painter.wrap.compact:
            self._lay_out(self._held_offset(), follow=was_in_sight)
        elif is_new or self._drawn.odd_signs < SLOW_FROM_SIGNS:
            self._rewrap(follow=was_in_sight)
        else:
            if self._rewrap_later is not None:
                self._rewrap_later.stop()
            self._rewrap_later = self.set_timer(
                RESIZED_AFTER_S, partial(self._rewrap, follow=was_in_sight)
            )

    def _rewrap(self, *, follow: bool) -> None:
        held = self._held_offset()
        self._painter = self._make_painter(self._shown_size.width)
        self._lay_out(held, follow=follow)

    def _held_offset(self) -> int:
        """The offset to keep at the top.

        As long as nobody scrolls it is the one kept there before, not the beginning of the row
        that holds it: the text would creep up with every resize.
        """
        offset, top = self._held
        wrap = self._painter.wrap
        if top == self._top or not len(wrap):
            return offset
        return wrap.start(min(self._top, len(wrap) - 1))

    def _lay_out(self, offset: int, *, follow: bool = False) -> None:
        """Say how high the text is and put the row of an offset at the top."""
        self._rows.clear()
        if not self._shown_size.width:
            return
        wrap = self._painter.wrap
        self.virtual_size = Size(self._shown_size.width, len(wrap))
        self._scroll_rows(wrap.row_at(offset))
        self._held = (offset, self._top)
        if follow:
            self._follow()
        self._put_own_cursor()
        self.refresh()

    def _make_painter(self, width: int) -> RowPainter:
        self._wrapped_for = width
        columns = fit_columns(width, self._time_cells)
        wrap = WrapIndex(self._drawn, self._turns, columns.text, compact=self._is_compact())
        return RowPainter(wrap, columns, self._look, self._labels, self._asking, self._isolate)

    def _is_compact(self) -> bool:
        if self._compact is not None or not self.is_attached:
            return bool(self._compact)
        return self.app.size.height < COMPACT_BELOW_ROWS

    def _is_in_sight(self) -> bool:
        """True where the cursor begins in sight, and where nothing is shown yet."""
        height, rows = self._shown_size.height, self._rows_to_see()
        return not height or bool(rows and self._top <= rows[0] < self._top + height)

    # -- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row of the screen: kept where nothing on it has changed, else painted."""
        row, width = y + self._top, self._shown_size.width
        if row >= len(self._painter.wrap):
            return Strip.blank(width, self._painter.look.beneath)
        marks = self._marks(row)
        if marks.selection is not None:
            return self._paint(row, marks, width)
        key = (row, marks.codings, marks.hits, marks.current_hit)
        strip = self._rows.get(key)
        if strip is None:
            strip = self._rows[key] = self._paint(row, marks, width)
        return strip

    def _paint(self, row: int, marks: Marks, width: int) -> Strip:
        self.rows_built += 1
        drawn = Strip(self._painter.paint(row, marks)).adjust_cell_length(width, Style.null())
        # Textual fills only what a row leaves empty, and the terminal may have another ground.
        return drawn.apply_style(self._painter.look.beneath)

    def _marks(self, row: int) -> Marks:
        wrap = self._painter.wrap
        start = wrap.start(row)
        return self._overlay.over(start, max(wrap.end(row), start + 1), self._cursor)

    def _draw_all(self) -> None:
        self._rows.clear()
        self.refresh()

    def _draw_over(self, one: InLane | None) -> None:
        if one is not None:
            self._draw_rows(self._painter.wrap.rows_of(one.start, one.end))

    def _draw_rows(self, rows: range) -> None:
        """Have rows drawn again, those of them in sight."""
        first = max(rows.start - self._top, 0)
        last = min(rows.stop - self._top, self._shown_size.height)
        if first < last:
            self.refresh(Region(0, first, self._shown_size.width, last - first))

    # -- the mouse --------------------------------------------------------------------------------

    def place_at(self, x: int, y: int) -> Place | None:
        """What lies in a cell of the view; the nearest row above or below it. None: nothing."""
        wrap = self._painter.wrap
        if not len(wrap):
            return None
        y = min(max(y, 0), max(self._shown_size.height - 1, 0))
        row = min(y + self._top, len(wrap) - 1)
        return place_at(self._painter, row, x, self._marks(row).codings)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        self._hand.down(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select on."""
        self._hand.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Be done with selecting."""
        self._hand.up(event)

    def on_click(self, event: events.Click) -> None:
        """Take the sentence or turn of a second or third click, or the coding of a stripe."""
        self._hand.click(event)

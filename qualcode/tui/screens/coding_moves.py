"""Where the cursor goes: by units, to answers and codings, to places far away.

A step by sentences waits a while for the sentences, which come from elsewhere; keys pressed
meanwhile wait with it, so that nothing lands on another passage than the one that was meant.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual.message import Message

from qualcode.errors import HelperError
from qualcode.model.coding import Coding
from qualcode.model.spans import Span, Turn
from qualcode.tui.guide import Deed
from qualcode.tui.transcript.units import Unit
from qualcode.tui.transcript.view import NOWHERE

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

WAIT_S = 5.0
"""So long a step waits for sentences; after that it goes by turns, and says so."""

_LOW_ROWS = 14
"""Rows of what opens at the foot, where it does not say how many it needs."""


class SentencesFound(Message):
    """The sentences of the transcript; none where they could not be found."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        super().__init__()
        self.spans = spans


class Moves:
    """The cursor of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._chosen: Coding | None = None
        self._answered = asyncio.Event()
        self._place: tuple[int, int, Unit] | None = None

    @property
    def cursor(self) -> Span | None:
        """The selected span; None in a transcript without words."""
        span = self._screen.view.cursor
        return None if span == NOWHERE and not self._screen.session.text.text.strip() else span

    @property
    def chosen(self) -> Coding | None:
        """The coding the cursor was put on, as long as it stands there."""
        if self._chosen is None:
            return None
        place, span = self._chosen.segment, self._screen.view.cursor
        return self._chosen if (place.start, place.end) == (span.start, span.end) else None

    # -- the place that is kept --------------------------------------------------------------------

    def begin(self, span: Span | None) -> None:
        """Go to where somebody wanted to begin, else to where the coder stopped."""
        record, view = self._screen.session.record, self._screen.view
        place = self._screen.desk.place(record.uid, record.version_uid)
        if span is not None:
            view.select(span, centre=True)
        elif place is not None and place.end <= len(self._screen.session.text.text):
            view.select(Span(place.start, place.end), place.unit, centre=True)

    def stand_at(self, span: Span, unit: Unit) -> None:
        """The cursor has come to stand there."""
        self._place = (span.start, span.end, unit)

    def keep_place(self) -> None:
        """Remember where the cursor is; nothing is written where it has not moved."""
        if self._place is not None:
            record = self._screen.session.record
            self._screen.desk.keep_place(record.uid, record.version_uid, *self._place)

    # -- sentences --------------------------------------------------------------------------------

    def find_sentences(self) -> None:
        """In a thread: ask for the sentences; who waits is told, found or not."""
        session, app = self._screen.session, self._screen.app
        turns = [Span(turn.start, turn.end) for turn in session.text.turns if turn.start < turn.end]
        spans: tuple[Span, ...] = ()
        with contextlib.suppress(HelperError):  # steps go by turns then, and each says so
            spans = app.sentences.find(
                session.text.text, language=session.record.language, turns=turns
            ).spans
        self._screen.post_message(SentencesFound(spans))

    def take_sentences(self, spans: tuple[Span, ...]) -> None:
        """They are there, or, without any, never will be."""
        if spans:
            self._screen.view.set_sentences(spans)
        self._answered.set()

    async def by_sentence(self, step: int, *, extend: bool = False) -> None:
        """Move by a sentence, once they are known."""
        view, before = self._screen.view, self.cursor
        moved = view.move(Unit.SENTENCE, step, extend=extend)
        if not moved and not self._answered.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), WAIT_S)
            self._answered.set()  # nobody waits a second time
            moved = view.move(Unit.SENTENCE, step, extend=extend)
        if not moved:
            view.move(Unit.TURN, step, extend=extend)
            self._screen.say("The sentences are not known: this went by a turn.")
        self._tell_guide(before, extend=extend)

    # -- steps ------------------------------------------------------------------------------------

    def by(self, unit: Unit, step: int, *, extend: bool = False) -> None:
        """Move by words or turns, or take them in."""
        before = self.cursor
        self._screen.view.move(unit, step, extend=extend)
        self._tell_guide(before, extend=extend)

    def _tell_guide(self, before: Span | None, *, extend: bool) -> None:
        if self.cursor != before:
            self._screen.saw(Deed.EXTENDED if extend else Deed.MOVED)

    def to_uncoded(self, *, back: bool) -> None:
        """To the next answer without a code of one's own, or the one before."""
        span = self.cursor
        turn = None if span is None else self._screen.session.text.turn_at(span.start)
        offset = -1 if turn is None else turn.start
        found = self._screen.session.uncoded(offset, back=back)
        self._screen.hush()
        if found is None:
            where = "before this" if back else "after this"
            self._screen.say(f"Every answer {where} holds a code of yours.")
        else:
            self.to_turn(found)
        self._screen.saw(Deed.WENT_TO_UNCODED)

    def to_coding(self, step: int) -> None:
        """Select the next coding from here on, or the one before."""
        shown, span = self._screen.picture.visible(), self.cursor
        if not shown or span is None:
            self._screen.say("No coding is shown here.")
            return
        chosen = self.chosen
        if chosen in shown:
            at = shown.index(chosen) + step
        elif step > 0:
            at = next((n for n, c in enumerate(shown) if c.segment.end > span.start), len(shown))
        else:
            at = sum(1 for c in shown if c.segment.start < span.start) - 1
        if not 0 <= at < len(shown):
            self._screen.say("No coding after this." if step > 0 else "No coding before this.")
            return
        self._screen.hush()
        self.choose(shown[at])

    def choose(self, coding: Coding) -> None:
        """Select a coding: what comes next is meant for it, whatever else lies there."""
        self._chosen = coding
        self._screen.view.select(Span(coding.segment.start, coding.segment.end))

    # -- places -----------------------------------------------------------------------------------

    def to(self, span: Span, unit: Unit) -> None:
        """To a place that may be far away."""
        self._chosen = None
        self._screen.view.select(span, unit, centre=True)

    def to_turn(self, turn: Turn) -> None:
        """To the first sentence of a turn, or to all of it where one goes by turns."""
        view = self._screen.view
        first = view.units.at(Unit.SENTENCE, turn.start)
        if first is None or view.unit is Unit.TURN or first.end > turn.end:
            self.to(Span(turn.start, turn.end), Unit.TURN)
        else:
            self.to(first, Unit.SENTENCE)

    def into_sight(self, span: Span) -> None:
        """To a place, but not where it is in sight already."""
        if self._screen.view.cell_of(span.start) is None:
            self._screen.view.select(span, centre=True)

    def is_low(self, rows: int = _LOW_ROWS) -> bool:
        """True where something of so many rows at the foot would lie over the selection."""
        span, height = self.cursor, self._screen.size.height
        at = None if span is None else self._screen.view.cell_of(span.start)
        return at is not None and at.y >= height - 2 - min(rows, height - 6)

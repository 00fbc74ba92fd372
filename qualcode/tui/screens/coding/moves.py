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
    from qualcode.tui.screens.coding.screen import CodingScreen

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
        self._chosen = ""
        """The uid of the coding that the cursor was put on."""
        self._gone_through_from: Span | None = None
        """Where the cursor stood when it began to go through the codings."""
        self._first_answer: Turn | None = None
        """The answer to begin with, until its sentences are known."""
        self._answered = asyncio.Event()
        self._place: tuple[int, int, Unit] | None = None
        self._covered = False

    @property
    def cursor(self) -> Span | None:
        """The selected span; None in a transcript without words."""
        span = self._screen.view.cursor
        return None if span == NOWHERE and not self._screen.session.text.text.strip() else span

    @property
    def chosen(self) -> Coding | None:
        """The coding the cursor was put on, as it is now, as long as the cursor stands there."""
        if not self._chosen:
            return None
        span = self._screen.view.cursor
        lying = self._screen.session.codings_at(span, everyone=True)
        return next((c for c in lying if _place(c) == span and c.uid == self._chosen), None)

    # -- the place that is kept --------------------------------------------------------------------

    def begin(self, span: Span | None, *, guided: bool = False) -> None:
        """Go to where somebody wanted to begin, else to where the coder stopped.

        Who is guided begins with the first answer: nobody is to code a question first.
        """
        record, view = self._screen.session.record, self._screen.view
        place = self._screen.desk.place(record.uid, record.version_uid)
        if span is not None:
            view.select(span, centre=True)
        elif guided and self._screen.session.answers:
            self._first_answer = answer = self._screen.session.answers[0]
            view.select(Span(answer.start, answer.end), Unit.TURN)
        elif place is not None and place.end <= len(self._screen.session.text.text):
            view.select(Span(place.start, place.end), place.unit, centre=True)

    def stand_at(self, span: Span, unit: Unit) -> None:
        """The cursor has come to stand there; under another screen nobody has put it there."""
        if self._chosen and self.chosen is None:
            self.mean(None)
        if not self._covered:
            self._place = (span.start, span.end, unit)

    def keep_place(self) -> None:
        """Remember where the cursor is; nothing is written where it has not moved since."""
        place, self._place = self._place, None
        if place is not None:
            record = self._screen.session.record
            self._screen.desk.keep_place(record.uid, record.version_uid, *place)

    def rest(self) -> None:
        """Keep the place: another screen lies over this one, and its place is the last one now."""
        self.keep_place()
        self._covered = True

    def go_on(self) -> None:
        """The screen is there again, and this is the place."""
        self._covered = False
        if self.cursor is not None:
            self.stand_at(self.cursor, self._screen.view.unit)

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
        view, answer = self._screen.view, self._first_answer
        if spans:
            view.set_sentences(spans)
        if answer is not None and self.cursor == Span(answer.start, answer.end):
            self.to_turn(answer, by=Unit.SENTENCE)
        self._first_answer = None
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
        after = self.cursor
        if before is None or after is None or after == before:
            return
        if not extend:
            self._screen.saw(Deed.MOVED)
        elif after.start <= before.start and before.end <= after.end:
            self._screen.saw(Deed.EXTENDED)

    def to_uncoded(self, *, back: bool) -> None:
        """To the next answer without a code of one's own, or the one before."""
        span, session = self.cursor, self._screen.session
        turn = None if span is None else session.text.turn_at(span.start)
        offset = -1 if turn is None else turn.start
        found = session.uncoded(offset, back=back)
        self._screen.hush()
        if found is None:
            self._screen.say(self._screen.fill(self._no_uncoded(turn, back=back)))
        else:
            self.to_turn(found)
        self._screen.saw(Deed.WENT_TO_UNCODED)

    def _no_uncoded(self, turn: Turn | None, *, back: bool) -> str:
        """What to say where no answer is left this way: how many are the other way."""
        session = self._screen.session
        coded, answers = session.coverage()
        here = turn is not None and session.uncoded(turn.start - 1) == turn
        left = answers - coded - here
        if not left:
            only = "This is the only answer left without a code of yours."
            return only if here else "Every answer holds a code of yours."
        last, on, where, key = (
            ("first", "before", "after", "next")
            if back
            else ("last", "after", "before", "previous")
        )
        said = f"No answer without a code of yours {on} this"
        if here:
            said = f"This is the {last} answer without a code of yours"
        return f"{said}; {left} {where} it: {{coding.{key}-uncoded}} goes there."

    # -- codings ----------------------------------------------------------------------------------

    def to_coding(self, step: int) -> None:
        """Select the next coding, or the one before: first those here, then those further on.

        Those here are all over the words that were selected when one began, in the order in which
        the status line names them.
        """
        span = self.cursor
        if span is None or not self._screen.picture.visible():
            self._screen.say("No coding is shown here.")
            return
        chosen = self.chosen
        if chosen is None or self._gone_through_from is None:
            self._gone_through_from = span
        before, here, after = self._around(self._gone_through_from)
        row = [*before, *here, *after]
        if chosen in row:
            at = row.index(chosen) + step
        else:
            at = len(before) if step > 0 else len(before) + len(here) - 1
        if not 0 <= at < len(row):
            self._screen.say("No coding after this." if step > 0 else "No coding before this.")
            return
        place, coding = self._gone_through_from, row[at]
        among = ""
        if coding in here and len(here) > 1:
            among = f"{here.index(coding) + 1} of {len(here)} here"
        elif coding not in here:
            left = chosen is None or not _place(chosen).overlaps(_place(coding))
            among = ("the next place" if step > 0 else "the place before") if left else ""
        self.choose(coding, among=among)
        self._gone_through_from = place

    def _around(self, place: Span) -> tuple[list[Coding], list[Coding], list[Coding]]:
        """The codings that are drawn: before a place, at it, and after it."""
        shown = self._screen.picture.visible()
        everyone = self._screen.picture.everyone
        here = self._screen.session.codings_at(place, everyone=everyone)
        return (
            [one for one in shown if one.segment.end <= place.start],
            list(here),
            [one for one in shown if one.segment.start >= place.end],
        )

    def choose(self, coding: Coding, *, among: str = "") -> None:
        """Select a coding: what comes next is meant for it, whatever else lies there."""
        self._screen.view.select(_place(coding))
        self.mean(coding)
        name, does = self._screen.picture.name(coding.code), "{coding.memo} writes a memo on it"
        if self._screen.session.mine(coding):
            does = "{coding.untag} {coding.doubt} {coding.memo} {coding.move-ends} act on it"
        else:
            name = f"{name} ({coding.coder})"
        named = ", ".join(part for part in (name, among) if part)
        self._screen.say(f"{named}: {self._screen.fill(does)}")

    def mean(self, coding: Coding | None) -> None:
        """What comes next is meant for the coding that is selected; None: for whatever is here."""
        self._chosen, self._gone_through_from = coding.uid if coding else "", None

    # -- places -----------------------------------------------------------------------------------

    def to(self, span: Span, unit: Unit) -> None:
        """To a place that may be far away."""
        self.mean(None)
        self._screen.view.select(span, unit, centre=True)

    def to_turn(self, turn: Turn, *, by: Unit | None = None) -> None:
        """To the first sentence of a turn, or to all of it where one goes by turns."""
        view = self._screen.view
        first = view.units.at(Unit.SENTENCE, turn.start)
        if first is None or (by or view.unit) is Unit.TURN or first.end > turn.end:
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


def _place(coding: Coding) -> Span:
    return Span(coding.segment.start, coding.segment.end)

"""Places in a stored transcript: which turn, at what time, and how a person writes it down."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from qualcode import errors
from qualcode.model.spans import Span, Turn
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.queries import StoredText, VersionRef
from qualcode.text.locators import locator


class PlacedText:
    """One version's words with quick answers to where an offset lies."""

    def __init__(self, name: str, stored: StoredText) -> None:
        self.name = name
        self.version = stored.version
        self.text = stored.text
        self.turns = stored.turns
        self._marks = stored.marks

    @cached_property
    def _turn_starts(self) -> list[int]:
        return [turn.start for turn in self.turns]

    @cached_property
    def _mark_offsets(self) -> list[int]:
        return [mark.offset for mark in self._marks]

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that holds an offset, or where it lies between two the one that begins there.

        Behind the last turn it is the last, and None before the first.
        """
        at = bisect_right(self._turn_starts, offset) - 1
        is_between = 0 <= at < len(self.turns) - 1 and self.turns[at].end <= offset
        return self.turns[at + is_between] if at >= 0 else None

    def turns_in(self, span: Span) -> tuple[Turn, ...]:
        """The turns of which a passage holds anything, in order."""
        first = bisect_right(self._turn_starts, span.start) - 1
        first += first < 0 or self.turns[first].end <= span.start
        return self.turns[first : bisect_left(self._turn_starts, span.end)]

    def ms_at(self, offset: int) -> int | None:
        """The nearest known time at or before an offset, within its turn; None where none is."""
        turn = self.turn_at(offset)
        if turn is None:
            return None
        at = bisect_right(self._mark_offsets, offset) - 1
        if at >= 0 and self._marks[at].offset >= turn.start:
            return self._marks[at].at_ms
        return turn.start_ms

    def locator(self, offset: int) -> str:
        """How the place is cited: `P07 ¶12 00:14:20`."""
        turn = self.turn_at(offset)
        return locator(self.name, None if turn is None else turn.n, self.ms_at(offset))

    def turn(self, n: int) -> Turn:
        """The turn of a number; raises UnknownTurnError."""
        if not 1 <= n <= len(self.turns):
            raise errors.UnknownTurnError(str(n), where=self.name, turns=len(self.turns))
        return self.turns[n - 1]

    def checked(self, start: int, end: int) -> Span:
        """The span; raises EmptySpanError or SpanOutsideTextError where it is none."""
        if start >= end:
            raise errors.EmptySpanError(start, end, where=self.name)
        if start < 0 or end > len(self.text):
            raise errors.SpanOutsideTextError(start, end, where=self.name, length=len(self.text))
        return Span(start, end)


def find_transcript(session: Session, name: str, *, where: str | None = None) -> VersionRef:
    """The transcript of a name, of its participant's code, or of the beginning of its id.

    Raises UnknownTranscriptError with the nearest name.
    """
    return TranscriptNames(session).find(name, where=where)


class TranscriptNames:
    """All current transcripts, to be found by what a person calls them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.refs = queries.current_versions(session)
        self._exact = {ref.name: ref for ref in self.refs}
        self._folded = {ref.name.casefold(): ref for ref in self.refs}

    def find(self, name: str, *, where: str | None = None) -> VersionRef:
        """The transcript that is meant; raises UnknownTranscriptError."""
        known = self._exact.get(name) or self._folded.get(name.casefold())
        return known or self._by_participant(name) or self._by_uid(name, where)

    @cached_property
    def _participants(self) -> dict[str, tuple[str, ...]]:
        return queries.taking_part(self._session)

    def _by_participant(self, name: str) -> VersionRef | None:
        wanted = name.casefold()
        found = [
            ref
            for ref in self.refs
            if wanted in {c.casefold() for c in self._participants.get(ref.transcript, ())}
        ]
        return found[0] if len(found) == 1 else None

    def _by_uid(self, name: str, where: str | None) -> VersionRef:
        found = [ref for ref in self.refs if len(name) >= 6 and ref.transcript.startswith(name)]
        if len(found) == 1:
            return found[0]
        from qualcode.text.nearest import nearest

        near = nearest(name, [ref.name for ref in self.refs])
        raise errors.UnknownTranscriptError(name, where=where, nearest=near)

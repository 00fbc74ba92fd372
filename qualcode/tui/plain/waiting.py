"""What waits since the transcript was corrected, in lines: listed with numbers, settled by number.

A number means what was listed last under it, so that settling one leaves the others theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Choice, Decision, ReviewPage, Waiting
from qualcode.text.counting import counted
from qualcode.text.differing import Piece, differing
from qualcode.tui.why_waits import why

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from qualcode.services.work.coding_session import CodingSession


class Waits:
    """What one coder sees waiting in one transcript."""

    def __init__(self, session: CodingSession) -> None:
        self._session = session
        self._page: ReviewPage | None = None
        self._listed: tuple[Waiting, ...] = ()

    @property
    def greeting(self) -> str:
        """How many wait at the opening, "" where none do."""
        count = self._session.record.waiting
        if not count:
            return ""
        wait = "wait" if count > 1 else "waits"
        return f"{counted(count, 'passage')} {wait} since this was corrected: say review."

    def lines(self) -> Iterator[str]:
        """All that waits, each with its number, its words, and what is proposed."""
        self._page = page = reviewing.review_page(self._session.store)
        mine = [one for one in page.waiting if one.transcript == self._session.name]
        self._listed = tuple(mine)
        if not mine:
            yield "nothing waits here"
        for n, one in enumerate(mine, 1):
            yield from _lines(n, one, page)

    def accept(self, number: str, *, at: datetime) -> str:
        """Lay it on the words that were listed as proposed; returns what was done."""
        one, page = self._meant("accept", number)
        if one.place is None:
            raise errors.NothingProposedError(number)
        version = page.now[one.uid].version
        return self._settle(one, Segment(version, one.place.start, one.place.end), at=at)

    def drop(self, number: str, *, at: datetime) -> str:
        """Take one's own off."""
        return self._settle(self._meant("drop", number)[0], "drop", at=at)

    def move(self, number: str, place: Segment, *, at: datetime) -> str:
        """Lay it on a passage."""
        return self._settle(self._meant("move", number)[0], place, at=at)

    def _meant(self, word: str, number: str) -> tuple[Waiting, ReviewPage]:
        """What was listed; raises SomethingFollowsError, NotListedError."""
        if not number:
            raise errors.SomethingFollowsError(word, form="N")
        known = {str(n): one for n, one in enumerate(self._listed, 1)}
        if self._page is None or number not in known:
            raise errors.NotListedError(number[:_LONGEST_NUMBER])
        return known[number], self._page

    def _settle(self, one: Waiting, choice: Choice, *, at: datetime) -> str:
        session = self._session
        decision = Decision(one.id, choice)
        done = reviewing.settle(session.store, [decision], by=session.coder, at=at)
        if done.dropped:
            return f"taken off: {one.locator} {one.code}; its memos stay on the passage"
        (laid,) = done.laid_on
        start, end = laid.segment.start, laid.segment.end
        return f"laid on: {session.text.locator(start)} [{start}:{end}] {one.code}"


_LONGEST_NUMBER = 8
"""Characters of what is no number that was listed."""


def _lines(n: int, one: Waiting, page: ReviewPage) -> Iterator[str]:
    doubt = ", in doubt" if one.coding.doubt else ""
    whose = f"{one.code} by {one.coding.coder}{doubt}"
    yield f"{n}, {one.locator}: {whose}: {_one_line(why(one, page))}"
    yield f"was: {_one_line(one.old)}"
    if one.new is None or one.place is None:
        yield "nothing is proposed"
        return
    where = page.now[one.uid].locator(one.place.start)
    yield f"proposed, {where}: {_one_line(one.new)}"
    gone, come = differing(one.old, one.new)
    yield from _differing("not there now", gone)
    yield from _differing("new", come)


def _differing(label: str, pieces: Iterable[Piece]) -> Iterator[str]:
    words = [_one_line(piece.words) for piece in pieces if piece.differs]
    if words:
        yield f"{label}: {'; '.join(words)}"


def _one_line(words: str) -> str:
    return " ".join(words.split())

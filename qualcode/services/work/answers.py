"""The answers of one transcript, and which of them hold a coding: what is still to be read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping

from qualcode.model.coding import Coding
from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText


class Answers:
    """The turns whose speaker is not known to be an interviewer, in order.

    The same rule as that of `tallies.answer_places`, which counts them for all transcripts at once.
    """

    def __init__(self, text: PlacedText, speakers: Mapping[str, Speaker]) -> None:
        asking = {label for label, who in speakers.items() if who.role is Role.INTERVIEWER}
        self.turns = tuple(turn for turn in text.turns if turn.speaker not in asking)
        self._starts = [turn.start for turn in self.turns]
        self._ends = [turn.end for turn in self.turns]

    def covered(self, codings: Iterable[Coding]) -> frozenset[int]:
        """Positions of the answers that one of these codings overlaps."""
        found: set[int] = set()
        for coding in codings:
            first = bisect_right(self._ends, coding.segment.start)
            found.update(range(first, bisect_left(self._starts, coding.segment.end)))
        return frozenset(found)

    def nearest(self, offset: int, *, but: Container[int], back: bool = False) -> Turn | None:
        """The first answer that starts after `offset`, or with `back` the last that starts before.

        `but` are positions that are passed over. None where there is none.
        """
        if back:
            positions = range(bisect_left(self._starts, offset) - 1, -1, -1)
        else:
            positions = range(bisect_right(self._starts, offset), len(self.turns))
        return next((self.turns[at] for at in positions if at not in but), None)

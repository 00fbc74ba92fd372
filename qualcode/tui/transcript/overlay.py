"""What lies over the words of a row: codings in their lanes, selection, hits of a search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.model.spans import Span
from qualcode.tui.transcript.lanes import InLane, Lanes


class Marks(NamedTuple):
    """What lies over one row; with the row itself, all that its picture depends on."""

    codings: tuple[InLane, ...] = ()
    selection: Span | None = None
    hits: tuple[Span, ...] = ()
    current_hit: Span | None = None


NO_MARKS = Marks()


@dataclass
class Overlay:
    """What lies over one text; hits are in order of place, none overlapping another."""

    lanes: Lanes = field(default_factory=Lanes)
    hits: tuple[Span, ...] = ()
    current_hit: Span | None = None

    def over(self, start: int, end: int, selection: Span) -> Marks:
        """What lies over [start, end)."""
        hits = self._hits_over(start, end) if self.hits else ()
        return Marks(
            tuple(self.lanes.over(start, end)),
            selection if selection.start < end and start < selection.end else None,
            hits,
            self.current_hit if self.current_hit in hits else None,
        )

    def _hits_over(self, start: int, end: int) -> tuple[Span, ...]:
        first = bisect_right(self.hits, start, key=lambda hit: hit.end)
        return self.hits[first : bisect_left(self.hits, end, key=lambda hit: hit.start)]

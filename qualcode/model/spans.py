"""Places in a text: span, turn, and the mark that ties a place to a time.

Offsets count Unicode code points of the stored text from 0, half-open: never bytes, UTF-16 units
or terminal cells. Other counts are converted at the border of the program and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A run of transcript text, `text[start:end]`. A span is never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character; touching is not overlapping."""
        return self.start < other.end and other.start < self.end


class Turn(NamedTuple):
    """What one speaker says until another does: `text[start:end]`, numbered from 1.

    `speaker` is the label of the source, trimmed, or None where it names nobody. Times are
    milliseconds from the start of the recording as the source says them, or None; they may
    overlap or run backwards. A tuple, for a study has hundreds of thousands of them.
    """

    n: int
    start: int
    end: int
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


class Mark(NamedTuple):
    """The words at `offset` are said `at_ms` milliseconds into the recording."""

    offset: int
    at_ms: int

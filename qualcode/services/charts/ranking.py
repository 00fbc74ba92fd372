"""Which quotations stand in a cell that cannot hold them all.

The best come first: those that somebody starred; those that speak of one theme alone, before those
that are coded under several; those of which no coder was in doubt; those of 15 to 60 words, then
the ones nearest to that. Among equals a passage that is not there yet comes before one that is,
and a participant who has not spoken there before one who has. In the cell they keep the order of
the transcripts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from qualcode.services.charts.placing import Placed

LEAST_WORDS, MOST_WORDS = 15, 60
"""Long enough to be understood by itself, short enough to be read beside others."""


def best_of_cells(placed: Sequence[Placed], most: int, *, by_theme: bool) -> frozenset[str]:
    """The uids of the codings that are shown where a cell holds at most so many.

    A cell is a row and a code, or with `by_theme` a row and a theme with all below it.
    """
    themes: dict[int, set[str]] = defaultdict(set)
    cells: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        themes[one.quotation.number].add(one.path[0])
        cells[one.row, one.path[0] if by_theme else one.code].append(one)
    several = {number for number, those in themes.items() if len(those) > 1}
    return frozenset(uid for cell in cells.values() for uid in _best(cell, most, several))


def beyond_the_best(words: int) -> int:
    """How many words a passage is away from the lengths that read best."""
    return max(LEAST_WORDS - words, words - MOST_WORDS, 0)


def _best(cell: Sequence[Placed], most: int, several: set[int]) -> list[str]:
    if len(cell) <= most:
        return [one.quotation.coding for one in cell]
    ranks = [
        (
            not one.quotation.starred,
            one.quotation.number in several,
            one.quotation.doubt,
            beyond_the_best(len(one.quotation.text.split())),
        )
        for one in cell
    ]
    left = set(range(len(cell)))
    chosen: list[str] = []
    passages: set[int] = set()
    spoken: Counter[str] = Counter()
    while len(chosen) < most:
        at = min(
            left,
            key=lambda at: (
                ranks[at],
                cell[at].quotation.number in passages,
                spoken[cell[at].case],
                at,
            ),
        )
        left.remove(at)
        chosen.append(cell[at].quotation.coding)
        passages.add(cell[at].quotation.number)
        spoken[cell[at].case] += 1
    return chosen

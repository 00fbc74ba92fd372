"""Which quotations stand in a cell that cannot hold them all.

The best come first: those that somebody starred; those that speak of one theme alone, before those
that are coded under several; those of which no coder was in doubt; those of 15 to 60 words, then
the ones nearest to that. Among equals a passage that is not in the cell yet comes before one that
is, and a participant who has not spoken there before one who has; then the place, and then the
participant, of which the whole document has least so far: in rows that gather many, the first
interviews of a study would otherwise speak for all. What is still equal is taken in the order of
the transcripts, and in the cell all keep that order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from qualcode.services.charts.placing import Placed

PlaceOf = Callable[[Placed], str]

LEAST_WORDS, MOST_WORDS = 15, 60
"""Long enough to be understood by itself, short enough to be read beside others."""


def best_of_cells(
    placed: Sequence[Placed], most: int, *, by_theme: bool, place_of: PlaceOf
) -> frozenset[str]:
    """The uids of the codings that are shown where a cell holds at most so many.

    A cell is a row and a code, or with `by_theme` a row and a theme with all below it. `place_of`
    says where somebody speaks, by any word that tells places apart.
    """
    themes: dict[int, set[str]] = defaultdict(set)
    cells: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for one in placed:
        themes[one.quotation.number].add(one.path[0])
        cells[one.row, one.path[0] if by_theme else one.code].append(one)
    several = {number for number, those in themes.items() if len(those) > 1}
    chosen = _Chosen(place_of)
    # What has room enough is there anyway, so that the others can make up for it.
    best = [chosen.take(one) for cell in cells.values() if len(cell) <= most for one in cell]
    for cell in cells.values():
        if len(cell) > most:
            best += _best(cell, most, several, chosen)
    return frozenset(best)


def beyond_the_best(words: int) -> int:
    """How many words a passage is away from the lengths that read best."""
    return max(LEAST_WORDS - words, words - MOST_WORDS, 0)


class _Chosen:
    """What is chosen so far: who speaks in the document, and from where."""

    def __init__(self, place_of: PlaceOf) -> None:
        self._place_of = place_of
        self._places: Counter[str] = Counter()
        self._cases: Counter[str] = Counter()

    def take(self, one: Placed) -> str:
        """Count a passage in; returns its coding."""
        self._places[self._place_of(one)] += 1
        self._cases[one.case] += 1
        return one.quotation.coding

    def heard(self, one: Placed) -> tuple[int, int]:
        """How often its place, and whoever says it, speak already."""
        return self._places[self._place_of(one)], self._cases[one.case]


def _best(cell: Sequence[Placed], most: int, several: set[int], chosen: _Chosen) -> Iterator[str]:
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
    passages: set[int] = set()
    spoken: Counter[str] = Counter()
    for _ in range(most):
        at = min(
            left,
            key=lambda at: (
                ranks[at],
                cell[at].quotation.number in passages,
                spoken[cell[at].case],
                chosen.heard(cell[at]),
                at,
            ),
        )
        left.remove(at)
        passages.add(cell[at].quotation.number)
        spoken[cell[at].case] += 1
        yield chosen.take(cell[at])

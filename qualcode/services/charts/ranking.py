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

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heapreplace
from itertools import chain, islice

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
    roomy = (one for cell in cells.values() if len(cell) <= most for one in cell)
    best = [chosen.take(one, place_of(one)) for one in roomy]
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
        self.place_of = place_of
        self.places: Counter[str] = Counter()
        self.cases: Counter[str] = Counter()

    def take(self, one: Placed, place: str) -> str:
        """Count a passage in; returns its coding."""
        self.places[place] += 1
        self.cases[one.case] += 1
        return one.quotation.coding


class _Cell:
    """What a crowded cell shows so far: its passages by number, and how often each speaks."""

    def __init__(self, chosen: _Chosen) -> None:
        self.chosen = chosen
        self.passages: set[int] = set()
        self.spoken: Counter[str] = Counter()

    def take(self, one: Placed, place: str) -> str:
        """Show a passage; returns its coding."""
        self.passages.add(one.quotation.number)
        self.spoken[one.case] += 1
        return self.chosen.take(one, place)


def _best(cell: Sequence[Placed], most: int, several: set[int], chosen: _Chosen) -> Iterator[str]:
    by_rank: dict[_Rank, list[Placed]] = defaultdict(list)
    for one in cell:
        by_rank[_rank(one, several)].append(one)
    shown = _Cell(chosen)
    in_turn = (_in_turn(by_rank[rank], shown) for rank in sorted(by_rank))
    return islice(chain.from_iterable(in_turn), most)


_Rank = tuple[bool, bool, bool, int]


def _rank(one: Placed, several: set[int]) -> _Rank:
    """What of a passage does not change while others are chosen; less is better."""
    words = len(one.quotation.text.split())
    doubt = one.quotation.doubt
    starred, is_of_several = one.quotation.starred, one.quotation.number in several
    return not starred, is_of_several, doubt, beyond_the_best(words)


# -- among equals ----------------------------------------------------------------------------------

_Turn = tuple[bool, int, int, int]
"""Who of one place is next: those who are not in the cell yet, who spoke there and in the document
least, and who comes first."""


class _Waiting:
    """The passages of one case from one place that are equal, in their order."""

    def __init__(self, case: str) -> None:
        self._case = case
        self._new: deque[tuple[int, Placed]] = deque()
        self._again: deque[tuple[int, Placed]] = deque()

    def add(self, at: int, one: Placed) -> None:
        """Put one behind the others; `at` is where it stands among all equals."""
        self._new.append((at, one))

    def turn(self, cell: _Cell) -> _Turn:
        """When its first passage is next; it only ever gets later."""
        while self._new and self._new[0][1].quotation.number in cell.passages:
            self._again.append(self._new.popleft())
        at, _ = (self._new or self._again)[0]
        spoken, heard = cell.spoken[self._case], cell.chosen.cases[self._case]
        return not self._new, spoken, heard, at

    def pop(self) -> Placed:
        """The first passage, which waits no more."""
        return (self._new or self._again).popleft()[1]

    def __len__(self) -> int:
        return len(self._new) + len(self._again)


def _in_turn(equal: Sequence[Placed], cell: _Cell) -> Iterator[str]:
    """Equals, each time the next; it costs as much as there are places, however many wait.

    Among those of one place it is the same for all how often that is heard: there a heap tells who
    is next. Turns only get later, so one that is found to be out of date is put back.
    """
    lines: dict[str, dict[str, _Waiting]] = defaultdict(dict)
    for at, one in enumerate(equal):
        cases = lines[cell.chosen.place_of(one)]
        cases.setdefault(one.case, _Waiting(one.case)).add(at, one)
    # No two turns are alike, so that what waits is never compared itself.
    heaps = {
        place: sorted((those.turn(cell), those) for those in cases.values())
        for place, cases in lines.items()
    }
    while heaps:
        place = min(heaps, key=lambda place: _next(heaps[place], cell, cell.chosen.places[place]))
        heap = heaps[place]
        _, those = heap[0]
        yield cell.take(those.pop(), place)
        if those:
            heapreplace(heap, (those.turn(cell), those))
        elif len(heap) > 1:
            heappop(heap)
        else:
            del heaps[place]


def _next(
    heap: list[tuple[_Turn, _Waiting]], cell: _Cell, heard: int
) -> tuple[bool, int, int, int, int]:
    """When the first of a place is next, among all places; `heard` is how often that speaks."""
    turn, those = heap[0]
    while turn != (now := those.turn(cell)):
        heapreplace(heap, (now, those))
        turn, those = heap[0]
    is_again, spoken, of_case, at = turn
    return is_again, spoken, heard, of_case, at

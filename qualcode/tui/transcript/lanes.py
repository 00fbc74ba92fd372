"""Which codings lie where, and in which lane each one's stripe is drawn.

A lane is given once and kept: a stripe never jumps because another came or went.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

LANES_FOR_OWN = 4
"""So many lanes at most stay clear of other coders' codings where a coder's own need them."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One coding as the view draws it; `name` is its code's, `theme` the id of its theme."""

    uid: str
    start: int
    end: int
    theme: str
    name: str
    own: bool = True
    doubt: bool = False
    memo: bool = False


class InLane(NamedTuple):
    """A coding and the lane of its stripe, from 0 next to the text.

    A tuple, for a long transcript has thousands of them and every row drawn is kept by its own.
    """

    start: int
    end: int
    lane: int
    uid: str
    laid: Laid


class Lanes:
    """The codings of one transcript, asked for by place.

    They are kept in shelves by length, each at most four times as long as the shortest beside it:
    what overlaps a place then starts close by, even where one coding covers the whole transcript.
    """

    def __init__(self, laid: Iterable[Laid] = ()) -> None:
        given = {one.uid: one for one in laid}.values()
        own = _lowest_lanes((one for one in given if one.own), first=0)
        deepest = 1 + max((one.lane for one in own), default=-1)
        others = _lowest_lanes(
            (one for one in given if not one.own), first=min(deepest, LANES_FOR_OWN)
        )
        self._placed = {one.uid: one for one in (*own, *others)}
        self._shelves: dict[int, list[tuple[int, int, str]]] = {}
        for start, end, _, uid, _ in self._placed.values():
            self._shelves.setdefault(_shelf(start, end), []).append((start, end, uid))
        for shelf in self._shelves.values():
            shelf.sort()

    def __len__(self) -> int:
        return len(self._placed)

    def __contains__(self, uid: str) -> bool:
        return uid in self._placed

    def __getitem__(self, uid: str) -> InLane:
        return self._placed[uid]

    def add(self, laid: Laid) -> InLane:
        """Lay one more; it takes the lowest lane that is free along all of it."""
        self.remove(laid.uid)
        taken = {one.lane for one in self.over(laid.start, laid.end)}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        return self._put(laid, lane)

    def replace(self, laid: Laid) -> InLane:
        """Lay it anew in the lane it has, where its place is the same; else like `add`."""
        known = self._placed.get(laid.uid)
        if known is None or (known.start, known.end) != (laid.start, laid.end):
            return self.add(laid)
        return self._put(laid, known.lane, shelve=False)

    def remove(self, uid: str) -> InLane | None:
        """Take one away; gives what it was, or None where it was not there."""
        known = self._placed.pop(uid, None)
        if known is not None:
            shelf = self._shelves[_shelf(known.start, known.end)]
            del shelf[bisect_left(shelf, (known.start, known.end, uid))]
        return known

    def over(self, start: int, end: int) -> list[InLane]:
        """What shares a character with [start, end), by place, the longer first."""
        found: list[InLane] = []
        for size, shelf in self._shelves.items():
            first = bisect_right(shelf, (start - (4 << 2 * size),))
            for at in range(first, bisect_left(shelf, (end,))):
                if shelf[at][1] > start:
                    found.append(self._placed[shelf[at][2]])
        if len(found) > 1:
            found.sort(key=lambda one: (one.start, -one.end, one.lane))
        return found

    def _put(self, laid: Laid, lane: int, *, shelve: bool = True) -> InLane:
        one = InLane(laid.start, laid.end, lane, laid.uid, laid)
        self._placed[laid.uid] = one
        if shelve:
            shelf = self._shelves.setdefault(_shelf(laid.start, laid.end), [])
            insort(shelf, (laid.start, laid.end, laid.uid))
        return one


def _shelf(start: int, end: int) -> int:
    """The number n of the shelf for lengths from 4**n up to below 4**(n + 1)."""
    return (max(end - start, 1).bit_length() - 1) // 2


def _lowest_lanes(laid: Iterable[Laid], *, first: int) -> list[InLane]:
    """Each coding in the lowest lane that is free where it starts, in one sweep over the text."""
    ends: list[int] = []
    placed: list[InLane] = []
    for start, end, uid, one in sorted((one.start, -one.end, one.uid, one) for one in laid):
        for lane, taken_until in enumerate(ends):
            if taken_until <= start:
                ends[lane] = -end
                break
        else:
            lane = len(ends)
            ends.append(-end)
        placed.append(InLane(start, -end, first + lane, uid, one))
    return placed

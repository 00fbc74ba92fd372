"""Choices of options, few enough to be tried, in which any two values come together somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

Choice = tuple[str, int]
"""An axis and the number of its value."""


def pairwise(axes: Mapping[str, Sequence[object]]) -> list[dict[str, object]]:
    """One value of each axis at a time, until each two values of two axes have met."""
    apart = dict.fromkeys(
        frozenset({(one, x), (two, y)})
        for one, two in combinations(axes, 2)
        for x in range(len(axes[one]))
        for y in range(len(axes[two]))
    )
    chosen: list[dict[str, object]] = []
    while apart:
        row: dict[str, int] = dict(next(iter(apart)))
        for axis in axes:
            if axis not in row:
                row[axis] = max(range(len(axes[axis])), key=lambda at: _met(apart, row, (axis, at)))
        for pair in combinations(row.items(), 2):
            apart.pop(frozenset(pair), None)
        chosen.append({axis: axes[axis][row[axis]] for axis in axes})
    return chosen


def _met(apart: Mapping[frozenset[Choice], None], row: Mapping[str, int], new: Choice) -> int:
    """How many pairs that are still apart a value brings together with those chosen before."""
    return sum(frozenset({old, new}) in apart for old in row.items())

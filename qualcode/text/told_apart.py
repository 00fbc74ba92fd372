"""Names of which no two are alike: the second of those that are called `b` is `b (2)`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import TypeVar

_Thing = TypeVar("_Thing")


def told_apart(called: Mapping[_Thing, str], *, taken: Iterable[str] = ()) -> dict[_Thing, str]:
    """What each is called so that no two are alike, nor like what is taken.

    The first of a name keeps it, and nobody is given a name that another has.
    """
    used = set(taken)
    names: dict[_Thing, str] = {}
    later: list[_Thing] = []
    for one, name in called.items():
        if name in used:
            later.append(one)
        used.add(name)
        names[one] = name
    for one in later:
        others = (f"{names[one]} ({number})" for number in count(2))
        names[one] = next(other for other in others if other not in used)
        used.add(names[one])
    return names

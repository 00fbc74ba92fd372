"""Picking a name by a few letters of it: ranked by how it was meant, and a slip forgiven.

Case, accents and the signs between words do not matter. What fits as it was typed is ranked by
tiers that people can foresee; only where nothing fits is a likeness computed, for slips.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate
from typing import Final

from qualcode.text.folding import fold

LIMIT: Final = 20
"""Answers given where nobody says how many: more are not read, one types another letter."""

_LIKE_ENOUGH: Final = 0.7
"""One slip in four letters, two in seven; less gives names that nobody would have meant."""

_SHORTEST_SLIP: Final = 4
"""Letters from which a slip is looked for: three are like half of all words."""

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


class Tier(IntEnum):
    """How what was typed fits, best first: `gr`, `ai`, `ga`, `graid`, `ran`, `fund`, `grnat`.

    The examples are for a code `Grant aid` of the theme `Funding`.
    """

    PREFIX = 0
    WORD = 1
    INITIALS = 2
    WORD_STARTS = 3
    INSIDE = 4
    THEME = 5
    SLIP = 6


@dataclass(frozen=True, slots=True)
class Name:
    """Something to be picked: its id, what it is called, and the name of the theme it is under."""

    id: str
    name: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """One answer: the id of the name, and how it fits."""

    id: str
    tier: Tier


class Picker:
    """Names made ready once, to be asked at each key that is typed."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self._ready = [_Ready(name) for name in self.names]
        self._holding: dict[str, list[int]] = {}
        for at, ready in enumerate(self._ready):
            for part in {ready.name, ready.id, *ready.name.split()}:
                self._holding.setdefault(part, []).append(at)

    def pick(self, typed: str, *, limit: int = LIMIT) -> list[Picked]:
        """The likeliest first, at most `limit`; nothing typed gives all in the order given.

        Within a tier the shorter name is likelier, for more of it was typed.
        """
        wanted = _plain(typed)
        if not wanted:
            return [Picked(name.id, Tier.PREFIX) for name in self.names[:limit]]
        found = [
            (tier, len(ready.name), at)
            for at, ready in enumerate(self._ready)
            if (tier := ready.tier(wanted)) is not None
        ]
        if not found and len(wanted) >= _SHORTEST_SLIP:
            return [Picked(self.names[at].id, Tier.SLIP) for at in self._likest(wanted)[:limit]]
        return [Picked(self.names[at].id, tier) for tier, _, at in sorted(found)[:limit]]

    def _likest(self, wanted: str) -> list[int]:
        """Positions of the names of which a part is like what was typed, the likest first."""
        from rapidfuzz import process  # 14 ms to load
        from rapidfuzz.distance import OSA

        parts = list(self._holding)
        # A word may be whole, or typed only to here.
        texts = [*parts, *(part[: len(wanted)] for part in parts)]
        best: dict[int, float] = {}
        for _, likeness, number in process.extract(
            wanted,
            texts,
            scorer=OSA.normalized_similarity,
            processor=None,
            score_cutoff=_LIKE_ENOUGH,
            limit=None,
        ):
            for at in self._holding[parts[number % len(parts)]]:
                best[at] = max(likeness, best.get(at, 0.0))
        return sorted(best, key=lambda at: (-best[at], len(self._ready[at].name), at))


def pick(typed: str, names: Sequence[Name], *, limit: int = LIMIT) -> list[Picked]:
    """The same for names that are asked once."""
    return Picker(names).pick(typed, limit=limit)


class _Ready:
    """One name in its plainest spelling: words parted by single blanks."""

    __slots__ = ("_starts", "id", "initials", "name", "theme")

    def __init__(self, name: Name) -> None:
        self.name = _plain(name.name)
        self.id = _plain(name.id)
        self.theme = _plain(f"{name.theme} {name.name}") if name.theme else ""
        words = self.name.split()
        self.initials = "".join(word[0] for word in words)
        self._starts = [0, *accumulate(len(word) + 1 for word in words[:-1])]

    def tier(self, wanted: str) -> Tier | None:
        """How what was typed fits this name, or None."""
        name = self.name
        if name.startswith(wanted):
            return Tier.PREFIX
        if f" {wanted}" in name or self.id.startswith(wanted):
            return Tier.WORD
        if self.initials.startswith(wanted) and len(wanted) > 1:
            return Tier.INITIALS
        if wanted[0] in self.initials and _by_starts(wanted, name, self._starts):
            return Tier.WORD_STARTS
        if wanted in name or wanted in self.id:
            return Tier.INSIDE
        if self.theme and all(f" {word}" in f" {self.theme}" for word in wanted.split()):
            return Tier.THEME
        return None


def _by_starts(wanted: str, name: str, starts: Sequence[int]) -> bool:
    """True where the letters are the beginnings of words of the name, one after another."""
    letters = wanted.replace(" ", "")
    # Where the letter before may stand: all ways at once, for to try them one by one never ends
    # on a name of a hundred equal words.
    reached = [at for at in starts if name.startswith(letters[0], at)]
    for letter in letters[1:]:
        if not reached:
            return False
        first = reached[0]
        here = {at + 1 for at in reached if name.startswith(letter, at + 1)}
        here.update(at for at in starts if at > first and name.startswith(letter, at))
        reached = sorted(here)
    return bool(reached)


def _plain(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()

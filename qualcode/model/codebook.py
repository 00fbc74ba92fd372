"""The codebook: a tree of codes with what a coder needs to decide; a theme is a top-level code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SEPARATOR = "/"
"""Between the ids of a theme and its code where both are named: `funding/grant-aid`."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `id` is stable and unique in the whole book; `parent` is None for a theme.

    `key` is one letter that opens a theme in the coding screen. `colour` is `#rrggbb`, of a theme.
    `proposed` is true of a code that a coder made on the way and nobody has agreed to yet.
    """

    id: str
    name: str
    parent: str | None = None
    key: str | None = None
    colour: str | None = None
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    look_for: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """A codebook as one file gives it: codes in book order, each after its parent."""

    name: str
    version: str
    codes: tuple[Code, ...]

    @property
    def themes(self) -> tuple[Code, ...]:
        """The top-level codes in book order."""
        return tuple(code for code in self.codes if code.parent is None)

    def children(self, parent: str | None) -> tuple[Code, ...]:
        """The codes directly under `parent`, in book order."""
        return tuple(code for code in self.codes if code.parent == parent)

    def with_below(self, codes: Iterable[str]) -> frozenset[str]:
        """The ids of these codes and of all below them."""
        return frozenset(
            one for top in codes for one in (top, *(below.id for below, _ in self.walk(top)))
        )

    def by_id(self) -> dict[str, Code]:
        """Codes by id."""
        return {code.id: code for code in self.codes}

    def path(self, code_id: str) -> tuple[str, ...]:
        """Ids from the theme down to the code itself."""
        codes = self.by_id()
        steps: list[str] = []
        at: str | None = code_id
        while at is not None and at in codes and at not in steps:
            steps.append(at)
            at = codes[at].parent
        return tuple(reversed(steps))

    def full_name(self, code_id: str) -> str:
        """The name scripts use: the ids from theme to code, `funding/grant-aid`."""
        return SEPARATOR.join(self.path(code_id))

    def walk(self, parent: str | None = None, depth: int = 0) -> Iterator[tuple[Code, int]]:
        """Every code with its depth below the theme (0), parents first, in book order."""
        for code in self.children(parent):
            yield code, depth
            yield from self.walk(code.id, depth + 1)

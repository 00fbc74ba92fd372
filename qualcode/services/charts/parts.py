"""One of several documents that hold a matrix together: a theme each, or a place each.

A passage has the number that it has in the whole, so that Q079 is one passage in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.services.cases.joining import Place
from qualcode.services.retrieval.filters import Unsaid


@dataclass(frozen=True, slots=True)
class Part:
    """What of a matrix is in a document, by the full name of a theme or by what is shown.

    `name` is how people call it. `within` is an attribute and its value as it is stored, or why
    none is said. `numbers` are those of the passages in the whole, None to number them here.
    """

    name: str = ""
    theme: str | None = None
    within: tuple[str, str | Unsaid] | None = None
    numbers: Mapping[Place, int] | None = None

    @property
    def attribute(self) -> str | None:
        """The attribute of which everybody here has one value."""
        return None if self.within is None else self.within[0]

    @property
    def said(self) -> str:
        """Which part it is, in words, `place Marle`; "" of the whole."""
        return f"{self.attribute or 'theme'} {self.name}" if self.name else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The line of the title block that says so."""
        return (("Part", self.said),) if self.name else ()


WHOLE = Part()
"""All of it."""

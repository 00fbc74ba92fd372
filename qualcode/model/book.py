"""The quotation book: every quotation under its code, with its words around it and its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model.consent import Audience
from qualcode.model.manifest import NOT_SAID, Made
from qualcode.model.matrix import Quotation, RegisterLine


@dataclass(frozen=True, slots=True)
class BookCode:
    """One code with its quotations, in the order of the transcripts; `key` is its full name."""

    key: str
    name: str
    definition: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class BookTheme:
    """One theme with its codes; the theme itself comes first where it was used bare."""

    key: str
    name: str
    definition: str
    colour: str
    codes: tuple[BookCode, ...]


@dataclass(frozen=True, slots=True)
class QuotationBook:
    """All that the book says. `facts` are the lines of its title block, as in a MatrixReport."""

    title: str
    subtitle: str
    created: str
    language: str
    audience: Audience
    themes: tuple[BookTheme, ...]
    facts: tuple[tuple[str, str], ...] = ()
    register: tuple[RegisterLine, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    made: Made = NOT_SAID

    @property
    def quotations(self) -> Iterator[Quotation]:
        """All of them, each as often as it stands there."""
        for theme in self.themes:
            for code in theme.codes:
                yield from code.quotations

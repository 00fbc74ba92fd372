"""How a document is laid out: the wishes of whoever asks for it, apart from what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Layout(StrEnum):
    """Tables of cases by codes, or quotations in a list; `auto` takes what reads best."""

    AUTO = "auto"
    MATRIX = "matrix"
    LIST = "list"


class Notes(StrEnum):
    """Where the source of each quotation in context stands."""

    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"
    INLINE = "inline"


class Paper(StrEnum):
    """The sheet that the tables are laid on, across."""

    A4 = "a4"
    A3 = "a3"


MOST_BYTES = 64_000_000
"""Of a template: a letterhead with pictures has a hundredth of it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A document of the house, as bytes; `name` is what errors call the file."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DocumentOptions:
    """Wishes that only documents for people know; tables and JSON have no use for them.

    `context` adds the appendix of quotations in context, `memos` the team's memos as comments
    (never in a publication). `template` is a Word file whose styles, paper, headers and footers are
    taken.
    """

    layout: Layout = Layout.AUTO
    notes: Notes = Notes.FOOTNOTES
    paper: Paper = Paper.A4
    context: bool = True
    memos: bool = True
    template: Template | None = None


PLAIN = DocumentOptions()
"""The wishes of who has none."""

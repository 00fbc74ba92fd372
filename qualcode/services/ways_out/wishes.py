"""What somebody asked for of a file: how it is laid out, and what else only some files heed.

Faces ask in words of their own, so they say how an option is spelt there. What would do nothing for
a file of some format is refused: whoever asks for endnotes in a table would look for them in vain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypedDict

from qualcode import errors
from qualcode.exporters.table_or_list import laid_out
from qualcode.model.document import MOST_BYTES, DocumentOptions, Layout, Notes, Paper, Template
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.matrix import MatrixReport

_WORD: Final = ("docx",)
_PAGES: Final = ("docx", "html")
_TEXTS: Final = ("docx", "html", "md")
_TITLED: Final = ("docx", "xlsx", "html", "md")
_SHEETS: Final = ("xlsx", "csv")
_ANY: Final = (*_TITLED, "csv", "json")

_BY_MATRIX: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "layout": _TEXTS,
        "notes": _WORD,
        "paper": _WORD,
        "context": _PAGES,
        "memos": _PAGES,
        "template": _WORD,
        "title": _TITLED,
        "by": _TITLED,
        "max_quotes": _ANY,
    }
)
_BY_BOOK: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"notes": _WORD, "template": _WORD, "title": _TEXTS}
)
_BY_EVIDENCE: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"title": ("xlsx",), "context": _SHEETS, "table": ("csv",), "for_excel": ("csv",)}
)
_USUAL: Final = (None, False, EvidenceTable.QUOTATIONS)
# Counts stand in tables on a sheet, and have no quotations.
_FOR_COUNTS: Final = ("paper", "template", "title", "by")


class Wishes(TypedDict, total=False):
    """What can be asked for; what is None or left out comes as it usually does."""

    layout: Layout | None
    notes: Notes | None
    paper: Paper | None
    context: bool
    memos: bool
    template: Path | None
    title: str | None
    by: Sequence[str] | None
    max_quotes: int | None


class TableWishes(TypedDict, total=False):
    """What can be asked for of evidence, in the same way; `context` counts words."""

    title: str | None
    context: int | None
    table: EvidenceTable | None
    for_excel: bool


def for_matrix(
    format: str,  # noqa: A002  the word that people type
    wishes: Wishes,
    *,
    show: str = "quotes",
    spelt: Mapping[str, str] | None = None,
) -> DocumentOptions:
    """The layout of a matrix whose cells show this, in a file of this format.

    `spelt` says how a face calls an option. Raises OptionInVainError, or what `template` does.
    """
    names = {} if spelt is None else spelt
    for wish in _given(wishes):
        _check(format, wish, _BY_MATRIX[wish], names)
        if show == "counts" and wish not in _FOR_COUNTS:
            raise errors.OptionInVainError(names.get(wish, wish), counts=True)
    if "notes" in _given(wishes) and not wishes.get("context", True):
        raise errors.OptionInVainError(
            names.get("notes", "notes"), without=names.get("context", "context")
        )
    return _options(wishes)


def choice(report: MatrixReport, options: DocumentOptions, format: str) -> str:  # noqa: A002
    """Why a file of this format will be a list where nobody asked for one; else nothing."""
    if format.lower().removeprefix(".") not in _BY_MATRIX["layout"]:
        return ""
    return laid_out(report, options.layout).choice


def for_book(
    format: str,  # noqa: A002
    wishes: Wishes,
    *,
    spelt: Mapping[str, str] | None = None,
) -> DocumentOptions:
    """The layout of a quotation book; otherwise as of a matrix."""
    names = {} if spelt is None else spelt
    for wish in _given(wishes):
        _check(format, wish, _BY_BOOK.get(wish, ()), names)
    return _options(wishes)


def for_evidence(
    format: str,  # noqa: A002
    wishes: TableWishes,
    *,
    spelt: Mapping[str, str] | None = None,
) -> TableOptions:
    """Which table a file of this format holds, and how; otherwise as of a matrix.

    Cases and codes are counted: they have no words with others around them.
    """
    names = {} if spelt is None else spelt
    table = wishes.get("table") or EvidenceTable.QUOTATIONS
    given = [wish for wish, value in wishes.items() if value not in _USUAL]
    for wish in given:
        _check(format, wish, _BY_EVIDENCE[wish], names)
    if "context" in given and table is not EvidenceTable.QUOTATIONS:
        raise errors.OptionInVainError(names.get("context", "context"), counts=True)
    return TableOptions(table, wishes.get("for_excel", False))


def template(file: Path) -> Template:
    """A document of the house, to be looked at when something is written in its style.

    Raises FileMissingError or FileUnreadableError.
    """
    try:
        with file.open("rb") as data:
            # One byte more says that it is too large, without reading what a disk holds.
            return Template(str(file), data.read(MOST_BYTES + 1))
    except FileNotFoundError:
        raise errors.FileMissingError(where=str(file)) from None
    except OSError:
        raise errors.FileUnreadableError(where=str(file)) from None


def _given(wishes: Wishes) -> list[str]:
    """The names of what is wished otherwise than it comes."""
    usual = (value is None or value is True or value == () for value in wishes.values())
    return [wish for wish, is_usual in zip(wishes, usual, strict=True) if not is_usual]


def _check(format_: str, wish: str, heeded: Sequence[str], names: Mapping[str, str]) -> None:
    if format_.lower().removeprefix(".") not in heeded:
        raise errors.OptionInVainError(names.get(wish, wish), files=heeded)


def _options(wishes: Wishes) -> DocumentOptions:
    house = wishes.get("template")
    return DocumentOptions(
        layout=wishes.get("layout") or Layout.AUTO,
        notes=wishes.get("notes") or Notes.FOOTNOTES,
        paper=wishes.get("paper") or Paper.A4,
        context=wishes.get("context", True),
        memos=wishes.get("memos", True),
        template=None if house is None else template(house),
    )

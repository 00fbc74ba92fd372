"""Filters, searches and tables that cannot be understood, and files that cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST_LISTED = 12
"""Values that can still be looked through in an error."""


class FilterError(InputError):
    """A filter is not of the form NAME=VALUE, or nothing has that name."""

    def __init__(self, text: str, *, known: Sequence[str] | None = None) -> None:
        if known is None:
            super().__init__(
                f"'{text}' is not a filter", mend="Write NAME=VALUE, such as place=Thornwick."
            )
        else:
            super().__init__(
                f"nothing here has an attribute '{text}'",
                mend=f"The attributes are: {', '.join(known)}." if known else "Import a manifest.",
            )


class FilterValueError(InputError):
    """A filter asks for a value that nothing has, so that nothing would pass it."""

    def __init__(self, name: str, value: str, *, known: Sequence[str], nearest: str | None) -> None:
        mend = [f"Did you mean '{name}={nearest}'?"] if nearest else []
        if not known:
            mend.append(f"No {name} is known of anybody.")
        elif len(known) <= _MOST_LISTED:
            mend.append(f"There are: {', '.join(known)}.")
        super().__init__(f"nothing here is '{name}={value}'", mend=" ".join(mend))


class QueryError(InputError):
    """A search cannot be understood."""

    def __init__(self, query: str, problem: str) -> None:
        super().__init__(
            f"'{query}' cannot be searched: {problem}",
            mend='Write words, "a phrase", fund* or /a regular expression/.',
        )


class CodingTableError(InputError):
    """A table of codings lacks something."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class AliasTableError(InputError):
    """A row of a table of speakers' spellings cannot be applied."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class TableError(InputError):
    """A table cannot be read to its cells."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class UnstorableTextError(InputError):
    """Text holds a character that no database keeps."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} holds a character that cannot be stored: a NUL, or half of a pair",
            mend="Take it out of the source and try again; nothing was changed.",
        )


class FileExistsAlreadyError(InputError):
    """A new file or folder would replace one that is there."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is already there", where=where, mend="Choose another name, or move it away."
        )


class NoContentsError(InputError):
    """A file was to be compared that does not say what it holds."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this file does not say what it holds",
            where=where,
            mend="Give an export as this version wrote it: some programs drop the list of contents "
            "when they save it.",
        )


class NothingToCompareError(InputError):
    """Two exports hold nothing of one kind; `old` and `new` are what each holds, in words."""

    def __init__(self, old: str, new: str, *, where: str | None = None) -> None:
        said = f"both hold {old}, and not of the same" if old == new else f"{old}, and {new}"
        super().__init__(
            f"these files have nothing in common that could be compared: {said}",
            where=where,
            mend="Compare each with an earlier file of its own kind, or both with the evidence "
            "(qualcode export evidence.xlsx).",
        )


class OutputError(InputError):
    """A file cannot be written."""

    def __init__(self, *, where: str, why: str) -> None:
        super().__init__(
            f"the file cannot be written: {why}",
            where=where,
            mend="Nothing was left half-written. Choose another place, or make room.",
        )

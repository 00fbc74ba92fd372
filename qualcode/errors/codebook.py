"""The codebook: its file, its codes, and edits that would break one of its rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError, quoted_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class CodebookError(InputError):
    """The codebook, or a reference to it, has to be mended."""


class CodebookSyntaxError(CodebookError):
    """codebook.yaml is not YAML."""

    def __init__(self, problem: str, *, where: str) -> None:
        super().__init__(
            f"this is not YAML: {problem}",
            where=where,
            mend="Check the indentation and the quotation marks around this line.",
        )


class CodebookFieldError(CodebookError):
    """One field of codebook.yaml is missing, unknown, doubled or of the wrong kind."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class CodesInUseError(CodebookError):
    """A new codebook leaves out codes that hold codings."""

    def __init__(self, codes: Sequence[tuple[str, int]], *, where: str) -> None:
        listed = ", ".join(f"{name} ({count})" for name, count in codes)
        super().__init__(
            f"these codes hold codings and are no longer in the book: {listed}",
            where=where,
            mend="Put them back, or run again with --retire: the codings stay, no new ones come.",
        )


class UnknownCodeError(CodebookError):
    """A coding names a code that the codebook does not hold."""

    def __init__(self, name: str, *, where: str | None = None, nearest: str | None = None) -> None:
        mend = (
            f"Did you mean '{nearest}'?"
            if nearest
            else "See which there are with: qualcode codebook show"
        )
        super().__init__(f"no code is called {quoted_name(name)}", where=where, mend=mend)


class RetiredCodeError(CodebookError):
    """A new coding names a code that takes none any more."""

    def __init__(self, name: str, *, where: str | None = None) -> None:
        super().__init__(
            f"the code '{name}' is retired and takes no new codings",
            where=where,
            mend=f"Choose another, or restore it with: qualcode codebook restore {name}",
        )


class CodebookEditError(CodebookError):
    """A change of the codebook would break one of its rules."""


class CodeUnnamedError(CodebookEditError):
    """A code is to be called by a name in which nothing stands."""

    def __init__(self) -> None:
        super().__init__("the name is empty", mend="A code needs a name: give one.")


class KeyTakenError(CodebookEditError):
    """A theme is to be opened by a letter that opens another."""

    def __init__(self, key: str, *, theme: str, free: str) -> None:
        super().__init__(f"the key '{key}' opens '{theme}' already", mend=f"Free are: {free}.")


class UnderItselfError(CodebookEditError):
    """A code is to stand under itself, or under one that stands under it."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"'{code}' cannot stand under itself", mend="Name a code that does not stand under it."
        )


class NoSiblingError(CodebookEditError):
    """A code is to come before one that stands elsewhere; without `parent`, among the themes."""

    def __init__(self, code: str, *, parent: str | None) -> None:
        place = f"under '{parent}'" if parent else "among the themes"
        super().__init__(
            f"'{code}' does not stand {place}",
            mend="Name a code that does, or none: it comes last then.",
        )


class ThemeFieldsError(CodebookEditError):
    """A theme with what only a theme can have is to stand under a code."""

    def __init__(self, theme: str, *, fields: Sequence[str]) -> None:
        super().__init__(
            f"the theme '{theme}' has a {' and a '.join(fields)}, which only a theme can have",
            mend=f"Take its {' and '.join(fields)} out of the file first, or merge it.",
        )


class MergeIntoItselfError(CodebookEditError):
    """A code is to be merged into itself."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"'{code}' cannot be merged into itself",
            mend="Name two codes: the one that goes, and the one that stays.",
        )


class MergeIntoOwnCodeError(CodebookEditError):
    """A code is to be merged into one that stands under it."""

    def __init__(self, code: str, *, into: str) -> None:
        super().__init__(
            f"'{into}' stands under '{code}'",
            mend="Merge them the other way round, or move that code out first.",
        )


class CodebookMissingError(CodebookError):
    """The project has a codebook, and its file is not there."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "there is no such file, and without it no code is changed",
            where=where,
            mend="Write it as the project has its codes with: qualcode codebook fetch",
        )


class CodebookChangedError(CodebookError):
    """The codebook's file is not as it was applied, so nothing is written into it."""

    def __init__(self, *, where: str, changes: int) -> None:
        more = f", in {changes} {'place' if changes == 1 else 'places'}" if changes else ""
        super().__init__(
            f"it was changed by hand since it was applied{more}, and nothing was overwritten",
            where=where,
            mend="See what with: qualcode codebook diff. To bring that in: qualcode codebook apply",
        )


class CodebookBehindError(CodebookError):
    """The codebook's file is as it once was applied; the project's codebook was changed since."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the project's codebook was changed since this file was written",
            where=where,
            mend="Bring the file up to date with: qualcode codebook fetch",
        )


class CodebookReadOnlyError(CodebookError):
    """The codebook's file may not be written."""

    def __init__(self, *, where: str, why: str) -> None:
        super().__init__(
            f"the codebook cannot be written: {why}",
            where=where,
            mend="Nothing was changed. Allow writing to it and to its folder, then try again.",
        )

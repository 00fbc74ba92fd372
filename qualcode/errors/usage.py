"""Wrong use, and what consent refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import QualcodeError

if TYPE_CHECKING:
    from collections.abc import Sequence


class WithheldError(QualcodeError):
    """Words were to leave that somebody keeps back."""

    exit_code = 4

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "these words may not leave: who said them, or could have, is withheld", where=where
        )


class UsageError(QualcodeError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ProjectNotGivenError(UsageError):
    """No project was named and none was found."""

    def __init__(self, *, folder: str, found: Sequence[str] = ()) -> None:
        self.found = tuple(found)
        if found:
            super().__init__(
                f"there are several projects in {folder}: {', '.join(found)}",
                mend="Choose one with --project.",
            )
        else:
            super().__init__(
                f"there is no project in {folder} or above it",
                mend="Make one with: qualcode new DIR, or give --project.",
            )


class CoderNotGivenError(UsageError):
    """Somebody acts, and it is not known who."""

    def __init__(self) -> None:
        super().__init__(
            "it is not known who is coding",
            mend="Give --coder NAME once; it is remembered for this project.",
        )


class NotATerminalError(UsageError):
    """A screen was called where there is no terminal, or one that only prints lines.

    `plain` is the command that does the same in lines.
    """

    def __init__(self, *, cannot_draw: bool = False, plain: str = "qualcode code --plain") -> None:
        screen = "the coding screen" if plain == "qualcode code --plain" else "the screen"
        super().__init__(
            f"this terminal cannot draw {screen}" if cannot_draw else f"{screen} needs a terminal",
            mend=f"Work in plain lines with: {plain}",
        )


class ProjectUnnamedError(UsageError):
    """A project was to be called by no word."""

    def __init__(self) -> None:
        super().__init__("a project has a name", mend='Give one, such as "Thornwick study".')


class ProjectElsewhereError(UsageError):
    """A new project's file was to lie in another folder than its codebook and transcripts."""

    def __init__(self, *, where: str, folder: str) -> None:
        super().__init__(
            f"the project's file is to lie in its folder, {folder}",
            where=where,
            mend="Leave --project out, or give it the URL of a server.",
        )


_MADE_OF = {
    **dict.fromkeys(("odt", "pdf", "rtf", "doc"), "docx"),
    **dict.fromkeys(("ods", "xls"), "xlsx"),
}
"""What an office suite makes a file of that is not written here."""


class UnknownSuffixError(UsageError):
    """A file name's ending names no format that can be written; `what` is to be written."""

    def __init__(
        self, name: str, *, what: str, known: Sequence[str], by_ending_alone: bool = False
    ) -> None:
        wanted = name.rpartition(".")[2].lower()
        source = _MADE_OF.get(wanted, "")
        if f".{source}" in known:
            super().__init__(
                f"qualcode writes no .{wanted} file",
                mend=f"Write a .{source}; LibreOffice makes the other of it: "
                f"soffice --headless --convert-to {wanted} FILE.{source}",
            )
            return
        otherwise = "" if by_ending_alone else ", or give --format"
        super().__init__(
            f"'{wanted or name}' is no format in which {what} can be written",
            mend=f"End it in one of {', '.join(known)}{otherwise}.",
        )


class OptionInVainError(UsageError):
    """An option was given that would do nothing."""

    def __init__(
        self,
        option: str,
        *,
        files: Sequence[str] = (),
        counts: bool = False,
        without: str | None = None,
    ) -> None:
        self.option = option
        if counts:
            problem = f"{option} is for quotations, and counts show none"
        elif without:
            problem = f"{option} is for quotations in context"
        elif files:
            problem = f"{option} is for a {' or '.join(f'.{one}' for one in files)} file"
        else:
            problem = f"{option} is for a matrix"
        super().__init__(
            problem, mend=f"Give it without {without}." if without else "Leave it out."
        )


class SaidElsewhereError(UsageError):
    """A word was given to one act that another takes; `of` is what it says something of."""

    def __init__(self, word: str, *, of: str, at: str) -> None:
        super().__init__(f"{word} is said of the {of}", mend=f"Give it to {at}({word}=…).")


class ExtraMissingError(UsageError):
    """An optional library is needed and not installed."""

    def __init__(self, what: str, *, extra: str) -> None:
        super().__init__(
            f"{what} needs a library that is not installed",
            mend=f"Run: pip install 'qualcode[{extra}]'",
        )


class BackupByServerError(UsageError):
    """A project on a server is backed up by the server's own tools."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "a project on a database server is backed up by the server's own program",
            where=where,
            mend="Run: pg_dump --exclude-schema=identity --format=custom --file=study.dump URL; "
            "without --exclude-schema the names of participants are in the dump.",
        )


class SealingByServerError(UsageError):
    """Names on a database server are kept by the server's own rights."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "names on a database server are not sealed: who may see them is said there",
            where=where,
            mend="Grant the schema 'identity' to the lead's login alone.",
        )


class PassphraseNotGivenError(UsageError):
    """A passphrase is needed; it cannot be asked for, or was typed twice and not alike."""

    def __init__(self, *, typed_twice: bool = False) -> None:
        if typed_twice:
            super().__init__("the two passphrases are not the same", mend="Nothing was sealed.")
        else:
            super().__init__(
                "there is no terminal to ask for the passphrase", mend="Set QUALCODE_PASSPHRASE."
            )

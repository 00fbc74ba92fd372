"""Files that are to become transcripts, and the manifest that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors.base import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


class TranscriptError(InputError):
    """A file cannot become a transcript as it is."""


class EmptyTranscriptError(TranscriptError):
    """A file holds no words."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the file is empty: there are no words in it",
            where=where,
            mend="Save the transcript again from the program that made it.",
        )


class NotTextError(TranscriptError):
    """A file that calls itself text holds other bytes."""

    def __init__(self, *, where: str, looks_like: str | None = None) -> None:
        seems = f"it looks like {looks_like}" if looks_like else "it holds bytes that are not text"
        super().__init__(
            f"this is not a text file: {seems}",
            where=where,
            mend="Export the transcript as text, Word, WebVTT or SRT and import that file.",
        )


class DamagedFileError(TranscriptError):
    """A file has the marks of its format but cannot be read to its end."""

    def __init__(self, format_name: str, *, where: str, detail: str | None = None) -> None:
        because = f": {detail}" if detail else ""
        super().__init__(
            f"the {format_name} is damaged{because}",
            where=where,
            mend="Open it in the program that made it, save it again, and import that copy.",
        )


class PasswordProtectedError(TranscriptError):
    """A document is encrypted."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the document is protected by a password",
            where=where,
            mend="Open it in Word, take the password off, save it, and import it again.",
        )


class TooLargeError(TranscriptError):
    """A file is, or would unpack to, more than any interview needs."""

    def __init__(self, *, where: str, size_mb: int, limit_mb: int) -> None:
        super().__init__(
            f"the file holds {size_mb} MB of text, more than the {limit_mb} MB that are read",
            where=where,
            mend="Split it into one file for each interview.",
        )


class TooManyLinesError(TranscriptError):
    """A file has more lines or paragraphs than any interview has."""

    def __init__(self, *, where: str, limit: int) -> None:
        super().__init__(
            f"the file holds more than the {limit:,} lines that are read",
            where=where,
            mend="Split it into one file for each interview.",
        )


class UnsupportedFormatError(TranscriptError):
    """A file is of a known kind that this version does not read."""

    def __init__(self, format_name: str, *, where: str, readable: Sequence[str]) -> None:
        super().__init__(
            f"{format_name} is not a format that qualcode reads",
            where=where,
            mend=f"Export the transcript as one of: {', '.join(readable)}.",
        )


class WrongFormatError(TranscriptError):
    """A format was asked for by name, and the file is not of it."""

    def __init__(self, format_name: str, *, where: str, found: str) -> None:
        super().__init__(
            f"the file was to be read as {format_name}, but it is {found}",
            where=where,
            mend="Leave --format out, so that the format is recognised from the content.",
        )


class UnknownFormatError(TranscriptError):
    """A format was asked for by a name that no reader has."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"no reader is called '{name}'", mend=f"The readers are: {', '.join(known)}."
        )


class EncodingError(TranscriptError):
    """Bytes do not fit the encoding that was given."""

    def __init__(self, encoding: str, *, where: str, known: bool = True) -> None:
        what = (
            f"the bytes are not valid {encoding}"
            if known
            else f"'{encoding}' is not the name of an encoding"
        )
        super().__init__(
            what, where=where, mend="Give another --encoding, such as utf-8, cp1252 or mac-roman."
        )


class FileMissingError(TranscriptError):
    """A file that was named is not there."""

    def __init__(self, *, where: str, line: str | None = None) -> None:
        super().__init__(
            f"there is no file {where}" if line else "there is no such file",
            where=line or where,
            mend="Check the spelling and the folder.",
        )


class FileUnreadableError(TranscriptError):
    """A file is there but may not be read."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the file cannot be read",
            where=where,
            mend="Check that it is a file and that you may open it.",
        )


class OutsideFolderError(TranscriptError):
    """A manifest, or a link in a folder, points to a file outside that folder."""

    def __init__(self, path: str, *, where: str, link: bool = False) -> None:
        if link:
            super().__init__(
                "this link leads out of the folder that is imported",
                where=where,
                mend="Copy the file into the folder, or give it by its own path.",
            )
        else:
            super().__init__(
                f"the file {path} lies outside the folder of the manifest",
                where=where,
                mend="Move the file below the manifest's folder and give its path from there.",
            )


class TranscriptChangedError(TranscriptError):
    """A file that was imported before has other bytes now."""

    def __init__(self, name: str, *, where: str) -> None:
        super().__init__(
            f"'{name}' was imported before from other bytes, and its codings rest on those",
            where=where,
            mend="Import the corrected file under a name of its own, or undo the first import.",
        )


class NameTakenError(TranscriptError):
    """Two different files would be transcripts of one name."""

    def __init__(self, name: str, *, where: str, other: str) -> None:
        super().__init__(
            f"the name '{name}' is already taken by {other}",
            where=where,
            mend="Give each interview an interview_id of its own in a manifest, or rename a file.",
        )


class SameFileError(TranscriptError):
    """One file is named as two interviews."""

    def __init__(self, name: str, *, where: str, other: str) -> None:
        super().__init__(
            f"the file of '{name}' has the very bytes of '{other}'",
            where=where,
            mend="One recording is one interview: remove a row, or put the right file in place.",
        )


class ManifestError(InputError):
    """The manifest of a bulk import has to be mended."""


class ManifestColumnError(ManifestError):
    """The manifest lacks a column, or has one twice."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class ManifestValueError(ManifestError):
    """One cell of the manifest cannot be understood."""

    def __init__(self, column: str, problem: str, *, where: str, mend: str) -> None:
        self.column = column
        super().__init__(f"{column}: {problem}", where=where, mend=mend)

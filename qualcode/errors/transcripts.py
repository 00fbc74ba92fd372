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
            mend="Take the password off in the program that made it, and import that copy.",
        )


class NoTextLayerError(TranscriptError):
    """A PDF holds pictures of pages, and no letters."""

    def __init__(self, *, where: str, pages: int) -> None:
        what = f"{pages} pages" if pages != 1 else "one page"
        super().__init__(
            f"the PDF holds pictures of {what} and no text, as a scanner makes them",
            where=where,
            mend="Have the letters recognised (OCR), look through them, and import that text.",
        )


class NoTranscriptError(TranscriptError):
    """A file describes a recording and holds no transcript of it."""

    def __init__(self, *, where: str, found: Sequence[str]) -> None:
        holds = f"; it holds: {', '.join(found)}" if found else ""
        super().__init__(
            f"there is no transcript in this file{holds}",
            where=where,
            mend="Export the transcript itself, not the index of the recording.",
        )


class TooLargeError(TranscriptError):
    """A file is, or would unpack to, more than any interview needs."""

    def __init__(self, *, where: str, size_mb: int, limit_mb: int) -> None:
        super().__init__(
            f"the file holds {size_mb} MB of text, more than the {limit_mb} MB that are read",
            where=where,
            mend="Split it into one file for each interview.",
        )


class TooMuchPrintedError(TranscriptError):
    """A PDF has more pages, or more printed on them, than any interview needs."""

    def __init__(self, *, where: str, most_pages: int | None = None) -> None:
        more = "the PDF would take more work to read than any interview does"
        super().__init__(
            f"the PDF has more than the {most_pages:,} pages that are read" if most_pages else more,
            where=where,
            mend="Export the transcript as a Word document or as text, and import that file.",
        )


class TooManyLinesError(TranscriptError):
    """A file has more lines or paragraphs than any interview has."""

    def __init__(self, *, where: str, limit: int) -> None:
        super().__init__(
            f"the file holds more than the {limit:,} lines that are read",
            where=where,
            mend="Split it into one file for each interview.",
        )


class TooManyEntriesError(TranscriptError):
    """A JSON document has more objects, or longer lists, than any interview needs."""

    def __init__(self, *, where: str, limit: int) -> None:
        super().__init__(
            f"the JSON document holds more than the {limit:,} entries that are read",
            where=where,
            mend="Split it into one file for each interview.",
        )


class UnknownJsonError(TranscriptError):
    """A JSON document has a shape that no known speech engine or editor writes.

    `keys` are given only where they are no words of the interview; `count` is how many there are.
    """

    def __init__(self, keys: Sequence[str], *, where: str, count: int) -> None:
        found = "it holds no objects"
        if count:
            found = "its only key is not known" if count == 1 else f"its {count} keys are not known"
        if keys:
            found = f"its keys are: {', '.join(keys)}"
        super().__init__(
            f"the JSON document has no shape that is known; {found}",
            where=where,
            mend="Give it as a list of objects with text, speaker, start and end, or export the"
            " transcript as text, WebVTT or SRT.",
        )


class UnsupportedFormatError(TranscriptError):
    """A file is of a known kind that this version does not read."""

    def __init__(
        self, format_name: str, *, where: str, readable: Sequence[str], better: str | None = None
    ) -> None:
        mend = f"Export the transcript as one of: {', '.join(readable)}."
        if better:
            mend = f"Save it as {better} in the program that made it, and import that file."
        super().__init__(
            f"{format_name} is not a format that qualcode reads", where=where, mend=mend
        )


class UnknownTableError(TranscriptError):
    """A table has no columns in which a transcript could stand.

    `columns` are given only where they are headings and no words of the interview; `count` is how
    many columns there are.
    """

    def __init__(self, columns: Sequence[str], *, where: str, count: int = 0) -> None:
        named = f"; its columns are: {', '.join(columns)}" if columns else ""
        if count and not columns:
            named = f"; it has {count} column{'s' if count > 1 else ''} and no headings"
        super().__init__(
            f"the table has no columns that are known to hold who speaks and what is said{named}",
            where=where,
            mend="Call them speaker and words, and those for times start and end.",
        )


class ManifestAsTranscriptError(TranscriptError):
    """The table that lists the interviews was given as one of them."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is a manifest, a table of interviews, not a transcript",
            where=where,
            mend="Give it to qualcode import with --manifest.",
        )


class CodingsAsTranscriptError(TranscriptError):
    """A table of codings was given as a transcript."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is a table of codings, not a transcript",
            where=where,
            mend="Give it to qualcode tag with --from.",
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
    """A transcript was corrected, or taken out, by somebody else while files were being read."""

    def __init__(self, name: str, *, where: str) -> None:
        super().__init__(
            f"somebody else has just changed the transcript '{name}', or taken it out",
            where=where,
            mend="Run the import again, and look whether the file is still the newest.",
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

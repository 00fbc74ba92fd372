"""One family of errors: each says in one sentence what is wrong, where, and how to mend it.

A class builds its own sentence from facts; callers pass facts, not prose. No sentence ever holds a
participant's name or the words of an interview. The tree below is checked against the classes:

    QualcodeError                  exit code 1 unless said otherwise
        SeveralErrors              a batch gathers all its problems and says them together
        InputError                 something in the input to mend
            TranscriptError
                EmptyTranscriptError
                NotTextError
                DamagedFileError
                PasswordProtectedError
                TooLargeError
                TooManyLinesError
                UnsupportedFormatError
                WrongFormatError
                UnknownFormatError
                EncodingError
                FileMissingError
                FileUnreadableError
                OutsideFolderError
                TranscriptChangedError
                NameTakenError
                SameFileError
            ManifestError
                ManifestColumnError
                ManifestValueError
            CodebookError
                CodebookSyntaxError
                CodebookFieldError
                CodesInUseError
                UnknownCodeError
                RetiredCodeError
                CodebookEditError
                CodebookChangedError
                CodebookBehindError
                CodebookReadOnlyError
            PlaceError
                EmptySpanError
                SpanOutsideTextError
                UnknownTurnError
                NoTimesError
                QuoteNotFoundError
                QuoteAmbiguousError
                NoSuchCodingError
            UnknownNameError
                UnknownTranscriptError
                UnknownParticipantError
                UnknownCoderError
                UnknownSpeakerError
                UnknownMemoError
            FilterError
            QueryError
            PlainLineError
            CodingTableError
            TableError
            NotYoursError
            NothingToUndoError
            ChangedSinceError
            NotUndoableError
            NotUndoneHereError
            TranscriptCodedError
            CodesCodedError
            UnstorableTextError
            FileExistsAlreadyError
            OutputError
        HelperError                a program beside qualcode that did not do its part
            SentencesError
            PlayingError
                NoRecordingError
                RecordingMissingError
                RecordingKindError
                NoTimeError
                PlayerMissingError
                PlayerFailedError
        WithheldError              exit code 4: refused by consent
        UsageError                 exit code 2
            ProjectNotGivenError
            CoderNotGivenError
            NotATerminalError
            UnknownSuffixError
            ExtraMissingError
            BackupByServerError
        StoreError                 exit code 3
            StoreMissingError
            StoreReplacedError
            StoreLockedError
            StoreDamagedError
            StoreNotOursError
            StoreNewerError
            StoreOlderError
            StoreReadOnlyError
            StoreUnreadableError
            StoreFullError
            StoreDiskError
            StoreUnreachableError
            StoreEncodingError
            IdentitiesMissingError
            IdentitiesNotOursError
            UpgradeFailedError
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


_LONGEST_NAME = 60
_MOST_WORDS = 6


def _named(name: str) -> str:
    """A name in quotes; what is too long for one may be a passage of an interview."""
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return "what stands here"
    return f"'{name}'"


class QualcodeError(Exception):
    """Anything that a person can mend; its text is the sentence they read."""

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, mend: str | None = None) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        sentence = what if what.endswith((".", "?", "!")) or mend is None else f"{what}."
        parts = [f"{where}: {sentence}" if where else sentence]
        if mend:
            parts.append(mend)
        super().__init__(" ".join(parts))


class SeveralErrors(QualcodeError):  # noqa: N818  the plural says what it is
    """All problems of one batch, in the order of the input."""

    def __init__(self, errors: Sequence[QualcodeError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in errors))
        self.exit_code = max((error.exit_code for error in errors), default=1)


# -- something in the input to mend ---------------------------------------------------------------


class InputError(QualcodeError):
    """Something in a file or an argument has to be mended by the person who gave it."""


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
            mend="Put them back, or run again with --retire: the codings stay, the codes rest.",
        )


class UnknownCodeError(CodebookError):
    """A coding names a code that the codebook does not hold."""

    def __init__(self, name: str, *, where: str | None = None, nearest: str | None = None) -> None:
        mend = (
            f"Did you mean '{nearest}'?"
            if nearest
            else "Add it to codebook.yaml and run: qualcode codebook apply"
        )
        super().__init__(f"no code is called {_named(name)}", where=where, mend=mend)


class RetiredCodeError(CodebookError):
    """A new coding names a code that takes none any more."""

    def __init__(self, name: str, *, where: str | None = None) -> None:
        super().__init__(
            f"the code '{name}' is retired and takes no new codings",
            where=where,
            mend="Choose another, or put it back into codebook.yaml.",
        )


class CodebookEditError(CodebookError):
    """A change of the codebook would break one of its rules."""

    def __init__(self, problem: str, *, mend: str) -> None:
        super().__init__(problem, mend=mend)


class CodebookChangedError(CodebookError):
    """The codebook's file is not as it was applied, so nothing is written into it."""

    def __init__(self, *, where: str, changes: int) -> None:
        more = f", in {changes} {'place' if changes == 1 else 'places'}" if changes else ""
        super().__init__(
            f"it was changed by hand since it was applied{more}, and nothing was overwritten",
            where=where,
            mend="Apply it first with: qualcode codebook apply",
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


class PlaceError(InputError):
    """A place in a transcript cannot be found."""


class EmptySpanError(PlaceError):
    """A span holds no character, or ends before it starts."""

    def __init__(self, start: int, end: int, *, where: str) -> None:
        super().__init__(
            f"the span {start}:{end} holds no text",
            where=where,
            mend="Give START:END with START below END, counted in characters from 0.",
        )


class SpanOutsideTextError(PlaceError):
    """A span leaves the text."""

    def __init__(self, start: int, end: int, *, where: str, length: int) -> None:
        super().__init__(
            f"the span {start}:{end} leaves the text, which has {length} characters",
            where=where,
            mend=f"Give a span between 0 and {length}.",
        )


class UnknownTurnError(PlaceError):
    """A turn number is not in the transcript."""

    def __init__(self, turn: str, *, where: str, turns: int) -> None:
        super().__init__(
            f"there is no turn {turn}", where=where, mend=f"The turns are numbered 1 to {turns}."
        )


class NoTimesError(PlaceError):
    """A time was named, and the transcript has none."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this transcript has no times", where=where, mend="Go to a turn by its number."
        )


class QuoteNotFoundError(PlaceError):
    """Quoted words are not in the transcript, nor near enough."""

    def __init__(
        self, *, where: str, score: float | None, threshold: float, nearest: str | None
    ) -> None:
        if nearest is None:
            super().__init__(
                "the quoted words were not found",
                where=where,
                mend="Copy them from: qualcode transcripts show NAME --turns",
            )
        else:
            super().__init__(
                f"the quoted words were not found; the nearest place is {nearest}, alike by "
                f"{score:.0f} of 100 where {threshold:.0f} are asked",
                where=where,
                mend="Correct the quotation, or lower --threshold if that place is meant.",
            )


class QuoteAmbiguousError(PlaceError):
    """Quoted words stand in the transcript more than once."""

    def __init__(self, *, where: str, places: Sequence[str]) -> None:
        super().__init__(
            f"the quoted words stand there {len(places)} times, at {', '.join(places[:5])}",
            where=where,
            mend="Quote a few words more, or give --span.",
        )


class NoSuchCodingError(PlaceError):
    """There is no coding to take back at a place, or not one alone."""

    def __init__(
        self, code: str, *, coder: str, where: str, several: bool, spans: Sequence[str]
    ) -> None:
        listed = ", ".join(spans[:8])
        if several:
            super().__init__(
                f"several codings with '{code}' by {coder} lie here: {listed}",
                where=where,
                mend="Give the one that is meant with --span.",
            )
        else:
            elsewhere = f"; in this transcript they lie at {listed}" if spans else ""
            super().__init__(
                f"{coder} has no coding with '{code}' here{elsewhere}",
                where=where,
                mend="Give its place with --span, or see: qualcode quotes",
            )


class UnknownNameError(InputError):
    """Something was asked for by a name that nothing has."""

    noun = "thing"
    listing = ""

    def __init__(self, name: str, *, where: str | None = None, nearest: str | None = None) -> None:
        mend = f"Did you mean '{nearest}'?" if nearest else f"See: {self.listing}"
        super().__init__(f"no {self.noun} is called {_named(name)}", where=where, mend=mend)


class UnknownTranscriptError(UnknownNameError):
    """No transcript has this name."""

    noun = "transcript"
    listing = "qualcode transcripts list"


class UnknownParticipantError(UnknownNameError):
    """No participant has this code."""

    noun = "participant"
    listing = "qualcode participants list"


class UnknownCoderError(UnknownNameError):
    """No coder has this name."""

    noun = "coder"
    listing = "qualcode coders list"


class UnknownSpeakerError(UnknownNameError):
    """No speaker of the transcript has this label."""

    noun = "speaker"
    listing = "qualcode transcripts show"


class UnknownMemoError(UnknownNameError):
    """No memo has this id."""

    noun = "memo"
    listing = "qualcode memos list"


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


class QueryError(InputError):
    """A search cannot be understood."""

    def __init__(self, query: str, problem: str) -> None:
        super().__init__(
            f"'{query}' cannot be searched: {problem}",
            mend='Write words, "a phrase", fund* or /a regular expression/.',
        )


class PlainLineError(InputError):
    """A line of `qualcode code --plain` cannot be done as it stands."""

    def __init__(self, problem: str, *, mend: str = "See: help") -> None:
        super().__init__(problem, mend=mend)


class CodingTableError(InputError):
    """A table of codings lacks something."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class TableError(InputError):
    """A table cannot be read to its cells."""

    def __init__(self, problem: str, *, where: str, mend: str) -> None:
        super().__init__(problem, where=where, mend=mend)


class NotYoursError(InputError):
    """Somebody would change what another coder has laid down."""

    def __init__(self, what: str, *, owner: str, coder: str) -> None:
        super().__init__(
            f"this {what} is {owner}'s, and only {owner} changes it",
            mend=f"Lay one of {coder}'s own beside it.",
        )


class NothingToUndoError(InputError):
    """There is no act left to undo or to redo."""

    def __init__(self, coder: str, *, redo: bool = False) -> None:
        verb = "redo" if redo else "undo"
        mend = (
            None
            if coder == "script"
            else f"What was done without a coder, such as an import: qualcode --coder script {verb}"
        )
        super().__init__(f"there is nothing of {coder}'s to {verb}", mend=mend)


class ChangedSinceError(InputError):
    """An act cannot be undone because somebody built on it since."""

    def __init__(self, verb: str, *, count: int) -> None:
        noun = "record has" if count == 1 else "records have"
        super().__init__(
            f"'{verb}' is not undone: {count} {noun} been changed since by another act",
            mend="Undo or correct that later act first.",
        )


class NotUndoableError(InputError):
    """An act holds changes that this program cannot take back."""

    def __init__(self, verb: str) -> None:
        super().__init__(
            f"'{verb}' cannot be taken back by this program: it was written by a newer qualcode",
            mend="Update qualcode with: pip install --upgrade qualcode",
        )


class NotUndoneHereError(InputError):
    """The latest act was none of coding, and whoever codes does not mean it."""

    def __init__(self, verb: str, *, redo: bool = False) -> None:
        done = "done again" if redo else "taken back"
        super().__init__(
            f"the latest act is '{verb}', which is not {done} while coding",
            mend=f"If it is meant, leave and run: qualcode {'redo' if redo else 'undo'}",
        )


class TranscriptCodedError(InputError):
    """A transcript that holds codings would vanish."""

    def __init__(self, name: str, *, codings: int, verb: str) -> None:
        super().__init__(
            f"'{name}' is not {verb}: it holds {codings} {'coding' if codings == 1 else 'codings'}",
            mend="Untag or undo those first; nothing was changed.",
        )


class CodesCodedError(InputError):
    """Codes that hold codings would vanish."""

    def __init__(self, codes: Sequence[tuple[str, int]]) -> None:
        listed = ", ".join(f"{code} ({count})" for code, count in codes)
        super().__init__(
            f"these codes are not taken away, because they hold codings: {listed}",
            mend="Untag or undo those first; nothing was changed.",
        )


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


class OutputError(InputError):
    """A file cannot be written."""

    def __init__(self, *, where: str, why: str) -> None:
        super().__init__(
            f"the file cannot be written: {why}",
            where=where,
            mend="Nothing was left half-written. Choose another place, or make room.",
        )


# -- programs beside this one ---------------------------------------------------------------------


class HelperError(QualcodeError):
    """What a program beside this one was to do is not done; the project is untouched."""


class SentencesError(HelperError):
    """The process that finds sentences gave no answer."""

    def __init__(self) -> None:
        super().__init__(
            "the sentences could not be found",
            mend="Words and turns can be chosen meanwhile; open the transcript again to try anew.",
        )


class PlayingError(HelperError):
    """A recording cannot be played here."""


class NoRecordingError(PlayingError):
    """Nothing says which recording an interview was made from."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "no recording is known for this interview",
            where=where,
            mend="Name its file in the column 'recording' of the manifest and import again.",
        )


class RecordingMissingError(PlayingError):
    """A recording is not where recordings are looked for."""

    def __init__(self, *, where: str, folders: Sequence[str]) -> None:
        super().__init__(
            "the recording is not in the project's folder",
            where=where,
            mend=f"Put it into {' or '.join(folders)}.",
        )


class RecordingKindError(PlayingError):
    """What is named as a recording is neither sound nor film; a list of web addresses, perhaps."""

    def __init__(self, *, where: str, suffix: str) -> None:
        kind = f"a file that ends in {suffix}" if suffix else "a file without an ending"
        super().__init__(
            f"{kind} is not played",
            where=where,
            mend="Name the recording itself, such as an .mp3, .m4a, .wav or .mp4 file.",
        )


class NoTimeError(PlayingError):
    """It is not known when a passage was said."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the transcript does not say when this was said",
            where=where,
            mend="Transcripts with times, such as WebVTT and SRT, can be played.",
        )


class PlayerMissingError(PlayingError):
    """No program that plays recordings is installed."""

    def __init__(self, *, known: Sequence[str]) -> None:
        super().__init__(
            "no player is installed that can play from a time",
            mend=f"Install one of: {', '.join(known)}.",
        )


class PlayerFailedError(PlayingError):
    """A player is installed and would not start."""

    def __init__(self, player: str) -> None:
        super().__init__(
            f"the player {player} would not start", mend="Try it on its own, or choose another."
        )


# -- refused by consent ---------------------------------------------------------------------------


class WithheldError(QualcodeError):
    """Words were to leave that somebody keeps back."""

    exit_code = 4

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "these words may not leave: who said them, or could have, is withheld", where=where
        )


# -- wrong use ------------------------------------------------------------------------------------


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
    """The coding screen was called where there is no terminal, or one that only prints lines."""

    def __init__(self, *, cannot_draw: bool = False) -> None:
        super().__init__(
            "this terminal cannot draw the coding screen"
            if cannot_draw
            else "the coding screen needs a terminal",
            mend="Code in plain lines with: qualcode code --plain",
        )


class UnknownSuffixError(UsageError):
    """A file name's ending names no format that can be written."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"'{name}' does not say which format to write",
            mend=f"End it in one of {', '.join(known)}, or give --format.",
        )


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


# -- the store ------------------------------------------------------------------------------------


class StoreError(QualcodeError):
    """The store cannot be used as it is; nothing was changed."""

    exit_code = 3


class StoreMissingError(StoreError):
    """There is no store at this place, or there is none any more."""

    def __init__(self, *, where: str, gone: bool = False) -> None:
        if gone:
            super().__init__(
                "the project's file is no longer here",
                where=where,
                mend="Nothing was written. Put it back, or open it where it is now.",
            )
        else:
            super().__init__(
                "there is no project here",
                where=where,
                mend="Check the path, or make one with: qualcode new DIR",
            )


class StoreReplacedError(StoreError):
    """Another file has taken the store's place since it was opened."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "another file has taken the project's place since it was opened",
            where=where,
            mend="Nothing was written. Leave, and open the project again.",
        )


class StoreLockedError(StoreError):
    """Another process holds the store longer than we wait."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "another program is writing to the project and did not finish in time",
            where=where,
            mend="Wait for it or close it, then try again; nothing of yours was written.",
        )


class StoreDamagedError(StoreError):
    """The file of the store is not whole."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the project file is damaged",
            where=where,
            mend="Run: qualcode doctor. Then go back to the last backup if it says so.",
        )


class StoreNotOursError(StoreError):
    """The file is something else than a qualcode project."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is not a qualcode project",
            where=where,
            mend="Give the path of a file that 'qualcode new' made.",
        )


class StoreNewerError(StoreError):
    """A newer qualcode made or upgraded this store."""

    def __init__(self, *, where: str, version: int, known: int) -> None:
        super().__init__(
            f"the project was written by a newer qualcode (store version {version}, "
            f"this program knows up to {known})",
            where=where,
            mend="Update qualcode with: pip install --upgrade qualcode",
        )


class StoreOlderError(StoreError):
    """A shared store has to be upgraded by somebody who may do it."""

    def __init__(self, *, where: str, version: int, known: int) -> None:
        super().__init__(
            f"the project is of store version {version} and has to be upgraded to {known}",
            where=where,
            mend="Back the database up, then run: qualcode doctor --fix",
        )


class StoreReadOnlyError(StoreError):
    """The store can be read but not written."""

    def __init__(self, *, where: str, unfinished: bool = False) -> None:
        what = (
            "a program stopped in the middle of writing the project, and that cannot be set right "
            "where nobody may write"
            if unfinished
            else "the project can be read but not written"
        )
        super().__init__(
            what,
            where=where,
            mend="Copy the folder to a place where you may write, or ask for the right to.",
        )


class StoreUnreadableError(StoreError):
    """The file is there and cannot be opened."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the project file cannot be opened",
            where=where,
            mend="Check that you may read it, and that the disk is there and has room.",
        )


class StoreFullError(StoreError):
    """The disk has no room left."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the disk is full, so the last act was not saved; all before it is safe",
            where=where,
            mend="Make room and do it again.",
        )


class StoreDiskError(StoreError):
    """The disk or the network share gave up in the middle of reading or writing."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the disk reported an error, so the last act was not saved",
            where=where,
            mend="Keep the project on a local disk, and run: qualcode doctor",
        )


class StoreUnreachableError(StoreError):
    """A database server does not answer or lets nobody in."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the database server cannot be reached or refused the login",
            where=where,
            mend="Check the address, the name and the password in the URL.",
        )


class StoreEncodingError(StoreError):
    """A database cannot hold every language."""

    def __init__(self, encoding: str, *, where: str) -> None:
        super().__init__(
            f"the database keeps text as {encoding}, which cannot hold every language",
            where=where,
            mend="Make a database with the encoding UTF8 and give its URL.",
        )


class IdentitiesMissingError(StoreError):
    """Names are to be written and there is no place for them."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "the names cannot be written: the identities file is missing or closed to you",
            where=where,
            mend="Let whoever holds the identities do this, or put the file beside the project.",
        )


class IdentitiesNotOursError(StoreError):
    """What lies in the place of the identities is something else, or damaged."""

    def __init__(self, *, where: str) -> None:
        super().__init__(
            "this is not an identities file, or it is damaged",
            where=where,
            mend="Put back the one that belongs to the project, or move this one away.",
        )


class UpgradeFailedError(StoreError):
    """An upgrade would not have kept everything; the old state stands."""

    def __init__(self, *, where: str, lost: str) -> None:
        super().__init__(
            f"the upgrade was taken back, because it would not have kept {lost}",
            where=where,
            mend="Nothing was changed. Run: qualcode doctor",
        )

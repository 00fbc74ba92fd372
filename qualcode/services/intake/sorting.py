"""The files of one import on their way in: what each of them is to the project.

A file is new; or it is a transcript as it stands, or stood, perhaps under another name; or other
bytes under the name of a transcript, which is its corrected version; or it cannot come in. Bytes
that a transcript had before are never its next version: an import would undo what somebody put
right. Nothing is written here.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import FileIO

from qualcode import errors
from qualcode.model.transcript import LossReport, Reading, ReadingWarning
from qualcode.readers import Source, read_transcript
from qualcode.services.intake import manifest as manifests
from qualcode.services.intake.duplicates import SURE, Duplicate, Judged, Sameness, Treatment
from qualcode.services.intake.gathering import File
from qualcode.services.intake.linking import Links
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.services.intake.standing import Standing
from qualcode.services.intake.transcript_writing import Incoming, content_of
from qualcode.store.kinds import Record
from qualcode.store.left_out import LeftOut
from qualcode.store.queries import KnownText, KnownVersion
from qualcode.store.records import left_out_record
from qualcode.text import similarity

LARGEST_BYTES = 200_000_000
"""A Word document with many pictures in it stays below; more is not read into memory."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file that did not come in, and why."""

    file: str
    error: errors.QualcodeError


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something that a person should look at; `line` counts lines of the file, or is None."""

    file: str
    line: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Account:
    """What one reading kept and left out.

    `facts` are what the file says of itself; a title or a person among them may be a name, which
    is shown and not kept.
    """

    file: str
    name: str
    format: str
    encoding: str | None
    report: LossReport
    facts: Mapping[str, str] = field(default_factory=dict)


class Intake:
    """What was read, rejected and found odd so far; `files` are all that are to be looked at.

    `again` is the uid of a transcript whose next version the file is, also with bytes that it had
    before: a person named the file for that. `said` are files that were left out, whose rows of
    the manifest speak of the transcript that they are doubles of. `answered` are the doubles that
    somebody left out before, by their bytes; those of a sameness in `ask_again` are looked at as if
    nobody had. `erased` are the codes of people who were.
    """

    def __init__(
        self,
        known: Sequence[KnownVersion],
        files: Sequence[File],
        links: Links,
        *,
        format: str | None = None,  # noqa: A002  the option's own name
        encoding: str | None = None,
        again: str | None = None,
        answered: Mapping[str, LeftOut] | None = None,
        ask_again: Collection[str] = (),
        erased: Collection[str] = (),
    ) -> None:
        self.files = files
        self.there = Standing(known, erased=erased)
        self.links = links
        self._format = format
        self._encoding = encoding
        self._again = again
        self._answered = answered or {}
        self._ask_again = ask_again
        self._names = {file.name for file in files} | {file.file_name for file in files}
        self._settled: dict[str, dict[str, str]] = defaultdict(dict)  # by name, by bytes: its file
        self._first_with: dict[str, str] = {}  # by bytes: the transcript that is new with them
        self._earlier: list[tuple[str, KnownVersion]] = []  # files of versions that were followed
        self._not_again: dict[str, str] = {}  # by file: the transcript, read otherwise than told
        self._rows: dict[str, list[ManifestRow]] = defaultdict(list)  # by transcript
        self.twins: dict[str, str] = {}  # by transcript: the one with the same bytes
        self.incoming: list[Incoming] = []
        self.unchanged: list[Incoming] = []
        self.said: list[Incoming] = []
        self.left_out: list[str] = []
        self.doubles: list[Judged] = []
        self.answers: list[Record] = []
        self.rejected: list[Rejection] = []
        self.warnings: list[FileWarning] = []
        self.accounts: list[Account] = []

    @property
    def corrects(self) -> bool:
        """True where a transcript that is there would get another version."""
        return any(one.parent and self.there.current(one.uid) for one in self.incoming)

    def warn(self, file: str, *warnings: ReadingWarning) -> None:
        """Pass on what was found odd."""
        self.warnings += [FileWarning(file, w.line, w.code, w.message) for w in warnings]

    def reject(self, file: str, error: errors.QualcodeError) -> None:
        """Leave a file out."""
        self.rejected.append(Rejection(file, error))

    def read(self, file: File) -> None:
        """Read one file as far as that is needed to know what it is, or reject it."""
        try:
            data = _bytes_of(file)
            sha256 = hashlib.sha256(data).hexdigest()
            file = self._as_called(file, sha256)
            if self._is_there(file, sha256) or self._was_left_out(file, sha256):
                return
            source = Source(data, file.file_name, file.shown, self._encoding)
            reading = read_transcript(source, name=file.name, format=self._format)
            self._take(file, sha256, reading)
        except errors.QualcodeError as error:
            self.reject(file.shown, error)

    def finish(self) -> None:
        """Say what can be said of the files when all are read."""
        for shown, warning in self.links.missing():
            self.warn(shown, warning)
        for shown, now in self._earlier:
            # The file that it was corrected from may well lie beside the corrected one.
            if now.source_sha256 not in self._settled.get(now.name, ()):
                message = (
                    f"an earlier version of '{now.name}', which was corrected since; to go back "
                    "to it, use: qualcode transcripts revise"
                )
                self.warn(shown, ReadingWarning("earlier-version", message))
        for shown, name in list(self._not_again.items())[:1]:
            others = len(self._not_again) - 1
            be = "was" if others == 1 else "were"
            more = f", nor {be} {others:,} more" if others else ""
            message = (
                f"'{name}' is in already, and its file was not read again as you say{more}; for "
                "that, use: qualcode transcripts revise NAME FILE, with --format or --encoding"
            )
            self.warn(shown, ReadingWarning("not-read-again", message))

    def lacks_file_of(self, transcript: str) -> bool:
        """True of a transcript of the project of which no file comes with this import."""
        there = self.there.current(transcript)
        return there is not None and not {there.name, there.file} & self._names

    def speak_of(self, transcript: str, rows: Sequence[ManifestRow]) -> None:
        """Take note of rows that speak of a transcript; raises ManifestValueError.

        Two files may turn out to be one interview, and their rows then hold together or not.
        """
        if rows and self.links.manifest is not None:
            before = self._rows[transcript]
            problem = manifests.against_each_other(before, rows, self.links.manifest)
            if problem is not None:
                raise problem
            before += rows

    def leave_out(self, one: Incoming, other: str, name: str, sameness: str, said: str) -> None:
        """Leave a file out, the double of another; `said` is the warning. Raises as `speak_of`.

        Of one interview the manifest's row still holds, and what it promises. Where that is a
        guess, the row may be of somebody else.
        """
        if one.rows and sameness in SURE:
            self.speak_of(other, one.rows)
            there = self.there.current(other)
            stands = None if there is None else there.version
            self.said.append(replace(one, name=name, uid=other, content=None, stands=stands))
        elif one.rows:
            said += "; what the manifest says of it is left out as well"
        self.left_out.append(one.shown)
        self.forget_account(one.shown)
        self.warn(one.shown, ReadingWarning("left-out", said))

    def answer(self, sha256: str, answer: LeftOut) -> None:
        """Remember that these bytes stay out, for the next import of a folder."""
        before = self._answered.get(sha256)
        if before is not None and answer.transcript != before.transcript:
            self.answers.append(left_out_record(before.transcript, sha256, None))
        self.answers.append(left_out_record(answer.transcript, sha256, answer.sameness))

    def comes_in(self, one: Incoming) -> None:
        """Forget that these bytes stay out, unless they become what they were a double of.

        Then what else has them is its double still.
        """
        before = self._answered.get(one.sha256)
        if before is not None and before.transcript != one.uid:
            self.answers.append(left_out_record(before.transcript, one.sha256, None))

    def drop(self, files: Collection[str]) -> None:
        """Take files out that were read and then rejected."""
        self.incoming = [one for one in self.incoming if one.shown not in files]
        self.unchanged = [one for one in self.unchanged if one.shown not in files]
        for shown in files:
            self.forget_account(shown)

    def forget_account(self, shown: str) -> None:
        """Tell nothing of a file that comes in as nothing."""
        self.accounts = [account for account in self.accounts if account.file != shown]

    # -- what is there already --------------------------------------------------------------------

    def _is_there(self, file: File, sha256: str) -> bool:
        """True where there is nothing to read; raises NameTakenError or SameFileError."""
        settled = self._settled.get(file.name, {})
        if sha256 in settled:
            message = f"the same bytes come in as '{file.name}'"
            self.warn(file.shown, ReadingWarning("same-file", message))
            return True
        if self._again is not None:  # the same bytes may be read otherwise now
            return False
        named = self.there.named(file.name)
        known = _of_these(named, self.there.now_with(sha256))
        if known is not None and all(self._is_of(other, named) for other in settled):
            self._pass(file, sha256, known)
            return True
        known = _of_these(named, self.there.before_with(sha256))
        if known is None and settled:
            raise errors.NameTakenError(
                file.name, where=file.shown, other=next(iter(settled.values()))
            )
        if known is None and not named:
            known = self._elsewhere(file, sha256)
        if known is None:
            if len(named) > 1:
                other = f"{len(named)} transcripts of the project"
                raise errors.NameTakenError(file.name, where=file.shown, other=other)
            return False
        self._pass(file, sha256, known)
        return True

    def _as_called(self, file: File, sha256: str) -> File:
        """A file under the name of its transcript, where that names somebody erased no more."""
        now = self.there.called_otherwise(file.name, sha256)
        return file if now is None else replace(file, name=now)

    def _is_of(self, sha256: str, named: Sequence[KnownVersion]) -> bool:
        return any(one.source_sha256 == sha256 for one in named)

    def _pass(self, file: File, sha256: str, known: KnownVersion) -> None:
        """Take note of a transcript that stays as it is; a manifest may still speak of it."""
        self.speak_of(known.transcript, file.rows)
        link = self.links.link(file)
        self.warn(file.shown, *link.warnings)
        if known.source_sha256 == sha256:
            self._settled[known.name][sha256] = file.shown
            if self._again is None and self._reads_otherwise(known):
                self._not_again[file.shown] = known.name
        else:
            self._earlier.append((file.shown, known))
        self.unchanged.append(
            Incoming(
                file.shown,
                known.name,
                sha256,
                known.transcript,
                file.rows,
                recording=link.file,
                stands=known.version,
            )
        )

    def _reads_otherwise(self, known: KnownVersion) -> bool:
        """True where the options say another format or encoding than the words were read with."""
        if self._format not in (None, known.format):
            return True
        if self._encoding is None or known.encoding is None:  # not every format has one
            return False
        return codecs.lookup(self._encoding).name != known.encoding

    def _elsewhere(self, file: File, sha256: str) -> KnownVersion | None:
        """The current version of the transcript that the file is, under another name than its own.

        Of two rows of a manifest one may have become the correction of the other.
        """
        for one in self.there.now_with(sha256):
            if sha256 in self._settled.get(one.name, {}):  # another of these files is that
                continue
            if one.file == file.file_name:  # a manifest, or a person, gave it another name
                if file.rows and not self.there.was_corrected(one.transcript):
                    raise errors.SameFileError(file.name, where=file.shown, other=one.name)
                return one
            if file.rows:
                raise errors.SameFileError(file.name, where=file.shown, other=one.name)
            if not {one.name, one.file} & self._names:
                message = (
                    f"this is '{one.name}' under a new name; if you correct it, use: qualcode "
                    f"transcripts revise {one.name} FILE"
                )
                self.warn(file.shown, ReadingWarning("renamed", message))
                return one
        for one in self.there.before_with(sha256):
            # Under a new name, too: what was corrected since is no transcript of its own.
            is_alone = not (file.rows or {one.name, one.file} & self._names)
            if one.file == file.file_name or is_alone:
                return self.there.current(one.transcript)
        return None

    def _note_twin(self, uid: str, file: File, sha256: str) -> None:
        """Remember the transcript that has, or had, the same bytes as a new or changed one."""
        known = (*self.there.now_with(sha256), *self.there.before_with(sha256))
        others = {one.transcript: one.name for one in known if one.transcript != uid}
        if not others and sha256 in self._first_with:
            first = self._first_with[sha256]
            others = {one.uid: one.name for one in self.incoming if one.uid == first != uid}
        if not others:
            self._first_with.setdefault(sha256, uid)
            return
        other, name = next(iter(others.items()))
        if file.rows:
            raise errors.SameFileError(file.name, where=file.shown, other=name)
        self.twins[uid] = other

    def _was_left_out(self, file: File, sha256: str) -> bool:
        """True where somebody said before that these very bytes stay out; raises as `speak_of`."""
        answer = self._answered.get(sha256)
        if answer is None or answer.sameness in self._ask_again:
            return False
        there = self.there.current(answer.transcript)
        if there is None or self.there.named(file.name):
            return False
        if file.rows and answer.sameness == Sameness.BYTES:  # two rows of one file: a mistake
            return False
        link = self.links.link(file)
        one = Incoming(file.shown, file.name, sha256, "", file.rows, recording=link.file)
        sameness = Sameness(answer.sameness) if answer.sameness in set(Sameness) else None
        double = Duplicate(file.shown, file.name, there.name, sameness, share=None)
        said = (
            f"left out, as was said before: {double.sentence}; to bring it in, use: qualcode "
            "import FILE --duplicates keep, or ask to be asked again"
        )
        self.leave_out(one, there.transcript, there.name, answer.sameness, said)
        self.doubles.append(Judged(double, Treatment.LEAVE))
        return True

    # -- what comes in ----------------------------------------------------------------------------

    def _take(self, file: File, sha256: str, reading: Reading) -> None:
        transcript = reading.transcript
        own = self._followed(file)
        said = f"transcript\n{file.name}\n{sha256}"
        uid = hashlib.sha256(said.encode()).hexdigest()[:32] if own is None else own.transcript
        likeness = similarity.fingerprint(transcript.text)
        utf8 = transcript.text.encode("utf-8", "surrogatepass")
        known = KnownText(
            uid,
            file.name,
            sha256,
            hashlib.sha256(utf8).hexdigest(),
            likeness.words_digest,
            likeness.sketch,
        )
        if own is not None and _is_as_it_stands(own, known):
            self._pass(file, sha256, own)
            return
        self._note_twin(uid, file, sha256)
        self.speak_of(uid, file.rows)
        content = content_of(transcript, utf8, known)
        link = self.links.link(file, transcript)
        parent = None if own is None else own.version
        self._settled[file.name][sha256] = file.shown
        self.incoming.append(
            Incoming(file.shown, file.name, sha256, uid, file.rows, content, link.file, parent)
        )
        self.warn(file.shown, *reading.report.warnings, *link.warnings)
        self.accounts.append(
            Account(
                file.shown,
                file.name,
                transcript.format,
                transcript.encoding,
                reading.report,
                transcript.facts,
            )
        )

    def _followed(self, file: File) -> KnownVersion | None:
        """The version that a file follows: of the transcript of its name, or of the one told."""
        if self._again is not None:
            return self.there.current(self._again)
        return next(iter(self.there.named(file.name)), None)


def _of_these(
    named: Sequence[KnownVersion], with_bytes: Sequence[KnownVersion]
) -> KnownVersion | None:
    """The first of the named transcripts that has, or had, the bytes."""
    holders = {one.transcript for one in with_bytes}
    return next((one for one in named if one.transcript in holders), None)


def _is_as_it_stands(own: KnownVersion, known: KnownText) -> bool:
    return (own.source_sha256, own.text_sha256) == (known.source_sha256, known.text_sha256)


def _bytes_of(file: File) -> bytes:
    """The bytes of a file, asked for once it is known that they come to an end."""
    try:
        # Without waiting: a pipe into which nobody writes would hold the program for ever.
        opened = os.open(file.place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _AS_BYTES)
        try:
            about = os.fstat(opened)
            if not stat.S_ISREG(about.st_mode):
                raise errors.FileUnreadableError(where=file.shown)
            size = about.st_size
            if size <= LARGEST_BYTES:
                data = os.read(opened, size + 1)
                if len(data) == size:
                    return data
                return data + FileIO(opened, closefd=False).readall()
        finally:
            os.close(opened)
    except FileNotFoundError:
        raise errors.FileMissingError(where=file.shown) from None
    except (OSError, ValueError):  # a NUL in the name is a ValueError
        raise errors.FileUnreadableError(where=file.shown) from None
    raise errors.TooLargeError(
        where=file.shown, size_mb=size // 1_000_000, limit_mb=LARGEST_BYTES // 1_000_000
    )


_AS_BYTES = getattr(os, "O_BINARY", 0)
"""On Windows a file is opened as text unless one says so."""

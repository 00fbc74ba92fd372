"""Import: files in, transcripts in the store; once, or over and over without harm.

All files are read before anything is written, so that the store is locked for the writing alone;
then all is one act, or nothing. A file whose bytes are in the store already changes nothing.
"""

from __future__ import annotations

import codecs
import gc
import hashlib
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qualcode import errors
from qualcode.model.transcript import LossReport, Reading, ReadingWarning, StoredTranscript
from qualcode.readers import Source, read_transcript
from qualcode.readers.registry import load_reader
from qualcode.services import manifest as manifests
from qualcode.services.gathering import File, gather
from qualcode.services.transcript_writing import Incoming, content_of, write_transcripts
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.queries import KnownText
from qualcode.store.store import Store
from qualcode.text import similarity
from qualcode.text.similarity import NearDuplicate

Progress = Callable[[int, int], None]
"""Called with the files done and the files in all."""

_COLLECT_EVERY = 50_000
"""New objects between two looks for rings that nobody holds: the values of some 30 files."""

_LARGEST_BYTES = 200_000_000
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
    """What one reading kept and left out."""

    file: str
    name: str
    format: str
    encoding: str | None
    report: LossReport


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `written` is False for a dry run and where a rejection stopped it all.

    `transcripts` are those that the given files are, new and unchanged, by name.
    `brought_up_to_date` is True where a manifest said something new of what was there already.
    """

    imported: int
    unchanged: int
    revised: int
    rejected: tuple[Rejection, ...]
    warnings: tuple[FileWarning, ...]
    transcripts: tuple[StoredTranscript, ...]
    accounts: tuple[Account, ...]
    written: bool
    brought_up_to_date: bool = False


def import_transcripts(
    store: Store,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    format: str | None = None,  # noqa: A002  the option's own name
    encoding: str | None = None,
    date_order: str | None = None,
    dry_run: bool = False,
    keep_going: bool = False,
    by: str,
    at: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring files and folders in, with what a manifest says of them.

    With a manifest and no path, the files that it names; a path adds files to them. A file that
    cannot be read is rejected; then nothing is written, unless `keep_going`. Raises SeveralErrors
    for a manifest with mistakes, UnknownFormatError, or EncodingError for an unknown encoding.
    """
    _check_options(format, encoding)
    table = None if manifest is None else manifests.read_manifest(manifest, date_order=date_order)
    with store.reading() as session:
        batch = _Batch(queries.known_texts(session), format=format, encoding=encoding)
    if table is not None:
        batch.warn(str(table.path), table.warnings)
    found = gather(paths, table)
    for shown, error in found.rejected:
        batch.reject(shown, error)
    for shown, warning in found.warnings:
        batch.warn(shown, [warning])
    with _little_garbage_collection():
        for done, file in enumerate(found.files):
            if progress is not None:
                progress(done, len(found.files))
            batch.read(file)
        if progress is not None:
            progress(len(found.files), len(found.files))
        batch.compare()
        stopped = bool(batch.rejected) and not keep_going
        if stopped or not (batch.incoming or batch.unchanged):
            return batch.report((), written=False)
        return _write(store, batch, dry_run=dry_run, by=by, at=at)


@contextmanager
def _little_garbage_collection() -> Iterator[None]:
    """Collect seldom, and among what is new alone.

    Readers make many small values and no rings of them, and looking through all loaded modules
    once more costs 45 ms; together a sixth of an import.
    """
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_COLLECT_EVERY, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


def _check_options(format_name: str | None, encoding: str | None) -> None:
    if format_name is not None:
        load_reader(format_name)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise errors.EncodingError(encoding, where="--encoding", known=False) from None


def _write(store: Store, batch: _Batch, *, dry_run: bool, by: str, at: datetime) -> ImportReport:
    everything = (*batch.incoming, *batch.unchanged)
    if any(row.has_name for one in everything for row in one.rows) and not dry_run:
        store.hold_identities()
    opened = store.rehearsing if dry_run else store.act
    with opened("import", by=by, at=at) as act:
        _check_names(act.session, batch.incoming)
        written = write_transcripts(act, batch.incoming, batch.unchanged)
        for shown, warning in written.warnings:
            batch.warn(shown, [warning])
        found = queries.transcripts(act.session, written.uids, turns=written.turns)
        report = batch.report(tuple(found), written=not dry_run)
        return replace(report, brought_up_to_date=bool(act.changed and batch.unchanged))


def _check_names(session: Session, incoming: Sequence[Incoming]) -> None:
    """Between reading and writing somebody else may have brought in other files of these names."""
    now = {ref.name: ref.transcript for ref in queries.current_versions(session)}
    for one in incoming:
        if now.get(one.name, one.uid) != one.uid:
            raise errors.NameTakenError(one.name, where=one.shown, other="another import")


class _Batch:
    """The files of one import on their way in: what was read, rejected, and found odd."""

    def __init__(
        self,
        known: Sequence[KnownText],
        *,
        format: str | None,  # noqa: A002
        encoding: str | None,
    ) -> None:
        self._format = format
        self._encoding = encoding
        self._known = known
        self._by_source = {one.source_sha256: one for one in known}
        self._by_name = {one.name: one for one in known}
        self._names: dict[str, str] = {}
        self.incoming: list[Incoming] = []
        self.unchanged: list[Incoming] = []
        self.rejected: list[Rejection] = []
        self.warnings: list[FileWarning] = []
        self.accounts: list[Account] = []

    def warn(self, file: str, warnings: Sequence[ReadingWarning]) -> None:
        """Pass on what was found odd."""
        self.warnings += [FileWarning(file, w.line, w.code, w.message) for w in warnings]

    def reject(self, file: str, error: errors.QualcodeError) -> None:
        """Leave a file out."""
        self.rejected.append(Rejection(file, error))

    def read(self, file: File) -> None:
        """Read one file, or reject it."""
        try:
            data = _bytes_of(file)
            sha256 = hashlib.sha256(data).hexdigest()
            if self._is_settled(file, sha256):
                return
            source = Source(data, file.path.name, file.shown, self._encoding)
            reading = read_transcript(source, name=file.name, format=self._format)
            self._check_name(file)
        except errors.QualcodeError as error:
            self.reject(file.shown, error)
            return
        self._take(file, sha256, reading)

    def _is_settled(self, file: File, sha256: str) -> bool:
        """True where the store or this batch has these bytes, so that there is nothing to read."""
        known = self._by_source.get(sha256)
        if known is not None and file.rows and known.name != file.name:
            raise errors.SameFileError(file.name, where=file.shown, other=known.name)
        if known is not None:
            self._pass(file, sha256, known)
        return known is not None

    def _check_name(self, file: File) -> None:
        if file.name in self._by_name:
            raise errors.TranscriptChangedError(file.name, where=file.shown)
        if file.name in self._names:
            raise errors.NameTakenError(file.name, where=file.shown, other=self._names[file.name])

    def _pass(self, file: File, sha256: str, known: KnownText) -> None:
        """Take note of bytes that are there already."""
        if known.name in self._names:
            message = f"the same bytes come in as '{known.name}'"
            self.warn(file.shown, [ReadingWarning("same-file", message)])
            return
        if known.name != file.name:
            message = f"the same bytes were imported before as '{known.name}'"
            self.warn(file.shown, [ReadingWarning("same-file", message)])
        self.unchanged.append(Incoming(file.shown, known.name, sha256, known.transcript, file.rows))

    def _take(self, file: File, sha256: str, reading: Reading) -> None:
        uid = hashlib.sha256(f"transcript\n{file.name}\n{sha256}".encode()).hexdigest()[:32]
        text = reading.transcript.text
        likeness = similarity.fingerprint(text)
        known = KnownText(
            uid,
            file.name,
            sha256,
            hashlib.sha256(text.encode()).hexdigest(),
            likeness.words_digest,
            likeness.sketch,
        )
        self._names[file.name] = file.shown
        self._by_source[sha256] = known
        transcript = reading.transcript
        content = content_of(transcript, known)
        self.incoming.append(Incoming(file.shown, file.name, sha256, uid, file.rows, content))
        self.warn(file.shown, reading.report.warnings)
        self.accounts.append(
            Account(file.shown, file.name, transcript.format, transcript.encoding, reading.report)
        )

    def compare(self) -> None:
        """Warn of texts that are, or nearly are, the words of another transcript."""
        new = {
            one.name: (one.shown, one.content.likeness)
            for one in self.incoming
            if one.content is not None
        }
        by_words = {one.words_sha256: one.name for one in self._known}
        same: set[tuple[str, str]] = set()
        for name, (shown, text) in new.items():
            other = by_words.setdefault(text.words_sha256, name)
            if other != name:
                same.add((name, other))
                message = f"it has the same words as '{other}'"
                self.warn(shown, [ReadingWarning("same-words", message)])
        pairs: dict[str, list[NearDuplicate]] = {}
        for pair in similarity.near_duplicates(
            {name: text.sketch for name, (_, text) in new.items()},
            {one.name: one.sketch for one in self._known},
        ):
            if (pair.new, pair.known) not in same:
                pairs.setdefault(pair.new, []).append(pair)
        for name, (likest, *others) in pairs.items():
            share = round(100 * likest.likeness.containment)
            more = f" (and in {len(others)} more)" if others else ""
            message = (
                f"about {share}% of the shorter of the two stands in '{likest.known}' as well"
                f"{more}: look whether they are one interview"
            )
            self.warn(new[name][0], [ReadingWarning("near-duplicate", message)])

    def report(self, transcripts: tuple[StoredTranscript, ...], *, written: bool) -> ImportReport:
        """The account of the whole batch; without transcripts, of one that did not come in."""
        return ImportReport(
            imported=len(self.incoming) if transcripts else 0,
            unchanged=len({one.uid for one in self.unchanged}),
            revised=0,
            rejected=tuple(self.rejected),
            warnings=tuple(self.warnings),
            transcripts=transcripts,
            accounts=tuple(self.accounts),
            written=written,
        )


def _bytes_of(file: File) -> bytes:
    try:
        about = file.path.stat()
        if not stat.S_ISREG(about.st_mode):  # a pipe would never end
            raise errors.FileUnreadableError(where=file.shown)
        size = about.st_size
        if size <= _LARGEST_BYTES:
            return file.path.read_bytes()
    except FileNotFoundError:
        raise errors.FileMissingError(where=file.shown) from None
    except OSError:
        raise errors.FileUnreadableError(where=file.shown) from None
    raise errors.TooLargeError(
        where=file.shown, size_mb=size // 1_000_000, limit_mb=_LARGEST_BYTES // 1_000_000
    )

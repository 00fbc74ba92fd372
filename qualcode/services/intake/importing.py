"""Import: files in, transcripts in the store; once, or over and over without harm.

All files are read before anything is written, so that the store is locked for the writing alone;
then all is one act, or nothing. A file whose bytes are in the store already changes nothing; one
that changed becomes the next version of its transcript, when a person has seen what that does to
the codings.
"""

from __future__ import annotations

import codecs
import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qualcode import errors
from qualcode.model.transcript import StoredTranscript
from qualcode.readers.registry import load_reader
from qualcode.services.consent.names.kept import kept_names
from qualcode.services.correction import carrying
from qualcode.services.correction.carrying import Revision
from qualcode.services.correction.renamed import Renamed, renamed_in
from qualcode.services.intake import erased
from qualcode.services.intake import manifest as manifests
from qualcode.services.intake.aliases import (
    Aliases,
    Suggestion,
    read_aliases,
    said_by,
    suggestions_of,
)
from qualcode.services.intake.doubles import settle_doubles
from qualcode.services.intake.duplicates import Duplicate, Judged, Treating, Treatment
from qualcode.services.intake.gathering import gather
from qualcode.services.intake.linking import Links
from qualcode.services.intake.row_labels import reject_unknown_labels
from qualcode.services.intake.sorting import Account, FileWarning, Intake, Rejection
from qualcode.services.intake.transcript_writing import Incoming, version_uid, write_transcripts
from qualcode.store import erasing, left_out, queries
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.store.versions import waiting_counts
from qualcode.text.anchoring import Outcome

__all__ = [
    "Account",
    "Confirming",
    "FileWarning",
    "ImportReport",
    "Progress",
    "Rejection",
    "check_options",
    "import_transcripts",
    "keep_both",
    "take_in",
]

Progress = Callable[[int, int], None]
"""Called with the files done and the files in all."""

_COLLECT_EVERY = 50_000
"""New objects between two looks for rings that nobody holds: the values of some 30 files."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `written` is True where something changed in the project by it.

    `transcripts` are those of which something was said, by name: new and revised ones, and what a
    manifest speaks of. `unchanged_names` are those whose words stand as they are, `left_out` the
    files that a person wanted out because of their doubles, now or before, and `doubles` say of
    each file that is much like a transcript what it is like, and of those that stay out, what they
    were said to be like. `unconfirmed` is True where files had changed and nobody said yes to it,
    `brought_up_to_date` where no words are new, and a manifest or a table of spellings said
    something new of what was there. Where something was revised, `waiting_before` counts the
    codings of the study that wait since before, and `renamed` says of whom the label is another.
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
    revisions: tuple[Revision, ...] = ()
    left_out: tuple[str, ...] = ()
    doubles: tuple[Judged, ...] = ()
    unchanged_names: tuple[str, ...] = ()
    unconfirmed: bool = False
    suggestions: tuple[Suggestion, ...] = ()
    waiting_before: int = 0
    renamed: tuple[Renamed, ...] = ()


Confirming = Callable[[ImportReport], bool]
"""Shown what an import would do to transcripts that are there, says whether to do it."""


def keep_both(_: Duplicate) -> Treatment:
    """What becomes of a double where nobody is asked."""
    return Treatment.KEEP


def import_transcripts(
    store: Store,
    paths: Sequence[Path],
    *,
    manifest: Path | None = None,
    format: str | None = None,  # noqa: A002  the option's own name
    encoding: str | None = None,
    date_order: str | None = None,
    aliases: Path | None = None,
    dry_run: bool = False,
    keep_going: bool = False,
    yes: bool = False,
    confirm: Confirming | None = None,
    treat: Treating = keep_both,
    ask_again: Collection[str] = (),
    by: str,
    at: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring files and folders in, with what a manifest says of them.

    With a manifest and no path, the files that it names; a path adds files to them. A file that
    cannot be read is rejected; then nothing is written, unless `keep_going`. Where a file has other
    bytes than its transcript, nothing is written without `yes`, or without `confirm` saying so of
    the report; `treat` says what becomes of a file that is much like another transcript. One that
    was left out stays out as long as its bytes are the same, unless `ask_again` holds how much it
    was like the other. `aliases` is a table of spellings of speakers' labels. Raises SeveralErrors
    for a manifest or such a table with mistakes, UnknownFormatError, or EncodingError for an
    unknown encoding.
    """
    check_options(format, encoding)
    spellings = None if aliases is None else read_aliases(aliases)
    table = None
    if manifest is not None:
        table = manifests.read_manifest(manifest, date_order=date_order, today=at.date())
    found = gather(paths, table)
    with store.reading() as session:
        known = queries.known_versions(session)
        answered = left_out.left_out(session)
        gone = erasing.erased_participants(session)
    intake = Intake(
        known,
        found.files,
        Links(store, manifest),
        format=format,
        encoding=encoding,
        answered=answered,
        ask_again=ask_again,
        erased=gone,
    )
    if table is not None:
        intake.warn(str(table.path), *table.warnings)
    for shown, error in found.rejected:
        intake.reject(shown, error)
    for shown, warning in found.warnings:
        intake.warn(shown, warning)
    return take_in(
        store,
        intake,
        spellings=spellings,
        dry_run=dry_run,
        keep_going=keep_going,
        yes=yes,
        confirm=confirm,
        treat=treat,
        by=by,
        at=at,
        progress=progress,
    )


def take_in(
    store: Store,
    intake: Intake,
    *,
    spellings: Aliases | None = None,
    dry_run: bool,
    keep_going: bool,
    yes: bool,
    confirm: Confirming | None,
    treat: Treating,
    by: str,
    at: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Read the files of an intake and write what they are, as `import_transcripts` says."""
    with _little_garbage_collection():
        for done, file in enumerate(intake.files):
            if progress is not None:
                progress(done, len(intake.files))
            intake.read(file)
        if progress is not None:
            progress(len(intake.files), len(intake.files))
        intake.finish()
        erased.leave_out(store, intake)
        reject_unknown_labels(store, intake, spellings)
        if intake.rejected and not keep_going:
            return _report(intake, _batch_of(intake), _NOTHING)
        settle_doubles(store, intake, treat)
        stopped = intake.rejected and not keep_going
        if stopped or not (_has_something_to_say(intake) or spellings):
            return _report(intake, _batch_of(intake), _NOTHING)
        writing = _Writing(store, intake, spellings, by, at)
        if dry_run:
            return writing.rehearse()
        if not intake.corrects or yes:
            return writing.write()
        rehearsed = writing.rehearse()
        if confirm is None or not confirm(rehearsed):
            return replace(rehearsed, unconfirmed=True)
        return writing.write()


def _has_something_to_say(intake: Intake) -> bool:
    """False where all files are what the store has, or stay out, and no manifest speaks of them."""
    if intake.incoming or intake.said or intake.answers:
        return True
    return any(one.rows for one in intake.unchanged)


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


def check_options(format_name: str | None, encoding: str | None) -> None:
    """Raise UnknownFormatError or EncodingError once, and not for every file."""
    if format_name is not None:
        load_reader(format_name)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise errors.EncodingError(encoding, where="--encoding", known=False) from None


@dataclass(frozen=True, slots=True)
class _Writing:
    """The act of an import: rehearsed as often as somebody wants to know, written once."""

    store: Store
    intake: Intake
    spellings: Aliases | None
    by: str
    at: datetime

    def rehearse(self) -> ImportReport:
        """What it would do, taken back."""
        with self.store.rehearsing("import", by=self.by, at=self.at) as act:
            return self._within(act, written=False)

    def write(self) -> ImportReport:
        """The same, done."""
        everything = (*self.intake.incoming, *self.intake.unchanged, *self.intake.said)
        if any(row.has_name for one in everything for row in one.rows):
            self.store.hold_identities()
        with self.store.act("import", by=self.by, at=self.at) as act:
            return self._within(act, written=True)

    def _within(self, act: Act, *, written: bool) -> ImportReport:
        batch = _against_now(act.session, _batch_of(self.intake))
        done = write_transcripts(act, batch.incoming, (*batch.unchanged, *batch.said))
        revisions = carrying.carry(act, done.corrected) if done.corrected else ()
        warnings = done.warnings
        if self.spellings is not None:
            everything = (*batch.incoming, *batch.unchanged, *batch.said)
            wanted = {row.speaker for one in everything for row in one.rows if row.speaker}
            said = said_by(act.session, self.spellings, wanted=wanted)
            spelling_file = str(self.spellings.path)
            warnings = tuple((spelling_file, one) for one in said.warnings) + warnings
            if act.ensure(said.records):
                # What a manifest says of a label is said of what the label is a spelling of now.
                known = [replace(one, content=None, parent=None) for one in everything]
                again = write_transcripts(act, (), known).warnings
                warnings = tuple((spelling_file, one) for one in said.warnings) + again
        told = bool(act.changed or done.names)
        act.ensure(self.intake.answers)
        transcripts = tuple(queries.transcripts(act.session, done.uids, turns=done.turns))
        return _report(
            self.intake,
            batch,
            _Done(
                transcripts=transcripts,
                revisions=revisions,
                warnings=(
                    *(FileWarning(file, w.line, w.code, w.message) for file, w in warnings),
                    *_opened(revisions, batch.incoming),
                    *_named(act.session, transcripts, batch.incoming),
                ),
                waiting_before=_waiting_before(act.session, revisions),
                renamed=renamed_in(act.session, [one.uid for one in revisions]),
                suggestions=suggestions_of(act.session, (*batch.incoming, *batch.unchanged)),
                changed=told or bool(act.changed),
                told=told,
            ),
            written=written,
        )


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is to be written of an import, what stays as it is, and what only rows are said of."""

    incoming: tuple[Incoming, ...]
    unchanged: tuple[Incoming, ...]
    said: tuple[Incoming, ...]


def _batch_of(intake: Intake) -> _Batch:
    return _Batch(tuple(intake.incoming), tuple(intake.unchanged), tuple(intake.said))


@dataclass(frozen=True, slots=True)
class _Done:
    """What an act has come to; `told` is True where it changed more than which files stay out."""

    transcripts: tuple[StoredTranscript, ...] = ()
    revisions: tuple[Revision, ...] = ()
    warnings: tuple[FileWarning, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    waiting_before: int = 0
    renamed: tuple[Renamed, ...] = ()
    changed: bool = False
    told: bool = False


_NOTHING = _Done()


def _waiting_before(session: Session, revisions: Sequence[Revision]) -> int:
    """How many codings wait, but for those that this import leaves waiting."""
    if not revisions:
        return 0
    here = (one.counts() for one in revisions)
    return sum(waiting_counts(session).values()) - sum(
        counts[Outcome.CHECK] + counts[Outcome.LOST] for counts in here
    )


def _opened(revisions: Sequence[Revision], incoming: Sequence[Incoming]) -> Iterator[FileWarning]:
    """That words of somebody who withdrew would be another's, and so leave."""
    files = {one.uid: one.shown for one in incoming}
    for revision in revisions:
        if count := revision.respoken.opened:
            whose = "a turn that was" if count == 1 else f"{count:,} turns that were"
            message = (
                f"{whose} to leave in nothing would be another speaker's from now on, and open: "
                "are the labels right?"
            )
            yield FileWarning(files[revision.uid], None, "withheld-opened", message)


def _named(
    session: Session, transcripts: Iterable[StoredTranscript], incoming: Sequence[Incoming]
) -> Iterator[FileWarning]:
    """That what came in is called by the name of somebody who may not be named."""
    files = {one.uid: one.shown for one in incoming}
    for kept in kept_names(session, (one for one in transcripts if one.uid in files)):
        yield FileWarning(files[kept.uid], None, "name-kept", str(kept))


def _report(intake: Intake, batch: _Batch, done: _Done, *, written: bool = False) -> ImportReport:
    """The account of a whole import; without transcripts, of one that brought none in."""
    new = [one for one in batch.incoming if one.parent is None]
    come = {one.shown for one in batch.incoming}
    return ImportReport(
        imported=len(new) if done.transcripts else 0,
        unchanged=len({one.uid for one in batch.unchanged}),
        revised=len(done.revisions),
        rejected=tuple(intake.rejected),
        warnings=(*intake.warnings, *done.warnings),
        transcripts=done.transcripts,
        accounts=tuple(account for account in intake.accounts if account.file in come),
        written=written and done.changed,
        brought_up_to_date=done.told and not batch.incoming,
        revisions=done.revisions,
        left_out=tuple(intake.left_out),
        doubles=tuple(intake.doubles),
        suggestions=done.suggestions,
        waiting_before=done.waiting_before,
        renamed=done.renamed,
        unchanged_names=tuple(dict.fromkeys(one.name for one in batch.unchanged)),
    )


def _against_now(session: Session, batch: _Batch) -> _Batch:
    """What is still to be written: while files were read, others may have come and gone.

    What somebody else brought in as well counts as unchanged. Raises TranscriptChangedError where a
    transcript went or got another version, and NameTakenError where another has its name now.
    """
    refs = queries.current_versions(session)
    now = {ref.transcript: ref.version for ref in refs}
    owners = {ref.name: ref.transcript for ref in refs}
    for one in (*batch.unchanged, *batch.said):
        if one.stands is not None and one.stands != now.get(one.uid):
            raise errors.TranscriptChangedError(one.name, where=one.shown)
    chains: dict[str, list[Incoming]] = defaultdict(list)
    for one in batch.incoming:
        chains[one.uid].append(one)
    there: list[Incoming] = []
    for uid, chain in chains.items():
        first, stands = chain[0], now.get(uid)
        if stands != first.parent:  # somebody was quicker: with these files, or with others
            versions = [version_uid(one) for one in chain]
            if stands not in versions:
                raise errors.TranscriptChangedError(first.name, where=first.shown)
            there += chain[: versions.index(stands) + 1]
        elif first.parent is None and first.name in owners:
            raise errors.NameTakenError(first.name, where=first.shown, other="another import")
    came = {one.shown for one in there}
    return _Batch(
        tuple(one for one in batch.incoming if one.shown not in came),
        (*batch.unchanged, *(replace(one, content=None, parent=None) for one in there)),
        batch.said,
    )

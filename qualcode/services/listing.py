"""Looking after transcripts: list, show at any version, remove, and say who a speaker is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.model.transcript import StoredTranscript
from qualcode.services.correction.versions import (
    ShownVersion,
    as_it_was,
    version_numbered,
    versions_of,
)
from qualcode.services.intake.aliases import with_spelling
from qualcode.services.places import find_transcript
from qualcode.store import queries, records, speaking, summaries
from qualcode.store.engine import Session
from qualcode.store.queries import StoredText
from qualcode.store.store import Store
from qualcode.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """A transcript's record with its words, and all its versions, the first one first.

    Of an earlier version record and words are those of that version; the codings that are counted
    are those that wait on it. `not_asked` are the themes that the interview did not ask about, by
    their full names.
    """

    record: StoredTranscript
    text: StoredText
    versions: tuple[ShownVersion, ...] = ()
    not_asked: tuple[str, ...] = ()


def list_transcripts(store: Store) -> tuple[StoredTranscript, ...]:
    """All transcripts by name."""
    with store.reading() as session:
        return tuple(queries.transcripts(session))


def show_transcript(store: Store, name: str, *, version: int | None = None) -> ShownTranscript:
    """One transcript with its words, now or as it was at a version, counted from 1.

    Raises UnknownTranscriptError or UnknownVersionError.
    """
    with store.reading() as session:
        ref = find_transcript(session, name)
        record = queries.transcripts(session, [ref.transcript])[0]
        known = versions_of(session, ref.transcript)
        if version is not None:
            record = as_it_was(session, record, version_numbered(version, known, where=ref.name))
        text = queries.texts(session, [record.version_uid])[record.version_uid]
        book, _ = queries.codebook(session)
        skipped = {code for uid, code in summaries.not_asked(session) if uid == ref.transcript}
    not_asked = tuple(book.full_name(code.id) for code in book.codes if code.id in skipped)
    return ShownTranscript(record, text, known, not_asked)


def remove_transcript(store: Store, name: str, *, by: str, at: datetime) -> StoredTranscript:
    """Take a transcript without codings, and all that is said of it, out of the project.

    Memos on it, its speakers and attributes go with it, and one undo brings all of it back.

    Raises TranscriptCodedError where anybody's codings lie on it.
    """
    with store.act("remove transcript", by=by, at=at) as act:
        ref = find_transcript(act.session, name)
        record = queries.transcripts(act.session, [ref.transcript])[0]
        codings = record.codings + record.waiting
        if codings:
            raise errors.TranscriptCodedError(record.name, codings=codings, verb="removed")
        act.ensure(records.all_taken_back(act.session, ref.transcript))
    return record


def set_speaker(
    store: Store,
    transcript: str,
    label: str,
    *,
    role: Role | None = None,
    participant: str | None = None,
    same_as: str | None = None,
    by: str,
    at: datetime,
) -> Speaker:
    """Say what a label of one transcript is, and whose it is; or of what it is another spelling.

    A participant named here counts as taking part. What is said of a spelling is said of the label
    that it is read as. An empty `same_as` takes back what was said, and with one nothing else is
    looked at. Raises UnknownSpeakerError, UnknownParticipantError or a SpellingError.
    """
    with store.act("set speaker", by=by, at=at) as act:
        ref = find_transcript(act.session, transcript)
        written = speaking.speakers_written(act.session).get(ref.transcript, {})
        if label not in written:
            spoken = speaking.labels_spoken(act.session, [ref.version])
            if label not in spoken.get(ref.version, ()):
                raise errors.UnknownSpeakerError(label, where=ref.name)
        if same_as is not None:
            said = with_spelling(written, label, same_as, where=ref.name)
            for one in said:
                act.ensure(records.label_records(ref.transcript, one))
            return said[0]
        speaker, *spellings = _speakers(act.session, written, label, role, participant)
        said = [speaker, *spellings]
        act.ensure([records.speaker_record(ref.transcript, one) for one in said])
        if speaker.participant is not None:
            act.ensure([records.taking_part_record(ref.transcript, speaker.participant)])
    return speaker


def _speakers(
    session: Session,
    written: Mapping[str, Speaker],
    label: str,
    role: Role | None,
    participant: str | None,
) -> list[Speaker]:
    """A label's speaker with what was said of them, and behind them the spellings against it.

    What a spelling knows counts where its label knows nothing; where that would be read instead of
    this, it goes. Of the others nothing is said: another copy may know whose they are, and what is
    said later of the same label would hide it.
    """
    if participant is not None:
        codes = [p.code for p in queries.participants(session)]
        if participant not in codes:
            near = nearest(participant, codes)
            raise errors.UnknownParticipantError(participant, nearest=near)
    ends = speaking.spellings(written)
    end = ends.get(label, label)
    before = speaking.as_read(written).get(end, Speaker(end))
    named = role or (Role.PARTICIPANT if participant else before.role)
    whose = (participant or before.participant) if named is Role.PARTICIPANT else None
    speaker = replace(before, role=named, participant=whose)
    theirs = [written[one] for one, other in ends.items() if other == end]
    against = [one for one in theirs if speaking.speaks_against(one, speaker)]
    return [speaker, *(replace(one, role=Role.OTHER, participant=None) for one in against)]

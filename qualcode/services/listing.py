"""Looking after transcripts: list, show, remove, and say who a speaker is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.model.transcript import StoredTranscript
from qualcode.services.places import find_transcript
from qualcode.store import queries, records
from qualcode.store.queries import StoredText
from qualcode.store.store import Store
from qualcode.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class ShownTranscript:
    """A transcript's record with its words."""

    record: StoredTranscript
    text: StoredText


def list_transcripts(store: Store) -> tuple[StoredTranscript, ...]:
    """All transcripts by name."""
    with store.reading() as session:
        return tuple(queries.transcripts(session))


def show_transcript(store: Store, name: str) -> ShownTranscript:
    """One transcript with its words; raises UnknownTranscriptError."""
    with store.reading() as session:
        ref = find_transcript(session, name)
        record = queries.transcripts(session, [ref.transcript])[0]
        return ShownTranscript(record, queries.texts(session, [ref.version])[ref.version])


def remove_transcript(store: Store, name: str, *, by: str, at: datetime) -> StoredTranscript:
    """Take a transcript without codings, and all that is said of it, out of the project.

    Memos on it, its speakers and attributes go with it, and one undo brings all of it back.

    Raises TranscriptCodedError where anybody's codings lie on it.
    """
    with store.act("remove transcript", by=by, at=at) as act:
        ref = find_transcript(act.session, name)
        record = queries.transcripts(act.session, [ref.transcript])[0]
        if record.codings:
            raise errors.TranscriptCodedError(record.name, codings=record.codings, verb="removed")
        act.ensure(records.all_taken_back(act.session, ref.transcript))
    return record


def set_speaker(
    store: Store,
    transcript: str,
    label: str,
    *,
    role: Role | None = None,
    participant: str | None = None,
    by: str,
    at: datetime,
) -> Speaker:
    """Say what a label of one transcript is, and whose it is.

    A participant named here counts as taking part. Raises UnknownSpeakerError or
    UnknownParticipantError.
    """
    with store.act("set speaker", by=by, at=at) as act:
        ref = find_transcript(act.session, transcript)
        text = queries.texts(act.session, [ref.version])[ref.version]
        labels = {turn.speaker or "" for turn in text.turns}
        if label not in labels:
            raise errors.UnknownSpeakerError(label, where=ref.name)
        if participant is not None:
            codes = [p.code for p in queries.participants(act.session)]
            if participant not in codes:
                near = nearest(participant, codes)
                raise errors.UnknownParticipantError(participant, nearest=near)
        before = queries.speakers(act.session).get(ref.transcript, {}).get(label, Speaker(label))
        named = role or (Role.PARTICIPANT if participant else before.role)
        whose = participant if named is Role.PARTICIPANT else None
        if named is Role.PARTICIPANT and participant is None:
            whose = before.participant
        speaker = Speaker(label, named, whose)
        said = [records.speaker_record(ref.transcript, speaker)]
        if whose is not None:
            said.append(records.taking_part_record(ref.transcript, whose))
        act.ensure(said)
    return speaker

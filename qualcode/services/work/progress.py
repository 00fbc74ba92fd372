"""How far each coder is: transcripts begun and finished, answers that hold a coding.

A turn is an answer unless its speaker is known to be an interviewer; it is coded for a coder where
one of their codings overlaps it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qualcode.model.people import Participant, coder_key
from qualcode.model.project import ProjectFacts
from qualcode.model.transcript import StoredTranscript
from qualcode.services.places import find_transcript
from qualcode.store import queries, records, tallies
from qualcode.store.engine import Session
from qualcode.store.store import Store

Status = Literal["new", "started", "finished"]


@dataclass(frozen=True, slots=True)
class TranscriptProgress:
    """How far one coder is with one transcript; `codings` and `memos` are that coder's own.

    `people` are those who took part and of whom more than the code is known, in their order.
    """

    record: StoredTranscript
    answers: int
    coded: int
    codings: int
    status: Status
    memos: int
    people: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """How far one coder is with the study: `started` transcripts are those not `finished`."""

    name: str
    codings: int
    started: int
    finished: int
    answers: int
    coded: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The transcripts by name as one coder stands to them, those who code, the project.

    `coders` are the one that was asked for and all who have begun, by name, whatever its capitals.
    """

    transcripts: tuple[TranscriptProgress, ...]
    coders: tuple[CoderProgress, ...]
    facts: ProjectFacts


def overview(store: Store, *, coder: str | None) -> Overview:
    """Where `coder` stands with each transcript, and how far everybody is who has begun.

    Without a coder, nobody's work is in the numbers of the transcripts.
    """
    with store.reading() as session:
        return Overview(
            *_counted(
                queries.transcripts(session),
                _Tally(session, coder),
                [one.name for one in queries.coders(session)],
                coder,
            ),
            queries.project(session),
        )


def finish(store: Store, transcript: str, *, finished: bool = True, by: str, at: datetime) -> bool:
    """Say that a coder is done with a transcript, or is not; returns whether that is new.

    Raises UnknownTranscriptError.
    """
    with store.act("finish" if finished else "unfinish", by=by, at=at) as act:
        uid = find_transcript(act.session, transcript).transcript
        return bool(act.ensure([records.work_record(uid, act.coder, finished=finished)]))


class _Tally:
    """The numbers of the whole study, fetched once, for every coder to be looked up in."""

    def __init__(self, session: Session, coder: str | None) -> None:
        self.answers = tallies.answer_places(session)
        self.codings = tallies.coding_places(session)
        self.finished = tallies.finished(session)
        self.memos = Counter() if coder is None else tallies.memo_counts(session, coder)
        self.people = {one.code: one for one in queries.participants(session)}

    def of(self, record: StoredTranscript, coder: str) -> TranscriptProgress:
        """How far one coder (by key) is with one transcript; the memos are the asking coder's."""
        codings = self.codings.get((coder, record.version_uid), [])
        answers = self.answers.get(record.version_uid, [])
        is_finished = (coder, record.uid) in self.finished
        return TranscriptProgress(
            record=record,
            answers=len(answers),
            coded=_overlapped(answers, codings),
            codings=len(codings),
            status="finished" if is_finished else "started" if codings else "new",
            memos=self.memos[record.uid] + self.memos[record.version_uid],
            people=tuple(self.people[one] for one in record.participants if one in self.people),
        )


def _counted(
    records: Sequence[StoredTranscript], tally: _Tally, names: Sequence[str], coder: str | None
) -> tuple[tuple[TranscriptProgress, ...], tuple[CoderProgress, ...]]:
    asked = () if coder is None else (coder.strip(),)
    known = {coder_key(name): name for name in (*asked, *names)}
    begun = {key for key, _ in (*tally.codings, *tally.finished)}
    everybody = {
        key: tuple(tally.of(record, key) for record in records)
        for key in sorted(begun.union(map(coder_key, asked)))
    }
    coders = tuple(_summed(known.get(key, key), progress) for key, progress in everybody.items())
    if coder is None:
        return tuple(tally.of(record, "") for record in records), coders
    return everybody[coder_key(coder)], coders


def _summed(name: str, progress: Sequence[TranscriptProgress]) -> CoderProgress:
    return CoderProgress(
        name=name,
        codings=sum(one.codings for one in progress),
        started=sum(one.status == "started" for one in progress),
        finished=sum(one.status == "finished" for one in progress),
        answers=sum(one.answers for one in progress),
        coded=sum(one.coded for one in progress),
    )


def _overlapped(answers: Sequence[tuple[int, int]], codings: Sequence[tuple[int, int]]) -> int:
    """How many answers a coding overlaps; both are in the order of their starts."""
    count = at = 0
    reached = 0
    for start, end in answers:
        # `reached` is the furthest end of all codings that begin before this answer ends.
        while at < len(codings) and codings[at][0] < end:
            reached = max(reached, codings[at][1])
            at += 1
        count += reached > start
    return count

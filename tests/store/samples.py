"""A small study in the store, made without the services: transcripts, codes, codings, events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, Segment
from qualcode.store import engine, kinds, log, projection, queries, readback, records
from qualcode.store.engine import Row, Session
from qualcode.store.fold import Event, fold
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.text.similarity import fingerprint

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

WORDS = "We all came to the fair. The hall was full, and nobody went home before the music stopped."


def later(minutes: float) -> datetime:
    """Some minutes after everything began."""
    return AT + timedelta(minutes=minutes)


def text_row(text: str) -> Row:
    """A text as the store keeps it."""
    known = fingerprint(text)
    return (sha256(text), text, known.words_digest, known.sketch)


def sha256(text: str) -> str:
    """The key of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def version_of(transcript: str) -> str:
    """The uid of the only version that `transcript_records` makes."""
    return f"{transcript}-v1"


def transcript_records(
    uid: str, text: str = WORDS, *, turns: Sequence[tuple[int, int, str | None]] | None = None
) -> list[Record]:
    """A transcript with one version; by default one turn by P."""
    laid = [(0, len(text), "P")] if turns is None else turns
    body = {
        "transcript": uid,
        "text_sha256": sha256(text),
        "source_sha256": sha256(f"file of {uid}"),
        "characters": len(text),
        "words": len(text.split()),
        "file": f"{uid}.txt",
        "format": "text",
        "turns": [[start, end, speaker, None, None] for start, end, speaker in laid],
    }
    return [
        *records.transcript_records(
            uid, name=uid.upper(), language="en", interviewed=None, recording=None, attributes={}
        ),
        Record(kinds.VERSION, (version_of(uid),), body, uid),
    ]


def import_transcripts(
    store: Store, *uids: str, by: str = "Amina", at: datetime = AT, text: str = WORDS
) -> None:
    """Bring transcripts in, in one act, each with its own name at the end of the text."""
    with store.act("import", by=by, at=at) as act:
        act.add_texts([text_row(f"{text} {uid}") for uid in uids])
        act.ensure(r for uid in uids for r in transcript_records(uid, f"{text} {uid}"))


def apply_codes(store: Store, *ids: str, by: str = "Amina", at: datetime = AT) -> None:
    """Make codes, each a theme."""
    with store.act("apply codebook", by=by, at=at) as act:
        act.ensure(
            records.code_record(Code(one, one.title()), position=n) for n, one in enumerate(ids)
        )


def coding(transcript: str, code: str, coder: str, start: int = 0, end: int = 6) -> Coding:
    """A coding on the transcript's only version."""
    return Coding(Segment(version_of(transcript), start, end), code, coder)


def tag(
    store: Store,
    transcript: str,
    code: str,
    *,
    by: str,
    start: int = 0,
    end: int = 6,
    at: datetime = AT,
) -> Coding:
    """One act: put a code on a segment."""
    one = coding(transcript, code, by, start, end)
    with store.act("tag", by=by, at=at) as act:
        act.ensure([records.coding_record(one, transcript=transcript)])
    return one


def untag(store: Store, one: Coding, *, transcript: str, at: datetime = AT) -> None:
    """One act: take a coding off again."""
    with store.act("untag", by=one.coder, at=at) as act:
        act.ensure([records.coding_record(one, transcript=transcript, holds=False)])


def coded(store: Store) -> list[tuple[str, int, int, str, str]]:
    """What is coded: version, start, end, code and coder."""
    with store.reading() as session:
        return [
            (c.segment.version, c.segment.start, c.segment.end, c.code, c.coder)
            for c in queries.codings(session)
        ]


def state_of(store: Store) -> dict[tuple[str, str], tuple[bytes, str | None]]:
    """All records as the tables say them; checked against the fold of the log."""
    with store.reading() as session:
        said = readback.everything(session)
        meant = fold(log.read(session))
        assert said == meant.records
        assert log.stored_seal(session) == log.computed_seal(session)
        return said


def holding(store: Store) -> dict[tuple[str, str], str]:
    """The records that hold, without the events that set them: what people see."""
    return {place: body for place, (_, body) in state_of(store).items() if body is not None}


def events_of(store: Store) -> list[Event]:
    """The whole log."""
    with store.reading() as session:
        return list(log.read(session))


def reset(store: Store) -> None:
    """Empty a store of everything, the project itself too; quicker than making another."""
    with engine.writing(store.engine, where=store.where) as session:
        session.run("DELETE FROM event")
        session.run("DELETE FROM text")
        log.reseal(session)
        projection.rebuild(session)


def dump(session: Session, tables: Iterable[str]) -> list[Row]:
    """All rows of some tables, to compare and to search."""
    return [(table, *row) for table in tables for row in session.rows(f"SELECT * FROM {table}")]

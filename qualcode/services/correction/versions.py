"""The versions of a transcript: which there are, and what it was at each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode import errors
from qualcode.model.transcript import StoredTranscript
from qualcode.store import queries, speaking, versions
from qualcode.store.engine import Session
from qualcode.store.shapes import counted, shapes_at, span_ms_at


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version of a transcript: the file it was, who brought it in, and when (UTC)."""

    number: int
    uid: str
    file: str
    by: str
    at: datetime
    is_current: bool


def versions_of(session: Session, transcript: str) -> tuple[ShownVersion, ...]:
    """All versions of a transcript (its uid), the first one first."""
    known = versions.versions(session, transcript)
    sources = versions.version_sources(session, [one.uid for one in known])
    return tuple(
        ShownVersion(v.number, v.uid, v.file, sources[v.uid].by, sources[v.uid].at, v.is_current)
        for v in known
    )


def version_numbered(number: int, known: Sequence[ShownVersion], *, where: str) -> ShownVersion:
    """The version of a number; raises UnknownVersionError."""
    for one in known:
        if one.number == number:
            return one
    raise errors.UnknownVersionError(number, where=where, versions=len(known))


def as_it_was(
    session: Session, record: StoredTranscript, version: ShownVersion
) -> StoredTranscript:
    """A transcript's record at a version; what is said of the interview holds for all of them.

    The codings that are counted are those that lie on that version.
    """
    if version.uid == record.version_uid:
        return record
    source = versions.version_sources(session, [version.uid])[version.uid]
    shapes = shapes_at(session, version.uid)
    first_ms, last_ms = span_ms_at(session, version.uid)
    cast = speaking.speakers_written(session).get(record.uid, {})
    return replace(
        record,
        version=version.number,
        version_uid=version.uid,
        file=source.file,
        format=source.format,
        encoding=source.encoding,
        producer=source.producer,
        sha256=source.sha256,
        text_sha256=source.text_sha256,
        words=source.words,
        characters=source.characters,
        turns=sum(shape[1] for shape in shapes),
        speakers=counted(shapes, cast),
        first_ms=first_ms,
        last_ms=last_ms,
        codings=len(queries.codings(session, versions=[version.uid])),
    )

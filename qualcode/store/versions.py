"""The versions of transcripts: which is the current one, which number each has, what waits on them.

A correction is a version that names the one it follows. The current version of a transcript is the
one that none follows; where two copies of a study corrected it apart, that of them which was said
last. The others stay readable, one that was taken back, too, as long as anything stands on it: in
another copy somebody may have coded there meanwhile. Codings that still hold on a version that is
not the current one wait for somebody to say where they belong: nothing counts them, and nothing
lets them out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode.store.clock import moment_of
from qualcode.store.engine import Row, Session
from qualcode.store.merging import survivors


def current_uid(transcript: str) -> str:
    """In SQL, the uid of the current version of a transcript, whose local id is given as SQL.

    The same rule as `_current`, for one transcript within a statement.
    """
    return (
        f"(SELECT last.uid FROM version last WHERE last.transcript_id = {transcript}"
        " AND last.live = 1 AND NOT EXISTS (SELECT 1 FROM version next"
        " WHERE next.transcript_id = last.transcript_id AND next.parent_uid = last.uid"
        " AND next.live = 1) ORDER BY last.ev DESC LIMIT 1)"
    )


def stands(version: str) -> str:
    """In SQL, true of a version that holds, or that was taken back and has something on it.

    `version` is what its table is called in the statement.
    """
    return (
        f"({version}.live = 1 OR EXISTS (SELECT 1 FROM coding c_on"
        f" WHERE c_on.version_id = {version}.id AND c_on.live = 1)"
        " OR EXISTS (SELECT 1 FROM memo m_on WHERE m_on.live = 1"
        f" AND substr(m_on.target, 1, length({version}.uid) + 1) = {version}.uid || ':'))"
    )


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a transcript, which another may follow or, made apart, stand beside.

    `number` counts from 1 in the order in which they were made, as far as this copy knows.
    `parent` is the one that it follows, `uid` its own; `transcript` (a uid) and `name` say of what
    it is a version.
    """

    uid: str
    transcript: str
    name: str
    number: int
    parent: str | None
    file: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class VersionSource:
    """What a version was made of, who brought it in, and when (UTC)."""

    file: str
    format: str
    encoding: str | None
    producer: str | None
    sha256: str
    text_sha256: str
    words: int
    characters: int
    by: str
    at: datetime


def versions(session: Session, transcript: str | None = None) -> list[VersionFacts]:
    """All versions, or those of one transcript (its uid), by its name and their number."""
    narrowed = "" if transcript is None else " AND t.uid = ?"
    rows = session.rows(
        "SELECT v.uid, t.uid, v.parent_uid, v.ev, v.live, t.name, v.file FROM version v"
        " JOIN transcript t ON t.id = v.transcript_id AND t.live = 1"
        f" WHERE {stands('v')}{narrowed}",
        () if transcript is None else (transcript,),
    )
    numbers = _numbers([row[:4] for row in rows])
    current = _current([row[:4] for row in rows if row[4]])
    found = [
        VersionFacts(
            uid=uid,
            transcript=whose,
            name=name or whose,
            number=numbers[uid],
            parent=parent,
            file=file or "",
            is_current=uid in current,
        )
        for uid, whose, parent, _, _, name, file in rows
    ]
    return sorted(found, key=lambda v: (v.name, v.transcript, v.number))


def version_numbers(session: Session) -> dict[str, int]:
    """The number of every version, by its uid."""
    return _numbers(
        session.rows(
            f"SELECT v.uid, v.transcript_id, v.parent_uid, v.ev FROM version v WHERE {stands('v')}"
        )
    )


def version_sources(session: Session, versions: Sequence[str]) -> dict[str, VersionSource]:
    """What versions were made of, by their uids."""
    rows = session.rows_in(
        "SELECT v.uid, v.file, v.format, v.encoding, v.producer, v.source_sha256, v.text_sha256,"
        " v.words, v.characters, e.actor, v.ev FROM version v JOIN event e ON e.id = v.ev"
        " WHERE v.uid IN",
        versions,
    )
    return {
        uid: VersionSource(
            file=file or "",
            format=format_ or "",
            encoding=encoding,
            producer=producer,
            sha256=source or "",
            text_sha256=text or "",
            words=words or 0,
            characters=characters or 0,
            by=actor,
            at=moment_of(ev),
        )
        for (
            uid,
            file,
            format_,
            encoding,
            producer,
            source,
            text,
            words,
            characters,
            actor,
            ev,
        ) in rows
    }


def outdated(session: Session) -> dict[int, str]:
    """The uids of the versions that are not current, by local id; in most studies none."""
    rows = session.rows(
        "SELECT v.id, v.live, v.uid, v.transcript_id, v.parent_uid, v.ev FROM version v"
        f" WHERE {stands('v')}"
    )
    current = _current([row[2:] for row in rows if row[1]])
    return {row[0]: row[2] for row in rows if row[2] not in current}


def without_outdated(session: Session, column: str) -> str:
    """A condition in SQL, to be put behind others: a column holds none of those versions."""
    ids = sorted(outdated(session))
    return f" AND {column} NOT IN ({', '.join(map(str, ids))})" if ids else ""


def waiting_counts(
    session: Session, *, codes: Collection[str] | None = None, coder: str | None = None
) -> dict[str, int]:
    """How many codings wait, by the uid of their transcript; those without any are left out.

    `codes` (ids) and `coder` (a key) narrow. Codings that a merge of codes made one are one.
    """
    rows = session.rows_in(
        "SELECT t.uid, v.uid, c.start_cp, c.end_cp, u.uid, k.uid FROM coding c"
        " JOIN version v ON v.id = c.version_id JOIN transcript t ON t.id = v.transcript_id"
        " JOIN code k ON k.id = c.code_id JOIN coder u ON u.id = c.coder_id"
        f" WHERE c.live = 1 AND t.live = 1 AND {current_uid('t.id')} IS NOT NULL"
        " AND c.version_id IN",
        list(outdated(session)),
    )
    merged = survivors(session) if rows else {}
    read = {(*place, who, merged.get(code, code)) for *place, who, code in rows}
    return dict(
        Counter(
            whose
            for whose, _, _, _, who, code in read
            if (codes is None or code in codes) and (coder is None or who == coder)
        )
    )


def _current(rows: Sequence[Row]) -> set[str]:
    """The uids of the current versions, of rows of uid, transcript, parent and event that hold.

    The same rule as `current_uid`, for all transcripts at once.
    """
    followed = {parent for _, _, parent, _ in rows}
    last: dict[object, tuple[bytes, str]] = {}
    for uid, whose, _, ev in rows:
        if uid not in followed:
            last[whose] = max(last.get(whose, (b"", "")), (ev, uid))
    return {uid for _, uid in last.values()}


def _numbers(rows: Sequence[Row]) -> dict[str, int]:
    """By uid the number of each version among those of its transcript, from rows as above.

    They are counted in the order in which they were said, and none before the one it follows: of
    those that hold the current one comes last.
    """
    parents = {uid: parent for uid, _, parent, _ in rows}
    said = {uid: ev for uid, _, _, ev in rows}
    depths: dict[str, int] = {}
    for uid, _, _, ev in rows:
        way = [uid]
        while (parent := parents[way[-1]]) in parents and parent not in way:
            assert parent is not None
            way.append(parent)
            said[parent] = min(said[parent], ev)  # one may be said again, by an undo and a redo
        depths[uid] = len(way)
    mine: dict[object, list[tuple[bytes, int, str]]] = defaultdict(list)
    for uid, whose, _, _ in rows:
        mine[whose].append((said[uid], depths[uid], uid))
    return {uid: n for one in mine.values() for n, (_, _, uid) in enumerate(sorted(one), start=1)}

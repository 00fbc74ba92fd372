"""What a coder at work asks of the store, again and again: each question small, whatever the study.

None of these looks at more than one transcript, or at more of the log than its newest end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qualcode.model.coding import Coding, Segment
from qualcode.model.people import coder_key
from qualcode.store import queries, tables
from qualcode.store.engine import Session
from qualcode.store.kinds import CODING, key_of
from qualcode.store.uids import remember
from qualcode.store.versions import current_uid

_TAG: Final = "tag"
_RECENT_LOOK: Final = 2_000
"""Events looked through for recent codes: some days of one coder, some 10 ms."""

_CURRENT: Final = current_uid("v.transcript_id")


@dataclass(frozen=True, slots=True)
class Footing:
    """What a new coding would stand on: whether its version and its code are there, and usable.

    `current` is False where another version took the place of this one.
    """

    version: bool
    current: bool
    code: bool
    retired: bool
    merged: bool


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Where the log ends for one reader: the number of its newest event, and that event's act.

    Numbers count the order of arrival: what comes from another copy may be older by its id.
    """

    number: int
    act: bytes


def footing(session: Session, version: str, code: str, coder: str) -> Footing:
    """Whether a version can be coded with a code now, in one statement.

    The local ids that it meets are remembered for the writing.
    """
    version_id, code_id, coder_id, is_version, current, is_code, retired, merged = session.rows(
        f"SELECT v.id, k.id, u.id, v.live, {_CURRENT}, k.live, k.retired, k.merged_into"
        " FROM (SELECT 1 AS here) AS one LEFT JOIN version v ON v.uid = ?"
        " LEFT JOIN code k ON k.uid = ? LEFT JOIN coder u ON u.uid = ?",
        (version, code, coder_key(coder)),
    )[0]
    for table, uid, local in (
        (tables.version, version, version_id),
        (tables.code, code, code_id),
        (tables.coder, coder_key(coder), coder_id),
    ):
        if local is not None:
            remember(session, table, uid, local)
    return Footing(
        bool(is_version), current == version, bool(is_code), bool(retired), merged is not None
    )


def is_there(session: Session, version: str) -> bool:
    """Whether a version is there: its transcript was not taken out."""
    return session.row("SELECT 1 FROM version WHERE uid = ? AND live = 1", (version,)) is not None


def is_current(session: Session, version: str) -> bool:
    """Whether a version can be worked on: no other took its place."""
    return session.row(f"SELECT {_CURRENT} FROM version v WHERE v.uid = ?", (version,)) == (
        version,
    )


def current_version(session: Session, transcript: str) -> str | None:
    """The uid of the version that a transcript (its uid) has now; None where it was taken out."""
    row = session.row(
        f"SELECT {current_uid('t.id')} FROM transcript t WHERE t.uid = ? AND t.live = 1",
        (transcript,),
    )
    return None if row is None else row[0]


def is_coded(session: Session, segment: Segment) -> bool:
    """Whether anybody's coding lies on exactly this segment."""
    found = session.row(
        "SELECT 1 FROM coding c JOIN version v ON v.id = c.version_id"
        " WHERE c.live = 1 AND v.uid = ? AND c.start_cp = ? AND c.end_cp = ?",
        (segment.version, segment.start, segment.end),
    )
    return found is not None


def codings_at(session: Session, segment: Segment, coder: str) -> list[Coding]:
    """What a coder has on exactly this segment, as it is stored: by code, `coder` spelt as given.

    No merge is looked at: a coding has the code that it was written with.
    """
    return [
        Coding(segment, code, coder, bool(doubt), queries.origin_of(origin))
        for code, doubt, origin in session.rows(
            "SELECT k.uid, c.doubt, c.origin FROM coding c JOIN version v ON v.id = c.version_id"
            " JOIN code k ON k.id = c.code_id JOIN coder u ON u.id = c.coder_id"
            " WHERE v.uid = ? AND c.start_cp = ? AND c.end_cp = ? AND u.uid = ? AND c.live = 1"
            " ORDER BY k.uid",
            (segment.version, segment.start, segment.end, coder_key(coder)),
        )
    ]


def is_finished(session: Session, transcript: str, coder: str) -> bool:
    """Whether a coder has said that they are done with a transcript."""
    return (
        session.row(
            "SELECT 1 FROM work w JOIN transcript t ON t.id = w.transcript_id"
            " JOIN coder u ON u.id = w.coder_id"
            " WHERE t.uid = ? AND u.uid = ? AND w.live = 1",
            (transcript, coder_key(coder)),
        )
        is not None
    )


def recent_codes(session: Session, coder: str) -> list[str]:
    """Ids of the codes that a coder has tagged with lately, in any transcript, newest first."""
    rows = session.rows(
        "SELECT key FROM (SELECT id, actor, verb, kind, key, body FROM event"
        f" ORDER BY id DESC LIMIT {_RECENT_LOOK}) AS newest"
        " WHERE actor = ? AND verb = ? AND kind = ? AND body IS NOT NULL ORDER BY id DESC",
        (coder_key(coder), _TAG, CODING.name),
    )
    return list(dict.fromkeys(key_of(key)[3] for (key,) in rows))


def log_end(session: Session) -> LogEnd:
    """The newest event to have arrived."""
    row = session.row("SELECT seq, act FROM event ORDER BY seq DESC LIMIT 1")
    return LogEnd(0, b"") if row is None else LogEnd(*row)


def acts_from(session: Session, end: LogEnd) -> dict[bytes, int] | None:
    """The acts that arrived after `end`, each with the number of its newest event.

    None where the log does not hold that end: an older copy was put in the file's place.
    """
    rows = session.rows(
        "SELECT act, min(seq), max(seq) FROM event WHERE seq >= ? GROUP BY act", (end.number,)
    )
    if not any(act == end.act and first == end.number for act, first, _ in rows):
        return None
    return {act: last for act, _, last in rows if act != end.act}

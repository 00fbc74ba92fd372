"""What hangs on the codebook: its text as it was applied, and the codings under each code's own id.

Elsewhere codings are read as those of the code that survived a merge; here they are as they were
written, for a merge moves them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.model.coding import Coding, Origin, Segment
from qualcode.store import reverting
from qualcode.store.engine import Session
from qualcode.store.kinds import CODEBOOK, body_of


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """One coding and the uid of its transcript."""

    coding: Coding
    transcript: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The newest change of the codebook: its text before and after, None where there was none.

    `verb` is what a person did; of an undo or redo, what that took back or did again.
    """

    verb: str
    is_reversal: bool
    before: str | None
    after: str | None


def source(session: Session) -> str | None:
    """The text that was applied last; None before the first time."""
    row = session.row("SELECT source FROM codebook WHERE live = 1")
    return None if row is None else row[0]


def source_event(session: Session) -> bytes | None:
    """The event that the applied text comes from; another text has another."""
    row = session.row("SELECT ev FROM codebook")
    return None if row is None else row[0]


def newest_change(session: Session) -> Applied | None:
    """What was done to the codebook last, None where nothing was."""
    row = session.row(
        "SELECT e.act, e.verb, e.body, e.prev FROM event e JOIN codebook b ON b.ev = e.id"
        " WHERE e.kind = ?",
        (CODEBOOK.name,),
    )
    if row is None:
        return None
    act, verb, body, prev = row
    old = None if prev is None else session.row("SELECT body FROM event WHERE id = ?", (prev,))
    return Applied(
        verb=reverting.verb_of(session, act),
        is_reversal=verb in (reverting.UNDO, reverting.REDO),
        before=_source_in(None if old is None else old[0]),
        after=_source_in(body),
    )


def was_applied(session: Session, text: str) -> bool:
    """True where this text was the applied one at some time."""
    rows = session.rows("SELECT body FROM event WHERE kind = ?", (CODEBOOK.name,))
    return any(_source_in(row[0]) == text for row in rows)


def known_ids(session: Session) -> frozenset[str]:
    """The ids of all codes, the retired and the merged among them."""
    return frozenset(row[0] for row in session.rows("SELECT uid FROM code WHERE live = 1"))


def placed_codings(session: Session, codes: Sequence[str]) -> list[PlacedCoding]:
    """The codings that hold under these ids, by version, place, code and coder."""
    rows = session.rows_in(
        "SELECT v.uid, c.start_cp, c.end_cp, k.uid, u.uid, u.name, c.doubt, c.origin, t.uid"
        " FROM coding c JOIN version v ON v.id = c.version_id"
        " JOIN transcript t ON t.id = v.transcript_id"
        " JOIN code k ON k.id = c.code_id JOIN coder u ON u.id = c.coder_id"
        " WHERE c.live = 1 AND k.uid IN",
        list(codes),
    )
    known = {str(origin) for origin in Origin}
    return [
        PlacedCoding(
            Coding(
                Segment(version, start, end),
                code,
                name or uid,
                bool(doubt),
                Origin(origin) if origin in known else Origin.IMPORT,
            ),
            transcript,
        )
        for version, start, end, code, uid, name, doubt, origin, transcript in sorted(
            rows, key=lambda row: row[:5]
        )
    ]


def _source_in(body: str | None) -> str | None:
    known = body_of(body)
    return None if known is None else known.get("source")

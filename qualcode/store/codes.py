"""What hangs on the codebook: its text as it was applied, and the codings under each code's own id.

Elsewhere codings are read as those of the code that survived a merge; here they are as they were
written, for a merge moves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.model.coding import Coding, Segment
from qualcode.store import log, reverting
from qualcode.store.engine import Session
from qualcode.store.kinds import CODE, CODEBOOK, body_of, canonical_key, key_of
from qualcode.store.queries import origin_of


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """One coding and the uid of its transcript."""

    coding: Coding
    transcript: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo did to the codebook's text: what it was before, what it is now.

    `verb` is what a person did, which it took back or did again. `begun_with` is the text that
    this person's act began with: the one before it, or that with comments written since.
    """

    verb: str
    is_undo: bool
    before: str | None
    after: str | None
    begun_with: str | None


def source(session: Session) -> str | None:
    """The text that was applied last; None before the first time."""
    row = session.row("SELECT source FROM codebook WHERE live = 1")
    return None if row is None else row[0]


def source_event(session: Session) -> bytes | None:
    """The event that the applied text comes from; another text has another."""
    row = session.row("SELECT ev FROM codebook")
    return None if row is None else row[0]


def newest_reversal(session: Session) -> Reversal | None:
    """The undo or redo that changed the codebook last; None where something else did."""
    row = session.row(
        "SELECT e.act, e.verb, e.body, e.prev FROM event e JOIN codebook b ON b.ev = e.id"
        " WHERE e.kind = ?",
        (CODEBOOK.name,),
    )
    if row is None or row[1] not in (reverting.UNDO, reverting.REDO):
        return None
    act, verb, body, prev = row
    own = reverting.persons_act(session, act)
    events = session.rows(
        "SELECT body, prev FROM event WHERE act = ? AND kind = ? ORDER BY id", (own, CODEBOOK.name)
    )
    # Where comments were written since, the act said the book with them first, and then its own.
    begun_with = events[0][0] if len(events) > 1 else _body_at(session, events[0][1])
    return Reversal(
        verb=reverting.verb_of(session, act),
        is_undo=verb == reverting.UNDO,
        before=_source_in(_body_at(session, prev)),
        after=_source_in(body),
        begun_with=_source_in(begun_with),
    )


def sources(session: Session) -> Iterator[str]:
    """All texts of the codebook that the log knows, the newest first."""
    rows = session.rows("SELECT body FROM event WHERE kind = ? ORDER BY id DESC", (CODEBOOK.name,))
    texts = (_source_in(row[0]) for row in rows)
    return (text for text in texts if text is not None)


def was_applied(session: Session, text: str) -> bool:
    """True where this text was the applied one at some time: an act left it so."""
    rows = session.rows("SELECT act, body FROM event WHERE kind = ? ORDER BY id", (CODEBOOK.name,))
    left: dict[bytes, str | None] = dict(rows)
    return any(_source_in(body) == text for body in left.values())


def known_ids(session: Session) -> frozenset[str]:
    """The ids of all codes, the retired and the merged among them."""
    return frozenset(row[0] for row in session.rows("SELECT uid FROM code WHERE live = 1"))


def ids_of_all_times(session: Session) -> frozenset[str]:
    """The same with those that were taken out: the log has them for good."""
    return frozenset(row[0] for row in session.rows("SELECT uid FROM code"))


def retired_with(session: Session, code: str) -> frozenset[str]:
    """The ids of the codes that were retired by the same act as this one, itself among them.

    None where it never was. What has become of them since is not asked.
    """
    act, rested = None, False
    for one, body in session.rows(
        "SELECT act, body FROM event WHERE kind = ? AND key = ? ORDER BY id",
        (CODE.name, canonical_key((code,))),
    ):
        rests = _is_retired(body)
        act, rested = one if rests and not rested else act, rests
    if act is None:
        return frozenset()
    # An act says every retired code again whose place in the book it changes.
    said = [event for event in log.of_act(session, act) if event.kind == CODE.name]
    before = log.bodies(session, [event.prev for event in said if event.prev is not None])
    return frozenset(
        str(key_of(event.key)[0])
        for event in said
        if _is_retired(event.body)
        and not (event.prev is not None and _is_retired(before.get(event.prev)))
    )


def placed_codings(session: Session, codes: Sequence[str]) -> list[PlacedCoding]:
    """The codings that hold under these ids, waiting ones too, by version, place, code, coder."""
    return _placed(session, "k.uid", codes)


def placed_on(session: Session, versions: Sequence[str]) -> list[PlacedCoding]:
    """The codings that hold on these versions, by version, place, code and coder."""
    return _placed(session, "v.uid", versions)


def _placed(session: Session, column: str, values: Sequence[str]) -> list[PlacedCoding]:
    rows = session.rows_in(
        "SELECT v.uid, c.start_cp, c.end_cp, k.uid, u.uid, u.name, c.doubt, c.origin, t.uid"
        " FROM coding c JOIN version v ON v.id = c.version_id"
        " JOIN transcript t ON t.id = v.transcript_id"
        " JOIN code k ON k.id = c.code_id JOIN coder u ON u.id = c.coder_id"
        f" WHERE c.live = 1 AND {column} IN",
        list(values),
    )
    return [
        PlacedCoding(
            Coding(
                Segment(version, start, end),
                code,
                name or uid,
                bool(doubt),
                origin_of(origin),
            ),
            transcript,
        )
        for version, start, end, code, uid, name, doubt, origin, transcript in sorted(
            rows, key=lambda row: row[:5]
        )
    ]


def _body_at(session: Session, event: bytes | None) -> str | None:
    row = None if event is None else session.row("SELECT body FROM event WHERE id = ?", (event,))
    return None if row is None else row[0]


def _is_retired(body: str | None) -> bool:
    known = body_of(body)
    return known is not None and bool(known.get("retired"))


def _source_in(body: str | None) -> str | None:
    known = body_of(body)
    return None if known is None else known.get("source")

"""Framework summaries as they stand, and which interviews were not asked about which theme.

A cell has one summary. Where two people wrote it apart, in two copies of the project, the newest
words stand, and the others beside them: the log still holds those, as the end of a branch that
nobody went on from. So do the words of a code that went into another with a summary of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from qualcode.model.coding import Segment
from qualcode.model.summary import Summary, SummaryStatus, Wording
from qualcode.store.engine import Session
from qualcode.store.kinds import SUMMARY, Key, body_of, canonical_key, key_of, parsed
from qualcode.store.merging import survivors
from qualcode.store.queries import word_of


def summaries(session: Session) -> list[Summary]:
    """All summaries, by theme in the order of uids, kind of case, and case."""
    rows = _rows(session)
    return _standing(session, rows, _branched(session) if rows else ())


def summary(session: Session, kind: str, case: str, theme: str) -> Summary | None:
    """The summary of one cell, whatever else there is."""
    rows = _rows(session, " AND s.case_kind = ? AND s.case_key = ?", (kind, case))
    found = _standing(session, rows, [(one.case_kind, one.case, one.theme) for one in rows])
    return next((one for one in found if one.theme == theme), None)


def subjects(session: Session) -> frozenset[tuple[str, str]]:
    """The kinds of case and the cases of which anything is written."""
    rows = session.rows("SELECT DISTINCT case_kind, case_key FROM summary WHERE live = 1")
    return frozenset((kind, case) for kind, case in rows)


def _standing(session: Session, rows: Sequence[Summary], branched: Iterable[Key]) -> list[Summary]:
    """One summary for each cell, with the wordings that stand beside it.

    `branched` are the keys of those that may have been written apart.
    """
    merged = survivors(session) if rows else {}
    unseen = {key: tuple(_ends(_said(session, key))) for key in branched}
    cells: dict[tuple[str, str, str], list[Summary]] = defaultdict(list)
    for one in rows:
        cells[merged.get(one.theme, one.theme), one.case_kind, one.case].append(one)
    return [_joined(cell[0], cells[cell], unseen) for cell in sorted(cells)]


def _rows(session: Session, where: str = "", wanted: tuple[str, ...] = ()) -> list[Summary]:
    return [
        Summary(
            case_kind=kind,
            case=case,
            theme=theme,
            text=words or "",
            status=word_of(SummaryStatus, status, SummaryStatus.DRAFT),
            author=author or "",
            written=written or "",
            links=tuple(Segment(*place) for place in parsed(links or "[]")),
            basis=basis or "",
            changed_by=by,
            settled=tuple(parsed(settled or "[]")),
        )
        for kind, case, theme, words, status, author, written, links, basis, settled, by in (
            session.rows(
                "SELECT s.case_kind, s.case_key, c.uid, s.words, s.status, s.author, s.written,"
                " s.links, s.basis, s.settled, coalesce(k.name, e.actor)"
                " FROM summary s JOIN code c ON c.id = s.code_id JOIN event e ON e.id = s.ev"
                " LEFT JOIN coder k ON k.uid = e.actor"
                f" WHERE s.live = 1{where} ORDER BY c.uid, s.case_kind, s.case_key",
                wanted,
            )
        )
    ]


def _joined(
    theme: str, rows: Sequence[Summary], unseen: Mapping[Key, Sequence[Wording]]
) -> Summary:
    """The one summary of a cell: the theme's own words, else the newest, the others beside it."""
    stands = max(rows, key=lambda one: (one.theme == theme, one.written, one.theme))
    beside = [one.wording for one in rows if one is not stands]
    for one in rows:
        beside += unseen.get((one.case_kind, one.case, one.theme), ())
    others = {
        wording.uid: wording
        for wording in beside
        if wording.text != stands.text and wording.uid not in stands.settled
    }
    return replace(
        stands,
        theme=theme,
        others=tuple(sorted(others.values(), key=lambda one: (one.written, one.author, one.text))),
        stored=tuple(one.theme for one in rows),
    )


class _Said(NamedTuple):
    """One event of a summary: after which other, and what; in which act, and which it undoes."""

    id: bytes
    prev: bytes | None
    body: str | None
    act: bytes
    undoes: bytes | None


def _branched(session: Session) -> list[Key]:
    """The keys of the summaries that were written apart; in most studies none."""
    rows = session.rows(
        "SELECT key FROM event WHERE kind = ?"
        " GROUP BY key HAVING count(*) - count(DISTINCT prev) > 1 ORDER BY key",
        (SUMMARY.name,),
    )
    return [key_of(key) for (key,) in rows]


def _said(session: Session, key: Key) -> list[_Said]:
    """All that was ever said of one summary, in the order of the clocks."""
    # Put in order here: asked for an order SQLite goes through all events by their ids, and reading
    # one summary beside 50,000 events took 37 ms instead of 15.
    rows = session.rows(
        "SELECT id, prev, body, act, undoes FROM event WHERE kind = ? AND key = ?",
        (SUMMARY.name, canonical_key(key)),
    )
    return sorted((_Said(*row) for row in rows), key=lambda one: one.id)


def _ends(events: Sequence[_Said]) -> Iterator[Wording]:
    """Words of one summary that nobody went on from.

    But for those that stand or stood before, and those that were taken back with them.
    """
    by_id = {one.id: one for one in events}
    followed = {one.prev for one in events}
    known: set[str] = set()
    taken_back: set[str] = set()
    undone: set[bytes | None] = set()
    at: _Said | None = events[-1]
    while at is not None:
        known.update(wording.text for wording in _wordings([at]))
        before = by_id.get(at.prev) if at.prev is not None else None
        if at.act not in undone:
            undone.add(at.undoes)
            if at.body is None and before is not None and before.act == at.act:
                taken_back.update((body_of(before.body) or {}).get("settled") or ())
        at = before
    for wording in _wordings(one for one in events if one.id not in followed):
        if wording.text not in known and wording.uid not in taken_back:
            yield wording


def _wordings(events: Iterable[_Said]) -> Iterator[Wording]:
    for event in events:
        body = body_of(event.body)
        if body is not None:
            words = (body.get(name) or "" for name in ("words", "author", "written"))
            yield Wording(*words)


def not_asked(session: Session) -> frozenset[tuple[str, str]]:
    """Transcripts and themes, by their uids, of which nothing was asked.

    What went into another theme was asked with it from then on: where one of the two was not, what
    the interview does not say of both tells nothing, so that both were not.
    """
    merged = survivors(session)
    return frozenset(
        (transcript, merged.get(theme, theme)) for transcript, theme in _not_asked(session)
    )


def not_asked_under(session: Session, transcript: str, theme: str) -> list[str]:
    """The themes under which it is stored that an interview was not asked about this one."""
    merged = survivors(session)
    return sorted(
        stored
        for uid, stored in _not_asked(session)
        if uid == transcript and merged.get(stored, stored) == theme
    )


def _not_asked(session: Session) -> list[tuple[str, str]]:
    return [
        (transcript, theme)
        for transcript, theme in session.rows(
            "SELECT t.uid, c.uid FROM not_asked n JOIN transcript t ON t.id = n.transcript_id"
            " JOIN code c ON c.id = n.code_id WHERE n.live = 1"
        )
    ]

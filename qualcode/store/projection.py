"""Rows from events: the newest event of a record sets its row, an older one never does.

The same code serves an act that was just written, a rebuild from the whole log, and events that
arrive late and out of order from another copy. What a row refers to and has not arrived yet
stands as a stub, so foreign keys hold all the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, count, repeat
from typing import Any, Final, NamedTuple

from qualcode.store import log
from qualcode.store.engine import Row, Session
from qualcode.store.fold import (
    ALONE,
    ERASE,
    WORDS_IN_KEY,
    Event,
    blanked,
    event_of,
    reading,
)
from qualcode.store.kinds import (
    CODING,
    KINDS,
    STAR,
    VERSION,
    Body,
    Field,
    Key,
    Kind,
    body_of,
    canonical,
    canonical_key,
    key_of,
)
from qualcode.store.tables import STUB
from qualcode.store.uids import forget, local_ids

_SEGMENT: Final = ("version_id", "start_cp", "end_cp")
_UNTIMED: Final = ("version_id", "n", "start_cp", "end_cp", "speaker")
_TURN: Final = (*_UNTIMED, "start_ms", "end_ms")


class Change(NamedTuple):
    """What the event `ev` says of one record; a body of None takes it back."""

    ev: bytes
    key: Key
    body: Body | None


def apply(session: Session, events: Iterable[Event]) -> None:
    """Bring the tables up to date with events that the log holds.

    Any order and any repetition give the same rows. Kinds that this program does not know are
    left in the log for a newer one.
    """
    newest: dict[str, dict[str, Event]] = defaultdict(dict)
    # A late event of what is gone says nothing.
    for event in map(reading(erased_scopes(session)), events):
        if event.kind != ERASE:
            known = newest[event.kind].get(event.key)
            if known is None or event.id > known.id:
                newest[event.kind][event.key] = event
    for name, kind in KINDS.items():
        changes = [Change(e.id, key_of(e.key), body_of(e.body)) for e in newest[name].values()]
        set_rows(session, kind, changes)


def set_rows(session: Session, kind: Kind, changes: Sequence[Change]) -> None:
    """Set the rows of one kind's records, each named once, save where a newer event has."""
    if not changes:
        return
    keys = [change.key for change in changes]
    bodies = [change.body for change in changes]
    place = [_key_column(session, kind, at, keys) for at in range(len(kind.key))]
    if kind in (CODING, STAR):
        places = dict.fromkeys(zip(*place[:3], strict=True))
        session.insert("segment", _SEGMENT, places, otherwise="ON CONFLICT DO NOTHING")
    columns = (
        *([value] * len(changes) for value in kind.constant.values()),
        *place,
        *(_column(session, f, bodies) for f in kind.fields),
        [0 if body is None else 1 for body in bodies],
        [change.ev for change in changes],
    )
    rows = zip(*columns, strict=True)
    session.insert(kind.table.name, kind.columns, rows, otherwise=_otherwise(kind))
    if kind is VERSION:
        _replace_turns(session, changes)


def erased_scopes(session: Session) -> frozenset[str]:
    """The scopes whose words are gone for good."""
    return frozenset(scope for (scope,) in session.rows("SELECT scope FROM erased"))


def silent_scopes(session: Session) -> frozenset[str]:
    """The same without single events, of which there can be thousands, and which nobody adds to."""
    sql = f"SELECT scope FROM erased WHERE scope NOT LIKE '{ALONE}%'"
    return frozenset(scope for (scope,) in session.rows(sql))


def erase(session: Session, scopes: Iterable[str]) -> None:
    """Blank every event and row of the scopes, now and for events that arrive later."""
    given = list(scopes)
    for scope in given:
        session.run("INSERT INTO erased (scope) VALUES (?) ON CONFLICT DO NOTHING", (scope,))
    _blank_alone(session, [one for one in map(event_of, given) if one is not None])
    for scope in (one for one in given if event_of(one) is None):
        versions = session.rows(
            "SELECT body FROM event WHERE kind = ? AND scope = ? AND body IS NOT NULL",
            (VERSION.name, scope),
        )
        texts = {(body_of(body) or {}).get("text_sha256", "") for (body,) in versions}
        for kind in KINDS.values():
            _blank(session, kind, "IN (SELECT id FROM event WHERE scope = ?)", scope)
        _blank_events(session, scope)
        for sha256 in texts:
            _drop_text(session, sha256)
    blank = "SELECT id FROM version WHERE live = 0 AND transcript_id IS NULL"
    session.run(f"DELETE FROM turn WHERE version_id IN ({blank})")


def rebuild(session: Session) -> None:
    """Make every projected row anew from the log; the log and the texts stay."""
    for table in ("turn", "coding", "star", "segment", "erased"):
        session.run(f"DELETE FROM {table}")
    for kind in reversed(tuple(KINDS.values())):
        session.run(f"DELETE FROM {kind.table.name}")
    forget(session)
    events = list(log.read(session))
    erased = dict.fromkeys(event.key for event in events if event.kind == ERASE)
    session.many("INSERT INTO erased (scope) VALUES (?)", [(scope,) for scope in erased])
    apply(session, events)


def _key_column(session: Session, kind: Kind, at: int, keys: Sequence[Key]) -> list[Any]:
    parts = [key[at] for key in keys]
    if at not in kind.refers:
        return parts
    ids = local_ids(session, kind.refers[at], parts)
    return [ids[part] for part in parts]


def _column(session: Session, f: Field, bodies: Sequence[Body | None]) -> list[Any]:
    values = [f.default if body is None else body.get(f.name, f.default) for body in bodies]
    if f.refers is not None:
        ids = local_ids(session, f.refers, [value for value in values if value is not None])
        return [None if value is None else ids[value] for value in values]
    if f.json:
        return [None if value is None else canonical(value) for value in values]
    if isinstance(f.default, bool):
        return [int(value) for value in values]
    return values


@cache
def _otherwise(kind: Kind) -> str:
    """What happens to a record that has a row: the newer event sets it."""
    sets = ", ".join(f"{c} = excluded.{c}" for c in kind.columns if c not in kind.conflict)
    return (
        f"ON CONFLICT ({', '.join(kind.conflict)}) DO UPDATE SET {sets}"
        f" WHERE excluded.ev > {kind.table.name}.ev"
    )


def _replace_turns(session: Session, changes: Sequence[Change]) -> None:
    """Lay the turns of versions whose row these events set; a version is one row and its turns."""
    said = {change.key[0]: change for change in changes}
    rows = session.rows_in("SELECT id, uid, live, ev FROM version WHERE uid IN", list(said))
    bodies = {local: said[uid].body for local, uid, _, ev in rows if said[uid].ev == ev}
    gone = {uid: local for local, uid, live, ev in rows if not live and ev != STUB}
    bodies |= _words_kept(session, gone)
    session.many("DELETE FROM turn WHERE version_id = ?", [(local,) for local in bodies])
    timed: list[Iterable[Row]] = []
    untimed: list[Iterable[Row]] = []
    for local, body in bodies.items():
        if body is not None and body.get("turns"):
            *spoken, starts, ends = zip(*body["turns"], strict=True)
            if starts.count(None) == ends.count(None) == len(starts):
                untimed.append(zip(repeat(local), count(1), *spoken))
            else:
                timed.append(zip(repeat(local), count(1), *spoken, starts, ends))
    # Most transcripts have no times, and to leave them out takes three fifths of writing none.
    session.insert("turn", _UNTIMED, chain.from_iterable(untimed))
    session.insert("turn", _TURN, chain.from_iterable(timed))


def _words_kept(session: Session, gone: Mapping[str, int]) -> dict[int, Body]:
    """Set what was said last of versions (local ids by uid) that were taken back; returns that.

    In another copy somebody may have coded on one meanwhile, and what they say stays readable.
    """
    keys = {canonical_key((uid,)): local for uid, local in gone.items()}
    found: dict[int, Body] = {
        keys[key]: body
        for key, said in log.last_bodies(session, VERSION.name, list(keys)).items()
        if (body := body_of(said)) is not None
    }
    if found:
        sets = ", ".join(f"{f.column} = ?" for f in VERSION.fields)
        columns = [_column(session, f, list(found.values())) for f in VERSION.fields]
        rows = list(zip(*columns, found, strict=True))
        session.many(f"UPDATE version SET {sets} WHERE id = ?", rows)
    return found


def _blank_events(session: Session, scope: str) -> None:
    """Take the words out of the events of a scope, and out of their keys.

    What was told apart by a word is one record now, with one row.
    """
    session.run("UPDATE event SET body = NULL WHERE scope = ?", (scope,))
    for name in sorted(WORDS_IN_KEY):
        rows = session.rows(
            f"SELECT {', '.join(Event._fields)} FROM event"
            " WHERE scope = ? AND kind = ? ORDER BY id",
            (scope, name),
        )
        if not rows:
            continue
        kind, events = KINDS[name], [blanked(Event._make(row)) for row in rows]
        session.run(
            f"DELETE FROM {kind.table.name}"
            " WHERE ev IN (SELECT id FROM event WHERE scope = ? AND kind = ?)",
            (scope, name),
        )
        session.many("UPDATE event SET key = ? WHERE id = ?", [(e.key, e.id) for e in events])
        newest = {event.key: event for event in events}
        changes = [Change(event.id, key_of(event.key), None) for event in newest.values()]
        set_rows(session, kind, changes)


def _blank_alone(session: Session, ids: Sequence[bytes]) -> None:
    """Take the words out of single events, where they are here, and out of the rows they set."""
    found = session.rows_in(f"SELECT {', '.join(Event._fields)} FROM event WHERE id IN", ids)
    for event in sorted(map(Event._make, found), key=lambda one: one.id):
        anew = blanked(event)
        session.run("UPDATE event SET body = NULL, key = ? WHERE id = ?", (anew.key, anew.id))
        kind = KINDS.get(event.kind)
        if kind is None:
            continue
        if anew.key == event.key:
            _blank(session, kind, "= ?", event.id)
        else:
            session.run(f"DELETE FROM {kind.table.name} WHERE ev = ?", (event.id,))
            set_rows(session, kind, [Change(event.id, key_of(anew.key), None)])
            set_rows(session, kind, _newest(session, event.kind, event.key))


def _newest(session: Session, kind: str, key: str) -> list[Change]:
    """What was said last of one record, if anything was."""
    row = session.row(
        "SELECT id, body FROM event WHERE kind = ? AND key = ? ORDER BY id DESC LIMIT 1",
        (kind, key),
    )
    return [] if row is None else [Change(row[0], key_of(key), body_of(row[1]))]


def _blank(session: Session, kind: Kind, events: str, given: object) -> None:
    """Take the words out of the rows that these events set; they stay as tombstones.

    `events` is a condition on their ids, with one place for what is `given`.
    """
    sets = "".join(f"{f.column} = ?, " for f in kind.fields)
    defaults = [_column(session, f, [None])[0] for f in kind.fields]
    session.run(
        f"UPDATE {kind.table.name} SET {sets}live = 0 WHERE ev {events}", (*defaults, given)
    )


def _drop_text(session: Session, sha256: str) -> None:
    """Delete a text, unless a version outside the erased scopes has the same words."""
    used = f'%"text_sha256":"{sha256}"%'
    if session.row("SELECT 1 FROM event WHERE kind = ? AND body LIKE ?", (VERSION.name, used)):
        return
    session.run("DELETE FROM text WHERE sha256 = ?", (sha256,))

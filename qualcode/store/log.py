"""The event log as it lies in the store: append, read, seal.

The seal is a rolling SHA-256 over all rows in the order in which this store received them. A copy
of the file that lost or changed a byte of the log no longer matches it. It is local to one store:
two copies with the same events in another order have other seals and the same state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qualcode.store.engine import Row, Session
from qualcode.store.fold import Event
from qualcode.store.sayings import BrokenRowError

_COLUMNS: Final = ", ".join(Event._fields)
_SEAL_KEY: Final = "log_seal"
_READ_CHUNK: Final = 5_000
_TEXT_OR_NONE: Final = (str, type(None))
_ID_OR_NONE: Final = (bytes, type(None))
EMPTY_SEAL: Final = hashlib.sha256(b"qualcode log").hexdigest()


def newest_id(session: Session) -> bytes | None:
    """The latest id that this store has seen, or None."""
    row = session.row("SELECT id FROM event ORDER BY id DESC LIMIT 1")
    return None if row is None else row[0]


def append(session: Session, events: Sequence[Event]) -> None:
    """Write events that the log does not hold yet, and move the seal on."""
    session.insert("event", Event._fields, events)
    _set_seal(session, _sealed(stored_seal(session), events))


def unknown(session: Session, events: Iterable[Event]) -> list[Event]:
    """Those of the events that the log does not hold, each once, in the order of their ids."""
    by_id = {event.id: event for event in events}
    known = {row[0] for row in session.rows_in("SELECT id FROM event WHERE id IN", list(by_id))}
    return [by_id[one] for one in sorted(by_id) if one not in known]


def read(session: Session, *, after: int = 0) -> Iterator[Event]:
    """All events, or those after a number, in the order in which this store received them."""
    while True:
        rows = session.rows(
            f"SELECT seq, {_COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT {_READ_CHUNK}",
            (after,),
        )
        if not rows:
            return
        numbers = [row[0] for row in rows]
        if numbers != sorted(numbers) or numbers[0] <= after:
            raise BrokenRowError  # in a damaged tree the end of a range may lie before its start
        after = numbers[-1]
        yield from (_event(row[1:]) for row in rows)


def says_others(session: Session, *, after: int, kinds: Sequence[str]) -> bool:
    """True where an event that arrived after a number is of none of these kinds."""
    marks = ", ".join("?" * len(kinds))
    sql = f"SELECT 1 FROM event WHERE seq > ? AND kind NOT IN ({marks}) LIMIT 1"
    return session.row(sql, (after, *kinds)) is not None


def count(session: Session) -> int:
    """How many events the log holds."""
    return session.number("SELECT count(*) FROM event")


def of_act(session: Session, act: bytes) -> list[Event]:
    """The events of one act in the order in which they were written."""
    # An act is named by its first event, so all that is older need not be looked at.
    rows = session.rows(
        f"SELECT {_COLUMNS} FROM event WHERE id >= ? AND act = ? ORDER BY id", (act, act)
    )
    return [_event(row) for row in rows]


def bodies(session: Session, ids: Sequence[bytes]) -> dict[bytes, str | None]:
    """The bodies of some events by id."""
    return dict(session.rows_in("SELECT id, body FROM event WHERE id IN", ids))


def last_bodies(session: Session, kind: str, keys: Sequence[str]) -> dict[str, str]:
    """By key the newest body that was ever said of records of a kind, though they are gone now."""
    rows = session.rows_in(
        f"SELECT id, key, body FROM event WHERE kind = '{kind}' AND body IS NOT NULL AND key IN",
        keys,
    )
    return {key: body for _, key, body in sorted(rows, key=lambda row: row[0])}


def scope_of(session: Session, event: bytes) -> str | None:
    """With what an event would be erased."""
    row = session.row("SELECT scope FROM event WHERE id = ?", (event,))
    return None if row is None else row[0]


def places_of(session: Session, scope: str) -> list[tuple[str, str]]:
    """Kind and key of every record that was ever said within a scope."""
    rows = session.rows("SELECT DISTINCT kind, key FROM event WHERE scope = ?", (scope,))
    return [(kind, key) for kind, key in sorted(rows)]


def stored_seal(session: Session) -> str:
    """The seal as the store has it."""
    row = session.row("SELECT value FROM meta WHERE key = ?", (_SEAL_KEY,))
    return "" if row is None else str(row[0])


def computed_seal(session: Session) -> str:
    """The seal as the rows of the log say it should be."""
    return _sealed(EMPTY_SEAL, read(session))


def reseal(session: Session) -> None:
    """Set the seal anew, after an erasure that blanked bodies by intent."""
    _set_seal(session, computed_seal(session))


def _event(row: Row) -> Event:
    event = Event._make(row)
    whole = (
        isinstance(event.id, bytes)
        and isinstance(event.act, bytes)
        and isinstance(event.actor, str)
        and isinstance(event.verb, str)
        and isinstance(event.kind, str)
        and isinstance(event.key, str)
        and isinstance(event.body, _TEXT_OR_NONE)
        and isinstance(event.scope, _TEXT_OR_NONE)
        and isinstance(event.prev, _ID_OR_NONE)
        and isinstance(event.undoes, _ID_OR_NONE)
    )
    if not whole:
        raise BrokenRowError
    return event


def _set_seal(session: Session, seal: str) -> None:
    session.run("UPDATE meta SET value = ? WHERE key = ?", (seal, _SEAL_KEY))


def _sealed(seal: str, events: Iterable[Event]) -> str:
    try:
        digest = bytes.fromhex(seal)
    except ValueError as problem:
        raise BrokenRowError from problem
    for event in events:
        fields = (
            event.id.hex(),
            event.act.hex(),
            event.actor,
            event.verb,
            event.undoes.hex() if event.undoes else "",
            event.kind,
            event.key,
            "-" if event.scope is None else f"+{event.scope}",
            event.prev.hex() if event.prev else "",
            "-" if event.body is None else f"+{event.body}",
        )
        digest = hashlib.sha256(digest + "\x1e".join(fields).encode()).digest()
    return digest.hex()

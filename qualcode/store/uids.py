"""Uids and the local ids that stand for them in rows; a local id never leaves the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Table

from qualcode.store import tables
from qualcode.store.engine import Session
from qualcode.store.sayings import BrokenRowError


def known_ids(session: Session, table: Table, uids: Iterable[str]) -> Mapping[str, int]:
    """Local ids by uid, at least of those asked for that have a row."""
    known = session.local_ids.setdefault(table.name, {})
    missing = [uid for uid in dict.fromkeys(uids) if uid not in known]
    _look_up(session, table, missing)
    return known


def local_ids(session: Session, table: Table, uids: Iterable[str]) -> Mapping[str, int]:
    """Local ids by uid, of all that are asked for; a stub is made for each without a row."""
    wanted = dict.fromkeys(uids)
    known = known_ids(session, table, wanted)
    stubs = [uid for uid in wanted if uid not in known]
    if stubs:
        session.many(
            f"INSERT INTO {table.name} (uid, live, ev) VALUES (?, 0, ?)",
            [(uid, tables.STUB) for uid in stubs],
        )
        _look_up(session, table, stubs)
    return known


def uids_of(session: Session, table: Table, ids: Iterable[int]) -> Mapping[int, str]:
    """Uids by local id, of all that are asked for; raises BrokenRowError where a row is missing."""
    known = session.uids.setdefault(table.name, {})
    missing = [one for one in dict.fromkeys(ids) if one not in known]
    found = session.rows_in(f"SELECT id, uid FROM {table.name} WHERE id IN", missing)
    if len(found) != len(missing):
        raise BrokenRowError
    known.update(found)
    return known


def remember(session: Session, table: Table, uid: str, local: int) -> None:
    """Note what another query has found, so that it is not looked up again."""
    session.local_ids.setdefault(table.name, {})[uid] = local


def forget(session: Session) -> None:
    """Drop what was looked up, because the rows were deleted."""
    session.local_ids.clear()
    session.uids.clear()


def _look_up(session: Session, table: Table, uids: Sequence[str]) -> None:
    found = session.rows_in(f"SELECT uid, id FROM {table.name} WHERE uid IN", uids)
    session.local_ids[table.name].update(found)

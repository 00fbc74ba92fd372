"""What the tables say of records: rows turned back into keys and bodies.

An act asks for the few records that it may change; the doctor asks for all of them, in the form
in which the fold of the log says them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from qualcode.store import tables
from qualcode.store.engine import Row, Session
from qualcode.store.kinds import KINDS, VERSION, Field, Key, Kind, canonical, parsed
from qualcode.store.uids import known_ids, uids_of

_CHUNK = 500
"""Rows decoded at a time: a version comes with some hundred turns."""


class Standing(NamedTuple):
    """What a record is now: the event that set it, and its body, or None where it is gone."""

    ev: bytes
    body: dict[str, Any] | None


def current(session: Session, kind: Kind, keys: Sequence[Key]) -> dict[Key, Standing]:
    """What the tables say of some records now; those that were never named are left out."""
    wanted = _local_keys(session, kind, keys)
    if not wanted:
        return {}
    select = f"SELECT {', '.join(kind.columns)} FROM {kind.table.name}"
    at = len(kind.constant)
    to = at + len(kind.key)
    if not kind.key:
        rows = session.rows(select)
    elif len(wanted) == 1:
        where = " AND ".join(f"{column} = ?" for column in kind.key)
        rows = session.rows(f"{select} WHERE {where}", next(iter(wanted)))
    else:
        # One index range for each transcript or the like, and not one for each record.
        firsts = list(dict.fromkeys(key[0] for key in wanted))
        rows = session.rows_in(f"{select} WHERE {kind.key[0]} IN", firsts)
        rows = [row for row in rows if row[at:to] in wanted]
    return {
        wanted[row[at:to]]: standing
        for row, standing in zip(rows, _standings(session, kind, rows), strict=True)
        if standing.ev != tables.STUB
    }


def of_kind(session: Session, kind: Kind) -> Iterator[tuple[Key, Standing]]:
    """All records of a kind; stubs, of which no event was seen, are none."""
    rows = session.rows(f"SELECT {', '.join(kind.columns)} FROM {kind.table.name}")
    at = len(kind.constant)
    to = at + len(kind.key)
    for begin in range(0, len(rows), _CHUNK):
        part = rows[begin : begin + _CHUNK]
        uids = {
            position: uids_of(session, table, [row[at + position] for row in part])
            for position, table in kind.refers.items()
        }
        for row, standing in zip(part, _standings(session, kind, part), strict=True):
            if standing.ev != tables.STUB:
                local = row[at:to]
                yield (
                    tuple(uids[i][one] if i in uids else one for i, one in enumerate(local)),
                    standing,
                )


def everything(session: Session) -> dict[tuple[str, str], tuple[bytes, str | None]]:
    """All records as the tables say them, in the form in which the fold says them."""
    return {
        (name, canonical(key)): (ev, None if body is None else canonical(body))
        for name, kind in KINDS.items()
        for key, (ev, body) in of_kind(session, kind)
    }


def _local_keys(session: Session, kind: Kind, keys: Sequence[Key]) -> dict[Key, Key]:
    """Keys by what stands for them in rows; those that refer to something unknown are left out."""
    ids = {
        position: known_ids(session, table, [key[position] for key in keys])
        for position, table in kind.refers.items()
    }
    if not ids:
        return {key: key for key in keys}
    return {
        tuple(ids[i][part] if i in ids else part for i, part in enumerate(key)): key
        for key in keys
        if all(key[i] in known for i, known in ids.items())
    }


def _standings(session: Session, kind: Kind, rows: Sequence[Row]) -> list[Standing]:
    first = len(kind.constant) + len(kind.key)
    columns = list(zip(*rows, strict=True))[first:]
    if not columns:
        return []
    *fields, lives, evs = columns
    values = [
        (f.name, f.default, _values(session, f, column))
        for f, column in zip(kind.fields, fields, strict=True)
    ]
    standings = []
    for at, (live, ev) in enumerate(zip(lives, evs, strict=True)):
        body = None
        if live:
            body = {
                name: column[at]
                for name, default, column in values
                if column[at] is not None and column[at] != default
            }
        standings.append(Standing(ev, body))
    if kind is VERSION:
        _add_turns(session, rows, standings)
    return standings


def _values(session: Session, f: Field, column: Sequence[Any]) -> Sequence[Any]:
    """A column's values as a body has them."""
    if f.refers is not None:
        uids = uids_of(session, f.refers, [value for value in column if value is not None])
        return [None if value is None else uids[value] for value in column]
    if f.json:
        return [None if value is None else parsed(value) for value in column]
    if isinstance(f.default, bool):
        return [None if value is None else bool(value) for value in column]
    return column


def _add_turns(session: Session, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
    ids: dict[str, int] = dict(
        session.rows_in("SELECT uid, id FROM version WHERE uid IN", [row[0] for row in rows])
    )
    turns: dict[int, list[list[Any]]] = defaultdict(list)
    for version, _, *turn in sorted(
        session.rows_in(
            "SELECT version_id, n, start_cp, end_cp, speaker, start_ms, end_ms FROM turn"
            " WHERE version_id IN",
            list(ids.values()),
        ),
        key=lambda row: row[:2],
    ):
        turns[version].append(turn)
    for row, standing in zip(rows, standings, strict=True):
        if standing.body is not None and ids[row[0]] in turns:
            standing.body["turns"] = turns[ids[row[0]]]

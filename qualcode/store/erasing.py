"""Erasing for good: what was said of somebody leaves the log, the tables, the names and the disk.

A scope is the uid of a transcript or a participant's own. Its events stay as tombstones that say
when something was done and no longer what; the scope itself stays in the log, so that a copy which
still holds the words does not bring them back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from qualcode.store import kinds, log, readback
from qualcode.store.engine import Session
from qualcode.store.kinds import Key, Kind, Record
from qualcode.store.records import participant_scope
from qualcode.store.sayings import saying
from qualcode.store.store import Store


def erased_participants(session: Session) -> tuple[str, ...]:
    """The codes of those who were erased, in order."""
    prefix = participant_scope("")
    return tuple(
        sorted(
            scope.removeprefix(prefix)
            for (scope,) in session.rows("SELECT scope FROM erased")
            if scope.startswith(prefix)
        )
    )


def reworded(
    session: Session, anew: Callable[[Kind, str, str], str | None], *, without: Collection[str]
) -> list[Record]:
    """The records in which the team wrote, as `anew` says each of their words are to be.

    It is given the kind, the field and what stands there. Records of the scopes `without` are left
    out, and so are those in which nothing changes. A summary goes with its case: of a place that is
    called otherwise now, it is under that name.
    """
    found = []
    for kind, names in _WRITTEN.items():
        for key, standing in readback.of_kind(session, kind):
            if standing.body is None:
                continue
            said = {name: standing.body[name] for name in names if standing.body.get(name)}
            new = {name: anew(kind, name, words) for name, words in said.items()}
            new_key = _new_key(kind, key, anew)
            if new == said and new_key == key:
                continue
            scope = log.scope_of(session, standing.ev)
            if scope not in without:
                found += [Record(kind, key, None, scope)] if new_key != key else []
                found.append(Record(kind, new_key, {**standing.body, **new}, scope))
    return found


_WRITTEN: Final = {
    kinds.MEMO: ("body",),
    kinds.SUMMARY: ("words",),
    kinds.EDIT: ("shown",),
    kinds.PARTICIPANT: (
        "pseudonym",
        "role",
        "organisation",
        "place",
        "stakeholder",
        "consent_note",
    ),
    kinds.PARTICIPANT_ATTRIBUTE: ("value",),
    kinds.TRANSCRIPT: ("name", "recording"),
    kinds.TRANSCRIPT_ATTRIBUTE: ("value",),
}
"""The fields in which somebody may have named another, by kind."""

_WHO_IS_MEANT: Final = ("participant", "transcript")
"""Kinds of case that are known by a code or a uid, and not by a word."""


def _new_key(kind: Kind, key: Key, anew: Callable[[Kind, str, str], str | None]) -> Key:
    if kind is not kinds.SUMMARY or key[0] in _WHO_IS_MEANT:
        return key
    case_kind, case, *rest = key
    return case_kind, anew(kind, "case", case) or case, *rest


def holding(places: Iterable[Path], scopes: Iterable[str]) -> tuple[Path, ...]:
    """Those of some project files in which words of the scopes still stand.

    A file that cannot be looked into is taken for one that has them.
    """
    wanted = list(scopes)
    return tuple(place for place in places if _holds(place, wanted))


def _holds(place: Path, scopes: list[str]) -> bool:
    marks = ", ".join("?" * len(scopes))
    try:
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            sql = f"SELECT 1 FROM event WHERE body IS NOT NULL AND scope IN ({marks}) LIMIT 1"
            return raw.execute(sql, scopes).fetchone() is not None
    except sqlite3.Error:
        return True


def scrub(store: Store) -> None:
    """Write the project and its names anew, so that no page of the files holds what was deleted.

    It needs as much room again as the project has, and nobody else in it for that moment.
    """
    with saying(store.where), closing(store.engine.raw_connection()) as connection:
        if store.path is None:
            driver: Any = connection.driver_connection
            driver.rollback()
            driver.autocommit = True
            try:
                driver.execute("VACUUM FULL")
            finally:
                driver.autocommit = False  # else what follows on this connection is no transaction
            return
        cursor = connection.cursor()
        attached = cursor.execute("PRAGMA database_list").fetchall()
        for _, name, _ in attached:
            if name in ("main", "identity"):
                cursor.execute(f"VACUUM {name}")
        cursor.close()

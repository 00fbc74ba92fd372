"""Erasing for good: what was said of somebody leaves the log, the tables, the names and the disk.

A scope is the uid of a transcript or a participant's own. Its events stay as tombstones that say
when something was done and no longer what; the scope itself stays in the log, so that a copy which
still holds the words does not bring them back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from qualcode.store.engine import Session
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
            driver.execute("VACUUM FULL")
            driver.autocommit = False
            return
        cursor = connection.cursor()
        attached = cursor.execute("PRAGMA database_list").fetchall()
        for _, name, _ in attached:
            if name in ("main", "identity"):
                cursor.execute(f"VACUUM {name}")
        cursor.close()

"""A verified copy of a project: made by SQLite, checked, and only then given its name.

The identities are not in it: who keeps backups is not for that reason among those who may know the
names. Never copy the file of an open project by hand where this can be had.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.store import checks, engine, log, queries, tables
from qualcode.store.files import appearing
from qualcode.store.sayings import saying
from qualcode.store.store import Store

SUFFIX: Final = ".backup"
AUTOMATIC_SUFFIX: Final = ".auto-backup"
"""Of those that the program makes by itself, before it upgrades or mends."""

_HEAD_BYTES, _APPLICATION_ID_AT = 100, 68
"""SQLite's header, and where in it the number of the program stands that the file is of."""

KEPT: Final = 3
"""How many automatic backups of a project are kept; those made by hand are never deleted."""


def back_up(store: Store, target: Path | None = None, *, at: datetime) -> Path:
    """A verified copy at `target`, in that folder, or beside the project; returns where it lies.

    A new file's name has a suffix; without one it is taken for a folder that is not there, and
    OutputError is raised. Raises FileExistsAlreadyError rather than replace anything,
    StoreDamagedError where the project is not whole, and BackupByServerError where it is no file.
    """
    project = _file_of(store)
    place = target or timestamped(project, at)
    if place.is_dir():
        place /= timestamped(project, at).name
    elif not place.suffix:
        # More likely a folder, or a stick that is not in, than the name of a file.
        raise errors.OutputError(where=str(place), why="there is no such folder")
    _copy(store, place, with_texts=True)
    return place


def automatic(store: Store, *, at: datetime) -> Path:
    """A verified copy beside the project before the program changes it; the last three are kept."""
    project = _file_of(store)
    first = timestamped(project, at, suffix=AUTOMATIC_SUFFIX)
    place, number = first, 1
    while place.exists():
        number += 1
        place = first.with_name(f"{first.stem}-{number}{AUTOMATIC_SUFFIX}")
    _copy(store, place, with_texts=False)
    made = sorted(
        project.parent.glob(f"{_literal(project.name)}.*{AUTOMATIC_SUFFIX}"),
        key=lambda path: (path.stat().st_mtime_ns, path.name),
    )
    for old in made[:-KEPT]:
        old.unlink(missing_ok=True)
    return place


def timestamped(project: Path, at: datetime, *, suffix: str = SUFFIX) -> Path:
    """`study.qualcode.20260812T101500Z.backup`: not a project's name, so none is found twice."""
    return project.with_name(f"{project.name}.{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{suffix}")


def beside(project: Path) -> list[Path]:
    """The backups of a project that lie beside it, the oldest first."""
    found = [
        path
        for suffix in (SUFFIX, AUTOMATIC_SUFFIX)
        for path in project.parent.glob(f"{_literal(project.name)}*{suffix}")
    ]
    return sorted(found, key=lambda path: path.name)


def copies_among(store: Store, files: Iterable[Path]) -> list[Path]:
    """Those of some files that are this very project once more, whatever they are called."""
    if store.path is None:
        return []
    with store.reading() as session:
        uid = queries.project(session).uid
    own = store.path.resolve()
    # SQLite's locks on them are lost when the same program opens and closes them by itself.
    locked = {own.with_name(f"{own.name}{end}") for end in ("", "-wal", "-shm", "-journal")}
    return [
        path
        for path in files
        if path.resolve() not in locked
        and not path.samefile(own)
        and _is_project(path)
        and _uid_in(path) == uid
    ]


def _is_project(path: Path) -> bool:
    """True for a file that SQLite wrote for us: a number of ours stands at its place."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    number = int.from_bytes(head[_APPLICATION_ID_AT : _APPLICATION_ID_AT + 4], "big")
    return head.startswith(b"SQLite format 3\0") and number == tables.APPLICATION_ID


def _uid_in(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            row = raw.execute("SELECT uid FROM project").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def _copy(store: Store, place: Path, *, with_texts: bool) -> None:
    with saying(store.where), store.apart() as raw, appearing(place) as draft:
        with engine.reading(raw, where=store.where) as session:
            least = log.count(session)
        shutil.copymode(_file_of(store), draft)
        with closing(raw.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(draft.absolute()),))
        _verify(draft, least=least, where=store.where, with_texts=with_texts)


def _verify(copy: Path, *, least: int, where: str, with_texts: bool) -> None:
    raw = engine.sqlite_engine(copy)
    try:
        with engine.reading(raw, where=where) as session:
            whole = (
                not checks.damaged_places(session)
                and log.count(session) >= least
                and log.stored_seal(session) == log.computed_seal(session)
                and not (with_texts and checks.altered_texts(session))
            )
    finally:
        raw.dispose()
    if not whole:
        raise errors.StoreDamagedError(where=where)


def _file_of(store: Store) -> Path:
    if store.path is None:
        raise errors.BackupByServerError(where=store.where)
    return store.path


def _literal(name: str) -> str:
    """A file name in which no sign has a meaning for `glob`."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)

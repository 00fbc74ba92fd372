"""Bringing an older store to the shape of this program: with a way back, or not at all.

A file is locked, copied aside and checked, then changed in the transaction that holds the lock: a
program that is killed on the way leaves the old version. There is no way down but the backup. A
database on a server is changed only when somebody asks for it, because its backup is not ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.shipped import alembic_folder
from qualcode.store import backup, checks, clock, engine, log, projection
from qualcode.store.engine import Session
from qualcode.store.store import Store, stored_version

_SOURCES: Final = ("event", "text", "erased")
"""The tables that nothing can rebuild: an upgrade leaves every row of theirs."""


def newest_version(folder: Path | None = None) -> int:
    """The store version that the newest revision leads to."""
    from alembic.script import ScriptDirectory  # 0.1 s with Alembic; never on the normal path

    head = ScriptDirectory(str(folder or alembic_folder())).get_current_head()
    return int(head or 0)


def upgrade_file(store: Store, *, folder: Path | None = None) -> Path | None:
    """Upgrade a project file; returns the backup made before, or None where nothing was to do.

    Raises StoreLockedError while another program writes, StoreDamagedError where no whole copy can
    be made, and UpgradeFailedError where the steps would not have kept everything.
    """
    assert store.path is not None
    target = newest_version(folder)
    # Rebuilding a table that others refer to would empty those: keys are checked at the end.
    raw = engine.sqlite_engine(store.path, foreign_keys=False, lock_wait_ms=store.lock_wait_ms)
    try:
        with engine.writing(raw, where=store.where) as session:
            version = session.number("PRAGMA user_version")
            if version >= target:
                return None  # another process was quicker
            # Another connection reads while this one holds the lock, so nobody writes meanwhile.
            kept = backup.automatic(store, at=_last_moment(session))
            _migrate(session, version, target, folder or alembic_folder())
            if session.rows("PRAGMA foreign_key_check"):
                raise errors.UpgradeFailedError(where=store.where, lost="what records refer to")
            session.run(f"PRAGMA user_version={target}")
        return kept
    finally:
        raw.dispose()


def upgrade_url(store: Store, *, folder: Path | None = None) -> bool:
    """Upgrade a database that somebody has backed up; returns whether there was anything to do."""
    target = newest_version(folder)
    with engine.writing(store.engine, where=store.where) as session:
        version = stored_version(session)
        if version is None:
            raise errors.StoreMissingError(where=store.where)
        if version >= target:
            return False
        _migrate(session, version, target, folder or alembic_folder())
    return True


@dataclass(frozen=True, slots=True)
class _Sources:
    """What an upgrade must not change: the seal of the log, the texts, the rows of each source."""

    seal: str
    altered_texts: int
    rows: tuple[int, ...]


def _migrate(session: Session, version: int, target: int, folder: Path) -> None:
    before = _sources(session)
    _run(session, version, folder)
    if _sources(session) != before:
        raise errors.UpgradeFailedError(where=session.where, lost="every change and every text")
    projection.rebuild(session)  # whatever the steps did to it, it is what the log says
    session.run("UPDATE meta SET value = ? WHERE key = 'store_version'", (str(target),))


def _run(session: Session, version: int, folder: Path) -> None:
    # Alembic costs 0.1 s; it is needed only where a store is older than the program.
    from alembic.config import Config

    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=session.connection, version=version)
    command.upgrade(config, "head")


def _sources(session: Session) -> _Sources:
    rows = tuple(session.number(f"SELECT count(*) FROM {table}") for table in _SOURCES)
    return _Sources(log.computed_seal(session), checks.altered_texts(session), rows)


def _last_moment(session: Session) -> datetime:
    """When the last act was done: what the backup is up to, and the same on every machine."""
    newest = log.newest_id(session)
    return datetime.fromtimestamp(0, UTC) if newest is None else clock.moment_of(newest)

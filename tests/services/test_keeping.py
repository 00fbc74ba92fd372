"""When a project was copied last, as the folder shows it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.study import tick

from qualcode.services import keeping
from qualcode.store.store import Store

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def beside(store: Store, name: str) -> Path:
    """A path whose name begins as the project's does."""
    assert store.path is not None
    return store.path.with_name(f"{store.path.name}.{name}")


def made(path: Path, *, ago_s: int) -> Path:
    path.touch()
    os.utime(path, (NOW.timestamp() - ago_s, NOW.timestamp() - ago_s))
    return path


def test_the_newest_copy_beside_the_project_counts(store: Store) -> None:
    assert store.path is not None
    assert keeping.last_backup(store) is None

    made(beside(store, "20260101T000000Z.backup"), ago_s=100)
    made(beside(store, "20260102T000000Z.auto-backup"), ago_s=50)
    made(beside(store, "notes.txt"), ago_s=1)
    made(store.path.with_name("other.qualcode.20260301T000000Z.backup"), ago_s=2)

    assert keeping.last_backup(store) == NOW - timedelta(seconds=50)


def test_a_copy_that_was_just_made_is_found(store: Store) -> None:
    copy = made(keeping.back_up(store, None, at=tick()), ago_s=7)

    assert beside(store, "").name.rstrip(".") in copy.name
    assert keeping.last_backup(store) == NOW - timedelta(seconds=7)


def test_what_cannot_be_looked_at_is_passed_over(store: Store) -> None:
    beside(store, "1.backup").symlink_to("gone")
    assert keeping.last_backup(store) is None

    made(beside(store, "2.backup"), ago_s=9)
    assert keeping.last_backup(store) == NOW - timedelta(seconds=9)

"""Keeping the store well: check it, mend it, copy it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from qualcode.model.examination import Examination, Mending
from qualcode.store import backup, doctor
from qualcode.store.store import Store


def examine(store: Store) -> Examination:
    """Everything that can be found out about the health of a store; changes nothing."""
    return doctor.examine(store)


def mend(store: Store, *, at: datetime) -> Mending:
    """Rebuild what can be rebuilt from the log, after a verified copy; what is left is said."""
    return doctor.mend(store, at=at)


def last_backup(store: Store) -> datetime | None:
    """When the newest copy beside a project was made.

    None where there is none, none that can be looked at, or no file that one could stand beside.
    """
    project = store.path
    if project is None:
        return None
    try:
        found = [path for path in project.parent.iterdir() if _is_copy(path, project)]
    except OSError:  # the folder may be entered, but not listed
        return None
    made = [at for at in map(_made, found) if at is not None]
    return max(made, default=None)


def _is_copy(path: Path, project: Path) -> bool:
    suffixes = (backup.SUFFIX, backup.AUTOMATIC_SUFFIX)
    return path.name.startswith(f"{project.name}.") and path.name.endswith(suffixes)


def _made(path: Path) -> datetime | None:
    """When a file was written, None for a link that leads nowhere and for what may not be seen."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, ValueError, OverflowError):  # or a time that no calendar holds
        return None


def back_up(store: Store, target: Path | None, *, at: datetime) -> Path:
    """A verified copy of the project, without the identities; returns where it lies."""
    return backup.back_up(store, target, at=at)

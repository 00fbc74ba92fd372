"""Keeping the store well: check it, mend it, copy it."""

from __future__ import annotations

from datetime import datetime
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


def back_up(store: Store, target: Path | None, *, at: datetime) -> Path:
    """A verified copy of the project, without the identities; returns where it lies."""
    return backup.back_up(store, target, at=at)

"""What has left the project: files and streams, when, by whom, and who is cited in them."""

from __future__ import annotations

from qualcode.model.consent import Export
from qualcode.store import leaving
from qualcode.store.store import Store


def list_exports(store: Store) -> tuple[Export, ...]:
    """All that is known to have left, oldest first; no word of it is kept."""
    with store.reading() as session:
        return tuple(leaving.exports(session))

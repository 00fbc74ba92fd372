"""The summary of P01 on funding: written, and what is said of it."""

from __future__ import annotations

from services.study import BY, tick

from qualcode.services.summaries import acts as service
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.store.store import Store


def put(store: Store, text: str, by: str = BY) -> None:
    service.write_summary(store, "P01", "funding", text, by=by, at=tick())


def shown(store: Store) -> ShownSummary:
    return service.show_summary(store, "P01", "funding")


def said(store: Store) -> tuple[str, list[tuple[str, str]]]:
    found = shown(store)
    return found.text, [(one.author, one.text) for one in found.others]

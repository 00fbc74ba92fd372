"""What a session says and holds, and what it asked of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa

from qualcode.model.coding import Coding
from qualcode.model.spans import Span
from qualcode.services.work.coding_session import CodingSession
from qualcode.store.store import Store

ANSWERS = ("We got a grant once.", "We hold raffles now.", "Nobody pays us.", "The hall is cold.")


def words(session: CodingSession, said: str) -> Span:
    """Where words stand first."""
    start = session.text.text.index(said)
    return Span(start, start + len(said))


def stored(store: Store, coder: str = "Amina") -> CodingSession:
    """What somebody who opens P01 now finds there."""
    return CodingSession.open(store, "P01", coder=coder)


def laid(codings: Sequence[Coding]) -> list[tuple[str, int, int, bool]]:
    """Codings in short."""
    return [(c.code, c.segment.start, c.segment.end, c.doubt) for c in codings]


class Asked:
    """The statements that a store's connections ran, and how many steps SQLite took for them."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.steps = 0

    def step(self) -> int:
        """Called by SQLite at each of its own instructions."""
        self.steps += 1
        return 0


@contextmanager
def listening(store: Store) -> Iterator[Asked]:
    """What is asked of the database meanwhile."""
    asked = Asked()

    def listen(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(asked.statements.append)
        connection.set_progress_handler(asked.step, 1)

    store.close()  # only new connections are heard
    sa.event.listen(store.engine, "connect", listen)
    try:
        with store.reading():
            pass
        asked.statements.clear()
        asked.steps = 0
        yield asked
    finally:
        sa.event.remove(store.engine, "connect", listen)
        store.close()

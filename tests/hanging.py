"""A guard against work that does not end; how long it takes is measured in bench/, not here."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT_S = 10
"""What no file may take longer than, on any machine."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Fail where the work in it goes on for more than `LIMIT_S` seconds."""

    def fail(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"it went on for more than {LIMIT_S} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

"""A guard against work that does not end; how long it takes is measured in bench/, not here."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LIMIT_S = 10
"""What no file may take longer than; of the processor's time, for a machine may be busy."""


@contextmanager
def no_hang() -> Iterator[None]:
    """Fail where the work in it goes on for more than `LIMIT_S` seconds of the processor.

    Where it waits for what never comes, after six times as long by the clock.
    """

    def fail(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"it went on for more than {LIMIT_S} seconds")

    before = [signal.signal(one, fail) for one in (signal.SIGPROF, signal.SIGALRM)]
    signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
    signal.alarm(6 * LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        signal.signal(signal.SIGPROF, before[0])
        signal.signal(signal.SIGALRM, before[1])

"""What a piece of work costs: processor time, and memory at its highest."""

from __future__ import annotations

import gc
import time
import tracemalloc
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable


def least_cpu(act: Callable[[], object], *, runs: int) -> float:
    """Seconds, the least of a few runs: what disturbs only ever adds."""
    spent = []
    for _ in range(runs):
        gc.collect()
        before = time.process_time()
        act()
        spent.append(time.process_time() - before)
    return min(spent)


def most_memory(write: Callable[[BinaryIO], object]) -> int:
    """Bytes that a writer holds at its highest, without what it has written."""
    gc.collect()
    tracemalloc.start()
    write(_Nowhere())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


class _Nowhere(BytesIO):
    """Forgets what it is given, so that only the writer's own memory is counted."""

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]

"""A terminal with a person before it: what the program shows there, and what it is answered."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from cli.study import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PATIENCE_S = 60


def see(
    words: list[str],
    folder: Path,
    home: Path,
    *,
    answers: str = "",
    replies: Sequence[tuple[str, str]] = (),
    at_sight: Callable[[bytes, int], None] | None = None,
    data_too: bool = False,
) -> tuple[int, str]:
    """Exit code, and what stands on the terminal where questions and bars are shown.

    With `data_too` stdout is the terminal as well; else it goes nowhere. `replies` are typed one
    after the other when their question stands there: what is typed before a secret is asked for
    is thrown away.
    `at_sight` is called with all that was seen so far and the process's id, whenever more is.
    """
    import pty  # not on Windows, where the tests that come here are skipped

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "qualcode", *words],
        cwd=folder,
        env=environment(home, TERM="xterm"),
        stdin=follower,
        stdout=follower if data_too else subprocess.DEVNULL,
        stderr=follower,
    )
    os.close(follower)
    os.write(leader, answers.encode())
    seen = b""
    waiting = list(replies)
    answered = 0
    limit = time.monotonic() + PATIENCE_S
    while time.monotonic() < limit:
        try:
            piece = os.read(leader, 4096)
        except OSError:  # Linux: the other side was closed
            break
        if not piece:
            break
        seen += piece
        if waiting and waiting[0][0].encode() in seen[answered:]:
            answered = len(seen)
            os.write(leader, waiting.pop(0)[1].encode())
        if at_sight is not None:
            at_sight(seen, process.pid)
    os.close(leader)
    return process.wait(timeout=PATIENCE_S), seen.decode()

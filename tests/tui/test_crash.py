"""A terminal with the real program in it, killed right after an act: what was kept is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.study import environment
from services.areas import Person, study
from services.study import BY
from tui.coded import coding, line, new_interview, stored
from tui.driving import in_the_app, pressed

from qualcode.services.summaries.sheet import read_sheet
from qualcode.store.store import open_store
from qualcode.tui.own.surroundings import Surroundings

pytest.importorskip("pty", reason="terminals of this kind are not on Windows")

PATIENCE_S = 60
FIRST = "The council paid half of it."


class Terminal:
    """A process on a pseudo-terminal of 80 by 24: what it shows can be waited for."""

    def __init__(self, words: list[str], folder: Path, home: Path) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "qualcode", *words],
            cwd=folder,
            env=environment(home, TERM="xterm-256color"),
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
        )
        os.close(follower)
        self._seen = b""

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._leader, keys.encode())

    def wait_until(self, holds: Callable[[str], bool]) -> None:
        """Read on until what was shown holds something."""
        limit = time.monotonic() + PATIENCE_S
        while not holds(self._seen.decode(errors="replace")):
            assert time.monotonic() < limit, "it never came"
            self._seen += os.read(self._leader, 65536)

    def kill(self) -> None:
        """End it as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE_S)
        os.close(self._leader)


@in_the_app
async def test_a_tag_is_there_after_the_program_was_killed(
    surroundings: Surroundings, tmp_path: Path
) -> None:
    new_interview(surroundings.folder).close()
    terminal = Terminal(["--coder", BY, "code", "P07"], surroundings.folder, tmp_path / "home")
    try:
        terminal.wait_until(lambda seen: "sentence" in seen)
        terminal.press("jf1")
        terminal.wait_until(lambda seen: "1 coding" in seen)
    finally:
        terminal.kill()
    with open_store(str(surroundings.folder / "study.qualcode")) as store:
        assert stored(store) == [("grant-aid", FIRST, BY)]
        async with coding(store, surroundings) as pilot:
            await pressed(pilot, "u")
            assert "undone: tag Grant aid" in line(pilot.app, "status")
        assert stored(store) == []


@in_the_app
async def test_a_summary_is_there_as_far_as_it_was_kept_after_the_program_was_killed(
    surroundings: Surroundings, tmp_path: Path
) -> None:
    study(surroundings.folder, [Person("Ashmere", "g")]).close()
    words = ["--coder", BY, "summaries", "write", "P01", "funding"]
    terminal = Terminal(words, surroundings.folder, tmp_path / "home")
    try:
        terminal.wait_until(lambda seen: "A grant came." in seen)
        terminal.press("\rOne grant.")
        terminal.wait_until(lambda seen: "Kept" in seen)
    finally:
        terminal.kill()
    with open_store(str(surroundings.folder / "study.qualcode")) as store:
        summary = read_sheet(store).cells["P01", "funding"].summary
        assert summary is not None
        assert (summary.text, summary.author) == ("One grant.", BY)

"""Playing a passage of the recording in a program that is installed: mpv, ffplay or VLC.

Which is there, how each is told from when to when, and one process at a time. A player gets the
path of the recording and two times, never a word or a name; none opens a window or a connection.
Nothing here is needed to code: what is missing is a sentence.
"""

from __future__ import annotations

import atexit
import contextlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.services.places import PlacedText

_PATIENCE_S: Final = 1.0
"""How long a player may take to end; it has nothing to save."""


# -- the players ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Program:
    """An installed player: what it is called, and where it lies."""

    name: str
    path: str


def command_line(program: Program, recording: Path, start_ms: int, end_ms: int | None) -> list[str]:
    """The words that make a player play from one moment to another, or to the end, and leave."""
    return [program.path, *_ARGUMENTS[program.name](str(recording), start_ms, end_ms)]


def installed_players() -> tuple[Program, ...]:
    """The players that are there, the most fitting first."""
    found = ((name, shutil.which(name)) for name in _ARGUMENTS)
    return tuple(Program(name, path) for name, path in found if path is not None)


def find_player(chosen: str = "") -> Program:
    """The player that a person chose by its name, else the first that is there.

    Raises PlayerMissingError.
    """
    for program in installed_players():
        if chosen in ("", program.name):
            return program
    raise errors.PlayerMissingError(known=[chosen] if chosen else list(_ARGUMENTS))


def _mpv(recording: str, start_ms: int, end_ms: int | None) -> list[str]:
    end = [] if end_ms is None else [f"--end={_seconds(end_ms)}"]
    quiet = ["--no-config", "--no-terminal", "--no-video", "--no-ytdl", "--load-scripts=no"]
    return [*quiet, f"--start={_seconds(start_ms)}", *end, "--", recording]


def _ffplay(recording: str, start_ms: int, end_ms: int | None) -> list[str]:
    # It wants to know how long, where the others want to know until when.
    length = [] if end_ms is None else ["-t", _seconds(end_ms - start_ms)]
    quiet = ["-nodisp", "-vn", "-autoexit", "-nostats", "-loglevel", "quiet"]
    only_files = ["-protocol_whitelist", "file"]
    return [*quiet, *only_files, "-ss", _seconds(start_ms), *length, "-i", recording]


def _vlc(recording: str, start_ms: int, end_ms: int | None) -> list[str]:
    end = [] if end_ms is None else [f"--stop-time={_seconds(end_ms)}"]
    quiet = ["--intf=dummy", "--quiet", "--no-video", "--play-and-exit", "--no-one-instance"]
    alone = ["--no-metadata-network-access"]
    return [*quiet, *alone, f"--start-time={_seconds(start_ms)}", *end, recording]


_ARGUMENTS: Final[dict[str, Callable[[str, int, int | None], list[str]]]] = {
    "mpv": _mpv,
    "ffplay": _ffplay,
    "cvlc": _vlc,
    "vlc": _vlc,
}


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}"


# -- what to play ---------------------------------------------------------------------------------


def turn_times(text: PlacedText, offset: int) -> tuple[int, int | None]:
    """From when to when the turn at an offset is said, in milliseconds of the recording.

    The end is None where nothing says it. Raises NoTimeError where the beginning is not known.
    """
    turn = text.turn_at(offset)
    start_ms = None if turn is None else text.ms_at(turn.start)
    if turn is None or start_ms is None:
        raise errors.NoTimeError(where=text.locator(offset))
    later = (turn.end_ms, *(other.start_ms for other in text.turns[turn.n : turn.n + 1]))
    end_ms = next((at for at in later if at is not None and at > start_ms), None)
    return start_ms, end_ms


# -- one process at a time ------------------------------------------------------------------------


class Player:
    """Plays one passage at a time; what plays ends with `stop` and with the program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def playing(self) -> bool:
        """True while something is heard."""
        return self._process is not None and self._process.poll() is None

    @property
    def failed(self) -> bool:
        """True where the player went away by itself and was not content."""
        return self._process is not None and bool(self._process.poll())

    def play(self, recording: Path, start_ms: int, end_ms: int | None = None) -> None:
        """Play from one moment to another, or to the end; what plays already is stopped.

        Raises PlayerFailedError.
        """
        self.stop()
        try:
            self._process = subprocess.Popen(
                command_line(self.program, recording, start_ms, end_ms),
                stdin=subprocess.DEVNULL,  # the keys belong to the screen
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            raise errors.PlayerFailedError(self.program.name) from None
        atexit.register(self.stop)

    def stop(self) -> bool:
        """End what plays; False where nothing did."""
        process, self._process = self._process, None
        atexit.unregister(self.stop)
        if process is None:
            return False
        was_playing = process.poll() is None
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE_S)
        if process.poll() is None:
            process.kill()
            process.wait()
        return was_playing

"""The recording, for somebody who codes in lines: a turn is played, and a second word stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import PlayerFailedError
from qualcode.services.intake.recordings import find_recording
from qualcode.tui import playing
from qualcode.tui.own import settings

if TYPE_CHECKING:
    from qualcode.services.work.coding_session import CodingSession
    from qualcode.tui.own.surroundings import Surroundings


class Playback:
    """What plays now; `player` is None until something was played."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self.player: playing.Player | None = None

    def play(self, session: CodingSession, offset: int) -> str:
        """Play the turn there, or stop what plays; returns what is done. Raises PlayingErrors."""
        if self.player is not None and self.player.stop():
            return "stopped"
        start_ms, end_ms = playing.turn_times(session.text, offset)
        recording = find_recording(
            session.record.recording, self._surroundings.folder, where=session.name
        )
        if self.player is None:
            chosen, _ = settings.load(self._surroundings.config)
            self.player = playing.Player(playing.find_player(chosen.player))
        self.player.play(recording, start_ms, end_ms)
        return f"playing with {self.player.program.name}"

    def trouble(self) -> str:
        """Where the player went away without having played, a sentence on it; else ""."""
        if self.player is None or not self.player.failed:
            return ""
        self.player.stop()
        return str(PlayerFailedError(self.player.program.name))

    def stop(self) -> None:
        """End what plays."""
        if self.player is not None:
            self.player.stop()

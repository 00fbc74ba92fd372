"""What reaches beyond the screen: words onto the clipboard, and the recording played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import PlayerFailedError, QualcodeError
from qualcode.text.counting import counted
from qualcode.text.words import count_words
from qualcode.tui.widgets.which_key import Choice

if TYPE_CHECKING:
    from qualcode.tui.playing import Player
    from qualcode.tui.screens.coding.screen import CodingScreen


class Beyond:
    """The clipboard and the player of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self.player: Player | None = None

    def copy(self) -> None:
        """Copy the selected words as they may be cited, unless consent or the setting forbids."""
        from qualcode.services.retrieval.citing import cite

        screen, session, span = self._screen, self._screen.session, self._screen.moves.cursor
        if span is None:
            screen.say("There are no words here to copy.", error=True)
            return
        try:
            citation = cite(session.store, session.record, session.text, span)
        except QualcodeError as problem:
            screen.say(str(problem), error=True)
            return
        refused = screen.app.copy_words(str(citation))
        copied = f"copied ({counted(count_words(citation.text), 'word')})"
        screen.say(refused or copied, error=bool(refused))

    def play(self) -> None:
        """Play the turn under the cursor, or stop what plays."""
        from qualcode.services.intake.recordings import find_recording
        from qualcode.tui.playing import Player, find_player, installed_players, turn_times

        if self.player is not None and self.player.stop():
            self._screen.say("stopped")
            return
        app, session, span = self._screen.app, self._screen.session, self._screen.moves.cursor
        offset = 0 if span is None else span.start
        try:
            path = find_recording(
                session.record.recording, app.surroundings.folder, where=session.name
            )
            start_ms, end_ms = turn_times(session.text, offset)
            installed = [] if app.settings.player else [one.name for one in installed_players()]
            if len(installed) > 1:
                choices = [Choice("", name, name) for name in installed]
                self._screen.asking.menu("Play recordings with", choices, self._play_with)
                return
            self.player = Player(find_player(app.settings.player))
            self.player.play(path, start_ms, end_ms)
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._screen.say(f"playing {session.text.locator(offset)}: the same key stops it")

    def _play_with(self, name: str) -> None:
        """Play, now and from now on, with the program that was chosen."""
        problem = self._screen.app.choose_setting("player", name)
        self.play()
        if problem is not None:
            self._screen.say(problem, error=True)

    def look(self) -> None:
        """Say so where the player went away without having played."""
        if self.player is not None and self.player.failed:
            self.player.stop()
            self._screen.say(str(PlayerFailedError(self.player.program.name)), error=True)

    def stop(self) -> None:
        """End what plays."""
        if self.player is not None:
            self.player.stop()

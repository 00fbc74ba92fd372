"""What reaches beyond the screen: words onto the clipboard, and the recording played."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.text.words import count_words

if TYPE_CHECKING:
    from qualcode.tui.playing import Player
    from qualcode.tui.screens.coding import CodingScreen

COPY_LIMIT_BYTES = 70_000
"""Terminals take no longer clipboard message than about this."""


class Outside:
    """The clipboard and the player of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._player: Player | None = None

    def copy(self) -> None:
        """Copy the selected words as they may be cited, unless consent or the setting forbids."""
        from qualcode.services.citing import cite

        screen, session, span = self._screen, self._screen.session, self._screen.moves.cursor
        if screen.app.settings.copying == "forbidden":
            screen.say("The settings forbid copying: S changes that.", error=True)
            return
        if span is None:
            screen.say("There are no words here to copy.", error=True)
            return
        try:
            citation = cite(session.store, session.record, session.text, span)
        except QualcodeError as problem:
            screen.say(str(problem), error=True)
            return
        words = str(citation)
        if len(words.encode()) > COPY_LIMIT_BYTES:
            screen.say("That is too long for a terminal's clipboard: select less.", error=True)
            return
        screen.app.copy_to_clipboard(words)
        count = count_words(citation.text)
        screen.say(f"copied ({count} word{'' if count == 1 else 's'})")

    def play(self) -> None:
        """Play the turn under the cursor, or stop what plays."""
        from qualcode.tui.playing import Player, find_player, find_recording, turn_times

        if self._player is not None and self._player.stop():
            self._screen.say("stopped")
            return
        app, session, span = self._screen.app, self._screen.session, self._screen.moves.cursor
        offset = 0 if span is None else span.start
        try:
            path = find_recording(
                session.record.recording, app.surroundings.folder, where=session.name
            )
            start_ms, end_ms = turn_times(session.text, offset)
            self._player = Player(find_player(app.settings.player))
            self._player.play(path, start_ms, end_ms)
        except QualcodeError as problem:
            self._screen.say(str(problem), error=True)
            return
        self._screen.say(f"playing {session.text.locator(offset)}: the same key stops it")

    def stop(self) -> None:
        """End what plays."""
        if self._player is not None:
            self._player.stop()

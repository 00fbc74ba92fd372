"""Saying a sentence on a screen: in its status line, and whole where that is too short for it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.screen import Screen

from qualcode.errors import QualcodeError
from qualcode.tui.pages import is_left
from qualcode.tui.widgets.line import OneLine

_READING_S = 12.0
"""For which a sentence stands over the screen that did not fit into the line."""


def speak(screen: Screen[None], sentence: str, *, error: bool = False) -> None:
    """Say it; what went wrong and how to mend it is to be read to its end, until more is said."""
    screen.app.clear_notifications()
    line = screen.query_one("#status", OneLine)
    line.set(sentence, error=error)
    if error and cell_len(sentence) > line.size.width:
        screen.notify(sentence, severity="error", timeout=_READING_S, markup=False)


class Trouble:
    """What the last look at the store failed with: said once, and gone when a look succeeds."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._said = ""

    def say(self, problem: QualcodeError) -> None:
        """Say it, unless it was said at the look before."""
        sentence = str(problem)
        if sentence != self._said and not is_left(self._screen):
            speak(self._screen, sentence, error=True)
            self._said = sentence

    def over(self) -> None:
        """The store answers again; what else was said meanwhile stays."""
        if self._said and not is_left(self._screen):
            line = self._screen.query_one("#status", OneLine)
            if line.error and line.text == " ".join(self._said.splitlines()):
                speak(self._screen, "")
        self._said = ""

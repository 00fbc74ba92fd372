"""Saying a sentence on a screen: in its status line, and whole where that is too short for it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.screen import Screen

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

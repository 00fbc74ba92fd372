"""A line to type in that narrows a list with every letter; hidden until it is asked for.

Enter and ↓ keep what was typed and go back to the list, Esc takes back what was there before.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input


class FindLine(Input):
    """The line; whoever owns it hears `Typed` with each change.

    It takes and gives back the keys at once: what is typed fast must not go astray.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter,down", "keep", show=False),
    ]

    DEFAULT_CSS = """
    FindLine {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
        background: $panel;
        &:focus { border: none; }
    }
    """

    class Typed(Message):
        """Other words stand in the line."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, *, placeholder: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, select_on_focus=False)
        self._before = ""
        self._back_to: Widget | None = None

    def open(self, words: str) -> None:
        """Show the line with the words that hold now."""
        self._before = words
        with self.prevent(Input.Changed):
            self.value = words
        self.cursor_position = len(words)
        self.display = True
        self._back_to = self.screen.focused
        self.screen.set_focus(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter counts."""
        event.stop()
        self.post_message(self.Typed(event.value.strip()))

    def action_keep(self) -> None:
        """Keep what was typed."""
        self._close()

    def action_leave(self) -> None:
        """Have again what was there before."""
        self.post_message(self.Typed(self._before))
        self._close()

    def _close(self) -> None:
        self.screen.set_focus(self._back_to)
        self.display = False

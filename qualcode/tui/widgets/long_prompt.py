"""A question answered with some sentences, such as a definition: room to see them whole."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from qualcode.tui.widgets.dialogs import DIALOG_CSS, Hint


class LongPrompt(ModalScreen[str | None]):
    """Sentences, None where it was closed; Enter is done, for what is asked here needs no lines."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    DEFAULT_CSS = f"LongPrompt {{ {DIALOG_CSS} & TextArea {{ height: 7; }} }}"

    def __init__(self, question: str, *, value: str = "", leave: str = "leave it") -> None:
        """`leave` says what Esc does."""
        super().__init__()
        self._question, self._value, self._leave = question, value, leave

    def compose(self) -> ComposeResult:
        """Question, field, keys."""
        with Vertical():
            yield Static(self._question, classes="dialog--question", markup=False)
            yield TextArea(self._value, soft_wrap=True, show_line_numbers=False)
            yield Hint(f"Enter: done   Esc: {self._leave}")

    def on_mount(self) -> None:
        """The cursor stands behind what is there."""
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)

    def action_done(self) -> None:
        """Take the sentences."""
        self.dismiss(self.query_one(TextArea).text.strip())

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)

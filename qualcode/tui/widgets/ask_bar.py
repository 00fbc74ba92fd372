"""One line to type in, at the foot of the screen: what to search, where to go, what to call it.

It has a frame, the question at its top and what is said of the words at its end, so that neither
reads as a part of what is typed. Its rows are those of the lines below a transcript. Closed, it is
invisible and not out of the layout, which would have the whole screen painted anew.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input


class AskBar(Horizontal):
    """The field in its frame: above it the question, below it what is said of what was typed."""

    DEFAULT_CSS = """
    AskBar {
        visibility: hidden;
        layer: above;
        dock: bottom;
        height: 3;
        border: round $accent;
        border-title-color: $accent;
        border-title-style: bold;
        border-subtitle-color: $foreground;
        background: $panel;
        padding: 0 1;
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        &.-top { dock: top; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._given: Callable[[str], object] | None = None
        self._typed: Callable[[str], str] | None = None
        self._before: Widget | None = None

    @property
    def is_open(self) -> bool:
        """True while somebody types in it."""
        return self._given is not None

    def compose(self) -> ComposeResult:
        """The field."""
        yield Input(select_on_focus=False, compact=True)

    def ask(
        self,
        question: str,
        given: Callable[[str], object],
        *,
        value: str = "",
        note: str = "Enter takes it",
        typed: Callable[[str], str] | None = None,
        top: bool = False,
    ) -> None:
        """Show it; `given` gets the words at Enter, `typed` says something of them on the way."""
        self._given, self._typed = given, typed
        self.border_title, self.border_subtitle = Text(question), Text(note)
        self.set_class(top, "-top")
        self._before = self._before or self.screen.focused
        self.visible = True
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = value
        field.cursor_position = len(value)
        self.screen.set_focus(field)

    def close(self) -> None:
        """Hide it; the keys go where they went before."""
        self._given = self._typed = None
        self.visible = False
        self.screen.set_focus(self._before)
        self._before = None

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typed is not None:
            self.border_subtitle = Text(self._typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given = self._given
        if given is not None:
            self.close()
            given(event.value)

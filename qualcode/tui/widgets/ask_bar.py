"""One line to type in, at the foot of the screen: what to search, where to go, what to call it."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from qualcode.tui.widgets.line import OneLine


class AskBar(Horizontal):
    """A word before the field, the field, and at its end what is said of what was typed."""

    DEFAULT_CSS = """
    AskBar {
        display: none;
        layer: above;
        dock: bottom;
        height: 1;
        background: $panel;
        & .ask-bar--label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        & .ask-bar--note { width: 26; padding: 0 1; }
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
        """Label, field, note."""
        yield OneLine(classes="ask-bar--label")
        yield Input(select_on_focus=False, compact=True)
        yield OneLine(classes="ask-bar--note")

    def ask(
        self,
        label: str,
        given: Callable[[str], object],
        *,
        value: str = "",
        note: str = "Enter takes it",
        typed: Callable[[str], str] | None = None,
    ) -> None:
        """Show it; `given` gets the words at Enter, `typed` says something of them on the way."""
        self._given, self._typed = given, typed
        shown = self.query_one(".ask-bar--label", OneLine)
        shown.styles.width = len(label) + 2
        shown.set(label)
        self.note(note)
        self._before = self._before or self.screen.focused
        self.display = True
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = value
        field.cursor_position = len(value)
        self.screen.set_focus(field)

    def note(self, words: str, *, error: bool = False) -> None:
        """Say something at the end of the line."""
        self.query_one(".ask-bar--note", OneLine).set(words, error=error)

    def close(self) -> None:
        """Hide it; the keys go where they went before."""
        self._given = self._typed = None
        self.display = False
        self.screen.set_focus(self._before)
        self._before = None

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._typed is not None:
            self.note(self._typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        given = self._given
        if given is not None:
            self.close()
            given(event.value)

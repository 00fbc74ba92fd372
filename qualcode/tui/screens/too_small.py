"""What a window shows that is too small for any screen: one line, and nothing is lost behind it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmall(ModalScreen[None]):
    """One polite line; the screen behind comes back by itself when there is room."""

    DEFAULT_CSS = """
    TooSmall {
        background: $background 100%;
        align: center middle;
        & Static { width: 100%; height: auto; text-align: center; }
    }
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._least = f"{width}×{height}"

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(f"Please make this window larger: {self._least}.", markup=False)

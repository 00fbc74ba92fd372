"""A pane of running text beside a list: other text with every step, and nobody asked for room.

A stock pane has the whole screen laid out anew for other text, 15 ms with each key. This one wraps
what it is given, draws the rows in sight, and says below how many more there are. Tab goes there.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from qualcode.model.spans import Turn
from qualcode.tui.transcript.cells import Drawn
from qualcode.tui.transcript.wrap import WrapIndex

SIDE_BY_SIDE = [(0, "-narrow"), (100, "-wide")]
"""From how many cells a list and its pane stand beside each other; below, one over the other."""

_WHEEL_ROWS = 3
_MORE = Style(reverse=True)


class Reading(Widget, can_focus=True):
    """Text in a pane; other text begins at its top."""

    # What may be copied is for the key that copies to say, which knows of consent and settings.
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_rows(-1)", show=False),
        Binding("down", "scroll_rows(1)", show=False),
        Binding("pageup", "scroll_pages(-1)", show=False),
        Binding("pagedown", "scroll_pages(1)", show=False),
    ]

    DEFAULT_CSS = "Reading { padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._text = Text()
        self._lines: list[Text] = []
        self._width = 0
        self._top = 0

    @property
    def words(self) -> str:
        """What is shown, whole."""
        return self._text.plain

    def show(self, text: Text) -> None:
        """Show other text."""
        if text != self._text:
            self._text, self._width, self._top = text, 0, 0
            self.refresh()

    def action_scroll_rows(self, rows: int) -> None:
        """Up or down by rows."""
        top = max(0, min(self._top + rows, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def action_scroll_pages(self, pages: int) -> None:
        """Up or down by what is in sight."""
        self.action_scroll_rows(pages * max(1, self.size.height - 1))

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.action_scroll_rows(-_WHEEL_ROWS)

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.action_scroll_rows(_WHEEL_ROWS)

    def on_focus(self) -> None:
        """The row that says how much is left names other keys."""
        self.refresh()

    def on_blur(self) -> None:
        """The same."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width, style = self.size.width, self.rich_style
        self._wrap(width)
        row = self._top + y
        more = len(self._lines) - row
        if y == self.size.height - 1 and more > 1:
            keys = "↓" if self.has_focus else "Tab, then ↓"
            line = Text(end="").append(f" {more:,} more rows: {keys} ", _MORE)
        else:
            line = self._lines[row] if row < len(self._lines) else Text(end="")
        segments = [s for s in line.render(self.app.console) if s.text and s.text != "\n"]
        return Strip(Segment.apply_style(segments, style)).adjust_cell_length(width, style)

    def _wrap(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._lines = wrapped(self._text, width)
            self._top = max(0, min(self._top, len(self._lines) - self.size.height))


def wrapped(text: Text, width: int) -> list[Text]:
    """The rows of a text, each as full as it can be, also in writing that has no blanks."""
    words = text.plain
    rows = WrapIndex(Drawn(words), [Turn(1, 0, len(words))], width, compact=True)
    lines = list(text.divide([rows.start(row) for row in range(1, len(rows))]))
    for line in lines:
        line.rstrip()
    return lines

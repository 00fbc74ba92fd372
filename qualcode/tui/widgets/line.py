"""One row of words that changes without asking anybody for room.

Most keys change a header and a status line. A stock label would have the whole screen laid out
anew for that; this one only draws itself again.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget

_GAP_CELLS = 2
"""At least so much between what stands at the left and what stands at the right."""


class OneLine(Widget):
    """A row of words, cut at its end with …; `right` stands at the other side where it fits."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--error"}

    DEFAULT_CSS = """
    OneLine {
        height: 1;
        width: 1fr;
        padding: 0 1;
        & .one-line--error { color: $text-error; text-style: bold; }
    }
    """

    def __init__(
        self,
        content: str | Text = "",
        *,
        right: str | Text = "",
        id: str | None = None,  # noqa: A002  Textual's word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content = _as_text(content)
        self._right = _as_text(right)
        self._error = False

    @property
    def text(self) -> str:
        """The words at the left, whole."""
        return self._content.plain

    @property
    def right(self) -> str:
        """The words at the right."""
        return self._right.plain

    @property
    def error(self) -> bool:
        """True where the words say what went wrong."""
        return self._error

    def set(
        self, content: str | Text, *, right: str | Text | None = None, error: bool = False
    ) -> None:
        """Show other words; those at the right stay where none are given."""
        left, other = _as_text(content), self._right if right is None else _as_text(right)
        if (left, other, error) == (self._content, self._right, self._error):
            return
        self._content, self._right, self._error = left, other, error
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The row."""
        width = self.size.width
        style = self.rich_style
        if y:
            return Strip.blank(width, style)
        if self._error:
            style += self.get_component_rich_style("one-line--error", partial=True)
        segments = self._line(width).render(self.app.console)
        strip = Strip(Segment.apply_style([s for s in segments if s.text], style))
        return strip.adjust_cell_length(width, style)

    def _line(self, width: int) -> Text:
        line = self._content.copy()
        line.end = ""
        room = width - self._right.cell_len - _GAP_CELLS
        if not self._right or room < min(line.cell_len, width // 2):
            line.truncate(width, overflow="ellipsis")
            return line
        line.truncate(room, overflow="ellipsis")
        line.append(" " * (width - line.cell_len - self._right.cell_len))
        line.append_text(self._right)
        return line


def _as_text(content: str | Text) -> Text:
    """Words on one row, whatever they held."""
    if isinstance(content, Text):
        return content
    return Text(" ".join(content.splitlines()), end="", no_wrap=True)

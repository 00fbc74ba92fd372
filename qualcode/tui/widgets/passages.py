"""A pane of passages, one below the other and each in full; the cursor is on one of them.

It wraps what it is given once, draws the rows in sight, and says below how many more there are. A
passage that is longer than the pane is read to its end before the next one is chosen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qualcode.tui.widgets.reading import wrapped

_MARK_CELLS = 2
_AT_CURSOR, _BESIDE, _ELSEWHERE = "› ", "│ ", "  "
_WHEEL_ROWS = 3
_MORE = Style(reverse=True)
_BOLD = Style(bold=True)


class Passages(Widget, can_focus=True):
    """Passages to be read, of which one is chosen."""

    # What may be copied is for the key that copies to say, which knows of consent and settings.
    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]

    DEFAULT_CSS = "Passages { padding: 0 1; }"

    class Chosen(Message):
        """Another passage is chosen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._texts: Sequence[Text] = ()
        self._empty = Text()
        self._lines: list[Text] = []
        self._firsts: list[int] = []
        """The row with which each passage begins."""
        self._width = 0
        self._top = 0
        self.cursor = 0
        self.wrapped = 0
        """How often passages were wrapped, for tests of what one key costs."""

    @property
    def words(self) -> str:
        """What is shown, whole."""
        return "\n\n".join(text.plain for text in self._texts or (self._empty,))

    def show(self, texts: Sequence[Text], *, at: int = 0, empty: str = "") -> None:
        """Show passages, one of them chosen; `empty` is said where there are none."""
        at = max(0, min(at, len(texts) - 1))
        if (list(texts), empty, at) == (list(self._texts), self._empty.plain, self.cursor):
            return
        self._texts, self._empty = tuple(texts), Text(empty)
        self._width, self._top, self.cursor = 0, 0, at
        self._into_sight()
        self.refresh()

    def choose(self, passage: int) -> bool:
        """Choose a passage, or the nearest there is; False where that is the one already."""
        passage = max(0, min(passage, len(self._texts) - 1))
        if passage == self.cursor or not self._texts:
            return False
        self.cursor = passage
        self._into_sight()
        self.refresh()
        self.post_message(self.Chosen())
        return True

    def action_step(self, step: int) -> None:
        """On within a passage that is not seen to its end, else to the next one."""
        self._wrap()
        first, last = self._rows_of(self.cursor)
        low, high = self._top, self._top + self._room
        if step > 0 and last > high:
            self._show_from(low + min(self._room - 1, last - high))
        elif step < 0 and first < low:
            self._show_from(low - min(self._room - 1, low - first))
        else:
            self.choose(self.cursor + step)

    def action_page(self, step: int) -> None:
        """A page on or back; the first passage in sight is chosen where the other is not."""
        self._wrap()
        self._show_from(self._top + step * max(1, self._room - 1))
        first, last = self._rows_of(self.cursor)
        if last <= self._top or first >= self._top + self._room:
            self.cursor = max(0, bisect_right(self._firsts, self._top) - 1)
            if self._rows_of(self.cursor)[1] <= self._top:
                self.cursor = min(self.cursor + 1, len(self._texts) - 1)
            self.refresh()
            self.post_message(self.Chosen())

    def action_end(self, step: int) -> None:
        """To the first or the last passage."""
        self.choose(len(self._texts) - 1 if step > 0 else 0)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self._show_from(self._top - _WHEEL_ROWS)

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self._show_from(self._top + _WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        row = self._top + event.y
        if row < len(self._lines):
            self.choose(bisect_right(self._firsts, row) - 1)

    def on_focus(self) -> None:
        """The row that says how much is left names other keys."""
        self.refresh()

    def on_blur(self) -> None:
        """The same."""
        self.refresh()

    def on_resize(self) -> None:
        """Other rows; the chosen one stays in sight."""
        self._into_sight()

    def render_line(self, y: int) -> Strip:
        """One row."""
        width, style = self.size.width, self.rich_style
        self._wrap()
        row = self._top + y
        more = len(self._lines) - row
        if y == self.size.height - 1 and more > 1:
            line = Text(end="").append(f" {more:,} more rows: {self._keys} ", _MORE)
        else:
            line = self._line(row)
        segments = [s for s in line.render(self.app.console) if s.text and s.text != "\n"]
        return Strip(Segment.apply_style(segments, style)).adjust_cell_length(width, style)

    @property
    def _keys(self) -> str:
        return "↓" if self.has_focus else "PgDn"

    @property
    def _room(self) -> int:
        return max(1, self.size.height)

    def _line(self, row: int) -> Text:
        if row >= len(self._lines):
            return Text(end="")
        line, mark = Text(end=""), _ELSEWHERE
        first, last = self._rows_of(self.cursor)
        if self._texts and first <= row < last:
            mark = _AT_CURSOR if row == first else _BESIDE
        return line.append(mark, _BOLD).append_text(self._lines[row])

    def _rows_of(self, passage: int) -> tuple[int, int]:
        """The rows of a passage, without the blank one behind it."""
        if passage >= len(self._firsts):
            return 0, 0
        after = [*self._firsts[passage + 1 :], len(self._lines) + 1][0]
        return self._firsts[passage], after - 1

    def _show_from(self, row: int) -> None:
        row = max(0, min(row, len(self._lines) - self._room))
        if row != self._top:
            self._top = row
            self.refresh()

    def _into_sight(self) -> None:
        """The chosen passage from its beginning, and as much of it as there is room for."""
        if not self.size.width:
            return
        self._wrap()
        first, last = self._rows_of(self.cursor)
        # One row is kept for what says how much is left.
        if first < self._top or last > self._top + self._room - 1:
            self._show_from(
                min(first, max(last - self._room + 1, 0)) if last - first < self._room else first
            )

    def _wrap(self) -> None:
        width = self.size.width
        if width == self._width:
            return
        self._width, self._lines, self._firsts = width, [], []
        self.wrapped += 1
        for text in self._texts or (self._empty,):
            self._firsts.append(len(self._lines))
            self._lines += [*wrapped(text, max(1, width - _MARK_CELLS)), Text()]
        del self._lines[-1:]
        self._top = max(0, min(self._top, len(self._lines) - self._room))

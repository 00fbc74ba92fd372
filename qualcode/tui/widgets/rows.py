"""A list of one-line rows that draws only those in sight, however many there are.

The screen that owns it says how many rows there are and draws one when asked; the list knows the
cursor, scrolling and the mouse. It asks for layout only where its scrollbar comes or goes,
or where it is as high as its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

Draw = Callable[[int, int], Text]
"""Row `n` from 0, for a width in cells; what is longer is cut."""

_AT_CURSOR = "› "
_ELSEWHERE = "  "
_MARK_CELLS = 2


class Rows(ScrollView, can_focus=True):
    """Rows with a cursor on one of them; the sign before it says which, also without colour."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--blurred", "rows--empty"}

    # Movement within a list is no command of the table: these keys mean the same in all lists.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(-1)", show=False),
        Binding("end", "end(1)", show=False),
    ]

    DEFAULT_CSS = """
    Rows {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & .rows--cursor { background: $primary 30%; text-style: bold; }
        & .rows--blurred { background: $foreground 10%; text-style: bold; }
        & .rows--empty { color: $foreground 80%; }
        &:ansi .rows--cursor { background: ansi_default; text-style: reverse; }
        &:ansi .rows--blurred { background: ansi_default; text-style: bold; }
    }
    """

    virtual_size = Reactive(Size(0, 0))
    """Stock has the whole screen laid out anew for other rows; `show` tells the bar instead."""

    class Moved(Message):
        """The cursor stands on another row, or on other words."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list whose cursor it is."""
            return self.rows

    class Chosen(Message):
        """A row was clicked that had the cursor already."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list whose row it is."""
            return self.rows

    def __init__(self, draw: Draw, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._draw = draw
        self._empty = ""
        self.count = 0
        self.cursor = 0
        self.drawn = 0
        """How many rows were ever drawn, for tests of what one key costs."""

    def show(self, count: int, *, at: int = 0, empty: str = "") -> None:
        """Other rows, with the cursor at one of them; `empty` is said where there are none."""
        self.count, self._empty = count, empty
        self.cursor = max(0, min(at, count - 1))
        self.virtual_size = Size(1, count)
        self._fit_scrollbar()
        self._into_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    def move_to(self, row: int) -> None:
        """The cursor to a row, or to the nearest there is."""
        row = max(0, min(row, self.count - 1))
        if row == self.cursor or not self.count:
            return
        before, self.cursor = self.cursor, row
        for touched in (before, row):
            self.redraw(touched)
        self._into_sight()
        self.post_message(self.Moved(self))

    def redraw(self, row: int) -> None:
        """Draw one row again, if it is in sight."""
        self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def action_step(self, step: int) -> None:
        """One row up or down."""
        self.move_to(self.cursor + step)

    def action_page(self, step: int) -> None:
        """A page up or down."""
        self.move_to(self.cursor + step * max(1, self.size.height - 1))

    def action_end(self, step: int) -> None:
        """To the first or the last row."""
        self.move_to(self.count - 1 if step > 0 else 0)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= self.count:
            line = self._empty_line(y) if not self.count else Text()
            return self._strip(line, width, self.rich_style)
        self.drawn += 1
        here = row == self.cursor
        text = Text(_AT_CURSOR if here else _ELSEWHERE, end="", no_wrap=True)
        text.append_text(self._draw(row, max(1, width - _MARK_CELLS)))
        text.truncate(width, overflow="ellipsis")
        if not here:
            return self._strip(text, width, self.rich_style)
        name = "rows--cursor" if self.has_focus else "rows--blurred"
        return self._strip(text, width, self.get_component_rich_style(name))

    def _empty_line(self, y: int) -> Text:
        width = max(1, self.scrollable_content_region.width - 2)
        lines = Text(self._empty).wrap(self.app.console, width)
        row = y - (1 if self.size.height > len(lines) else 0)
        if not 0 <= row < len(lines):
            return Text()
        style = self.get_component_rich_style("rows--empty", partial=True)
        return Text(f" {lines[row].plain}", style)

    def _strip(self, text: Text, width: int, style: Style) -> Strip:
        segments = [s for s in text.render(self.app.console) if s.text and s.text != "\n"]
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)

    def on_focus(self) -> None:
        """The cursor is stronger where keys go."""
        self.redraw(self.cursor)

    def on_blur(self) -> None:
        """The cursor is weaker where they do not."""
        self.redraw(self.cursor)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._into_sight()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a click on it chooses."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < self.count:
            event.stop()
            if row == self.cursor:
                self.post_message(self.Chosen(self))
            self.move_to(row)

    def _fit_scrollbar(self) -> None:
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
        elif self.size:  # what is hidden gets its scrollbar with the layout that shows it
            if (self.count > self.size.height) != self.show_vertical_scrollbar:
                self.refresh(layout=True)
            elif self.show_vertical_scrollbar:
                self.vertical_scrollbar.window_virtual_size = self.count

    def _into_sight(self) -> None:
        self.scroll_to_region(
            Region(0, self.cursor, 1, 1), animate=False, force=True, x_axis=False, immediate=True
        )

"""The codes at the side: each theme with its letter, each code with its keys and its live count.

Rows are made when the codebook is shown and drawn when they are in sight; a new count or number
draws rows again and asks nobody for room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.tui.transcript.cells import fit

_NUMBER_CELLS = 2
"""For the number of a code and the sign of a pinned one."""


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One row: a theme (depth 0), a code below it, or the blank row between two themes.

    `keys` are what is pressed for it, a theme's letter or the letter and a key.
    """

    code: str = ""
    name: str = ""
    depth: int = 0
    keys: str = ""
    mark: Text | None = None


class CodePanel(ScrollView, can_focus=False):
    """All codes, drawn by the line."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"code-panel--key", "code-panel--quiet"}

    DEFAULT_CSS = """
    CodePanel {
        width: 34;
        padding: 0;
        border-left: vkey $panel;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & .code-panel--key { text-style: reverse; }
        & .code-panel--quiet { color: $foreground 80%; }
    }
    """

    class Pressed(Message):
        """A code was clicked."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._rows: tuple[PanelRow, ...] = ()
        self._row_of: dict[str, int] = {}
        self._counts: Mapping[str, int] = {}
        self._numbers: Mapping[str, str] = {}
        self._pins: frozenset[str] = frozenset()
        self._empty = ""

    def show(self, rows: Sequence[PanelRow], *, empty: str = "") -> None:
        """Other codes; `empty` is said where there are none."""
        self._rows, self._empty = tuple(rows), empty
        self._row_of = {row.code: at for at, row in enumerate(self._rows) if row.code}
        self.virtual_size = Size(1, len(self._rows))
        self.refresh()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many codings each code has."""
        before, self._counts = self._counts, dict(counts)
        known = {*before, *self._counts}
        self._redraw({code for code in known if before.get(code) != self._counts.get(code)})

    def set_numbers(self, numbers: Mapping[str, str], pins: frozenset[str]) -> None:
        """The number of each code that has one; pinned ones are told apart."""
        before, self._numbers = self._numbers, dict(numbers)
        known = {*before, *self._numbers}
        changed = {code for code in known if before.get(code) != self._numbers.get(code)}
        changed |= pins ^ self._pins
        self._pins = pins
        self._redraw(changed)

    def bring_into_sight(self, code: str) -> None:
        """Scroll to a code; nothing happens where it is in sight, or where nothing is shown."""
        row = self._row_of.get(code)
        if row is not None and self.size.height:
            place = Region(0, row, 1, 1)
            self.scroll_to_region(place, animate=False, force=True, x_axis=False)

    def _redraw(self, codes: Iterable[str]) -> None:
        """Draw again the rows of some codes, those in sight: all of them would be felt."""
        top, size = self.scroll_offset.y, self.size
        for code in codes:
            row = self._row_of.get(code, -1) - top
            if 0 <= row < size.height:
                self.refresh(Region(0, row, size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the panel."""
        width, style = self.size.width, self.rich_style
        line = self._line(y + self.scroll_offset.y, y, width)
        segments = [s for s in line.render(self.app.console) if s.text and s.text != "\n"]
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)

    def _line(self, row: int, y: int, width: int) -> Text:
        if not self._rows:
            lines = Text(self._empty).wrap(self.app.console, max(1, width - 2))
            return Text(f" {lines[y - 1].plain}" if 1 <= y <= len(lines) else "")
        if row >= len(self._rows) or not self._rows[row].code:
            return Text()
        shown = self._rows[row]
        return self._theme(shown, width) if shown.depth == 0 else self._code(shown, width)

    def _theme(self, row: PanelRow, width: int) -> Text:
        """A theme; its own codings are counted too where it has some."""
        line = Text(no_wrap=True, end="")
        count = self._counts.get(row.code, 0)
        tail = f" {count:>4} " if count else " "
        keys = f" {row.keys} " if row.keys else ""
        line.append(self._number(row.code))
        room = width - line.cell_len - cell_len(keys) - cell_len(tail) - 1
        line.append(fit(row.name, max(1, room)), "bold").append(" ")
        line.append(keys, self.get_component_rich_style("code-panel--key", partial=True))
        line.append(" " * max(0, width - line.cell_len - cell_len(tail)))
        return line.append(tail, self._quiet)

    def _code(self, row: PanelRow, width: int) -> Text:
        line = Text(no_wrap=True, end="")
        count = self._counts.get(row.code, 0)
        tail = f" {row.keys:>2} {count or '':>4} "
        number = self._number(row.code)
        line.append(number, "bold" if number.strip() else "")
        line.append("  " * (row.depth - 1))
        if row.mark is not None:
            line.append_text(row.mark).append(" ")
        room = width - line.cell_len - cell_len(tail)
        line.append(fit(row.name, max(1, room)))
        line.append(" " * max(0, width - line.cell_len - cell_len(tail)))
        return line.append(tail, self._quiet)

    def _number(self, code: str) -> str:
        """Its number and, where it is pinned, the sign of that."""
        sign = "*" if code in self._pins else ""
        return f"{self._numbers.get(code, '')}{sign}".ljust(_NUMBER_CELLS)

    @property
    def _quiet(self) -> str:
        return str(self.get_component_rich_style("code-panel--quiet", partial=True))

    def on_click(self, event: events.Click) -> None:
        """A click on a code puts it on the selection."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < len(self._rows) and self._rows[row].code:
            event.stop()
            self.post_message(self.Pressed(self._rows[row].code))

"""The last line of a screen: the keys that matter most here, the most needed first.

What does not fit is left out whole, for half a word is no help; Help comes first and never goes.
A click on a word gives its command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events

from qualcode.tui import keys
from qualcode.tui.keys import Command, Scope
from qualcode.tui.widgets.line import OneLine

if TYPE_CHECKING:
    from qualcode.tui.app import QualcodeApp

_GAP_CELLS = 2
_NARROW_CELLS = 100
_MOST_WHERE_NARROW = 7
_MOST_LETTERS, _MOST_LETTERS_WHERE_NARROW = 9, 5
_THEMES = "coding.theme"

Placed = tuple[int, int, Command]
"""The cells that an item covers, from and to, and the command it stands for."""


class FooterLine(OneLine):
    """The footer of a screen, from the table of commands and a person's own keys."""

    app: QualcodeApp

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer-line--key"}

    DEFAULT_CSS = """
    FooterLine {
        dock: bottom;
        background: $panel;
        & .footer-line--key { color: $accent; text-style: bold; }
    }
    """

    def __init__(
        self,
        scope: Scope,
        own: Mapping[str, str] | None = None,
        *,
        id: str = "footer",  # noqa: A002  Textual's word
    ) -> None:
        """`own` are words for commands of the scope where they are not those of the table."""
        super().__init__(id=id)
        self._commands: Sequence[Command] = keys.footer(scope, own)
        self._placed: tuple[Placed, ...] = ()

    def draw_again(self) -> None:
        """Write the line anew, as after somebody chose other keys."""
        key = self.get_component_rich_style("footer-line--key", partial=True)
        line, placed = Text(end="", no_wrap=True), []
        for command, label in self._fitting(self.size.width):
            if line:
                line.append(" " * _GAP_CELLS)
            start = line.cell_len
            line.append(label, key).append(f" {command.footer}")
            placed.append((start, line.cell_len, command))
        self._placed = tuple(placed)
        self.set(line)

    def _fitting(self, width: int) -> list[tuple[Command, str]]:
        """The items that fit in a width, each with its keys as they are written."""
        most = _MOST_WHERE_NARROW if width < _NARROW_CELLS else len(self._commands)
        fitting: list[tuple[Command, str]] = []
        taken = 0
        for command in self._commands[:most]:
            label = self._letters(width) if command.id == _THEMES else ""
            label = label or self.app.keymap.short_label(command)
            needed = cell_len(label) + 1 + cell_len(command.footer) + (_GAP_CELLS if fitting else 0)
            if taken + needed <= width:
                fitting.append((command, label))
                taken += needed
        return fitting

    def _letters(self, width: int) -> str:
        """The letters that open the themes, the first of them; "" where there are none."""
        letters = list(self.app.theme_keys)
        most = _MOST_LETTERS_WHERE_NARROW if width < _NARROW_CELLS else _MOST_LETTERS
        return " ".join(letters if len(letters) <= most else [*letters[: most - 1], "…"])

    def on_mount(self) -> None:
        """Colours are known from here on."""
        self.draw_again()

    def on_resize(self) -> None:
        """Another width takes other items."""
        self.draw_again()

    async def on_click(self, event: events.Click) -> None:
        """A click on an item gives its command."""
        x = event.x - self.styles.padding.left
        for start, end, command in self._placed:
            if start <= x < end:
                await self.app.give(command)

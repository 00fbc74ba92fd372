"""A menu of keys: what can be taken, each with the key that takes it, shown at once.

It lies over the transcript, is there from the start, and is hidden until it is opened: invisible
and not out of the layout, which would have everything below it painted anew. The screen hands it
the keys that are pressed; it takes none by itself, so it needs no focus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from qualcode.tui.transcript.cells import fit

_LEAST_COLUMN = 18
"""Cells; a narrower column would cut nearly every name."""

_WIDEST_COLUMN = 44
_KEY_CELLS = 4
"""Cells for a key with the blanks around it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to take. `key` is "" where keys have run out; `note` stands behind the name.

    `mark` is what a theme is told by, before the name; `depth` is how far it stands in.
    """

    key: str
    id: str
    name: str
    note: str = ""
    depth: int = 0
    mark: Text | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """How choices are laid out: down each column, then the next."""

    rows: int
    columns: int
    cell: int


def grid(lengths: Sequence[int], *, width: int, most_rows: int) -> Grid:
    """As few columns as hold everything in so many rows; `lengths` are cells of each choice."""
    wanted = max(_LEAST_COLUMN, min(_WIDEST_COLUMN, max(lengths, default=0)))
    columns = max(1, min(len(lengths) or 1, width // wanted))
    if len(lengths) <= min(most_rows, 5):
        columns = 1
    most = max(1, width // _LEAST_COLUMN)
    while -(-len(lengths) // columns) > most_rows and columns < most:
        columns += 1
    rows = min(most_rows, -(-len(lengths) // columns))
    return Grid(max(1, rows), columns, max(1, width // columns))


class WhichKey(Widget):
    """The menu of a theme's codes, or of whatever has to be chosen by one key."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    WhichKey {
        visibility: hidden;
        layer: above;
        dock: bottom;
        height: auto;
        border: round $accent;
        border-title-color: $accent;
        border-subtitle-color: $foreground;
        background: $panel;
        color: $foreground;
        padding: 0 1;
        &.-top { dock: top; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's word
        super().__init__(id=id)
        self._choices: tuple[Choice, ...] = ()
        self._extra: tuple[Choice, ...] = ()
        self._taken: Callable[[str], object] | None = None

    @property
    def is_open(self) -> bool:
        """True while it waits for a key."""
        return self._taken is not None

    def open(
        self,
        title: str,
        choices: Sequence[Choice],
        taken: Callable[[str], object],
        *,
        extra: Sequence[Choice] = (),
        hint: str = "Esc cancels",
        top: bool = False,
    ) -> None:
        """Show it; `taken` gets the id of what is taken.

        `extra` are taken by their keys too, and named by the title or the hint alone.
        """
        self._choices, self._extra, self._taken = tuple(choices), tuple(extra), taken
        self.border_title, self.border_subtitle = Text(title), Text(hint)
        self.set_class(top, "-top")
        self.visible = True
        self.refresh(layout=True)

    def close(self) -> None:
        """Hide it; nothing is taken."""
        self._taken = None
        self.visible = False

    def press(self, key: str) -> bool:
        """Take what has this key, and close. False where nothing has it: then it stays open."""
        found = next((one for one in (*self._choices, *self._extra) if one.key == key), None)
        if not key or found is None or self._taken is None:
            return False
        taken = self._taken
        self.close()
        taken(found.id)
        return True

    def get_content_height(
        self,
        container: Size,
        viewport: Size,  # noqa: ARG002  Textual's signature
        width: int,
    ) -> int:
        """As many rows as the columns need."""
        return self._grid(width, container.height).rows

    def render(self) -> Text:
        """The choices in their columns."""
        shape = self._grid(self.size.width, self.screen.size.height)
        drawn = Text(no_wrap=True, end="")
        for row in range(shape.rows):
            for column in range(shape.columns):
                at = column * shape.rows + row
                if at < len(self._choices):
                    drawn.append_text(_cell(self._choices[at], shape.cell))
            drawn.append("\n" if row + 1 < shape.rows else "")
        return drawn

    def _grid(self, width: int, height: int) -> Grid:
        lengths = [_length(choice) for choice in self._choices]
        return grid(lengths, width=width, most_rows=max(1, height - 8))


def _length(choice: Choice) -> int:
    mark = 0 if choice.mark is None else choice.mark.cell_len + 1
    note = cell_len(choice.note) + 1 if choice.note else 0
    return _KEY_CELLS + 2 * choice.depth + mark + cell_len(choice.name) + note + 2


def _cell(choice: Choice, width: int) -> Text:
    """One choice, exactly `width` cells."""
    drawn = Text(no_wrap=True, end="")
    drawn.append(f" {choice.key or ' '} ", "bold reverse" if choice.key else "")
    drawn.append(" " + "  " * choice.depth)
    if choice.mark is not None:
        drawn.append_text(choice.mark).append(" ")
    note = f" {choice.note}" if choice.note else ""
    drawn.append(fit(choice.name, max(1, width - drawn.cell_len - cell_len(note) - 2)))
    drawn.append(note, "dim")
    drawn.append(" " * max(0, width - drawn.cell_len))
    return drawn

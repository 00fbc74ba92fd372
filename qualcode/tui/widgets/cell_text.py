"""How cells of summaries are drawn: the sheet row by row, a passage, a cell in full.

Pure functions on values; whatever these texts show has passed the consent service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from qualcode.model.matrix import MatrixRow
from qualcode.model.summary import Wording
from qualcode.services.summaries.sheet import Ground, SheetCell
from qualcode.text.counting import counted
from qualcode.tui.cell_words import SIGN_CELLS, gone_links, moment, sign, state
from qualcode.tui.widgets import quotation_text
from qualcode.tui.widgets.quotation_text import Mark, NameOf, leaf
from qualcode.tui.widgets.row_text import cut, one_line, shown

_LEAST_LABEL, _MOST_LABEL = 6, 22
_LEAST_COLUMN, _MOST_COLUMN = SIGN_CELLS + 1, 26
_WORDS_FROM: Final = 12
"""Cells of a column that shows the beginning of a summary, too."""

_BOLD = Style(bold=True)
_DIM = Style(dim=True)


@dataclass(frozen=True, slots=True)
class Grid:
    """How wide the columns of the sheet are, and which of them are in sight.

    `label` and `column` are cells, a blank among them.
    """

    label: int
    column: int
    first: int
    last: int

    @classmethod
    def of(cls, width: int, labels: Sequence[str], columns: int, at: int) -> Grid:
        """For so many columns in a width, one of which has to be in sight."""
        widest = max((cell_len(one_line(one)) for one in labels), default=0)
        room = max(_LEAST_LABEL, width - 1 - columns * _LEAST_COLUMN)
        label = max(_LEAST_LABEL, min(widest + 1, _MOST_LABEL, room))
        rest = max(_LEAST_COLUMN, width - label - 1)
        column = max(_LEAST_COLUMN, min(_MOST_COLUMN, rest // max(1, columns)))
        seen = min(columns, max(1, rest // column))
        first = max(0, min(at - seen // 2, columns - seen))
        return cls(label, column, first, first + seen)

    def head(self, names: Sequence[str], at: int, *, left: str) -> Text:
        """The names of the columns; the one under the cursor stands out, and says who is beyond."""
        line = Text(end="", no_wrap=True)
        line.append_text(cut(one_line(left), self.label - 1)).append(" ")
        for n in range(self.first, self.last):
            here = n == at
            line.append("‹" if n == self.first and self.first else " ")
            line.append_text(
                _styled(cut(one_line(names[n]), self.column - 1), _BOLD if here else None)
            )
        return line.append("›" if self.last < len(names) else " ")

    def row(self, label: str, cells: Sequence[SheetCell], at: int | None) -> Text:
        """One case; `at` is the column under the cursor, None in other rows."""
        line = Text(end="", no_wrap=True)
        line.append_text(cut(one_line(label), self.label - 1)).append(" ")
        for n in range(self.first, self.last):
            inside = _in_column(cells[n], self.column - 1)
            if n == at:
                inside.rstrip()
                line.append("[").append_text(inside).append("]")
            else:
                # The bracket of a full column stands where the next one has its blank.
                line.append("" if line.cell_len > self._start(n) else " ").append_text(inside)
            line.append(" " * (self._start(n + 1) - line.cell_len))
        return line.append(" " * (self._start(self.last) + 1 - line.cell_len))

    def _start(self, column: int) -> int:
        """The cell of the row with which a column begins."""
        return self.label + (column - self.first) * self.column


def label(row: MatrixRow) -> str:
    """A case with the group that it is gathered in, which is why it stands where it does."""
    return f"{row.label} · {row.group}" if row.group else row.label


def passage(
    ground: Ground, number: int, cell: SheetCell, *, mark: Mark, name: NameOf, more: str = ""
) -> Text:
    """One passage beneath a cell: its number and place, its codes, whose coding, its words."""
    quotation = ground.quotation
    text = Text(end="")
    text.append(f"{number} ", _BOLD)
    text.append(one_line(quotation.locator), _BOLD)
    for code in ground.codes:
        letter, style = mark(code)
        text.append(" · ").append(f"{letter} ", style).append(one_line(name(leaf(code))))
    text.append(f" · {one_line(quotation.coder)}")
    if cell.is_linked(ground):
        text.append(" · linked", _BOLD)
    if quotation.starred:
        text.append(" · ★ worth quoting", _BOLD)
    if ground.is_new:
        text.append(" · new", _BOLD)
    text.append("\n")
    text.append_text(quotation_text.spoken(quotation, ground.voices, style=Style.null(), more=more))
    if quotation.doubt:
        text.append("\nDoubt: ", _BOLD).append(
            f"{one_line(quotation.coder)} wants to talk about it"
        )
    if quotation.memo:
        text.append("\nMemo: ", _BOLD).append(shown(quotation.memo))
    return text


def wording(other: Wording) -> Text:
    """Other words for the same cell, by somebody who did not know of those that stand there."""
    text = Text(end="")
    text.append("Other words for this cell", _BOLD)
    text.append(
        f", by {one_line(other.author)}, {moment(other.written)}: whoever writes settles it"
    )
    return text.append(f"\n{shown(other.text)}")


def detail(
    row: MatrixRow, theme: str, full_name: str, cell: SheetCell, *, mark: Mark, name: NameOf
) -> Text:
    """A cell in full, to be read beside the sheet."""
    text = Text(end="")
    text.append(one_line(row.label), _BOLD).append(" · ")
    letter, style = mark(full_name)
    text.append(f"{letter} ", style).append(one_line(theme), _BOLD)
    for said in row.details:
        text.append(f"\n{one_line(said)}")
    text.append(f"\n{_capital(state(cell))}.")
    gone = gone_links(cell)
    if gone:
        text.append(f"\n{gone}")
    if cell.text:
        text.append(f"\n\n{shown(cell.text)}")
    for other in cell.others:
        text.append("\n\n").append_text(wording(other))
    for number, ground in enumerate(cell.grounds[:_MOST_BESIDE], 1):
        text.append("\n\n").append_text(passage(ground, number, cell, mark=mark, name=name))
    left = len(cell.grounds) - _MOST_BESIDE
    if left > 0:
        text.append(f"\n\n… and {counted(left, 'more passage')}")
    return text


_MOST_BESIDE: Final = 12
"""Passages beside the sheet; all of them are in the cell's own screen."""


def _in_column(cell: SheetCell, cells: int) -> Text:
    found = sign(cell)
    if cells + 1 >= _WORDS_FROM and cell.text:
        found = f"{found:<{SIGN_CELLS}} {one_line(cell.text[: 4 * cells])}"
    quiet = cell.summary is None and not cell.grounds
    return _styled(cut(found, cells), _BOLD if cell.needs_work else _DIM if quiet else None)


def _styled(text: Text, style: Style | None) -> Text:
    if style is not None:
        text.stylize(style)
    return text


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

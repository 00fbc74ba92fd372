"""What columns are called and why cells are empty, in the same words in every document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.exporters.table_or_list import says_something
from qualcode.model.summary import Emptiness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcode.model.matrix import BalanceLine, Cell, ThemeSection

WHOLE_THEME = "Theme as a whole"
"""The column of what no code below a theme holds, and of what the team sums up of all of it."""

BY = "By"
NOTHING = "–"
"""Stands in a cell that would be blank: a blank one may be an oversight."""

_PLAIN_REASONS = (None, "nothing coded", Emptiness.NOTHING_CODED)
"""What a dash or a 0 says."""

_SHOWN = {"summary": "a summary or a quotation", "both": "a quotation or a summary"}


def heading_of(section: ThemeSection, place: int) -> str:
    """What a column is called; a theme beside its codes is not one more of them."""
    return WHOLE_THEME if place == _whole(section) else section.matrix.columns[place].label


def cells_of(section: ThemeSection, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells of a row; who speaks under a code is not said to be silent on the whole theme."""
    whole = _whole(section)
    if whole is None or not any(cell.count for cell in cells):
        return tuple(cells)
    own = cells[whole]
    if own.empty_reason != Emptiness.NOTHING_CODED:
        return tuple(cells)
    return (*cells[:whole], replace(own, empty_reason=NOTHING), *cells[whole + 1 :])


def reason_of(cell: Cell) -> str | None:
    """Why nothing stands in a cell, where that is more than that nothing was coded.

    Such a cell is no 0: nobody knows what would stand there.
    """
    return None if cell.empty_reason in _PLAIN_REASONS else cell.empty_reason


def by_reason(cells: Iterable[tuple[str, Cell]], *, between: str = ", ") -> Iterator[str]:
    """`Not asked: P01, P05.`: what each cell is called whose emptiness has such a reason."""
    named: dict[str, list[str]] = defaultdict(list)
    for name, cell in cells:
        reason = reason_of(cell)
        if reason:
            named[reason].append(name)
    for reason, names in named.items():
        yield f"{reason[:1].upper()}{reason[1:]}: {between.join(names)}."


def not_heard(section: ThemeSection, rows: Iterable[int], place: int, show: str) -> Iterator[str]:
    """The cases among the rows that have nothing under a code because nobody listened."""
    matrix = section.matrix
    empty = (row for row in rows if not says_something(matrix.cells[row][place], show=show))
    return by_reason((matrix.rows[row].label, matrix.cells[row][place]) for row in empty)


def lacking(show: str) -> str:
    """What a theme or a code that is left out does not have, by what the cells show."""
    return _SHOWN.get(show, "a quotation")


def defined(definition: str, how_much: str) -> str:
    """What a theme or a code means, and how much stands under it, as sentences."""
    definition = definition.strip()
    if definition and not definition.endswith((".", "!", "?")):
        definition += "."
    return f"{definition} {how_much}.".lstrip()


def _whole(section: ThemeSection) -> int | None:
    """The place of the theme's own column, where it has one beside those of its codes."""
    columns = section.matrix.columns
    places = (at for at, column in enumerate(columns) if column.key == section.key)
    return next(places, None) if len(columns) > 1 else None


def balance_of(lines: Sequence[BalanceLine]) -> tuple[list[str], list[list[str]]]:
    """Who speaks, and who was interviewed: the headings and the rows, by those that are needed."""
    heads = ["Group or person", "Quotations", "Cases"]
    rows = [[line.label, str(line.quotations), str(line.cases)] for line in lines]
    if any(line.attribute for line in lines):
        heads.insert(0, BY)
        rows = [[line.attribute or NOTHING, *row] for line, row in zip(lines, rows, strict=True)]
    if any(line.warning for line in lines):
        heads.append("To think about")
        rows = [[*row, line.warning or NOTHING] for line, row in zip(lines, rows, strict=True)]
    return heads, rows

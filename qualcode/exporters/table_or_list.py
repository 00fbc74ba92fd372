"""Tables or a list: in which layout a matrix reads best, and what of a theme is shown at all.

Where hardly anybody spoke of anything, a table is mostly dashes: its quotations stand in narrow
columns with white paper beside them. Below one quotation for each five cells a list says the same
on fewer pages, in lines that eyes can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.model.document import Layout
from qualcode.text.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.model.matrix import Cell, MatrixReport, ThemeSection

CELLS_EACH = 5
"""Cells for each quotation above which a list is taken."""

CELLS_NEAR = 4
"""The same from which on it is said that a list is near."""

_IN_WORDS = {
    Layout.MATRIX: "tables of cases by codes",
    Layout.LIST: "a list of quotations by code and case",
}

_SHOWN = {
    "summary": ("summary", "summaries"),
    "both": ("quotation or summary", "quotations and summaries"),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """The layout of one document, MATRIX or LIST, and whether it was chosen `by_itself`.

    `passages` are the quotations, or the summaries where these are what cells show; `cells` are
    those that tables of all cases by all codes would have; `show` is what cells show.
    """

    layout: Layout
    by_itself: bool
    passages: int
    cells: int
    show: str = "quotes"

    @property
    def is_list(self) -> bool:
        """True where the quotations stand one below another."""
        return self.layout is Layout.LIST

    @property
    def provenance(self) -> tuple[str, str]:
        """The line by which a document says how it is laid out."""
        return "Layout", _IN_WORDS[self.layout]

    @property
    def is_near(self) -> bool:
        """True for tables that would soon have been a list: another wish may turn them over."""
        is_few = 0 < self.passages * CELLS_NEAR < self.cells
        return not self.is_list and is_few and self.cells > CELLS_EACH

    @property
    def choice(self) -> str:
        """Why a list was taken for tables, or nearly was, in words; nothing where it was wished."""
        if not self.by_itself or not (self.is_list or self.is_near):
            return ""
        # Said without how many they are: a passage under two codes is one, and stands in two cells.
        one, many = _SHOWN.get(self.show, ("quotation", "quotations"))
        if self.is_near:
            fewer = self.passages + 1 - -(-self.cells // CELLS_EACH)
            noun = one if fewer == 1 else many
            return f"laid out as tables; with {fewer:,} {noun} fewer it would be a list"
        return (
            f"laid out as a list: the {many} would leave most of the "
            f"{counted(self.cells, 'cell')} of a table empty"
        )


def laid_out(report: MatrixReport, wish: Layout) -> Laid:
    """How a report is laid out. Counts are figures, and stand in tables whatever is wished."""
    return laid_out_alike([report], wish)


def laid_out_alike(parts: Sequence[MatrixReport], wish: Layout) -> Laid:
    """How the parts of one matrix are laid out: all as the whole, or nobody could compare them."""
    show = parts[0].show
    sections = [section for part in parts for section in part.sections]
    passages = sum(
        _weight(cell, show) for section in sections for row in section.matrix.cells for cell in row
    )
    cells = sum(
        (len(section.matrix.rows) + len(section.silent)) * len(section.matrix.columns)
        for section in sections
    )
    if show == "counts":
        return Laid(Layout.MATRIX, False, passages, cells, show)
    if wish is not Layout.AUTO:
        return Laid(wish, False, passages, cells, show)
    sparse = 0 < passages * CELLS_EACH < cells
    return Laid(Layout.LIST if sparse else Layout.MATRIX, True, passages, cells, show)


def says_something(cell: Cell, *, show: str) -> bool:
    """True where a cell would not be a dash."""
    if show == "counts":
        return cell.count > 0
    return bool(cell.quotes or cell.summary)


def not_empty(section: ThemeSection, show: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of the rows and of the columns in which something stands."""
    rows, columns = [], set()
    for place, row in enumerate(section.matrix.cells):
        told = [at for at, cell in enumerate(row) if says_something(cell, show=show)]
        if told:
            rows.append(place)
            columns.update(told)
    return tuple(rows), tuple(sorted(columns))


def _weight(cell: Cell, show: str) -> int:
    """How many passages a cell shows; a summary is one, as far as it stands alone."""
    if show == "summary":
        return int(says_something(cell, show=show))
    return len(cell.quotes) or int(bool(cell.summary))

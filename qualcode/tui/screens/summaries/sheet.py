"""The sheet: cases by themes, each cell with what stands in it, and the one under the cursor read.

Every state is a sign and a sentence. Writing is for the cell's own screen; how far a summary has
come can be said here as well.
"""

from __future__ import annotations

import asyncio
import os.path
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from qualcode import errors
from qualcode.model.matrix import MatrixRow
from qualcode.model.summary import SummaryStatus
from qualcode.services.summaries import from_table
from qualcode.services.summaries.sheet import Sheet, SheetCell, read_sheet
from qualcode.text.folding import fold
from qualcode.tui import cell_words
from qualcode.tui.bindings import bindings
from qualcode.tui.keys import Scope
from qualcode.tui.one_at_a_time import one_at_a_time
from qualcode.tui.screens.following import READING
from qualcode.tui.screens.summaries.acting import SummaryActs
from qualcode.tui.widgets import cell_text
from qualcode.tui.widgets.cell_text import Grid
from qualcode.tui.widgets.dialogs import Choose, Confirm, Prompt
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.footer import FooterLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.reading import SIDE_BY_SIDE, Reading
from qualcode.tui.widgets.row_text import one_line
from qualcode.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType

ALL: Final = "all cases"

ONLY: Final[dict[str, Callable[[SheetCell], bool]]] = {
    ALL: lambda _: True,
    "cases with something to do": lambda cell: cell.needs_work,
    "cases with a stale summary": lambda cell: cell.is_stale,
    "cases with a draft": lambda cell: _is(cell, SummaryStatus.DRAFT),
    "cases with a checked summary": lambda cell: _is(cell, SummaryStatus.CHECKED),
    "cases with a final summary": lambda cell: _is(cell, SummaryStatus.FINAL),
}
"""What the sheet can be narrowed to: cases of which any cell is so."""

THEMES: Final = ""
"""Stands for the themes themselves among what a column can be."""


class SheetScreen(SummaryActs):
    """The cells in rows and columns, and beside them the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Scope.SUMMARIES)
    CSS_PATH = "sheet.tcss"
    HORIZONTAL_BREAKPOINTS = SIDE_BY_SIDE
    AUTO_FOCUS = "#cases"

    def __init__(self, sheet: Sheet | None = None) -> None:
        """`sheet` is the one to begin with, where it is read already."""
        super().__init__()
        self._first = sheet
        self.kind: str | None = None if sheet is None else sheet.kind
        self.theme: str | None = None if sheet is None else sheet.theme
        self.only, self.words = ALL, ""
        self.shown: tuple[MatrixRow, ...] = ()
        self.column = 0
        self._goal: tuple[str, str] | None = None
        """The cell that the cursor goes to with the next sheet."""
        self._newer: Sheet | None = None
        """The sheet as it was seen in the cell's own screen."""

    def compose(self) -> ComposeResult:
        """Header, grid and cell, what the signs mean, status, footer."""
        yield OneLine(self.app.headed("Summaries"), id="header")
        with Container(id="panes"):
            with Vertical(id="grid"):
                yield OneLine(id="columns")
                yield Rows(self._row, id="cases")
            yield Reading(id="cell")
        yield FindLine(placeholder="words of a case", id="find")
        yield OneLine(id="legend")
        yield OneLine(id="status")
        yield FooterLine(Scope.SUMMARIES)

    def on_mount(self) -> None:
        """Words come after the first picture, where they are not here yet."""
        self.query_one("#cases", Rows).show(0, empty=READING)
        if self._first is not None:
            self.take_in(self._first)

    def on_screen_resume(self) -> None:
        """What was written or coded meanwhile is shown; all is read again only where it must be."""
        if self._newer is not None:
            newer, self._newer = self._newer, None
            self.take_in(newer)
        if self.sheet is None:
            self.load()
        else:
            self.poll()

    # -- what is shown ----------------------------------------------------------------------------

    async def look(self) -> None:
        """All cells."""
        wish = self.kind, self.theme
        sheet = await self.asked(partial(read_sheet, self.app.store, rows=wish[0], theme=wish[1]))
        if sheet is None:
            if self.sheet is not None:  # what is shown is still of the rows and columns before
                self.kind, self.theme = self.sheet.kind, self.sheet.theme
        elif wish == (self.kind, self.theme) and self.is_newer(sheet.newest):
            self.take_in(sheet)

    def take_in(self, sheet: Sheet) -> None:
        """Show a sheet, the cursor on the cell it was on."""
        here = self._goal or self._place()
        self._goal = None
        self.sheet, self.seen = sheet, sheet.newest
        self.kind, self.theme = sheet.kind, sheet.theme
        self.take_names(sheet)
        self._show(here)

    def _show(self, here: tuple[str, str] | None) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        self.shown = tuple(self._wanted(sheet))
        row, code = here or ("", "")
        at = next((n for n, one in enumerate(self.shown) if one.key == row), 0)
        columns = [one.id for one in sheet.columns]
        self.column = columns.index(code) if code in columns else 0
        self.query_one("#cases", Rows).show(len(self.shown), at=at, empty=self._empty(sheet))
        self._head(sheet)

    def _wanted(self, sheet: Sheet) -> Iterator[MatrixRow]:
        """The cases that hold the words, and have a cell of the kind that is asked for."""
        words = fold(self.words).split()
        is_so = ONLY[self.only]
        for row in sheet.rows:
            known = fold("\n".join([row.label, *row.details, row.group or ""]))
            cells = (sheet.cells[row.key, code.id] for code in sheet.columns)
            if all(word in known for word in words) and any(map(is_so, cells)):
                yield row

    def _head(self, sheet: Sheet) -> None:
        to_do = sum(cell.needs_work for cell in sheet.cells.values())
        written = sum(cell.summary is not None for cell in sheet.cells.values())
        here, of = len(self.shown), len(sheet.rows)
        parts = ["Summaries", f"{here:,} of {of:,} cases" if here != of else f"{of:,} cases"]
        parts += [f"{written:,} written", f"{to_do:,} to do"]
        parts += [self.only] if self.only != ALL else []
        parts += [f"“{self.words}”"] if self.words else []
        parts += [f"{sheet.hidden:,} not shown, by consent"] if sheet.hidden else []
        header = self.query_one("#header", OneLine)
        header.set(self.app.headed(" · ".join(parts)), right=self.app.coder)
        self.query_one("#legend", OneLine).set(cell_words.legend(sheet.cells.values()))

    def _empty(self, sheet: Sheet) -> str:
        """Why nothing stands in the list, and which key helps."""
        if not sheet.rows:
            why = "There are no cases yet: transcripts come in with qualcode import transcripts."
        elif not sheet.columns:
            why = "There are no themes yet: {everywhere.codebook} shows the codebook."
        else:
            why = "No case is like that. Esc shows all again."
        return self.app.keymap.fill(why)

    def _grid(self, width: int) -> Grid:
        sheet = self.sheet
        if sheet is None:
            return Grid.of(width, (), 0, 0)
        labels = [cell_text.label(one) for one in sheet.rows]
        return Grid.of(width, labels, len(sheet.columns), self.column)

    def _row(self, row: int, width: int) -> Text:
        sheet = self.sheet
        if sheet is None:
            return Text(end="")
        one = self.shown[row]
        at = self.column if row == self.query_one("#cases", Rows).cursor else None
        cells = [sheet.cells[one.key, code.id] for code in sheet.columns]
        return self._grid(width).row(cell_text.label(one), cells, at)

    def _columns(self) -> None:
        """The names of the columns, above the rows and as wide as they."""
        sheet = self.sheet
        if sheet is None:
            return
        rows = self.query_one("#cases", Rows)
        grid = self._grid(max(1, rows.scrollable_content_region.width - 2))
        names = [code.name for code in sheet.columns]
        left = sheet.kind if len(sheet.kind) <= grid.label else "case"
        self.query_one("#columns", OneLine).set(
            grid.head(names, self.column, left=left.capitalize())
        )

    def _place(self) -> tuple[str, str] | None:
        """The cell under the cursor, as its case and its theme."""
        row = self.query_one("#cases", Rows).cursor
        if self.sheet is None or row >= len(self.shown) or not self.sheet.columns:
            return None
        return self.shown[row].key, self.sheet.columns[self.column].id

    @property
    def cell(self) -> SheetCell | None:
        """The cell under the cursor."""
        place = self._place()
        return None if place is None or self.sheet is None else self.sheet.cells[place]

    @on(Rows.Moved, "#cases")
    def _read(self) -> None:
        """The cell under the cursor in full."""
        cell, text = self.cell, Text()
        if cell is not None and self.sheet is not None:
            text = cell_text.detail(
                self.shown[self.query_one("#cases", Rows).cursor],
                self.name_of(cell.code),
                self.sheet.book.full_name(cell.code) or cell.code,
                cell,
                mark=self.marks.mark,
                name=self.name_of,
            )
        self.query_one("#cell", Reading).show(text)
        self._columns()

    def on_resize(self) -> None:
        """Columns are as wide as there is room for."""
        self.call_after_refresh(self._columns)

    @on(Rows.Chosen, "#cases")
    def _chosen(self) -> None:
        self.action_open()

    # -- moving -----------------------------------------------------------------------------------

    def action_left(self) -> None:
        """The theme before."""
        self._to_column(self.column - 1)

    def action_right(self) -> None:
        """The next theme."""
        self._to_column(self.column + 1)

    def _to_column(self, column: int) -> None:
        if self.sheet is None:
            return
        rows = self.query_one("#cases", Rows)
        before = self._grid(rows.scrollable_content_region.width)
        self.column = max(0, min(column, len(self.sheet.columns) - 1))
        if self._grid(rows.scrollable_content_region.width) == before:
            rows.redraw(rows.cursor)
        else:
            rows.refresh()
        self._read()

    def action_next(self) -> None:
        """The next cell with something to do."""
        self._to_do(back=False)

    def action_previous(self) -> None:
        """The one before."""
        self._to_do(back=True)

    def _to_do(self, *, back: bool) -> None:
        if self.sheet is None:
            return
        place = self.sheet.next_to_do(*(self._place() or ("", "")), back=back)
        if place is None:
            self.say("No other cell has passages without a summary, or a stale one.")
            return
        if all(row.key != place[0] for row in self.shown):
            self.only, self.words = ALL, ""
        self.say("")
        self._show(place)

    # -- the commands -----------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the cell, to write in it."""
        place = self._place()
        if place is None:
            self.say("There is no cell to write in.", error=True)
            return
        self.say("")
        self.open_cell(place)

    def open_cell(self, place: tuple[str, str]) -> None:
        """Open a cell of the sheet, which is there already."""
        from qualcode.tui.screens.summaries.cell import CellScreen

        sheet = self.sheet or self._first
        if sheet is not None:
            self.app.arrive(CellScreen(sheet, place, moved=self._moved))

    def _moved(self, place: tuple[str, str], sheet: Sheet) -> None:
        """Whoever comes back from the cell's own screen is where they went, and sees it so."""
        self._goal, self._newer = place, sheet

    def action_search(self) -> None:
        """Type words that the cases have to hold."""
        self.query_one("#find", FindLine).open(self.words)

    @on(FindLine.Typed)
    def _typed(self, event: FindLine.Typed) -> None:
        self.words = event.words
        self._show(self._place())

    def step_back(self) -> bool:
        """Take the filters off before the screen is left."""
        if not (self.words or self.only != ALL):
            return False
        self.only, self.words = ALL, ""
        self._show(self._place())
        return True

    @one_at_a_time
    async def action_filter(self) -> None:
        """Show only some cases."""
        offered = [(name, name) for name in ONLY]
        only = await self.acts.ask(Choose("Show", offered))
        if only is not None:
            self.only = only
            self._show(self._place())

    @one_at_a_time
    async def action_rows(self) -> None:
        """Choose what a case is."""
        if self.sheet is None:
            return
        offered = [(name, name.replace("_", " ")) for name in self.sheet.kinds]
        kind = await self.acts.ask(Choose("A case is", offered))
        if kind is not None:
            self.kind = kind
            await self.look()

    @one_at_a_time
    async def action_columns(self) -> None:
        """Choose whether columns are themes, or the codes of one."""
        if self.sheet is None:
            return
        offered = [(THEMES, "the themes")]
        offered += [
            (code.id, f"the codes of {one_line(code.name)}")
            for code in self.sheet.book.themes
            if code.id not in self.sheet.retired
        ]
        theme = await self.acts.ask(Choose("A column is one of", offered))
        if theme is not None:
            self.theme = theme or None
            await self.look()

    @one_at_a_time
    async def action_take_in(self) -> None:
        """Write the summaries of a table."""
        typed, problem = "", None
        while True:
            prompt = Prompt(
                "Take in the summaries of which table? It has the columns case, theme, text.",
                value=typed,
                placeholder="summaries.csv",
                problem=problem,
                leave="take in nothing",
            )
            typed = (await self.acts.ask(prompt) or "").strip()
            if not typed:
                return
            table = self.app.surroundings.folder / os.path.expanduser(typed)
            try:
                new, same = await self._taken_in(table, dry_run=True)
                break
            except errors.QualcodeError as refused:
                problem = str(refused).replace(f"{self.app.surroundings.folder}{os.sep}", "")
        details = [f"{same:,} more are so already."] if same else []
        question = f"Write {new:,} of them, over what stands in their cells?"
        if await self.acts.ask(Confirm(question, details=details, yes="write them")):
            try:
                new, same = await self._taken_in(table, dry_run=False)
            except errors.QualcodeError as refused:
                self.say(str(refused), error=True)
                return
            await self.done(f"{new:,} written, {same:,} as they were.")

    async def _taken_in(self, table: Path, *, dry_run: bool) -> tuple[int, int]:
        """How many are new, and how many as they were; raises QualcodeErrors."""
        taking = partial(
            from_table.write_from,
            self.app.store,
            table,
            rows=self.kind,
            dry_run=dry_run,
            by=self.app.coder,
            at=self.app.now(),
        )
        return await asyncio.to_thread(taking)


def _is(cell: SheetCell, status: SummaryStatus) -> bool:
    return cell.summary is not None and cell.summary.status is status

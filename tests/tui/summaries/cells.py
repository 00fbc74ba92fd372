"""The two screens of summaries in tests: where they are, what they show, what the store holds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.study import BY
from textual.widgets import TextArea
from tui.driving import Driver, driven, pressed, settled

from qualcode.services.summaries.sheet import SheetCell, read_sheet
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.summaries.cell import CellScreen
from qualcode.tui.screens.summaries.sheet import SheetScreen
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.passages import Passages
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows

SMALL = (80, 24)
WIDE = (140, 40)


@asynccontextmanager
async def at_the_sheet(
    store: Store, surroundings: Surroundings, *keys: str, size: tuple[int, int] = SMALL
) -> AsyncIterator[Driver]:
    """The sheet, after some keys."""
    app = make_app(store, BY, surroundings=surroundings, sentences=InProcess())
    async with driven(app, "M", size=size) as pilot:
        await settled(pilot)
        await pressed(pilot, *keys)
        yield pilot


def sheet_of(pilot: Driver) -> SheetScreen:
    assert isinstance(pilot.app.screen, SheetScreen)
    return pilot.app.screen


def cell_of(pilot: Driver) -> CellScreen:
    assert isinstance(pilot.app.screen, CellScreen)
    return pilot.app.screen


def line(pilot: Driver, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", OneLine).text


def lines(pilot: Driver) -> list[str]:
    """The rows of the sheet as they are drawn."""
    rows = pilot.app.screen.query_one("#cases", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.count)]


def beside(pilot: Driver) -> str:
    """The cell under the cursor, as it is read beside the sheet."""
    return pilot.app.screen.query_one("#cell", Reading).words


def passages(pilot: Driver) -> Passages:
    return pilot.app.screen.query_one(Passages)


def field(pilot: Driver) -> TextArea:
    return pilot.app.screen.query_one(TextArea)


def place(pilot: Driver) -> tuple[str, str]:
    """The cell that one is on, of either screen."""
    cell = (cell_of(pilot) if isinstance(pilot.app.screen, CellScreen) else sheet_of(pilot)).cell
    assert cell is not None
    return cell.row, cell.code


def stored(store: Store, row: str = "P01", code: str = "funding") -> SheetCell:
    return read_sheet(store).cells[row, code]


def text(store: Store, row: str = "P01", code: str = "funding") -> str | None:
    summary = stored(store, row, code).summary
    return None if summary is None else summary.text

"""What the codebook screen shows, and what the project and codebook.yaml hold behind it."""

from __future__ import annotations

from services.fair import COMMENTS
from tui.driving import Driver, pressed

from qualcode.codebook import load_codebook
from qualcode.model.codebook import Code, Codebook
from qualcode.services.book import codebooks
from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows


def file_text(surroundings: Surroundings) -> str:
    return (surroundings.folder / "codebook.yaml").read_text(encoding="utf-8")


def book_of(store: Store, surroundings: Surroundings) -> Codebook:
    """The codes that take codings, the same in the store and in the file, comments kept."""
    shown, text = codebooks.show_codebook(store), file_text(surroundings)
    in_file = load_codebook(text, where="codebook.yaml")
    living = [one.id for one in shown.codebook.codes if one.id not in shown.retired]
    assert [one.id for one in in_file.codes] == living
    assert all(comment in text for comment in COMMENTS)
    return in_file


def code_of(store: Store, surroundings: Surroundings, code: str) -> Code:
    return book_of(store, surroundings).by_id()[code]


def screen_of(pilot: Driver) -> CodebookScreen:
    assert isinstance(pilot.app.screen, CodebookScreen)
    return pilot.app.screen


def said(pilot: Driver, line: str = "#status") -> OneLine:
    return pilot.app.screen.query_one(line, OneLine)


def lines(pilot: Driver) -> list[str]:
    rows = pilot.app.screen.query_one("#codes", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


async def go_to(pilot: Driver, code: str) -> None:
    """The cursor to a code, by its keys."""
    rows = pilot.app.screen.query_one("#codes", Rows)
    at = [row.code.id for row in screen_of(pilot).rows].index(code)
    step = "down" if at > rows.cursor else "up"
    await pressed(pilot, *[step] * abs(at - rows.cursor))

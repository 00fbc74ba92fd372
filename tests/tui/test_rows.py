"""Lists and panes that draw only what is in sight, tried in an app with nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from qualcode.tui.widgets.reading import Reading, wrapped
from qualcode.tui.widgets.rows import Rows

MANY = 100_000


class Listed(App[None]):
    """A list above a pane; what the list says is kept."""

    CSS = "Rows { height: 10; } Reading { height: 5; }"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield Rows(lambda row, width: Text(f"row {row:06}" + "." * width))
        yield Reading()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.chosen.append(event.rows.cursor)

    @property
    def rows(self) -> Rows:
        return self.query_one(Rows)

    @property
    def reading(self) -> Reading:
        return self.query_one(Reading)


def listed(test: Callable[[Listed, Pilot[None]], Awaitable[None]]) -> None:
    async def run() -> None:
        app = Listed()
        async with app.run_test(size=(40, 20)) as pilot:
            await test(app, pilot)

    asyncio.run(run())


def in_sight(app: Listed) -> list[str]:
    return [app.rows.render_line(y).text for y in range(app.rows.size.height)]


def pane(app: Listed) -> list[str]:
    return [app.reading.render_line(y).text.rstrip() for y in range(app.reading.size.height)]


def test_other_rows_ask_for_room_only_where_the_scrollbar_comes_or_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out: list[object] = []
    whole = Screen._refresh_layout

    def counted(self: Screen[None], *args: object, **named: object) -> None:
        laid_out.append(self)
        whole(self, *args, **named)  # type: ignore[arg-type]

    async def test(app: Listed, pilot: Pilot[None]) -> None:
        async def after(count: int) -> tuple[bool, bool]:
            laid_out.clear()
            app.rows.show(count)
            await pilot.pause()
            return bool(laid_out), app.rows.show_vertical_scrollbar

        await after(MANY)
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        assert await after(50) == (False, True)
        assert app.rows.vertical_scrollbar.window_virtual_size == 50
        assert await after(10) == (True, False)
        assert await after(3) == (False, False)
        assert await after(11) == (True, True)

    listed(test)


def test_a_list_as_high_as_its_rows_grows_and_shrinks_with_them() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.styles.height = "auto"
        heights = []
        for count in (3, 7, 2):
            app.rows.show(count)
            await pilot.pause()
            heights.append(app.rows.size.height)
        assert [one - heights[0] for one in heights] == [0, 4, -1]

    listed(test)


def test_a_long_list_draws_the_rows_in_sight_alone() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(MANY)
        await pilot.pause()
        assert 10 <= app.rows.drawn <= 30
        await pilot.press("end")
        assert in_sight(app)[-1].startswith("› row 099999")
        assert app.rows.drawn <= 80

    listed(test)


def test_the_cursor_moves_by_row_by_page_and_to_the_ends_and_stops_there() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(25)
        places = []
        for key in ("up", "down", "down", "pagedown", "pagedown", "pagedown", "home", "end"):
            await pilot.press(key)
            places.append(app.rows.cursor)
        assert places == [0, 1, 2, 11, 20, 24, 0, 24]

    listed(test)


def test_every_row_is_as_wide_as_there_is_room_and_marks_what_was_cut() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(3)
        await pilot.pause()
        assert {len(line) for line in in_sight(app)} == {39}
        assert all(line.endswith("…") for line in in_sight(app)[:3])

    listed(test)


def test_a_click_moves_the_cursor_and_a_click_on_it_chooses() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(25)
        await pilot.click(Rows, offset=(5, 4))
        assert (app.rows.cursor, app.chosen) == (4, [])
        await pilot.click(Rows, offset=(5, 4))
        assert app.chosen == [4]
        app.rows.show(2)
        await pilot.click(Rows, offset=(5, 8))
        assert (app.rows.cursor, app.chosen) == (0, [4])

    listed(test)


def test_an_empty_list_says_why() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(0, empty="There is nothing here yet, and this says at some length why.")
        await pilot.press("down", "end", "pageup")
        words = " ".join(line.strip() for line in in_sight(app)).strip()
        assert words == "There is nothing here yet, and this says at some length why."

    listed(test)


def test_the_pane_says_how_much_more_there_is_and_scrolls_to_its_end() -> None:
    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.reading.show(Text("\n".join(f"line {n}" for n in range(12))))
        await pilot.pause()
        assert pane(app)[:2] == ["line 0", "line 1"]
        assert "8 more rows: Tab, then ↓" in pane(app)[4]
        await pilot.press("tab", "down")
        assert pane(app)[0] == "line 1"
        await pilot.press("pagedown", "pagedown", "pagedown")
        assert pane(app) == [f"line {n}" for n in range(7, 12)]
        app.reading.show(Text("other"))
        assert pane(app)[0] == "other"

    listed(test)


def test_other_text_and_another_row_ask_for_no_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts: list[Screen[object]] = []
    whole = Screen._refresh_layout

    def counted(screen: Screen[object], *given: Any, **named: Any) -> None:
        layouts.append(screen)
        whole(screen, *given, **named)

    async def test(app: Listed, pilot: Pilot[None]) -> None:
        app.rows.show(25)
        await pilot.press("down")
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        app.reading.show(Text("words " * 200))
        await pilot.press("down", "pagedown")
        assert app.rows.cursor > 1
        assert layouts == []
        app.reading.styles.height = 3
        await pilot.pause()
        assert layouts

    listed(test)


def test_writing_without_blanks_fills_its_rows_and_each_line_begins_a_row() -> None:
    words = "李明: 我们村不大，大家都互相认识。\n\n  战后有很多家庭。"
    rows = [row.plain for row in wrapped(Text(words), 20)]

    assert rows == ["李明: 我们村不大，大", "家都互相认识。", "", "  战后有很多家庭。"]
    assert [row.plain for row in wrapped(Text("one two  three"), 8)] == ["one two", "three"]
    assert [row.plain for row in wrapped(Text(""), 8)] == [""]

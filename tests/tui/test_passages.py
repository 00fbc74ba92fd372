"""The pane of passages: a long one is read to its end before the next one is chosen."""

from __future__ import annotations

from rich.text import Text
from textual.app import App, ComposeResult
from tui.driving import in_the_app

from qualcode.tui.widgets.passages import Passages

LONG = " ".join(f"word{n}" for n in range(60))


class Page(App[None]):
    """Nothing but a pane, twenty cells wide and six rows high."""

    CSS = "Passages { width: 20; height: 6; }"

    def compose(self) -> ComposeResult:
        yield Passages()


def rows(pane: Passages) -> list[str]:
    return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


@in_the_app
async def test_a_long_passage_is_read_to_its_end_before_the_next_one() -> None:
    app = Page()
    async with app.run_test(size=(40, 12)) as pilot:
        pane = app.query_one(Passages)
        pane.show([Text("First"), Text(LONG), Text("Last")])
        pane.focus()
        await pilot.pause()
        assert rows(pane)[0] == "› First"
        seen: list[str] = []
        pressed = 0
        while pane.cursor < 2:
            await pilot.press("down")
            pressed += 1
            seen += rows(pane)
            assert pressed < 60
        for n in range(60):
            assert any(f"word{n} " in f"{line} " for line in seen)
        assert any("Last" in line for line in rows(pane))
        while pane.cursor:
            await pilot.press("up")
        assert rows(pane)[0] == "› First"


@in_the_app
async def test_what_is_not_in_sight_is_counted_and_paging_moves_the_choice() -> None:
    app = Page()
    async with app.run_test(size=(40, 12)) as pilot:
        pane = app.query_one(Passages)
        pane.show([Text(f"Passage {n}") for n in range(12)])
        app.set_focus(None)
        await pilot.pause()
        assert "18 more rows: PgD" in rows(pane)[-1]
        pane.focus()
        await pilot.pause()
        assert "more rows: ↓" in rows(pane)[-1]
        await pilot.press("pagedown")
        assert pane.cursor > 0
        assert any(line.startswith("›") for line in rows(pane))
        await pilot.press("end")
        assert pane.cursor == 11
        assert rows(pane)[-1] == "› Passage 11"
        await pilot.click(Passages, offset=(3, 1))
        assert pane.cursor < 11


@in_the_app
async def test_where_there_are_none_that_is_said() -> None:
    app = Page()
    async with app.run_test(size=(40, 12)) as pilot:
        pane = app.query_one(Passages)
        pane.show((), empty="Asked, nothing coded.")
        await pilot.pause()
        await pilot.press("down", "pagedown", "end")
        assert "Asked, nothing" in rows(pane)[0]
        assert pane.words == "Asked, nothing coded."

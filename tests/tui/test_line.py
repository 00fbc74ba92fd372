"""One row of words: cut by cells, drawn again without a layout."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult
from tui.driving import in_the_app

from qualcode.tui.widgets.line import OneLine


class Lined(App[None]):
    """An app of one line that counts how often it is laid out."""

    layouts = 0

    def compose(self) -> ComposeResult:
        yield OneLine("before")

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._count)

    def _count(self, _: object) -> None:
        self.layouts += 1


def drawn(app: Lined) -> str:
    return app.query_one(OneLine).render_line(0).text


@in_the_app
async def test_other_words_cause_no_layout() -> None:
    app = Lined()
    async with app.run_test(size=(20, 3)) as pilot:
        await pilot.pause()
        before = app.layouts
        assert before > 0

        app.query_one(OneLine).set("after")
        await pilot.pause()

        assert drawn(app).rstrip() == "after"
        assert app.layouts == before


@in_the_app
async def test_what_is_too_long_is_cut_between_signs() -> None:
    app = Lined()
    async with app.run_test(size=(14, 3)):
        app.query_one(OneLine).set("共同体共同体共同体")
        assert drawn(app) == "共同体共同 …"
        assert cell_len(drawn(app)) == 12


@in_the_app
async def test_the_right_side_gives_way_to_the_left() -> None:
    app = Lined()
    async with app.run_test(size=(32, 3)) as pilot:
        line = app.query_one(OneLine)
        line.set("left", right="right")
        assert drawn(app) == "left" + " " * 21 + "right"
        line.set(Text("a left side of some length"))
        assert drawn(app) == "a left side of some le…  right"

        await pilot.resize_terminal(14, 3)
        assert drawn(app) == "a left side…"


@in_the_app
async def test_lines_of_words_become_one() -> None:
    app = Lined()
    async with app.run_test(size=(32, 3)):
        app.query_one(OneLine).set("one\ntwo")
        assert drawn(app).rstrip() == "one two"

"""The small questions that lie over a screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import TextArea
from tui.driving import in_the_app

from qualcode.errors import StoreLockedError
from qualcode.tui import chrome
from qualcode.tui.widgets.dialogs import Choose, Confirm, MemoEditor, Prompt
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows

NOT_YET = object()


class Asking(App[None]):
    """An app that has nothing but one question."""

    def __init__(self, dialog: Screen[Any]) -> None:
        super().__init__()
        self.register_theme(chrome.DARK)
        self.theme = chrome.DARK.name
        self.answer: object = NOT_YET
        self._dialog = dialog

    def on_mount(self) -> None:
        self.push_screen(self._dialog, self._answered)

    def _answered(self, answer: object) -> None:
        self.answer = answer


@asynccontextmanager
async def asked(dialog: Screen[Any], *keys: str) -> AsyncIterator[tuple[Asking, Pilot[None]]]:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        yield app, pilot


async def answer(dialog: Screen[Any], *keys: str) -> object:
    async with asked(dialog, *keys) as (app, _):
        return app.answer


def hint(app: Asking) -> OneLine:
    return app.screen.query_one(OneLine)


@in_the_app
async def test_a_confirmation_is_y_and_nothing_else() -> None:
    assert await answer(Confirm("Merge?"), "y") is True
    assert await answer(Confirm("Merge?"), "n") is False
    assert await answer(Confirm("Merge?"), "escape") is False
    assert await answer(Confirm("Merge?"), "enter", "space", "x") is NOT_YET


@in_the_app
async def test_a_prompt_answers_with_what_was_typed() -> None:
    assert await answer(Prompt("Name?", value="Bond"), "i", "enter") == "Bondi"
    assert await answer(Prompt("Name?", value="Bond"), "i", "escape") is None


@in_the_app
async def test_a_prompt_stays_until_nothing_speaks_against_the_words() -> None:
    def check(words: str) -> str | None:
        return None if words else "Type a name."

    async with asked(Prompt("Name?", check=check), "enter") as (app, pilot):
        assert (hint(app).text, hint(app).error) == ("Type a name.", True)
        assert app.answer is NOT_YET

        await pilot.press("x", "enter")
        assert app.answer == "x"


@in_the_app
async def test_one_of_a_short_list_is_chosen_by_number_or_cursor() -> None:
    def choose() -> Choose[str]:
        return Choose("Which?", [("a", "Apples"), ("b", "Bread"), ("c", "Cheese")])

    assert await answer(choose(), "2") == "b"
    assert await answer(choose(), "down", "down", "enter") == "c"
    assert await answer(choose(), "escape") is None
    assert await answer(choose(), "7") is NOT_YET


@in_the_app
async def test_a_long_list_is_narrowed_by_typing() -> None:
    names = [f"Code {n}" for n in range(60)] + ["Café owners"]
    dialog: Choose[int] = Choose("Which?", list(enumerate(names)), at=3)
    async with asked(dialog) as (app, pilot):
        assert app.screen.query_one(Rows).cursor == 3
        await pilot.press(*"cafe")
        await pilot.pause()
        assert app.screen.query_one(Rows).count == 1
        await pilot.press("z", "enter")
        assert app.answer is NOT_YET

        await pilot.press("backspace", "enter")
        assert app.answer == 60


@in_the_app
async def test_a_list_of_nothing_can_only_be_left() -> None:
    assert await answer(Choose("Which?", []), "enter", "1") is NOT_YET
    assert await answer(Choose("Which?", []), "escape") is None


@in_the_app
async def test_a_memo_is_kept_in_a_pause_and_on_leaving() -> None:
    kept: list[str] = []
    async with asked(MemoEditor("On this", body="One", keep=kept.append), "x") as (app, pilot):
        assert kept == []
        editor = app.screen
        assert isinstance(editor, MemoEditor)
        assert editor.keep_now()
        assert kept == ["Onex"]
        assert "Kept" in hint(app).text

        await pilot.press("y", "escape")

        assert kept == ["Onex", "Onexy"]
        assert app.answer == "Onexy"


@in_the_app
async def test_a_memo_that_was_not_changed_is_not_kept_again() -> None:
    kept: list[str] = []

    assert await answer(MemoEditor("On this", body="One", keep=kept.append), "escape") == "One"
    assert kept == []


@in_the_app
async def test_a_memo_that_cannot_be_kept_stays_open_and_says_why() -> None:
    def fail(_: str) -> None:
        raise StoreLockedError(where="study.qualcode")

    async with asked(MemoEditor("On this", keep=fail), "x", "escape") as (app, pilot):
        assert app.answer is NOT_YET
        assert hint(app).error
        assert app.screen.query_one(TextArea).text == "x"

        await pilot.press("escape")
        assert app.answer == ""

"""The small questions that lie over a screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, TextArea
from tui.driving import in_the_app

from qualcode.errors import StoreLockedError
from qualcode.tui import chrome
from qualcode.tui.widgets.dialogs import Choose, Confirm, Hint, MemoEditor, Prompt
from qualcode.tui.widgets.rows import Rows

NOT_YET = object()


class Asking(App[None]):
    """An app that has nothing but one question."""

    def __init__(self, dialog: Screen[Any]) -> None:
        super().__init__()
        self.register_theme(chrome.DARK)
        self.theme = chrome.DARK.name
        self.answer: object = NOT_YET
        self.said_at_the_end: list[str] = []
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


def hint(app: Asking) -> Hint:
    return app.screen.query_one(Hint)


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
    dialog: Choose[int] = Choose("Which?", list(enumerate(names)))
    async with asked(dialog) as (app, pilot):
        await pilot.press(*"cafe")
        await pilot.pause()
        assert app.screen.query_one(Rows).count == 1
        await pilot.press("z", "enter")
        assert app.answer is NOT_YET

        await pilot.press("backspace", "enter")
        assert app.answer == 60


@in_the_app
async def test_a_short_list_is_narrowed_by_typing_too_and_digits_are_letters_then() -> None:
    options = [("a", "Apples"), ("b", "Grape jam"), ("j", "  Jam"), ("7", "Jam of 7 fruits")]

    def choose() -> Choose[str]:
        return Choose("Which?", options)

    async with asked(choose(), *"jam") as (app, pilot):
        rows = app.screen.query_one(Rows)
        assert rows.count == 3
        assert rows.render_line(rows.cursor).text.strip() == "›   Jam", "what begins so comes first"
        assert app.screen.query_one(Input).value == "jam"
        await pilot.press("7")
        assert app.answer is NOT_YET
        await pilot.press("backspace", "enter")
        assert app.answer == "j"
    assert await answer(choose(), *"of 7", "enter") == "7"
    assert await answer(choose(), "j", "down", "enter") == "7"
    assert await answer(choose(), *"zz", "enter") is NOT_YET


@in_the_app
async def test_a_list_of_nothing_can_only_be_left() -> None:
    assert await answer(Choose("Which?", []), "enter", "1") is NOT_YET
    assert await answer(Choose("Which?", []), "escape") is None


@in_the_app
async def test_a_memo_is_kept_on_leaving_and_now_and_then_before() -> None:
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
async def test_a_memo_is_kept_once_by_who_leaves_it() -> None:
    kept: list[str] = []
    async with asked(MemoEditor("On this", keep=kept.append), *"one two", "escape") as (app, _):
        assert app.answer == "one two"
    assert kept == ["one two"]


@in_the_app
async def test_a_memo_is_kept_by_whatever_ends_the_app() -> None:
    kept: list[str] = []
    async with asked(MemoEditor("On this", keep=kept.append), *"words") as (app, _):
        assert kept == []
        app.exit()
    assert kept == ["words"]
    assert app.said_at_the_end == []


@in_the_app
async def test_a_memo_that_cannot_be_kept_when_all_ends_is_said_afterwards() -> None:
    async with asked(MemoEditor("On this", keep=_refused), *"words") as (app, _):
        app.exit()
    assert len(app.said_at_the_end) == 1
    assert "is not kept" in app.said_at_the_end[0]
    assert "words" not in app.said_at_the_end[0]


def _refused(_: str) -> None:
    raise StoreLockedError(where="study.qualcode")


@in_the_app
async def test_a_memo_that_was_not_changed_is_not_kept_again() -> None:
    kept: list[str] = []

    assert await answer(MemoEditor("On this", body="One", keep=kept.append), "escape") == "One"
    assert kept == []


@in_the_app
async def test_a_memo_that_cannot_be_kept_stays_open_and_says_why() -> None:
    async with asked(MemoEditor("On this", keep=_refused), "x", "escape") as (app, pilot):
        assert app.answer is NOT_YET
        assert hint(app).error
        assert app.screen.query_one(TextArea).text == "x"

        await pilot.press("escape")
        assert app.answer == ""
    assert app.said_at_the_end == [], "it was said already, and accepted"


# -- how they lie on the screen -------------------------------------------------------------------

SENTENCE = "Each of these words can be read to its end, however many they are. " * 3


def drawn(app: Asking) -> list[str]:
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def shown_whole(app: Asking) -> str:
    """What is on the screen as running words."""
    return " ".join(" ".join(drawn(app)).replace("▌", " ").split())


@in_the_app
async def test_a_memo_takes_the_lower_half_or_the_upper_one_from_edge_to_edge() -> None:
    for top, at in ((False, 12), (True, 0)):
        editor = MemoEditor("On this", keep=lambda _: None, top=top)
        async with asked(editor, *"words") as (app, _):
            box = app.screen.query_one(Vertical).region
            assert (box.x, box.y, box.width, box.height) == (0, at, 80, 12)
            assert drawn(app)[0 if top else 12 + 1].startswith(" On this")
            assert drawn(app)[11 if top else 12] == "─" * 80, "a clean edge"


@in_the_app
async def test_that_a_memo_is_not_kept_is_read_first_and_why_to_its_end() -> None:
    title = "\n".join(["Memo on Grant aid", *(f"tomasz wrote: {SENTENCE}" for _ in range(3))])
    async with asked(MemoEditor(title, keep=_refused), *"words", "escape") as (app, _):
        said = str(StoreLockedError(where="study.qualcode"))
        assert hint(app).text == f"Not kept. The same key again leaves without it.\n{said}"
        assert hint(app).text.replace("\n", " ") in shown_whole(app)
        assert "Memo on Grant aid" in shown_whole(app)
        assert "words" in shown_whole(app)


@in_the_app
async def test_what_speaks_against_words_is_read_to_its_end_and_gone_with_other_words() -> None:
    async with asked(Prompt("Name?", check=lambda _: SENTENCE), "x", "enter") as (app, pilot):
        assert " ".join(SENTENCE.split()) in shown_whole(app)
        await pilot.press("y")
        assert (hint(app).text, hint(app).error) == ("Enter: done   Esc: leave it", False)


@in_the_app
async def test_the_keys_of_a_question_are_in_sight_however_much_is_told_before() -> None:
    question = Confirm("Bring it in?", details=[f"{n}: {SENTENCE}" for n in range(12)])
    async with asked(question) as (app, pilot):
        assert "y: yes n: no" in shown_whole(app)
        assert "11: Each" not in shown_whole(app)
        await pilot.press("end")
        await pilot.pause()
        assert "11: Each" in shown_whole(app)
        await pilot.press("y")
        assert app.answer is True

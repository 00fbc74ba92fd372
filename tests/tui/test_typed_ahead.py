"""Keys that come faster than they are acted upon, as a slow line brings them: none goes astray.

All keys of a test are on their way before the first one is taken; then the store is asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from services.study import BY, bring_in, write
from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen
from tui.coded import (
    FIRST,
    FOURTH,
    SECOND,
    SMALL,
    THIRD,
    coding,
    memos,
    new_interview,
    screen_of,
    selected,
    stored,
)
from tui.driving import at_once, driven, in_the_app, pressed, settled

from qualcode.services.book import codebooks
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui import typed_ahead
from qualcode.tui.app import make_app
from qualcode.tui.keys import BY_ID
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.settings import entries
from qualcode.tui.screens.transcripts import Transcripts
from qualcode.tui.widgets.rows import Rows


@pytest.fixture
def interview(surroundings: Surroundings) -> Iterator[Store]:
    with new_interview(surroundings.folder) as store:
        yield store


@in_the_app
async def test_letters_behind_the_key_of_the_finder_choose_the_code(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "c", "1", "down", "enter", *"trad", "enter")
        await settled(pilot)
        assert stored(interview) == [("bonding", FIRST, BY), ("trading", SECOND, BY)]


@in_the_app
async def test_letters_that_are_no_keys_of_anything_arrive_in_the_finder(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "enter", *"Small Gr", "backspace", "enter")
        await settled(pilot)
        assert stored(interview) == [("small-grants", FIRST, BY)]


@in_the_app
async def test_a_row_further_down_in_the_finder_is_the_one_that_is_taken(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "enter", "b")
        second = screen_of(pilot.app).asking.finder.found[1]
        await pressed(pilot, "escape")
        at_once(pilot.app, "enter", "b", "down", "enter")
        await settled(pilot)
        assert stored(interview) == [(second, FIRST, BY)]


@in_the_app
async def test_a_new_code_is_made_with_its_whole_name_under_its_theme(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "enter", *"roof repair", "enter", "enter", *"cohe", "enter")
        await settled(pilot)
        book = codebooks.show_codebook(interview).codebook
        (made,) = [code for code in book.codes if code.name == "roof repair"]
        assert made.parent == "cohesion"
        assert stored(interview) == [(made.id, FIRST, BY)]


@in_the_app
async def test_letters_of_themes_and_of_their_codes_follow_each_other(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "f", "1", "c", "2", "down", "f", "f", "c", "1")
        await settled(pilot)
        assert sorted(stored(interview)) == [
            ("bonding", SECOND, BY),
            ("bridging", FIRST, BY),
            ("funding", SECOND, BY),
            ("grant-aid", FIRST, BY),
        ]


@in_the_app
async def test_a_number_puts_the_code_that_was_used_just_before_it(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "f", "1", "down", "1", "c", "2", "down", "2", "u", "1")
        await settled(pilot)
        first, *others = stored(interview)
        assert first == ("grant-aid", FIRST, BY)
        assert {words for _, words, _ in others} == {SECOND, THIRD}
        await pressed(pilot, "escape")
        slowly = [*others]
        for key in ("x", "2", "u", "1"):
            await pressed(pilot, key)
        assert stored(interview)[1:] == slowly


@in_the_app
async def test_the_first_letters_of_a_memo_are_kept(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "m", *"Who f1?", "enter", *"ask", "escape", "c", "1")
        await settled(pilot)
        assert memos(interview) == ["Who f1?\nask"]
        assert stored(interview) == [("bonding", FIRST, BY)]


@in_the_app
async def test_a_memo_is_kept_by_the_key_that_leaves_the_program(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "m", *"why", "ctrl+q")
        await settled(pilot)
    assert memos(interview) == ["why"]
    assert pilot.app.return_code == 0


@in_the_app
async def test_words_that_are_pasted_behind_a_key_arrive_where_it_leads(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "m", "a")
        pilot.app.post_message(events.Paste("nd then"))
        at_once(pilot.app, "!", "escape", "c", "1")
        await settled(pilot)
        assert memos(interview) == ["and then!"]
        assert stored(interview) == [("bonding", FIRST, BY)]


@in_the_app
async def test_what_is_found_is_what_is_coded(interview: Store, surroundings: Surroundings) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "slash", *"leaked", "enter", "f", "1")
        await settled(pilot)
        assert stored(interview) == [("grant-aid", "It leaked anyway.", BY)]


@in_the_app
async def test_where_one_goes_is_what_is_coded(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "g", "4", "enter", "c", "1", "g", "2", "enter", "c", "2")
        await settled(pilot)
        assert stored(interview) == [("bridging", FIRST, BY), ("bonding", FOURTH, BY)]


@in_the_app
async def test_a_turn_of_two_figures_is_gone_to(surroundings: Surroundings, tmp_path: Path) -> None:
    text = "\n\n".join(f"{'IP'[n % 2]}: These are the words of turn {n}." for n in range(1, 31))
    with new_interview(surroundings.folder, text=text) as store:
        async with coding(store, surroundings) as pilot:
            at_once(pilot.app, "g", "1", "4", "enter", "f", "1")
            await settled(pilot)
            assert stored(store) == [("grant-aid", "These are the words of turn 14.", BY)]


@in_the_app
async def test_keys_wait_for_a_list_that_is_read_from_the_project(
    interview: Store, surroundings: Surroundings, tmp_path: Path
) -> None:
    bring_in(interview, write(tmp_path / "more", {"P08.txt": "P08: It rained."}) / "P08.txt")
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "T", "down", "enter", "down", "f", "1")
        await settled(pilot)
        assert screen_of(pilot.app).session.text.name == "P08"
        assert stored(interview) == [("grant-aid", "It rained.", BY)]


@in_the_app
async def test_keys_wait_from_the_first_screen_on(
    interview: Store, surroundings: Surroundings
) -> None:
    app = make_app(interview, BY, surroundings=surroundings, sentences=InProcess())
    async with driven(app, size=SMALL) as pilot:
        at_once(app, "T", "enter", "down", "enter", *"trad", "enter")
        await settled(pilot)
        assert stored(interview) == [("trading", FIRST, BY)]


@in_the_app
async def test_answers_arrive_in_the_questions_they_are_meant_for(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(
            pilot.app, "C", "down", "a", "2", *"nx1", "enter", *"A d.", "enter", "r", "2", "enter"
        )
        await settled(pilot)
        assert isinstance(pilot.app.screen, CodebookScreen)
        book = codebooks.show_codebook(interview).codebook
        (made,) = [code for code in book.codes if code.name.startswith("nx1")]
        assert (made.name, made.parent, made.definition) == ("nx12", "funding", "A d.")


@in_the_app
async def test_esc_from_question_after_question_comes_back_to_the_passage(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, "down", "C", "a", "1", "escape", "n", "escape", "f", "1")
        await settled(pilot)
        assert stored(interview) == [("grant-aid", FIRST, BY)]
        assert len(codebooks.show_codebook(interview).codebook.codes) == 7


@in_the_app
async def test_a_key_that_is_chosen_for_a_command_gives_it_from_then_on(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "S")
        pilot.app.screen.query_one(Rows).move_to(entries().index(BY_ID["everywhere.transcripts"]))
        at_once(pilot.app, "enter", "Y", "Y")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Transcripts)


@in_the_app
async def test_a_held_key_goes_as_far_as_it_was_pressed(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        at_once(pilot.app, *["right"] * 200, *["left"] * 200, *["down"] * 3)
        await settled(pilot)
        assert selected(pilot.app) == THIRD


class Endless(Screen[None]):
    """A screen that reads for ever; `x` counts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "count")]
    counted = 0

    def on_mount(self) -> None:
        self.run_worker(asyncio.Event().wait(), group="load")

    def action_count(self) -> None:
        self.counted += 1


@in_the_app
async def test_a_list_that_never_comes_does_not_hold_the_keys_for_ever(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed_ahead, "PATIENCE", typed_ahead.AT_ONCE + 10)
    async with coding(interview, surroundings) as pilot:
        screen = Endless()
        await pilot.app.push_screen(screen)
        at_once(pilot.app, "x", "x", "x")
        while screen.counted < 3:
            await pilot.pause()
        at_once(pilot.app, "x")
        await pilot.pause()
        assert screen.counted == 4


@in_the_app
async def test_work_that_belongs_to_no_screen_holds_no_key(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        pilot.app.run_worker(asyncio.Event().wait(), group="load")
        at_once(pilot.app, "down", "enter", *"trad", "enter")
        while not stored(interview):
            await pilot.pause()
        assert stored(interview) == [("trading", FIRST, BY)]

"""Several codings at one place: which of them is chosen, and what the next act is meant for."""

from __future__ import annotations

from services.study import BY
from tui.coded import (
    FIRST,
    SECOND,
    coding,
    line,
    memos,
    screen_of,
    selected,
    stored,
    tagged_by_another,
)
from tui.driving import in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings


@in_the_app
async def test_tab_selects_a_coding_and_the_next_act_is_meant_for_it(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "shift+down", "c", "1", "down", "home", "tab")
        assert selected(pilot.app) == FIRST
        await pressed(pilot, "tab")
        assert selected(pilot.app) == f"{FIRST} {SECOND}"
        await pressed(pilot, "x")
        assert stored(interview) == [("grant-aid", FIRST, BY)]
        await pressed(pilot, "u", "tab", "shift+tab")
        assert selected(pilot.app) == FIRST


@in_the_app
async def test_tab_goes_through_the_codings_here_first_then_on_and_says_so(
    interview: Store, surroundings: Surroundings
) -> None:
    tagged_by_another(interview, FIRST, "bonding")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "shift+down", "c", "2", "down", "f", "3", "up", "up")
        assert selected(pilot.app) == FIRST
        said = []
        for key in ("tab", "tab", "tab", "tab", "tab", "shift+tab", "shift+tab"):
            await pressed(pilot, key)
            said.append(line(pilot.app, "status").partition(":")[0])
        assert said == [
            "Grant aid, 1 of 3 here",
            "Bridging, 2 of 3 here",
            "Bonding (ben), 3 of 3 here",
            "Trading, the next place",
            "No coding after this.",
            "Bonding (ben), 3 of 3 here",
            "Bridging, 2 of 3 here",
        ]


@in_the_app
async def test_acts_after_tab_are_meant_for_the_chosen_coding_of_several_on_the_same_words(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1", "f", "3", "tab", "tab", "D", "D", "D")
        (doubted,) = [code for code, _, _ in stored(interview) if code.endswith("?")]
        await pressed(pilot, "m", *"why", "escape", "R", "left", "enter")
        (moved,) = [one for one in stored(interview) if one[1] != FIRST]
        assert moved[0] == doubted
        assert memos(interview) == ["why"]
        await pressed(pilot, "up", "tab", "x")
        left = {code for code, _, _ in stored(interview)}
        assert len(left) == 2
        await pressed(pilot, "x")
        assert {code for code, _, _ in stored(interview)} == left, "it asks which of the two"
        await pressed(pilot, "1")
        assert len(stored(interview)) == 1


@in_the_app
async def test_a_coding_whose_ends_were_moved_stays_chosen_until_another_is_laid_beside_it(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1", "tab", "tab", "R", "right", "enter", "D")
        assert [code for code, _, _ in stored(interview)] == ["bonding", "grant-aid?"]
        await pressed(pilot, "f", "3", "D")
        assert len(stored(interview)) == 3
        assert screen_of(pilot.app).asking.which_key.is_open, "it asks which of them"


@in_the_app
async def test_a_memo_after_tab_is_on_the_chosen_coding_of_another_coder(
    interview: Store, surroundings: Surroundings
) -> None:
    tagged_by_another(interview, FIRST, "bonding")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "tab", "tab", "m", *"really", "escape")
        session = screen_of(pilot.app).session
        bens = next(one for one in session.codings if one.coder == "ben")
        assert [memo.body for memo in session.memos[bens.uid]] == ["really"]
        for key, verb in (("x", "take it off"), ("D", "doubt it"), ("R", "move its ends")):
            await pressed(pilot, key)
            said = f"Bonding here is ben's: only ben can {verb}."
            assert line(pilot.app, "status") == said
        assert len(stored(interview)) == 2


@in_the_app
async def test_a_chosen_coding_of_another_coder_keeps_ones_own_safe(
    interview: Store, surroundings: Surroundings
) -> None:
    tagged_by_another(interview, FIRST, "bonding")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "shift+down", "f", "1", "home", "tab")
        assert selected(pilot.app) == FIRST
        await pressed(pilot, "x")
        assert "only ben can take it off" in line(pilot.app, "status")
        assert len(stored(interview)) == 2


@in_the_app
async def test_untag_asks_which_where_several_lie(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1", "x", "2")
        left = {code for code, _, _ in stored(interview)}
        assert len(left) == 1
        await pressed(pilot, "x")
        assert stored(interview) == []
        await pressed(pilot, "x")
        assert line(pilot.app, "status") == "No code of yours lies here."


@in_the_app
async def test_what_another_coder_coded_cannot_be_taken_off(
    interview: Store, surroundings: Surroundings
) -> None:
    tagged_by_another(interview, FIRST, "bonding")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "x", "D")
        assert stored(interview) == [("bonding", FIRST, "ben")]
        assert "only ben can doubt it" in line(pilot.app, "status")

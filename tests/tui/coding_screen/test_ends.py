"""Moving the ends of a coding while the mouse is at hand: what is saved is what the keys moved."""

from __future__ import annotations

from typing import cast

from services.study import BY
from textual.pilot import Pilot
from tui.coded import (
    FIRST,
    SECOND,
    WIDE,
    coding,
    line,
    place_of,
    screen_of,
    selected,
    stored,
)
from tui.driving import Driver, in_the_app, pressed, settled

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.transcript.view import TranscriptView
from qualcode.tui.widgets.panel import CodePanel


async def clicked(pilot: Driver, words: str) -> None:
    """Click on words of the transcript."""
    cell = screen_of(pilot.app).view.cell_of(place_of(pilot.app, words).start)
    assert cell is not None
    await cast("Pilot[None]", pilot).click(offset=cell)
    await settled(pilot)


@in_the_app
async def test_a_click_on_other_words_leaves_the_ends_where_they_were(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "down", "f", "1", "R", "left")
        assert screen_of(pilot.app).ends.moving
        await clicked(pilot, "nobody")
        assert selected(pilot.app) == "nobody"
        assert not screen_of(pilot.app).ends.moving
        assert "stay where they were" in line(pilot.app, "status")
        await pressed(pilot, "enter", "escape")
        assert stored(interview) == [("grant-aid", FIRST, BY)]


@in_the_app
async def test_what_is_saved_is_what_the_keys_moved_whatever_the_mouse_selects_before(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "down", "f", "1", "R", "left")
        screen = screen_of(pilot.app)
        # The words are selected before the screen hears of it, as when Enter follows at once.
        with screen.prevent(TranscriptView.Moved):
            screen.view.select(place_of(pilot.app, "nobody"))
        await pressed(pilot, "enter")
        assert stored(interview) == [("grant-aid", "The council paid half of it", BY)]


@in_the_app
async def test_a_stripe_that_is_clicked_leaves_the_ends_and_is_selected(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "down", "f", "1", "down", "c", "1", "up", "R", "left")
        screen = screen_of(pilot.app)
        second = next(one for one in screen.session.codings if one.code == "bonding")
        screen.view.post_message(TranscriptView.Pressed(second.uid))
        await settled(pilot)
        assert selected(pilot.app) == SECOND
        assert not screen.ends.moving
        assert [words for _, words, _ in stored(interview)] == [FIRST, SECOND]


@in_the_app
async def test_a_click_on_a_code_puts_nothing_while_ends_move_or_a_question_is_open(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        panel = screen_of(pilot.app).query_one(CodePanel)
        await pressed(pilot, "down", "f", "1", "R", "left")
        panel.post_message(CodePanel.Pressed("bonding"))
        await settled(pilot)
        assert screen_of(pilot.app).ends.moving
        await pressed(pilot, "escape", "f")
        panel.post_message(CodePanel.Pressed("bonding"))
        await settled(pilot)
        assert stored(interview) == [("grant-aid", FIRST, BY)]
        await pressed(pilot, "escape")
        panel.post_message(CodePanel.Pressed("bonding"))
        await settled(pilot)
        assert [code for code, _, _ in stored(interview)] == ["bonding", "grant-aid"]


@in_the_app
async def test_while_ends_move_the_words_are_counted_in_one_row(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "R")
        said = line(pilot.app, "status")
        assert said.startswith("Ends, 6 words: ← → end, shift+← H shift+→ L start, Enter saves")
        assert len(said) <= 78
        await pressed(pilot, "right", "right", "L")
        assert line(pilot.app, "status").startswith("Ends, 7 words")


@in_the_app
async def test_ends_saved_where_they_were_are_said_to_be_unchanged(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "R", "enter")
        assert line(pilot.app, "status").startswith("Nothing was changed")
        assert not screen_of(pilot.app).ends.moving
        await pressed(pilot, "u")
        assert stored(interview) == []

"""A memo on a real interview: kept however it is left, and taken back by one undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.study import event_count
from tui.coded import coding, memos, new_interview
from tui.driving import at_once, in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.widgets.dialogs import Hint, MemoEditor


@pytest.fixture
def interview(surroundings: Surroundings) -> Iterator[Store]:
    with new_interview(surroundings.folder) as store:
        yield store


@in_the_app
async def test_however_long_it_was_written_a_memo_is_one_act_and_one_undo(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        before = event_count(interview)
        await pressed(pilot, "m", *"one two", "escape")
        assert memos(interview) == ["one two"]
        assert event_count(interview) == before + 1
        await pressed(pilot, "u")
        assert memos(interview) == []


@in_the_app
async def test_whoever_writes_for_long_has_it_kept_meanwhile(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "m", *"one")
        editor = pilot.app.screen
        assert isinstance(editor, MemoEditor)
        assert editor.keep_now()
        assert memos(interview) == ["one"]
        await pressed(pilot, "s", "escape")
    assert memos(interview) == ["ones"]


@in_the_app
async def test_quitting_keeps_the_memo_that_is_open_as_one_act(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        before = event_count(interview)
        await pressed(pilot, "m")
        at_once(pilot.app, *"why", "ctrl+q")
        await pilot.pause()
    assert memos(interview) == ["why"]
    assert event_count(interview) == before + 1


@in_the_app
async def test_a_signal_that_ends_the_app_keeps_the_memo_that_is_open(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "m", *"why")
        pilot.app.exit(None, 130)
    assert memos(interview) == ["why"]
    assert pilot.app.said_at_the_end == []


@in_the_app
async def test_a_memo_that_cannot_be_kept_holds_whoever_quits_once(
    interview: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "study.qualcode"
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "m", *"why")
        away = file.rename(file.with_suffix(".away"))
        await pressed(pilot, "ctrl+q")
        assert not pilot.app._exit
        assert "Not kept" in _hint(pilot.app.screen)
        away.rename(file)
        await pressed(pilot, "ctrl+q")
    assert memos(interview) == ["why"]


def _hint(screen: object) -> str:
    assert isinstance(screen, MemoEditor)
    return screen.query_one(Hint).text

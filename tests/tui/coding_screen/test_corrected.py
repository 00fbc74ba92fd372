"""A transcript that somebody else corrects while it is coded: nothing goes astray."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.study import BY
from tui.coded import WIDE, coding, line, memos, place_of, screen_of, selected, stored
from tui.corrected import CHANGED, FAIR, GRANT, MAREK, NEW, correct, new_coded, waits
from tui.driving import in_the_app, pressed, settled

from qualcode.services.work.coding_session import CodingSession
from qualcode.store.store import Store, open_store
from qualcode.tui.app import QualcodeApp
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets.dialogs import MemoEditor

NEWS = "P07 was corrected meanwhile: these are its new words."
LONGER = NEW.replace("I: And who came?", "I: And who came then, after all of that?")


@pytest.fixture
def store(surroundings: Surroundings) -> Iterator[Store]:
    with new_coded(surroundings.folder) as opened:
        yield opened


def correct_elsewhere(surroundings: Surroundings, text: str = LONGER) -> None:
    """The correction, by a store of its own as another process has it."""
    with open_store(str(surroundings.folder / "study.qualcode")) as other:
        correct(other, surroundings.folder, text)


def version_of(app: QualcodeApp) -> int:
    return screen_of(app).session.record.version


@in_the_app
async def test_the_new_words_are_gone_over_to_by_itself_at_the_same_place(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}")
        assert selected(pilot.app) == FAIR
        correct_elsewhere(surroundings)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert selected(pilot.app) == FAIR
        assert version_of(pilot.app) == 2
        assert line(pilot.app, "status") == (
            f"{NEWS} 2 passages wait since it was corrected: W shows them."
        )
        await pressed(pilot, "f", "1")
        assert ("grant-aid", FAIR, BY) in stored(store)
        assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]


@in_the_app
async def test_an_act_pressed_before_it_was_noticed_is_not_done(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}")
        assert selected(pilot.app) == FAIR
        correct_elsewhere(surroundings)
        before = stored(store)
        await pressed(pilot, "f", "1")
        assert stored(store) == before
        assert version_of(pilot.app) == 2
        assert line(pilot.app, "status").startswith(
            f"{NEWS} Nothing was done: press it again, if it is still meant."
        )
        assert selected(pilot.app) == FAIR
        await pressed(pilot, "f", "1")
        assert ("grant-aid", FAIR, BY) in stored(store)


@pytest.mark.parametrize("keys", ["x", "D", "F", "u", "U"])
def test_no_act_lands_on_the_old_version(
    keys: str, store: Store, surroundings: Surroundings
) -> None:
    @in_the_app
    async def pressed_too_late() -> None:
        async with coding(store, surroundings, size=WIDE) as pilot:
            await pressed(pilot, "}", "}", "}", "x", "u", "D")  # something to undo
            correct_elsewhere(surroundings)
            before = stored(store)
            assert before
            await pressed(pilot, keys)
            assert stored(store) == before
            assert version_of(pilot.app) == 2

    pressed_too_late()


@in_the_app
async def test_words_selected_by_hand_are_left_alone_until_a_key_says_so(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}", "L", "L")
        chosen = selected(pilot.app)
        assert chosen.startswith(FAIR)
        assert chosen != FAIR
        correct_elsewhere(surroundings)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert version_of(pilot.app) == 1
        told = "P07 was corrected meanwhile: Esc goes to its new words."
        assert line(pilot.app, "status") == told
        await pressed(pilot, "escape")
        assert version_of(pilot.app) == 2
        assert selected(pilot.app) == chosen


@in_the_app
async def test_what_is_open_is_closed_first(store: Store, surroundings: Surroundings) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}", "t")
        assert screen_of(pilot.app).asking.is_open
        correct_elsewhere(surroundings)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert version_of(pilot.app) == 1
        await pressed(pilot, "escape")
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert version_of(pilot.app) == 2
        assert selected(pilot.app) == FAIR


@in_the_app
async def test_who_comes_back_from_another_screen_comes_to_the_new_words(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}", "Q")
        assert isinstance(pilot.app.screen, QuotesScreen)
        correct_elsewhere(surroundings)
        await pressed(pilot, "escape")
        await settled(pilot)
        assert version_of(pilot.app) == 2
        assert selected(pilot.app) == FAIR


@in_the_app
async def test_where_ones_words_are_gone_one_comes_to_what_stands_there(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, *["}"] * 5)
        assert selected(pilot.app) == MAREK
        correct_elsewhere(surroundings)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert selected(pilot.app) == "The rest of it he told me later."


@in_the_app
async def test_a_memo_begun_on_old_words_is_kept_on_the_new_ones(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "}", "}", "m", *"why")
        correct_elsewhere(surroundings)
        await pressed(pilot, "escape")
        await settled(pilot)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert memos(store) == ["why"]
        session = screen_of(pilot.app).session
        assert session.record.version == 2
        (coded,) = session.codings_at(place_of(pilot.app, FAIR), everyone=True)
        assert coded.code == "bonding"
        assert [memo.body for memo in session.memos[coded.uid]] == ["why"]


@in_the_app
async def test_a_memo_kept_on_old_words_is_gone_on_with_on_the_new_ones(
    store: Store, surroundings: Surroundings
) -> None:
    async with coding(store, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "}", "m", *"why")  # on the answer that changes
        editor = pilot.app.screen
        assert isinstance(editor, MemoEditor)
        assert editor.keep_now()
        correct_elsewhere(surroundings)
        await pressed(pilot, "s", "escape")
        assert memos(store) == ["whys"]
        await settled(pilot)
        assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]


@in_the_app
async def test_a_correction_taken_back_is_gone_over_to_as_well(
    store: Store, surroundings: Surroundings
) -> None:
    correct_elsewhere(surroundings)
    async with coding(store, surroundings, size=WIDE) as pilot:
        assert version_of(pilot.app) == 2
        with open_store(str(surroundings.folder / "study.qualcode")) as other:
            other.undo(by=BY, at=surroundings.clock())
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert version_of(pilot.app) == 1
        assert waits(store) == []


def test_a_session_says_that_it_is_of_an_old_version_as_often_as_it_is_asked(
    store: Store, surroundings: Surroundings
) -> None:
    session = CodingSession.open(store, "P07", coder=BY)
    assert session.refresh() is None
    correct(store, surroundings.folder)
    for _ in range(2):
        change = session.refresh()
        assert change is not None
        assert change.corrected
    at = session.text.text.index(GRANT)
    place = session.place_now(session.text.checked(at, at + len(GRANT)))
    assert place is not None
    now = CodingSession.open(store, "P07", coder=BY)
    assert now.text.text[place.start : place.end] == CHANGED

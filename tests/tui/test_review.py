"""The review screen: keys are pressed on the real app, then the store is asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.study import BY, new_store, tick
from tui.coded import rows, screen_of, selected, stored
from tui.corrected import CHANGED, FAIR, GRANT, MAREK, NEW, OTHER, WALL, correct, new_coded, waits
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.model.coding import Coding, Segment
from qualcode.services.correction import reviewing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store import records
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.home import Home
from qualcode.tui.screens.review import ReviewScreen
from qualcode.tui.screens.review_place import PlacingScreen
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows

WIDE = (140, 40)
SMALL = (80, 24)

KEPT = [("bonding", FAIR, BY), ("bridging", WALL, BY)]
"""What lies on the corrected words without anybody's saying so."""


@pytest.fixture
def store(surroundings: Surroundings) -> Iterator[Store]:
    """A corrected study in which two codings wait."""
    with new_coded(surroundings.folder) as opened:
        correct(opened, surroundings.folder)
        assert waits(opened) == [("grant-aid", "check"), ("trading", "lost")]
        yield opened


def app_of(store: Store, surroundings: Surroundings, coder: str = BY) -> QualcodeApp:
    return make_app(store, coder, surroundings=surroundings, sentences=InProcess())


def review_of(app: QualcodeApp) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def shown(app: QualcodeApp) -> list[str]:
    return [one.coding.code for one in review_of(app).shown]


def said(app: QualcodeApp) -> str:
    return app.screen.query_one("#status", OneLine).text


def words(app: QualcodeApp) -> str:
    return app.screen.query_one("#words", Reading).words


def here(store: Store) -> list[tuple[str, str, str]]:
    """What lies on the corrected words."""
    waiting = {(one.coding.code, one.old) for one in reviewing.waiting(store)}
    return [one for one in stored(store) if (one[0], one[1]) not in waiting]


# -- what is shown --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, WIDE])
def test_each_stands_with_its_old_and_its_proposed_words(
    size: tuple[int, int], store: Store, surroundings: Surroundings
) -> None:
    @in_the_app
    async def looked_at() -> None:
        async with driven(app_of(store, surroundings), "W", size=size) as pilot:
            assert shown(pilot.app) == ["grant-aid", "trading"]
            text = words(pilot.app)
            assert "P07 ¶2 of version 1" in text
            assert "«The [-council-] gave us [-a grant, once-], and nobody knew why" in text
            assert "«The {+councillors+} gave us {+some money+}, and nobody knew why" in text
            on_screen = "\n".join(rows(pilot))
            assert "changed words" in on_screen
            assert "[-council-]" in on_screen
            assert "{+councillors+}" in on_screen, "both are in sight at once"
            await pressed(pilot, "n")
            assert "No place is proposed: m chooses one." in words(pilot.app)
            assert "not found" in "\n".join(rows(pilot))

    looked_at()


@in_the_app
async def test_home_has_a_row_for_it_only_where_something_waits(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), size=SMALL) as pilot:
        await settled(pilot)
        home = pilot.app.screen
        assert isinstance(home, Home)
        assert "2 passages wait" in rows(pilot)[3]
        await pressed(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, ReviewScreen)
        await pressed(pilot, "enter", "escape")
        assert "1 passage waits" in rows(pilot)[3]
        await pressed(pilot, "down")  # to the transcripts
        reviewing.settle(
            store,
            [reviewing.Decision(reviewing.waiting(store)[0].id, "drop")],
            by=OTHER,
            at=tick(),
        )
        home.poll()
        await settled(pilot)
        assert not any("wait" in row for row in rows(pilot))
        assert rows(pilot)[3].strip().startswith("› Transcripts"), "the cursor stays on its row"


@in_the_app
async def test_where_nothing_waits_it_says_so_and_no_key_does_anything(
    surroundings: Surroundings,
) -> None:
    with new_store(surroundings.folder) as empty:
        async with driven(app_of(empty, surroundings), "W", size=SMALL) as pilot:
            assert "Nothing waits" in "\n".join(rows(pilot))
            for key in ("enter", "x", "m"):
                await pressed(pilot, key)
                assert said(pilot.app) == "There is nothing here to settle."


@in_the_app
async def test_opening_the_transcript_says_once_what_waits_in_it(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "c", size=WIDE) as pilot:
        assert isinstance(pilot.app.screen, CodingScreen)
        assert said(pilot.app) == "2 passages wait since it was corrected: W shows them."
        await pressed(pilot, "}")
        assert "wait" not in said(pilot.app)
        await pressed(pilot, "W")
        assert shown(pilot.app) == ["grant-aid", "trading"]


# -- settling -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", "a"])
def test_what_is_accepted_lies_on_the_new_words_at_once(
    key: str, store: Store, surroundings: Surroundings
) -> None:
    @in_the_app
    async def accepted() -> None:
        async with driven(app_of(store, surroundings), "W", key, size=WIDE) as pilot:
            assert here(store) == [("grant-aid", CHANGED, BY), *KEPT]
            assert shown(pilot.app) == ["trading"]
            assert said(pilot.app) == "Laid on: Grant aid (u takes it back); 1 coding left."
            await pressed(pilot, key)
            assert said(pilot.app) == "No place is proposed for these words: m chooses one."
            assert waits(store) == [("trading", "lost")]

    accepted()


@in_the_app
async def test_keys_typed_ahead_settle_one_each(store: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(store, surroundings, OTHER), "W", size=WIDE) as pilot:
        await pilot.press("a", "x")
        await settled(pilot)
        assert waits(store) == []
        assert "nothing waits" in said(pilot.app)


@in_the_app
async def test_ones_own_is_taken_off_and_nobody_elses(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "end", "x", size=WIDE) as pilot:
        assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]
        assert said(pilot.app) == f"Trading here is {OTHER}'s: only {OTHER} can take it off."
        await pressed(pilot, "N", "x")
        assert waits(store) == [("trading", "lost")]
        assert here(store) == KEPT


@in_the_app
async def test_undo_and_redo_are_those_of_settling_alone(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "u", size=WIDE) as pilot:
        assert "'import', which is not taken back" in said(pilot.app)
        assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]
        await pressed(pilot, "a", "u")
        assert shown(pilot.app) == ["grant-aid", "trading"]
        assert here(store) == KEPT
        await pressed(pilot, "U")
        assert here(store) == [("grant-aid", CHANGED, BY), *KEPT]
        await pressed(pilot, "U")
        assert pilot.app.screen.query_one("#status", OneLine).error


@in_the_app
async def test_what_was_settled_can_be_undone_on_the_coding_screen_too(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "a", "escape", "c", size=WIDE) as pilot:
        await pressed(pilot, "u")
        assert "undone: settle codings" in said(pilot.app)
        assert waits(store) == [("grant-aid", "check"), ("trading", "lost")]


@in_the_app
async def test_a_transcript_corrected_again_is_not_settled_by_what_was_shown(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", size=WIDE) as pilot:
        before = stored(store)
        correct(store, surroundings.folder, NEW.replace("I: Who paid", "I: Tell me. Who paid"))
        await pressed(pilot, "a")
        assert "was corrected" in said(pilot.app)
        assert stored(store) == before
        await pressed(pilot, "a")
        assert ("grant-aid", CHANGED, BY) in here(store)


@in_the_app
async def test_filters_by_transcript_and_by_coder(store: Store, surroundings: Surroundings) -> None:
    async with driven(app_of(store, surroundings), "W", "O", size=SMALL) as pilot:
        assert shown(pilot.app) == ["grant-aid"]
        header = pilot.app.screen.query_one("#header", OneLine)
        assert header.text == "What waits · 1 of 2 · yours alone"
        await pressed(pilot, "O", "f", "2")
        assert header.text == "What waits · 2 · P07"
        assert shown(pilot.app) == ["grant-aid", "trading"]
        await pressed(pilot, "f", "1")
        assert header.text == "What waits · 2"


@in_the_app
async def test_why_one_cannot_be_accepted_goes_when_one_moves_on(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "n", "enter", size=SMALL) as pilot:
        assert "No place is proposed" in said(pilot.app)
        await pressed(pilot, "N")
        assert "No place is proposed" not in said(pilot.app)


@in_the_app
async def test_what_others_settle_meanwhile_is_gone_and_the_cursor_stays(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "n", size=SMALL) as pilot:
        decision = reviewing.proposals(reviewing.waiting(store))
        reviewing.settle(store, decision, by=OTHER, at=tick())
        review_of(pilot.app).poll()
        await settled(pilot)
        assert shown(pilot.app) == ["trading"]
        assert pilot.app.screen.query_one("#waiting", Rows).cursor == 0
        assert "No place is proposed" in words(pilot.app)


# -- moving ---------------------------------------------------------------------------------------


@in_the_app
async def test_a_place_is_chosen_with_the_ordinary_keys_and_enter_lays_it_there(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "m", size=WIDE) as pilot:
        assert isinstance(pilot.app.screen, PlacingScreen)
        assert selected(pilot.app) == CHANGED, "it begins with what is proposed"
        guide = pilot.app.screen.query_one("#guide", OneLine)
        assert guide.text == "Grant aid: Enter lays it on what is selected"
        assert guide.right == "Esc goes back"
        assert "Enter Lay it there" in rows(pilot)[-1]
        assert not any("waits" in row or "wait since" in row for row in rows(pilot))
        await pressed(pilot, "}", "}", "H", "enter")
        assert shown(pilot.app) == ["trading"]
        assert said(pilot.app).startswith("Laid on: Grant aid")
        assert ("grant-aid", FAIR.removesuffix("."), BY) in here(store)


@in_the_app
async def test_what_is_lost_is_looked_for_where_its_turn_was(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "n", "m", size=SMALL) as pilot:
        assert selected(pilot.app) == "The rest of it he told me later."


@in_the_app
async def test_nothing_is_coded_while_a_place_is_chosen(
    store: Store, surroundings: Surroundings
) -> None:
    before = stored(store)
    async with driven(app_of(store, surroundings), "W", "m", size=WIDE) as pilot:
        await pressed(pilot, "1", "f", "1", "x", "D", "m", "R", "V", "u", "F")
        assert isinstance(pilot.app.screen, PlacingScreen)
        assert not screen_of(pilot.app).asking.is_open
        assert stored(store) == before
        await pressed(pilot, "escape")
        assert shown(pilot.app) == ["grant-aid", "trading"]
        assert stored(store) == before


@in_the_app
async def test_a_correction_while_a_place_is_chosen_leads_back_to_the_list(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "m", size=WIDE) as pilot:
        before = stored(store)
        correct(store, surroundings.folder, NEW.replace("I: Who paid", "I: Tell me. Who paid"))
        await pressed(pilot, "enter")
        assert shown(pilot.app) == ["grant-aid", "trading"]
        assert "was corrected" in said(pilot.app)
        assert stored(store) == before

        await pressed(pilot, "m")
        correct(store, surroundings.folder, NEW.replace("I: Who paid", "I: Well. Who paid"))
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "was corrected again meanwhile" in said(pilot.app)


@in_the_app
async def test_what_somebody_else_settled_meanwhile_is_not_laid_on_twice(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "m", size=WIDE) as pilot:
        reviewing.settle(store, reviewing.proposals(reviewing.waiting(store)), by=OTHER, at=tick())
        before = stored(store)
        await pressed(pilot, "}", "enter")
        assert shown(pilot.app) == ["trading"]
        assert "somebody has settled it meanwhile" in said(pilot.app)
        assert stored(store) == before


@in_the_app
async def test_escape_leads_from_the_list_back_to_the_transcript_one_came_from(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "c", "W", "m", "escape", size=WIDE) as pilot:
        assert shown(pilot.app) == ["grant-aid", "trading"]
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, Home)


@in_the_app
async def test_ones_own_keys_are_named(store: Store, surroundings: Surroundings) -> None:
    app = app_of(store, surroundings)
    app.choose_keys(BY_ID["review.move"], ["f7"])
    async with driven(app, "W", "n", size=SMALL) as pilot:
        assert "f7 chooses one" in words(pilot.app)


@in_the_app
async def test_what_comes_late_from_a_copy_waits_with_the_words_that_are_there(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder, coded=()) as store:
        session = CodingSession.open(store, "P07", coder=OTHER)
        at = session.text.text.index(FAIR)
        late = Coding(Segment(session.text.version, at, at + len(FAIR)), "bonding", OTHER)
        correct(store, surroundings.folder)
        with store.act("tag", by=OTHER, at=tick()) as act:
            act.ensure([records.coding_record(late, transcript=session.record.uid)])
        async with driven(app_of(store, surroundings), "W", size=SMALL) as pilot:
            assert "arrived late" in "\n".join(rows(pilot))
            assert "the same words are there" in words(pilot.app)
            assert "[-" not in words(pilot.app)
            await pressed(pilot, "a")
            assert here(store) == [("bonding", FAIR, OTHER)]


@in_the_app
async def test_undo_does_not_reach_what_was_coded_elsewhere(
    store: Store, surroundings: Surroundings
) -> None:
    async with driven(app_of(store, surroundings), "W", "a", size=SMALL) as pilot:
        coding.tag(store, "P07", "funding", Place(quote=FAIR), by=BY, at=tick())
        await pressed(pilot, "u")
        assert "'tag', which is not taken back" in said(pilot.app)
        assert ("funding", FAIR, BY) in here(store)


def test_every_command_of_the_table_has_its_action() -> None:
    for command in commands(Scope.REVIEW, everywhere=False):
        assert callable(getattr(ReviewScreen, f"action_{command.action}", None)), command.id


def test_the_words_that_were_lost_are_the_ones_that_were_coded(store: Store) -> None:
    assert reviewing.waiting(store)[1].old == MAREK
    assert reviewing.waiting(store)[0].old == GRANT

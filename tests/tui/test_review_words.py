"""What the review screen says of each coding that waits, and of what was done with it."""

from __future__ import annotations

import pytest
from services.study import BY, tick
from tui.coded import line, rows, screen_of
from tui.corrected import FAIR, GRANT, MAREK, NEW, OLD, OTHER, correct, new_coded, waits
from tui.driving import driven, in_the_app, pressed

from qualcode.model.spans import Span
from qualcode.services.correction import reviewing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.review import ReviewScreen
from qualcode.tui.screens.review_place import PlacingScreen
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows

WIDE = (140, 40)
SMALL = (80, 24)

SAME = "We sat in the hall and talked about the winter until it was dark. "
LONG = f"{FAIR} {SAME * 7}Then we went home."
RENAMED = {"P07:": "Nora:"}


def app_of(store: Store, surroundings: Surroundings) -> QualcodeApp:
    return make_app(store, BY, surroundings=surroundings, sentences=InProcess())


def words(app: QualcodeApp) -> str:
    return app.screen.query_one("#words", Reading).words


def renamed(text: str) -> str:
    for before, now in RENAMED.items():
        text = text.replace(before, now)
    return text


# -- the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, WIDE])
def test_where_another_speaks_it_says_who_did_and_who_does(
    size: tuple[int, int], surroundings: Surroundings
) -> None:
    @in_the_app
    async def looked_at() -> None:
        with new_coded(surroundings.folder, coded=[("bonding", FAIR, BY)]) as store:
            correct(store, surroundings.folder, renamed(OLD))
            async with driven(app_of(store, surroundings), "W", size=size) as pilot:
                text = words(pilot.app)
                assert "another speaks there now, Nora and not P07" in text
                assert f"P07: «{FAIR}»" in text
                assert f"Nora: «{FAIR}»" in text
                asked = "I: And who came?" in text
                assert asked is (size == WIDE), "the turns around where there is room for them"

    looked_at()


@in_the_app
async def test_each_speaker_of_a_passage_begins_a_row(surroundings: Surroundings) -> None:
    with new_coded(surroundings.folder, coded=()) as store:
        text = CodingSession.open(store, "P07", coder=BY).text.text
        span = (text.index("And who came?"), text.index(FAIR) + len(FAIR))
        coding.tag(store, "P07", "bonding", Place(span=span), by=BY, at=tick())
        correct(store, surroundings.folder, renamed(OLD))
        async with driven(app_of(store, surroundings), "W", size=SMALL) as pilot:
            assert f"I: «And who came?\nP07: {FAIR}»" in words(pilot.app)
            assert f"I: «And who came?\nNora: {FAIR}»" in words(pilot.app)


@in_the_app
async def test_of_a_long_passage_what_is_the_same_is_shown_whole_but_once(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder, coded=[("bonding", FAIR, BY)]) as store:
        correct(store, surroundings.folder, OLD.replace(FAIR, LONG))
        coding.tag(store, "P07", "trading", Place(quote=LONG), by=BY, at=tick())
        correct(store, surroundings.folder, renamed(OLD.replace(FAIR, LONG)))
        async with driven(app_of(store, surroundings), "W", "end", size=SMALL) as pilot:
            text = words(pilot.app)
            assert f"P07: «{LONG}»" in text
            assert "Nora: «We all came to the fair … was dark. Then we went home.»" in text
            assert "more rows" not in "\n".join(rows(pilot)), "both are in sight at once"
        async with driven(app_of(store, surroundings), "W", "end", size=WIDE) as pilot:
            assert f"Nora: «{LONG}»" in words(pilot.app)


# -- what is said ---------------------------------------------------------------------------------


@in_the_app
async def test_undo_goes_to_what_waits_again_so_that_the_next_key_is_meant_for_it(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder) as store:
        correct(store, surroundings.folder)
        async with driven(app_of(store, surroundings), "W", "x", size=SMALL) as pilot:
            assert waits(store) == [("trading", "lost")]
            await pressed(pilot, "u")
            assert line(pilot.app, "status") == "Undone: Grant aid waits again; 2 codings left."
            assert pilot.app.screen.query_one("#waiting", Rows).cursor == 0
            assert "Grant aid" in words(pilot.app)
            await pressed(pilot, "U")
            assert line(pilot.app, "status") == "Done again: 1 coding left."
            assert waits(store) == [("trading", "lost")]


@in_the_app
async def test_what_a_colleague_has_settled_is_said_to_be_settled_and_is_gone(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder) as store:
        correct(store, surroundings.folder)
        for key in ("a", "m"):
            async with driven(app_of(store, surroundings), "W", size=SMALL) as pilot:
                reviewing.settle(
                    store, reviewing.proposals(reviewing.waiting(store)), by=OTHER, at=tick()
                )
                await pressed(pilot, key)
                assert isinstance(pilot.app.screen, ReviewScreen)
                said = "Grant aid does not wait here any more: somebody has settled it meanwhile."
                assert line(pilot.app, "status") == said
                assert [one.coding.code for one in pilot.app.screen.shown] == ["trading"]
            reviewing.undo(store, by=OTHER, at=tick())


@in_the_app
async def test_while_a_place_is_chosen_the_words_that_were_coded_are_in_sight(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder) as store:
        correct(store, surroundings.folder)
        async with driven(app_of(store, surroundings), "W", "end", "m", size=SMALL) as pilot:
            assert isinstance(pilot.app.screen, PlacingScreen)
            shown = [row.strip() for row in rows(pilot)[-4:]]
            assert shown[0].startswith("Trading: Enter lays it")
            assert shown[1] == f"Was: «{MAREK}»"
            assert shown[2].startswith("¶6")
            assert "Enter Lay it there" in shown[3]


@in_the_app
async def test_memos_that_wait_beside_the_codings_are_said_to_wait(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder, coded=[("grant-aid", GRANT, BY)]) as store:
        session = CodingSession.open(store, "P07", coder=BY)
        at = session.text.text.index(MAREK)
        session.write_memo(Span(at, at + len(MAREK)), "Which tools?", at=tick())
        correct(store, surroundings.folder)
        async with driven(app_of(store, surroundings), "W", size=SMALL) as pilot:
            assert line(pilot.app, "header") == "What waits · 1 · and 1 memo"
            await pressed(pilot, "a")
            said = " ".join(" ".join(rows(pilot)).split())
            assert "Nothing waits" in said
            assert "1 memo on words that were corrected waits" in said
            assert "qualcode transcripts review shows it." in said


@in_the_app
async def test_that_something_waits_is_said_until_one_moves_also_when_sentences_are_found(
    surroundings: Surroundings,
) -> None:
    with new_coded(surroundings.folder) as store:
        correct(store, surroundings.folder, NEW.replace("I: Who paid", "I: Tell me. Who paid"))
        async with driven(app_of(store, surroundings), "c", size=SMALL) as pilot:
            view = screen_of(pilot.app).view
            text = screen_of(pilot.app).session.text.text
            assert text[view.cursor.start : view.cursor.end] == "Tell me."
            assert (
                line(pilot.app, "status") == "2 passages wait since it was corrected: W shows them."
            )
            await pressed(pilot, "down")
            assert "wait" not in line(pilot.app, "status")

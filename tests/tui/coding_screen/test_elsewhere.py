"""What comes from elsewhere while somebody codes: it is seen, asked about, waited for by nobody."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from services.study import BY, CODEBOOK, apply_codebook, tick
from tui.coded import FIRST, coding, line, new_interview, screen_of, selected, stored
from tui.driving import in_the_app, pressed, settled

from qualcode.services.work.coding_session import CodingSession
from qualcode.store.store import Store, open_store
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.rows import Rows


def choose_keys(surroundings: Surroundings, **keys: str) -> None:
    """A person's own keys, by ids of commands with `_` for their dot."""
    surroundings.config.mkdir(parents=True, exist_ok=True)
    own = {name.replace("_", ".", 1): [key] for name, key in keys.items()}
    (surroundings.config / "keys.json").write_text(json.dumps(own), encoding="utf-8")


# -- the codebook's file --------------------------------------------------------------------------


@in_the_app
async def test_a_changed_codebook_is_shown_before_it_is_brought_in(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        path.write_text(CODEBOOK.replace("Bonding", "Ties"), encoding="utf-8")
        screen.poll()
        await pressed(pilot, "down")
        hint = screen.query_one("#hint", OneLine)
        assert hint.right == "codebook.yaml was changed: A applies it"
        await pressed(pilot, "A")
        assert screen.session.codes["bonding"].name == "Bonding", "nothing is applied unasked"
        await pressed(pilot, "y")
        assert isinstance(pilot.app.screen, CodebookScreen)
        await pressed(pilot, "escape", "c", "1")
        assert hint.right == ""
        assert "Ties" in line(pilot.app, "status")


@in_the_app
async def test_the_offer_names_the_key_that_takes_it(
    interview: Store, surroundings: Surroundings
) -> None:
    choose_keys(surroundings, coding_apply="f5", coding_doubt="A", codebook_apply="f6")
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        path.write_text(CODEBOOK.replace("Bonding", "Ties"), encoding="utf-8")
        screen.poll()
        await pressed(pilot, "down", "f", "1", "A")
        assert screen.query_one("#hint", OneLine).right.endswith("f5 applies it")
        assert stored(interview) == [("grant-aid?", FIRST, BY)]
        await pressed(pilot, "f5", "y", "escape")
        assert screen.session.codes["bonding"].name == "Ties"


@in_the_app
async def test_a_letter_that_a_new_codebook_gives_to_a_theme_is_no_commands_any_more(
    interview: Store, surroundings: Surroundings
) -> None:
    choose_keys(surroundings, coding_doubt="a")
    named = CODEBOOK.replace("    name: Funding\n", "    name: Funding\n    key: a\n")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "a")
        assert stored(interview) == [("grant-aid?", FIRST, BY)]
        apply_codebook(interview, surroundings.folder, named)
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert "a cannot be the key of 'Doubt'" in line(pilot.app, "status")
        await pressed(pilot, "a")
        assert screen_of(pilot.app).asking.is_open
        await pressed(pilot, "escape", "D")
        assert stored(interview) == [("grant-aid", FIRST, BY)]


@pytest.mark.parametrize("letter", ["ö", "ł", "ж"])
def test_a_theme_may_have_a_letter_that_english_has_not(
    letter: str, surroundings: Surroundings
) -> None:
    book = CODEBOOK.replace("    name: Funding\n", f"    name: Funding\n    key: {letter}\n")

    @in_the_app
    async def whole() -> None:
        with new_interview(surroundings.folder, codebook=book) as store:
            async with coding(store, surroundings) as pilot:
                await pressed(pilot, "down", letter, "1", letter, letter)
                assert {code for code, _, _ in stored(store)} == {"grant-aid", "funding"}

    whole()


# -- the store ------------------------------------------------------------------------------------


@in_the_app
async def test_nobody_waits_for_a_store_that_is_held_elsewhere(
    interview: Store, surroundings: Surroundings
) -> None:
    session = CodingSession.open(interview, "P07", coder="ben")
    at = session.text.text.index(FIRST)
    session.tag("bonding", session.text.checked(at, at + len(FIRST)), at=tick())
    place = Path(interview.where)
    with open_store(str(place), lock_wait_ms=20_000) as patient:
        async with coding(patient, surroundings) as pilot:
            screen = screen_of(pilot.app)
            await pressed(pilot, "down")
            session.untag(screen.session.codings[0], at=tick())
            with closing(sqlite3.connect(place, isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                screen.poll()
                await pilot.press("right")
                assert selected(pilot.app) == "The"
                assert [one.code for one in screen.session.codings] == ["bonding"]
                looking = [one for one in pilot.app.workers if one.group == "poll"]
                assert any(not one.is_finished for one in looking), "it is still waited for"
                other.execute("ROLLBACK")
            await settled(pilot)
            assert [one.code for one in screen.session.codings] == []
            assert not screen.picture.said


# -- the place ------------------------------------------------------------------------------------


@in_the_app
async def test_the_last_transcript_is_the_one_in_sight(
    study: Store, surroundings: Surroundings
) -> None:
    async with coding(study, surroundings, transcript="P01") as pilot:
        app = pilot.app
        first = screen_of(app)
        await pressed(pilot, "}")
        first.moves.keep_place()
        assert app.desk.last == first.session.record.uid
        await pressed(pilot, "T", "down", "down", "enter", "}")
        second = screen_of(app)
        assert second.session.name != "P01"
        second.moves.keep_place()
        assert app.desk.last == second.session.record.uid
        first.moves.keep_place()
        assert app.desk.last == second.session.record.uid
    assert app.desk.last == second.session.record.uid


@in_the_app
async def test_the_transcript_opened_last_is_the_one_to_go_on_with(
    study: Store, surroundings: Surroundings
) -> None:
    async with coding(study, surroundings, transcript="P01") as pilot:
        app = pilot.app
        first = screen_of(app).session.record
        await pressed(pilot, "}", "T", "down", "down", "enter", "}")
        second = screen_of(app).session.record
        await pressed(pilot, "escape")
        assert app.screen_stack[-1].query(Rows)
    assert first.uid != second.uid
    assert app.desk.last == second.uid
    assert app.desk.place(first.uid, first.version_uid) is not None

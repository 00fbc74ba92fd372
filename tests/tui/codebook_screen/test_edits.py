"""Edits by keyboard: keys are pressed on the real app, then store and codebook.yaml are asked."""

from __future__ import annotations

from services.fair import BOOK, OTHER
from services.study import BY, tick
from textual.widgets import Input, Static, TextArea
from tui.codebook_screen.shown import book_of, code_of, file_text, go_to, lines, said, screen_of
from tui.coded import SMALL
from tui.driving import at_once, driven, in_the_app, pressed, settled

from qualcode.services.book import codebook_editing, codebooks
from qualcode.services.retrieval import retrieving
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.widgets.dialogs import Confirm
from qualcode.tui.widgets.rows import Rows


@in_the_app
async def test_a_code_is_added_under_the_one_under_the_cursor_with_its_meaning(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "a", "1", *"Loans", "enter", *"Money lent.", "enter")
        added = code_of(fair, surroundings, "loans")
        assert (added.name, added.parent, added.definition) == ("Loans", "funding", "Money lent.")
        assert not added.proposed
        cursor = pilot.app.screen.query_one("#codes", Rows).cursor
        assert screen_of(pilot).rows[cursor].code.id == "loans"
        await pressed(pilot, "u")
        assert "loans" not in book_of(fair, surroundings).by_id()
        assert file_text(surroundings) == BOOK
        await pressed(pilot, "U")
        assert "loans" in book_of(fair, surroundings).by_id()


@in_the_app
async def test_what_is_typed_as_a_name_or_a_meaning_is_in_sight(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "r")
        assert pilot.app.screen.query_one(Input).size.height == 1
        await pressed(pilot, "escape", "d")
        assert pilot.app.screen.query_one(TextArea).size.height > 3
        await pressed(pilot, "escape", "slash")
        assert pilot.app.screen.query_one(Input).size.height == 1


@in_the_app
async def test_a_code_is_renamed_and_defined_and_keeps_its_id(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bonding")
        await pressed(pilot, "r", *" ties", "enter")
        await pressed(pilot, "d", *"Among one's own.", "enter")
        bonding = code_of(fair, surroundings, "bonding")
        assert (bonding.name, bonding.definition) == ("Bonding ties", "Among one's own.")


@in_the_app
async def test_a_code_moves_under_another_and_becomes_a_theme(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "small-grants")
        await pressed(pilot, "m", "end", "enter")
        assert code_of(fair, surroundings, "small-grants").parent is None
        await go_to(pilot, "bridging")
        await pressed(pilot, "m", "1")
        assert code_of(fair, surroundings, "bridging").parent == "funding"


@in_the_app
async def test_a_merge_is_shown_first_and_moves_all_codings(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "small-grants")
        await pressed(pilot, "g", "2", "n")
        assert "small-grants" in book_of(fair, surroundings).by_id()
        await pressed(pilot, "g", "2", "y")
        assert "small-grants" not in book_of(fair, surroundings).by_id()
        assert said(pilot).text.startswith("merged: ")
    merged = retrieving.quotes(fair, ["grant-aid"], coder=OTHER).quotations
    assert [one.text for one in merged] == [
        "The grant paid for the tent",
        "The council gives a grant every spring.",
    ]


@in_the_app
async def test_a_code_is_retired_and_brought_back_by_the_same_key(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bridging")
        await pressed(pilot, "x")
        assert "bridging" not in book_of(fair, surroundings).by_id()
        assert "(retired)" in lines(pilot)[6]
        assert screen_of(pilot).rows[6].code.id == "bridging"
        await pressed(pilot, "x")
        assert "bridging" in book_of(fair, surroundings).by_id()


@in_the_app
async def test_a_theme_is_retired_with_its_codes_only_when_that_is_said_and_comes_back_with_them(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "x")
        assert isinstance(pilot.app.screen, Confirm)
        asked = "\n".join(str(one.render()) for one in pilot.app.screen.query(Static))
        assert "Retire “Funding” with the 3 codes under it?" in asked
        assert "5 codings of everyone on them will stay" in asked
        await pressed(pilot, "n")
        assert file_text(surroundings) == BOOK

        await pressed(pilot, "x", "y")
        retired = {"funding", "grant-aid", "small-grants", "trading"}
        assert codebooks.show_codebook(fair).retired == retired
        await go_to(pilot, "funding")
        await pressed(pilot, "x")
        assert said(pilot).text == "funding takes codings again, with 3 under it"
        assert file_text(surroundings) == BOOK


@in_the_app
async def test_a_code_with_codings_and_none_under_it_is_asked_for_too(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bonding")
        await pressed(pilot, "x", "escape")
        assert "bonding" in book_of(fair, surroundings).by_id()
        await pressed(pilot, "x", "y")
        assert "bonding" not in book_of(fair, surroundings).by_id()


@in_the_app
async def test_a_code_that_is_put_where_it_is_already_stays_and_that_is_said(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bonding")
        await pressed(pilot, "m", *"cohesion", "enter")
        assert said(pilot).text == "“Bonding” is under “Cohesion” already: nothing was changed."
        assert file_text(surroundings) == BOOK


@in_the_app
async def test_letters_typed_all_at_once_narrow_before_enter_takes_a_place(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "grant-aid")
        at_once(pilot.app, "m", *"cohesion", "enter")
        await settled(pilot)
        assert code_of(fair, surroundings, "grant-aid").parent == "cohesion"


@in_the_app
async def test_a_theme_gets_a_letter_and_a_clash_is_refused_in_words(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "k", "w", "enter")
        assert code_of(fair, surroundings, "funding").key == "w"
        await go_to(pilot, "bonding")
        await pressed(pilot, "k", "w", "enter")
        assert said(pilot).error
        assert "w" in said(pilot).text
        assert code_of(fair, surroundings, "cohesion").key is None
        await go_to(pilot, "funding")
        await pressed(pilot, "k", "-", "enter")
        assert code_of(fair, surroundings, "funding").key is None


@in_the_app
async def test_a_proposed_code_is_accepted(fair: Store, surroundings: Surroundings) -> None:
    path = surroundings.folder / "codebook.yaml"
    codebook_editing.add(fair, path, "Tents", parent="funding", proposed=True, by=BY, at=tick())
    assert code_of(fair, surroundings, "tents").proposed
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "tents")
        await pressed(pilot, "p")
        assert not code_of(fair, surroundings, "tents").proposed


@in_the_app
async def test_acts_that_are_asked_for_all_at_once_are_done_one_after_another(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bridging")
        at_once(pilot.app, "x", "x", "x", "u")
        await settled(pilot)
        assert said(pilot).text == "Undone: retire code."
        assert "bridging" in book_of(fair, surroundings).by_id()
        await pressed(pilot, "U")
        assert "bridging" not in book_of(fair, surroundings).by_id()


@in_the_app
async def test_keys_that_come_before_a_further_question_are_no_commands(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "small-grants")
        at_once(pilot.app, "g", "2", "x", "r", "d", "k")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Confirm)
        await pressed(pilot, "n")
        assert file_text(surroundings) == BOOK
        await pressed(pilot, "x", "y")
        assert "small-grants" not in book_of(fair, surroundings).by_id()

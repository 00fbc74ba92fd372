"""The codebook screen: keys are pressed on the real app, then store and codebook.yaml are asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.fair import BOOK, COMMENTS, OTHER, new_fair
from services.study import BY, new_store, tick
from textual.widgets import Input, Static, TextArea
from tui.driving import Driver, at_once, driven, in_the_app, pressed, settled

from qualcode.codebook import load_codebook
from qualcode.model.codebook import Code, Codebook
from qualcode.services import codebook_editing, codebooks, coding, retrieving
from qualcode.services.coding import Place
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets.dialogs import Confirm
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows

WIDE = (140, 40)
SMALL = (80, 24)


@pytest.fixture
def fair(surroundings: Surroundings) -> Iterator[Store]:
    with new_fair(surroundings.folder) as store:
        yield store


def file_text(surroundings: Surroundings) -> str:
    return (surroundings.folder / "codebook.yaml").read_text(encoding="utf-8")


def book_of(store: Store, surroundings: Surroundings) -> Codebook:
    """The codes that take codings, the same in the store and in the file, comments kept."""
    shown, text = codebooks.show_codebook(store), file_text(surroundings)
    in_file = load_codebook(text, where="codebook.yaml")
    living = [one.id for one in shown.codebook.codes if one.id not in shown.retired]
    assert [one.id for one in in_file.codes] == living
    assert all(comment in text for comment in COMMENTS)
    return in_file


def code_of(store: Store, surroundings: Surroundings, code: str) -> Code:
    return book_of(store, surroundings).by_id()[code]


def screen_of(pilot: Driver) -> CodebookScreen:
    assert isinstance(pilot.app.screen, CodebookScreen)
    return pilot.app.screen


def said(pilot: Driver, line: str = "#status") -> OneLine:
    return pilot.app.screen.query_one(line, OneLine)


def lines(pilot: Driver) -> list[str]:
    rows = pilot.app.screen.query_one("#codes", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


async def go_to(pilot: Driver, code: str) -> None:
    """The cursor to a code, by its keys."""
    rows = pilot.app.screen.query_one("#codes", Rows)
    at = [row.code.id for row in screen_of(pilot).rows].index(code)
    step = "down" if at > rows.cursor else "up"
    await pressed(pilot, *[step] * abs(at - rows.cursor))


@in_the_app
async def test_the_tree_shows_themes_codes_and_both_counts(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        shown = [line.split() for line in lines(pilot)[:7]]
        assert [words[-2:] for words in shown] == [
            ["2", "2"],
            ["1", "2"],
            ["·", "1"],
            ["·", "·"],
            ["·", "·"],
            ["1", "1"],
            ["·", "·"],
        ]
        assert "f Funding" in lines(pilot)[0]
        assert lines(pilot)[2].index("Small grants") > lines(pilot)[1].index("Grant aid")
        assert said(pilot, "#header").text == "Codebook · 2 themes, 5 codes · Fairs"
        assert said(pilot, "#header").right == BY


@in_the_app
async def test_beside_the_tree_stands_what_a_coder_needs_to_decide(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=WIDE) as pilot:
        await go_to(pilot, "grant-aid")
        words = pilot.app.screen.query_one("#meaning", Reading).words
        assert "Money given, not earned." in words
        assert "funding/grant-aid" in words
        assert "1 of yours, 2 of everyone; with all below it 1 and 3" in words
        assert "Ask who decides." in words


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
async def test_a_file_that_was_changed_outside_is_offered_and_never_overwritten(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert said(pilot, "#file").text == ""
        path.write_text(BOOK.replace("name: Bonding", "name: Ties"), encoding="utf-8")
        screen_of(pilot).poll()
        await settled(pilot)
        assert "A shows what" in said(pilot, "#file").text
        await pressed(pilot, "r", *"!", "enter")
        assert said(pilot).error
        assert "name: Funding\n" in file_text(surroundings)
        await pressed(pilot, "A", "n")
        assert codebooks.show_codebook(fair).codebook.by_id()["bonding"].name == "Bonding"
        await pressed(pilot, "A", "y")
        assert code_of(fair, surroundings, "bonding").name == "Ties"
        assert said(pilot, "#file").text == ""


@in_the_app
async def test_codes_with_codings_that_are_gone_from_the_file_rest_only_when_that_is_said(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    without = BOOK.replace("      - id: bonding\n        name: Bonding\n", "")
    assert without != BOOK
    path.write_text(without, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "A", "y", "n")
        assert "bonding" not in codebooks.show_codebook(fair).retired
        await pressed(pilot, "A", "y", "y")
        assert "bonding" in codebooks.show_codebook(fair).retired


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
async def test_a_file_behind_the_project_is_brought_up_to_date(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    earlier = path.read_bytes()
    codebook_editing.add(fair, path, "Tents", parent="funding", by=OTHER, at=tick())
    path.write_bytes(earlier)
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "is behind the project" in said(pilot, "#file").text
        await pressed(pilot, "A", "y")
        assert code_of(fair, surroundings, "tents").name == "Tents"
        assert said(pilot, "#file").text == ""


@in_the_app
async def test_an_undo_says_that_it_left_a_file_changed_by_hand(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    codebook_editing.add(fair, path, "Tents", parent="funding", by=BY, at=tick())
    by_hand = path.read_text(encoding="utf-8") + "# mine\n"
    path.write_text(by_hand, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "u")
        assert "codebook.yaml was left alone and differs now" in said(pilot).text
        assert "tents" not in codebooks.show_codebook(fair).codebook.by_id()
        assert path.read_text(encoding="utf-8") == by_hand


@in_the_app
async def test_a_merge_into_a_file_changed_by_hand_is_refused_before_it_is_asked(
    fair: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    by_hand = BOOK.replace("name: Funding\n", "name: Money\n")
    assert by_hand != BOOK
    path.write_text(by_hand, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "bonding")
        await pressed(pilot, "g", "enter")
        assert said(pilot).error
        assert "changed by hand" in said(pilot).text
        assert path.read_text(encoding="utf-8") == by_hand


@in_the_app
async def test_a_file_that_is_gone_is_written_anew(fair: Store, surroundings: Surroundings) -> None:
    (surroundings.folder / "codebook.yaml").unlink()
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "A", "y")
        assert "bonding" in book_of(fair, surroundings).by_id()


@in_the_app
async def test_without_a_file_codes_are_read_and_a_sentence_says_why_no_more(
    fair: Store, surroundings: Surroundings
) -> None:
    (surroundings.folder / "codebook.yaml").unlink()
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "No codebook.yaml" in said(pilot, "#file").text
        assert "Funding" in lines(pilot)[0]
        await pressed(pilot, "x", "y")
        assert said(pilot).error
        assert not codebooks.show_codebook(fair).retired


@in_the_app
async def test_a_file_with_mistakes_is_said_and_left_alone(
    fair: Store, surroundings: Surroundings
) -> None:
    broken = BOOK + "  - id: [\n"
    (surroundings.folder / "codebook.yaml").write_text(broken, encoding="utf-8")
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        assert "needs mending first" in said(pilot, "#file").text
        await pressed(pilot, "A")
        assert said(pilot).error
        await pressed(pilot, "x", "y")
        assert said(pilot).error
    assert file_text(surroundings) == broken


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


@in_the_app
async def test_typed_words_narrow_the_tree_to_names_and_definitions(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await pressed(pilot, "/", *"money", "enter")
        assert [row.code.id for row in screen_of(pilot).rows] == ["funding", "grant-aid"]
        await pressed(pilot, "/", "x")
        assert screen_of(pilot).rows == ()
        assert "/ changes the words" in "\n".join(lines(pilot))
        await pressed(pilot, "escape")
        assert len(screen_of(pilot).rows) == 2


@in_the_app
async def test_enter_shows_the_passages_of_the_code(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        await go_to(pilot, "grant-aid")
        await pressed(pilot, "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, QuotesScreen)
        assert len(pilot.app.screen.shown) == 3
        await pressed(pilot, "escape")
        assert screen_of(pilot).rows


@in_the_app
async def test_an_empty_codebook_names_the_key_that_makes_its_first_theme(
    surroundings: Surroundings,
) -> None:
    with new_store(
        surroundings.folder, codebook="codebook: New\nversion: 1\nthemes: []\n"
    ) as store:
        async with driven(make_app(store, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
            assert "a adds the first theme" in "\n".join(lines(pilot))
            for key in ("r", "d", "m", "g", "x", "k", "enter"):
                await pressed(pilot, key)
                assert said(pilot).error, key
            await pressed(pilot, "a", *"Play", "enter", "escape")
            assert [one.name for one in codebooks.show_codebook(store).codebook.codes] == ["Play"]


@in_the_app
async def test_a_very_long_name_and_four_hundred_codes_are_drawn_by_the_row(
    surroundings: Surroundings,
) -> None:
    codes = "".join(f"      - id: c{n}\n        name: Code {n}\n" for n in range(400))
    book = (
        "codebook: Many\nversion: 1\nthemes:\n"
        f"  - id: long\n    name: {'very ' * 40}long\n    codes:\n{codes}"
    )
    with new_store(surroundings.folder, codebook=book) as store:
        async with driven(make_app(store, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
            rows = pilot.app.screen.query_one("#codes", Rows)
            assert lines(pilot)[0].count("·") == 2
            assert all(len(line) <= SMALL[0] for line in lines(pilot))
            await pressed(pilot, "end")
            assert "Code 399" in "\n".join(lines(pilot))
            before = rows.drawn
            await pressed(pilot, "up")
            assert rows.drawn - before <= 2


@in_the_app
async def test_what_others_code_meanwhile_is_counted(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "C", size=SMALL) as pilot:
        coding.tag(fair, "P01", "trading", Place(quote="it leaked"), by=OTHER, at=tick())
        screen_of(pilot).poll()
        await settled(pilot)
        assert lines(pilot)[3].split()[-2:] == ["·", "1"]


@in_the_app
async def test_ones_own_keys_are_named(fair: Store, surroundings: Surroundings) -> None:
    app = make_app(fair, BY, surroundings=surroundings)
    app.choose_keys(BY_ID["codebook.apply"], ["f7"])
    app.choose_keys(BY_ID["codebook.find"], ["f8"])
    app.choose_keys(BY_ID["codebook.define"], ["f9"])
    (surroundings.folder / "codebook.yaml").unlink()
    async with driven(app, "C", size=WIDE) as pilot:
        assert "f7 writes it" in said(pilot, "#file").text
        await pressed(pilot, "end")
        assert "f9 writes one" in pilot.app.screen.query_one("#meaning", Reading).words
        await pressed(pilot, "f8", *"elephant", "enter")
        assert "f8 changes the words" in "\n".join(lines(pilot))


def test_every_command_of_the_table_has_its_action() -> None:
    for command in commands(Scope.CODEBOOK, everywhere=False):
        assert callable(getattr(CodebookScreen, f"action_{command.action}", None)), command.id

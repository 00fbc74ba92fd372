"""The quotes screen: keys are pressed on the real app, then the store and the files are asked."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import OTHER, new_fair
from services.study import BY, new_store, tick
from textual.widgets import Input
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services import people
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store
from qualcode.tui.app import QualcodeApp, make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets.dialogs import Hint, Prompt
from qualcode.tui.widgets.find_line import FindLine
from qualcode.tui.widgets.line import OneLine
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows

WIDE = (140, 40)
SMALL = (80, 24)


@pytest.fixture
def fair(surroundings: Surroundings) -> Iterator[Store]:
    with new_fair(surroundings.folder) as store:
        yield store


def screen_of(app: QualcodeApp) -> QuotesScreen:
    assert isinstance(app.screen, QuotesScreen)
    return app.screen


def header(app: QualcodeApp) -> OneLine:
    return app.screen.query_one("#header", OneLine)


def status(app: QualcodeApp) -> OneLine:
    return app.screen.query_one("#status", OneLine)


def lines(app: QualcodeApp) -> list[str]:
    rows = app.screen.query_one("#quotes", Rows)
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def shown(app: QualcodeApp) -> list[tuple[str, str]]:
    return [(one.transcript, one.code) for one in screen_of(app).shown]


@in_the_app
async def test_a_star_is_set_and_taken_back_with_one_key(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", "*", size=SMALL) as pilot:
        app = pilot.app
        await settled(pilot)
        assert [one.code for one in retrieving.quotes(fair, starred=True).quotations] == [
            "funding/grant-aid",
            "funding/grant-aid/small-grants",
        ]
        assert status(app).text == "P01 ¶2: worth quoting *"
        assert [" *" in line for line in lines(app)[:3]] == [True, True, False]
        await pressed(pilot, "*")
        await settled(pilot)
        assert retrieving.quotes(fair, starred=True).quotations == ()
        assert not any("*" in line for line in lines(app))


@in_the_app
async def test_all_that_may_leave_is_listed_and_the_rest_is_counted(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        assert shown(app) == [
            ("P01", "funding/grant-aid"),
            ("P01", "funding/grant-aid/small-grants"),
            ("P01", "cohesion/bonding"),
            ("P01", "funding"),
            ("P03", "funding/grant-aid"),
        ]
        assert header(app).text == "Quotes · 5, 1 withheld and not shown · all"
        assert header(app).right == BY
        assert "P01 ¶2" in lines(app)[0]
        assert "Grant aid" in lines(app)[0]
        assert "The grant paid" in lines(app)[0]
        assert f" {BY} " in lines(app)[0]
        assert f" {OTHER} " in lines(app)[1]
        assert "zanzibar" not in "\n".join(lines(app))


@in_the_app
async def test_the_context_says_all_that_is_known_of_the_passage(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=WIDE) as pilot:
        await pressed(pilot, "down", "down")
        words = pilot.app.screen.query_one("#context", Reading).words
        assert "«we all patched it together»" in words
        assert "\nInterviewer: And now?\nP01: Now we fundraise" in words
        assert "it leaked." in words
        assert f"coded by {BY}" in words
        assert "Doubt: " in words
        assert "May be cited as: Organiser, interviewed March 2024" in words
        await pressed(pilot, "home")
        assert "Also here: Small grants" in pilot.app.screen.query_one("#context", Reading).words


@in_the_app
async def test_the_context_stands_below_the_list_where_there_is_little_room(
    fair: Store, surroundings: Surroundings
) -> None:
    for size, beside in ((SMALL, False), (WIDE, True)):
        async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=size) as pilot:
            listed = pilot.app.screen.query_one("#quotes").region
            context = pilot.app.screen.query_one("#context").region
            assert (context.x >= listed.right) is beside
            assert (context.y >= listed.bottom) is not beside
            assert context.bottom < size[1] - 1


@in_the_app
async def test_a_theme_and_a_coder_narrow_the_list_and_c_shows_all_again(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        await pressed(pilot, "f", "enter", "1", "down", "enter", "2", "escape")
        assert shown(app) == [
            ("P01", "funding/grant-aid/small-grants"),
            ("P03", "funding/grant-aid"),
        ]
        assert header(app).text == f"Quotes · 2 of 5 · Funding · coded by {OTHER}"
        await pressed(pilot, "c")
        assert len(screen_of(app).shown) == 5


@in_the_app
async def test_a_row_of_the_filter_is_taken_off_alone(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        await pressed(pilot, "f", "enter", "1", "down", "down", "enter", "2", "up", "up", "delete")
        await pressed(pilot, "escape")
        assert header(app).text == "Quotes · 1 of 5 · participant P03"
        assert shown(app) == [("P03", "funding/grant-aid")]


@in_the_app
async def test_typed_words_narrow_with_every_letter_and_escape_takes_them_back(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        await pressed(pilot, "/", *"grant")
        assert len(screen_of(app).shown) == 3
        await pressed(pilot, "escape")
        assert len(screen_of(app).shown) == 5
        await pressed(pilot, "/", *"cake", "enter")
        assert shown(app) == [("P01", "funding")]
        assert header(app).text == "Quotes · 1 of 5, 1 withheld and not shown · “cake”"


@in_the_app
async def test_words_that_are_no_query_leave_the_picture_and_are_said(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        await pressed(pilot, "/", "slash")
        assert status(app).error
        assert len(screen_of(app).shown) == 5
        await pressed(pilot, "backspace")
        assert not status(app).error


@in_the_app
async def test_what_is_shown_is_written_to_a_file(fair: Store, surroundings: Surroundings) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        await pressed(pilot, "/", *"grant", "enter", "e", *"out.csv", "enter")
        assert "3 codings written" in status(pilot.app).text
    with (surroundings.folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [one for one in retrieving.quotes(fair).quotations if "grant" in one.text]
    assert [row["coding"] for row in rows] == [one.coding for one in wanted]


@in_the_app
async def test_a_file_that_is_there_is_written_over_only_when_that_is_said(
    fair: Store, surroundings: Surroundings
) -> None:
    there = surroundings.folder / "out.json"
    there.write_text("[]")
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        await pressed(pilot, "e", *"out.json", "enter", "n")
        assert there.read_text() == "[]"
        assert pilot.app.screen.query_one(Input).value == "out.json", "another name may be typed"
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, QuotesScreen)
        await pressed(pilot, "e", *"out.json", "enter", "y")
        assert len(json.loads(there.read_text())) == 5


NOT_TO_BE_WRITTEN = (
    ("codebook.yaml", "says no format: a name ends in .csv, .json, .docx, .md or .html."),
    ("study.qualcode", "says no format: a name ends in .csv, .json, .docx, .md or .html."),
    ("out.odt", "says no format: a name ends in .csv, .json, .docx, .md or .html."),
    ("files/m.csv", "files/m.csv: this is already there"),
    ("folder.csv", "folder.csv: the file cannot be written: a folder has that name"),
    ("sub/dir/none.csv", "cannot be written"),
    ("~nosuchuser/x.csv", "cannot be written"),
    (f"{'x' * 300}.csv", "cannot be written"),
    ("no\0.csv", "cannot be written"),
)


@pytest.mark.parametrize(("name", "why"), NOT_TO_BE_WRITTEN)
def test_what_cannot_be_written_is_said_in_the_dialog_before_anything_is_asked(
    name: str, why: str, fair: Store, surroundings: Surroundings
) -> None:
    (surroundings.folder / "folder.csv").mkdir()
    standing = {
        path: path.read_bytes() for path in surroundings.folder.rglob("*.*") if path.is_file()
    }

    @in_the_app
    async def refused() -> None:
        app = make_app(fair, BY, surroundings=surroundings)
        async with driven(app, "Q", "e", size=SMALL) as pilot:
            app.screen.query_one(Input).value = name
            await pressed(pilot, "enter")
            assert isinstance(app.screen, Prompt)
            hint = app.screen.query_one(Hint)
            assert hint.error
            assert why in hint.text
            assert "--format" not in hint.text
            assert app.screen.query_one(Input).value == name, "what was typed stays"

    refused()
    assert {path: path.read_bytes() for path in standing} == standing


@in_the_app
async def test_a_quotation_is_copied_as_it_may_be_cited(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        await pressed(pilot, "y")
        assert pilot.app.clipboard == (
            "“The grant paid for the tent” (Organiser, interviewed March 2024, P01 ¶2)"
        )
        pilot.app.choose_setting("copying", "forbidden")
        await pressed(pilot, "down", "y")
        assert status(pilot.app).error
        assert "The grant paid" in pilot.app.clipboard


def withhold(store: Store, *codes: str) -> None:
    for code in codes:
        people.set_participant(store, code, {"attribution": "withheld"}, by=OTHER, at=tick())


@in_the_app
async def test_consent_taken_back_while_the_file_is_asked_for_holds_for_the_file(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=WIDE) as pilot:
        await pressed(pilot, "e", *"out.csv")
        withhold(fair, "P01")
        await pressed(pilot, "enter")
        assert status(pilot.app).text.startswith("1 coding written to ")
        assert "4 may no longer leave." in status(pilot.app).text
    text = (surroundings.folder / "out.csv").read_text(encoding="utf-8")
    assert "every spring" in text
    assert "tent" not in text


@in_the_app
async def test_consent_taken_back_since_the_last_look_holds_for_the_clipboard(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        withhold(fair, "P01")
        await pressed(pilot, "y")
        assert status(pilot.app).error
        assert "withheld" in status(pilot.app).text
        assert pilot.app.clipboard == ""


@in_the_app
async def test_words_typed_while_the_store_is_read_are_looked_for(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        screen = screen_of(pilot.app)
        screen.load()
        await pilot.press("slash", *"cake")
        await settled(pilot)
        assert screen.filter.words == "cake"
        assert shown(pilot.app) == [("P01", "funding")]

        screen.load()
        screen._typed(FindLine.Typed("grant"))
        await settled(pilot)
        assert screen.filter.words == "grant"
        assert len(screen.shown) == 3
        assert header(pilot.app).text.endswith("“grant”")


@in_the_app
async def test_enter_alone_takes_the_name_that_is_offered(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", "e", size=WIDE) as pilot:
        assert pilot.app.screen.query_one(Input).placeholder == "quotes.csv"
        await pressed(pilot, "enter")
        assert "5 codings written" in status(pilot.app).text
    assert (surroundings.folder / "quotes.csv").is_file()


@in_the_app
async def test_ones_own_keys_are_named(fair: Store, surroundings: Surroundings) -> None:
    app = make_app(fair, BY, surroundings=surroundings)
    app.choose_keys(BY_ID["quotes.clear"], ["f7"])
    async with driven(app, "Q", "/", *"elephant", "enter", size=SMALL) as pilot:
        assert "f7 shows all again" in "\n".join(lines(pilot.app))


@in_the_app
async def test_what_others_code_meanwhile_is_there_and_the_cursor_stays_on_its_passage(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        app = pilot.app
        assert len(screen_of(app).shown) == 5
        await pressed(pilot, "end")
        coding.tag(fair, "P01", "trading", Place(quote="it leaked"), by=OTHER, at=tick())
        screen_of(app).poll()
        await settled(pilot)
        assert len(screen_of(app).shown) == 6
        assert app.screen.query_one("#quotes", Rows).cursor == 5


@in_the_app
async def test_where_nothing_is_coded_the_list_names_the_next_key(
    surroundings: Surroundings, tmp_path: Path
) -> None:
    with new_store(tmp_path / "new") as store:
        async with driven(make_app(store, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
            assert "T shows the transcripts" in "\n".join(lines(pilot.app))
            for key in ("enter", "y", "e"):
                await pressed(pilot, key)
                assert status(pilot.app).error


@in_the_app
async def test_a_filter_that_nothing_passes_says_how_to_go_on(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=SMALL) as pilot:
        await pressed(pilot, "/", *"elephant", "enter")
        assert screen_of(pilot.app).shown == ()
        assert "c shows all again" in "\n".join(lines(pilot.app))


@in_the_app
async def test_a_step_draws_two_rows_however_long_the_list(
    fair: Store, surroundings: Surroundings
) -> None:
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=WIDE) as pilot:
        rows = pilot.app.screen.query_one("#quotes", Rows)
        before = rows.drawn
        await pressed(pilot, "down")
        assert rows.cursor == 1
        assert rows.drawn - before <= 2


@in_the_app
async def test_enter_goes_to_the_place_in_the_transcript(
    fair: Store, surroundings: Surroundings
) -> None:
    from qualcode.tui.screens.coding.screen import CodingScreen

    wanted = retrieving.quotes(fair).quotations[2]
    async with driven(make_app(fair, BY, surroundings=surroundings), "Q", size=WIDE) as pilot:
        await pressed(pilot, "down", "down", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, CodingScreen)
        cursor = pilot.app.screen.view.cursor
        assert (cursor.start, cursor.end) == (wanted.start, wanted.end)


def test_every_command_of_the_table_has_its_action() -> None:
    for command in commands(Scope.QUOTES, everywhere=False):
        assert callable(getattr(QuotesScreen, f"action_{command.action}", None)), command.id

"""The tree of codes: what stands in it and beside it, and where one goes from it."""

from __future__ import annotations

from services.fair import OTHER
from services.study import BY, new_store, tick
from tui.codebook_screen.shown import go_to, lines, said, screen_of
from tui.coded import SMALL, WIDE
from tui.driving import driven, in_the_app, pressed, settled

from qualcode.services.book import codebooks
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.keys import BY_ID, Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.widgets.reading import Reading
from qualcode.tui.widgets.rows import Rows


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

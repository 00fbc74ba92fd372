"""Which code is on which key, and how the screen says it: numbers, footer, the menu of a theme."""

from __future__ import annotations

import pytest
from services.study import BY, bring_in, write
from tui.coded import SECOND, SMALL, coding, line, new_interview, rows, screen_of, stored
from tui.driving import in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings


@in_the_app
async def test_a_number_puts_the_code_used_last_and_stays_with_it(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1", "down", "1", "2")
        assert line(pilot.app, "hint").split() == ["1", "Grant", "aid", "2", "Bonding"]
        assert [code for code, _, _ in stored(interview)] == ["bonding", "grant-aid"] * 2


@in_the_app
async def test_a_code_has_its_number_in_other_transcripts_and_after_reopening(
    interview: Store, surroundings: Surroundings
) -> None:
    folder = write(surroundings.folder / "files", {"P08.txt": "P08: It went well. It rained."})
    bring_in(interview, folder / "P08.txt")
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1", "f", "3")
        before = line(pilot.app, "hint")
        assert before == "1 Grant aid  2 Bonding  3 Trading"
    for name in ("P08", "P07"):
        async with coding(interview, surroundings, transcript=name) as pilot:
            assert line(pilot.app, "hint") == before
            await pressed(pilot, "2")
            assert line(pilot.app, "hint") == before


@in_the_app
async def test_an_undone_tag_gives_its_number_back_and_redo_takes_it_again(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "c", "1")
        assert line(pilot.app, "hint") == "1 Grant aid  2 Bonding"
        await pressed(pilot, "u")
        assert line(pilot.app, "hint") == "1 Grant aid"
        await pressed(pilot, "U")
        assert line(pilot.app, "hint") == "1 Grant aid  2 Bonding"
        await pressed(pilot, "x", "2", "u")
        assert line(pilot.app, "hint") == "1 Grant aid  2 Bonding"


@in_the_app
async def test_a_pinned_code_keeps_the_number_it_has(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "p", "2", *"trad", "enter")
        assert line(pilot.app, "hint") == "1 Grant aid  2* Trading"
        assert "pinned: Trading is on 2" in line(pilot.app, "status")
        assert pilot.app.desk.pinned(["trading"]) == ("trading",)
        await pressed(pilot, "down", "2", "p", "1")
        assert pilot.app.desk.pinned(["trading"]) == ()
        assert line(pilot.app, "hint") == "1 Grant aid  2 Trading"
    assert ("trading", SECOND, BY) in stored(interview)


@in_the_app
async def test_a_tenth_pin_is_refused_as_long_as_nine_have_the_numbers(
    surroundings: Surroundings,
) -> None:
    codes = "".join(f"      - id: c{n}\n        name: Code {n}\n" for n in range(10))
    book = f"codebook: Ten\nversion: 1\nthemes:\n  - id: t\n    name: T\n    codes:\n{codes}"
    with new_interview(surroundings.folder, codebook=book) as store:
        async with coding(store, surroundings) as pilot:
            await pressed(pilot, "down")
            desk = screen_of(pilot.app).desk
            for n in range(10):
                await pressed(pilot, "p", *f"code{n}", "enter")
            assert "9 codes are pinned already: p lets one go first." in line(pilot.app, "status")
            assert len(desk.pinned([f"c{n}" for n in range(10)])) == 9


FIVE = "".join(f"      - id: c{n}\n        name: Infrastructure no {n}\n" for n in range(1, 6))


@in_the_app
async def test_numbers_take_a_second_row_as_soon_as_names_would_be_cut_short(
    surroundings: Surroundings,
) -> None:
    book = f"codebook: Five\nversion: 1\nthemes:\n  - id: t\n    name: T\n    codes:\n{FIVE}"
    with new_interview(surroundings.folder, codebook=book) as store:
        async with coding(store, surroundings) as pilot:
            view = screen_of(pilot.app).view
            height = view.size.height
            await pressed(pilot, "down", *"a1a2a3a4")
            assert view.size.height == height
            assert "4 Infrastructure" in rows(pilot)[-3]
            await pressed(pilot, *"a5")
            assert view.size.height == height - 1
            assert "1 Infrastructure no 1  2 Infrastructure no 2" in rows(pilot)[-4]
            assert "5 Infrastructure no 5" in rows(pilot)[-3]
            await pressed(pilot, "u")
            assert view.size.height == height
            await pressed(pilot, "U", "z")
            assert view.size.height == SMALL[1] - 1


@in_the_app
async def test_the_footer_names_the_letters_of_a_new_theme_too(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "enter", *"weather", "enter", "enter", *"on its own", "enter")
        assert "f c w Themes" in rows(pilot)[-1]


@pytest.mark.parametrize(("themes", "said"), [(5, "a d f w e Themes"), (6, "a d f w … Themes")])
def test_of_many_themes_a_narrow_footer_names_the_first(
    themes: int, said: str, surroundings: Surroundings
) -> None:
    named = "".join(f"  - id: t{n}\n    name: {n}\n" for n in range(themes))
    book = f"codebook: Many\nversion: 1\nthemes:\n{named}"

    @in_the_app
    async def shown() -> None:
        with new_interview(surroundings.folder, codebook=book) as store:
            async with coding(store, surroundings) as pilot:
                assert said in rows(pilot)[-1]
                assert rows(pilot)[-1].rstrip().endswith("/ Search")

    shown()


@in_the_app
async def test_counts_stand_apart_from_the_names_in_the_menu_of_a_theme(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "down", "f", "1", "f")
        drawn = "\n".join(rows(pilot))
        assert "Grant aid (2)" in drawn
        assert "Small grants (" not in drawn


@in_the_app
async def test_a_theme_is_named_as_it_is_called_in_its_menu(surroundings: Surroundings) -> None:
    book = "codebook: Odd\nversion: 1\nthemes:\n  - id: t\n    name: Money [of the state]\n"
    with new_interview(surroundings.folder, codebook=book) as store:
        async with coding(store, surroundings) as pilot:
            await pressed(pilot, "o")
            assert "Money [of the state] – press a key" in "\n".join(rows(pilot))

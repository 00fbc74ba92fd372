"""The sheet: keys are pressed on the real app, then the store is asked."""

from __future__ import annotations

from services.areas import tag
from services.study import BY, tick
from tui.driving import in_the_app, pressed, settled
from tui.summaries.cells import (
    SMALL,
    WIDE,
    at_the_sheet,
    beside,
    cell_of,
    line,
    lines,
    place,
    sheet_of,
    stored,
    text,
)

from qualcode.model.summary import SummaryStatus
from qualcode.services import describing, people
from qualcode.services.summaries import acts as service
from qualcode.store.store import Store
from qualcode.tui.keys import Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.home import Home
from qualcode.tui.widgets.dialogs import Hint


def put(store: Store, words: str, case: str = "P01", theme: str = "funding") -> None:
    service.write_summary(store, case, theme, words, by="ben", at=tick())


@in_the_app
async def test_each_cell_says_what_stands_in_it(fair: Store, surroundings: Surroundings) -> None:
    put(fair, "One grant.")
    describing.set_transcript(fair, "P02", {}, not_asked=["cohesion"], by=BY, at=tick())
    async with at_the_sheet(fair, surroundings) as pilot:
        assert line(pilot, "header") == "Summaries · 3 cases · 1 written · 2 to do"
        shown = lines(pilot)
        assert shown[0].startswith("› P01 · Ashmere [d1   One grant.]")
        assert shown[0].endswith("○1")
        assert shown[1].split() == ["P02", "·", "Ashmere", "○1", "na"]
        assert shown[2].split() == ["P03", "·", "Marle", "…", "…"]
        assert "na not asked" in line(pilot, "legend")
        assert "final" not in line(pilot, "legend")
        assert "Funding" in line(pilot, "columns")


@in_the_app
async def test_the_cell_under_the_cursor_is_read_beside_it(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One grant.")
    for size, is_beside in ((SMALL, False), (WIDE, True)):
        async with at_the_sheet(fair, surroundings, size=size) as pilot:
            words = beside(pilot)
            assert "Draft, by ben, 2024-07-01" in words
            assert "One grant." in words
            assert "1 P01 ¶2 · f Grant aid · amina\nP01: «g1: A grant came.»" in words
            cases = pilot.app.screen.query_one("#cases").region
            assert (pilot.app.screen.query_one("#cell").region.x >= cases.right) is is_beside
            await pressed(pilot, "right", "down")
            assert place(pilot) == ("P02", "cohesion")
            assert "Asked, nothing coded." in beside(pilot)


@in_the_app
async def test_n_goes_from_one_to_do_to_the_next(fair: Store, surroundings: Surroundings) -> None:
    async with at_the_sheet(fair, surroundings, "n") as pilot:
        assert place(pilot) == ("P01", "cohesion")
        await pressed(pilot, "n")
        assert place(pilot) == ("P02", "funding")
        await pressed(pilot, "n")
        assert place(pilot) == ("P01", "funding")
        await pressed(pilot, "N")
        assert place(pilot) == ("P02", "funding")


@in_the_app
async def test_how_far_a_summary_has_come_is_said_and_taken_back(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One grant.")
    async with at_the_sheet(fair, surroundings, "c") as pilot:
        assert stored(fair).summary.status is SummaryStatus.CHECKED  # type: ignore[union-attr]
        assert "[c1" in lines(pilot)[0]
        assert "checked, by ben" in line(pilot, "status")
        assert "last changed by amina" in line(pilot, "status")
        await pressed(pilot, "f")
        assert stored(fair).summary.status is SummaryStatus.FINAL  # type: ignore[union-attr]
        await pressed(pilot, "f")
        assert line(pilot, "status") == "P01, Funding is final already."
        await pressed(pilot, "u")
        assert stored(fair).summary.status is SummaryStatus.CHECKED  # type: ignore[union-attr]
        assert "[c1" in lines(pilot)[0]
        await pressed(pilot, "U", "d")
        assert stored(fair).summary.status is SummaryStatus.DRAFT  # type: ignore[union-attr]
        await pressed(pilot, "x")
        assert text(fair) is None
        assert "[○1" in lines(pilot)[0]
        await pressed(pilot, "u")
        assert text(fair) == "One grant."


@in_the_app
async def test_where_no_summary_stands_there_is_nothing_to_check(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings) as pilot:
        for key in ("c", "f", "d", "x"):
            await pressed(pilot, key)
            assert line(pilot, "status") == "There is no summary here to change."
        assert text(fair) is None


@in_the_app
async def test_a_stale_summary_says_what_came_and_checked_again_is_stale_no_more(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One grant.")
    service.set_status(fair, "P01", "funding", SummaryStatus.CHECKED, by="ben", at=tick())
    tag(fair, "P01", "trading", "And?")
    async with at_the_sheet(fair, surroundings) as pilot:
        assert "[c!2" in lines(pilot)[0]
        assert "stale: 1 passage came (¶1) since" in beside(pilot)
        assert "· new" in beside(pilot)
        await pressed(pilot, "c")
        assert "[c2" in lines(pilot)[0]
        assert not stored(fair).is_stale


@in_the_app
async def test_others_work_is_seen_and_the_cursor_stays(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "down", "right") as pilot:
        put(fair, "Theirs.", theme="cohesion")
        sheet_of(pilot).poll()
        await settled(pilot)
        assert "Theirs." in lines(pilot)[0]
        assert place(pilot) == ("P02", "cohesion")


@in_the_app
async def test_nothing_is_said_of_a_summary_that_somebody_changed_meanwhile(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One grant.")
    async with at_the_sheet(fair, surroundings) as pilot:
        put(fair, "Two grants.")
        await pressed(pilot, "f")
        assert "was changed meanwhile by 'ben'" in line(pilot, "status")
        assert stored(fair).summary.status is SummaryStatus.DRAFT  # type: ignore[union-attr]
        assert "Two grants." in beside(pilot)
        await pressed(pilot, "f")
        assert stored(fair).summary.status is SummaryStatus.FINAL  # type: ignore[union-attr]


@in_the_app
async def test_cases_are_found_by_words_and_by_what_stands_in_their_cells(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "slash", *"marle", "enter") as pilot:
        assert [row.key for row in sheet_of(pilot).shown] == ["P03"]
        await pressed(pilot, "escape")
        assert len(sheet_of(pilot).shown) == 3
        await pressed(pilot, "o", "2")
        assert [row.key for row in sheet_of(pilot).shown] == ["P01", "P02"]
        assert "cases with something to do" in line(pilot, "header")
        await pressed(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, Home)


@in_the_app
async def test_a_case_can_be_a_place_and_a_column_a_code(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "r", *"place", "enter") as pilot:
        assert [row.key for row in sheet_of(pilot).shown] == ["Ashmere", "Marle"]
        await pressed(pilot, "t", "2")
        assert [one.id for one in sheet_of(pilot).sheet.columns] == [  # type: ignore[union-attr]
            "funding",
            "grant-aid",
            "small-grants",
            "trading",
        ]
        await pressed(pilot, "right")
        assert place(pilot) == ("Ashmere", "grant-aid")


@in_the_app
async def test_a_table_is_taken_in_after_saying_how_many(
    fair: Store, surroundings: Surroundings
) -> None:
    table = surroundings.folder / "s.csv"
    table.write_text("case,theme,text\nP01,funding,One grant.\nP02,funding,Another.\n")
    async with at_the_sheet(fair, surroundings, "I", *"s.csv", "enter") as pilot:
        assert text(fair) is None
        await pressed(pilot, "y")
        assert text(fair) == "One grant."
        assert text(fair, "P02") == "Another."
        assert line(pilot, "status") == "2 written, 0 as they were."
        table.write_text("case,theme,text\nP9,funding,One.\n")
        await pressed(pilot, "I", *"s.csv", "enter")
        hint = pilot.app.screen.query_one(Hint)
        assert "P9" in hint.text
        assert hint.error
        table.write_text("case,theme,text\nP01,funding,Two.\n")
        await pressed(pilot, "enter", "y")
        assert text(fair) == "Two."


@in_the_app
async def test_what_may_not_be_shown_is_counted(fair: Store, surroundings: Surroundings) -> None:
    put(fair, "One grant.")
    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    async with at_the_sheet(fair, surroundings, size=WIDE) as pilot:
        assert "1 not shown, by consent" in line(pilot, "header")
        assert "One grant" not in "\n".join(lines(pilot))


@in_the_app
async def test_one_step_draws_but_the_rows_that_change(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings) as pilot:
        from qualcode.tui.widgets.rows import Rows

        rows = pilot.app.screen.query_one(Rows)
        for key, most in (("right", 1), ("down", 2)):
            before = rows.drawn
            await pressed(pilot, key)
            assert 0 < rows.drawn - before <= most


@in_the_app
async def test_enter_opens_the_cell_and_back_is_where_one_went(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        assert cell_of(pilot)
        await pressed(pilot, "j", "escape")
        assert place(pilot) == ("P02", "funding")


@in_the_app
async def test_every_command_of_the_sheet_is_there(fair: Store, surroundings: Surroundings) -> None:
    async with at_the_sheet(fair, surroundings) as pilot:
        for command in commands(Scope.SUMMARIES, everywhere=False):
            assert hasattr(pilot.app.screen, f"action_{command.action}"), command.id

"""The cell that somebody writes in: what is typed is in the store, whatever happens then."""

from __future__ import annotations

import pytest
from services.areas import tag
from services.study import BY, event_count, tick
from tui.driving import at_once, in_the_app, pressed, settled
from tui.summaries.cells import (
    SMALL,
    WIDE,
    at_the_sheet,
    cell_of,
    field,
    line,
    passages,
    place,
    stored,
    text,
)

from qualcode.model.summary import SummaryStatus
from qualcode.services import people
from qualcode.services.summaries import acts as service
from qualcode.services.work.coding import Place, untag
from qualcode.store.store import Store
from qualcode.tui.keys import Scope, commands
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.screens.summaries.sheet import SheetScreen
from qualcode.tui.widgets import kept
from qualcode.tui.widgets.line import OneLine


def put(store: Store, words: str, by: str = "ben") -> None:
    service.write_summary(store, "P01", "funding", words, by=by, at=tick())


@in_the_app
async def test_the_passages_stand_above_the_summary_or_at_its_left(
    fair: Store, surroundings: Surroundings
) -> None:
    for size, is_beside in ((SMALL, False), (WIDE, True)):
        async with at_the_sheet(fair, surroundings, "enter", size=size) as pilot:
            assert line(pilot, "header") == "P01, Funding"
            assert line(pilot, "state") == "1 passage, no summary yet"
            assert line(pilot, "about") == "How money comes."
            assert "1 P01 ¶2 · f Grant aid · amina" in passages(pilot).words
            assert "P01: «g1: A grant came.»" in passages(pilot).words
            shown = passages(pilot).region
            assert (field(pilot).region.x >= shown.right) is is_beside
            assert (field(pilot).region.y >= shown.bottom) is not is_beside


@in_the_app
async def test_what_is_written_is_one_act_and_one_undo(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        before = event_count(fair)
        await pressed(pilot, "enter", *"One grant", "enter", *"or two.", "escape")
        assert text(fair) == "One grant\nor two."
        assert event_count(fair) == before + 1
        assert line(pilot, "state").startswith("draft, by amina, 2024-07-01")
        assert pilot.app.focused is passages(pilot)
        await pressed(pilot, "u")
        assert text(fair) is None
        assert field(pilot).text == ""
        assert line(pilot, "status") == "undone: write summary"
        await pressed(pilot, "U")
        assert field(pilot).text == "One grant\nor two."


@in_the_app
async def test_whoever_stops_for_a_moment_has_it_kept(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        assert cell_of(pilot)._kept.keep_now()
        assert text(fair) == "One"
        assert line(pilot, "kept") == "Kept ✓"
        await pressed(pilot, *"s", "escape", "u")
        assert text(fair) is None


@in_the_app
async def test_quitting_keeps_what_is_typed(fair: Store, surroundings: Surroundings) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "enter") as pilot:
        at_once(pilot.app, *"One", "ctrl+q")
        await pilot.pause()
    assert text(fair) == "One"


@in_the_app
async def test_a_signal_keeps_what_is_typed(fair: Store, surroundings: Surroundings) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        pilot.app.exit(None, 130)
    assert text(fair) == "One"
    assert pilot.app.said_at_the_end == []


@in_the_app
async def test_what_cannot_be_kept_holds_whoever_quits_once(
    fair: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "study.qualcode"
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        away = file.rename(file.with_suffix(".away"))
        await pressed(pilot, "ctrl+q")
        assert not pilot.app._exit
        assert "Not kept" in line(pilot, "status")
        assert field(pilot).text == "One"
        away.rename(file)
        await pressed(pilot, "ctrl+q")
    assert text(fair) == "One"


@in_the_app
async def test_what_could_not_be_kept_is_tried_again_by_itself(
    fair: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "AGAIN_S", 0.01)
    file = surroundings.folder / "study.qualcode"
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        away = file.rename(file.with_suffix(".away"))
        assert not cell_of(pilot)._kept.keep_now()
        away.rename(file)
        while cell_of(pilot)._kept.wait:
            await pilot.pause(0.01)
        assert line(pilot, "kept") == "Kept ✓"
        assert text(fair) == "One"


@in_the_app
async def test_whoever_was_held_once_goes_on_to_another_cell_without_the_words(
    fair: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "study.qualcode"
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        away = file.rename(file.with_suffix(".away"))
        await pressed(pilot, "escape")
        assert "Not kept" in line(pilot, "status")
        await pressed(pilot, "escape", "j")
        assert place(pilot) == ("P02", "funding")
        assert field(pilot).text == ""
        away.rename(file)
    assert text(fair) is None


@in_the_app
async def test_one_key_puts_the_place_of_a_passage_into_the_words_and_links_it(
    fair: Store, surroundings: Surroundings
) -> None:
    tag(fair, "P01", "trading", "And?")
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One.") as pilot:
        await pressed(pilot, "ctrl+down", "ctrl+l")
        assert field(pilot).text == "One. [P01 ¶2]"
        await pressed(pilot, "ctrl+up", "ctrl+l", *" So.")
        assert field(pilot).text == "One. [P01 ¶2, ¶1] So."
        await pressed(pilot, "escape")
        assert text(fair) == "One. [P01 ¶2, ¶1] So."
        assert [link.locator for link in stored(fair).links] == ["P01 ¶2", "P01 ¶1"]
        assert passages(pilot).words.count("· linked") == 2
        await pressed(pilot, "L")
        assert [link.locator for link in stored(fair).links] == ["P01 ¶2"]
        assert text(fair) == "One. [P01 ¶2, ¶1] So."
        await pressed(pilot, "L")
        assert line(pilot, "status") == "The summary is not linked to this passage."
        await pressed(pilot, "u")
        assert len(stored(fair).links) == 2


@in_the_app
async def test_letters_are_commands_beside_the_passages_and_letters_in_the_words(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One.")
    async with at_the_sheet(fair, surroundings, "enter", "c") as pilot:
        assert stored(fair).summary.status is SummaryStatus.CHECKED  # type: ignore[union-attr]
        assert line(pilot, "state").startswith("checked, by ben")
        await pressed(pilot, "enter", *"cfd", "escape")
        assert text(fair) == "One.cfd"
        assert stored(fair).summary.status is SummaryStatus.DRAFT  # type: ignore[union-attr]
        await pressed(pilot, "f")
        assert stored(fair).summary.status is SummaryStatus.FINAL  # type: ignore[union-attr]
        await pressed(pilot, "x")
        assert text(fair) is None
        assert field(pilot).text == ""
        await pressed(pilot, "u")
        assert field(pilot).text == "One.cfd"


@in_the_app
async def test_keys_lead_to_the_cells_beside_and_to_the_next_to_do(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        for key, there in (
            ("n", ("P01", "cohesion")),
            ("n", ("P02", "funding")),
            ("right", ("P02", "cohesion")),
            ("k", ("P01", "cohesion")),
            ("left", ("P01", "funding")),
            ("j", ("P02", "funding")),
            ("N", ("P01", "cohesion")),
        ):
            await pressed(pilot, key)
            assert place(pilot) == there
        await pressed(pilot, "k")
        assert line(pilot, "status") == "This is the first case."
        await pressed(pilot, "j", "j", "j")
        assert line(pilot, "status") == "This is the last case."
        assert passages(pilot).words == "not yet coded by anybody."
        await pressed(pilot, "escape")
        assert isinstance(pilot.app.screen, SheetScreen)
        assert place(pilot) == ("P03", "cohesion")


@in_the_app
async def test_a_cell_that_was_written_is_no_longer_to_do(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        state = pilot.app.screen.query_one("#state", OneLine)
        assert state.right == "3 to do"
        await pressed(pilot, "enter", *"One.", "escape")
        assert state.right == "2 to do"
        await pressed(
            pilot, "n", "enter", *"Two.", "escape", "n", "enter", *"Three.", "escape", "n"
        )
        assert state.right == "0 to do"
        assert "No other cell" in line(pilot, "status")
    assert [text(fair, *there) for there in (("P01", "cohesion"), ("P02", "funding"))] == [
        "Two.",
        "Three.",
    ]


@in_the_app
async def test_what_another_writes_is_seen_and_never_written_over(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        put(fair, "Theirs.")
        cell_of(pilot).poll()
        await settled(pilot)
        assert field(pilot).text == "Theirs."
        assert line(pilot, "status") == "ben has changed this summary meanwhile."
        await pressed(pilot, "enter", *" Mine.")
        put(fair, "Theirs, longer.")
        await pressed(pilot, "escape")
        both = "Theirs, longer.\n\nTheirs. Mine."
        assert text(fair) == both
        assert field(pilot).text == both
        assert "ben has written here meanwhile" in line(pilot, "status")


@in_the_app
async def test_a_coding_that_comes_while_one_writes_leaves_the_words_alone(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "enter", *"One") as pilot:
        tag(fair, "P01", "trading", "And?")
        cell_of(pilot).poll()
        await settled(pilot)
        assert "2 P01 ¶2" in passages(pilot).words
        await pressed(pilot, *" grant.", "escape")
        assert text(fair) == "One grant."
        assert not stored(fair).is_stale


@in_the_app
async def test_the_passage_that_is_chosen_stays_chosen_when_another_is_coded_above_it(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        tag(fair, "P01", "trading", "And?")
        cell_of(pilot).poll()
        await settled(pilot)
        assert passages(pilot).cursor == 1
        await pressed(pilot, "*", "l")
    above, chosen = stored(fair).grounds
    assert (above.quotation.starred, chosen.quotation.starred) == (False, True)
    assert text(fair) == "[P01 ¶2]"


@in_the_app
async def test_that_the_passage_that_was_chosen_is_gone_is_said(
    fair: Store, surroundings: Surroundings
) -> None:
    tag(fair, "P01", "trading", "And?")
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        chosen = stored(fair).grounds[0].quotation
        place = Place(span=(chosen.start, chosen.end))
        untag(fair, "P01", "trading", place, by=BY, at=tick())
        cell_of(pilot).poll()
        await settled(pilot)
        said = "P01 ¶1, which was chosen, is no longer among the passages."
        assert line(pilot, "status") == said


@in_the_app
async def test_a_stale_summary_says_what_came_and_which_key_helps(
    fair: Store, surroundings: Surroundings
) -> None:
    put(fair, "One.")
    tag(fair, "P01", "trading", "And?")
    async with at_the_sheet(fair, surroundings, "enter", size=WIDE) as pilot:
        assert "stale: 1 passage came (¶1) since" in line(pilot, "state")
        assert line(pilot, "about") == "Write it anew, or c says that it still holds."
        await pressed(pilot, "c")
        assert "stale" not in line(pilot, "state")


@in_the_app
async def test_a_case_that_is_withheld_meanwhile_is_left(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
        cell_of(pilot).poll()
        await settled(pilot)
        assert isinstance(pilot.app.screen, SheetScreen)
        assert line(pilot, "status") == "P01, Funding is no longer among the cells."


@in_the_app
async def test_a_place_opens_in_its_transcript_and_a_passage_is_copied_as_cited(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "y") as pilot:
        assert "“g1: A grant came.” (Clerk, Hall 1" in pilot.app.clipboard
        await pressed(pilot, "g")
        assert isinstance(pilot.app.screen, CodingScreen)
        await pressed(pilot, "escape")
        assert place(pilot) == ("P01", "funding")


@in_the_app
async def test_a_passage_is_marked_as_worth_quoting_and_no_longer(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "*") as pilot:
        assert stored(fair).grounds[0].quotation.starred
        assert "★ worth quoting" in passages(pilot).words
        await pressed(pilot, "*")
        assert not stored(fair).grounds[0].quotation.starred
        assert line(pilot, "status") == "P01 ¶2: no longer worth quoting."


@in_the_app
async def test_where_there_is_no_passage_keys_say_so(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "down", "down", "enter") as pilot:
        for key in ("l", "L", "g", "y", "*"):
            await pressed(pilot, key)
            assert line(pilot, "status") == "There is no passage here."
        await pressed(pilot, "enter", *"Silent.", "escape")
        assert text(fair, "P03") == "Silent."


@in_the_app
async def test_a_project_that_cannot_be_written_says_so_before_anybody_types(
    fair: Store, surroundings: Surroundings
) -> None:
    file = surroundings.folder / "study.qualcode"
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        away = file.rename(file.with_suffix(".away"))
        await pressed(pilot, "enter")
        assert pilot.app.screen.query_one("#status", OneLine).error
        assert pilot.app.focused is passages(pilot)
        away.rename(file)


@in_the_app
async def test_the_interview_is_wrapped_once_and_no_letter_wraps_it_again(
    fair: Store, surroundings: Surroundings
) -> None:
    async with at_the_sheet(fair, surroundings, "enter", "enter") as pilot:
        before = passages(pilot).wrapped
        await pressed(pilot, *"One grant")
        assert before
        assert passages(pilot).wrapped == before


@in_the_app
async def test_every_command_of_the_cell_is_there(fair: Store, surroundings: Surroundings) -> None:
    async with at_the_sheet(fair, surroundings, "enter") as pilot:
        for command in commands(Scope.SUMMARY, everywhere=False):
            assert hasattr(pilot.app.screen, f"action_{command.action}"), command.id

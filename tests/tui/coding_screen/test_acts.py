"""Coding by keyboard: keys are pressed on the real screen, then the store is asked."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from services.study import BY, CODEBOOK, tick
from textual.pilot import Pilot
from textual.widgets import TextArea
from tui.coded import (
    FIRST,
    SECOND,
    WIDE,
    coding,
    line,
    memos,
    place_of,
    rows,
    screen_of,
    selected,
    stored,
    tagged_by_another,
)
from tui.driving import in_the_app, pressed, settled

from qualcode.services.retrieval import retrieving
from qualcode.services.work.coding_session import CodingSession
from qualcode.store.store import Store, open_store
from qualcode.tui.own.surroundings import Surroundings


@in_the_app
async def test_two_keys_code_a_sentence(interview: Store, surroundings: Surroundings) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1")
        assert stored(interview) == [("grant-aid", FIRST, BY)]
        assert "Grant aid" in line(pilot.app, "status")
        assert "1 coding " in line(pilot.app, "header")


@in_the_app
async def test_a_code_below_a_code_and_the_theme_itself_have_a_key(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "2", "f", "f")
        assert [code for code, _, _ in stored(interview)] == ["funding", "small-grants"]


@in_the_app
async def test_esc_closes_the_menu_of_a_theme_and_nothing_is_coded(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "u", "n", "escape")
        assert stored(interview) == []
        assert selected(pilot.app) == FIRST
        await pressed(pilot, "1")
        assert "No code is on 1" in line(pilot.app, "status")


@in_the_app
async def test_keys_typed_ahead_land_on_the_passage_they_were_meant_for(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pilot.press("down", "f", "1", "down", "f", "1", "down", "1", "x")
        await settled(pilot)
        assert [words for _, words, _ in stored(interview)] == [FIRST, SECOND]


@in_the_app
async def test_letters_typed_ahead_of_the_finder_arrive_in_it(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pilot.press("down", "enter", "b", "r", "i", "enter")
        await settled(pilot)
        assert stored(interview) == [("bridging", FIRST, BY)]


@in_the_app
async def test_the_finder_forgives_a_slip(interview: Store, surroundings: Surroundings) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "enter", *"bondign", "enter")
        assert stored(interview) == [("bonding", FIRST, BY)]


@in_the_app
async def test_a_selection_grows_over_sentences_and_turns(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "shift+down", "c", "1")
        assert stored(interview) == [("bonding", f"{FIRST} {SECOND}", BY)]
        await pressed(pilot, "J", ")", "c", "2")
        (_, _, _), (code, words, _) = stored(interview)
        assert code == "bridging"
        assert words.startswith(FIRST)
        assert words.endswith("And after that?")


@in_the_app
async def test_dragging_over_two_turns_selects_what_is_coded(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        view = screen_of(pilot.app).view
        first = view.cell_of(place_of(pilot.app, "rest together").start)
        last = view.cell_of(place_of(pilot.app, "after that").start)
        assert first is not None
        assert last is not None
        mouse = cast("Pilot[None]", pilot)
        await mouse.mouse_down(offset=(first.x, first.y))
        await mouse.hover(offset=(last.x + 2, last.y))
        await mouse.mouse_up(offset=(last.x + 2, last.y))
        await pressed(pilot, "f", "1")
        ((_, words, _),) = stored(interview)
        assert words == "rest together. It leaked anyway.\n\nAnd after"


@in_the_app
async def test_where_there_is_nothing_to_take_back_or_do_again_that_is_said_shortly(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, coder="ben") as pilot:
        await pressed(pilot, "u")
        assert line(pilot.app, "status") == "Nothing to undo."
        await pressed(pilot, "U")
        assert line(pilot.app, "status") == "Nothing to do again."


@in_the_app
async def test_a_doubt_is_said_and_taken_back(interview: Store, surroundings: Surroundings) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "D")
        assert stored(interview) == [("grant-aid?", FIRST, BY)]
        await pressed(pilot, "right")
        assert "Grant aid ?" in line(pilot.app, "status")
        await pressed(pilot, "D")
        assert stored(interview) == [("grant-aid", FIRST, BY)]


@in_the_app
async def test_a_coded_passage_is_starred_and_the_star_taken_back(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "*")
        assert "No code lies here" in line(pilot.app, "status")
        await pressed(pilot, "f", "1", "*")
        assert line(pilot.app, "status").endswith(": worth quoting *")
        (one,) = retrieving.quotes(interview, starred=True).quotations
        assert one.text == FIRST
        await pressed(pilot, "*")
        assert "no longer worth quoting" in line(pilot.app, "status")
        assert retrieving.quotes(interview, starred=True).quotations == ()
        await pressed(pilot, "u")
        assert len(retrieving.quotes(interview, starred=True).quotations) == 1


@in_the_app
async def test_a_memo_is_written_on_the_coding_and_opened_again(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "m", "w", "h", "y", "escape")
        assert memos(interview) == ["why"]
        assert "Grant aid ✎" in line(pilot.app, "status")
        await pressed(pilot, "m")
        assert pilot.app.screen.query_one(TextArea).text == "why"
        await pressed(pilot, "!", "escape")
        assert memos(interview) == ["why!"]


@in_the_app
async def test_a_memo_where_no_code_lies_is_on_the_passage(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "m", "s", "o", "escape")
        assert memos(interview) == ["so"]
        assert "✎ memo" in line(pilot.app, "status")


@in_the_app
async def test_what_others_wrote_on_a_passage_stands_above_ones_own_memo(
    interview: Store, surroundings: Surroundings
) -> None:
    bens = CodingSession.open(interview, "P07", coder="ben")
    at = bens.text.text.index(FIRST)
    bens.write_memo(bens.text.checked(at, at + len(FIRST)), "half of what?", at=tick())
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "m")
        assert "ben wrote: half of what?" in "\n".join(rows(pilot))
        assert pilot.app.screen.query_one(TextArea).text == ""
        await pressed(pilot, "escape")
        assert memos(interview) == ["half of what?"]


@in_the_app
async def test_where_one_wrote_several_memos_one_is_chosen(
    interview: Store, surroundings: Surroundings
) -> None:
    session = CodingSession.open(interview, "P07", coder=BY)
    at = session.text.text.index(FIRST)
    (tagged,) = session.tag("bonding", session.text.checked(at, at + len(FIRST)), at=tick()).added
    for words in ("one", "two"):
        session.write_memo(tagged, words, at=tick())
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "m", "2", *" more", "escape")
        assert sorted(memos(interview)) == ["one", "two more"]
        await pressed(pilot, "m", "3", *"three", "escape")
        assert sorted(memos(interview)) == ["one", "three", "two more"]


@in_the_app
async def test_the_ends_of_a_coding_are_moved_by_words_as_one_act(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "R", "right", "right", "L", "x", "enter")
        assert stored(interview) == [("grant-aid", "council paid half of it. We all", BY)]
        await pressed(pilot, "u")
        assert stored(interview) == [("grant-aid", FIRST, BY)]


@in_the_app
async def test_esc_leaves_the_ends_where_they_were(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "R", *["left"] * 9, "escape")
        assert stored(interview) == [("grant-aid", FIRST, BY)]
        assert selected(pilot.app) == FIRST


@in_the_app
async def test_undo_and_redo_go_on_after_reopening(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1", "down", "c", "1")
    with open_store(interview.where) as again:
        async with coding(again, surroundings) as pilot:
            assert selected(pilot.app) == SECOND, "the place was kept"
            await pressed(pilot, "u")
            assert "undone: tag Bonding" in line(pilot.app, "status")
            await pressed(pilot, "u")
            assert stored(again) == []
            await pressed(pilot, "U")
            assert stored(again) == [("grant-aid", FIRST, BY)]
            await pressed(pilot, "u", "u")
            assert screen_of(pilot.app).picture.said_error, "what lies before is no coding"
            assert stored(again) == []


@in_the_app
async def test_a_new_code_is_made_only_by_a_second_enter_and_is_proposed(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "enter", *"weather", "enter")
        assert path.read_text(encoding="utf-8") == CODEBOOK
        await pressed(pilot, "enter", *"cohesion", "enter")
        assert [words for _, words, _ in stored(interview)] == [FIRST]
    text = path.read_text(encoding="utf-8")
    assert "name: weather" in text
    assert "proposed: true" in text


@in_the_app
async def test_a_code_named_by_the_words_lands_in_the_file_with_its_comments(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    commented = CODEBOOK.replace("  - id: cohesion\n", "  # people\n  - id: cohesion\n")
    path.write_text(commented, encoding="utf-8")
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        screen.poll()
        await settled(pilot)
        if screen.acts.offer:
            await pressed(pilot, "A", "y", "escape")
        await pressed(pilot, "down", "V", "enter", *"cohesion", "enter")
        assert [words for _, words, _ in stored(interview)] == [FIRST]
    text = path.read_text(encoding="utf-8")
    assert "  # people\n" in text
    assert "name: The council paid half of it\n" in text


@in_the_app
async def test_finished_is_said_and_taken_back(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "F")
        assert "finished ✓" in line(pilot.app, "header")
        assert "3 answers hold no code of yours" in line(pilot.app, "status")
        assert CodingSession.open(interview, "P07", coder=BY).finished
        await pressed(pilot, "F")
        assert not CodingSession.open(interview, "P07", coder=BY).finished


@in_the_app
async def test_what_another_coder_does_appears_and_can_be_hidden(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down")
        tagged_by_another(interview, FIRST, "bonding")
        assert "no code here" in line(pilot.app, "status")
        screen_of(pilot.app).poll()
        await settled(pilot)
        assert "Bonding (ben)" in line(pilot.app, "status")
        await pressed(pilot, "O", "right", "left")
        assert "no code here" in line(pilot.app, "status")


@in_the_app
async def test_an_act_that_fails_leaves_the_picture_and_says_why(
    interview: Store, surroundings: Surroundings
) -> None:
    place = Path(interview.where)
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "f", "1")
        header = line(pilot.app, "header")
        place.rename(place.with_suffix(".away"))
        await pressed(pilot, "c", "1")
        status = screen_of(pilot.app).picture
        assert status.said_error
        assert status.said
        assert line(pilot.app, "header") == header
        place.with_suffix(".away").rename(place)
        await pressed(pilot, "c", "1")
        assert not status.said
        assert len(stored(interview)) == 2


@in_the_app
async def test_an_undo_says_that_it_left_a_codebook_changed_by_hand_or_is_not_done(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "enter", *"weather", "enter", "enter", *"coh", "enter", "u")
        path.chmod(0o444)
        await pressed(pilot, "u")
        assert "closed to changes" in line(pilot.app, "status")
        assert "weather" in screen_of(pilot.app).session.codes
        path.chmod(0o644)
        path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
        await pressed(pilot, "u")
        assert "codebook.yaml was left alone and differs now" in line(pilot.app, "status")
        assert "weather" not in screen_of(pilot.app).session.codes
        assert "name: weather" in path.read_text(encoding="utf-8")


@in_the_app
async def test_a_new_code_is_undone_with_its_file(
    interview: Store, surroundings: Surroundings
) -> None:
    path = surroundings.folder / "codebook.yaml"
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "enter", *"weather", "enter", "enter", *"coh", "enter")
        assert "name: weather" in path.read_text(encoding="utf-8")
        await pressed(pilot, "u", "u")
        assert stored(interview) == []
        assert path.read_text(encoding="utf-8") == CODEBOOK
        assert "weather" not in screen_of(pilot.app).session.codes
        await pressed(pilot, "U", "U")
        assert [words for _, words, _ in stored(interview)] == [FIRST]
        assert "name: weather" in path.read_text(encoding="utf-8")

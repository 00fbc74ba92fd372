"""Looking around on the coding screen: moving, searching, what stands where."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import cast

from rich.cells import cell_len
from services.study import BY
from textual.pilot import Pilot
from tui.coded import (
    FIRST,
    SMALL,
    WIDE,
    coding,
    line,
    place_of,
    rows,
    screen_of,
    selected,
    stored,
)
from tui.driving import Driver, in_the_app, pressed, settled

from qualcode.model.spans import Span
from qualcode.services.work.sentencing import InItsOwnProcess, InProcess
from qualcode.store.store import Store
from qualcode.text.sentences import Sentences
from qualcode.tui.app import make_app
from qualcode.tui.keys import Scope, commands
from qualcode.tui.own import keymap
from qualcode.tui.own.desk import Desk
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.palette import available
from qualcode.tui.screens.coding.screen import CodingScreen
from qualcode.tui.transcript.units import Unit
from qualcode.tui.widgets.panel import CodePanel
from qualcode.tui.widgets.which_key import WhichKey, grid

# -- the table of commands ------------------------------------------------------------------------


def test_every_command_has_its_action() -> None:
    lacking = [
        one.id
        for one in commands(Scope.CODING, everywhere=False)
        if not hasattr(CodingScreen, f"action_{one.action}")
    ]
    assert lacking == []


@in_the_app
async def test_every_command_can_be_given_from_the_palette_and_by_its_keys(
    interview: Store, surroundings: Surroundings
) -> None:
    wanted = list(commands(Scope.CODING, everywhere=False))
    async with coding(interview, surroundings) as pilot:
        screen = screen_of(pilot.app)
        offered = {one.id for one in available(pilot.app, pilot.app.screen)}
        assert {one.id for one in wanted} <= offered
        bound = {
            (binding.id, key)
            for key, bindings in screen._bindings.key_to_bindings.items()
            for binding in bindings
        }
        assert {(one.id, _long(key)) for one in wanted for key in one.keys} <= bound


def _long(key: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(key) if len(key) == 1 else keymap.spelled(key)


@in_the_app
async def test_commands_rest_while_something_is_open(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        for opening in ("f", "enter", "slash", "g"):
            await pressed(pilot, opening)
            assert not [
                one.id
                for one in available(pilot.app, pilot.app.screen)
                if one.scope is Scope.CODING
            ]
            await pressed(pilot, "escape")
        assert screen_of(pilot.app).check_action("undo", ()) is True


# -- moving ---------------------------------------------------------------------------------------


@in_the_app
async def test_uncoded_answers_are_gone_through_without_the_questions(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "n", "f", "1", "n")
        assert selected(pilot.app) == "Then nobody came."
        await pressed(pilot, "n")
        assert selected(pilot.app) == "Every year."
        await pressed(pilot, "N")
        assert selected(pilot.app) == "Then nobody came."


@in_the_app
async def test_where_no_uncoded_answer_is_left_this_way_those_the_other_way_are_counted(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:

        async def said(*keys: str) -> str:
            await pressed(pilot, *keys)
            return line(pilot.app, "status")

        last = "This is the last answer without a code of yours; 2 before it: N goes there."
        assert await said("end", "n") == last
        none = "No answer without a code of yours after this; 2 before it: N goes there."
        assert await said("f", "1", "n") == none
        first = "This is the first answer without a code of yours; 1 after it: n goes there."
        assert await said("N", "N", "N") == first
        only = "This is the only answer left without a code of yours."
        assert await said("f", "1", "n", "n") == only
        assert await said("f", "1", "N") == "Every answer holds a code of yours."


@in_the_app
async def test_g_goes_to_a_turn_and_says_where_there_are_no_times(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "g", "4", "enter")
        assert selected(pilot.app) == "Then nobody came."
        await pressed(pilot, "g", "9", "enter")
        assert "there is no turn 9" in line(pilot.app, "status")
        await pressed(pilot, "g", *"0:10", "enter")
        assert "this transcript has no times" in line(pilot.app, "status")


@in_the_app
async def test_hits_are_counted_gone_through_and_ended(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "slash", *"the")
        assert "4 hits" in "\n".join(rows(pilot))
        await pressed(pilot, "enter")
        assert line(pilot.app, "status").startswith("hit 1 of 4")
        await pressed(pilot, "right_square_bracket", "right_square_bracket")
        assert line(pilot.app, "status").startswith("hit 3 of 4")
        assert selected(pilot.app) == "We all patched the rest together."
        await pressed(pilot, "right_square_bracket", "right_square_bracket")
        assert line(pilot.app, "status").startswith("hit 1 of 4, round from the other end")
        await pressed(pilot, "left_square_bracket", "escape")
        assert screen_of(pilot.app).asking.hits == ()
        await pressed(pilot, "slash", "/", "(", "enter")
        assert screen_of(pilot.app).picture.said_error


@in_the_app
async def test_a_hit_is_marked_in_its_sentence_which_is_what_a_code_is_put_on(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "slash", *"together", "enter", "f", "1")
        assert stored(interview) == [("grant-aid", "We all patched the rest together.", BY)]
        assert screen_of(pilot.app).asking.hits == (place_of(pilot.app, "together"),)


@in_the_app
async def test_hits_in_one_sentence_are_gone_through_one_by_one(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "slash", *"/patched|rest|together|hall/", "enter")
        for number, key in ((1, "]"), (2, "]"), (3, "]"), (4, "["), (3, "["), (2, "[")):
            assert line(pilot.app, "status").startswith(f"hit {number} of 4")
            in_one = "We all patched the rest together."
            assert selected(pilot.app) == (in_one if number < 4 else "The hall was cold.")
            await pressed(pilot, {"]": "right_square_bracket", "[": "left_square_bracket"}[key])
        assert line(pilot.app, "status").startswith("hit 1 of 4")


@in_the_app
async def test_the_line_to_type_in_has_its_question_above_and_its_hint_below(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pressed(pilot, "down", "V")
        title, words, end = (row.strip("╭╮╰╯─│ ") for row in rows(pilot)[-3:])
        assert title == "A new code from these words: its name"
        assert words == "The council paid half of it"
        assert end == "Enter: then its theme · Esc cancels"
        await pressed(pilot, "escape", "slash", *"the")
        title, words, end = (row.strip("╭╮╰╯─│ ") for row in rows(pilot)[-3:])
        assert (title, words, end) == ("Search this transcript", "the", "4 hits")
        assert all(cell_len(row) == 80 for row in rows(pilot))


@in_the_app
async def test_the_line_to_type_in_does_not_lie_over_the_selection(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=(60, 16)) as pilot:
        await pressed(pilot, "end", "z", "g")
        screen = screen_of(pilot.app)
        at = screen.view.cell_of(screen.view.cursor.start)
        assert at is not None
        assert not screen.asking.bar.region.contains(at.x, at.y)


@in_the_app
async def test_without_sentences_a_step_goes_by_turns_and_says_so(
    interview: Store, surroundings: Surroundings
) -> None:
    nobody = InItsOwnProcess()
    nobody.close()
    async with coding(interview, surroundings, sentences=nobody) as pilot:
        await pressed(pilot, "down")
        assert "this went by a turn" in line(pilot.app, "status")
        assert selected(pilot.app).startswith(FIRST)


class Late:
    """Finds sentences as they are found, but not before it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self._source = InProcess()

    def start(self) -> None:
        self._source.start()

    def find(self, text: str, *, language: str | None, turns: Sequence[Span]) -> Sentences:
        self.let.wait()
        return self._source.find(text, language=language, turns=turns)

    def close(self) -> None:
        self.let.set()


@in_the_app
async def test_a_step_waits_for_the_sentences_and_keys_after_it_wait_too(
    interview: Store, surroundings: Surroundings
) -> None:
    late = Late()
    app = make_app(interview, BY, surroundings=surroundings, transcript="P07", sentences=late)
    async with app.run_test(size=SMALL) as pilot:
        typing = asyncio.create_task(pilot.press("down", "f", "1", "down", "f", "3"))
        await pilot.pause()
        assert stored(interview) == []
        assert screen_of(app).view.unit is Unit.TURN
        late.let.set()
        await typing
        await settled(cast("Driver", pilot))
        assert [(code, words) for code, words, _ in stored(interview)] == [
            ("grant-aid", FIRST),
            ("trading", "We all patched the rest together."),
        ]


# -- what is shown --------------------------------------------------------------------------------


@in_the_app
async def test_the_codes_stand_at_the_side_where_there_is_room_and_b_decides(
    interview: Store, surroundings: Surroundings
) -> None:
    for size, shown in ((SMALL, False), (WIDE, True)):
        async with coding(interview, surroundings, size=size) as pilot:
            panel = pilot.app.screen.query_one(CodePanel)
            assert panel.display is shown
            await pressed(pilot, "b")
            assert panel.display is not shown


@in_the_app
async def test_the_panel_says_letters_keys_numbers_and_live_counts(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        panel = pilot.app.screen.query_one(CodePanel)

        def said() -> list[str]:
            return [panel.render_line(y).text.strip() for y in range(7)]

        assert said()[0].split() == ["Funding", "f"]
        assert said()[1].split() == ["■", "Grant", "aid", "f1"]
        await pressed(pilot, "down", "f", "1", "down", "1")
        assert said()[1].split() == ["1", "■", "Grant", "aid", "f1", "2"]
        await cast("Pilot[None]", pilot).click(CodePanel, offset=(8, 3))
        await settled(pilot)
        assert {code for code, _, _ in stored(interview)} == {"grant-aid", "trading"}


@in_the_app
async def test_text_only_leaves_the_transcript_the_coder_and_what_is_said(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "z")
        screen = screen_of(pilot.app)
        assert screen.view.size.height == WIDE[1] - 1
        assert line(pilot.app, "header").split() == ["P07", "coder", BY]
        assert not screen.query_one(CodePanel).display
        await pressed(pilot, "x")
        assert "No code of yours lies here." in "\n".join(rows(pilot))
        await pressed(pilot, "escape", "escape")
        assert "1 coding" not in line(pilot.app, "header")
        assert "0 codings" in line(pilot.app, "header")


@in_the_app
async def test_a_long_sentence_about_an_error_is_said_whole(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        words = "It went wrong because of many things. " * 5 + "Mend it."
        screen_of(pilot.app).say(words, error=True)
        await settled(pilot)
        assert "Mend it." in "\n".join(rows(pilot))
        await pressed(pilot, "escape")
        assert "Mend it." not in "\n".join(rows(pilot))


@in_the_app
async def test_a_screen_of_80_by_24_shows_all_lines_and_help_first(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        drawn = rows(pilot)
        assert len(drawn) == 24
        assert drawn[0].startswith(" P07   amina")
        assert drawn[-1].startswith(" F1 Help  Enter Tag  1–9 Recent  f c Themes  n Uncoded")
        assert drawn[-2].startswith(" ¶1 I · sentence · 5 words")
        assert all(cell_len(row) == 80 for row in drawn)


def test_a_menu_is_laid_out_in_as_few_columns_as_it_needs() -> None:
    assert grid([20] * 3, width=76, most_rows=16).columns == 1
    assert (grid([20] * 8, width=76, most_rows=16).rows) == 3
    many = grid([30] * 60, width=76, most_rows=16)
    assert (many.rows, many.columns, many.cell) == (15, 4, 19)
    assert grid([], width=10, most_rows=1).rows == 1


@in_the_app
async def test_a_menu_does_not_lie_over_the_selection(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings, size=(80, 16)) as pilot:
        await pressed(pilot, "end", "f")
        screen = screen_of(pilot.app)
        at = screen.view.cell_of(screen.view.cursor.start)
        menu = screen.query_one(WhichKey)
        assert at is not None
        assert menu.region.height
        assert not menu.region.contains(at.x, at.y)


@in_the_app
async def test_the_place_is_kept_on_the_desk_the_screen_began_with(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        began = pilot.app.desk
        pilot.app.desk = Desk(surroundings.config / "another.json")
        await pressed(pilot, "down")
        screen_of(pilot.app).moves.keep_place()
        assert pilot.app.desk.last is None
        record = screen_of(pilot.app).session.record
        place = began.place(record.uid, record.version_uid)
        assert place is not None
        assert (place.start, place.unit) == (place_of(pilot.app, FIRST).start, Unit.SENTENCE)


# -- the guide ------------------------------------------------------------------------------------


@in_the_app
async def test_the_guide_goes_on_with_what_was_really_done(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        app = pilot.app
        session = screen_of(app).session
        await app.push_screen(CodingScreen(session, Span(0, 4), guide=True))
        await settled(pilot)
        assert line(app, "guide").startswith("1 of 6: Press ↓")
        await pressed(pilot, "down", "shift+down")
        assert line(app, "guide").startswith("3 of 6: Press f, then 2: that puts Small grants")
        await pressed(pilot, "f", "2")
        assert line(app, "guide").startswith("4 of 6")
        await pressed(pilot, "u", "n", "enter", *"brid", "enter")
        assert "That is all" in line(app, "guide")
        assert [code for code, _, _ in stored(interview)] == ["bridging"]


@in_the_app
async def test_the_guide_begins_at_the_first_answer(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        await pilot.app.push_screen(CodingScreen(screen_of(pilot.app).session, guide=True))
        await settled(pilot)
        assert selected(pilot.app) == FIRST


@in_the_app
async def test_a_selection_that_becomes_shorter_is_no_step_of_the_guide(
    interview: Store, surroundings: Surroundings
) -> None:
    async with coding(interview, surroundings) as pilot:
        app = pilot.app
        await app.push_screen(CodingScreen(screen_of(app).session, guide=True))
        await settled(pilot)
        await pressed(pilot, "down", "shift+left", "down")
        assert line(app, "guide").startswith("2 of 6")
        await pressed(pilot, "shift+down")
        assert line(app, "guide").startswith("3 of 6")

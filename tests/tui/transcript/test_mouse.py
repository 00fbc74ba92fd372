"""Selecting with the mouse."""

from __future__ import annotations

from textual import events, on
from tui.driving import in_the_app
from tui.transcript.pages import Page, interview, laid, page, place, sentences
from tui.transcript.test_view import Showing, shown, words

from qualcode.model.spans import Span
from qualcode.tui.transcript.units import Unit
from qualcode.tui.transcript.view import TranscriptView

TALK = page("INT: Who came to the fair?", "P07: We all came. It was a day out.")


class Pressing(Showing):
    """Keeps which stripes were pressed."""

    def __init__(self, of: Page) -> None:
        super().__init__(of)
        self.pressed: list[str] = []

    @on(TranscriptView.Pressed)
    def _pressed(self, event: TranscriptView.Pressed) -> None:
        self.pressed.append(event.uid)


def cell(view: TranscriptView, said: str) -> tuple[int, int]:
    app = view.app
    assert isinstance(app, Showing)
    found = view.cell_of(place(app.of[0], said).start)
    assert found is not None
    return found.x, found.y


@in_the_app
async def test_a_click_takes_the_word() -> None:
    async with shown(TALK) as (pilot, view):
        await pilot.click(offset=cell(view, "day"))
        assert words(view) == "day"
        assert view.unit is Unit.WORD


@in_the_app
async def test_a_second_click_takes_the_sentence_and_a_third_the_turn() -> None:
    async with shown(TALK) as (pilot, view):
        at = cell(view, "day")
        await pilot.double_click(offset=at)
        assert words(view) == "It was a day out."
        await pilot.click(offset=(80, 20))
        await pilot.triple_click(offset=at)
        assert words(view) == "We all came. It was a day out."


@in_the_app
async def test_dragging_takes_whole_words_across_turns() -> None:
    async with shown(TALK) as (pilot, view):
        await pilot.mouse_down(offset=cell(view, "fair"))
        await pilot.hover(offset=cell(view, "came."))
        assert words(view) == "fair?\n\nWe all came"
        await pilot.hover(offset=cell(view, "Who"))
        assert words(view) == "Who came to the fair"
        await pilot.mouse_up(offset=cell(view, "Who"))
        await pilot.hover(offset=cell(view, "day"))
        assert words(view) == "Who came to the fair"


@in_the_app
async def test_after_a_drag_the_end_that_was_dragged_is_the_one_that_moves() -> None:
    async with shown(TALK) as (pilot, view):
        await pilot.mouse_down(offset=cell(view, "fair"))
        await pilot.hover(offset=cell(view, "came to"))
        await pilot.mouse_up(offset=cell(view, "came to"))
        view.move(Unit.WORD, -1, extend=True)
        assert words(view) == "Who came to the fair"


@in_the_app
async def test_dragging_beyond_the_edge_scrolls() -> None:
    async with shown(interview(40)) as (pilot, view):
        await pilot.mouse_down(offset=(20, 3))
        view._hand.move(_moved_to(view, 20, 40))
        before, top = view.cursor.end, view.scroll_offset.y
        view._hand.scroll_on()
        view._hand.scroll_on()
        assert view.scroll_offset.y == top + 2
        assert view.cursor.end > before
        await pilot.mouse_up(offset=(20, 3))
        assert view._hand._scrolling is None


def _moved_to(view: TranscriptView, x: int, y: int) -> events.MouseMove:
    return events.MouseMove(view, x, y, 0, 0, 1, False, False, False)


@in_the_app
async def test_the_gutter_takes_the_turn() -> None:
    async with shown(TALK) as (pilot, view):
        await pilot.click(offset=(2, 2))
        assert words(view) == "We all came. It was a day out."
        assert view.unit is Unit.TURN


@in_the_app
async def test_a_stripe_or_a_name_tells_which_coding_it_is() -> None:
    app = Pressing(TALK)
    async with app.run_test(size=(120, 32)) as pilot:
        await pilot.pause()
        view = app.query_one(TranscriptView)
        one, two = laid(place(TALK[0], "all")), laid(place(TALK[0], "We all"), "money")
        view.set_codings([one, two])
        before = view.cursor
        columns = view._painter.columns
        await pilot.click(offset=(columns.lanes_at, 2))
        await pilot.click(offset=(columns.lanes_at + 1, 2))
        await pilot.click(offset=(columns.names_at + 1, 2))
        assert app.pressed == [two.uid, one.uid, two.uid]
        assert view.cursor == before


@in_the_app
async def test_a_click_beyond_the_last_word_of_a_row_takes_it() -> None:
    async with shown(TALK) as (pilot, view):
        await pilot.click(offset=(70, 2))
        assert words(view) == "out"


@in_the_app
async def test_a_click_on_a_wide_sign_takes_that_sign() -> None:
    async with shown(page("P07: 共同体很好")) as (pilot, view):
        x, y = cell(view, "同")
        for shift in (0, 1):
            await pilot.click(offset=(x + shift, y))
            assert words(view) == "同"


@in_the_app
async def test_on_a_row_with_right_to_left_words_the_mouse_takes_sentences() -> None:
    of = page("P07: مرحبا بكم. كيف الحال.")
    async with shown(of) as (pilot, view):
        await pilot.click(offset=(14, 0))
        assert view.unit is Unit.SENTENCE
        assert view.cursor == sentences(of[0])[0]


@in_the_app
async def test_the_mouse_finds_words_that_end_at_the_right_side() -> None:
    of = page("P07: مرحبا بكم. كيف الحال.", "P07: Hello.")
    async with shown(of) as (pilot, view):
        columns = view._painter.columns
        last = columns.text_at + columns.text - 1
        for words_, x in (("كيف", last), ("مرحبا", columns.text_at)):
            await pilot.click(offset=(x, 0))
            assert view.cursor == sentences(of[0])[words_ == "كيف"]
            assert view.cell_of(view.cursor.start) == cell(view, words_)
        for offset in range(len(of[0])):
            at = view.cell_of(offset)
            assert at is not None
            found = view.place_at(at.x, at.y)
            assert found is not None
            assert found.offset == offset or of[0][offset] in " \n"


@in_the_app
async def test_a_click_on_a_text_of_nothing_does_nothing() -> None:
    async with shown(("", ())) as (pilot, view):
        await pilot.click(offset=(14, 0))
        assert view.cursor == Span(0, 1)

"""The transcript on a screen: what moves, what scrolls, and how little is drawn for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from tui.driving import in_the_app
from tui.transcript.pages import Page, interview, laid, look, page, place, sentences

from qualcode.model.spans import Span, Turn
from qualcode.tui.looks import ColourMode
from qualcode.tui.transcript.units import Unit
from qualcode.tui.transcript.view import NOWHERE, TranscriptView

SCREEN = (100, 32)


class Showing(App[None]):
    """Nothing but a transcript."""

    def __init__(self, of: Page, *, known: bool = True, compact: bool | None = None) -> None:
        super().__init__()
        self.of, self.known, self.compact = of, known, compact
        self.moved: list[tuple[Span, Unit]] = []
        self.layouts = 0

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    def on_mount(self) -> None:
        view = self.query_one(TranscriptView)
        text, turns = self.of
        view.focus()
        view.show(text, turns, asking={"INT"}, look=look(), compact=self.compact)
        if self.known:
            view.set_sentences(sentences(text))

    @on(TranscriptView.Moved)
    def _moved(self, event: TranscriptView.Moved) -> None:
        self.moved.append((event.span, event.unit))


@asynccontextmanager
async def shown(
    of: Page,
    size: tuple[int, int] = SCREEN,
    *,
    known: bool = True,
    compact: bool | None = None,
) -> AsyncIterator[tuple[Pilot[None], TranscriptView]]:
    """A transcript on a screen, once everything is drawn."""
    app = Showing(of, known=known, compact=compact)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, app.query_one(TranscriptView)


def rows(view: TranscriptView) -> list[str]:
    """What is in sight."""
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def words(view: TranscriptView) -> str:
    return said(view, view.cursor)


def said(view: TranscriptView, span: Span) -> str:
    app = view.app
    assert isinstance(app, Showing)
    return app.of[0][span.start : span.end]


# -- moving ---------------------------------------------------------------------------------------


@in_the_app
async def test_the_cursor_begins_at_the_first_sentence() -> None:
    async with shown(interview(5)) as (_, view):
        assert words(view) == "And what was it like to come here, year after year?"
        assert view.unit is Unit.SENTENCE


@in_the_app
async def test_without_sentences_the_cursor_is_the_first_turn_and_sentences_do_not_move_it() -> (
    None
):
    of = interview(5)
    async with shown(of, known=False) as (_, view):
        assert view.unit is Unit.TURN
        assert not view.move(Unit.SENTENCE, 1)
        assert view.cursor == Span(of[1][0].start, of[1][0].end)
        view.move(Unit.TURN, 1)
        view.set_sentences(sentences(of[0]))
        assert view.unit is Unit.TURN
        assert view.move(Unit.SENTENCE, 1)
        assert words(view) == "We all came to the fair."


@in_the_app
async def test_each_move_is_told() -> None:
    async with shown(interview(5)) as (pilot, view):
        app = view.app
        assert isinstance(app, Showing)
        app.moved.clear()
        view.move(Unit.WORD, 1)
        view.move(Unit.WORD, 1, extend=True)
        await pilot.pause()
        assert [(said(view, span), unit) for span, unit in app.moved] == [
            ("And", Unit.WORD),
            ("And what", Unit.WORD),
        ]


@in_the_app
async def test_a_selection_made_longer_and_shorter_again_is_as_it_was() -> None:
    async with shown(interview(5)) as (_, view):
        before = view.cursor
        view.move(Unit.SENTENCE, 1, extend=True)
        assert words(view).endswith("Who did you meet there?")
        view.move(Unit.SENTENCE, -1, extend=True)
        assert view.cursor == before


@in_the_app
async def test_a_page_takes_cursor_and_text_with_it() -> None:
    async with shown(interview(40)) as (pilot, view):
        view.page(1)
        await pilot.pause()
        assert view.scroll_offset.y == SCREEN[1] - 2
        assert view.cell_of(view.cursor.start) is not None
        view.page(-1)
        await pilot.pause()
        assert view.scroll_offset.y == 0
        assert view.cursor.start == 0


@in_the_app
async def test_the_ends_of_the_text_are_reached() -> None:
    of = interview(40)
    async with shown(of) as (pilot, view):
        view.ends(last=True)
        await pilot.pause()
        assert view.cursor.end == len(of[0])
        assert view.cell_of(view.cursor.start) is not None
        view.ends(last=False)
        assert view.cursor.start == 0


@in_the_app
async def test_a_selected_span_comes_into_sight() -> None:
    of = interview(40)
    async with shown(of) as (pilot, view):
        turn = of[1][51]
        assert view.cell_of(turn.start) is None
        view.select(Span(turn.start, turn.end), Unit.TURN, centre=True)
        await pilot.pause()
        cell = view.cell_of(turn.start)
        assert cell is not None
        assert SCREEN[1] // 4 < cell.y < 3 * SCREEN[1] // 4


@in_the_app
async def test_every_step_down_and_up_stays_in_sight() -> None:
    async with shown(interview(12)) as (_, view):
        for step in [1] * 60 + [-1] * 60:
            view.move(Unit.SENTENCE, step)
            assert view.cell_of(view.cursor.start) is not None


@in_the_app
async def test_the_terminals_own_cursor_follows() -> None:
    async with shown(interview(5)) as (pilot, view):
        view.move(Unit.TURN, 1)
        await pilot.pause()
        assert view.app.cursor_position == view.cell_of(view.cursor.start)
        assert rows(view)[view.app.cursor_position.y][view.app.cursor_position.x :].startswith("We")


# -- work -----------------------------------------------------------------------------------------


@in_the_app
async def test_a_step_of_the_cursor_asks_for_no_layout() -> None:
    async with shown(interview(40)) as (pilot, view):
        before = view._layout_updates, view.screen._layout_updates
        for unit in Unit:
            view.move(unit, 1)
            view.move(unit, 1, extend=True)
            await pilot.pause()
        view.page(1)
        await pilot.pause()
        assert (view._layout_updates, view.screen._layout_updates) == before


@in_the_app
async def test_a_coding_draws_no_more_than_the_rows_it_covers() -> None:
    of = interview(40)
    async with shown(of) as (pilot, view):
        view.move(Unit.TURN, 1)
        await pilot.pause()
        span = Span(of[1][1].start, of[1][1].end)
        covered = len(view._painter.wrap.rows_of(span.start, span.end))
        layouts, built = view._layout_updates, view.rows_built
        view.change_codings([laid(span)], [])
        await pilot.pause()
        assert 0 < view.rows_built - built <= covered + 2
        assert view._layout_updates == layouts


@in_the_app
async def test_a_coding_out_of_sight_draws_nothing() -> None:
    of = interview(40)
    async with shown(of) as (pilot, view):
        built = view.rows_built
        view.change_codings([laid(Span(of[1][60].start, of[1][60].end))], [])
        await pilot.pause()
        assert view.rows_built == built


@in_the_app
async def test_rows_seen_before_are_not_made_again() -> None:
    async with shown(interview(40)) as (pilot, view):
        view.page(1)
        await pilot.pause()
        built = view.rows_built
        view.scroll_by(-10)
        await pilot.pause()
        view.scroll_by(10)
        await pilot.pause()
        selected = len(view._painter.wrap.rows_of(view.cursor.start, view.cursor.end))
        assert view.rows_built - built <= 2 * selected


@in_the_app
async def test_scrolling_is_not_animated() -> None:
    async with shown(interview(40)) as (_, view):
        view.page(1)
        assert view.scroll_offset.y == view.scroll_target_y == SCREEN[1] - 2


# -- codings, hits, looks -------------------------------------------------------------------------


@in_the_app
async def test_codings_come_and_go() -> None:
    async with shown(interview(5)) as (_, view):
        one = laid(view.cursor)
        view.change_codings([one], [])
        assert "▪" in rows(view)[0]
        view.change_codings([], [one.uid])
        assert "▪" not in rows(view)[0]
        view.set_codings([one])
        assert "▪" in rows(view)[0]


@in_the_app
async def test_a_coding_changed_in_place_keeps_its_lane() -> None:
    async with shown(interview(5), (120, 32)) as (_, view):
        one, two = laid(view.cursor), laid(view.cursor, "money")
        view.set_codings([one, two])
        before = rows(view)[0]
        view.change_codings([two], [two.uid])
        assert rows(view)[0] == before


@in_the_app
async def test_hits_are_marked_and_unmarked() -> None:
    of = interview(5)
    async with shown(of) as (_, view):
        view.set_hits([place(of[0], "fair"), place(of[0], "people")], 1)
        with_sign = " ".join(row for row in rows(view) if "›" in row)
        assert "fair" in with_sign
        assert "people" in with_sign
        view.set_hits([], None)
        assert not any("›" in row for row in rows(view))


@in_the_app
async def test_another_look_draws_everything_anew() -> None:
    async with shown(interview(5)) as (_, view):
        view.set_codings([laid(view.cursor)])
        view.set_look(look(ColourMode.MONO))
        letter = look().theme("bonding").letter.upper()
        assert rows(view)[0][view._painter.columns.lanes_at] == letter


@in_the_app
async def test_right_to_left_words_are_kept_apart_from_when_it_is_asked_for() -> None:
    async with shown(page("P07: مرحبا بكم", "P07: Hello.")) as (_, view):
        assert "\u2067" not in rows(view)[0]
        view.set_look(look(), isolate=True)
        assert "\u2067" in rows(view)[0]
        view.set_look(look(ColourMode.MONO))
        assert "\u2067" in rows(view)[0]
        view.set_look(look(), isolate=False)
        assert "\u2067" not in rows(view)[0]


# -- size -----------------------------------------------------------------------------------------


def first_words(view: TranscriptView) -> str:
    return next(row[12:80].strip() for row in rows(view) if row.strip())


@in_the_app
async def test_the_first_words_in_sight_stay_through_resizes() -> None:
    said_ = [f"P07: Sentence number {n} is about the fair and the people there." for n in range(99)]
    async with shown(page(*said_)) as (pilot, view):
        view.scroll_by(30)
        await pilot.pause()
        numbers = set()
        for width in (100, 70, 50, 65, 90, 100):
            await pilot.resize_terminal(width, 32)
            await pilot.pause()
            numbers.add("".join(sign for sign in first_words(view) if sign.isdigit())[-2:])
        assert len(numbers) == 1


@in_the_app
async def test_a_cursor_in_sight_stays_in_sight_through_a_resize() -> None:
    async with shown(interview(40)) as (pilot, view):
        for _ in range(14):
            view.move(Unit.SENTENCE, 1)
        for size in ((60, 20), (40, 10), (100, 32)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert view.cell_of(view.cursor.start) is not None


@in_the_app
async def test_a_low_screen_has_no_blank_rows_between_turns() -> None:
    async with shown(interview(5), (80, 24)) as (pilot, view):
        assert "" not in rows(view)[:20]
        await pilot.resize_terminal(80, 40)
        await pilot.pause()
        assert "" in rows(view)[:20]


@in_the_app
async def test_blank_rows_can_be_asked_for_on_a_low_screen() -> None:
    async with shown(interview(5), (80, 24), compact=False) as (_, view):
        assert "" in rows(view)[:10]


@in_the_app
async def test_a_hard_text_is_wrapped_anew_when_a_resize_is_over() -> None:
    of = page("P07: " + "共同体" * 25_000)
    async with shown(of) as (pilot, view):
        wide = view.virtual_size.height
        await pilot.resize_terminal(60, 32)
        await pilot.pause()
        assert len(rows(view)) == 32
        while view.virtual_size.height == wide:
            await pilot.pause(0.02)
        assert view.virtual_size.height > wide


# -- every text -----------------------------------------------------------------------------------

EVERY_TEXT = {
    "nothing": ("", ()),
    "one letter": page("a"),
    "no turns": ("One paragraph.\n\nAnother one.", ()),
    "an empty turn": ("One.\n\n", (Turn(1, 0, 4, "A"), Turn(2, 6, 6, "B"))),
    "a long word": page("P07: " + "x" * 320 + " end."),
    "one long turn": page("P07: " + "four words and one. " * 2_500),
    "short turns": page(*["A: Yes.", "B: No."] * 500),
    "emoji": page("P07: 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦 came 👍🏽. 🇰🇪🇩🇪🇰🇪🇩🇪"),
    "arabic": page("P07: " + "مرحبا بكم في السوق. " * 30),
    "hebrew": page("P07: " + "שלום לכולם. " * 30),
    "thai": page("P07: " + "ขอบคุณครับที่มาวันนี้" * 20),
    "chinese": page("P07: " + "共同体很好。" * 60),
    "devanagari": page("P07: " + "क्षेत्र में सब लोग ठीक हैं। " * 20),
    "controls": page("P07: a\tb\x1b[31mc\u202ed\ud800e."),
}


@pytest.mark.parametrize("of", EVERY_TEXT.values(), ids=EVERY_TEXT.keys())
@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 60)])
def test_every_text_is_shown_moved_through_and_coded(of: Page, size: tuple[int, int]) -> None:
    @in_the_app
    async def through() -> None:
        async with shown(of, size) as (pilot, view):
            for unit in Unit:
                for step in (1, 1, -1):
                    view.move(unit, step)
                    view.move(unit, step, extend=True)
            view.page(1)
            view.ends(last=True)
            view.page(-1)
            view.change_codings([laid(view.cursor)], [])
            view.set_hits([view.cursor], 0)
            await pilot.pause()
            assert all(view.render_line(y).cell_length == size[0] - 1 for y in range(size[1]))
            assert (view.cursor == NOWHERE) == (not of[0] or of[0] == "a")

    through()


@in_the_app
async def test_every_cell_lies_on_the_ground_of_the_look_and_not_on_that_of_the_terminal() -> None:
    async with shown(interview(6)) as (_, view):
        rows = [view.render_line(y) for y in range(view.size.height)]
        grounds = {
            segment.style.bgcolor if segment.style else None
            for row in rows
            for segment in row
            if segment.text
        }
        assert len(rows) > 10
        assert None not in grounds
        assert look().beneath.bgcolor in grounds

"""One row of the transcript as it is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from tui.transcript.pages import Page, laid, look, marks_of, page, pages, painter, place

from qualcode.model.spans import Span
from qualcode.tui.looks import ColourMode
from qualcode.tui.transcript.lanes import Laid, Lanes
from qualcode.tui.transcript.overlay import Overlay
from qualcode.tui.transcript.painter import RowPainter, clock, fit_columns

FAR = Span(10_000, 10_001)
TALK = page("INT: Who came to the fair?", "P07: We all came. It was a day out.")
LONG = page("P07: We all came to the fair, and it was a day out for every one of us who came.")


def lines(painted: RowPainter, codings: list[Laid] | None = None) -> list[str]:
    """All rows as text."""
    overlay = Overlay(Lanes(codings or []))
    return [
        "".join(piece.text for piece in painted.paint(row, marks_of(painted, row, overlay, FAR)))
        for row in range(len(painted.wrap))
    ]


def style_of(pieces: list[Segment], words: str) -> Style:
    """The style of the piece that is just these words."""
    return next(piece.style or Style() for piece in pieces if piece.text == words)


def words_only(row: str) -> str:
    return row.rsplit("P07 ", maxsplit=1)[-1].rstrip()


def test_time_and_speaker_stand_where_a_turn_begins() -> None:
    drawn = lines(painter(LONG, 64))
    assert drawn[0].startswith("0:00:00 P07 We all came")
    assert drawn[1].startswith(" " * 12)
    assert drawn[1][12] != " "


def test_no_time_is_shown_in_a_transcript_without_times() -> None:
    assert lines(painter(page("P07: Yes.", seconds=None)))[0].startswith("P07 Yes.")


def test_a_narrow_view_leaves_the_time_out() -> None:
    assert lines(painter(TALK, 40))[0].startswith("INT Who came")


def test_hours_beyond_ten_have_room() -> None:
    assert clock(36_000_000) == "10:00:00"
    assert fit_columns(100, 8).text_at == 13


@pytest.mark.parametrize("width", range(12, 220))
def test_the_columns_fill_a_view_and_text_is_never_too_wide(width: int) -> None:
    columns = fit_columns(width, 7)
    last = columns.names_at + columns.names if columns.names else columns.names_at - 1
    assert last <= width or columns.text == 1
    assert columns.text <= 100
    assert bool(columns.names) == (width >= 96)


@pytest.mark.parametrize("width", [20, 30, 60, 80, 120, 200])
def test_a_view_of_any_width_is_readable(width: int) -> None:
    drawn = lines(painter(LONG, width))
    columns = fit_columns(width, 7)
    said = " ".join(row[columns.text_at : columns.lanes_at].strip() for row in drawn)
    assert said == LONG[0]


def test_a_stripe_runs_from_first_to_last_row() -> None:
    painted = painter(LONG, 40)
    drawn = lines(painted, [laid(Span(0, len(LONG[0])))])
    stripes = [row[painted.columns.lanes_at] for row in drawn]
    assert len(stripes) > 2
    assert stripes == ["┏", *"┃" * (len(stripes) - 2), "┗"]


def test_a_coding_on_one_row_is_a_mark() -> None:
    painted = painter(TALK)
    drawn = lines(painted, [laid(place(TALK[0], "day"))])
    assert drawn[2][painted.columns.lanes_at] == "▪"


def test_a_coding_on_two_turns_is_drawn_through_the_gap() -> None:
    painted = painter(TALK)
    drawn = lines(painted, [laid(Span(0, len(TALK[0])))])
    assert [row[painted.columns.lanes_at :].strip() for row in drawn] == ["┏", "┃", "┗"]


def test_one_that_ends_and_one_that_begins_on_a_row_share_a_sign() -> None:
    text = LONG[0]
    painted = painter(LONG, 40)
    cut = text.index("day")
    drawn = lines(painted, [laid(Span(0, cut)), laid(Span(cut, len(text)), "money")])
    assert drawn[painted.wrap.row_at(cut)][painted.columns.lanes_at] == "┣"


def test_what_has_no_lane_left_is_shown_by_a_sign() -> None:
    painted = painter(TALK)
    whole = Span(0, len(TALK[0]))
    drawn = lines(painted, [laid(whole, uid=str(n)) for n in range(7)])
    assert [row[painted.columns.lanes_at :] for row in drawn] == ["┏┏┏┏+", "┃┃┃┃+", "┗┗┗┗+"]


def test_the_name_of_a_code_stands_where_a_coding_begins() -> None:
    painted = painter(TALK, 120)
    drawn = lines(painted, [laid(Span(0, len(TALK[0])))])
    assert [row[painted.columns.names_at :] for row in drawn] == ["bonding", "", ""]


def test_a_name_says_doubt_memo_and_how_many_more() -> None:
    coding = replace(laid(Span(0, 10)), doubt=True, memo=True, name="cost of care")
    painted = painter(TALK, 120)
    row = lines(painted, [coding, laid(Span(0, 5), "money")])[0]
    assert row[painted.columns.names_at :] == "cost of care? ✎ +1"


def test_a_long_name_is_cut_and_its_signs_stay() -> None:
    coding = replace(laid(Span(0, 10)), doubt=True, name="n" * 200)
    painted = painter(TALK, 120)
    name = lines(painted, [coding])[0][painted.columns.names_at :]
    assert name.endswith("…?")
    assert cell_len(name) == painted.columns.names


def test_there_are_no_names_in_a_view_of_eighty_columns() -> None:
    assert "bonding" not in "".join(lines(painter(TALK, 80), [laid(Span(0, 10))]))


def test_other_coders_codings_have_thin_stripes_and_no_tint() -> None:
    painted = painter(TALK)
    span = place(TALK[0], "We all came.")
    overlay = Overlay(Lanes([laid(span, own=False)]))
    pieces = painted.paint(2, marks_of(painted, 2, overlay, FAR))
    assert "▫" in [piece.text for piece in pieces]
    assert style_of(pieces, "We all came. It was a day out.") == look().plain


def test_without_box_drawing_a_stripe_is_its_themes_letter() -> None:
    drawn = lines(painter(LONG, 40, looks=look(ascii_signs=True)), [laid(Span(0, len(LONG[0])))])
    at = painter(LONG, 40).columns.lanes_at
    letter = look().theme("bonding").letter.upper()
    assert [row[at] for row in drawn] == [letter, *"|" * (len(drawn) - 2), "'"]


def test_coded_words_have_the_hue_of_the_innermost_theme() -> None:
    painted = painter(TALK)
    inner, outer = place(TALK[0], "all"), place(TALK[0], "We all came.")
    overlay = Overlay(Lanes([laid(outer), laid(inner, "money")]))
    pieces = painted.paint(2, marks_of(painted, 2, overlay, FAR))
    assert style_of(pieces, "all") == look().text_style(["money"], 2)
    assert style_of(pieces, "We ") == look().text_style(["bonding"], 1)
    assert style_of(pieces, " It was a day out.") == look().plain


def test_a_question_is_dim_but_not_where_it_is_coded() -> None:
    painted = painter(TALK)
    overlay = Overlay(Lanes([laid(place(TALK[0], "fair"))]))
    pieces = painted.paint(0, marks_of(painted, 0, overlay, FAR))
    assert style_of(pieces, "Who came to the ") == look().dim
    assert style_of(pieces, "fair") == look().text_style(["bonding"], 1)


def test_the_selection_lies_over_hits_and_hits_over_codings() -> None:
    painted = painter(TALK)
    day = place(TALK[0], "day")
    overlay = Overlay(Lanes([laid(place(TALK[0], "a day out"))]), (day,), None)
    marks = marks_of(painted, 2, overlay, FAR)
    assert style_of(painted.paint(2, marks), "day") == look().hit
    marks = marks_of(painted, 2, replace(overlay, current_hit=day), FAR)
    assert style_of(painted.paint(2, marks), "day") == look().current_hit
    marks = marks_of(painted, 2, overlay, day)
    assert style_of(painted.paint(2, marks), "day") == look().selection


@pytest.mark.parametrize("mode", ColourMode)
def test_a_hit_stays_marked_in_a_selection_that_reaches_beyond_it(mode: ColourMode) -> None:
    painted = painter(TALK, looks=look(mode))
    day = place(TALK[0], "day")
    found, current = Overlay(hits=(day,)), Overlay(hits=(day,), current_hit=day)
    around = place(TALK[0], "a day out")
    for overlay in (found, current):
        pieces = painted.paint(2, marks_of(painted, 2, overlay, around))
        assert style_of(pieces, "day") != look(mode).selection
        assert style_of(pieces, " out") == look(mode).selection
    part = place(TALK[0], "ay")
    pieces = painted.paint(2, marks_of(painted, 2, current, part))
    assert style_of(pieces, "ay") == look(mode).selection


def test_a_row_with_a_hit_has_a_sign_in_the_gutter() -> None:
    painted = painter(TALK)
    overlay = Overlay(hits=(place(TALK[0], "day"),))
    text = "".join(p.text for p in painted.paint(2, marks_of(painted, 2, overlay, FAR)))
    assert text.startswith("0:00:10 P07›We all came.")


def test_a_coding_of_half_a_cluster_tints_all_of_it() -> None:
    of = page("P07: a👨‍👩‍👧b")
    painted = painter(of)
    overlay = Overlay(Lanes([laid(Span(2, 4))]))
    pieces = painted.paint(0, marks_of(painted, 0, overlay, FAR))
    assert style_of(pieces, "👨‍👩‍👧") == look().text_style(["bonding"], 1)
    assert style_of(pieces, "b") == look().plain


def test_right_to_left_words_can_be_kept_apart_from_the_row() -> None:
    of = page("P07: مرحبا بكم", "P07: Hello.")
    assert lines(painter(of, isolate=True))[0].count("\u2067") == 1
    assert "\u2069" in lines(painter(of, isolate=True))[0]
    assert "\u2067" not in "".join(lines(painter(of)))
    assert "\u2067" not in lines(painter(of, isolate=True))[2]


def test_words_kept_apart_have_the_direction_of_their_turn_and_not_of_its_first_letter() -> None:
    english = lines(painter(page("P07: بكم is what he said to all of us then."), isolate=True))[0]
    arabic = lines(painter(page("P07: OK مرحبا بكم في قريتنا كلكم"), isolate=True))[0]
    assert "\u2066بكم is" in english
    assert "\u2067OK" in arabic


def test_the_signs_that_keep_words_apart_stand_around_them_and_not_around_the_column() -> None:
    row = lines(painter(page("P07: مرحبا بكم"), isolate=True))[0]
    assert "\u2067مرحبا بكم\u2069" in row
    assert cell_len(row) == cell_len(lines(painter(page("P07: مرحبا بكم")))[0])


def test_a_turn_from_right_to_left_ends_where_the_column_of_words_does() -> None:
    of = page("P07: مرحبا بكم في السوق مع كل الجيران", "P07: Hello.")
    painted = painter(of, 40)
    columns = painted.columns
    drawn = lines(painted, [laid(Span(0, len(of[0])))])
    assert len(drawn) > 3
    for row, text in enumerate(drawn[:-2]):
        said_ = painted.wrap.drawn.text[painted.wrap.start(row) : painted.wrap.words_end(row)]
        assert text[columns.text_at : columns.lanes_at - 1].endswith(said_)
        assert painted.indent(row) == columns.text - len(said_) > 0
        assert text[columns.lanes_at].strip()
    assert drawn[0].startswith("P07 ")
    assert drawn[-1][columns.text_at :].startswith("Hello.")


def test_single_words_from_right_to_left_leave_their_turn_where_it_is() -> None:
    painted = painter(page("P07: We said مرحبا to everyone."))
    assert painted.indent(0) == 0
    assert painted.wrap.start(0) == 0


@given(pages(), st.integers(12, 130), st.data())
def test_every_row_fits_and_says_its_words(of: Page, width: int, data: st.DataObject) -> None:
    painted = painter(of, width, looks=look(data.draw(st.sampled_from(ColourMode))))
    ends = st.integers(0, max(len(of[0]) - 1, 0))
    spans = data.draw(st.lists(st.tuples(ends, st.integers(1, 60)), max_size=8))
    codings = [laid(Span(at, at + n), uid=str(k)) for k, (at, n) in enumerate(spans)]
    overlay = Overlay(Lanes(codings))
    at, length = data.draw(st.tuples(ends, st.integers(1, 30)))
    for row in range(len(painted.wrap)):
        pieces = painted.paint(row, marks_of(painted, row, overlay, Span(at, at + length)))
        text = "".join(piece.text for piece in pieces)
        wrap = painted.wrap
        assert wrap.drawn.piece(wrap.start(row), wrap.words_end(row)) in text
        assert "\n" not in text
        if painted.columns.text >= 4:
            assert sum(cell_len(piece.text) for piece in pieces) <= width

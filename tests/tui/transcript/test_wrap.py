"""Which words stand in which row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui.transcript.pages import Page, page, pages

from qualcode.model.spans import Turn
from qualcode.tui.transcript.cells import Drawn
from qualcode.tui.transcript.wrap import WrapIndex


def wrapped(of: Page, width: int, *, compact: bool = False) -> WrapIndex:
    text, turns = of
    return WrapIndex(Drawn(text), turns, width, compact=compact)


def rows(wrap: WrapIndex) -> list[str]:
    """The words of each row, "-" for a blank row between turns."""
    text = wrap.drawn.text
    return [
        "-" if wrap.turn(row) is None else text[wrap.start(row) : wrap.words_end(row)]
        for row in range(len(wrap))
    ]


def test_a_row_ends_at_the_last_blank_that_is_near_enough() -> None:
    wrap = wrapped(page("We all came to the fair."), 12)
    assert rows(wrap) == ["We all came", "to the fair."]


def test_a_word_as_wide_as_the_column_fills_it() -> None:
    assert rows(wrapped(page("abcdef ghijkl m"), 6)) == ["abcdef", "ghijkl", "m"]


def test_a_longer_word_is_cut() -> None:
    assert rows(wrapped(page("x" * 320), 100)) == ["x" * 100] * 3 + ["x" * 20]


def test_a_longer_word_is_cut_between_clusters() -> None:
    assert rows(wrapped(page("e\u0301" * 10), 4)) == ["e\u0301" * 4] * 2 + ["e\u0301" * 2]


def test_a_blank_row_parts_two_turns_and_none_follows_the_last() -> None:
    assert rows(wrapped(page("One.", "Two."), 20)) == ["One.", "-", "Two."]


def test_no_blank_row_parts_turns_where_room_is_scarce() -> None:
    assert rows(wrapped(page("One.", "Two."), 20, compact=True)) == ["One.", "Two."]


def test_a_paragraph_begins_a_row_within_its_turn() -> None:
    wrap = wrapped(page("One.\nTwo."), 20)
    assert rows(wrap) == ["One.", "Two."]
    assert [wrap.turn(row) for row in range(2)] == [0, 0]
    assert [wrap.is_first(row) for row in range(2)] == [True, False]


def test_the_blank_row_stands_for_what_parts_the_turns() -> None:
    wrap = wrapped(page("One.", "Two."), 20)
    assert (wrap.start(1), wrap.end(1)) == (4, 6)
    assert wrap.row_at(4) == wrap.row_at(5) == 1
    assert wrap.rows_of(2, 8) == range(3)


def test_a_text_of_nothing_has_no_rows() -> None:
    wrap = WrapIndex(Drawn(""), (), 20)
    assert len(wrap) == 0
    assert list(wrap.rows_of(0, 1)) == []


def test_an_empty_turn_has_a_row() -> None:
    wrap = WrapIndex(Drawn("One.\n\n"), (Turn(1, 0, 4), Turn(2, 6, 6)), 20)
    assert rows(wrap) == ["One.", "-", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共同体很好。谢谢你", ["共同体很", "好。谢谢", "你"]),
        ("共同体很好呢。谢谢", ["共同体很", "好呢。谢", "谢"]),
        ("很好。见，很", ["很好。", "见，很"]),
    ],
)
def test_chinese_is_parted_between_any_two_signs(text: str, expected: list[str]) -> None:
    assert rows(wrapped(page(text), 8 if len(text) > 6 else 6)) == expected


def test_a_row_does_not_begin_with_a_full_stop() -> None:
    assert rows(wrapped(page("共同体很。见"), 8)) == ["共同体", "很。见"]


def test_a_thai_row_does_not_end_with_a_vowel_written_first() -> None:
    assert rows(wrapped(page("กกกเก"), 4)) == ["กกก", "เก"]


def test_an_odd_sign_far_off_leaves_a_row_as_it_is() -> None:
    plain = "We all came to the fair. " * 20
    alone, beside = wrapped(page(plain), 40), wrapped(page(plain + "字"), 40)
    assert rows(beside)[: len(alone) - 1] == rows(alone)[:-1]


def test_a_mark_stays_with_the_blank_that_it_is_drawn_on() -> None:
    wrap = wrapped(page("four  \u0301 more"), 4)
    assert [wrap.start(row) for row in range(len(wrap))] == [0, 5, 8]


def test_fifty_thousand_words_in_one_turn_are_wrapped_like_any_other() -> None:
    wrap = wrapped(page("four " * 50_000), 80)
    assert len(wrap) == 50_000 // 16
    assert wrap.row_at(wrap.start(2_000) + 3) == 2_000


@given(pages(), st.integers(4, 40), st.booleans())
def test_rows_tile_each_turn(of: Page, width: int, compact: bool) -> None:
    wrap = wrapped(of, width, compact=compact)
    tiled = ["" for _ in of[1]]
    for row in range(len(wrap)):
        turn = wrap.turn(row)
        if turn is not None:
            tiled[turn] += of[0][wrap.start(row) : wrap.end(row)]
    assert tiled == [of[0][turn.start : turn.end] for turn in of[1]]


@given(pages(), st.integers(4, 40))
def test_no_row_is_wider_than_the_column(of: Page, width: int) -> None:
    wrap = wrapped(of, width)
    for row in range(len(wrap)):
        start, end = wrap.start(row), wrap.words_end(row)
        assert wrap.drawn.cells(start, end) <= width


@given(pages(), st.integers(4, 40))
def test_no_row_begins_within_a_cluster(of: Page, width: int) -> None:
    wrap = wrapped(of, width)
    for turn in of[1]:
        edges = {start for start, _, _ in wrap.drawn.clusters(turn.start, turn.end)}
        edges |= {at + 1 for at in range(turn.start, turn.end) if of[0][at] == "\n"}
        begun = {wrap.start(row) for row in wrap.rows_of(turn.start, turn.end)}
        assert begun <= edges | {turn.start}


@given(pages(), st.integers(4, 40), st.booleans())
def test_every_offset_is_in_the_row_that_is_found_for_it(
    of: Page, width: int, compact: bool
) -> None:
    wrap = wrapped(of, width, compact=compact)
    for offset in range(of[1][0].start, of[1][-1].end):
        row = wrap.row_at(offset)
        assert wrap.start(row) <= offset
        assert row + 1 == len(wrap) or offset < wrap.start(row + 1)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters.word.writing.paper import A3_ACROSS, A4_ACROSS
from qualcode.exporters.word.writing.row_breaks import (
    FULL_ROW_LINES,
    WHOLE_ROW_LINES,
    Block,
    column_widths,
    lines_of,
    physical_rows,
    shared_out,
)

CASES = st.lists(st.lists(st.integers(1, 40), max_size=12), min_size=1, max_size=5)


def blocks(case: list[list[int]]) -> list[list[Block]]:
    return [
        [Block(f"{column}.{place}", lines) for place, lines in enumerate(lengths)]
        for column, lengths in enumerate(case)
    ]


@given(st.integers(0, 200), st.integers(1, 12))
def test_all_columns_are_shared_out_in_order_over_as_few_tables_as_hold_them(
    count: int, most: int
) -> None:
    shares = list(shared_out(count, most))
    assert [column for share in shares for column in share] == list(range(count))
    assert len(shares) == -(-count // most)
    sizes = [len(share) for share in shares]
    assert max(sizes, default=0) <= most
    assert max(sizes, default=0) - min(sizes, default=0) <= 1


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=10))
def test_columns_fill_the_width_and_none_starves(letters: list[int]) -> None:
    widths = column_widths(letters, 12_700)
    assert sum(widths) == 12_700
    assert min(widths) >= 12_700 / len(letters) * 0.45
    assert max(widths) <= 2.2 * min(widths) + len(letters)


def test_a_fuller_column_is_wider_and_equal_ones_are_equal() -> None:
    one, two, three = column_widths([100, 100, 900], 12_000)
    assert one == two < three
    assert column_widths([0, 0, 0], 12_000) == [4000, 4000, 4000]


def test_lines_are_counted_by_letters_and_by_breaks() -> None:
    assert lines_of("word " * 20, 50) == 2
    assert lines_of("one\n\ntwo", 50) == 3
    assert lines_of("漢字" * 25, 50) == 2


@given(CASES)
def test_a_broken_case_holds_every_quotation_once_and_in_its_column(case: list[list[int]]) -> None:
    columns = blocks(case)
    rows = list(physical_rows(columns))
    for number, column in enumerate(columns):
        assert [block for row in rows for block in row.columns[number]] == column


@given(CASES)
def test_only_a_quotation_longer_than_a_whole_row_makes_its_row_higher(
    case: list[list[int]],
) -> None:
    for row in physical_rows(blocks(case)):
        tallest = max(sum(block.lines for block in column) for column in row.columns)
        longest = max((block.lines for column in row.columns for block in column), default=0)
        assert tallest <= max(WHOLE_ROW_LINES, longest)


@given(CASES)
def test_every_row_holds_something_but_the_one_row_of_an_empty_case(
    case: list[list[int]],
) -> None:
    rows = list(physical_rows(blocks(case)))
    empty = [row for row in rows if not any(row.columns)]
    assert len(empty) == (0 if any(case) else 1)


def test_a_short_case_is_not_broken_and_a_long_one_is() -> None:
    assert len(list(physical_rows(blocks([[5, 5, 5], [3]])))) == 1
    broken = list(physical_rows(blocks([[5, 5, 5, 5], [3]])))
    assert [[len(column) for column in row.columns] for row in broken] == [[2, 1], [2, 0]]
    assert FULL_ROW_LINES == 11


def test_rows_are_as_large_a_part_of_a_larger_sheet() -> None:
    case = blocks([[4] * 12])
    on_a4, on_a3 = (list(physical_rows(case, sheet)) for sheet in (A4_ACROSS, A3_ACROSS))
    most = [max(sum(b.lines for b in row.columns[0]) for row in rows) for rows in (on_a4, on_a3)]
    shares = [
        lines / sheet.text_height for lines, sheet in zip(most, (A4_ACROSS, A3_ACROSS), strict=True)
    ]
    assert most == [8, 16]
    assert 0.9 < shares[1] / (FULL_ROW_LINES / A4_ACROSS.text_height) <= 1

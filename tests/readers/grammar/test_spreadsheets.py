"""Rows and columns: which heading means what, and what stands where."""

from __future__ import annotations

import pytest

from qualcode.readers.grammar.spreadsheets import (
    MOST_COLUMNS,
    SheetRow,
    find_layout,
    headings_of,
    row_of,
)
from qualcode.readers.grammar.tables import Columns, columns_by_headings, producer_by_headings


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["Speaker", "Text"], Columns(1, 0)),
        (["Timespan", "Content", "Speaker"], Columns(1, 2, 0)),
        (["Start Time", "End_Time", "Speaker Name:", "Transcript"], Columns(3, 2, 0, 1)),
        (["start (ms)", "end [ms]", "text"], Columns(2, None, 0, 1)),
        (["start_ms", "end_seconds", "text"], Columns(2, None, 0, 1)),
        (["Sprecher", "Zeit", "Inhalt"], Columns(2, 0, 1)),
        (["", "Speaker", "Text", "Text"], Columns(2, 1)),
        (["Text"], None),
        (["Speaker", "Time"], None),
        (
            ["Speaker", "Text that goes on and on, for it is no heading but what somebody said"],
            None,
        ),
        ([], None),
    ],
)
def test_headings_tell_what_columns_hold(headings: list[str], columns: Columns | None) -> None:
    assert columns_by_headings(headings) == columns


def test_a_program_is_known_by_its_headings() -> None:
    assert producer_by_headings(["", "Timespan", "Content"]) == "NVivo"
    assert producer_by_headings(["Speaker", "Content"]) is None


def test_headings_may_stand_below_other_rows() -> None:
    rows: list[SheetRow] = [(["Interview", "A"], 1), (["Speaker", "Text"], 3), (["I", "so"], 4)]
    layout = find_layout(rows)
    assert layout is not None
    assert (layout.head, layout.columns) == (1, Columns(1, 0))


def test_without_headings_times_and_names_that_come_back_are_needed() -> None:
    rows: list[SheetRow] = [([who, f"0:0{n}", "so it was"], n) for n, who in enumerate("IRIR")]
    layout = find_layout(rows)
    assert layout is not None
    assert (layout.head, layout.columns) == (-1, Columns(2, 0, 1))
    assert find_layout([([who, "so it was"], 1) for who in "IRIR"]) is None


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["Item", "Speaker"], ["Item", "Speaker"]),
        (["Item", "Start (s)"], ["Item", "Start (s)"]),
        (["Item", "Price"], []),
        (["Anna Schmidt", "ja genau"], []),
        (["Speaker", "Speaker"], []),
        (["Speaker", "I was there."], []),
        (["Speaker", "0:01"], []),
        (["Speaker", "and then we all went to the fair"], []),
        (["I: so", "Speaker"], []),
        (
            ["Speaker", *(f"Item {n}" for n in range(10))],
            ["Speaker", *(f"Item {n}" for n in range(7)), "and others"],
        ),
    ],
)
def test_only_headings_are_named_one_of_which_is_known(cells: list[str], named: list[str]) -> None:
    assert headings_of([(cells, 1)]) == named


def test_what_stands_far_out_is_one_cell() -> None:
    assert row_of({2: "b", 0: "a"}) == ["a", "", "b"]
    far = row_of({0: "a", 9000: "y", 16_000: "z"})
    assert (len(far), far[0], far[-1]) == (MOST_COLUMNS + 1, "a", "yz")
    assert row_of({}) == []

"""Cells that say when are read alike in a spreadsheet, in a text and in the table of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.docx_files import document, table
from readers.sources import check_account, codes, lines, read, said, times

from qualcode.readers.grammar.cells import read_columns, read_times, time_reader
from qualcode.readers.grammar.clocks import Times
from qualcode.readers.ground.ledger import Ledger

HEADINGS = ("Start", "End", "Speaker", "Text")


@pytest.mark.parametrize(
    ("start", "end", "read_as", "warned"),
    [
        ("0:20", "0:25", Times(20_000, 25_000), []),
        ("[0:20 - 0:25]", "", Times(20_000, 25_000), []),
        ("0:20", "0:10", Times(20_000, None), ["row-ends-before-start"]),
        ("-0:05", "0:10", Times(0, 10_000), ["negative-time"]),
        ("-0:05", "", Times(0, None), ["negative-time"]),
        ("00h01m20s", "", Times(), ["time-unreadable"]),
        ("", "", Times(), []),
    ],
)
def test_clocks_are_read_and_what_cannot_be_meant_is_said(
    start: str, end: str, read_as: Times, warned: list[str]
) -> None:
    ledger = Ledger()
    read_time = time_reader([start, end, "soon"], "Time", 40, ledger)
    assert read_times(start, end, 3, read_time, ledger)[:2] == read_as[:2]
    assert [warning.code for warning in ledger.warnings()] == warned


@pytest.mark.parametrize(
    ("heading", "cells", "first_ms"),
    [
        ("start", ("12.5", "14"), 12_500),
        ("start", ("12,5", "14"), 12_500),
        ("start (ms)", ("4300", "9000"), 4_300),
        ("start (sec)", ("43", "90"), 43_000),
        ("start", ("4300", "9000"), 4_300),
    ],
)
def test_bare_numbers_count_seconds_or_milliseconds(
    heading: str, cells: tuple[str, str], first_ms: int
) -> None:
    read_time = time_reader(cells, heading, 60, Ledger())
    assert read_time(cells[0], 1).start_ms == first_ms


_CELLS = st.sampled_from(
    ["", " ", "0:20", "00:01:05", "0:61", " 0:07 ", "-0:05", "0:06.9", "[0:20 - 0:25]", "soon"]
)
_NUMBERS = st.sampled_from(["", "7", "12.5", "-3", " 40 ", "0"])


@given(st.lists(st.tuples(_CELLS, _CELLS)) | st.lists(st.tuples(_NUMBERS, _NUMBERS)))
def test_columns_of_times_are_read_as_row_by_row(cells: list[tuple[str, str]]) -> None:
    starts, ends = [start for start, _ in cells], [end for _, end in cells]
    at_once, one_by_one = Ledger(), Ledger()
    reader = time_reader(starts + ends, "", 40, at_once)
    columns = read_columns(starts, ends, range(1, len(cells) + 1), reader, at_once)
    reader = time_reader(starts + ends, "", 40, one_by_one)
    rows = [
        read_times(start, end, number, reader, one_by_one)[:2]
        for number, (start, end) in enumerate(cells, 1)
    ]
    assert list(zip(*columns, strict=True)) == rows
    assert at_once.warnings() == one_by_one.warnings()


def test_seconds_in_the_table_of_a_document_are_times() -> None:
    rows = (HEADINGS, ("0.0", "4.5", "I", "hello there"), ("4.5", "9", "P", "fine thanks"))
    reading = read(document(table(*rows)))
    assert said(reading) == [("I", "hello there"), ("P", "fine thanks")]
    assert times(reading) == [(0, 4_500), (4_500, 9_000)]
    check_account(reading)


def test_odd_times_in_the_table_of_a_document_are_left_out_and_said() -> None:
    rows = (
        HEADINGS,
        ("0:20", "0:10", "I", "hello there"),
        ("-0:05", "0:10", "P", "fine thanks"),
        ("00h01m20s", "0:40", "I", "so"),
    )
    reading = read(document(table(*rows)))
    assert times(reading) == [(20_000, None), (0, 10_000), (None, 40_000)]
    assert lines(reading, "row-ends-before-start") == [5]
    assert lines(reading, "negative-time") == [9]
    assert lines(reading, "time-unreadable") == [13]
    check_account(reading)


def test_the_table_of_a_web_page_is_read_like_any_other() -> None:
    cells = [("Start", "End", "Speaker", "Text"), ("12.5", "14", "I", "hi"), ("15", "16", "P", "o")]
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells]
    page = f"<!DOCTYPE html><html><body><table>{''.join(rows)}</table></body></html>"
    assert times(read(page)) == [(12_500, 14_000), (15_000, 16_000)]


@pytest.mark.parametrize(
    "first",
    ["[A] (6:38 - 4:20)\nhello there", "[00:10 - 00:05] A: hello", "A: ho #00:01:10-0#"],
)
def test_words_that_end_before_they_start_keep_their_start(first: str) -> None:
    closing = "A: one #00:01:10-0#\n\n"
    text = f"{first}\n\n[07:00] B: so\n\n[07:20] A: hi\n\n[07:30] B: yes\n"
    if "#" in first:
        text = f"{closing}[00:02:00] B: two #00:01:50-0#\n\nA: three\n\nB: four\n"
    reading = read(text)
    assert "ends-before-start" in codes(reading)
    assert all(end is None or start is None or start <= end for start, end in times(reading))
    check_account(reading)

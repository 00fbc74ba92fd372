"""Workbooks: what their cells show, whatever they hold."""

from __future__ import annotations

import csv
import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.docx_files import package
from readers.sources import (
    LAYOUTS,
    changed,
    check_account,
    codes,
    faults_or_refusal,
    lines,
    read,
    read_file,
    said,
    set_aside,
    source,
    times,
    turns_by_speaker,
)
from readers.xlsx_files import number, rows, workbook

from qualcode import errors
from qualcode.readers import xlsx

HEAD = ("Speaker", "Start", "Text")
INTERVIEW = LAYOUTS / "int_a_ohd.csv"


def written(*sheets: list[list[object]]) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for content in sheets:
        sheet = book.create_sheet()
        for row in content:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def interview() -> list[list[object]]:
    """The rows of the interview that stands in every layout."""
    with INTERVIEW.open(encoding="utf-8", newline="") as file:
        return [list(row) for row in csv.reader(file)]


def start_of(cell: str, code: str) -> int | None:
    """The start of a row with this cell for its time, shown as the format says."""
    return times(read(workbook(rows(HEAD, ("I", cell, "x")), formats=(code,))))[0][0]


def test_the_interview_is_read_as_from_every_other_program() -> None:
    reading = read(written(interview()))
    assert (said(reading), times(reading)) == (
        said(read_file(INTERVIEW)),
        times(read_file(INTERVIEW)),
    )
    assert reading.transcript.format == "xlsx"
    assert reading.report.units_read == 24
    assert codes(reading) == []
    check_account(reading)


def test_openpyxl_finds_the_same_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(interview())), read_only=True)
    words = [str(row[2]) for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert [words for _, words in said(read(written(interview())))] == words


def test_cells_of_time_and_date_are_read_as_they_show() -> None:
    reading = read(
        written(
            [
                ["Date", datetime.date(2024, 3, 14)],
                [],
                ["Speaker", "Start", "End", "Text"],
                ["I", datetime.time(0, 0, 1), datetime.timedelta(seconds=2.5), "a"],
                ["R", datetime.time(0, 1, 2), datetime.timedelta(minutes=61), "b"],
            ]
        )
    )
    assert times(reading) == [(1000, 2500), (62_000, 3_660_000)]
    assert reading.transcript.facts == {"date": "2024-03-14"}
    check_account(reading)


def test_a_time_without_seconds_is_minutes_and_seconds_as_it_shows() -> None:
    # Who types 0:06 for six seconds gets six minutes in a cell that shows 0:06.
    six = number(6 / 1440, 1)
    content = rows(HEAD, ("I", number(0, 1), "a"), ("R", six, "b"))
    reading = read(workbook(content, formats=("h:mm",)))
    assert times(reading) == [(0, None), (6000, None)]
    assert codes(reading) == ["times-without-seconds"]


@pytest.mark.parametrize(
    ("code", "days", "ms"),
    [
        ("h:mm:ss", 62 / 86_400, 62_000),
        ("mm:ss.0", 62.5 / 86_400, 62_500),
        ("[h]:mm:ss", 1.5, 129_600_000),
        ("[$-409]h:mm:ss AM/PM", 62 / 86_400, 62_000),
        ("[Red]0.0", 1.5, 1500),
        ("General", 1.5, 1500),
        ('0.0" days"', 1.5, 1500),
        ("@", 1.5, 1500),
    ],
)
def test_a_format_says_what_a_number_shows(code: str, days: float, ms: int) -> None:
    assert start_of(number(days, 1), code) == ms


def test_dates_count_from_1904_in_workbooks_of_old_macs() -> None:
    above = rows(("Date", number(43_903, 1)), ("Place", "Oakford"))
    content = above + rows(("Speaker", "Text"), ("I", "a"))
    book = workbook(content, formats=("yyyy-mm-dd",), properties='<workbookPr date1904="1"/>')
    assert read(book).transcript.facts["date"] == "2024-03-14"


def test_text_that_begins_like_a_formula_is_words() -> None:
    shared = workbook(
        rows(("Speaker", "Text"), ("I", '<c t="s"><v>0</v></c>')), strings="<si><t>=1+1</t></si>"
    )
    assert said(read(shared)) == [("I", "=1+1")]
    by_openpyxl = read(written([["Speaker", "Text"], ["I", "=so he said"], ["R", "b"]]))
    assert said(by_openpyxl) == [("I", "=so he said"), ("R", "b")]
    assert codes(by_openpyxl) == ["formula-without-value"]


def test_a_formula_gives_the_value_that_was_stored() -> None:
    formula = '<c t="str"><f>A1&amp;"x"</f><v>shown</v></c>'
    assert said(read(workbook(rows(("Speaker", "Text"), ("I", formula))))) == [("I", "shown")]


def test_strings_in_runs_escapes_and_readings() -> None:
    strings = (
        "<si><r><t>two </t></r><r><t>runs</t></r></si>"
        "<si><t>a_x000D__x000a_b_x0000__xD800_</t></si>"
        "<si><t>漢</t><rPh><t>かん</t></rPh></si>"
    )
    cells = [("I", f'<c t="s"><v>{n}</v></c>') for n in range(4)]
    reading = read(workbook(rows(("Speaker", "Text"), *cells), strings=strings))
    assert said(reading) == [("I", "two runs\na\nb\ufffd\n漢")]
    check_account(reading)


def test_cells_stand_where_they_say() -> None:
    far = '<row r="7"><c r="A7" t="str"><v>I</v></c><c r="XFD7" t="str"><v>z</v></c>'
    far += '<c r="C7" t="str"><v>a</v></c></row><row r="1048576"><c r="C1048576"/></row>'
    reading = read(workbook(rows(HEAD) + far))
    assert said(reading) == [("I", "a")]
    assert codes(reading) == ["columns-left-out"]
    assert reading.report.units_read == 2
    check_account(reading)


def test_the_first_sheet_with_a_transcript_is_read_and_the_others_are_said() -> None:
    notes, words = rows(("bought", "bread")), rows(("Speaker", "Text"), ("I", "a"))
    reading = read(workbook(notes, words, "", rows(("Speaker", "Text"), ("I", "b"))))
    assert said(reading) == [("I", "a")]
    assert [w.message for w in reading.report.warnings] == [
        "2 other sheets of the workbook were not read"
    ]


def test_a_hidden_sheet_is_not_read() -> None:
    words = [rows(("Speaker", "Text"), ("I", one)) for one in "ab"]
    reading = read(workbook(*words, hidden=(1,)))
    assert said(reading) == [("I", "b")]
    assert codes(reading) == ["sheets-left-out"]


def test_the_number_of_a_row_is_that_of_the_sheet() -> None:
    reading = read(workbook(rows(("Speaker", "Text"), ("I", "a"), (), ("R", ""), ("I", "b"))))
    assert lines(reading, "label-without-words") == [4]
    assert set_aside(reading) == ["Speaker | Text", "R"]


def test_a_workbook_without_a_transcript_names_its_columns() -> None:
    with pytest.raises(errors.UnknownTableError, match="its columns are: Item, Time"):
        read(workbook(rows(("Item", "Time"), ("Bread", "2"))))


def test_a_workbook_without_headings_is_refused_without_its_words() -> None:
    with pytest.raises(errors.UnknownTableError, match="it has 2 columns and no headings"):
        read(workbook(rows(("Anna Schmidt", "so it was"), ("Ben", "and more"))))


WIDE = '<row><c r="XFD1" t="str"><v>x</v></c></row>'


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"xl/workbook.xml": ""}, errors.DamagedFileError),
        ({"xl/workbook.xml": "<a"}, errors.DamagedFileError),
        ({"xl/workbook.xml": "<a/>"}, errors.UnknownTableError),
        ({"xl/worksheets/sheet1.xml": "<a/>"}, errors.DamagedFileError),
        (
            {"xl/workbook.xml": "<a/>", "xl/worksheets/s.xml": " " * 33_000_000},
            errors.TooLargeError,
        ),
        (
            {"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'},
            errors.DamagedFileError,
        ),
    ],
)
def test_a_package_that_cannot_be_read_is_refused(
    parts: dict[str, str | bytes], error: type[errors.TranscriptError]
) -> None:
    with pytest.raises(error):
        read(package(parts))


def test_more_rows_than_an_interview_has_are_refused() -> None:
    with pytest.raises(errors.TooManyLinesError):
        read(workbook("<row/>" * 500_001))


def test_cells_far_out_cost_no_more_than_others() -> None:
    reading = read(workbook(rows(HEAD, ("I", "0:01", "a")) + WIDE * 10_000))
    assert said(reading) == [("I", "a")]
    check_account(reading)
    with pytest.raises(errors.TooManyLinesError):
        read(workbook(rows(HEAD) + WIDE * 20_000))


CELL = st.one_of(
    st.sampled_from(["I", "R", "", " ", "0:01", "so", "x\ny", "I: so", "\u2028", "e\u0301"]),
    st.builds(
        number,
        st.sampled_from(["0", "0.5", "-1", "1e300", "nan", "inf", "x", "45000.25", "1E-5"]),
        st.integers(0, 4),
    ),
    st.sampled_from(['<c t="s"><v>0</v></c>', '<c t="s"><v>-9</v></c>', '<c t="b"><v>1</v></c>']),
    st.sampled_from(['<c t="e"><v>#N/A</v></c>', "<c><f>A1</f></c>", '<c r="B1"/>']),
)
FORMATS = ("h:mm", "h:mm:ss", "yyyy-mm-dd")


@given(st.lists(st.lists(CELL, max_size=4).map(tuple), max_size=10))
@settings(max_examples=200, deadline=None)
def test_every_character_is_kept_or_dropped_under_a_kind(cells: list[tuple[str, ...]]) -> None:
    book = workbook(rows(HEAD, *cells), formats=FORMATS, strings="<si><t>s</t></si>")
    try:
        check_account(xlsx.read(source(book), name="a"))
    except errors.EmptyTranscriptError:
        return


BOOK = written(interview())


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 255)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_damaged_workbook_is_read_or_refused_with_a_reason(
    changes: list[tuple[int, int]],
) -> None:
    assert faults_or_refusal(changed(BOOK, changes)) == []


def test_speakers_of_the_interview_are_counted() -> None:
    assert sorted(turns_by_speaker(read(BOOK)).values()) == [2, 10, 11]

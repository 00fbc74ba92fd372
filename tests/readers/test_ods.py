"""OpenDocument spreadsheets: what their cells show, in whatever country they were made."""

from __future__ import annotations

import csv
import io

import odfdo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.open_files import row, spreadsheet, table
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
    source,
    times,
)

from qualcode import errors
from qualcode.readers import ods

HEAD = ("Speaker", "Start", "Text")
INTERVIEW = LAYOUTS / "int_a_ohd.csv"
_CELL = "<table:table-cell {}><text:p>{}</text:p></table:table-cell>"


def cell(kind: str, value: str, shown: str) -> str:
    """A cell that holds a value and shows it in its own way."""
    name = {"float": "value", "date": "date-value", "time": "time-value"}[kind]
    return _CELL.format(f'office:value-type="{kind}" office:{name}="{value}"', shown)


def written() -> bytes:
    """The interview that stands in every layout, as odfdo writes it."""
    with INTERVIEW.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    sheet = odfdo.Table("Interview")
    sheet.set_values(cells)
    document.body.append(sheet)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_interview_is_read_as_from_every_other_program() -> None:
    reading = read(written())
    assert (said(reading), times(reading)) == (
        said(read_file(INTERVIEW)),
        times(read_file(INTERVIEW)),
    )
    assert reading.transcript.format == "ods"
    assert codes(reading) == []
    check_account(reading)


def test_odfdo_finds_the_same_words() -> None:
    sheet = odfdo.Document(io.BytesIO(written())).body.get_elements("//table:table")[0]
    assert isinstance(sheet, odfdo.Table)
    judged = [str(one[2]) for one in sheet.get_values()[1:]]
    assert [words for _, words in said(read(written()))] == judged


@pytest.mark.parametrize(
    ("content", "ms"),
    [
        (cell("time", "PT00H00M06S", "00:00:06"), 6000),
        (cell("time", "PT00H06M00S", "0:06"), 6000),
        (cell("time", "PT00H00M06.5S", "12:00:06,5 AM"), 6500),
        (cell("time", "never", "six"), None),
        (cell("float", "6.5", "6,5"), 6500),
        ("0:06", 6000),
    ],
)
def test_a_time_is_read_as_it_shows_or_by_its_value(content: str, ms: int | None) -> None:
    reading = read(spreadsheet(table(HEAD, ("I", content, "a"), ("R", "", "b"))))
    assert times(reading)[0][0] == ms
    check_account(reading)


def test_a_date_is_its_value() -> None:
    sheet = table(("Date", cell("date", "2024-03-14", "14/03/24")), HEAD, ("I", "0:01", "a"))
    assert read(spreadsheet(sheet)).transcript.facts == {"date": "2024-03-14"}


def test_paragraphs_of_a_cell_are_paragraphs_and_comments_are_not_read() -> None:
    note = "<office:annotation><text:p>hm</text:p></office:annotation>"
    words = f"<table:table-cell>{note}<text:p>a  b</text:p><text:p>c</text:p></table:table-cell>"
    reading = read(spreadsheet(table(HEAD, ("I", "", words))))
    assert said(reading) == [("I", "a b\nc")]
    check_account(reading)


def test_rows_and_cells_that_are_alike_are_written_once() -> None:
    empty = row((), 'table:number-rows-repeated="3"')
    twice = row(("I", "", "yes"), 'table:number-rows-repeated="2"')
    end = row(
        ('<table:table-cell table:number-columns-repeated="16384"/>',),
        'table:number-rows-repeated="1048569"',
    )
    lone = row(("R", "", ""))
    sheet = f"<table:table>{row(HEAD)}{empty}{twice}{lone}{end}</table:table>"
    reading = read(spreadsheet(sheet))
    assert said(reading) == [("I", "yes\nyes")]
    assert lines(reading, "label-without-words") == [7]
    check_account(reading)


def test_rows_in_groups_are_read() -> None:
    group = f"<table:table-row-group>{row(('I', '', 'a'))}</table:table-row-group>"
    head = f"<table:table-header-rows>{row(HEAD)}</table:table-header-rows>"
    assert said(read(spreadsheet(f"<table:table>{head}{group}</table:table>"))) == [("I", "a")]


def test_the_first_sheet_with_a_transcript_is_read() -> None:
    reading = read(spreadsheet(table(("bread", "milk")), table(HEAD, ("I", "", "a")), table()))
    assert said(reading) == [("I", "a")]
    assert codes(reading) == ["sheets-left-out"]


def test_a_sheet_without_a_transcript_names_its_columns() -> None:
    with pytest.raises(errors.UnknownTableError, match="its columns are: Item, Time"):
        read(spreadsheet(table(("Item", "Time"), ("Bread", "2"))))


def test_rows_that_claim_to_stand_there_any_number_of_times_are_refused() -> None:
    many = row(("I", "", "x"), 'table:number-rows-repeated="99999999"')
    with pytest.raises(errors.TooManyLinesError):
        read(spreadsheet(f"<table:table>{row(HEAD)}{many}</table:table>"))


CONTENT = st.sampled_from(["", "I", "R", "0:01", "so", "x\ny", "I: so", "\u2028", "e\u0301", "  "])
VALUES = st.builds(
    cell,
    st.sampled_from(["float", "date", "time"]),
    st.sampled_from(["1.5", "", "x", "2024-03-14", "PT00H00M06S"]),
    st.sampled_from(["", "0:06", "1,5"]),
)


@given(st.lists(st.lists(CONTENT | VALUES, max_size=4).map(tuple), max_size=10))
@settings(max_examples=150, deadline=None)
def test_every_character_is_kept_or_dropped_under_a_kind(cells: list[tuple[str, ...]]) -> None:
    try:
        check_account(ods.read(source(spreadsheet(table(HEAD, *cells))), name="a"))
    except errors.EmptyTranscriptError:
        return


SHEET = written()


@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 255)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_damaged_document_is_read_or_refused_with_a_reason(
    changes: list[tuple[int, int]],
) -> None:
    assert faults_or_refusal(changed(SHEET, changes)) == []

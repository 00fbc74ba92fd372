"""Workbooks: names and cells that a spreadsheet takes, and words that stay words."""

from __future__ import annotations

import re
import string
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters import workbooks
from exporters.evidences import evidence_of, sample_evidence, small_evidence
from exporters.reports import cell, quotation, quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qualcode.exporters import write_evidence, write_matrix
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.workbook.long_cells import MOST_LINE_BREAKS, MOST_UNITS, fits, pieces
from qualcode.exporters.workbook.sheet_names import names_said, sheet_names

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.model.evidence import Evidence
    from qualcode.model.matrix import ExportReport, MatrixReport

NASTY = (
    "=cmd()",
    "=1+1",
    "+44 20 7946 0000",
    "-5 degrees",
    "@everybody",
    "\tafter a tab",
    "a ]]> b <t> & \"c\" 'd'",
    "_x000D_ and _x0041_",
    "bell \x07 and half \ud800 a pair",
    "one\r\ntwo\u2028three",
    "שלום and مرحبا",
    "\u202eoverride",
    "😀 👩‍👩‍👧 🇬🇧",
    " blanks at both ends ",
    "{{ name }} <?qualcode front?>",
)


def evidence_written(evidence: Evidence) -> tuple[bytes, ExportReport]:
    out = BytesIO()
    report = write_evidence(evidence, out, format="xlsx")
    return out.getvalue(), report


def matrix_written(report: MatrixReport) -> tuple[bytes, ExportReport]:
    out = BytesIO()
    done = write_matrix(report, out, format="xlsx")
    return out.getvalue(), done


def cleaned(texts: list[str]) -> Counter[str]:
    clean = Cleaner()
    return Counter(clean(text, at="") for text in texts)


# -- names of sheets ------------------------------------------------------------------------------


@given(st.lists(st.text(), max_size=20))
def test_names_of_sheets_are_short_plain_and_each_there_once(wanted: list[str]) -> None:
    names = list(sheet_names(wanted))
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in names} | {"history"}) == len(names) + 1
    for name in names:
        assert 1 <= len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name == name.strip(" '")


def test_signs_that_a_sheet_may_not_have_are_told_of_once_and_shortening_is_not() -> None:
    assert names_said(["Read me", "A theme with a name as long as a sentence of its own"]) == ()
    (said,) = names_said(["Grants/loans", "Why?", "Structures"])
    assert said.startswith("2 sheets are")


def test_a_theme_named_like_a_sheet_gets_a_number() -> None:
    assert list(sheet_names(["Read me", "read ME", "Funding/Grants?", "History", ""])) == [
        "Read me",
        "read ME (2)",
        "Funding Grants",
        "History (2)",
        "Sheet",
    ]


# -- long cells -----------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab \n😀"), max_size=300), st.integers(1, 400))
def test_a_long_text_is_its_pieces_put_together(text: str, times: int) -> None:
    found = list(pieces(text * times))
    assert "".join(found) == text * times
    for piece in found:
        assert fits(piece)
        assert len(piece.encode("utf-16-le")) // 2 <= MOST_UNITS
        assert piece.count("\n") <= MOST_LINE_BREAKS
    assert all(found) or found == [""]


def test_a_long_text_is_parted_between_words() -> None:
    first, *_ = pieces("community " * 5_000)
    assert first.endswith("community ")


# -- words stay words -----------------------------------------------------------------------------


def test_words_come_back_as_they_were_said_and_none_is_a_formula() -> None:
    content, done = evidence_written(small_evidence(NASTY))
    sheet = workbooks.sheets(content)["Quotations"]
    texts = [str(record["text"]) for record in workbooks.records(sheet)]
    assert Counter(texts) == cleaned(list(NASTY))
    assert {one.data_type for row in sheet.iter_rows() for one in row} <= {"s", "n", "b"}
    assert done.replaced_characters == 2
    part = workbooks.parts(content)["xl/worksheets/sheet2.xml"].decode()
    assert "<f>" not in part


def test_what_looks_like_a_formula_stays_words_when_its_cell_is_edited() -> None:
    content, _ = evidence_written(small_evidence((*NASTY[:6], "plain")))
    sheet = workbooks.sheets(content)["Quotations"]
    column = [one.value for one in sheet[1]].index("text")
    marked = {str(row[column].value): row[column].quotePrefix for row in sheet.iter_rows(min_row=2)}
    assert marked == {**dict.fromkeys(NASTY[:6], True), "plain": False}


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_any_words_come_back(texts: list[str]) -> None:
    content, _ = evidence_written(small_evidence(texts))
    found = [record["text"] or "" for record in records_of(content)]
    assert Counter(map(str, found)) == cleaned(texts)


def records_of(content: bytes, name: str = "Quotations") -> list[dict[str, object]]:
    return workbooks.records(workbooks.sheets(content)[name])


def test_a_quotation_of_ten_thousand_words_is_all_there_and_said_to_go_on() -> None:
    long = "community, we said. " * 4_000
    content, done = evidence_written(small_evidence(["short", long, "😀" * 20_000]))
    texts = [record["text"] for record in records_of(content)]
    assert Counter(texts) == Counter(["short", long, "😀" * 20_000])
    assert done.long_cells == 2
    assert any("2 cells of more than 32,000 characters" in one for one in done.warnings)
    labels = [str(row[0]) for row in raw(content, "Quotations")]
    assert labels[2:4] == [
        "P01 ¶2 00:02:22 (continued 2/3)",
        "P01 ¶2 00:02:22 (continued 3/3)",
    ]


def raw(content: bytes, name: str) -> list[tuple[object, ...]]:
    return list(workbooks.sheets(content)[name].iter_rows(min_row=2, values_only=True))


# -- the workbook of the evidence -----------------------------------------------------------------


def test_every_quotation_of_the_evidence_stands_in_one_row() -> None:
    evidence = sample_evidence()
    content, done = evidence_written(evidence)
    found = Counter((record["coding"], record["text"]) for record in records_of(content))
    assert found == Counter((quote.coding, quote.text) for quote in evidence.quotations)
    assert (done.quotations, done.rows, done.long_cells) == (190, 190, 0)


def test_sheets_have_headings_in_sight_and_a_filter() -> None:
    content, _ = evidence_written(sample_evidence())
    found = workbooks.sheets(content)
    assert list(found) == [
        "Read me",
        "Quotations",
        "Matrix counts",
        "Matrix 0-1",
        "Interviews",
        "Codebook",
    ]
    for sheet in list(found.values())[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(one.alignment.wrap_text and one.font.b for one in sheet[1])


def test_counts_add_up_and_ones_stand_where_they_are() -> None:
    evidence = sample_evidence()
    content, _ = evidence_written(evidence)
    counts, ones = records_of(content, "Matrix counts"), records_of(content, "Matrix 0-1")
    codes = [name for name in counts[0] if "\n" in name]
    assert len(codes) == len(evidence.matrix.columns)
    assert sum(int(str(row[code])) for row in counts for code in codes) == 190
    for some, one in zip(counts, ones, strict=True):
        assert [min(1, int(str(some[code]))) for code in codes] == [one[code] for code in codes]


def test_the_file_says_its_title_language_and_project() -> None:
    content, done = evidence_written(sample_evidence())
    core = workbooks.parts(content)["docProps/core.xml"].decode()
    assert "<dc:title>Evidence</dc:title>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert "<dc:creator>Living side by side (invented)</dc:creator>" in core
    assert "2024-06-28T00:00:00Z" in core
    front = " ".join(workbooks.every_text(content))
    assert " ".join(re.findall("....", done.digest)) in front


def test_an_organisation_that_looks_like_a_formula_and_two_of_one_name_do_no_harm() -> None:
    report = report_of(["One.", "Two."], rows=2)
    rows = tuple(replace(row, details=("=cmd()",)) for row in report.matrix.rows)
    evidence = evidence_of(replace(report, matrix=replace(report.matrix, rows=rows)))
    content, _ = evidence_written(evidence)
    cited = [record["attribution"] for record in records_of(content, "Matrix counts")]
    assert cited == ["=cmd()", "=cmd()"]


def test_a_study_without_anything_is_a_workbook() -> None:
    content, done = evidence_written(small_evidence([], columns=0, rows=0))
    assert done.quotations == 0
    assert len(workbooks.sheets(content)) == 6


def test_a_language_that_runs_from_right_to_left_turns_the_sheets() -> None:
    content, _ = evidence_written(replace(small_evidence(["שלום"]), language="he"))
    assert all(sheet.sheet_view.rightToLeft for sheet in workbooks.sheets(content).values())


# -- the workbook of the matrix -------------------------------------------------------------------


def in_cells(report: MatrixReport, content: bytes) -> Counter[str]:
    """The words between the quotation marks of all cells of all themes."""
    names = list(sheet_names(section.name for section in report.sections))
    found: Counter[str] = Counter()
    for name in names:
        for row in raw(content, name):
            for value in row[1:]:
                words = str(workbooks.shown(value))
                found.update(re.findall(r"“(.*?)” P\d+ ¶", words, re.DOTALL))
    return found


def test_the_cells_hold_exactly_the_quotations_of_the_report() -> None:
    report = sample_report(quotations=600)
    content, done = matrix_written(report)
    assert in_cells(report, content) == Counter(quote.text for quote in quotations_of(report))
    assert done.quotations == 600


def test_a_long_case_goes_on_in_rows_that_can_be_seen_whole() -> None:
    report = report_of(["We met in the hall, all of us, every week. " * 6] * 30)
    content, _ = matrix_written(report)
    rows = raw(content, report.sections[0].name)
    assert len(rows) > 3
    assert [str(row[0]) for row in rows[:2]] == ["P01", f"P01 (continued 2/{len(rows)})"]
    assert sum(str(row[-1]).count("“") for row in rows) == 30
    assert max(str(row[-1]).count("\n") for row in rows) < 28


def test_sixty_three_codes_and_a_theme_named_like_a_sheet_are_no_fault() -> None:
    report = report_of([f"Words {number}." for number in range(63)], columns=63)
    section = replace(report.sections[0], name="Read me")
    content, _ = matrix_written(replace(report, sections=(section,)))
    sheet = workbooks.sheets(content)["Read me (2)"]
    assert sheet.max_column >= 64
    assert sheet.freeze_panes == "B2"


def test_an_empty_cell_says_why() -> None:
    report = report_of(["One."], columns=2)
    row = (*report.sections[0].matrix.cells[0][:1], replace(cell(), empty_reason="not asked"))
    section = replace(report.sections[0], matrix=replace(report.sections[0].matrix, cells=(row,)))
    content, _ = matrix_written(replace(report, sections=(section,)))
    assert raw(content, section.name)[0][-1] == "not asked"


def test_summaries_stand_above_the_quotations_they_rest_on() -> None:
    report = report_of(["One."])
    summed = cell(quotation("One."), summary="They met.")
    section = report.sections[0]
    section = replace(section, matrix=replace(section.matrix, cells=((summed,),)))
    content, _ = matrix_written(replace(report, sections=(section,)))
    assert str(raw(content, section.name)[0][-1]).startswith("Summary: They met.\n\n“One.” ")


# -- the file -------------------------------------------------------------------------------------

OPINIONS = ("no populated `xl/sharedStrings.xml`", "relationships/theme' is missing")
"""What the validator would rather see, and no reader of workbooks needs."""


@pytest.mark.parametrize("kind", ["evidence", "matrix"])
def test_a_workbook_is_valid_by_its_schema(kind: str, tmp_path: Path) -> None:
    written = {
        "evidence": evidence_written(small_evidence(NASTY, columns=3, rows=2))[0],
        "matrix": matrix_written(sample_report())[0],
    }
    file = tmp_path / "made.xlsx"
    file.write_bytes(written[kind])
    faults = [str(one) for one in OpenXmlValidator().validate(str(file)).errors]
    assert [one for one in faults if not any(known in one for known in OPINIONS)] == []


def test_the_same_evidence_gives_the_same_parts() -> None:
    once, again = (workbooks.parts(evidence_written(sample_evidence())[0]) for _ in range(2))
    assert once == again
    assert set(once) > {"xl/workbook.xml", "xl/worksheets/sheet6.xml"}


def test_names_of_columns_are_those_of_a_spreadsheet() -> None:
    from qualcode.exporters.workbook.book import letters

    found = [letters(number) for number in (0, 25, 26, 51, 52, 701, 702)]
    assert found == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert [letters(number) for number in range(26)] == list(string.ascii_uppercase)

"""Tables or a list: which is taken by itself, and that both hold the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from exporters.full_reports import full_report
from exporters.lint import W, lint
from exporters.reading import (
    body_of,
    docx_bytes,
    notes_of,
    paragraphs_of,
    quotations_in_context,
)
from exporters.reports import (
    cell,
    quotations_of,
    report_of,
    sample_report,
    silent,
    with_summaries,
    without_quotations,
)
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_matrix
from qualcode.exporters.table_or_list import CELLS_EACH, laid_out, laid_out_alike
from qualcode.model.document import DocumentOptions, Layout, Notes
from qualcode.model.matrix import Cell, ExportReport, MatrixReport
from qualcode.model.summary import Emptiness
from qualcode.services.consent.read_back.files import Place
from qualcode.services.consent.read_back.files import said as read_back

LIST = DocumentOptions(layout=Layout.LIST)
TABLES = DocumentOptions(layout=Layout.MATRIX)


def written(
    report: MatrixReport, format_: str, options: DocumentOptions
) -> tuple[str, ExportReport]:
    out = BytesIO()
    done = write_matrix(report, out, format=format_, options=options)
    return out.getvalue().decode("utf-8", "replace"), done


def sparse(*, show: str = "quotes") -> MatrixReport:
    """Ten cells with nothing but one quotation or, where these are shown, one summary."""
    report = report_of(["Yes."], rows=2, columns=5)
    if show != "summary":
        return replace(report, show=show)
    bare = with_summaries(report)
    return replace(bare, show=show)


@pytest.mark.parametrize(
    ("show", "said"), [("quotes", "the quotations would"), ("summary", "the summaries would")]
)
def test_why_a_list_was_taken_is_said_in_the_words_of_what_cells_show(show: str, said: str) -> None:
    assert said in laid_out(sparse(show=show), Layout.AUTO).choice


def test_the_parts_of_a_matrix_are_laid_out_alike() -> None:
    dense, thin = report_of(["Yes."] * 8, rows=2, columns=2), sparse()
    assert [laid_out(one, Layout.AUTO).layout for one in (dense, thin)] == ["matrix", "list"]

    assert laid_out_alike([dense, thin], Layout.AUTO).layout is Layout.MATRIX
    assert laid_out_alike([dense, *[thin] * 9], Layout.AUTO).layout is Layout.LIST
    assert laid_out_alike([dense, thin], Layout.LIST).layout is Layout.LIST


def unasked(*, show: str, reason: Emptiness = Emptiness.NOT_ASKED) -> MatrixReport:
    """Two cases and two codes, of which one case was not asked about the second."""
    report = report_of(["Yes.", "No.", "Well."], rows=2, columns=2)
    (section,) = report.sections
    empty = Cell(empty_reason=reason)

    def without(cells: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
        return (cells[0], (cells[1][0], empty))

    held = replace(section.matrix, cells=without(section.matrix.cells))
    matrix = replace(report.matrix, cells=without(report.matrix.cells))
    return replace(report, show=show, matrix=matrix, sections=(replace(section, matrix=held),))


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html", "md"])
@pytest.mark.parametrize("show", ["counts", "quotes"])
def test_a_cell_nobody_asked_about_says_so(format_: str, show: str) -> None:
    words = [one.lower() for _, one in told(unasked(show=show), format_, TABLES)]

    assert any("not asked" in one for one in words)


@pytest.mark.parametrize("format_", ["xlsx", "md"])
def test_a_cell_nobody_asked_about_is_no_nought(format_: str) -> None:
    def noughts(report: MatrixReport) -> int:
        pieces = "\n".join(one for _, one in told(report, format_, TABLES))
        return len(re.findall(r"(?<![\w.])0(?![\w.])", pieces))

    asked = unasked(show="counts", reason=Emptiness.NOTHING_CODED)
    assert noughts(asked) == noughts(unasked(show="counts")) + 1


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
def test_a_list_says_who_was_not_asked(format_: str) -> None:
    report = unasked(show="quotes")
    case = report.matrix.rows[1].label
    words = "\n".join(one for _, one in told(report, format_, LIST))

    assert f"Not asked: {case}." in words


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
@pytest.mark.parametrize("show", ["both", "summary"])
def test_a_list_says_of_whom_no_summary_of_the_theme_is_written(format_: str, show: str) -> None:
    """Two cases speak under a code of the theme, and of one of them the theme is summed up."""
    report = unasked(show=show, reason=Emptiness.NOTHING_CODED)
    (section,) = report.sections
    whole, code = section.matrix.columns
    columns = (replace(whole, key=section.key), code)
    spoken = [row[0] for row in section.matrix.cells]
    nothing = Cell(empty_reason=Emptiness.NOTHING_CODED)
    cells = ((replace(nothing, summary="Summed up."), spoken[0]), (nothing, spoken[1]))
    matrix = replace(section.matrix, columns=columns, cells=cells)
    report = replace(report, sections=(replace(section, matrix=matrix),))
    words = "\n".join(one for _, one in told(report, format_, LIST))

    assert f"No summary: {matrix.rows[1].label}." in words


def told(
    report: MatrixReport, format_: str, options: DocumentOptions
) -> Iterator[tuple[Place, str]]:
    """All words of a written document."""
    out = BytesIO()
    write_matrix(report, out, format=format_, options=options)
    return read_back(out.getvalue(), format_)


@given(st.integers(0, 40), st.integers(1, 8), st.integers(1, 8))
def test_a_list_is_taken_below_one_quotation_for_each_five_cells(
    quotations: int, rows: int, columns: int
) -> None:
    report = report_of(["Yes."] * quotations, rows=rows, columns=columns)
    laid = laid_out(report, Layout.AUTO)
    assert laid.is_list == (0 < quotations * CELLS_EACH < rows * columns)
    assert laid.choice.startswith("laid out as a list") == laid.is_list


@given(st.integers(1, 60), st.integers(1, 8), st.integers(1, 8))
def test_where_fewer_would_make_a_list_it_is_said_how_many(
    quotations: int, rows: int, columns: int
) -> None:
    laid = laid_out(report_of(["Yes."] * quotations, rows=rows, columns=columns), Layout.AUTO)
    said = r"laid out as tables; with (\d+) quotations? fewer it would be a list"
    near = re.fullmatch(said, laid.choice)
    assert (near is not None) == (rows * columns <= CELLS_EACH * quotations and laid.is_near)
    if near is not None:
        left = quotations - int(near[1])
        for number, is_list in ((left, True), (left + 1, False)):
            report = report_of(["Yes."] * number, rows=rows, columns=columns)
            assert laid_out(report, Layout.AUTO).is_list == is_list


def test_silent_cases_are_cells_of_the_table_too() -> None:
    report = report_of(["Yes."], rows=1, columns=2)
    (section,) = report.sections
    quiet = replace(section, silent=tuple(silent(f"P{n}") for n in range(2, 12)))
    assert not laid_out(report, Layout.AUTO).is_list
    assert laid_out(replace(report, sections=(quiet,)), Layout.AUTO).cells == 22
    assert laid_out(replace(report, sections=(quiet,)), Layout.AUTO).is_list


def test_a_wish_is_heard_whatever_would_read_best() -> None:
    full, sparse = report_of(["Yes."]), report_of(["Yes."], rows=8, columns=8)
    assert laid_out(full, Layout.LIST).is_list
    assert not laid_out(sparse, Layout.MATRIX).is_list
    assert laid_out(full, Layout.LIST).choice == ""


def test_a_summary_is_a_passage_where_summaries_are_shown() -> None:
    report = replace(with_summaries(sample_report(quotations=600)), show="summary")
    cells = [held for s in report.sections for row in s.matrix.cells for held in row]
    told = sum(bool(held.quotes or held.summary) for held in cells)
    assert laid_out(report, Layout.AUTO).passages == told < 600


def test_counts_and_nothing_at_all_stand_in_tables() -> None:
    counts = replace(sample_report(interviews=80, quotations=80), show="counts")
    assert laid_out(counts, Layout.LIST).layout is Layout.MATRIX
    assert not laid_out(without_quotations(sample_report()), Layout.AUTO).is_list


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
def test_what_was_chosen_is_told_and_stands_in_the_document(format_: str) -> None:
    sparse = full_report(interviews=80, quotations=200)
    said, done = written(sparse, format_, DocumentOptions())
    assert done.layout == "list"
    assert done.choice == (
        "laid out as a list: the quotations would leave most of the 2,320 cells of a table empty"
    )
    _, asked = written(sparse, format_, TABLES)
    assert (asked.layout, asked.choice) == ("matrix", "")
    if format_ != "docx":
        assert re.search(r"Layout.{0,20}a list of quotations by code and case", said)
        return
    assert "a list of quotations by code and case" in " ".join(
        paragraphs_of(body_of(docx_bytes(sparse)), "QCFact")
    )


@pytest.mark.parametrize("format_", ["html", "md"])
def test_pages_and_texts_hold_the_same_quotations_in_both_layouts(format_: str) -> None:
    report = full_report()
    pattern = r'(?s)class="words"[^>]*>“(.*?)”' if format_ == "html" else r"(?m)^> (.*)$"
    found = [
        Counter(re.findall(pattern, written(report, format_, options)[0]))
        for options in (LIST, TABLES)
    ]
    assert found[0] == found[1]
    assert found[0].total() >= len(quotations_of(report))


def test_a_list_leads_to_the_appendix_and_back_as_tables_do() -> None:
    def anchors(document: bytes) -> Counter[str]:
        links = body_of(document).iter(f"{W}hyperlink")
        return Counter(str(link.get(f"{W}anchor")) for link in links)

    report = full_report()
    listed, tables = docx_bytes(report, LIST), docx_bytes(report, TABLES)
    assert anchors(listed) == anchors(tables)
    assert quotations_in_context(listed) == quotations_in_context(tables)
    assert notes_of(listed) == notes_of(tables)
    ways = paragraphs_of(body_of(listed), "QCPassage")
    assert ways
    assert all(way.endswith("\tback to list") for way in ways)


def test_under_each_code_each_case_is_named_with_its_attribution() -> None:
    report = full_report()
    section = report.sections[0]
    place = 0
    told = [
        row
        for row, cells in zip(section.matrix.rows, section.matrix.cells, strict=True)
        if cells[place].quotes
    ]
    body = body_of(docx_bytes(replace(report, sections=(section,), counts=()), LIST))
    cases = paragraphs_of(body, "QCListCase")
    assert len(told) > 1
    assert [case.replace("\u00a0", " ") for case in cases[: len(told)]] == [
        f"{row.label}   {row.details[0]}" for row in told
    ]
    groups = list(dict.fromkeys(row.group for row in told))
    assert paragraphs_of(body, "QCListGroup")[: len(groups)] == groups


def test_whoever_is_silent_is_named_and_why() -> None:
    report = report_of(["Yes.", "No."], rows=2, columns=1)
    (section,) = report.sections
    matrix = section.matrix
    (first,), (second,) = matrix.cells
    not_asked = replace(cell(), empty_reason=str(Emptiness.NOT_ASKED))
    wider = replace(
        matrix,
        columns=(*matrix.columns, replace(matrix.columns[0], key="funding/b", label="B")),
        cells=((first, not_asked), (second, second)),
    )
    quiet = (silent("P07"), silent("P08"), silent("P09", Emptiness.WITHHELD))
    named = replace(section, matrix=wider, silent=quiet)
    body = body_of(docx_bytes(replace(report, sections=(named,)), LIST))
    notes = paragraphs_of(body, "QCNote")
    said = "Nothing in this theme: 3 of 5. Asked, nothing coded: P07, P08. Withheld: P09."
    assert said in notes
    assert "Not asked: P01." in notes


@pytest.mark.parametrize("show", ["quotes", "summary", "both"])
@pytest.mark.parametrize("notes", Notes)
def test_a_list_of_whatever_cells_show_has_no_fault(show: str, notes: Notes) -> None:
    report = replace(full_report(), show=show)
    document = docx_bytes(report, DocumentOptions(layout=Layout.LIST, notes=notes))
    assert lint(document) == []
    summaries = paragraphs_of(body_of(document), "QCListSummary")
    assert bool(summaries)


def test_a_code_that_only_summaries_stand_under_says_how_many_these_are() -> None:
    report = report_of(["Yes.", "No."], rows=2, columns=1)
    (section,) = report.sections
    matrix = section.matrix
    whole = replace(matrix.columns[0], key=section.key, label=section.name)
    summed = [replace(cell(), summary="Trust is put down to persons.") for _ in matrix.rows]
    cells = tuple((held, *row) for held, row in zip(summed, matrix.cells, strict=True))
    matrix = replace(matrix, columns=(whole, *matrix.columns), cells=cells)
    both = replace(report, sections=(replace(section, matrix=matrix),), show="both")
    notes = paragraphs_of(body_of(docx_bytes(both, LIST)), "QCNote")
    assert "2\u00a0summaries." in notes
    assert not [said for said in notes if said.startswith("0")]

"""How wide the columns of a theme's tables are, and what stands at their heads."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from exporters.lint import W, lint
from exporters.reading import docx_bytes, matrices, rows_of
from exporters.reports import cell, quotation, report_of
from exporters.workbooks import sheets

from qualcode.exporters import write_matrix
from qualcode.exporters.word.writing.paper import A4_ACROSS
from qualcode.model.matrix import Cell, MatrixColumn, MatrixReport
from qualcode.model.summary import NO_SUMMARY, Emptiness

SUMMARY = (
    "Small, plain grants did most, for heating and rooms; the forms cost more than they bring."
)


def widths_of(document: bytes) -> list[int]:
    """The columns of the one matrix, in twips."""
    (table,) = matrices(document)
    return [int(str(column.get(f"{W}w"))) for column in table.iter(f"{W}gridCol")]


def summed_up(*bare: str) -> MatrixReport:
    """A theme with a summary of the whole of it, and maybe passages under the theme itself."""
    report = report_of(["It leaked.", "We asked."], columns=2)
    (section,) = report.sections
    quotes = [quotation(text, code="funding", number=20 + at) for at, text in enumerate(bare)]
    whole = replace(cell(*quotes), summary=SUMMARY) if bare else Cell(summary=SUMMARY)
    matrix = replace(
        section.matrix,
        columns=(MatrixColumn("funding", "Funding", "funding"), *section.matrix.columns),
        cells=((whole, *section.matrix.cells[0]),),
    )
    return replace(report, show="both", sections=(replace(section, matrix=matrix),))


def test_a_column_that_holds_summaries_alone_says_so_and_counts_none() -> None:
    document = docx_bytes(summed_up())
    (table,) = matrices(document)
    head = [words.replace("\u00a0", " ") for words in rows_of(table)[0]]
    assert head[1] == "Theme as a whole1 summary"
    assert head[2] == "Funding/Code-01 quotation · 1 interview"
    assert lint(document) == []


def test_passages_of_no_code_below_the_theme_are_counted_at_its_column() -> None:
    (table,) = matrices(docx_bytes(summed_up("It came and went.")))
    assert rows_of(table)[0][1].replace("\u00a0", " ") == (
        "Theme as a whole1 quotation · 1 interview"
    )


def test_who_speaks_under_a_code_is_not_said_to_be_silent_on_the_theme() -> None:
    report = summed_up()
    (section,) = report.sections
    nothing = str(Emptiness.NOTHING_CODED)
    own = Cell(empty_reason=nothing)
    cells = ((own, *section.matrix.cells[0][1:]),)
    spoken = replace(section, matrix=replace(section.matrix, cells=cells))
    report = replace(report, sections=(spoken,))
    assert theme_cells(replace(report, show="quotes")) == ["–"]
    assert theme_cells(report) == [NO_SUMMARY]

    silent = (own, *(Cell(empty_reason=nothing) for _ in cells[0][1:]))
    of_both = replace(section.matrix, rows=section.matrix.rows * 2, cells=(*cells, silent))
    report = replace(report, sections=(replace(section, matrix=of_both),))
    assert nothing in theme_cells(report)


def theme_cells(report: MatrixReport) -> list[object]:
    """What a workbook has in the column of the theme as a whole."""
    out = BytesIO()
    write_matrix(report, out, format="xlsx")
    (found,) = [
        column
        for column in sheets(out.getvalue())["Funding"].iter_cols(values_only=True)
        if str(column[0]).startswith("Theme as a whole")
    ]
    return list(found[1:])


def test_a_column_is_as_wide_as_its_summaries_want() -> None:
    _, summary, *codes = widths_of(docx_bytes(summed_up()))
    assert summary > max(codes)


def test_figures_leave_room_for_who_the_cases_are() -> None:
    report = report_of([f"Words {n}." for n in range(8)], columns=8)
    label, *figures = widths_of(docx_bytes(replace(report, show="counts")))
    assert label > 1.8 * max(figures)
    assert label + sum(figures) == A4_ACROSS.text_width
    few = report_of(["One.", "Two."], columns=2)
    label, *figures = widths_of(docx_bytes(replace(few, show="counts")))
    assert label < sum(figures)


def test_a_column_of_figures_is_as_wide_as_the_longest_word_above_it() -> None:
    widths = []
    for name in ("Grant aid", "Decommissioning", "Un" + "learn" * 60):
        report = replace(report_of(["It leaked."] * 7, columns=7), show="counts")
        (section,) = report.sections
        named = tuple(replace(one, label=name) for one in section.matrix.columns)
        section = replace(section, matrix=replace(section.matrix, columns=named))
        document = docx_bytes(replace(report, sections=(section,)))
        _, first, *_ = matrices(document)[0].iter(f"{W}gridCol")
        widths.append(int(str(first.get(f"{W}w"))))
        assert lint(document) == []
    assert widths == sorted(set(widths))

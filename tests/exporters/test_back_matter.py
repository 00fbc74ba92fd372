"""The last pages: who agrees with whom, who speaks, who was interviewed, how it was made."""

from __future__ import annotations

from dataclasses import replace

from exporters.full_reports import PROVENANCE, RULE, full_report
from exporters.lint import W, lint
from exporters.reading import body_of, docx_bytes, paragraphs_of, rows_of, text_of
from exporters.reports import PLACES, report_of

from qualcode.exporters import write_matrix
from qualcode.exporters.word.writing.paper import A4_ACROSS
from qualcode.model.document import DocumentOptions
from qualcode.model.matrix import Comparison, RegisterLine, Variation

BARE = DocumentOptions(context=False)


def table_of(document: bytes, caption: str) -> list[list[str]]:
    (table,) = (
        table
        for table in body_of(document).iter(f"{W}tbl")
        if (said := table.find(f"{W}tblPr/{W}tblCaption")) is not None
        and said.get(f"{W}val") == caption
    )
    return [[words.replace("\u00a0", " ") for words in row] for row in rows_of(table)]


def test_the_register_names_every_interview_with_its_quotations() -> None:
    report = full_report()
    head, *rows = table_of(docx_bytes(report), "Register of interviews")
    assert head == ["Interview", "Attribution", "Consent", "Place", "Stakeholder", "Quotations"]
    assert rows == [
        [
            *(line.case, line.attribution, line.agreed, line.place, line.stakeholder),
            str(line.quotations or "–"),
        ]
        for line in report.register
    ]


def test_interviews_without_a_quotation_are_named_above_the_register() -> None:
    lines = tuple(RegisterLine(f"P{n:02}", "", "named", None, None, n % 2) for n in range(1, 6))
    document = docx_bytes(replace(report_of(["Yes."]), register=lines))
    said = "Without a quotation in this document (2 of 5): P02, P04."
    assert said in paragraphs_of(body_of(document), "QCNote")
    head, first, *_ = table_of(document, "Register of interviews")
    assert head == ["Interview", "Attribution", "Consent", "Quotations"]
    assert first == ["P01", "–", "named", "1"]
    assert lint(document) == []


def test_figures_are_n_of_all_and_never_a_percentage() -> None:
    report = full_report()
    document = docx_bytes(report)
    head, *rows = table_of(document, "Continuity and variation by place")
    assert head == [
        "Theme and code",
        *PLACES,
        "All",
        "Shared by, and cases against the pattern",
    ]
    (compared,) = report.comparisons
    for line, row in zip(compared.lines, rows, strict=True):
        figures = [f"{cases} of {whole}" for cases, whole in (*line.groups, line.total)]
        assert row[:-1] == [line.name, *figures]
    assert not any("%" in words for row in rows for words in row)


def test_the_pattern_is_said_in_words() -> None:
    lines = (
        Variation("a", "Shared", False, ((3, 6),), (3, 6), shared_by=("Marlby", "Eskdene")),
        Variation("b", "Apart", False, ((1, 6),), (1, 6), only_in="Marlby", against=("P03",)),
        Variation("c", "Nothing", False, ((0, 0),), (0, 6)),
    )
    report = replace(report_of(["Yes."]), comparisons=(Comparison("place", ("Marlby",), lines),))
    _, *rows = table_of(docx_bytes(report), "Continuity and variation by place")
    assert [row[-1] for row in rows] == [
        "Shared by Marlby, Eskdene.",
        "Only in Marlby. Against the pattern: P03.",
        "–",
    ]
    assert rows[-1][1] == "–"


def test_many_groups_are_shared_out_over_tables() -> None:
    groups = tuple(f"Organisation {number}" for number in range(20))
    line = Variation("a", "Trust", True, ((1, 2),) * 20, (20, 40))
    compared = Comparison("organisation", groups, (line,))
    document = docx_bytes(replace(report_of(["Yes."]), comparisons=(compared,)))
    assert lint(document) == []
    assert text_of(body_of(document)).count("1\u00a0of\u00a02") == 20
    assert text_of(body_of(document)).count("20\u00a0of\u00a040") == 1


def test_the_register_is_no_appendix_b_where_there_is_no_a() -> None:
    for asked in (
        docx_bytes(replace(full_report(), show="counts")),
        docx_bytes(full_report(), BARE),
    ):
        headings = paragraphs_of(body_of(asked), "Heading1")
        assert "Interviews" in headings
        assert not any(heading.startswith("Appendix") for heading in headings)
        assert paragraphs_of(body_of(asked), "TOC1") == headings


def widths_of(document: bytes, caption: str) -> list[list[int]]:
    """The columns of each table of that caption, in twips."""
    return [
        [int(str(column.get(f"{W}w"))) for column in table.iter(f"{W}gridCol")]
        for table in body_of(document).iter(f"{W}tbl")
        if table.find(f"{W}tblPr/{W}tblCaption[@{W}val='{caption}']") is not None
    ]


def test_seven_groups_stand_side_by_side_with_the_pattern() -> None:
    groups = tuple(f"Place {number}" for number in range(7))
    line = Variation("a", "Trust", True, ((1, 2),) * 7, (7, 14))
    compared = Comparison("place", groups, (line,))
    document = docx_bytes(replace(report_of(["Yes."]), comparisons=(compared,)))
    (widths,) = widths_of(document, "Continuity and variation by place")
    _, *figures, pattern = widths
    assert len(figures) == 8
    assert len(set(figures)) == 1
    assert pattern > 2 * figures[0]
    assert sum(widths) == A4_ACROSS.text_width


def test_no_column_of_figures_is_wider_than_the_others() -> None:
    groups = tuple(f"Organisation {number}" for number in range(20))
    line = Variation("a", "Trust", True, ((1, 2),) * 20, (20, 40))
    compared = Comparison("organisation", groups, (line,))
    document = docx_bytes(replace(report_of(["Yes."]), comparisons=(compared,)))
    *parts, last = widths_of(document, "Continuity and variation by organisation")
    assert len(parts) > 1
    for _, *figures in parts:
        assert max(figures) - min(figures) == 0
    assert last[-1] > last[-2]


def test_who_speaks_stands_beside_who_was_interviewed() -> None:
    report = full_report()
    head, *rows = table_of(docx_bytes(report), "Who speaks, and who was interviewed")
    assert head == ["By", "Group or person", "Quotations", "Cases", "To think about"]
    assert rows == [
        [line.attribute, line.label, str(line.quotations), str(line.cases), line.warning or "–"]
        for line in report.balance
    ]
    bare = tuple(replace(line, attribute="", warning=None) for line in report.balance)
    document = docx_bytes(replace(report, balance=bare))
    assert table_of(document, "Who speaks, and who was interviewed") == [
        ["Group or person", "Quotations", "Cases"],
        *([line.label, str(line.quotations), str(line.cases)] for line in bare),
    ]
    assert lint(document) == []


def test_the_rule_of_a_pattern_is_said_once() -> None:
    report = full_report()
    body = body_of(docx_bytes(replace(report, comparisons=report.comparisons * 2)))
    assert paragraphs_of(body, "QCNote").count(RULE) == 1


def test_a_rule_of_one_comparison_stands_with_it_and_the_others_once_above_them() -> None:
    report = full_report()
    (one,) = report.comparisons
    small = "Those of St. Mary are counted, and no more."
    two = replace(one, attribute="role", rule=f"{RULE} {small}")
    body = body_of(docx_bytes(replace(report, comparisons=(one, two))))
    notes = paragraphs_of(body, "QCNote")
    assert [note for note in notes if note in (RULE, small)] == [RULE, small]
    assert not [note for note in notes if RULE in note and note != RULE]


def test_what_cannot_be_compared_has_no_heading() -> None:
    nothing = (Comparison("place", (), (), RULE),)
    body = body_of(docx_bytes(replace(report_of(["Yes."]), comparisons=nothing)))
    assert "Continuity and variation" not in paragraphs_of(body, "Heading1")


def test_the_last_page_says_how_to_make_the_document_again() -> None:
    from io import BytesIO

    out = BytesIO()
    digest = write_matrix(full_report(), out, format="docx").digest
    rows = table_of(out.getvalue(), "How this document was made")
    layout = ("Layout", "tables of cases by codes")
    assert [tuple(row) for row in rows[:-1]] == [*PROVENANCE, layout]
    assert rows[-1] == ["Content check", " ".join(digest[at : at + 4] for at in (0, 4, 8, 12))]


def test_what_the_report_does_not_hold_is_not_in_the_document() -> None:
    body = body_of(docx_bytes(report_of(["Yes."])))
    assert paragraphs_of(body, "Heading1") == ["Funding", "Appendix A  Quotations in context"]

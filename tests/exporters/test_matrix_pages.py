"""What the pages of the Word matrix say, and how."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

from exporters.full_reports import each_quotation, full_report
from exporters.lint import W, lint, take_apart
from exporters.reading import (
    body_of,
    docx_bytes,
    matrices,
    paragraphs_of,
    quotations_in,
    quotations_in_context,
    rows_of,
)
from exporters.reports import (
    THEMES,
    quotation,
    quotations_of,
    report_of,
    sample_report,
    with_summaries,
    without_quotations,
)

from qualcode.exporters import write_matrix
from qualcode.model.document import DocumentOptions, Layout
from qualcode.model.matrix import Cell, CountLine, MatrixReport
from qualcode.model.summary import NONE_SHOWN, Emptiness

BARE = DocumentOptions(context=False)
NUMBER = re.compile(r"Q\d{3,}")


def test_the_first_page_gives_the_facts_and_the_content_check() -> None:
    report = sample_report()
    out = BytesIO()
    digest = write_matrix(report, out, format="docx").digest
    first = next(body_of(out.getvalue()).iter(f"{W}tbl"))
    facts = [tuple(row) for row in rows_of(first)]
    spaced = f"{digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:]}"
    assert facts == [*report.facts, ("Content check", spaced)]


def test_the_contents_link_to_every_section() -> None:
    body = body_of(docx_bytes(full_report()))
    assert paragraphs_of(body, "TOC1") == paragraphs_of(body, "Heading1")
    assert paragraphs_of(body, "TOC1") == [
        "Summary of codings",
        *(theme[0] for theme in THEMES.values()),
        "Continuity and variation",
        "Appendix A  Quotations in context",
        "Appendix B  Interviews",
        "How this document was made",
    ]


def test_the_summary_gives_quotations_and_interviews_of_each_code_by_group() -> None:
    report = sample_report()
    tables = [rows_of(table) for table in body_of(docx_bytes(report)).iter(f"{W}tbl")]
    (summary,) = [rows for rows in tables if rows[0][0] == "Theme and code"]
    assert summary[0] == ["Theme and code", *report.groups, "All"]
    for line, cells in zip(report.counts, summary[1:], strict=True):
        figures = [
            f"{quotations}\u00a0\u00a0{interviews}" if quotations else "–"
            for quotations, interviews in (*line.counts, line.total)
        ]
        assert cells == [line.name, *figures]


def test_each_theme_has_a_section_of_its_own_with_its_name_in_the_header() -> None:
    package = take_apart(docx_bytes(sample_report()))
    headers = [
        "".join(str(text.text) for text in tree.iter(f"{W}t"))
        for name, tree in sorted(package.trees.items())
        if name.startswith("word/header")
    ]
    assert [header.partition("matrix")[2] for header in headers] == [
        "About this document",
        "Summary of codings",
        *(theme[0] for theme in THEMES.values()),
        "Appendix A  Quotations in context",
    ]
    assert len(list(package.trees["word/document.xml"].iter(f"{W}sectPr"))) == len(headers)


def test_no_row_of_the_summary_of_codings_stands_alone_over_the_page() -> None:
    report = sample_report()
    body = body_of(docx_bytes(report, BARE))
    (table,) = (
        one
        for one in body.iter(f"{W}tbl")
        if one.find(f"{W}tblPr/{W}tblCaption[@{W}val='Summary of codings']") is not None
    )
    _, *rows = table.iter(f"{W}tr")
    bound = [
        all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p"))
        for row in rows
    ]
    themes = [line.is_theme for line in report.counts]
    assert bound == [*themes[:-4], True, True, True, False]


def test_the_footer_counts_the_pages() -> None:
    footer = take_apart(docx_bytes(sample_report())).members["word/footer1.xml"].decode()
    assert "Living side by side (invented)" in footer
    assert footer.index("Page ") < footer.index(" PAGE ") < footer.index(" NUMPAGES ")


def test_a_quotation_carries_its_number_and_paragraph_on_one_line() -> None:
    (table,) = matrices(docx_bytes(report_of(["Yes."])))
    assert paragraphs_of(table, "QCQuote") == ["“Yes.” Q001\u00a0¶1"]


def test_without_the_appendix_a_quotation_carries_its_whole_locator() -> None:
    (table,) = matrices(docx_bytes(report_of(["Yes."]), BARE))
    assert paragraphs_of(table, "QCQuote") == ["“Yes.” Q001 P01\u00a0¶1\u00a000:01:11"]
    assert not list(table.iter(f"{W}hyperlink"))


def test_a_row_of_several_people_says_how_each_may_be_cited() -> None:
    report = report_of(["Yes."])
    (section,) = report.sections
    said = replace(quotation("Yes.", code="funding/code-0"), attribution="Ward councillor")
    held = replace(section.matrix.cells[0][0], quotes=(said,))
    place = replace(section.matrix.rows[0], label="Thornwick")

    def words(*details: str) -> list[str]:
        row = replace(place, details=details)
        matrix = replace(section.matrix, rows=(row,), cells=((held,),))
        changed = replace(report, sections=(replace(section, matrix=matrix),))
        return paragraphs_of(matrices(docx_bytes(changed))[0], "QCQuote")

    assert words() == ["“Yes.” Q001\u00a0¶12\u00a0· Ward councillor"]
    assert words("Ward councillor") == ["“Yes.” Q001\u00a0¶12"]


def test_a_cell_without_quotations_is_a_dash() -> None:
    (table,) = matrices(docx_bytes(report_of(["One.", "Two.", "Three."], columns=2, rows=2)))
    assert [row[-1] for row in rows_of(table)[1:]] == ["“Three.” Q002\u00a0¶3", "–"]


def test_a_theme_says_what_it_means_and_how_much_it_holds() -> None:
    (section,) = report_of(["Yes."]).sections
    for definition, said in (("How money moves", "How money moves. "), ("Why?", "Why? "), ("", "")):
        defined = replace(section, definition=definition)
        report = replace(report_of(["Yes."]), sections=(defined,))
        (lead,) = paragraphs_of(body_of(docx_bytes(report, BARE)), "QCLead")
        assert lead == f"{said}1\u00a0quotation from 1\u00a0interview."


def test_a_theme_that_is_a_column_of_its_own_is_headed_by_what_that_column_holds() -> None:
    report = report_of(["Yes.", "No.", "Why?"], columns=3)
    (section,) = report.sections
    bare = replace(section.matrix.columns[0], key="funding", label="Funding")
    matrix = replace(section.matrix, columns=(bare, *section.matrix.columns[1:]))
    line = CountLine("funding", "Funding", True, "#8a4b1f", (), (3, 1))
    changed = replace(report, sections=(replace(section, matrix=matrix),), counts=(line,))
    document = docx_bytes(changed, BARE)
    (table,) = matrices(document)
    assert rows_of(table)[0][1] == "Theme as a whole1\u00a0quotation · 1\u00a0interview"
    (_, lead) = paragraphs_of(body_of(document), "QCLead")
    assert lead.endswith("3\u00a0quotations from 1\u00a0interview.")


def test_cases_without_a_quotation_in_the_theme_are_named() -> None:
    report = sample_report()
    notes = paragraphs_of(body_of(docx_bytes(report)), "QCNote")
    for section in report.sections:
        if section.silent:
            total = len(section.matrix.rows) + len(section.silent)
            said = (
                f"Nothing in this theme: {len(section.silent)} of {total}. Asked, nothing coded: "
            )
            assert f"{said}{', '.join(one.label for one in section.silent)}." in notes


def test_codes_and_cases_that_hold_nothing_are_named_instead_of_drawn() -> None:
    report = sample_report()
    document = docx_bytes(report)
    body = body_of(document)
    assert "Codes without a quotation: Decommissioning." in paragraphs_of(body, "QCNote")
    for table in matrices(document):
        header, *rows = rows_of(table)
        assert not any("Decommissioning" in cell for cell in header)
        assert all(any("“" in cell for cell in row[1:]) for row in rows if len(row) > 1)


def test_a_case_with_nothing_under_the_codes_of_one_part_is_named_above_it() -> None:
    report = report_of([f"Words {number}." for number in range(12)], columns=6, rows=2)
    (section,) = report.sections
    first, second = section.matrix.cells
    few = (*second[:3], Cell(), Cell(), Cell())
    rows = [replace(section.matrix.rows[1], key=name, label=name) for name in ("P04", "P02", "P03")]
    matrix = replace(
        section.matrix, rows=(section.matrix.rows[0], *rows), cells=(first, few, few, few)
    )
    document = docx_bytes(replace(report, sections=(replace(section, matrix=matrix),)))
    body = body_of(document)
    assert paragraphs_of(body, "QCTablePart") == ["Funding, part 1 of 2", "Funding, part 2 of 2"]
    assert [[row[0] for row in rows_of(table)[1:]] for table in matrices(document)] == [
        ["P01", "P04", "P02", "P03"],
        ["P01"],
    ]
    assert "Nothing under the codes of this part: P02, P03, P04." in paragraphs_of(body, "QCNote")


def test_what_is_counted_and_not_shown_is_not_said_to_be_nothing() -> None:
    report = report_of([f"Words {number}." for number in range(14)], columns=7, rows=2)
    (section,) = report.sections
    counted = Cell(count=2, cases=1, empty_reason=NONE_SHOWN)
    first, second = (row[:6] for row in section.matrix.cells)
    cells = ((*first, counted), (*second[:3], Cell(), Cell(), counted, counted))
    report = replace(
        report, sections=(replace(section, matrix=replace(section.matrix, cells=cells)),)
    )
    notes = paragraphs_of(body_of(docx_bytes(report)), "QCNote")
    name = section.matrix.columns[6].label
    assert f"Codes that are counted, not shown: {name} (4)." in notes
    assert "Counted, not shown under the codes of this part: P02 (2)." in notes
    assert not [note for note in notes if note.startswith(("Nothing under", "Codes without"))]
    out = BytesIO()
    write_matrix(report, out, format="html")
    assert f"Codes that are counted, not shown: {name} (4)." in out.getvalue().decode()


def test_a_cell_of_which_nothing_is_shown_says_how_much_is_counted() -> None:
    report = report_of([f"Words {number}." for number in range(4)], columns=3, rows=2)
    (section,) = report.sections
    hidden = Cell(count=2, cases=1, empty_reason=NONE_SHOWN)
    first, second = section.matrix.cells
    matrix = replace(
        section.matrix,
        rows=tuple(replace(row, group="Thornwick") for row in section.matrix.rows),
        cells=((first[0], hidden, hidden), (*second[:2], Cell())),
    )
    report = replace(report, sections=(replace(section, matrix=matrix),))
    document = docx_bytes(report)
    (group,) = paragraphs_of(body_of(document), "QCGroup")
    assert "7 quotations" in group.replace("\u00a0", " ")
    (table,) = matrices(document)
    assert "2 counted, not shown" in [words for row in rows_of(table) for words in row]
    listed = docx_bytes(report, replace(BARE, layout=Layout.LIST))
    assert "Counted, not shown: P01 (2)." in paragraphs_of(body_of(listed), "QCNote")
    out = BytesIO()
    write_matrix(report, out, format="html")
    assert "2 counted, not shown" in out.getvalue().decode()


def test_a_theme_without_quotations_is_named_and_has_no_pages() -> None:
    document = docx_bytes(without_quotations(sample_report()))
    assert matrices(document) == []
    names = "; ".join(theme[0] for theme in THEMES.values())
    notes = paragraphs_of(body_of(document), "QCNote")
    assert f"Themes without a quotation: {names}." in notes


def test_whatever_stands_above_a_matrix_stays_with_it() -> None:
    package = take_apart(docx_bytes(sample_report()))
    keeping = {
        style.get(f"{W}styleId")
        for style in package.trees["word/styles.xml"].iter(f"{W}style")
        if style.find(f"{W}pPr/{W}keepNext") is not None
    }
    seen = 0
    for table in package.trees["word/document.xml"].iter(f"{W}tbl"):
        for above in table.itersiblings(preceding=True):
            style = above.find(f"{W}pPr/{W}pStyle")
            # A table, a paragraph that ends a section, or the field of the contents.
            if style is None or style.get(f"{W}val") in ("QCSectionEnd", "QCBody", "Subtitle"):
                break
            kept = above.find(f"{W}pPr/{W}keepNext") is not None
            assert kept or style.get(f"{W}val") in keeping
            seen += 1
    assert seen > 3 * len(THEMES)


def test_at_most_five_codes_share_a_table() -> None:
    report = report_of([f"Words {number}." for number in range(130)], columns=62, rows=2)
    tables = matrices(docx_bytes(report))
    widths = [len(rows_of(table)[0]) - 1 for table in tables]
    assert sum(widths) == 62
    assert max(widths) == 5
    assert min(widths) == 4


def test_a_group_is_headed_by_its_name_and_figures() -> None:
    report = sample_report()
    document = docx_bytes(report)
    groups = paragraphs_of(body_of(document), "QCGroup")
    assert any(words.startswith("Thornwick   ") for words in groups)
    found = sum(int(words.split("   ")[1].split("\u00a0")[0]) for words in groups)
    assert found == len(quotations_of(report))


def test_a_long_case_is_broken_into_labelled_rows_that_keep_its_order() -> None:
    texts = [f"{number}. " + "We all came to the fair. " * 20 for number in range(6)]
    (table,) = matrices(docx_bytes(report_of(texts, columns=1, rows=1)))
    _, *rows = rows_of(table)
    assert len(rows) > 1
    labels = [f"P01 (continued {number}/{len(rows)})" for number in range(2, len(rows) + 1)]
    assert [row[0] for row in rows] == ["P01", *labels]
    assert [words.partition(".")[0] for words in paragraphs_of(table, "QCQuote")] == [
        f"“{number}" for number in range(6)
    ]


def test_a_column_that_has_come_to_its_end_is_blank_in_the_rows_that_follow() -> None:
    long = "We all came to the fair. " * 60
    (table,) = matrices(docx_bytes(report_of([long, "Yes.", long], columns=2, rows=1), BARE))
    _, first, second = rows_of(table)
    assert first[2].startswith("“Yes.”")
    assert second[2] == ""


def test_no_row_runs_over_a_page_and_one_longer_than_a_page_goes_on_with_its_label() -> None:
    report = report_of(["Short.", "word " * 200, "word " * 2000], columns=1, rows=3)
    (table,) = matrices(docx_bytes(report, BARE))
    rows = list(table.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    labels = [row[0] for row in rows_of(table)]
    of_each = Counter(label.partition(" (continued")[0] for label in labels[1:])
    assert [count > 1 for count in of_each.values()] == [False, False, True]
    assert labels[-1].endswith(f"(continued {len(rows) - 3}/{len(rows) - 3})")


def test_numbers_below_a_summary_go_on_in_a_row_with_its_label() -> None:
    report = replace(report_of(["Yes."] * 900, columns=1, rows=1), show="summary")
    (table,) = matrices(docx_bytes(report, BARE))
    shown = paragraphs_of(table, "QCQuote")
    assert len(shown) == len(rows_of(table)) - 1 > 1
    assert len(NUMBER.findall(" ".join(shown))) == 900


def test_a_long_quotation_is_shortened_only_where_the_appendix_has_all_of_it() -> None:
    words = "word " * 10_000
    report = report_of([words])
    assert quotations_in(docx_bytes(report, BARE)) == [words]
    short = quotations_in(docx_bytes(report))
    assert short == [f"{'word ' * 140}[…]"]
    assert quotations_in_context(docx_bytes(report)) == [words]
    listed = DocumentOptions(layout=Layout.LIST)
    (said,) = paragraphs_of(body_of(docx_bytes(report, listed)), "QCListQuote")
    assert said.startswith(f"“{short[0]}”")
    (whole,) = paragraphs_of(
        body_of(docx_bytes(report, replace(listed, context=False))), "QCListQuote"
    )
    assert words in whole


def test_an_empty_cell_says_why_where_that_is_more_than_that_nothing_was_coded() -> None:
    report = report_of(["One.", "Two.", "Three."], columns=2, rows=2)

    def reasons(reason: str | None) -> tuple[list[str], list[str]]:
        (section,) = report.sections
        first, (last, _) = section.matrix.cells
        matrix = replace(section.matrix, cells=(first, (last, Cell(empty_reason=reason))))
        document = docx_bytes(replace(report, sections=(replace(section, matrix=matrix),)))
        (table,) = matrices(document)
        return paragraphs_of(table, "QCEmpty"), paragraphs_of(body_of(document), "QCKey")

    for plain in (None, "nothing coded", str(Emptiness.NOTHING_CODED)):
        assert reasons(plain)[0] == ["–"]
    for said in set(Emptiness) - {Emptiness.NOTHING_CODED}:
        in_cell, key = reasons(str(said))
        assert in_cell == [str(said)]
        assert len(key) == len(reasons(None)[1]) + 1


def test_what_is_counted_but_not_shown_is_said() -> None:
    report = report_of(["Yes."])
    said = "To keep cells readable, {} counted but not shown."
    for hidden, words in ((1, "1 more quotation is"), (7, "7 more quotations are")):
        body = body_of(docx_bytes(replace(report, hidden=hidden)))
        assert said.format(words) in paragraphs_of(body, "QCBody")
    assert not any(
        "not shown" in line for line in paragraphs_of(body_of(docx_bytes(report)), "QCBody")
    )


def test_a_quotation_from_right_to_left_is_set_that_way_and_its_locator_is_not() -> None:
    (table,) = matrices(docx_bytes(report_of(["שלום, אני גר כאן."])))
    (paragraph,) = (p for p in table.iter(f"{W}p") if p.find(f"{W}pPr/{W}bidi") is not None)
    words, locator = paragraph.findall(f"{W}r")
    assert words.find(f"{W}rPr/{W}rtl") is not None
    assert locator.find(f"{W}rPr/{W}rtl") is None


def test_a_summary_stands_before_the_quotations_in_italics() -> None:
    report = with_summaries(sample_report())
    document = docx_bytes(report)
    written = sum(len(paragraphs_of(table, "QCSummary")) for table in matrices(document))
    cells = [c for s in report.sections for row in s.matrix.cells for c in row]
    assert written == sum(cell.summary is not None for cell in cells) > 0


def test_a_matrix_of_summaries_gives_the_numbers_that_each_rests_on() -> None:
    report = with_summaries(report_of(["One.", "Two.", "Three."], columns=2))
    document = docx_bytes(replace(report, show="summary"))
    (table,) = matrices(document)
    (summary,) = paragraphs_of(table, "QCSummary")
    assert rows_of(table)[1] == ["P01", f"{summary}Q001; Q003", "Q002"]
    assert len(list(table.iter(f"{W}hyperlink"))) == 3
    assert quotations_in_context(document) == ["One.", "Two.", "Three."]
    assert lint(document) == []
    (bare,) = matrices(docx_bytes(replace(report, show="summary"), BARE))
    assert rows_of(bare)[1][2] == "Q002 P01\u00a0¶2\u00a000:02:22"


def test_counts_are_shown_instead_of_quotations_when_asked_for() -> None:
    report = replace(report_of(["One.", "Two.", "Three."], columns=2), show="counts")
    (table,) = matrices(docx_bytes(report))
    assert rows_of(table)[1] == ["P01", "2\u00a0\u00a01", "1\u00a0\u00a01"]
    assert paragraphs_of(body_of(docx_bytes(report)), "QCKey") == []
    assert quotations_in(docx_bytes(report)) == []


def test_the_properties_name_the_project_and_the_date_of_the_data() -> None:
    import docx

    properties = docx.Document(BytesIO(docx_bytes(sample_report()))).core_properties
    assert properties.title.startswith("Thematic quotation matrix: Living side by side")
    assert properties.author == "Living side by side (invented)"
    assert properties.last_modified_by == ""
    assert properties.language == "en-GB"
    assert properties.created is not None
    assert properties.created.isoformat() == "2024-06-28T00:00:00+00:00"
    assert properties.modified == properties.created


def test_what_reads_aloud_is_told_the_language_of_the_interviews() -> None:
    document = docx_bytes(replace(report_of(["Byliśmy na targu."]), language="pl"))
    styles = take_apart(document).trees["word/styles.xml"]
    spoken = {
        str(style.get(f"{W}styleId"))
        for style in styles.iter(f"{W}style")
        for language in style.iter(f"{W}lang")
        if language.get(f"{W}val") == "pl"
    }
    assert spoken == {"QCQuote", "QCVerbatim", "QCContext", "QCSummary"}


def test_what_was_replaced_is_reported_with_its_place() -> None:
    out = BytesIO()
    done = write_matrix(report_of(["a\x00b", "fine", "\ud800\x01"]), out, format="docx")
    assert done.replaced_characters == 3
    assert [said.partition(": ")[0] for said in done.warnings] == [
        "P01 ¶1 00:01:11",
        "P01 ¶3 00:03:33",
    ]


def test_a_document_too_large_for_people_comes_with_a_warning() -> None:
    few = write_matrix(report_of(["Yes."] * 3000), BytesIO(), format="docx")
    many = write_matrix(report_of(["Yes."] * 3001), BytesIO(), format="docx")
    assert few.warnings == ()
    assert "3,001 quotations" in many.warnings[0]
    assert many.warnings[0].endswith("with --split theme")


def test_a_title_of_any_length_is_given_and_cut_only_among_the_properties() -> None:
    document = docx_bytes(report_of(["Yes."], title="Very long " * 50))
    assert lint(document) == []
    assert paragraphs_of(body_of(document), "Title") == ["Very long " * 50]


def test_a_count_of_nothing_says_why() -> None:
    report = replace(full_report(), show="counts")
    document = docx_bytes(report)
    said = [words for table in matrices(document) for words in paragraphs_of(table, "QCNumber")]
    assert str(Emptiness.NOT_ASKED) in said
    assert paragraphs_of(body_of(document), "QCKey") == [
        "The question was not put in this interview"
    ]
    assert lint(document) == []


def test_words_shown_otherwise_are_said_to_be_in_brackets() -> None:
    report = report_of(["[P07] and I went."])
    edited = each_quotation(report, lambda one: replace(one, edits=1))

    def said(shown: MatrixReport) -> tuple[str, list[str]]:
        body = body_of(docx_bytes(shown))
        return paragraphs_of(body, "QCBody")[0], paragraphs_of(body, "QCKey")

    assert "Every quotation is verbatim. " in said(report)[0]
    guide, key = said(edited)
    assert "Every quotation is verbatim, but for what stands in brackets. " in guide
    assert set(key) - set(said(report)[1]) == {
        "In brackets: a name that is not shown, a word put right, words left out, who goes on "
        "speaking"
    }

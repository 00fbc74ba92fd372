from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from exporters.evidences import book_of, small_book
from exporters.full_reports import full_report
from exporters.reports import quotation, quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualcode.exporters import write_book, write_matrix
from qualcode.model.matrix import QuotedMemo
from qualcode.model.summary import NO_SUMMARY

if TYPE_CHECKING:
    from markdown_it.token import Token

    from qualcode.model.matrix import Quotation


def written(*quotations: Quotation) -> str:
    """The book of these quotations, under one code."""
    book = small_book(["-"])
    code = replace(book.themes[0].codes[0], quotations=quotations)
    out = BytesIO()
    theme = replace(book.themes[0], codes=(code,))
    write_book(replace(book, themes=(theme,)), out, format="md")
    return out.getvalue().decode()


def quoted(markdown: str) -> list[str]:
    """The words of each block quotation, as a CommonMark reader shows them."""
    found: list[list[str]] = []
    depth = 0
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown):
        depth += token.nesting if token.type.startswith("blockquote") else 0
        if token.type == "blockquote_open":
            found.append([])
        elif token.type == "inline" and depth:
            found[-1].append(_shown(token))
    return ["\n\n".join(paragraphs) for paragraphs in found]


def _shown(inline: Token) -> str:
    def words(token: Token) -> str:
        return "\n" if token.type == "hardbreak" else token.content

    assert {token.type for token in inline.children or ()} <= {"text", "hardbreak", "text_special"}
    return "".join(words(token) for token in inline.children or ())


@pytest.mark.parametrize(
    "words",
    [
        "We *all* came to the `fair`_, [all](x) of us ![x] <b>yes</b> &amp; ~~no~~",
        "# not a heading",
        "- not a list\n+ nor this\n1. nor that\n12) nor that",
        "Title\n===\nTitle\n---\n***",
        "    four blanks before and after    ",
        "a | b\n--- | ---\n1 | 2",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "one\ntwo\n\nnext turn",
        "> she said\n>> I said",
        "C:\\new\\",
        "http://example.org and <http://example.org>",
        "\tafter a tab",
        "```\ncode\n```",
        "$a_1$ 100% =x",
    ],
    ids=ascii,
)
def test_words_that_look_like_markup_are_shown_as_they_were_said(words: str) -> None:
    assert quoted(written(quotation(words))) == [words]


LINES = st.text(st.sampled_from("ab1.)*_`#[]()<>&~|-+=!\\ \t$:/\"'"), min_size=1).filter(str.strip)


@given(st.lists(st.lists(LINES, min_size=1), min_size=1))
def test_any_words_are_shown_as_they_were_said(paragraphs: list[list[str]]) -> None:
    words = "\n\n".join("\n".join(lines) for lines in paragraphs)
    assert quoted(written(quotation(words))) == [words]


def test_sums_of_money_are_not_taken_for_formulas() -> None:
    assert "\\$5 or \\$10" in written(quotation("$5 or $10"))


def test_themes_and_codes_are_headings_in_their_order() -> None:
    out = BytesIO()
    book = book_of(sample_report())
    write_book(book, out, format="md")
    shown = MarkdownIt("commonmark").parse(out.getvalue().decode())
    headings = [
        (heading.tag, inline.content)
        for heading, inline in pairwise(shown)
        if heading.type == "heading_open"
    ]
    assert headings[0] == ("h1", book.title)
    wanted = [
        one
        for theme in book.themes
        for one in (("h2", theme.name), *(("h3", f"{c.name} ({c.key})") for c in theme.codes))
    ]
    assert headings[1:] == wanted


def test_a_book_holds_exactly_the_quotations_of_its_codes() -> None:
    report = sample_report()
    out = BytesIO()
    done = write_book(book_of(report), out, format="md")
    said = Counter(quote.text for quote in quotations_of(report))
    assert Counter(quoted(out.getvalue().decode())) == said
    assert done.quotations == said.total()


def test_each_quotation_says_where_it_comes_from_and_who_said_it() -> None:
    said = replace(quotation("Yes."), attribution="Ward councillor", memo="Tone *ironic*.")
    markdown = written(said)
    assert "— Ward councillor (P07 ¶12 00:14:12)" in markdown
    assert "*Memo:* Tone \\*ironic\\*." in markdown
    assert "— P07 ¶12 00:14:12" in written(quotation("Yes."))


def test_numbers_context_and_dated_memos_stand_beside_the_words() -> None:
    note = QuotedMemo("query", "amina", "2024-05-01T09:00:00Z", "Who is we?")
    said = replace(
        quotation("Yes."), number=7, before="So you met?", after="Every week.", notes=(note,)
    )
    markdown = written(said)
    assert "*… So you met?*\n\n> Yes.\n\n*Every week. …*\n\n— **Q007** P07" in markdown
    assert "*Memo (query, amina, 2024-05-01):* Who is we?" in markdown
    assert quoted(markdown) == ["Yes."]


def test_a_matrix_holds_exactly_its_quotations_and_its_counts_in_a_table() -> None:
    report = full_report()
    out = BytesIO()
    done = write_matrix(report, out, format="md")
    markdown = out.getvalue().decode()
    said = Counter(quote.text for quote in quotations_of(report))
    assert Counter(quoted(markdown)) == said
    assert done.quotations == said.total()
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    rows = sum(token.type == "tr_open" for token in tokens)
    tables = [report.counts, report.register, report.balance]
    tables += [compared.lines for compared in report.comparisons]
    assert rows == sum(1 + len(lines) for lines in tables)


def test_of_nobody_in_particular_no_empty_brackets_stand_in_the_register() -> None:
    report = full_report()
    known, joint = report.register[0], replace(report.register[0], case="J1", agreed="")
    out = BytesIO()
    write_book(replace(book_of(report), register=(known, joint)), out, format="md")
    lines = [line for line in out.getvalue().decode().splitlines() if known.attribution in line]
    assert lines[-2:] == [
        f"- **{known.case}** {known.attribution} ({known.agreed})",
        f"- **J1** {known.attribution}",
    ]


def test_a_matrix_of_counts_is_a_table_a_theme() -> None:
    report = replace(sample_report(), show="counts")
    out = BytesIO()
    write_matrix(report, out, format="md")
    tokens = MarkdownIt("commonmark").enable("table").parse(out.getvalue().decode())
    assert sum(token.type == "table_open" for token in tokens) == len(report.sections) + 1
    assert quoted(out.getvalue().decode()) == []


def test_a_code_without_a_summary_is_named_and_one_with_a_summary_is_not() -> None:
    report = report_of([], columns=2)
    (section,) = report.sections
    ((first, second),) = section.matrix.cells
    cells = (
        (
            replace(first, summary="Grants came.", empty_reason=NO_SUMMARY),
            replace(second, empty_reason=NO_SUMMARY),
        ),
    )
    matrix = replace(section.matrix, cells=cells)
    report = replace(report, show="summary", sections=(replace(section, matrix=matrix),))
    out = BytesIO()
    write_matrix(report, out, format="md")
    said = [line for line in out.getvalue().decode().splitlines() if "summary:" in line]
    assert said == [f"*No summary: {section.matrix.columns[1].label}.*"]

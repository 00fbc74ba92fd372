from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters.reports import quotation
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qualcode.exporters import write_quotations

if TYPE_CHECKING:
    from markdown_it.token import Token

    from qualcode.model.matrix import Quotation


def written(*quotations: Quotation) -> str:
    out = BytesIO()
    write_quotations(quotations, out, format="md")
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


def test_a_heading_stands_where_the_code_changes() -> None:
    first = quotation("One.", code="funding/grant-aid")
    markdown = written(first, replace(first, text="Two."), quotation("Three.", code="structures"))
    headings = [line for line in markdown.splitlines() if line.startswith("## ")]
    assert headings == ["## funding/grant-aid", "## structures"]


def test_each_quotation_says_where_it_comes_from_and_who_said_it() -> None:
    said = replace(quotation("Yes."), attribution="Ward councillor", memo="Tone *ironic*.")
    markdown = written(said)
    assert "— Ward councillor (P07 ¶12 00:14:12)" in markdown
    assert "*Memo:* Tone \\*ironic\\*." in markdown
    assert "— P07 ¶12 00:14:12" in written(quotation("Yes."))

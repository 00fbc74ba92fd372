"""Appendix A: each passage once, whole, in its context, with ways there and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exporters.full_reports import each_quotation, full_report, under_two_codes
from exporters.lint import W, lint
from exporters.reading import (
    body_of,
    docx_bytes,
    matrices,
    paragraphs_of,
    quotations_in_context,
    text_of,
)
from exporters.reports import quotation, quotations_of, report_of, sample_report

from qualcode.exporters.word.passages.in_context import KEPT_TOGETHER
from qualcode.exporters.word.passages.trail import MOST_WAYS_BACK
from qualcode.model.document import DocumentOptions, Notes


def anchors(document: bytes, prefix: str) -> list[str]:
    links = body_of(document).iter(f"{W}hyperlink")
    return [name for link in links if (name := str(link.get(f"{W}anchor"))).startswith(prefix)]


def bookmarks(document: bytes, prefix: str) -> list[str]:
    marks = body_of(document).iter(f"{W}bookmarkStart")
    return [name for mark in marks if (name := str(mark.get(f"{W}name"))).startswith(prefix)]


def test_each_quotation_leads_to_its_context_and_each_context_back() -> None:
    report = full_report()
    document = docx_bytes(report)
    numbers = sorted(one.number for one in quotations_of(report))
    assert sorted(anchors(document, "q_")) == [f"q_Q{number:05}" for number in numbers]
    assert bookmarks(document, "q_") == [f"q_Q{number:05}" for number in numbers]
    assert anchors(document, "m_") == [f"m_Q{number:05}" for number in numbers]
    assert sorted(bookmarks(document, "m_")) == anchors(document, "m_")


def test_a_passage_under_two_codes_has_one_number_and_stands_in_the_appendix_once() -> None:
    once, twice = full_report(), under_two_codes(full_report())
    number = quotations_of(once)[0].number
    document = docx_bytes(twice)
    assert anchors(document, "q_").count(f"q_Q{number:05}") == 2
    assert len(quotations_in_context(document)) == len(quotations_of(once))
    (line,) = (
        line
        for line in paragraphs_of(body_of(document), "QCPassage")
        if line.startswith(f"Q{number:03} ")
    )
    labels = {column.key: column.label for column in twice.sections[0].matrix.columns}
    codes = [labels[one.code] for one in quotations_of(twice) if one.number == number]
    assert f"   {'; '.join(codes)}\t" in line
    assert len(codes) == 2


def test_passages_without_numbers_are_numbered_by_transcript_and_place() -> None:
    report = sample_report()
    assert {one.number for one in quotations_of(report)} == {0}
    places = sorted((one.transcript, one.start) for one in quotations_of(report))
    text_at = {(one.transcript, one.start): one.text for one in quotations_of(report)}
    document = docx_bytes(report)
    lines = paragraphs_of(body_of(document), "QCPassage")
    assert [line.split()[0] for line in lines] == [f"Q{n:03}" for n in range(1, len(places) + 1)]
    assert quotations_in_context(document) == [text_at[place] for place in places]


def test_words_before_and_after_stand_around_the_quotation() -> None:
    said = replace(
        quotation("Only one."), before="You were saying? — Well,", after="That is\nwhat I think."
    )
    report = each_quotation(report_of(["Only one."]), lambda _: said)
    body = body_of(docx_bytes(report))
    styles = [
        str(style.get(f"{W}val"))
        for style in body.iter(f"{W}pStyle")
        if style.get(f"{W}val") in ("QCPassage", "QCContext", "QCVerbatim")
    ]
    assert styles == ["QCPassage", "QCContext", "QCVerbatim", "QCContext"]
    assert paragraphs_of(body, "QCContext") == [
        "…\u00a0You were saying?\u00a0— Well,",
        "That is\nwhat I think.\u00a0…",
    ]


def test_an_id_line_says_where_the_words_stand_and_which_code_they_have() -> None:
    (line,) = paragraphs_of(body_of(docx_bytes(report_of(["Yes."]))), "QCPassage")
    assert line == "Q001   ¶1   00:01:11   Funding/Code-0\tback to matrix"


@pytest.mark.parametrize(("letters", "together"), [(300, True), (KEPT_TOGETHER, False)])
def test_a_passage_stays_on_one_page_unless_it_is_long(letters: int, together: bool) -> None:
    said = replace(quotation("a" * letters), before="before", after="after")
    body = body_of(docx_bytes(each_quotation(report_of(["x"]), lambda _: said)))
    (verbatim,) = (
        paragraph
        for paragraph in body.iter(f"{W}p")
        if (style := paragraph.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(f"{W}val") == "QCVerbatim"
    )
    for kept in ("keepNext", "keepLines"):
        assert (verbatim.find(f"{W}pPr/{W}{kept}") is not None) == together


def test_beyond_what_old_word_can_count_no_way_leads_back() -> None:
    words = ["Yes."] * (MOST_WAYS_BACK + 1)
    few, many = docx_bytes(report_of(words[1:])), docx_bytes(report_of(words))
    assert len(anchors(few, "m_")) == MOST_WAYS_BACK
    assert anchors(many, "m_") == bookmarks(many, "m_") == []
    assert len(anchors(many, "q_")) == MOST_WAYS_BACK + 1
    assert "back to matrix" not in text_of(body_of(many))
    assert lint(many) == []


def test_without_context_there_is_no_appendix_and_no_note() -> None:
    document = docx_bytes(full_report(), DocumentOptions(context=False))
    body = body_of(document)
    assert quotations_in_context(document) == []
    assert not any(line.startswith("Appendix A") for line in paragraphs_of(body, "Heading1"))
    assert not list(body.iter(f"{W}footnoteReference"))
    assert "Appendix A" not in text_of(body)


def test_a_table_of_counts_has_no_appendix() -> None:
    report = replace(full_report(), show="counts")
    body = body_of(docx_bytes(report))
    assert not paragraphs_of(body, "QCVerbatim")
    assert "Appendix A" not in text_of(body)


def test_the_appendix_lies_upright_and_the_tables_across() -> None:
    body = body_of(docx_bytes(full_report(), DocumentOptions(notes=Notes.INLINE)))
    sizes = [page.get(f"{W}orient", "portrait") for page in body.iter(f"{W}pgSz")]
    assert sizes == ["landscape"] * 7 + ["portrait"] * 3


def test_what_had_to_be_replaced_is_counted_once() -> None:
    from io import BytesIO

    from qualcode.exporters import write_matrix

    done = write_matrix(report_of(["a\x00b"]), BytesIO(), format="docx")
    assert done.replaced_characters == 1


def test_right_to_left_words_have_their_rule_on_the_right() -> None:
    document = docx_bytes(report_of(["שלום, אני גר כאן."]))
    (border,) = (
        edge
        for paragraph in body_of(document).iter(f"{W}p")
        for edge in paragraph.findall(f"{W}pPr/{W}pBdr/*")
    )
    assert border.tag == f"{W}right"
    assert len(matrices(document)) == 1

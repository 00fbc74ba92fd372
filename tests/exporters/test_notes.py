"""Where each quotation in context comes from: in notes that Word knows as notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exporters.full_reports import each_quotation, full_report
from exporters.lint import W, take_apart
from exporters.reading import body_of, docx_bytes, notes_of, paragraphs_of
from exporters.reports import quotation, quotations_of, report_of
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.word.passages.notes import source
from qualcode.model.document import DocumentOptions, Notes

NAMED = "Abara, Ngozi, Project lead, Marlby Voluntary Action, interviewed 4 June 2024"
KEPT_ON_ONE_LINE = NAMED.replace("4 June 2024", "4\u00a0June\u00a02024")


@pytest.mark.parametrize("kind", [Notes.FOOTNOTES, Notes.ENDNOTES])
def test_each_passage_has_a_note_of_its_own_in_the_order_of_the_pages(kind: Notes) -> None:
    report = full_report()
    document = docx_bytes(report, DocumentOptions(notes=kind))
    passages = sorted(quotations_of(report), key=lambda one: one.number)
    assert notes_of(document, kind.removesuffix("s")) == [
        source(one, Cleaner()) for one in passages
    ]
    marks = body_of(document).iter(f"{W}{kind.removesuffix('s')}Reference")
    assert [int(str(mark.get(f"{W}id"))) for mark in marks] == [one.number for one in passages]


def test_a_note_is_written_in_full_each_time() -> None:
    report = each_quotation(
        report_of(["One.", "Two."]), lambda one: replace(one, attribution=NAMED)
    )
    first, second = notes_of(docx_bytes(report))
    assert first == f"{KEPT_ON_ONE_LINE}, transcript INT-01, paragraph\u00a01, 00:01:11."
    assert second == f"{KEPT_ON_ONE_LINE}, transcript INT-01, paragraph\u00a02, 00:02:22."


@pytest.mark.parametrize(
    ("attribution", "turn", "start_ms", "said"),
    [
        ("", 12, 71_000, "Transcript INT-07, paragraph\u00a012, 00:01:11."),
        ("Ward councillor, ", None, None, "Ward councillor, transcript INT-07."),
        ("Ward councillor; Clerk.", 3, None,
         "Ward councillor; Clerk, transcript INT-07, paragraph\u00a03."),
        (" , ", None, 0, "Transcript INT-07, 00:00:00."),
    ],
)  # fmt: skip
def test_what_is_not_known_leaves_no_stray_comma(
    attribution: str, turn: int | None, start_ms: int | None, said: str
) -> None:
    one = replace(quotation("Yes."), attribution=attribution, turn=turn, start_ms=start_ms)
    assert source(one, Cleaner()) == said


@given(st.text(st.characters(exclude_characters=",.;", exclude_categories=("Cs", "Cc"))))
def test_no_note_has_a_comma_before_a_comma_or_at_its_end(attribution: str) -> None:
    said = source(replace(quotation("Yes."), attribution=f", {attribution},"), Cleaner())
    assert ",," not in said.replace(" ", "")
    assert not said.startswith(",")
    assert said.endswith("00:14:12.")


def test_inline_the_source_stands_below_the_words_and_there_are_no_notes() -> None:
    report = full_report()
    document = docx_bytes(report, DocumentOptions(notes=Notes.INLINE))
    assert "Sources" not in paragraphs_of(body_of(document), "Heading1")
    sources = paragraphs_of(body_of(document), "QCSource")
    passages = sorted(quotations_of(report), key=lambda one: one.number)
    assert sources == [source(one, Cleaner()) for one in passages]
    assert not any("note" in member for member in take_apart(document).members)


def test_endnotes_stand_under_the_last_heading_and_are_counted_in_figures() -> None:
    document = docx_bytes(full_report(), DocumentOptions(notes=Notes.ENDNOTES))
    trees = take_apart(document).trees
    body = body_of(document)
    assert paragraphs_of(body, "Heading1")[-1] == paragraphs_of(body, "TOC1")[-1] == "Sources"
    told = [
        trees["word/settings.xml"].find(f"{W}endnotePr"),
        *(part.find(f"{W}endnotePr") for part in trees["word/document.xml"].iter(f"{W}sectPr")),
    ]
    assert len(told) == 12
    for properties in told:
        assert properties is not None
        said = [child.get(f"{W}val") for child in properties if child.get(f"{W}val")]
        assert said == ["decimal"]
    (kind,) = body.iter(f"{W}type")
    assert kind.get(f"{W}val") == "continuous"


def test_the_lead_says_where_the_source_stands() -> None:
    for kind, where in (
        (Notes.FOOTNOTES, "The note at the foot of the page gives the source."),
        (Notes.ENDNOTES, "The note at the end gives the source."),
        (Notes.INLINE, "The line below it gives the source."),
    ):
        body = body_of(docx_bytes(report_of(["Yes."]), DocumentOptions(notes=kind)))
        assert any(line.endswith(where) for line in paragraphs_of(body, "QCLead"))

"""Memos beside the words they are about, for the team and for nobody else."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from exporters.full_reports import MEMOS, each_quotation, full_report
from exporters.lint import W, lint, take_apart
from exporters.reading import body_of, docx_bytes, text_of
from exporters.reports import quotations_of, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.exporters.word.passages.quoted import shortened
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions
from qualcode.model.matrix import QuotedMemo

COMMENTS = "word/comments.xml"


def test_each_memo_is_a_comment_with_its_author_and_its_own_date() -> None:
    report = each_quotation(report_of(["Yes."]), lambda one: replace(one, notes=MEMOS))
    comments = list(take_apart(docx_bytes(report)).trees[COMMENTS])
    assert [
        (
            note.get(f"{W}author"),
            note.get(f"{W}initials"),
            note.get(f"{W}date"),
            text_of(note),
        )
        for note in comments
    ] == [
        ("Amina Idris", "AI", "2024-06-12T09:30:00Z", f"Query: {MEMOS[0].body}"),
        ("joel", "J", "2024-06-13T16:02:11Z", f"Note: {MEMOS[1].body}"),
    ]


def test_a_comment_is_about_the_words_of_its_quotation() -> None:
    report = full_report()
    document = docx_bytes(report)
    about: dict[str, str] = {}
    open_now: set[str] = set()
    for element in body_of(document).iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        if element.tag == f"{W}commentRangeStart":
            open_now.add(str(element.get(f"{W}id")))
        elif element.tag == f"{W}commentRangeEnd":
            open_now.remove(str(element.get(f"{W}id")))
        else:
            for number in open_now:
                about[number] = about.get(number, "") + (element.text or "")
    expected = [f"“{shortened(one.text)}”" for one in quotations_of(report) for _ in one.notes]
    assert len(expected) > 10
    assert sorted(about.values()) == sorted(expected)


def test_the_comments_are_numbered_in_the_order_of_the_pages() -> None:
    document = docx_bytes(full_report())
    met = [str(mark.get(f"{W}id")) for mark in body_of(document).iter(f"{W}commentReference")]
    written = [str(note.get(f"{W}id")) for note in take_apart(document).trees[COMMENTS]]
    assert sorted(met, key=int) == written
    assert len(written) == sum(len(one.notes) for one in quotations_of(full_report()))


@pytest.mark.parametrize(
    ("audience", "options"),
    [(Audience.PUBLICATION, DocumentOptions()), (Audience.TEAM, DocumentOptions(memos=False))],
)
def test_a_publication_and_a_document_without_memos_hold_no_word_of_them(
    audience: Audience, options: DocumentOptions
) -> None:
    report = replace(full_report(), audience=audience, facts=())
    assert any(one.notes for one in quotations_of(report))
    report = each_quotation(report, lambda one: replace(one, coder="Zebedee Coderson"))
    with zipfile.ZipFile(BytesIO(docx_bytes(report, options))) as archive:
        assert not any("comment" in name for name in archive.namelist())
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for memo in MEMOS:
        assert memo.coder not in everything
        assert memo.body.split("\n")[0] not in everything
    assert "Zebedee" not in everything
    assert "Comment in the margin" not in everything


def test_without_memos_there_is_no_part_for_them() -> None:
    assert COMMENTS not in take_apart(docx_bytes(report_of(["Yes."]))).members


@given(st.text(st.characters()), st.text(st.characters()))
@settings(max_examples=30, deadline=None)
def test_any_words_may_stand_in_a_memo(coder: str, body: str) -> None:
    memo = QuotedMemo("note", coder, "2024-06-13T16:02:11Z", body)
    report = each_quotation(report_of(["Yes."]), lambda one: replace(one, notes=(memo,)))
    faults = lint(docx_bytes(report))
    assert faults == [] or not coder.strip()

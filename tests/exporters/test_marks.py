"""What the team put on a passage stands in every document for the team: its star, its memos."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters.evidences import book_of
from exporters.full_reports import MEMOS, each_quotation, full_report

from qualcode.exporters import write_book, write_matrix
from qualcode.model.consent import Audience
from qualcode.model.document import DocumentOptions
from qualcode.services.consent.read_back.files import said

if TYPE_CHECKING:
    from qualcode.model.book import QuotationBook
    from qualcode.model.matrix import MatrixReport, Quotation

WITHOUT_CONTEXT = DocumentOptions(context=False)


def marked(*, starred: bool) -> MatrixReport:
    """A report in which the team wrote a memo on the seventh passage alone, and starred it."""

    def mark(quote: Quotation) -> Quotation:
        mine = quote.number == 7
        return replace(quote, starred=starred and mine, notes=MEMOS[:1] if mine else ())

    return each_quotation(full_report(interviews=6, quotations=20), mark)


def book(*, starred: bool) -> QuotationBook:
    return book_of(marked(starred=starred))


def words_of(written: BytesIO, format_: str) -> str:
    return "\n".join(chunk for _, chunk in said(written.getvalue(), format_))


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
def test_an_asterisk_stands_beside_a_starred_passage_of_a_book(format_: str) -> None:
    plain, starred = BytesIO(), BytesIO()
    write_book(book(starred=False), plain, format=format_)
    write_book(book(starred=True), starred, format=format_)

    # In Markdown the asterisk is escaped.
    assert "Q007*" not in words_of(plain, format_)
    held = starred.getvalue().decode() if format_ == "md" else words_of(starred, format_)
    assert held.count("Q007*" if format_ != "md" else "Q007\\*") == 1
    assert "Q008*" not in words_of(starred, format_)


@pytest.mark.parametrize("show", ["quotes", "summary"])
@pytest.mark.parametrize("format_", ["docx", "html"])
def test_memos_stand_in_a_document_without_context_too(format_: str, show: str) -> None:
    report = replace(marked(starred=False), show=show)
    for options in (WITHOUT_CONTEXT, DocumentOptions()):
        out = BytesIO()
        write_matrix(report, out, format=format_, options=options)
        assert words_of(out, format_).count(MEMOS[0].body) == 1


@pytest.mark.parametrize("format_", ["docx", "html"])
def test_no_document_for_others_holds_a_memo(format_: str) -> None:
    report = replace(marked(starred=False), audience=Audience.PUBLICATION)
    for options in (WITHOUT_CONTEXT, DocumentOptions()):
        out = BytesIO()
        write_matrix(report, out, format=format_, options=options)
        assert MEMOS[0].body not in words_of(out, format_)


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
def test_no_book_for_others_holds_a_memo(format_: str) -> None:
    out = BytesIO()
    public = replace(book(starred=False), audience=Audience.PUBLICATION)
    write_book(public, out, format=format_)
    assert MEMOS[0].body not in words_of(out, format_)

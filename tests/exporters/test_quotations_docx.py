"""The quotation book in Word: all that was said under each code, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from exporters.evidences import book_of, small_book
from exporters.full_reports import full_report
from exporters.lint import W, lint, take_apart
from exporters.reading import body_of, paragraphs_of

from qualcode.exporters import write_book
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.document import PLAIN, DocumentOptions, Notes
from qualcode.model.matrix import Quotation


def full_book(*, audience: Audience = Audience.TEAM) -> QuotationBook:
    report = full_report()
    return replace(
        book_of(report),
        register=report.register,
        provenance=report.provenance,
        audience=audience,
    )


def quotations_of_book(book: QuotationBook) -> list[Quotation]:
    return [q for theme in book.themes for code in theme.codes for q in code.quotations]


def written(book: QuotationBook, options: DocumentOptions = PLAIN) -> bytes:
    out = BytesIO()
    write_book(book, out, format="docx", options=options)
    return out.getvalue()


@pytest.mark.parametrize("notes", Notes)
@pytest.mark.parametrize("context", [True, False])
@pytest.mark.parametrize("audience", Audience)
def test_a_book_is_valid_however_it_is_laid_out(
    notes: Notes, context: bool, audience: Audience
) -> None:
    options = DocumentOptions(notes=notes, context=context)
    assert lint(written(full_book(audience=audience), options)) == []


def test_themes_and_codes_are_headings_and_all_quotations_stand_below_them() -> None:
    book = full_book()
    body = body_of(written(book))
    ends = ["Interviews", "How this document was made"]
    assert paragraphs_of(body, "Heading1") == [*(theme.name for theme in book.themes), *ends]
    assert paragraphs_of(body, "TOC1") == paragraphs_of(body, "Heading1")
    codes = [code.name for theme in book.themes for code in theme.codes]
    assert [one for one in paragraphs_of(body, "Heading2") if one in codes] == codes
    words = [f"“{quotation.text}”" for quotation in quotations_of_book(book)]
    assert len(words) > 20
    assert paragraphs_of(body, "QCVerbatim") == words


def test_each_quotation_has_a_note_of_its_own_in_their_order() -> None:
    book = full_book()
    members = take_apart(written(book)).members
    body = body_of(written(book))
    numbers = [int(one.get(f"{W}id", "")) for one in body.iter(f"{W}footnoteReference")]
    assert numbers == list(range(1, len(quotations_of_book(book)) + 1))
    words = members["word/footnotes.xml"].decode().replace("\u00a0", " ")
    sources = [words.find(f"{q.attribution}, transcript") for q in quotations_of_book(book)]
    assert -1 not in sources


def test_the_words_around_quotations_are_there_only_if_wanted() -> None:
    book = full_book()
    assert any(quotation.before for quotation in quotations_of_book(book))
    assert paragraphs_of(body_of(written(book)), "QCContext")
    bare = body_of(written(book, DocumentOptions(context=False)))
    assert paragraphs_of(bare, "QCContext") == []


def test_memos_are_comments_for_the_team_alone() -> None:
    book = full_book()
    assert any(quotation.notes for quotation in quotations_of_book(book))
    assert "word/comments.xml" in take_apart(written(book)).members
    published = written(full_book(audience=Audience.PUBLICATION))
    assert "word/comments.xml" not in take_apart(published).members
    assert (
        "word/comments.xml" not in take_apart(written(book, DocumentOptions(memos=False))).members
    )


def test_the_note_of_a_quotation_stands_before_the_end_of_its_memo() -> None:
    body = body_of(written(full_book()))
    ends = [*body.iter(f"{W}commentRangeEnd")]
    assert ends
    for end in ends:
        before = list(end.itersiblings(preceding=True))
        behind = list(end.itersiblings())
        assert any(one.find(f"{W}footnoteReference") is not None for one in before)
        assert not any(one.find(f"{W}footnoteReference") is not None for one in behind)


def test_a_book_without_quotations_says_so() -> None:
    body = body_of(written(replace(small_book(["Yes."]), themes=())))
    assert "There is no quotation in this book." in paragraphs_of(body, "QCBody")


def test_the_same_book_gives_the_same_bytes() -> None:
    assert written(full_book()) == written(full_book())

"""The quotation book holds what the matrix holds, code by code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from services.fair import new_fair, noted
from services.study import tick

from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation
from qualcode.services.charts import booking, charting
from qualcode.store.store import Store


def quotations(book: QuotationBook) -> list[Quotation]:
    return [quote for theme in book.themes for code in theme.codes for quote in code.quotations]


def test_a_book_holds_exactly_the_quotations_of_the_matrix(example: Store) -> None:
    report = charting.build_matrix(example, columns="codes", at=tick())
    shown = Counter(
        (quote.coding, quote.text)
        for row in report.matrix.cells
        for cell in row
        for quote in cell.quotes
    )
    booked = booking.build_book(example, at=tick())
    assert shown.total() > 100
    assert Counter((quote.coding, quote.text) for quote in quotations(booked.book)) == shown
    assert booked.withheld > 0


def test_themes_and_codes_stand_in_book_order_and_only_where_something_is(example: Store) -> None:
    book = booking.build_book(example, ["funding"], at=tick()).book
    assert [theme.key for theme in book.themes] == ["funding"]
    keys = [code.key for code in book.themes[0].codes]
    assert keys == sorted(keys, key=[code.key for code in book.themes[0].codes].index)
    assert all(code.quotations for code in book.themes[0].codes)
    assert keys[0] == "funding/grant-aid"


def test_a_joined_passage_is_followed_by_what_follows_its_last_word(example: Store) -> None:
    book = booking.build_book(example, context=8, at=tick()).book
    joined = [quote for quote in quotations(book) if ", " in quote.coder]
    assert len(joined) > 5
    assert not any(quote.after and quote.text.endswith(quote.after) for quote in joined)


def test_in_the_words_around_a_quotation_a_dash_begins_another_turn(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        book = booking.build_book(fair, ["grant-aid"], context=12, at=tick()).book
    (first, *_) = quotations(book)
    assert first.before == "Who pays for the tent? —"
    assert first.after.endswith("together. — And")


def test_a_publication_says_nothing_of_the_team(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        noted(fair)
        team = quotations(booking.build_book(fair, at=tick()).book)
        book = booking.build_book(fair, audience=Audience.PUBLICATION, at=tick()).book
    shown = quotations(book)
    assert any(quote.memo for quote in team)
    assert not any(quote.memo or quote.notes for quote in shown)
    assert [quote.text for quote in shown] == [quote.text for quote in team]
    names = {quote.coder for quote in team}
    assert {quote.coder for quote in shown} == {"coder 1", "coder 2"}
    assert not any(name in quote.coding for quote in shown for name in names)
    assert len({quote.coding for quote in shown}) == len(shown)


def test_only_codings_that_are_asked_for_are_in_it(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        first = quotations(booking.build_book(fair, at=tick()).book)[0]
        book = booking.build_book(fair, only=[first.coding], at=tick()).book
    assert [quote.coding for quote in quotations(book)] == [first.coding]


def test_the_register_names_everyone_but_the_withheld_with_what_is_theirs(tmp_path: Path) -> None:
    with new_fair(tmp_path / "fair") as fair:
        book = booking.build_book(fair, at=tick()).book
    assert [line.case for line in book.register] == ["P01", "P03"]
    assert [line.agreed for line in book.register] == ["by role", "named"]
    numbers = {quote.number for quote in quotations(book)}
    assert sum(line.quotations for line in book.register) == len(numbers) < len(quotations(book))


def test_a_study_without_codings_is_a_book_without_themes(store: Store) -> None:
    book = booking.build_book(store, at=tick()).book
    assert (book.themes, book.register) == ((), ())

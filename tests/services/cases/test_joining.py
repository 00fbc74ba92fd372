"""Passages joined where they overlap, and numbered by their places."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.passages import WORDS, coded_passage
from services.study import BY, tick

from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation, QuotedMemo
from qualcode.services.cases.joining import join_overlapping, number_by_place
from qualcode.services.charts import charting
from qualcode.services.consent.names.of_coders import is_numbered
from qualcode.store.store import Store

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(["amina", "tomasz"])),
    max_size=12,
)


@given(SPANS)
def test_joined_passages_cover_the_same_words_and_overlap_nowhere(
    spans: list[tuple[int, int, str]],
) -> None:
    codings = sorted({(start, start + length, coder) for start, length, coder in spans})
    joined = join_overlapping([coded_passage(*one) for one in codings])

    covered = {n for start, end, _ in codings for n in range(start, end)}
    shown = [(q.start, q.end) for q, _ in joined]
    assert {n for start, end in shown for n in range(start, end)} == covered
    assert all(a[1] <= b[0] for a, b in pairwise(shown))
    assert all(q.text == WORDS[q.start : q.end] for q, _ in joined)
    assert {c for q, _ in joined for c in q.coded_by} == {c for *_, c in codings}


def test_a_name_with_a_comma_in_it_is_one_coders() -> None:
    found = [coded_passage(0, 8, "Zed"), coded_passage(4, 12, "Okafor, Amina")]
    joined = join_overlapping(found)[0][0]

    assert joined.coded_by == ("Okafor, Amina", "Zed")
    assert joined.coder == "Okafor, Amina, Zed"
    assert is_numbered([joined], {"okafor, amina": "Zed"})
    assert not is_numbered([joined], {"amina": "Amina"})


def test_what_was_noted_on_either_is_noted_on_both() -> None:
    one, two = QuotedMemo("note", "amina", "2024-07-01", "One."), QuotedMemo("note", "zoe", "", "2")
    first, passage = coded_passage(0, 8, "amina")
    second, whole = coded_passage(4, 12, "zoe")
    found = [
        (replace(first, notes=(one,), memo="One."), passage),
        (replace(second, notes=(one, two), memo="One.\n2", doubt=True), whole),
    ]
    joined = join_overlapping(found)[0][0]

    assert joined.notes == (one, two)
    assert (joined.coder, joined.doubt) == ("amina, zoe", True)


@given(SPANS)
def test_a_place_has_one_number_and_numbers_follow_the_places(
    spans: list[tuple[int, int, str]],
) -> None:
    found = [
        (replace(quote, code=f"funding/{coder}"), passage)
        for start, length, coder in spans
        for quote, passage in [coded_passage(start, start + length, coder)]
    ]
    numbered = number_by_place(found)

    assert [replace(quote, number=0) for quote, _ in numbered] == [quote for quote, _ in found]
    places = {(quote.start, quote.end): quote.number for quote, _ in numbered}
    assert all(places[quote.start, quote.end] == quote.number for quote, _ in numbered)
    assert [places[place] for place in sorted(places)] == list(range(1, len(places) + 1))


def numbers(store: Store, **options: object) -> dict[str, int]:
    """The numbers in a report, by place and code."""
    report = charting.build_matrix(store, at=tick(), **options)  # type: ignore[arg-type]
    return {
        f"{quote.locator} {quote.code} {quote.start}": quote.number
        for section in report.sections
        for row in section.matrix.cells
        for cell in row
        for quote in cell.quotes
    }


def test_a_passage_under_two_codes_has_one_number_in_a_report(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        tag(store, "P01", "trading", "g1: A grant came.")
        found = numbers(store)

    assert {place.rpartition(" ")[0]: number for place, number in found.items()} == {
        "P01 ¶2 funding/grant-aid": 1,
        "P01 ¶2 funding/trading": 1,
        "P01 ¶4 cohesion/bonding": 2,
        "P02 ¶2 funding/grant-aid": 3,
    }


def test_a_number_stays_where_fewer_quotations_are_shown(example: Store) -> None:
    every, few = numbers(example), numbers(example, max_quotes=1)

    assert few
    assert len(few) < len(every)
    assert few.items() <= every.items()


def test_a_quotation_says_which_version_it_is_of_and_who_noted_what(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "g")) as store:
        tag(store, "P01", "bonding", "A grant", memo="Whose grant?")
        quote = quote_of(store)
        stored = charting.build_matrix(store, at=tick(), audience=Audience.PUBLICATION)

    assert quote.coding.startswith(f"{quote.version}:")
    assert [(note.coder, note.body) for note in quote.notes] == [(BY, "Whose grant?")]
    assert "Whose grant?" not in str(stored)
    assert f"'{BY}'" not in str(stored)


def quote_of(store: Store) -> Quotation:
    """The one quotation with a memo."""
    report = charting.build_matrix(store, at=tick())
    quotes = (quote for row in report.matrix.cells for cell in row for quote in cell.quotes)
    return next(quote for quote in quotes if quote.notes)

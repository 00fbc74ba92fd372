"""Passages joined where they overlap, and numbered by their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.joint import SAID, joint_talk
from services.passages import WORDS, coded_passage
from services.study import BY, tick

from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation, QuotedMemo
from qualcode.services.cases.joining import Found, join_overlapping, number_by_place
from qualcode.services.charts import charting, evidencing, splitting
from qualcode.services.consent.names.of_coders import is_numbered
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.passages import Passage
from qualcode.store.store import Store

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(["amina", "tomasz"])),
    max_size=12,
)


def attributed(passage: Passage) -> str:
    """As if each stretch of words was cited otherwise."""
    return f"{passage.start} to {passage.end}"


@given(SPANS)
def test_joined_passages_cover_the_same_words_and_overlap_nowhere(
    spans: list[tuple[int, int, str]],
) -> None:
    codings = sorted({(start, start + length, coder) for start, length, coder in spans})
    found = [coded_passage(*one) for one in codings]
    joined = join_overlapping(found, attributed)

    covered = {n for start, end, _ in codings for n in range(start, end)}
    shown = [(q.start, q.end) for q, _ in joined]
    assert {n for start, end in shown for n in range(start, end)} == covered
    assert all(a[1] <= b[0] for a, b in pairwise(shown))
    assert all(q.text == WORDS[q.start : q.end] for q, _ in joined)
    assert all((q.start, q.end) == (passage.start, passage.end) for q, passage in joined)
    as_coded = {(q.start, q.end): q.attribution for q, _ in found}
    cited = [
        (q.attribution, attributed(whole), as_coded.get((q.start, q.end))) for q, whole in joined
    ]
    assert all(said in (whole, alone) for said, whole, alone in cited)
    assert {c for q, _ in joined for c in q.coded_by} == {c for *_, c in codings}


def test_a_name_with_a_comma_in_it_is_one_coders() -> None:
    found = [coded_passage(0, 8, "Zed"), coded_passage(4, 12, "Okafor, Amina")]
    joined = join_overlapping(found, attributed)[0][0]

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
    joined = join_overlapping(found, attributed)[0][0]

    assert joined.notes == (one, two)
    assert (joined.coder, joined.doubt) == ("amina, zoe", True)


# -- where several people speak ------------------------------------------------------------------


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with joint_talk(tmp_path_factory.mktemp("joint")) as store:
        yield store


def speaking(text: PlacedText, start: int, end: int) -> list[str]:
    """Who speaks between two places, by label."""
    return [turn.speaker or "" for turn in text.turns if turn.start < end and start < turn.end]


@pytest.fixture(scope="module")
def listed(joint: Store) -> tuple[Corpus, list[Found]]:
    """The codings as they are listed, each by itself."""
    with joint.reading() as session:
        corpus = Corpus(session)
        return corpus, quotations(session, corpus)


@given(chosen=st.lists(st.booleans(), min_size=32, max_size=32))
def test_a_joined_passage_is_cited_as_all_who_speak_in_it_and_each_has_their_own(
    listed: tuple[Corpus, list[Found]], chosen: list[bool]
) -> None:
    corpus, every = listed
    found = [one for one, is_chosen in zip(every, chosen, strict=True) if is_chosen]
    text = every[0][1].text
    joined = join_overlapping(found, corpus.attribution)

    for quote, _ in joined:
        cited = [SAID[label] for label in speaking(text, quote.start, quote.end) if SAID[label]]
        assert quote.attribution == ("; ".join(dict.fromkeys(cited)) or "Interviewer")
        labels = speaking(text, quote.start, quote.end)
        begins_with_a_question = not SAID[labels[0]]
        assert quote.text.count(":] ") == len(labels) - 1 + (
            len(labels) > 1 and begins_with_a_question
        )
    assert {quote.participant for quote, _ in joined} == {quote.participant for quote, _ in found}
    for person in {quote.participant for quote, _ in found}:
        theirs = [one for one in found if one[0].participant == person]
        assert join_overlapping(theirs, corpus.attribution) == [
            one for one in joined if one[0].participant == person
        ]


def test_who_has_a_coding_has_a_cell_a_line_and_a_part(
    joint: Store, listed: tuple[Corpus, list[Found]]
) -> None:
    _, found = listed
    build = partial(charting.build_matrix, joint, at=tick())
    report = build()
    evidence = evidencing.build_evidence(joint, at=tick()).evidence
    parts = splitting.split(joint, build, Path("m.docx"), by="place").parts

    people = {quote.participant or "J1 (several)" for quote, _ in found}
    assert people == {"P01", "P02", "J1 (several)"}
    rows = zip(report.matrix.rows, report.matrix.cells, strict=True)
    assert {row.key for row, cells in rows if any(cell.count for cell in cells)} == people
    assert {line.case for line in report.register if line.quotations} == people
    whole = {(quote.number, quote.text, quote.attribution) for quote in report.quotations}
    in_parts = [quote for part, _ in parts for quote in part.quotations]
    assert {(quote.number, quote.text, quote.attribution) for quote in in_parts} == whole
    inside = {(one.number, one.participant): one for one in report.quotations}
    for one in evidence.quotations:
        passage = inside[one.number, one.participant]
        assert passage.start <= one.start < one.end <= passage.end


# -- numbers -------------------------------------------------------------------------------------


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

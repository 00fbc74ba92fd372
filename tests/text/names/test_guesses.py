"""Misspelt names, and names that nobody knows yet."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from text.terms import SARAH, of_person

from qualcode.text.names.guesses import unknown_names, variants, vocabulary
from qualcode.text.names.identifiers import patterns


@given(st.text())
def test_no_writing_stops_the_guesses(text: str) -> None:
    spans = unknown_names(text)
    assert spans == sorted(spans)
    assert all(text[span.start : span.end] for span in spans)
    points = [one.span for one in patterns(text)]
    assert all(a.end <= b.start for a, b in pairwise(points))
    variants(SARAH, vocabulary([text]))


def test_a_variant_is_one_letter_away_and_never_in_small_letters() -> None:
    text = "Sara came, and Sarahs; Jonse, Jnoes, Jones. Sarha did. The sarahs of Somes, Jons!"
    found = variants(SARAH, vocabulary([text]))
    assert {form: near[0].words for form, near in found.items()} == {
        "Jnoes": "Jones",
        "Jonse": "Jones",
        "Jons": "Jones",
        "Sara": "Sarah",
        "Sarha": "Sarah",
    }


def test_a_month_or_a_short_name_has_no_variants() -> None:
    terms = of_person("Ann Marsh", "[P01]")
    assert variants(terms, vocabulary(["In March Anna met Ana"])) == {}


def test_names_that_nobody_knows_are_capitals_inside_sentences() -> None:
    text = (
        "So Ama Boateng came with Mr Kofi to Loom House. Then we saw Yaw. “Yaw” said so.\n"
        "Hall days. In the hall I met the Hall man, Monday."
    )
    assert [text[span.start : span.end] for span in unknown_names(text)] == [
        "Ama Boateng",
        "Kofi",
        "Loom House",
        "Yaw",
    ]


def test_a_vocabulary_counts_words_as_they_are_written() -> None:
    counts = vocabulary(["Sarah’s hall. SARAH", "Zoë, Sarah"])
    assert counts == {"Sarah": 2, "s": 1, "hall": 1, "SARAH": 1, "Zoë": 1}


def test_a_common_word_is_no_name_misspelt() -> None:
    terms = of_person("Theo Quint", "[P01]")
    text = "They came. Then Thes, The other, Teo"
    assert set(variants(terms, vocabulary([text]))) == {"Thes", "Teo"}

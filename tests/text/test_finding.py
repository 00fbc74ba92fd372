"""Quoted words are found where they stand, as they are or nearly, or said not to be there."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from text.samples import NASTY_STRINGS, texts, texts_with_spans, words_of

from qualcode.model.spans import Span
from qualcode.text.finding import (
    LONG_CHARACTERS,
    SHORT_THRESHOLD,
    THRESHOLD,
    Finding,
    find_quote,
)

TEXT = (
    "And who did you take the sheet to?\n\n"
    "The council first. They said: “bring us a business case” – which, you know, we’re a café, "
    "a nurse and a retired welder. We didn’t have a business case. We had a clicker. [laughs]\n\n"
    "Right. So what happened next?"
)


def found(words: str, text: str = TEXT, *, threshold: float | None = None) -> list[str]:
    places = find_quote(words, text, threshold=threshold).places
    return words_of(text, [place.span for place in places])


def interview(seed: int, turns: int) -> tuple[random.Random, str]:
    """An interview of invented words, as long as real ones."""
    chance = random.Random(seed)
    syllables = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) for _ in range(3000)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=chance.randint(3, 20))).capitalize() + "."

    said = (" ".join(sentence() for _ in range(chance.randint(1, 6))) for _ in range(turns))
    return chance, "\n\n".join(said)


@given(texts_with_spans())
def test_words_that_stand_there_are_found_exactly_and_at_every_place(
    made: tuple[str, Span],
) -> None:
    text, span = made
    words = text[span.start : span.end].strip()
    assume(re.search(r"\w", words))
    finding = find_quote(words, text)
    assert finding.places
    assert all(place.exact and place.score == 100 for place in finding.places)
    assert set(words_of(text, [place.span for place in finding.places])) == {words}


@given(texts(), texts(), st.sampled_from((0.0, 50.0, 85.0, 100.0)))
@settings(deadline=None)
def test_every_place_is_in_the_text_and_as_good_as_was_asked(
    words: str, text: str, threshold: float
) -> None:
    finding = find_quote(words, text, threshold=threshold)
    nearest = [finding.nearest] if finding.nearest else []
    for place in (*finding.places, *nearest):
        assert 0 <= place.span.start < place.span.end <= len(text)
        assert 0 <= place.score <= 100
    assert all(place.score >= threshold for place in finding.places)
    assert all(place.score < threshold for place in nearest)
    starts = [place.span.start for place in finding.places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", NASTY_STRINGS)
def test_strings_that_break_programs_are_looked_for_and_looked_through(text: str) -> None:
    assert isinstance(find_quote(text, TEXT), Finding)
    assert isinstance(find_quote("a business plan", text), Finding)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Bring us a Business Case", "bring us a business case"),
        ("we're a cafe, a nurse", "we’re a café, a nurse"),
        ('case" - which, you know', "case” – which, you know"),
        ("sheet to? The council first", "sheet to?\n\nThe council first"),
        ('"We had a clicker."', "We had a clicker."),
        ("“who did you take the sheet to?”", "who did you take the sheet to?"),
    ],
)
def test_another_spelling_is_found_as_surely(words: str, place: str) -> None:
    (only,) = find_quote(words, TEXT).places
    assert words_of(TEXT, [only.span]) == [place]
    assert (only.score, only.exact) == (100, False)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("They said bring us the business case which, you know", None),
        ("who did you take that sheet too", "who did you take the sheet to"),
        ("a nurse, and retired welder", "a nurse and a retired welder"),
    ],
)
def test_words_that_were_changed_are_found_with_the_score(words: str, place: str | None) -> None:
    (only,) = find_quote(words, TEXT).places
    expected = place or "They said: “bring us a business case” – which, you know"
    assert words_of(TEXT, [only.span]) == [expected]
    assert THRESHOLD <= only.score < 100


def test_words_that_stand_there_twice_are_given_twice() -> None:
    assert found("a business case") == ["a business case"] * 2
    assert found("A Business Case") == ["a business case"] * 2


def test_whole_words_are_meant_where_there_are_whole_words() -> None:
    assert found("we", "we went where we were") == ["we", "we"]
    assert found("wher", "we went where we were") == ["wher"]


def test_what_is_not_there_is_refused_with_the_nearest_place() -> None:
    finding = find_quote("They said: bring me your very best bank account", TEXT)
    assert finding.places == ()
    assert finding.threshold == THRESHOLD
    assert finding.nearest is not None
    assert words_of(TEXT, [finding.nearest.span])[0].startswith("They said: “bring us")
    assert find_quote("Zebras crossed the ocean by tram in June", TEXT).nearest is None


def test_few_words_have_to_agree_better_than_many() -> None:
    finding = find_quote("had a flicker", TEXT)
    assert finding.threshold == SHORT_THRESHOLD
    assert finding.places == ()
    assert finding.nearest is not None
    assert found("had a flicker", threshold=80) == ["had a clicker"]


@pytest.mark.parametrize("ellipsis", ["…", "...", " [...] ", " […] ", " (...) "])
def test_an_ellipsis_stands_for_anything_between_the_parts(ellipsis: str) -> None:
    (place,) = found(f"a business case{ellipsis}retired welder")
    assert place.startswith("a business case” – which")
    assert place.endswith("a retired welder")
    assert found(f"retired welder{ellipsis}bring us") == []


def test_the_shortest_stretch_that_holds_the_parts_is_taken() -> None:
    text = "We came. We came late. We went home. They went home."
    assert found("We came … went home", text) == ["We came late. We went home"]


def test_an_ellipsis_at_an_end_says_nothing() -> None:
    assert found("… we had a clicker …") == ["We had a clicker"]


@pytest.mark.parametrize("words", ["", "  \n", "…", "?!", "“”"])
def test_without_a_word_there_is_nothing_to_find(words: str) -> None:
    assert find_quote(words, TEXT).places == ()
    assert find_quote(words, TEXT).nearest is None


def test_two_places_as_good_make_it_ambiguous() -> None:
    text = "We sold all the tea at the fair. Then rain. We sold all the tea at the fayr."
    assert len(found("We sold all that tea at the fa-r", text)) == 2
    assert len(found("We sold all that tea at the fair", text)) == 1


@pytest.mark.parametrize("length", [60, 150, 400, 900, 2500])
def test_quotations_from_memory_are_found_in_a_long_interview(length: int) -> None:
    chance, text = interview(length, turns=160)
    good = 0
    for _ in range(20):
        start = chance.randrange(len(text) - length)
        start = text.rindex(" ", 0, start + 1) + 1 if " " in text[: start + 1] else 0
        end = text.find(" ", start + length)
        words = text[start : end if end > 0 else len(text)].split()
        for at in sorted(chance.sample(range(len(words)), len(words) // 12), reverse=True):
            words[at : at + 1] = chance.choice(([], [words[at][::-1]], [words[at], words[at]]))
        best = max(find_quote(" ".join(words), text).places, key=lambda p: p.score, default=None)
        if best is not None:
            both = min(best.span.end, end) - max(best.span.start, start)
            either = max(best.span.end, end) - min(best.span.start, start)
            good += both / either >= 0.9
    assert good >= 18


def test_a_long_quotation_is_scored_as_a_whole() -> None:
    chance, text = interview(7, turns=60)
    start = text.index(". ", len(text) // 3) + 2
    quote = text[start : start + 3 * LONG_CHARACTERS]
    changed = quote[: len(quote) // 2] + " ".join(chance.choices(text.split(), k=40))
    changed += quote[len(quote) // 2 + 300 :]
    (place,) = find_quote(changed, text, threshold=60).places
    assert place.span.start == start
    assert place.score < 95


def test_text_that_repeats_itself_is_searched_to_an_end() -> None:
    assert find_quote("na " * 160 + "x", "na " * 20_000).places
    assert find_quote("na no " * 300 + "x", "na no " * 10_000) is not None
    assert find_quote(" … ".join(["na no"] * 300), "na no ne " * 5_000) is not None


def test_in_writing_without_blanks_other_blanks_and_width_are_no_other_words() -> None:
    text = "后来大家 一起写信给县里。没有人答应ＯＫ。"
    (place,) = find_quote("大家 一起写信", text).places
    assert (place.span, place.exact) == (Span(2, 9), True)
    (place,) = find_quote("没有人答应", text).places
    assert place.exact
    (place,) = find_quote("大家  一起写信", text).places
    assert (place.span, place.score) == (Span(2, 9), 100.0)

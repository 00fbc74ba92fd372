"""What counts as a word, and where words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.samples import texts

from qualcode.text.words import (
    WORD,
    count_words,
    first_words,
    is_inside_a_word,
    last_words,
    name_made_of,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("we don't, we don’t", ["we", "don't", "we", "don’t"]),
        ("a well-known O'Neil – he", ["a", "well-known", "O'Neil", "he"]),
        ("‘dogs’ 3.5", ["dogs", "3", "5"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("e\u0301t\u0301", ["e\u0301t\u0301"]),
        ("می‌خواهم", ["می‌خواهم"]),
        ("👨‍👩‍👧 came", ["came"]),
    ],
)
def test_a_word_holds_its_signs_and_what_joins_it(text: str, words: list[str]) -> None:
    assert WORD.findall(text) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n ", 0),
        ("one two\n\nthree", 3),
        ("one – two ... (3)", 3),
        ("… yes", 1),
        ("don't well-known", 2),
        ("很好。谢谢。 ok", 5),
        ("ありがとう", 5),
        ("ตลาด", 1),
        ("เมื่อก่อนหมู่บ้านเราไม่มีตลาด เราช่วยกัน", 9),
        ("Привет, как дела?", 3),
    ],
)
def test_words_are_counted_as_word_processors_count(text: str, count: int) -> None:
    assert count_words(text) == count


@given(texts())
def test_punctuation_alone_is_no_word(text: str) -> None:
    assert count_words(f"{text} – … !") == count_words(text)
    assert count_words(f"{text} word") == count_words(text) + 1


def test_a_name_made_of_words_is_cut_between_two_of_them() -> None:
    assert name_made_of("“You’ve got to\nlaugh, really.”") == "You’ve got to laugh, really"
    name = name_made_of("we all patched the rest together " * 5)
    assert name == "we all patched the rest together we all patched the rest"
    assert name_made_of("x" * 90) == "x" * 60


# -- writing without blanks -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("ab c", {1}),
        ("很好谢谢", set()),
        ("กี่คน", {1, 2}),  # two signs stand on the first letter
        ("abc公司", {1, 2}),
        ("हिन्दी", {1, 2, 3, 4, 5}),
        ("👍🏽", set()),
    ],
)
def test_only_places_between_letters_of_one_word_are_inside_it(text: str, inside: set[int]) -> None:
    assert {at for at in range(len(text) + 1) if is_inside_a_word(at, text)} == inside


def test_a_joiner_with_no_letter_before_it_begins_no_word() -> None:
    assert not is_inside_a_word(1, "\u200dwe")
    assert is_inside_a_word(2, "w\u200de")
    assert is_inside_a_word(1, "w\u200de")


def test_words_around_are_counted_and_letters_where_there_are_no_blanks() -> None:
    assert first_words("one two\nthree four", 3) == "one two three"
    assert last_words("one two\nthree four", 3) == "two three four"
    assert first_words("很" * 100, 3) == "很" * 12
    assert last_words("很" * 100, 3) == "很" * 12
    assert first_words("กี่" * 100, 1) == "กี่กี่"
    assert last_words("กี่" * 100, 1) == "กี่กี่"
    assert (first_words("", 3), last_words("", 3)) == ("", "")


@given(texts(), st.integers(1, 6))
def test_words_around_stand_in_the_text(text: str, count: int) -> None:
    line = " ".join(text.split())
    assert line.startswith(first_words(text, count))
    assert line.endswith(last_words(text, count))

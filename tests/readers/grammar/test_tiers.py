"""Annotations of several speakers become one conversation, and layers of speech do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.readers.grammar.tiers import (
    Annotation,
    Tier,
    file_name,
    find_second_layers,
    keep_words,
    merge_tiers,
    names_layer,
    names_speech,
    names_words,
    read_seconds,
)
from qualcode.readers.ground.ledger import Ledger


def tier(speaker: str, *said: tuple[str, int, int]) -> Tier:
    """A tier with words between two times."""
    return Tier(
        speaker,
        "",
        [Annotation(text, n, start, end, start) for n, (text, start, end) in enumerate(said, 1)],
    )


def codes(ledger: Ledger) -> list[str]:
    """The codes of what was warned of."""
    return [warning.code for warning in ledger.warnings()]


def test_words_stand_by_when_they_begin() -> None:
    anna = tier("A", ("one", 0, 10), ("three", 20, 30))
    tom = tier("T", ("two", 10, 20), ("four", 30, 40))
    units = merge_tiers([anna, tom], Ledger())
    assert [(unit.label, unit.words) for unit in units] == [
        ("A", "one"),
        ("T", "two"),
        ("A", "three"),
        ("T", "four"),
    ]


def test_overlaps_are_kept_as_they_are() -> None:
    units = merge_tiers([tier("A", ("long", 0, 90)), tier("T", ("in between", 20, 30))], Ledger())
    assert [(unit.start_ms, unit.end_ms) for unit in units] == [(0, 90), (20, 30)]


def test_of_two_at_once_the_upper_tier_comes_first() -> None:
    units = merge_tiers([tier("T", ("yes", 5, 6)), tier("A", ("no", 5, 6))], Ledger())
    assert [unit.label for unit in units] == ["T", "A"]


def test_annotations_without_words_are_counted_and_said() -> None:
    ledger = Ledger()
    units = merge_tiers([tier("A", ("", 0, 1), ("  \n", 1, 2), ("word", 2, 3))], ledger)
    assert [unit.words for unit in units] == ["word"]
    assert (ledger.units, len(ledger.set_aside)) == (3, 2)
    assert codes(ledger) == ["annotations-empty"]


@pytest.mark.parametrize(("empty", "said"), [(1, "an annotation of"), (3, "3 annotations of")])
def test_one_annotation_is_not_said_as_many(empty: int, said: str) -> None:
    ledger = Ledger()
    merge_tiers([tier("A", *[("", 0, 1)] * empty, ("word", 2, 3))], ledger)
    assert [warning.message.startswith(said) for warning in ledger.warnings()] == [True]


TALK = [(f"words {n}", n * 100, n * 100 + 90) for n in range(6)]


def test_a_tier_on_the_times_of_another_is_a_second_layer() -> None:
    halves = [(f"half {n}", n * 50, n * 50 + 40) for n in range(12)]
    ledger = Ledger()
    first, second = tier("Sentence", *TALK), tier("IU", *halves)
    assert find_second_layers([first, second], ledger) == [second]
    assert codes(ledger) == ["tier-repeats"]


def test_people_who_speak_in_turn_or_now_and_then_at_once_are_two() -> None:
    answers = [(f"answer {n}", n * 100 + 70, n * 100 + 110) for n in range(6)]
    ledger = Ledger()
    assert find_second_layers([tier("A", *TALK), tier("T", *answers)], ledger) == []
    assert find_second_layers([tier("A", *TALK), tier("T", ("mm", 0, 80))], ledger) == []
    assert codes(ledger) == []


def test_a_few_words_said_at_the_same_time_are_no_second_layer() -> None:
    assert find_second_layers([tier("A", *TALK[:3]), tier("T", *TALK[:3])], Ledger()) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" a  b ", "a  b"),
        ("a\n\n b\n", "a\nb"),
        ("a\r\nb", "a\nb"),
        ("\ufeffa\ufeff b", "a b"),
        ("a\u00a0b\u200d", "a\u00a0b\u200d"),
        ("e\u0301", "é"),
        (" \n ", ""),
    ],
)
def test_blanks_at_the_ends_of_lines_are_no_words(text: str, kept: str) -> None:
    ledger = Ledger()
    assert keep_words(text, ledger) == kept
    assert ledger.read == len(text) == ledger.kept + sum(ledger.dropped.values())
    assert len(kept) == ledger.kept + ledger.added


@given(st.text())
def test_every_character_of_an_annotation_is_kept_or_dropped(text: str) -> None:
    ledger = Ledger()
    words = keep_words(text, ledger, join=" ")
    assert ledger.read == len(text) == ledger.kept + sum(ledger.dropped.values())
    assert len(words) == ledger.kept + ledger.added
    assert words == words.strip()
    assert "\n" not in words


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1.602202475775698", 1602),
        ("0.0005", 0),
        ("12", 12_000),
        ("-0.82", -820),
        ("5.5e-05", 0),
        ("", None),
        (None, None),
        ("soon", None),
        ("nan", None),
        ("1e999", None),
        ("1e12", None),
    ],
)
def test_seconds_are_read_in_milliseconds(text: str | None, ms: int | None) -> None:
    assert read_seconds(text) == ms


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("file:///C:/Audio/tape%201.wav", "tape 1.wav"),
        ("./tape.wav", "tape.wav"),
        ("C:\\Audio\\tape.wav", "tape.wav"),
        ("", ""),
    ],
)
def test_a_recording_is_called_by_its_file_name(address: str, name: str) -> None:
    assert file_name(address) == name


def test_layers_are_told_by_the_words_in_their_names() -> None:
    assert all(map(names_layer, ("gloss", "W-Words", "Transcriber Notes", "ge@Anna", "ft", "MAU")))
    assert not any(map(names_layer, ("Anna", "GE", "MOT*", "Wordsworth", "Interviewer", "A1")))
    assert names_speech("utterance_type")
    assert names_words("Anna - words")
    assert not names_words("phones")

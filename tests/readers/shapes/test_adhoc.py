"""Lists that scripts and people make up: fields are known by what they are called."""

from __future__ import annotations

from typing import Any

import pytest
from readers.shapes.documents import heard, turns
from readers.sources import codes

SAID = [("Mara", "How so?", 500, 1_000), ("Tom", "Slowly.", 3_000, 3_500)]
ENTRIES = [
    {"speaker": "Mara", "text": "How so?", "start": 0.5, "end": 1},
    {"speaker": "Tom", "text": "Slowly.", "start": 3, "end": 3.5},
]


def renamed(*names: str) -> list[dict[str, Any]]:
    return [dict(zip(names, entry.values(), strict=True)) for entry in ENTRIES]


@pytest.mark.parametrize(
    "document",
    [
        ENTRIES,
        {"0": ENTRIES[0], "1": ENTRIES[1]},
        {"1": ENTRIES[1], "0": ENTRIES[0]},
        {"transcript": ENTRIES},
        {"anything": ENTRIES, "created": "today"},
        {"transcript": ENTRIES, "summary": [{"text": "They talked."}]},
        {"data": {"0": ENTRIES[0], "1": ENTRIES[1]}},
        renamed("name", "utterance", "startTime", "endTime"),
        renamed("Speaker", "Content", "Start Time", "End Time"),
        renamed("speaker_label", "transcript", "begin", "stop"),
        renamed("sprecher", "inhalt", "zeit", "ende"),
        [{**entry, "start": [entry["start"], entry["end"]]} for entry in ENTRIES],
        [{**entry, "start": f"00:00:0{entry['start']}"} for entry in ENTRIES],
        [{**entry, "start": f"{entry['start']}s"} for entry in ENTRIES],
    ],
)
def test_fields_are_known_by_their_names(document: Any) -> None:
    assert turns(document) == SAID


def test_an_end_follows_from_a_length() -> None:
    entries = [{"text": "one two", "start": 1.0, "duration": 2.5}]
    assert turns(entries) == [(None, "one two", 1_000, 3_500)]


def test_ten_and_more_numbered_objects_are_in_the_order_of_their_numbers() -> None:
    document = {key: {"text": f"turn {key}"} for key in sorted(str(at) for at in range(12))}
    assert list(document)[2] == "10"
    assert heard(document).transcript.text == " ".join(f"turn {at}" for at in range(12))


def test_whole_numbers_beyond_a_day_of_seconds_are_milliseconds() -> None:
    entries = [
        {"text": "so it was", "start": 500, "end": 900},
        {"text": "and is", "start": 90_000, "end": 91_000},
    ]
    assert turns(entries) == [(None, "so it was and is", 500, 91_000)]
    assert "times-guessed" in codes(heard(entries))


def test_a_field_that_ends_in_ms_counts_milliseconds() -> None:
    assert turns([{"text": "so it was", "startMs": 500}]) == [(None, "so it was", 500, None)]


def test_those_who_are_only_numbered_are_called_speakers() -> None:
    entries = [{"text": "a b", "speaker": 0}, {"text": "c d", "speaker": "1"}]
    assert [who for who, *_ in turns(entries)] == ["Speaker 0", "Speaker 1"]


def test_an_object_may_name_the_speaker() -> None:
    entries = [
        {"text": "a b", "speaker": {"id": 7, "name": "Mara"}},
        {"text": "c d", "speaker": {}},
    ]
    assert [who for who, *_ in turns(entries)] == ["Mara", None]


def test_a_list_of_single_words_is_put_together() -> None:
    words = [
        {"word": word, "speaker": speaker, "start": float(at), "end": at + 0.5}
        for at, (word, speaker) in enumerate([("How", "A"), ("so?", "A"), ("Slowly.", "B")])
    ]
    assert turns(words) == [("A", "How so?", 0, 1_500), ("B", "Slowly.", 2_000, 2_500)]


def test_words_may_stand_one_by_one_in_the_object_of_their_speaker() -> None:
    entries = [
        {
            "speaker": "Mara",
            "words": [
                {"text": "How", "data_start": 0.5, "data_end": 0.7},
                {"text": "so?", "data_start": 0.7, "data_end": 1.0},
            ],
        },
        {"speaker": "Tom", "start": 3.0, "words": ["Slowly,", "I think."]},
    ]
    assert turns(entries) == [
        ("Mara", "How so?", 500, 1_000),
        ("Tom", "Slowly, I think.", 3_000, None),
    ]


def test_words_of_a_script_without_blanks_stand_together() -> None:
    words = [
        {"word": word, "start": float(at)} for at, word in enumerate(["今日", "は", "OK", "です"])
    ]
    assert heard(words).transcript.text == "今日は OK です"


def test_a_second_list_with_words_is_not_passed_over_in_silence() -> None:
    document = {"transcript": ENTRIES, "summary": [{"text": "They talked."}]}
    assert codes(heard(document)) == ["list-left-out"]


def test_sentences_of_a_script_without_blanks_are_no_single_words() -> None:
    entries = [{"text": "今日はどうでしたか。", "start": at} for at in range(3)]
    assert len(heard(entries).transcript.marks) == 3


def test_facts_beside_the_list_are_offered() -> None:
    document = {
        "title": "Interview 7",
        "date": "2024-03-14",
        "interviewer": "Mara",
        "metadata": {"place": "Oakford", "title": "other"},
        "transcript": ENTRIES,
    }
    assert heard(document).transcript.facts == {
        "title": "Interview 7",
        "date": "2024-03-14",
        "interviewer": "Mara",
        "place": "Oakford",
    }


def test_a_short_list_in_milliseconds_is_told_by_how_much_is_said() -> None:
    entries = [
        {"speaker": "A", "text": "hello there and so on", "start": 0, "end": 4200},
        {"speaker": "B", "text": "yes of course we did that", "start": 4300, "end": 9000},
    ]
    assert [when for *_, when, _ in turns(entries)] == [0, 4_300]
    assert codes(heard(entries)) == ["times-guessed"]


def test_a_list_in_whole_seconds_stays_in_seconds_and_it_is_said() -> None:
    entries = [
        {"speaker": "A", "text": "hello there and so on", "start": 0, "end": 4},
        {"speaker": "B", "text": "yes of course we did that", "start": 4, "end": 9},
    ]
    assert turns(entries)[1][2:] == (4_000, 9_000)
    assert codes(heard(entries)) == ["times-guessed"]

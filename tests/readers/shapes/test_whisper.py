"""Whisper's segments and those of its kin."""

from __future__ import annotations

from typing import Any

import pytest
from readers.shapes.documents import heard, marks, turns
from readers.sources import LAYOUTS, check_account, codes, lines, read_file, said, times

from qualcode.readers.shapes.passages import LONGEST_PART_MS

SAID = (None, "So it began. Slowly.", 500, 3_500)
SEGMENTS: list[dict[str, Any]] = [
    {"id": 0, "start": 0.5, "end": 2.4, "text": " So it began."},
    {"id": 1, "start": 3.0, "end": 3.5, "text": " Slowly."},
]


@pytest.mark.parametrize(
    "document",
    [
        {"text": " So it began. Slowly.", "segments": SEGMENTS, "language": "en"},
        {"segments": SEGMENTS},
        [{**segment, "seek": 0, "tokens": [1, 2]} for segment in SEGMENTS],
        {
            "result": {"language": "en"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,500", "to": "00:00:02,400"},
                    "offsets": {"from": 500, "to": 2_400},
                    "text": " So it began.",
                },
                {"offsets": {"from": 3_000, "to": 3_500}, "text": " Slowly."},
            ],
        },
        {
            "text": " So it began. Slowly.",
            "chunks": [
                {"timestamp": [0.5, 2.4], "text": " So it began."},
                {"timestamp": [3.0, 3.5], "text": " Slowly."},
            ],
        },
    ],
    ids=["whisper", "segments alone", "faster-whisper", "whisper.cpp", "pipeline"],
)
def test_each_kind_of_segment_is_read(document: Any) -> None:
    assert turns(document) == [SAID]


def test_the_language_is_a_fact_and_the_producer_shows_in_the_fields() -> None:
    own = [{**segment, "avg_logprob": -0.2, "no_speech_prob": 0.1} for segment in SEGMENTS]
    transcript = heard({"segments": own, "language": "de"}).transcript
    assert (transcript.producer, transcript.facts) == ("Whisper", {"language": "de"})
    transcript = heard({"segments": SEGMENTS, "word_segments": []}).transcript
    assert (transcript.producer, transcript.facts) == ("WhisperX", {})
    cpp = {"transcription": [{"offsets": {"from": 0, "to": 1}, "text": "a"}], "result": {}}
    assert heard(cpp).transcript.producer == "whisper.cpp"


def test_the_interview_of_whisper_is_one_turn_of_nobody() -> None:
    reading = read_file(LAYOUTS / "int_a_whisper.json")
    ((speaker, words),) = said(reading)
    assert speaker is None
    assert words.startswith("Okay, we are recording.")
    assert words.endswith("Thanks, Mara.")
    assert times(reading) == [(0, 277_900)]
    assert len(reading.transcript.marks) == reading.report.units_read == 23
    assert codes(reading) == ["no-speakers"]
    check_account(reading)


def test_the_interview_of_whisperx_has_its_speakers() -> None:
    reading = read_file(LAYOUTS / "int_a_whisperx.json")
    spoken = said(reading)
    assert len(spoken) == 23
    assert [sum(who == f"SPEAKER_0{at}" for who, _ in spoken) for at in range(3)] == [11, 10, 2]
    assert spoken[0][1].startswith("Okay, we are recording.")
    assert spoken[-1] == ("SPEAKER_01", "Thanks, Mara.")
    assert (times(reading)[0][0], times(reading)[-1][1]) == (0, 277_900)
    check_account(reading)


def test_a_segment_without_a_speaker_has_that_of_its_words() -> None:
    # The sixth segment of the file names nobody, and its words do.
    spoken = said(read_file(LAYOUTS / "int_a_whisperx.json"))
    assert spoken[5] == ("SPEAKER_01", "Two hundred and twelve. I still have the sheet.")


def test_a_segment_of_whom_nothing_is_known_is_a_turn_of_nobody() -> None:
    segments = [
        {"start": 0, "end": 1, "text": " One.", "speaker": "A"},
        {"start": 1, "end": 2, "text": " Two."},
        {"start": 2, "end": 3, "text": " Three.", "speaker": "A"},
    ]
    reading = heard({"segments": segments})
    assert said(reading) == [("A", "One."), (None, "Two."), ("A", "Three.")]
    assert lines(reading, "segment-without-speaker") == [2]


def test_a_long_segment_is_parted_where_its_words_have_times() -> None:
    words = [f"w{at}." if at % 4 == 3 else f"w{at}" for at in range(40)]
    timed: list[dict[str, Any]] = [
        {"word": f" {word}", "start": at * 1.0} for at, word in enumerate(words)
    ]
    timed[12] = {"word": " w12"}  # a word without a time
    segment = {"start": 0.0, "end": 40.0, "text": f" {' '.join(words)}", "words": timed}
    assert LONGEST_PART_MS < 40_000
    reading = heard({"segments": [segment]})
    assert said(reading) == [(None, " ".join(words))]
    assert marks(reading) == [("w0", 0), ("w16", 16_000), ("w28", 28_000)]
    assert times(reading) == [(0, 40_000)]


def test_a_long_segment_without_an_end_of_a_sentence_is_parted_all_the_same() -> None:
    timed = [{"word": f" w{at}", "start": at * 1.0} for at in range(45)]
    text = " ".join(f"w{at}" for at in range(45))
    reading = heard({"segments": [{"start": 0.0, "end": 45.0, "text": text, "words": timed}]})
    assert marks(reading) == [("w0", 0), ("w20", 20_000), ("w40", 40_000)]


def test_words_that_are_not_in_the_text_part_nothing() -> None:
    timed = [{"word": "elsewhere", "start": at * 10.0} for at in range(9)]
    segment = {"start": 0.0, "end": 90.0, "text": "Here. And there.", "words": timed}
    assert marks(heard({"segments": [segment]})) == [("Here.", 0)]


def test_words_alone_are_put_together() -> None:
    words = [{"word": " I", "start": 1}, {"word": " don", "start": 2}, {"word": "'t.", "start": 3}]
    assert turns({"segments": [{"start": 1, "end": 3, "words": words}]}) == [
        (None, "I don't.", 1_000, None)
    ]


def test_text_without_segments_is_one_turn() -> None:
    assert turns({"text": " So it began.", "segments": []}) == [(None, "So it began.", None, None)]


def test_the_short_answer_of_the_interface_is_its_text() -> None:
    assert turns({"text": "So it began.", "usage": {"seconds": 3}}) == [
        (None, "So it began.", None, None)
    ]
    words = [
        {"word": word, "start": at * 15.0, "end": at * 15.0 + 1} for at, word in enumerate("abc")
    ]
    document = {"text": "a. b. c.", "words": words}
    assert turns(document) == [(None, "a. b. c.", 0, 31_000)]
    assert marks(heard(document)) == [("a.", 0), ("b.", 15_000), ("c.", 30_000)]


def test_what_the_engine_says_of_silence_stays_in_the_words() -> None:
    document = {
        "transcription": [
            {"offsets": {"from": 0, "to": 1}, "text": " [BLANK_AUDIO]"},
            {"offsets": {"from": 1, "to": 2}, "text": " (laughs) So."},
        ]
    }
    assert heard(document).transcript.text == "[BLANK_AUDIO] (laughs) So."

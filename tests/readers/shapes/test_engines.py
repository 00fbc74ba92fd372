"""Each other engine's document is read with its speakers, its times and its punctuation."""

from __future__ import annotations

from typing import Any

import pytest
from readers.shapes.documents import TALK, TALK_FROM_ONE, heard, marks, turns
from readers.sources import codes, said, times

DEEPGRAM_WORDS = [
    {"word": "how", "punctuated_word": "How", "start": 0.5, "end": 0.7, "speaker": 0},
    {"word": "did", "punctuated_word": "did", "start": 0.7, "end": 0.9, "speaker": 0},
    {"word": "it", "punctuated_word": "it", "start": 0.9, "end": 1.0, "speaker": 0},
    {"word": "come", "punctuated_word": "come?", "start": 1.0, "end": 1.4, "speaker": 0},
    {"word": "tell", "punctuated_word": "Tell", "start": 1.6, "end": 2.0, "speaker": 0},
    {"word": "me", "punctuated_word": "me.", "start": 2.0, "end": 2.4, "speaker": 0},
    {"word": "slowly", "punctuated_word": "Slowly.", "start": 3.0, "end": 3.5, "speaker": 1},
]
DEEPGRAM_PARAGRAPHS = [
    {
        "speaker": 0,
        "sentences": [
            {"text": "How did it come?", "start": 0.5, "end": 1.4},
            {"text": "Tell me.", "start": 1.6, "end": 2.4},
        ],
    },
    {"speaker": 1, "sentences": [{"text": "Slowly.", "start": 3.0, "end": 3.5}]},
]
DEEPGRAM_UTTERANCES = [
    {"transcript": "How did it come? Tell me.", "start": 0.5, "end": 2.4, "speaker": 0},
    {"transcript": "Slowly.", "start": 3.0, "end": 3.5, "speaker": 1},
]


@pytest.mark.parametrize(
    "more",
    [
        {"utterances": DEEPGRAM_UTTERANCES},
        {"alternative": {"paragraphs": {"paragraphs": DEEPGRAM_PARAGRAPHS}}},
        {},
    ],
    ids=["utterances", "paragraphs", "words"],
)
def test_deepgram_gives_utterances_paragraphs_or_words(more: dict[str, Any]) -> None:
    best = {"transcript": "…", "words": DEEPGRAM_WORDS, **more.pop("alternative", {})}
    channel = {"alternatives": [best], "detected_language": "en"}
    document = {"metadata": {"duration": 3.5}, "results": {"channels": [channel], **more}}
    assert turns(document) == TALK
    assert heard(document).transcript.facts == {"language": "en"}


def test_speechmatics_attaches_punctuation() -> None:
    def result(content: str, start: float, end: float, speaker: str) -> dict[str, Any]:
        more = {"type": "word"}
        if content in "?.":
            more = {"type": "punctuation", "attaches_to": "previous"}
        alternatives = [{"content": content, "speaker": speaker}]
        return {"start_time": start, "end_time": end, "alternatives": alternatives, **more}

    results = [
        result("How", 0.5, 0.7, "S1"),
        result("so", 0.7, 1.0, "S1"),
        result("?", 1.0, 1.0, "S1"),
        result("Slowly", 3.0, 3.5, "S2"),
        result(".", 3.5, 3.5, "S2"),
    ]
    metadata = {"transcription_config": {"language": "en"}}
    document = {"format": "2.9", "metadata": metadata, "results": results}
    assert turns(document) == [("S1", "How so?", 500, 1_000), ("S2", "Slowly.", 3_000, 3_500)]
    assert heard(document).transcript.facts == {"language": "en"}


def test_rev_brings_its_blanks_and_its_names() -> None:
    def text(value: str, start: float, end: float) -> dict[str, Any]:
        return {"type": "text", "value": value, "ts": start, "end_ts": end}

    blank, mark = {"type": "punct", "value": " "}, {"type": "punct", "value": "?"}
    first = [text("How", 0.5, 0.7), blank, text("so", 0.7, 1.0), mark]
    second = [{"type": "text", "value": "Slowly.", "timestamp": "00:00:03,000"}]
    monologues = [{"speaker": 0, "elements": first}, {"speaker": 1, "elements": second}]
    document = {"speakers": [{"id": 1, "name": "Ruth"}], "monologues": monologues}
    assert turns(document) == [
        ("Speaker 0", "How so?", 500, 1_000),
        ("Ruth", "Slowly.", 3_000, None),
    ]


KALDI_WORDS = [
    {"word": "how", "punct": "How", "start": 0.5, "end": 0.7},
    {"word": "so", "punct": "so?", "start": 0.7, "end": 1.0},
    {"word": "slowly", "punct": "Slowly.", "start": 3.0, "end": 3.5},
]


def test_the_speakers_of_kaldi_are_joined_by_time() -> None:
    segments = [
        {
            "@type": "Segment",
            "start": 0.0,
            "duration": 2.1,
            "speaker": {"@id": "S0", "gender": "F"},
        },
        {
            "@type": "Segment",
            "start": 2.9,
            "duration": 2.1,
            "speaker": {"@id": "S1", "gender": "M"},
        },
    ]
    retval = {"status": True, "words": KALDI_WORDS, "segmentation": {"segments": segments}}
    assert turns({"retval": retval}) == [
        ("S0", "How so?", 500, 1_000),
        ("S1", "Slowly.", 3_000, 3_500),
    ]
    del retval["segmentation"]
    assert turns({"retval": retval}) == [(None, "How so? Slowly.", 500, 3_500)]


def test_vosk_writes_one_object_an_utterance() -> None:
    utterances = [
        {"result": [{"word": "how", "start": 0.5, "end": 0.7, "conf": 1}], "text": "how"},
        {"text": ""},
        {"result": [{"word": "slowly", "start": 3.0, "end": 3.5, "conf": 1}], "text": "slowly"},
    ]
    assert turns(utterances) == [(None, "how slowly", 500, 3_500)]
    assert turns(utterances[0]) == [(None, "how", 500, 700)]


def test_the_paragraphs_of_an_editor_are_joined_by_time() -> None:
    words = [
        {"id": at, "start": word["start"], "end": word["end"], "text": word["punct"]}
        for at, word in enumerate(KALDI_WORDS)
    ]
    paragraphs = [
        {"id": 0, "start": 0.5, "end": 0.9, "speaker": "Mara"},
        {"id": 1, "start": 3.0, "end": 3.5, "speaker": "Tom"},
    ]
    # The second word begins after the end of its paragraph's last word but one: it stays in it.
    assert turns({"words": words, "paragraphs": paragraphs}) == [
        ("Mara", "How so?", 500, 1_000),
        ("Tom", "Slowly.", 3_000, 3_500),
    ]


def test_parts_and_words_by_the_id_of_a_speaker() -> None:
    parts = [
        {"start_time": "0.5", "end_time": "1.0", "text": "How so?", "speaker_id": 1},
        {"start_time": "3.0", "end_time": "3.5", "text": "Slowly.", "speaker_id": 2},
    ]
    document = {"id": "cpb-aacip-1", "language": "en-US", "parts": parts}
    assert turns(document) == TALK_FROM_ONE
    assert heard(document).transcript.facts == {"language": "en-US"}
    words = [
        {"text": "How", "start": 0.5, "end": 0.7, "speaker_id": 1},
        {"text": "so?", "start": 0.7, "end": 1.0, "speaker_id": 1},
        {"text": "Slowly.", "start": 3.0, "end": 3.5, "speaker_id": 2},
    ]
    assert turns({"words": words}) == TALK_FROM_ONE


def test_assemblyai_counts_milliseconds() -> None:
    utterances = [
        {
            "speaker": speaker,
            "text": text,
            "start": start,
            "end": end,
            "confidence": 0.9,
            "words": [],
        }
        for speaker, text, start, end in [("A", *TALK[0][1:]), ("B", *TALK[1][1:])]
    ]
    document = {"id": "1", "language_code": "en_uk", "text": "…", "utterances": utterances}
    assert turns(document) == [("A", *TALK[0][1:]), ("B", *TALK[1][1:])]
    words = [
        {"text": "How", "start": 500, "end": 700, "speaker": None},
        {"text": "so?", "start": 700, "end": 1_000, "speaker": None},
    ]
    untold = {"id": "1", "audio_url": "…", "text": "…", "utterances": None, "words": words}
    assert turns(untold) == [(None, "How so?", 500, 1_000)]


def test_the_speakers_of_watson_stand_beside_its_words() -> None:
    first = {"transcript": "how so ", "timestamps": [["how", 0.5, 0.7], ["so", 0.7, 1.0]]}
    second = {"transcript": "slowly ", "timestamps": [["slowly", 3.0, 3.5]]}
    results = [{"alternatives": [first, {"transcript": "how slow "}]}, {"alternatives": [second]}]
    labels = [
        {"from": 0.5, "to": 0.7, "speaker": 0},
        {"from": 0.7, "to": 1.0, "speaker": 0},
        {"from": 3.0, "to": 3.5, "speaker": 1},
    ]
    document = {"results": results, "speaker_labels": labels, "result_index": 0}
    assert turns(document) == [
        ("Speaker 0", "how so", 500, 1_000),
        ("Speaker 1", "slowly", 3_000, 3_500),
    ]
    assert heard(document).transcript.producer == "IBM Watson"


@pytest.mark.parametrize("engine", ["deepgram", "azure"])
def test_channels_that_follow_one_another_are_put_in_the_order_of_time(engine: str) -> None:
    said = [("How so?", 0.5, 0), ("And then?", 5.0, 0), ("Slowly.", 3.0, 1)]
    document: dict[str, Any]
    if engine == "deepgram":
        channels = [
            {
                "words": [
                    {"word": f" {text}", "start": at} for text, at, own in said if own == channel
                ]
            }
            for channel in (0, 1)
        ]
        document = {"results": {"channels": [{"alternatives": [words]} for words in channels]}}
    else:
        phrases = [
            {"channel": own, "offset": f"PT{at}S", "nBest": [{"display": text}]}
            for text, at, own in said
        ]
        document = {"recognizedPhrases": phrases}
    assert [speaker for speaker, *_ in turns(document)] == ["Channel 0", "Channel 1", "Channel 0"]


def test_the_last_entry_of_podlove_has_no_end() -> None:
    entries = [
        {
            "start": "00:00:00.500",
            "start_ms": 500,
            "end": "00:00:01.000",
            "end_ms": 1_000,
            "speaker": "3",
            "voice": "Mara",
            "text": "How so?",
        },
        {"start": "00:00:03.000", "start_ms": 3_000, "speaker": "1", "voice": "Tom", "text": "So."},
    ]
    expected = [("Mara", "How so?", 500, 1_000), ("Tom", "So.", 3_000, None)]
    assert turns(entries) == expected
    assert turns({"transcripts": entries}) == expected


def test_the_segments_of_a_podcast_may_be_single_words() -> None:
    segments = [
        {"speaker": "Mara", "startTime": at, "endTime": at + 0.5, "body": f"word{at}."}
        for at in range(25)
    ]
    reading = heard({"version": "1.0.0", "segments": segments})
    assert said(reading) == [("Mara", " ".join(f"word{at}." for at in range(25)))]
    assert times(reading) == [(0, 24_500)]
    assert marks(reading) == [("word0.", 0), ("word10.", 10_000), ("word20.", 20_000)]
    assert codes(reading) == []

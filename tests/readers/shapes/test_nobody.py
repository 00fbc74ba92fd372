"""Words of which an engine does not say who spoke them, or when."""

from __future__ import annotations

from typing import Any

import pytest
from readers.shapes.documents import heard, turns
from readers.sources import codes, said


def _of_speechmatics(content: str, speaker: str, at: float) -> dict[str, Any]:
    guess = {"content": content, "speaker": speaker}
    times = {"start_time": at, "end_time": at + 0.4}
    return {"type": "word", **times, "alternatives": [guess]}


def _of_watson(speakers: dict[float, int]) -> dict[str, Any]:
    stamps = [["Hello", 0.0, 0.4], ["there", 0.5, 0.9], ["never", 1.0, 1.4], ["yes", 2.0, 2.4]]
    labels = [{"from": at, "to": at + 0.4, "speaker": who} for at, who in speakers.items()]
    results = [{"alternatives": [{"transcript": "all", "timestamps": stamps}]}]
    return {"results": results, "speaker_labels": labels}


def _of_google(word: str, at: int, tag: int) -> dict[str, Any]:
    return {"word": word, "startTime": f"{at}s", "endTime": f"{at + 1}s", "speakerTag": tag}


HEARD_BY_NOBODY = {
    "speechmatics": {
        "results": [
            _of_speechmatics("Hello", "S1", 0.0),
            _of_speechmatics("there", "S1", 0.5),
            _of_speechmatics("never", "UU", 1.0),
            _of_speechmatics("yes", "S2", 2.0),
        ]
    },
    "watson": _of_watson({0.0: 0, 0.5: 0, 2.0: 1}),
    "google": {
        "results": [
            {
                "alternatives": [
                    {
                        "words": [
                            _of_google("Hello", 0, 1),
                            _of_google("there", 1, 1),
                            _of_google("never", 2, 0),
                            _of_google("yes", 3, 2),
                        ]
                    }
                ]
            }
        ]
    },
    "a script": [
        {"word": word, "start": at + 0.5, **({"speaker": who} if who else {})}
        for at, (word, who) in enumerate(
            [("Hello", "A"), ("there", "A"), ("never", ""), ("yes", "B")]
        )
    ],
}


@pytest.mark.parametrize("engine", HEARD_BY_NOBODY)
def test_a_word_of_nobody_is_not_laid_into_the_mouth_of_whoever_spoke_before(engine: str) -> None:
    reading = heard(HEARD_BY_NOBODY[engine])
    speakers = [who for who, _ in said(reading)]
    assert [words for _, words in said(reading)] == ["Hello there", "never", "yes"]
    assert speakers[1] is None
    assert None not in (speakers[0], speakers[2])
    assert codes(reading) == ["segment-without-speaker"]


def test_where_nobody_was_told_apart_the_words_are_one_turn() -> None:
    words = [_of_speechmatics(word, "UU", at) for at, word in enumerate(["So", "it", "was"])]
    reading = heard({"results": words})
    assert said(reading) == [(None, "So it was")]
    assert codes(reading) == ["no-speakers"]


def test_a_long_segment_of_nobody_alone_is_no_other_voice() -> None:
    words = [{"word": f"so{at}.", "start": at, "end": at + 1} for at in range(30)]
    text = " ".join(f"so{at}." for at in range(30))
    reading = heard({"segments": [{"text": text, "start": 0, "end": 30, "words": words}]})
    assert len(reading.transcript.marks) > 1
    assert codes(reading) == ["no-speakers"]


def test_a_paragraph_without_a_start_blocks_no_other() -> None:
    words = [{"text": f"a{at}", "start": at, "end": at + 0.5} for at in range(30)]
    paragraphs = [
        {"start": 0, "end": 9, "speaker": "A"},
        {"end": 19, "speaker": "B"},
        {"start": 20, "end": 30, "speaker": "C"},
    ]
    document = {"words": words, "paragraphs": paragraphs}
    assert [(who, words.split()[0]) for who, words, *_ in turns(document)] == [
        ("A", "a0"),
        ("C", "a20"),
    ]
    assert codes(heard(document)) == ["paragraph-without-time"]


def test_one_word_with_a_blank_before_it_glues_no_others() -> None:
    said_so = ["Hello", " world", "how", "goes"]
    words = [{"text": word, "start_time": at, "speaker_id": "a"} for at, word in enumerate(said_so)]
    assert [words for _, words, *_ in turns({"words": words})] == ["Hello world how goes"]

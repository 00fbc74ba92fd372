"""Each engine's document is read with its speakers, its times and its punctuation."""

from __future__ import annotations

from typing import Any

import pytest
from readers.shapes.documents import heard, marks, turns
from readers.sources import codes, said, times

TALK = [
    ("Speaker 0", "How did it come? Tell me.", 500, 2_400),
    ("Speaker 1", "Slowly.", 3_000, 3_500),
]


def aws_item(content: str, start: str = "", end: str = "", **more: Any) -> dict[str, Any]:
    kind = "pronunciation" if start else "punctuation"
    times = {"start_time": start, "end_time": end} if start else {}
    return {"type": kind, "alternatives": [{"content": content}], **times, **more}


AWS_ITEMS = [
    aws_item("How", "0.5", "0.7"),
    aws_item("did", "0.7", "0.9"),
    aws_item("it", "0.9", "1.0"),
    aws_item("come", "1.0", "1.4"),
    aws_item("?"),
    aws_item("Tell", "1.6", "2.0"),
    aws_item("me", "2.0", "2.4"),
    aws_item("."),
    aws_item("Slowly", "3.0", "3.5"),
    aws_item("."),
]
AWS_LABELS = {
    "segments": [
        {
            "start_time": "0.5",
            "end_time": "2.4",
            "speaker_label": "spk_0",
            "items": [
                {"start_time": item["start_time"], "speaker_label": "spk_0"}
                for item in AWS_ITEMS[:7]
                if "start_time" in item
            ],
        },
        {
            "start_time": "3.0",
            "end_time": "3.5",
            "speaker_label": "spk_1",
            "items": [{"start_time": "3.0", "speaker_label": "spk_1"}],
        },
    ]
}
AWS_TALK = [("spk_0", *TALK[0][1:]), ("spk_1", *TALK[1][1:])]


def test_amazon_names_speakers_beside_the_items() -> None:
    results = {"transcripts": [], "items": AWS_ITEMS, "speaker_labels": AWS_LABELS}
    reading = heard({"jobName": "a", "results": {**results, "language_code": "en-GB"}})
    assert turns({"results": results}) == AWS_TALK
    assert reading.transcript.producer == "Amazon Transcribe"
    assert reading.transcript.facts == {"language": "en-GB"}
    # The blanks between the words are ours, not the file's.
    assert reading.report.characters_read == sum(
        len(item["alternatives"][0]["content"]) for item in AWS_ITEMS
    )


def test_amazon_names_speakers_in_the_items() -> None:
    items = [
        {**item, "speaker_label": "spk_0" if at < 8 else "spk_1"}
        for at, item in enumerate(AWS_ITEMS)
    ]
    assert turns({"results": {"items": items}}) == AWS_TALK


def test_amazon_names_channels() -> None:
    channels = [
        {"channel_label": "ch_0", "items": AWS_ITEMS[:8]},
        {"channel_label": "ch_1", "items": AWS_ITEMS[8:]},
    ]
    labels = {"channels": channels, "number_of_channels": 2}
    document = {"results": {"items": AWS_ITEMS, "channel_labels": labels}}
    assert [speaker for speaker, *_ in turns(document)] == ["ch_0", "ch_1"]


def test_the_passages_of_amazon_are_taken_where_it_has_them() -> None:
    segments = [
        {
            "transcript": "How did it come? Tell me.",
            "start_time": "0.5",
            "end_time": "2.4",
            "speaker_label": "spk_0",
            "items": [0, 1],
        },
        {
            "transcript": "Slowly.",
            "start_time": "3.0",
            "end_time": "3.5",
            "speaker_label": "spk_1",
            "items": None,
        },
    ]
    assert turns({"results": {"items": AWS_ITEMS, "audio_segments": segments}}) == AWS_TALK


def test_what_an_engine_did_not_choose_is_counted() -> None:
    items = [aws_item("So", "1.0", "1.2")]
    items[0]["alternatives"].append({"content": "Sow"})
    report = heard({"results": {"items": items}}).report
    assert dict(report.dropped) == {"other guesses of the engine": 3}
    assert report.characters_read == 5


def google_word(word: str, start: Any, end: Any, speaker: int | None = None) -> dict[str, Any]:
    tag = {} if speaker is None else {"speakerTag": speaker}
    return {"word": word, "startTime": start, "endTime": end, **tag}


GOOGLE_WORDS = [
    google_word("How", "0.500s", "0.700s", 1),
    google_word("so?", "0.700s", "1s", 1),
    google_word("Slowly.", "3s", "3.500s", 2),
]
GOOGLE_TALK = [("Speaker 1", "How so?", 500, 1_000), ("Speaker 2", "Slowly.", 3_000, 3_500)]


def test_google_repeats_all_words_with_their_speakers_and_they_are_read_once() -> None:
    untold = [{**word, "speakerTag": 0} for word in GOOGLE_WORDS]
    plain = [
        {"alternatives": [{"transcript": "How so?", "words": untold[:2]}]},
        {"alternatives": [{"transcript": " Slowly.", "words": untold[2:]}]},
    ]
    whole = {"alternatives": [{"words": GOOGLE_WORDS}]}
    results = {"results": [*plain, whole]}
    assert turns(results) == GOOGLE_TALK
    assert turns({"name": "1", "done": True, "response": results}) == GOOGLE_TALK


def test_google_writes_times_in_two_parts_and_leaves_zeros_out() -> None:
    words = [
        {"word": "How", "start_time": {}, "end_time": {"seconds": "1", "nanos": 200_000_000}},
        {
            "word": "so?",
            "start_time": {"seconds": 1, "nanos": 200_000_000},
            "end_time": {"seconds": 2},
        },
    ]
    assert turns({"results": [{"alternatives": [{"words": words}]}]}) == [
        (None, "How so?", 0, 2_000)
    ]


def test_the_second_version_of_google_counts_offsets() -> None:
    words = [
        {"word": "How", "endOffset": "0.7s", "speakerLabel": "1"},
        {"word": "so?", "startOffset": "0.7s", "endOffset": "1s", "speakerLabel": "1"},
    ]
    more = [{"word": "Slowly.", "startOffset": "3s", "endOffset": "3.5s", "speakerLabel": "2"}]
    results = [
        {"alternatives": [{"words": words}], "languageCode": "en-us", "resultEndOffset": "1s"},
        {"alternatives": [{"words": more}]},
    ]
    assert turns({"results": results}) == [
        ("Speaker 1", "How so?", 0, 1_000),
        ("Speaker 2", "Slowly.", 3_000, 3_500),
    ]
    assert heard({"results": results}).transcript.facts == {"language": "en-us"}


def test_google_without_words_gives_its_transcripts() -> None:
    results = [
        {
            "alternatives": [{"transcript": "How so?"}, {"transcript": "How slow?"}],
            "resultEndTime": "1s",
        },
        {"alternatives": [{"transcript": " Slowly."}]},
    ]
    reading = heard({"results": results})
    assert reading.transcript.text == "How so? Slowly."
    assert reading.report.dropped["other guesses of the engine"] == 9


AZURE = [
    {
        "recognitionStatus": "Success",
        "speaker": 0,
        "channel": 0,
        "offset": "PT0.5S",
        "duration": "PT1.9S",
        "offsetInTicks": 5_000_000.0,
        "durationInTicks": 19_000_000.0,
        "locale": "en-GB",
        "nBest": [
            {"lexical": "how did it come", "display": "How did it come? Tell me."},
            {"lexical": "how did he come", "display": "How did he come?"},
        ],
    },
    {
        "speaker": 1,
        "offset": "PT3S",
        "duration": "PT0.5S",
        "nBest": [{"lexical": "slowly", "display": "Slowly."}],
    },
]


def test_azure_counts_in_ticks_or_writes_durations() -> None:
    document = {"combinedRecognizedPhrases": [], "recognizedPhrases": AZURE}
    assert turns(document) == TALK
    report = heard(document).report
    assert dict(report.dropped) == {"other guesses of the engine": len("How did he come?")}


def test_the_fast_service_of_azure_counts_milliseconds() -> None:
    phrases = [
        {
            "offsetMilliseconds": 500,
            "durationMilliseconds": 1_900,
            "text": "How did it come? Tell me.",
            "speaker": 0,
        },
        {"offsetMilliseconds": 3_000, "durationMilliseconds": 500, "text": "Slowly.", "speaker": 1},
    ]
    assert turns({"durationMilliseconds": 3_500, "phrases": phrases}) == TALK


def test_the_channels_of_azure_are_speakers_where_it_names_none() -> None:
    phrases = [
        {**phrase, "speaker": None, "channel": channel} for channel, phrase in enumerate(AZURE)
    ]
    speakers = [speaker for speaker, *_ in turns({"recognizedPhrases": phrases})]
    assert speakers == ["Channel 0", "Channel 1"]


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
    assert turns(document) == GOOGLE_TALK
    assert heard(document).transcript.facts == {"language": "en-US"}
    words = [
        {"text": "How", "start": 0.5, "end": 0.7, "speaker_id": 1},
        {"text": "so?", "start": 0.7, "end": 1.0, "speaker_id": 1},
        {"text": "Slowly.", "start": 3.0, "end": 3.5, "speaker_id": 2},
    ]
    assert turns({"words": words}) == GOOGLE_TALK


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

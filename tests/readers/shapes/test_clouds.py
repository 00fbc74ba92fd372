"""The documents of Amazon, Google and Azure, with their speakers, times and punctuation."""

from __future__ import annotations

from typing import Any

from readers.shapes.documents import TALK, TALK_FROM_ONE, heard, turns


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


def test_google_repeats_all_words_with_their_speakers_and_they_are_read_once() -> None:
    untold = [{**word, "speakerTag": 0} for word in GOOGLE_WORDS]
    plain = [
        {"alternatives": [{"transcript": "How so?", "words": untold[:2]}]},
        {"alternatives": [{"transcript": " Slowly.", "words": untold[2:]}]},
    ]
    whole = {"alternatives": [{"words": GOOGLE_WORDS}]}
    results = {"results": [*plain, whole]}
    assert turns(results) == TALK_FROM_ONE
    assert turns({"name": "1", "done": True, "response": results}) == TALK_FROM_ONE


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

"""JSON is known by its shape; what is damaged, deep or of no known shape is refused and said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hanging import no_hang
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    NASTY,
    check_account,
    codes,
    lines,
    read,
    read_file,
    said,
    source,
    times,
)

from qualcode import errors
from qualcode.readers import machine, read_transcript
from qualcode.readers.shapes import SHAPES

SEGMENT = {"start": 0.5, "end": 2.0, "text": " So it began.", "speaker": "A"}


def whisper(*segments: dict[str, Any]) -> str:
    return json.dumps({"segments": segments})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_encoding_of_a_document_does_not_matter(encoding: str) -> None:
    segment = {"start": 0, "end": 1, "text": "Über … ça", "speaker": "André"}
    content = json.dumps({"segments": [segment]}, ensure_ascii=False)
    reading = read(content.encode(encoding))
    assert said(reading) == [("André", "Über … ça")]
    check_account(reading)


def test_an_encoding_that_is_given_overrules() -> None:
    content = json.dumps([{"text": "Über ça", "start": 0}], ensure_ascii=False).encode("mac-roman")
    reading = read_transcript(source(content, encoding="mac-roman"), name="a")
    assert reading.transcript.text == "Über ça"


def test_times_that_cannot_be_are_left_out_and_said() -> None:
    reading = read_file(NASTY / "json_nan_and_null.json")
    assert said(reading) == [(None, "hi")]
    assert times(reading) == [(None, None)]
    assert codes(reading) == ["no-speakers", "time-unreadable", "segment-empty"]
    assert lines(reading, "segment-empty") == [2]
    check_account(reading)


def test_odd_times_are_kept_as_far_as_they_can_be_meant() -> None:
    reading = read(
        whisper(
            {**SEGMENT, "start": -0.5, "end": 1},
            {**SEGMENT, "speaker": "B", "start": 9, "end": 8},
            {**SEGMENT, "speaker": "C", "start": 2, "end": 3},
            {**SEGMENT, "speaker": "D", "start": 2.5, "end": 4},
            {**SEGMENT, "speaker": "E", "start": True, "end": "soon"},
            {**SEGMENT, "speaker": "F", "start": 1e300, "end": 10**400},
        )
    )
    assert times(reading) == [
        (0, 1_000),
        (9_000, None),
        (2_000, 3_000),
        (2_500, 4_000),
        (None, None),
        (None, None),
    ]
    assert lines(reading, "negative-time") == [1]
    assert lines(reading, "segment-ends-before-start") == [2]
    assert lines(reading, "time-unreadable") == [5, 5, 6, 6]
    check_account(reading)


def test_words_of_any_code_can_be_stored() -> None:
    text = "a\u0000b \ud83d c\ufeff\n\n d\u2028e e\u0301"
    reading = read(whisper({**SEGMENT, "text": text, "speaker": "A\ud800\u0000"}))
    assert said(reading) == [("A", "ab \ufffd c\nd\ne é")]
    assert "bytes-replaced" in codes(reading)
    assert reading.report.characters_read == len(text)
    check_account(reading)


def test_entries_of_the_wrong_kind_keep_their_place() -> None:
    reading = read(json.dumps({"segments": [SEGMENT, None, "words alone", 7, [SEGMENT]]}))
    assert said(reading) == [("A", "So it began."), (None, "words alone")]
    assert lines(reading, "segment-empty") == [2, 4, 5]
    check_account(reading)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"segments": [{"text": "hi"', "it breaks off or is not valid at line 1"),
        ('{"segments": [\n{"text": hi}]}', "it breaks off or is not valid at line 2"),
        ('{"segments": []} and more', "it breaks off or is not valid at line 1"),
        ("[" * 100_000 + "]" * 100_000, "its brackets are nested too deep"),
        ("[" * 100_000, "its brackets are nested too deep"),
        ('[{"text": "a", "text": "b"}]', "an object names a key twice"),
        ('[{"text": "a", "start": ' + "9" * 5_000 + "}]", "it holds a number that is too long"),
    ],
)
def test_a_damaged_document_is_refused_with_its_reason(content: str, sentence: str) -> None:
    with pytest.raises(errors.DamagedFileError, match="the JSON document is damaged") as refused:
        read(content)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("name", ["json_deep.json", "json_truncated.json"])
def test_a_nasty_document_is_refused(name: str) -> None:
    with pytest.raises(errors.DamagedFileError, match="the JSON document is damaged"):
        read_file(NASTY / name)


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        ('{"segments": [' + "[]," * 1_000_000 + "[]]}", "1,000,000"),
        ('["a",' + '"b",' * 500_000 + '{"text": "c"}]', "500,000"),
        ('{"transcript": {' + ",".join(f'"{at}":1' for at in range(500_001)) + "}}", "500,000"),
    ],
    ids=["brackets", "list", "numbers"],
)
def test_more_than_any_interview_has_is_refused(content: str, limit: str) -> None:
    with pytest.raises(errors.TooManyEntriesError, match=f"{limit} entries"):
        read(content)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"name": "a", "version": 1}, "its keys are: name, version."),
        (
            {"speaker": 0, **{str(at) * 50: at for at in range(1, 10)}},
            f"its keys are: speaker, {'1' * 30}…, ",
        ),
        ([{"id": 1, "lat": 2.5}], "its 2 keys are not known."),
        ({"Anna Schmidt": ["Ja", "Nein"], "Ben": ["so"]}, "its 2 keys are not known."),
        ([{"Anna Schmidt": "Ja"}, {"Ben": "nein"}], "its only key is not known."),
        ([1, 2, 3], None),
        ([], "it holds no objects"),
        ({}, "it holds no objects"),
        ({"segments": 7, "results": None}, "its keys are: segments, results."),
    ],
)
def test_an_unknown_shape_is_refused_by_its_keys(document: Any, found: str | None) -> None:
    if found is None:
        assert not machine.recognises(source(json.dumps(document)))
        return
    with pytest.raises(errors.UnknownJsonError, match="no shape that is known") as refused:
        read(json.dumps(document))
    assert found in str(refused.value)
    assert str(refused.value).count(", ") < 12


def test_several_documents_one_after_the_other_are_a_list() -> None:
    content = "\n".join(json.dumps({"text": f"turn {at}", "start": at}) for at in range(3))
    assert said(read(content)) == [(None, "turn 0 turn 1 turn 2")]


@pytest.mark.parametrize("content", ["[[inaudible]] and so on\n", "[Anna] {quietly}: a\n", "{a}\n"])
def test_brackets_in_speech_are_no_json(content: str) -> None:
    assert read(content).transcript.format == "text"


@pytest.mark.parametrize(
    "document",
    [
        {
            "results": {
                "items": [
                    {"type": "punctuation", "alternatives": [{"content": "Slowly"}]}
                    for _ in range(100_000)
                ]
            }
        },
        {
            "segments": [
                {
                    "start": 0,
                    "end": 9e5,
                    "text": "so " * 100_000,
                    "words": [{"word": "no", "start": at} for at in range(100_000)],
                }
            ]
        },
        [{"speaker": f"P{at}", "text": "so"} for at in range(100_000)],
    ],
    ids=["glued words", "strange words", "speakers"],
)
def test_no_document_takes_long(document: Any) -> None:
    content = json.dumps(document)
    with no_hang():
        check_account(read(content))


def test_a_document_without_words_is_empty() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read('{"segments": [{"start": 0, "end": 1, "text": " "}], "text": ""}')


def test_only_the_words_of_the_speech_are_counted() -> None:
    words = [{"word": " So", "start": 0.5}, {"word": " it", "start": 0.7}]
    report = read(json.dumps({"segments": [{**SEGMENT, "words": words}], "text": "So"})).report
    assert report.characters_read == len(" So it began.")
    assert dict(report.dropped) == {"blanks and line breaks": 1}


FIELDS = """segments text words word start end speaker results items alternatives content type
    transcript transcripts audio_segments speaker_labels channels utterances paragraphs sentences
    recognizedPhrases phrases nBest display offset offsetMilliseconds duration monologues elements
    value ts retval segmentation result parts start_time end_time speaker_id body startTime
    start_ms voice transcription offsets from to chunks timestamp id 0 1 title language"""
KEYS = st.sampled_from(FIELDS.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=6)
    | st.sampled_from(["1.5", "0.5s", "PT1.5S", "00:01:02.5", "spk_0", " So", ".", "punctuation"])
)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=30,
)


def check_or_refused(content: bytes) -> None:
    try:
        reading = machine.read(source(content), name="a")
    except errors.TranscriptError as refused:
        sentence = str(refused)
    else:
        check_account(reading)
        sentence = "a.txt: "
    assert sentence.startswith("a.txt: ")


@given(DOCUMENTS)
@settings(max_examples=500, deadline=None)
def test_any_document_is_read_or_refused_with_a_reason(document: Any) -> None:
    check_or_refused(json.dumps(document).encode())


def specimens() -> list[Any]:
    """One document of each shape, small enough to put anything into."""
    word = {"word": "So", "text": "so", "start": 0.5, "end": 1, "speaker": 1, "punct": "So."}
    item = {"alternatives": [{"content": "So", "speaker": "S1"}], "start_time": "0.5"}
    best = {"transcript": "So.", "words": [{**word, "startTime": "1s", "speakerTag": 1}]}
    utterance = {"text": "So.", "words": [word], "confidence": 1, "start": 1, "end": 2}
    retval = {"words": [word], "segmentation": {"segments": [word]}}
    return [
        {"results": {"items": [{**item, "type": "pronunciation"}], "speaker_labels": {}}},
        {"results": {"audio_segments": [{"transcript": "So.", "items": [0]}], "items": [item]}},
        {"results": [{"alternatives": [best]}]},
        {
            "results": [{"alternatives": [{"timestamps": [["so", 0.5, 1]]}]}],
            "speaker_labels": [word],
        },
        {"recognizedPhrases": [{"nBest": [{"display": "So."}], "offset": "PT1S"}]},
        {"phrases": [{"text": "So.", "offsetMilliseconds": 5, "durationMilliseconds": 5}]},
        {"results": {"channels": [{"alternatives": [best]}], "utterances": [best]}},
        {"results": [{**item, "type": "word"}], "metadata": {}},
        {"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "So", "ts": 1}]}]},
        {"retval": retval},
        {"words": [word], "paragraphs": [{"start": 0, "end": 1, "speaker": "A"}]},
        {"parts": [{"text": "So.", "start_time": "0.5", "speaker_id": 1}]},
        {"utterances": [utterance]},
        [{"text": "So.", "start_ms": 500, "voice": "A"}],
        {"segments": [{"text": "So.", "start": 0, "end": 30, "words": [word]}]},
        {"transcription": [{"text": "So.", "offsets": {"from": 0, "to": 5}}]},
        {"chunks": [{"text": "So.", "timestamp": [0, 1]}]},
        {"turns": [{"who": "A", "said": "So.", "time": 5}]},
    ]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every list or object inside a document, with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        found = [(value, key) for key in value]
    elif isinstance(value, list):
        found = [(value, at) for at in range(len(value))]
    return found + [deeper for at, key in found for deeper in places(at[key])]


def test_each_shape_has_a_specimen() -> None:
    known = [next((shape for shape in SHAPES if shape.knows(one)), None) for one in specimens()]
    assert set(known) == set(SHAPES)


ODD: list[Any] = [
    None,
    True,
    -1,
    float("nan"),
    10**400,
    "",
    "x",
    "\ud800",
    [],
    [None],
    {},
    {"a": []},
]


@pytest.mark.parametrize("document", specimens(), ids=lambda at: json.dumps(at)[:30])
def test_anything_may_stand_at_any_place_of_a_known_shape(document: Any) -> None:
    for holder, key in places(document):
        before = holder[key]
        for odd in ODD:
            holder[key] = odd
            check_or_refused(json.dumps(document).encode())
        holder[key] = before


@pytest.mark.parametrize("path", [*LAYOUTS.glob("*.json")], ids=lambda path: path.name)
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_a_document_with_any_damage_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    check_or_refused(content[:at] + data.draw(st.binary(max_size=4)) + content[at + 3 :])

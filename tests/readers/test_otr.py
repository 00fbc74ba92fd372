"""oTranscribe's files: a page of HTML in JSON, with times in spans."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    check_account,
    read,
    read_file,
    said,
    source,
    times,
    turns_by_speaker,
)

from qualcode import errors
from qualcode.readers import otr as reader


def otr(html: object, **fields: object) -> str:
    """A file of oTranscribe with this page in it."""
    return json.dumps({"text": html, "media": "talk.mp3", "media-time": 9.5, **fields})


def stamp(seconds: object) -> str:
    """A time as oTranscribe keeps it."""
    return f'<span class="timestamp" data-timestamp="{seconds}">0:00</span>&nbsp;'


def test_the_layout_gives_the_same_turns_with_the_times_of_the_spans() -> None:
    reading = read_file(LAYOUTS / "int_a.otr")
    plain = read_file(LAYOUTS / "int_a_ir_header.txt")
    assert [words for _, words in said(reading)] == [words for _, words in said(plain)]
    assert list(turns_by_speaker(reading).values()) == [11, 10, 2]
    assert (times(reading)[0], times(reading)[-1]) == ((0, None), (276_200, None))
    assert times(reading)[1] == (6_900, None)
    assert reading.transcript.facts == {"recording": "INT-A.m4a"}
    assert reading.transcript.producer == "oTranscribe"
    check_account(reading)


def test_a_time_in_the_middle_of_a_turn_is_a_mark_there() -> None:
    page = f"<p>{stamp(0)}I: Where?</p><p>{stamp(2.04)}R: There. {stamp(5)}And back.</p>"
    reading = read(otr(page))
    assert said(reading) == [("I", "Where?"), ("R", "There. And back.")]
    transcript = reading.transcript
    assert [(transcript.text[mark.offset :][:3], mark.at_ms) for mark in transcript.marks] == [
        ("Whe", 0),
        ("The", 2_040),
        ("And", 5_000),
    ]
    check_account(reading)


def test_a_time_on_a_line_of_its_own_belongs_to_what_comes_next() -> None:
    reading = read(otr(f"{stamp(1)}<br>I: Where?<br><br>{stamp(3)}<br>R: There.<br>"))
    assert times(reading) == [(1_000, None), (3_000, None)]


@pytest.mark.parametrize("odd", ["NaN", "-5", "", "1e400", "9" * 30])
def test_a_span_without_a_time_is_plain_words(odd: str) -> None:
    reading = read(otr(f"<p>{stamp(odd)}I: Where?</p><p>I: a</p><p>R: There.</p>"))
    assert times(reading)[-1] == (None, None)
    check_account(reading)


@pytest.mark.parametrize(
    ("media", "recording"),
    [
        ("C:\\talks\\a b.mp3", "a b.mp3"),
        ("/home/a/talk.m4a", "talk.m4a"),
        ("https://www.youtube.com/watch?v=x", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_the_recording_is_a_file_and_no_film_on_the_web(media: object, recording: object) -> None:
    facts = read(otr("<p>I: a</p><p>R: b</p>", media=media)).transcript.facts
    assert facts.get("recording") == recording


@pytest.mark.parametrize(
    "text", ['{"text": "a b", "segments": []}', '{"text": "a"}', "[1]", "I: a"]
)
def test_other_json_is_not_of_otranscribe(text: str) -> None:
    assert not reader.recognises(source(text))


@pytest.mark.parametrize("html", ["", "  ", None, 5, ["I: a"], "<p>&nbsp;</p>"])
def test_a_file_without_words_is_refused(html: object) -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        reader.read(source(otr(html)), name="a")


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "I: a", "media": ',
        '["text"]',
        '{"text": ' + "[" * 100_000,
        '{"media-time": ' + "9" * 10_000 + "}",
    ],
)
def test_a_damaged_file_is_refused(text: str) -> None:
    with pytest.raises(errors.DamagedFileError):
        reader.read(source(text), name="a")


def test_a_file_of_nothing_but_brackets_is_refused() -> None:
    with pytest.raises(errors.TooManyEntriesError):
        reader.read(source("[" * 2_000_001), name="a")


@given(st.text(st.characters(), max_size=60), st.text(max_size=10))
def test_any_text_is_read_or_refused(words: str, media: str) -> None:
    try:
        check_account(reader.read(source(otr(f"<p>I: {words}</p><p>R: b", media=media)), name="a"))
    except errors.EmptyTranscriptError:
        return

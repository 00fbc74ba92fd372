"""SubRip, cue by cue; the library srt reads the same files and must agree."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    NASTY,
    check_account,
    lines,
    read,
    said,
    set_aside,
    times,
)

from qualcode import errors

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "1\n00:00:01,000 --> 00:00:02,000\n"
SECOND = "2\n00:00:03,000 --> 00:00:04,000\n"

WORDS = st.text(st.characters(categories=["L", "Zs"]), min_size=1).map(str.strip).filter(bool)


def test_a_number_alone_is_said_and_is_no_index() -> None:
    reading = read(f"{FIRST}I: How many?\n\n{SECOND}R: 42\n\n3\n00:00:05,000 --> 00:00:06,000\n7\n")
    assert said(reading) == [("I", "How many?"), ("R", "42 7")]
    check_account(reading)


def test_an_index_may_follow_the_words_without_a_blank_line() -> None:
    reading = read(f"{FIRST}I: one\n{SECOND}R: two\n")
    assert said(reading) == [("I", "one"), ("R", "two")]


def test_styles_are_taken_out_and_other_brackets_stay() -> None:
    reading = read(FIRST + "<i>I: {\\an8}so</i> <font color='#fff'>and</font> {x} <b>so</b> <n>\n")
    assert said(reading) == [("I", "so and {x} so <n>")]
    check_account(reading)


def test_words_before_the_first_cue_are_set_aside() -> None:
    reading = read(f"1\n00:00:01,000 --> 00:00:02,000\nI: a\n\n{SECOND}R: b\n")
    assert set_aside(reading) == []
    reading = read(f"Subtitles by nobody\n\n{FIRST}I: a\n\n{SECOND}R: b\n", format=None)
    assert reading.transcript.format == "text"  # the first lines tell a format


def test_a_label_in_small_letters_counts_where_it_comes_often() -> None:
    pair = f"{FIRST}male narrator: IT BEGAN\n\n{SECOND}Anna: REALLY\n\n"
    assert read(pair * 4).transcript.speakers == ("male narrator", "Anna")
    assert "male narrator:" in read(pair * 2).transcript.text


@pytest.mark.parametrize("mark", ["- ", "-", "– ", "— ", ">> ", ">>>"])
def test_a_mark_before_a_label_begins_a_speaker_of_the_cue(mark: str) -> None:
    pair = f"{mark}OONAGH: Sandbags.\n{mark}BARNABY: Money again.\n\n"
    reading = read(f"{FIRST}{pair}{SECOND}{pair}")
    assert said(reading) == [("OONAGH", "Sandbags."), ("BARNABY", "Money again.")] * 2
    assert reading.report.units_read == 4
    assert reading.report.dropped["speaker labels"] == 2 * (
        len("OONAGH: BARNABY: ") + 2 * len(mark)
    )
    check_account(reading)


def test_chevrons_within_a_line_begin_a_speaker_where_a_label_follows() -> None:
    reading = read(
        f"{FIRST}>> GWEN: Well. >> BARNABY: Stegosaurus.\n\n"
        f"{SECOND}Yes.  >> GWEN: No >> and >> so: no.\n>> BARNABY:\nAh.\n"
    )
    assert said(reading) == [
        ("GWEN", "Well."),
        ("BARNABY", "Stegosaurus. Yes."),
        ("GWEN", "No >> and >> so: no."),
        ("BARNABY", "Ah."),
    ]
    check_account(reading)


def test_a_dash_without_a_label_stays() -> None:
    reading = read(f"{FIRST}I: Who?\n- Me.\n- You.\n\n{SECOND}R: It is - I: mean - so.\n")
    assert said(reading) == [("I", "Who? - Me. - You."), ("R", "It is - I: mean - so.")]
    check_account(reading)


@pytest.mark.parametrize(
    "path",
    [
        LAYOUTS / "int_a_labelled.srt",
        LAYOUTS / "int_a_nospeaker.srt",
        NASTY / "srt_traps.srt",
        NASTY / "rtl_hebrew.srt",
    ],
)
def test_another_library_finds_the_same_cues(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    reading = read(text)
    cues = list(srt.parse(text.replace("\r\n", "\n")))
    assert reading.report.units_read == len(cues)
    assert [mark.at_ms for mark in reading.transcript.marks] == [
        round(cue.start.total_seconds() * 1000) for cue in cues if cue.content
    ]


@given(st.lists(st.tuples(st.integers(0, 359_999_000), st.integers(0, 9_000), WORDS), min_size=1))
def test_what_another_library_writes_is_read_back(cues: list[tuple[int, int, str]]) -> None:
    written = srt.compose(
        [
            srt.Subtitle(
                index=None,
                start=timedelta(milliseconds=start),
                end=timedelta(milliseconds=start + length),
                content=words,
            )
            for start, length, words in cues
        ],
        reindex=False,
    )
    reading = read(written, format="srt")
    assert [mark.at_ms for mark in reading.transcript.marks] == [start for start, _, _ in cues]
    assert times(reading)[-1][1] == cues[-1][0] + cues[-1][1]
    assert len(reading.transcript.text.split()) == sum(len(words.split()) for _, _, words in cues)
    check_account(reading)


def test_no_cue_is_no_srt() -> None:
    with pytest.raises(errors.WrongFormatError, match="SubRip subtitles"):
        read("I: a\nR: b\n", format="srt")
    assert lines(read(f"{FIRST}I: a\n"), "label-once") == []

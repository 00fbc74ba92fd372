"""LRC: lines of `[mm:ss.xx]words`, as Whisper's programs write them."""

from __future__ import annotations

import pytest
from hanging import no_hang
from hypothesis import given
from hypothesis import strategies as st
from readers.sources import (
    check_account,
    codes,
    lines,
    read,
    said,
    set_aside,
    source,
    times,
)

from qualcode import errors
from qualcode.readers import lrc

WHISPER = """\
[by:whisper.cpp]

[00:00.50] So it began.
[00:02.40]
[00:03.00] Slowly.
[00:03.50]
[61:02.25] And then?
"""


def test_an_empty_mark_ends_the_line_before_it() -> None:
    reading = read(WHISPER)
    assert reading.transcript.format == "lrc"
    assert reading.transcript.producer == "whisper.cpp"
    assert said(reading) == [(None, "So it began. Slowly. And then?")]
    assert times(reading) == [(500, 3_500)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [500, 3_000, 3_662_250]
    assert set_aside(reading) == ["[by:whisper.cpp]"]
    check_account(reading)


def test_tags_are_facts_and_labels_are_speakers() -> None:
    reading = read(
        "[ti:Interview 7]\n[la:en]\n[length: 12:30]\n"
        "[00:00.50]I: How so?\n[00:01.00]R: Slowly.\n[00:02.00]I: And then?\n"
    )
    assert said(reading) == [("I", "How so?"), ("R", "Slowly."), ("I", "And then?")]
    assert times(reading) == [(500, None), (1_000, None), (2_000, None)]
    assert reading.transcript.facts == {
        "title": "Interview 7",
        "language": "en",
        "duration": "12:30",
    }
    check_account(reading)


def test_times_of_words_leave_the_words() -> None:
    reading = read("[00:01.00]<00:01.00>So <00:01.40>it <00:02.10>began.<00:03.00>\n")
    assert said(reading) == [(None, "So it began.")]
    check_account(reading)


def test_a_line_without_a_time_goes_on_with_the_one_above() -> None:
    reading = lrc.read(source("[00:01.00]So it\nbegan.\n"), name="a")
    assert said(reading) == [(None, "So it began.")]
    check_account(reading)


def test_many_lines_without_a_time_are_taken_in_one_go() -> None:
    with no_hang():
        reading = lrc.read(source("[00:01.00]So\n" + "it\n" * 200_000), name="a")
    assert len(reading.transcript.text) == 2 + 3 * 200_000
    check_account(reading)


def test_what_is_odd_is_said() -> None:
    reading = read(
        "[offset:+500]\n[00:05.00]So it\n[00:04.00]\n[00:06.00][00:09.00]began.\n[00:07.00]\n"
    )
    assert times(reading) == [(5_000, 7_000)]
    assert sorted(codes(reading)) == [
        "cue-ends-before-start",
        "no-speakers",
        "several-times",
        "times-to-shift",
    ]
    assert lines(reading, "cue-ends-before-start") == [3]
    assert lines(reading, "several-times") == [4]
    check_account(reading)


@pytest.mark.parametrize(
    "content",
    [
        "[00:00:01] I: a\n[00:00:02] R: b\n",
        "[00:01] I: a\n[00:02] R: b\n",
        "[00:00.500 --> 00:01.000]  a\n",
        "[inaudible] a\n",
        "A title\n[00:01.00] a\n",
    ],
)
def test_other_texts_with_times_are_no_lrc(content: str) -> None:
    assert read(content).transcript.format == "text"


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read("[ti:x]\n[00:01.00]\n")


LINES = st.lists(
    st.sampled_from(["[00:01.00]", "[00:00.50]", "[ti:x]", "I: ", " a", "<00:02.00>", "\n", "\r\n"])
    | st.text(max_size=5)
).map("".join)


@given(LINES)
def test_every_character_is_kept_or_dropped_under_a_kind(content: str) -> None:
    try:
        reading = lrc.read(source(content.encode("utf-8", "replace")), name="a")
    except (errors.EmptyTranscriptError, errors.NotTextError):
        return
    check_account(reading)

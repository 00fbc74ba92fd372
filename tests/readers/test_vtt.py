"""WebVTT, cue by cue; webvtt-py reads the same files and must not disagree where it is right."""

from __future__ import annotations

import html
import re

import pytest
import webvtt
from readers.sources import LAYOUTS, check_account, codes, lines, read, said, set_aside, times

from qualcode import errors

HEAD = "WEBVTT\n\n"
FIRST = "00:00:01.000 --> 00:00:02.000\n"
SECOND = "00:00:03.000 --> 00:00:04.000\n"


def test_a_voice_lasts_until_another_begins() -> None:
    reading = read(f"{HEAD}{FIRST}<v INT>So?\n\n{SECOND}and how?\n\n{FIRST}<v B>Well.\n")
    assert said(reading) == [("INT", "So? and how?"), ("B", "Well.")]
    check_account(reading)


def test_a_cue_without_a_speaker_is_kept() -> None:
    reading = read(f"{HEAD}{FIRST}One.\n\n{SECOND}Anna: Two.\n\n{FIRST}Anna: Three.\n")
    assert said(reading) == [(None, "One."), ("Anna", "Two. Three.")]


def test_lines_of_a_cue_are_one_paragraph_and_cues_of_a_turn_too() -> None:
    reading = read(f"{HEAD}{FIRST}<v A B>one\ntwo</v>\n\n{SECOND}<v A B>three</v>\n")
    assert said(reading) == [("A B", "one two three")]
    assert [mark.offset for mark in reading.transcript.marks] == [0, len("one two ")]
    check_account(reading)


def test_a_label_within_a_cue_begins_a_turn() -> None:
    reading = read(f"{HEAD}{FIRST}Anna: So?\nTom: Yes.\n\n{SECOND}Anna: Ah.\n\n{FIRST}Tom: Oh.\n")
    assert [speaker for speaker, _ in said(reading)] == ["Anna", "Tom", "Anna", "Tom"]
    check_account(reading)


def test_markup_within_a_word_leaves_it_whole() -> None:
    reading = read(f"{HEAD}{FIRST}un<b>believ</b>able <00:00:01.500><c.x>cafe</c>\u0301\n")
    assert reading.transcript.text == "unbelievable café"
    check_account(reading)


def test_marks_of_an_editor_are_no_markup() -> None:
    reading = read(f"{HEAD}{FIRST}he came <[?]> late <n(x)> and 3 < 4\n")
    assert reading.transcript.text == "he came <[?]> late <n(x)> and 3 < 4"


def test_an_entity_cannot_break_the_text() -> None:
    reading = read(f"{HEAD}{FIRST}a&#10;&#10;b&nbsp;c&#xFEFF;&#0;&amp;amp;&nosuch;\n")
    assert reading.transcript.text == "a  b\u00a0c\ufffd&amp;&nosuch;"
    check_account(reading)


def test_a_note_between_cues_is_set_aside() -> None:
    reading = read(f"{HEAD}{FIRST}one\n\nNOTE first\nsecond\n\n7\n{SECOND}two\n")
    assert reading.transcript.text == "one two"
    assert set_aside(reading) == ["WEBVTT", "NOTE first\nsecond"]
    check_account(reading)


def test_words_below_a_blank_line_stay_with_their_cue_and_are_said() -> None:
    reading = read(f"{HEAD}{FIRST}one\n\nadded by hand\n\n{SECOND}two\n")
    assert reading.transcript.text == "one added by hand two"
    assert lines(reading, "blank-line-in-cue") == [6]


def test_a_time_line_that_cannot_be_read_loses_its_time_only() -> None:
    reading = read(f"{HEAD}{FIRST}one\n\n00:0x:05 --> later\n\n00:00:05 --> 00:00:zz\nthree\n")
    assert reading.transcript.text == "one 00:0x:05 --> later three"
    assert lines(reading, "time-unreadable") == [8]


def test_a_cue_that_ends_before_it_starts_has_no_end() -> None:
    reading = read(f"{HEAD}00:00:04.000 --> 00:00:03.000\n<v A>x\n\n{FIRST}<v B>y\n")
    assert times(reading) == [(4_000, None), (1_000, 2_000)]
    assert lines(reading, "cue-ends-before-start") == [3]


def test_times_may_overlap_and_run_backwards() -> None:
    reading = read(f"{HEAD}{SECOND}<v A>x\n\n{FIRST}<v B>y\n")
    assert times(reading) == [(3_000, 4_000), (1_000, 2_000)]
    assert codes(reading) == ["times-backwards"]
    assert lines(reading, "times-backwards") == [6]


def test_nobody_goes_on_over_an_answer_that_is_missing() -> None:
    first, second = "00:01.000 --> 00:02.000\nA: One.\n\n", "00:02.000 --> 00:03.000\nB: Two.\n\n"
    empty, third = "00:03.000 --> 00:03.000\nA:\n\n", "00:03.000 --> 00:04.000\nB: Three.\n\n"
    reading = read(HEAD + first + second + empty + third)
    assert said(reading) == [("A", "One."), ("B", "Two."), ("B", "Three.")]
    assert codes(reading) == ["label-without-words"]
    check_account(reading)


def test_the_header_gives_title_and_language() -> None:
    reading = read(f"\ufeffWEBVTT - A talk\nLanguage: de\n\n{FIRST}x\n")
    assert reading.transcript.facts == {"title": "A talk", "language": "de"}


def test_a_header_may_be_followed_by_a_cue_at_once() -> None:
    reading = read(f"WEBVTT\n{FIRST}x\n")
    assert reading.transcript.text == "x"
    assert codes(reading) == ["no-speakers"]


def test_chevrons_may_be_written_as_entities() -> None:
    cue = "&gt;&gt; GWEN: Well. &gt;&gt; BARNABY: Yes.\n\n"
    reading = read(f"{HEAD}{FIRST}{cue}{SECOND}{cue}")
    assert said(reading) == [("GWEN", "Well."), ("BARNABY", "Yes.")] * 2
    check_account(reading)


def test_a_label_in_other_case_is_the_voice_of_that_name() -> None:
    reading = read(f"{HEAD}{FIRST}<v Gwen>One.</v>\n\n{SECOND}gwen: Two.\n")
    assert said(reading) == [("Gwen", "One. Two.")]
    assert codes(reading) == ["label-spelling"]
    check_account(reading)


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read(f"{HEAD}{FIRST}\n\n{SECOND}\n")


def milliseconds(time: str) -> int:
    hours, minutes, seconds = time.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


@pytest.mark.parametrize("name", ["int_a_zoom.vtt", "int_a_teams.vtt"])
def test_another_library_finds_the_same_cues(name: str) -> None:
    text = (LAYOUTS / name).read_bytes().decode()
    reading = read(text)
    cues = webvtt.from_string(text).captions
    assert reading.report.units_read == len(cues) + 1
    assert [mark.at_ms for mark in reading.transcript.marks] == [
        milliseconds(cue.start) for cue in cues
    ]
    theirs = " ".join(html.unescape(cue.text) for cue in cues)
    theirs = re.sub(r"(Mara Lindqvist|Tom Adeyemi|Ruth \(caretaker\)): ", "", theirs)
    assert reading.transcript.text.split() == theirs.split()

"""OHMS records: the transcript in them, its facts, and the minutes where they are certain."""

from __future__ import annotations

import pytest
from hanging import no_hang
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    check_account,
    codes,
    read,
    read_file,
    said,
    set_aside,
    source,
    times,
    turns_by_speaker,
)

from qualcode import errors
from qualcode.readers import ohms as reader


def ohms(transcript: str, *, sync: str = "", more: str = "") -> str:
    """A record with this transcript."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ROOT xmlns="https://www.weareavp.com/nunncenter/ohms">'
        f'<record id="1"><title>Talk</title>{more}<sync>{sync}</sync>'
        f"<transcript>{transcript}</transcript></record></ROOT>"
    )


def test_the_layout_gives_the_same_turns() -> None:
    reading = read_file(LAYOUTS / "int_a_ohms.xml")
    plain = read_file(LAYOUTS / "int_a_ir_header.txt")
    assert [words for _, words in said(reading)] == [words for _, words in said(plain)]
    assert turns_by_speaker(reading) == {"LINDQVIST": 11, "ADEYEMI": 10, "CARETAKER": 2}
    assert [(turn.n, turn.start_ms) for turn in reading.transcript.turns if turn.start_ms] == [
        (6, 60_000),
        (11, 120_000),
        (16, 180_000),
        (20, 240_000),
    ]
    assert reading.transcript.facts == {
        "title": "Interview with Tom Adeyemi",
        "date": "2024-03-14",
        "interviewer": "Mara Lindqvist",
        "participant": "Tom Adeyemi",
        "language": "en",
    }
    assert codes(reading) == []
    check_account(reading)


def test_several_interviewers_are_all_offered() -> None:
    more = (
        "<interviewer>Mara</interviewer><interviewer>Ruth</interviewer><file_name>a.mp3</file_name>"
    )
    facts = read(ohms("I: a\nR: b", more=more)).transcript.facts
    assert (facts["interviewer"], facts["recording"]) == ("Mara, Ruth", "a.mp3")


SPEECH = "I: Where was it?\n\nR: It was over there\nand then we went\n\nI: So."


@pytest.mark.parametrize("sync", ["1:|3(5)", "1:|2(5)"])
def test_a_minute_that_begins_within_a_line_is_a_mark_there(sync: str) -> None:
    reading = read(ohms(SPEECH, sync=sync))
    assert said(reading)[1] == ("R", "It was over there\nand then we went")
    transcript = reading.transcript
    assert [(transcript.text[mark.offset :][:5], mark.at_ms) for mark in transcript.marks] == [
        ("there", 60_000)
    ]
    assert codes(reading) == []
    check_account(reading)


def test_a_minute_that_begins_with_a_line_is_the_time_of_its_turn() -> None:
    assert times(read(ohms(SPEECH, sync="2:|3(1)|6(1)")))[1] == (120_000, None)


def test_all_minutes_that_begin_within_a_line_are_marks() -> None:
    text = f"I: Where?\n\nR: {' '.join(f'w{at}' for at in range(40))}\n\nI: So."
    reading = read(ohms(text, sync="1:|3(2)|3(10)|3(10)|3(20)|5(1)"))
    transcript = reading.transcript
    marks = [(transcript.text[mark.offset :].split()[0], mark.at_ms) for mark in transcript.marks]
    assert marks == [("w0", 60_000), ("w8", 120_000), ("w18", 240_000), ("So.", 300_000)]
    assert turns_by_speaker(reading) == {"I": 2, "R": 1}
    check_account(reading)


def test_any_number_of_minutes_in_one_line_is_read() -> None:
    words = "w " * 1_000_000
    sync = "1:" + "".join(f"|1({at})" for at in range(1, 9_000))
    with no_hang():
        assert len(read(ohms(f"I: {words}", sync=sync)).transcript.marks) > 8_000


@pytest.mark.parametrize("sync", ["1:|1(1)|99(1)", "1:|3(1)|1(1)", "1:|3(9)", "1:|4(1)|2(1)"])
def test_minutes_that_fit_no_words_are_left_out(sync: str) -> None:
    reading = read(ohms(SPEECH, sync=sync))
    assert reading.transcript.marks == ()
    assert codes(reading) == ["times-uncertain"]


def test_minutes_that_fit_two_ways_of_counting_are_left_out() -> None:
    reading = read(ohms("I: Where?\nR: There.\nI: So.\nR: Yes.", sync="1:|2(1)"))
    assert codes(reading) == ["times-uncertain"]


@pytest.mark.parametrize("sync", ["", "1:", "1:|", "none", "1:|0(0)"])
def test_no_minutes_are_no_warning(sync: str) -> None:
    assert codes(read(ohms(SPEECH, sync=sync))) == []


def test_entities_that_were_escaped_twice_are_read() -> None:
    reading = read(ohms("I: a &amp;quot;b&amp;quot; &amp;amp; c\nR: d &lt; e&amp;#10;f"))
    assert said(reading) == [("I", 'a "b" & c'), ("R", "d < e f")]
    check_account(reading)


def test_footnotes_are_set_aside() -> None:
    notes = "[[footnotes]]\n[[note]]A town.[[/note]]\n[[/footnotes]]"
    reading = read(ohms(f"I: Where?\nR: Oakford[[footnote]]1[[/footnote]].\n{notes}"))
    assert said(reading) == [("I", "Where?"), ("R", "Oakford.")]
    assert len(set_aside(reading)) == 3
    check_account(reading)


def test_a_record_that_keeps_cues_is_read_as_cues() -> None:
    cues = (
        "WEBVTT\n\n00:01.000 --&gt; 00:02.000\n&lt;v Mara&gt;Where?\n\n00:03.000 --&gt; 00:04.000\n"
    )
    record = ohms("", more=f"<vtt_transcript>{cues}&lt;v Tom&gt;There.</vtt_transcript>")
    reading = read(record)
    assert said(reading) == [("Mara", "Where?"), ("Tom", "There.")]
    assert times(reading) == [(1_000, 2_000), (3_000, 4_000)]
    assert (reading.transcript.format, reading.transcript.facts["title"]) == ("ohms", "Talk")


def test_a_record_of_many_fields_names_some_of_them() -> None:
    with pytest.raises(errors.NoTranscriptError) as refused:
        read(ohms("", more="".join(f"<{'e' * 50}{at}/>" for at in range(3_000))))
    assert ", and others" in str(refused.value)
    assert len(str(refused.value)) < 500


def test_an_index_alone_is_refused_by_what_it_holds() -> None:
    with pytest.raises(errors.NoTranscriptError, match="it holds: index, sync, title, transcript"):
        read(ohms("  ", more="<index><point><time>5</time></point></index>"))


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE ROOT [<!ENTITY a "lol">]><ROOT><record><transcript>&a;</transcript></record>',
        "<ROOT><record><transcript>I: a",
        "<ROOT><record>" + "<a>" * 100_000,
    ],
)
def test_a_hostile_or_broken_record_is_refused(xml: str) -> None:
    with pytest.raises(errors.DamagedFileError):
        reader.read(source(xml), name="a")


def test_other_xml_with_such_a_root_is_not_ours() -> None:
    assert not reader.recognises(source("<ROOT><thing/></ROOT>"))
    assert reader.recognises(source("\ufeff<?xml version='1.0'?>\n<ROOT><record/></ROOT>"))


LINES = st.lists(
    st.sampled_from(
        ["I: a b", "R: c [[footnote]]1[[/footnote]] d", "and on", "", "&amp;amp;", "e\x85f"]
    ),
    min_size=1,
)
SYNCS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)))


@given(LINES, SYNCS)
@settings(deadline=None)
def test_whatever_the_lines_and_minutes_the_account_holds(
    lines: list[str], places: list[tuple[int, int]]
) -> None:
    sync = "1:" + "".join(f"|{line}({word})" for line, word in places)
    try:
        check_account(reader.read(source(ohms("\n".join(lines), sync=sync)), name="a"))
    except (errors.EmptyTranscriptError, errors.NoTranscriptError):
        return

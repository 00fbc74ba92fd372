"""Transcriber: turns with points of time in them, shared turns, and marks between the words."""

from __future__ import annotations

import pytest
from readers.sources import (
    LAYOUTS,
    check_account,
    codes,
    lines,
    said,
    set_aside,
    source,
    source_of,
    times,
)

from qualcode import errors
from qualcode.model.transcript import Reading
from qualcode.readers import trs

SPEAKERS = (
    '<Speakers><Speaker id="spk1" name="Mara"/><Speaker id="spk2" name="Tom"/>'
    '<Speaker id="spk3" name=""/></Speakers>\n'
)


def turn(inside: str, *, speaker: str = "spk1", begins: str = "0", ends: str = "9.5") -> str:
    """A turn of one or several speakers."""
    whose = f' speaker="{speaker}"' if speaker else ""
    return f'<Turn{whose} startTime="{begins}" endTime="{ends}">\n{inside}\n</Turn>\n'


def read(*turns: str, speakers: str = SPEAKERS, section: str = "", root: str = "") -> Reading:
    """The reading of a file with these turns; its account adds up."""
    file = source(
        '<?xml version="1.0"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n'
        f"<Trans{root}>\n{speakers}<Episode><Section{section}>\n{''.join(turns)}"
        "</Section></Episode></Trans>"
    )
    assert trs.recognises(file)
    reading = trs.read(file, name="a")
    check_account(reading)
    return reading


def test_the_encoding_is_the_one_that_the_file_declares() -> None:
    reading = trs.read(source_of(LAYOUTS / "int_a.trs"), name="a")
    assert reading.transcript.encoding == "iso8859-15"
    assert "a café, a nurse" in reading.transcript.text
    assert reading.transcript.facts == {"recording": "INT-A"}


def test_lines_of_the_file_are_no_lines_of_the_text() -> None:
    assert said(read(turn("<Sync time='0'/>\none\n  two\n"))) == [("Mara", "one two")]


def test_each_point_of_time_is_a_mark_and_the_end_of_what_was_before() -> None:
    reading = read(turn('<Sync time="0.5"/>\none\n<Sync time="2.25"/>\ntwo\n<Sync time="4"/>\n'))
    assert said(reading) == [("Mara", "one two")]
    assert times(reading) == [(500, 4000)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [500, 2250]


def test_speakers_who_share_a_turn_are_told_apart() -> None:
    reading = read(
        turn(
            '<Sync time="1"/>\n<Who nb="1"/>\nwhere\n<Who nb="2"/>\nhere\n'
            '<Sync time="2"/>\n<Who nb="1"/>\nno\n<Who nb="2"/>\nyes\n',
            speaker="spk1 spk2",
            begins="1",
            ends="3",
        )
    )
    assert said(reading) == [("Mara", "where"), ("Tom", "here"), ("Mara", "no"), ("Tom", "yes")]
    assert times(reading) == [(1000, 2000), (1000, 2000), (2000, 3000), (2000, 3000)]


def test_nobody_and_unknown_speakers_take_no_words_from_the_turn_before() -> None:
    reading = read(
        turn("one"),
        turn("two", speaker=""),
        turn("three", speaker="spk9"),
        turn("four", speaker="spk3"),
        turn('<Who nb="7"/>five', speaker="spk1 spk2"),
    )
    assert said(reading) == [
        ("Mara", "one"),
        (None, "two"),
        ("spk9", "three"),
        ("spk3", "four"),
        (None, "five"),
    ]
    assert codes(reading) == ["speaker-undeclared"] * 2


def test_a_file_without_speakers_is_one_turn() -> None:
    reading = read(turn("one", speaker=""), turn("two", speaker=""), speakers="")
    assert said(reading) == [(None, "one two")]
    assert codes(reading) == ["no-speakers"]


def test_events_stay_as_the_program_shows_them_and_comments_do_not() -> None:
    reading = read(
        turn(
            'so<Event desc="laugh" type="noise" extent="instantaneous"/>we '
            '<Event desc="fre" type="language" extent="begin"/>allons'
            '<Event desc="fre" type="language" extent="end"/>'
            '<Event desc="" type="noise"/><Comment desc="who is that"/> home'
        )
    )
    assert said(reading) == [("Mara", "so [laugh] we  [fre-] allons [-fre]  [noise]  home")]
    assert set_aside(reading) == ["who is that"]


def test_topics_are_headings() -> None:
    topics = SPEAKERS + '<Topics><Topic id="to1" desc="The bus"/></Topics>'
    reading = read(turn("one"), speakers=topics, section=' topic="to1"')
    assert set_aside(reading) == ["The bus"]
    assert reading.report.dropped["headings"] == len("The bus")


def test_times_that_cannot_be_meant_are_said_with_their_line() -> None:
    reading = read(turn("one", begins="9", ends="2"), turn("two", begins="soon", ends="-1"))
    assert times(reading) == [(9000, None)]
    assert lines(reading, "ends-before-start") == [6, 9]


def test_a_turn_without_words_is_set_aside() -> None:
    reading = read(turn('<Sync time="0"/>'), turn("one"))
    assert reading.report.units_read == 2
    assert reading.report.dropped == {"blanks and line breaks": 4}


def test_an_entity_that_nothing_explains_stays_as_it_is_written() -> None:
    assert said(read(turn("caf&eacute; noir"))) == [("Mara", "caf&eacute; noir")]


def test_what_the_file_says_of_itself_is_offered() -> None:
    root = ' audio_filename="tapes/a.wav" xml:lang="fr" version_date="240314"'
    assert read(turn("one"), root=root).transcript.facts == {"recording": "a.wav", "language": "fr"}


def test_words_in_angle_brackets_are_not_taken_for_a_document() -> None:
    assert not trs.recognises(source("<Trans person> I: hello\nR: hi\n"))


def test_a_document_type_of_its_own_and_a_broken_file_are_refused() -> None:
    data = (LAYOUTS / "int_a.trs").read_bytes()
    own = data.replace(b'SYSTEM "trans-14.dtd"', b'[<!ENTITY a SYSTEM "file:///etc/passwd">]')
    for spoilt in (own, data[:3000]):
        with pytest.raises(errors.DamagedFileError, match="the Transcriber transcript is damaged"):
            trs.read(source(spoilt), name="a")

"""One interview as the programs of the field write it: it must come out the same from each."""

from __future__ import annotations

import pytest
from readers.sources import LAYOUTS, check_account, codes, read_file, said, set_aside, times
from readers.sources import turns_by_speaker as by_speaker

NAMES = ("Mara Lindqvist", "Tom Adeyemi", "Ruth (caretaker)")

# file -> labels of interviewer, participant and caretaker, first start, last start, last end
LABELLED = {
    "int_a.eaf": (NAMES, 0, 276_200, 277_900),
    "int_a.trs": (NAMES, 0, 276_200, 277_900),
    "int_a_descript.md": (NAMES, 0, 276_000, None),
    "int_a_express.txt": (("MARA", "TOM", "RUTH"), 0, 276_000, None),
    "int_a_f4.rtf": (("I", "B", "U"), None, 276_000, 277_900),
    "int_a_f4.txt": (("I", "B", "U"), None, 276_000, 277_900),
    "int_a_ir_header.txt": (("I", "R", "Other"), None, None, None),
    "int_a_ir_table_header.docx": (("I", "R", "Ruth"), None, None, None),
    "int_a_labelled.srt": (NAMES, 0, 276_200, 277_900),
    "int_a_labels.odt": (("Interviewer", "Participant", "Third person"), None, None, None),
    "int_a_nvivo_table.docx": (NAMES, 0, 276_200, 277_900),
    "int_a_ohd.csv": (NAMES, 0, 276_000, None),
    "int_a_otter.txt": (NAMES, 0, 276_000, None),
    "int_a_qa_lines.txt": (("Q.", "A.", "THE CARETAKER"), None, None, None),
    "int_a_rev.txt": (NAMES, 0, 276_000, None),
    "int_a_teams.vtt": (NAMES, 0, 276_200, 277_900),
    "int_a_teams_new.docx": (NAMES, 0, 276_000, None),
    "int_a_teams_old.docx": (NAMES, 0, 276_200, 277_900),
    "int_a_zoom.vtt": (NAMES, 0, 276_200, 277_900),
}

HEADER = {
    "participant": "P01",
    "interviewer": "Mara Lindqvist",
    "date": "2024-03-14",
    "place": "Community hall, Oakford",
}


@pytest.mark.parametrize("name", LABELLED)
def test_every_layout_gives_the_same_turns(name: str) -> None:
    labels, first, last, end = LABELLED[name]
    reading = read_file(LAYOUTS / name)

    words = [words for _, words in said(reading)]
    plain = [words for _, words in said(read_file(LAYOUTS / "int_a_ir_header.txt"))]
    assert words == plain
    assert (words[0], words[-1]) == (
        "Okay, we are recording. Thanks for making the time, Tom.",
        "Thanks, Mara.",
    )
    assert by_speaker(reading) == dict(zip(labels, (11, 10, 2), strict=True))
    assert (times(reading)[0][0], times(reading)[-1]) == (first, (last, end))
    assert codes(reading) == []
    check_account(reading)


def test_cues_without_speakers_are_one_turn_that_keeps_every_time() -> None:
    reading = read_file(LAYOUTS / "int_a_nospeaker.srt")
    assert by_speaker(reading) == {None: 1}
    assert times(reading) == [(0, 277_900)]
    assert len(reading.transcript.marks) == 23
    assert codes(reading) == ["no-speakers"]
    check_account(reading)


def test_a_mark_stands_where_its_words_begin() -> None:
    transcript = read_file(LAYOUTS / "int_a_nospeaker.srt").transcript
    third = transcript.marks[2]
    assert third.at_ms == 9_800
    assert transcript.text[third.offset :].startswith("So, the first question")


def test_the_end_that_f4_writes_is_the_time_of_what_comes_next() -> None:
    transcript = read_file(LAYOUTS / "int_a_f4.txt").transcript
    assert [mark.at_ms for mark in transcript.marks[:3]] == [6_200, 9_100, 21_500]
    assert [mark.offset for mark in transcript.marks[:3]] == [
        turn.start for turn in transcript.turns[1:4]
    ]


@pytest.mark.parametrize("name", ["int_a_ir_header.txt", "int_a_ir_table_header.docx"])
def test_the_facts_of_a_header_are_offered_and_are_not_speech(name: str) -> None:
    reading = read_file(LAYOUTS / name)
    assert HEADER.items() <= reading.transcript.facts.items()
    assert "P01" not in reading.transcript.text
    assert any("P01" in text for text in set_aside(reading))


def test_what_teams_writes_around_speech_is_set_aside() -> None:
    reading = read_file(LAYOUTS / "int_a_teams_new.docx")
    assert set_aside(reading) == [
        "Interview night bus-20240314_100212-Meeting Recording",
        "March 14, 2024, 9:02AM",
        "4m 37s",
        "Mara Lindqvist started transcription",
        "Mara Lindqvist stopped transcription",
    ]
    assert reading.transcript.facts == {
        "title": "Interview night bus-20240314_100212-Meeting Recording",
        "date": "2024-03-14",
        "duration": "4m 37s",
    }
    assert reading.transcript.producer == "Microsoft Teams"


def test_the_trailer_of_otter_is_set_aside_and_names_it() -> None:
    reading = read_file(LAYOUTS / "int_a_otter.txt")
    assert set_aside(reading) == ["Transcribed by https://otter.ai"]
    assert reading.transcript.producer == "Otter"


def test_a_mark_of_the_transcriber_stays_in_the_words() -> None:
    text = read_file(LAYOUTS / "int_a_express.txt").transcript.text
    assert "We said [inaudible 00:02:47] Mill Lane" in text


def test_lines_that_a_court_reporter_numbered_and_broke_are_whole_again() -> None:
    reading = read_file(LAYOUTS / "int_a_qa_lines.txt")
    third = said(reading)[2][1]
    assert third.endswith("how did the night bus come to Oakford, and what was your part in it?")
    assert "\n" not in third

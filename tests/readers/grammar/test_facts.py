"""What a file says of itself before anybody speaks."""

from __future__ import annotations

import pytest
from hanging import no_hang
from readers.sources import read, said, set_aside

from qualcode.readers.grammar.facts import facts_of_front_matter, facts_of_pairs, find_date

TALK = "\nI: a\n\nR: b\n\nI: c\n\nR: d\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-14", "2024-03-14"),
        ("2025/01/16 15:52 GMT", "2025-01-16"),
        ("02.11.2023", "2023-11-02"),
        ("March 14, 2024, 9:02AM", "2024-03-14"),
        ("14 March 2024", "2024-03-14"),
        ("took place on Sept. 2nd, 2022.", "2022-09-02"),
        ("the 2nd of March 2022", "2022-03-02"),
        ("Halle, 14. März 2024", "2024-03-14"),
        ("Lyon, le 1er août 2022", "2022-08-01"),
        ("3 de mayo de 2021", "2021-05-03"),
        ("14 Mawrth 2024", "2024-03-14"),
        ("Room 12 upstairs 1999, MARCH 3, 2024", "2024-03-03"),
    ],
)
def test_a_date_without_doubt_is_found(text: str, day: str) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text", ["03/04/2024", "14.03.24", "24.11.28", "30 February 2024", "2024-13-40", "March 2024"]
)
def test_a_doubtful_date_is_not_offered(text: str) -> None:
    assert find_date(text) is None


def test_the_header_of_an_archive_is_read() -> None:
    reading = read(
        "Interview-Nr.: 12\nBefragte Person: B12\nDatum: 02.11.2023\nOrt: Halle\nDauer: 45 min\n"
        + TALK
    )
    assert reading.transcript.facts == {
        "participant": "B12",
        "date": "2023-11-02",
        "place": "Halle",
        "duration": "45 min",
    }
    assert reading.transcript.speakers == ("I", "R")


def test_a_header_after_a_title_keeps_facts_that_we_do_not_know() -> None:
    reading = read("A talk\nDate: 2024-03-14\nFunder: nobody\nPlace: Oakford\n-----\n" + TALK)
    assert set_aside(reading) == [
        "A talk",
        "Date: 2024-03-14",
        "Funder: nobody",
        "Place: Oakford",
    ]
    assert reading.transcript.facts["title"] == "A talk"


def test_a_header_that_names_only_people_is_one_where_its_words_never_come_back() -> None:
    reading = read("Interviewer: Mara\nParticipant: Tom\n\nMara: a\n\nTom: b\n\nMara: c\n")
    assert reading.transcript.facts == {"interviewer": "Mara", "participant": "Tom"}
    assert reading.transcript.speakers == ("Mara", "Tom")


@pytest.mark.parametrize(
    "speech",
    [
        "Interviewer: So.\nParticipant: Yes.\n",
        "Interviewer: Hello\n\nParticipant: Hi\n\nInterviewer: So\n",
        "Date: 2024-03-14\nInterviewer: Hello.\nParticipant: Hi.\n",
    ],
)
def test_what_an_interviewer_says_is_no_fact(speech: str) -> None:
    assert read(speech).transcript.speakers == ("Interviewer", "Participant")


def test_a_sentence_is_no_title_but_may_hold_the_date() -> None:
    reading = read("Interview took place on March 2, 2022. Interviewer is X.\n" + TALK)
    assert reading.transcript.facts == {"date": "2022-03-02", "interviewer": "X"}


def test_a_line_below_the_header_is_no_title() -> None:
    reading = read("Date: 2024-03-14\n\nAn interview of the spring series\n" + TALK)
    assert reading.transcript.facts == {"date": "2024-03-14"}
    assert set_aside(reading) == ["Date: 2024-03-14", "An interview of the spring series"]


def test_a_title_is_given_without_its_marks() -> None:
    reading = read("## Call (2023-04-20 16:04 GMT+1) - Transcript\n" + TALK)
    assert reading.transcript.facts == {
        "title": "Call (2023-04-20 16:04 GMT+1) - Transcript",
        "date": "2023-04-20",
    }


def test_a_table_of_facts_is_told_from_other_tables() -> None:
    assert facts_of_pairs([("Date:", "2024-03-14"), ("Place", "Oakford"), ("Mood", "good")]) == {
        "date": "2024-03-14",
        "place": "Oakford",
    }
    assert facts_of_pairs([("Interviewer", "So."), ("Participant", "Yes.")]) is None
    assert facts_of_pairs([("Anna", "So."), ("Tom", "Yes.")]) is None


def test_lists_in_front_matter_are_no_facts() -> None:
    assert facts_of_front_matter({"title": "A", "date": ["x"], "place": {"a": 1}, 3: "x"}) == {
        "title": "A"
    }


def test_a_text_without_header_loses_nothing() -> None:
    assert said(read("Dear Anna,\n\nThank you: it was nice.\n\nYours: Tom\n")) == [
        (None, "Dear Anna,\nThank you: it was nice.\nYours: Tom")
    ]


@pytest.mark.parametrize(
    "line", ["A" + " " * 8_000 + "b", "Title" + " \t" * 4_000 + ": x", "*_" * 9_000]
)
def test_any_number_of_blanks_in_a_line_is_gone_through_once(line: str) -> None:
    with no_hang():
        assert said(read(f"{line}\n{TALK}"))[-1] == ("R", "d")

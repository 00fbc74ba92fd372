"""Real pages and prints of public repositories: what comes out is what a person reads in them.

Each file was looked at as a browser or a viewer shows it: turns, who holds them, how the first and
the last begin, and what is set aside. They are not ours to ship, so the tests are skipped where
the corpus is absent.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from readers.sources import (
    REAL,
    WHY_NO_REAL,
    check_account,
    codes,
    read_file,
    said,
    set_aside,
    turns_by_speaker,
)

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=WHY_NO_REAL)


class Seen(NamedTuple):
    """What a person saw in a file."""

    speakers: dict[str | None, int]
    first: str
    last: str
    apart: int  # units that are no speech
    facts: dict[str, str]


FILES = {
    "html_loc_fountain_hughes.html": Seen(
        {"Fountain Hughes": 38, "Hermond Norwood": 37},
        "Talk to who?",
        "If I, I, I, I say...",
        5,  # three headings, END OF TAPE, where the page was taken from
        {"title": "Interview with Fountain Hughes", "date": "1949-06-11"},
    ),
    "html_loc_isom_moseley.html": Seen(
        {"Isom Moseley": 16, "Robert Sonkin": 15},
        "My name is Isom Moseley.",
        "[tape gets stuck]",
        5,
        {"title": "Interview with Isom Moseley"},
    ),
    "pdf_maxqda_p1.pdf": Seen(
        {"Dan": 46, "Participant": 46},
        "Okay. So now you can stop",
        "Thank you.",
        7,  # five page marks, the heading, one line printed twice
        {"title": "Interview"},
    ),
    "pdf_maxqda_p2.pdf": Seen(
        {"Dan": 80, "Participant": 79},
        "Okay. So now I just had,",
        "Yes, let me remember where that button is.",
        10,
        {"title": "Interview"},
    ),
    "pdf_maxqda_p3.pdf": Seen(
        {"Dan": 61, "Participant": 60},
        "Okay. Now I'll share my screen.",
        "Bye.",
        9,
        {"title": "Interview"},
    ),
}

# How many paragraphs MAXQDA numbers in the margin, the heading among them.
PARAGRAPHS = {"pdf_maxqda_p1.pdf": 95, "pdf_maxqda_p2.pdf": 166, "pdf_maxqda_p3.pdf": 122}
# The line that a page break prints on both pages.
TWICE = {
    "pdf_maxqda_p1.pdf": ("that and I thought it was useful.",),
    "pdf_maxqda_p2.pdf": ("the the rain cloud plots",),
    "pdf_maxqda_p3.pdf": ("scatter plots can be used", "Participant: So you don't"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_page_is_read_as_a_person_reads_it(name: str) -> None:
    seen = FILES[name]
    reading = read_file(REAL / name)
    assert turns_by_speaker(reading) == seen.speakers
    turns = said(reading)
    assert turns[0][1].startswith(seen.first)
    assert turns[-1][1].endswith(seen.last)
    assert len(set_aside(reading)) == seen.apart
    assert reading.transcript.facts == seen.facts
    assert codes(reading) == []
    check_account(reading)


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_each_numbered_paragraph_is_a_turn_or_part_of_one(name: str) -> None:
    text = read_file(REAL / name).transcript.text
    paragraphs = [line for line in text.split("\n") if line]
    assert len(paragraphs) == PARAGRAPHS[name] - 1


@pytest.mark.parametrize("name", TWICE)
def test_what_a_page_break_prints_twice_stands_once(name: str) -> None:
    reading = read_file(REAL / name)
    for line in TWICE[name]:
        assert sum(text.startswith(line) for text in set_aside(reading)) == 1
        words = line.removeprefix("Participant: ")
        assert reading.transcript.text.count(words) == 1


def test_a_name_without_a_paragraph_of_its_own_is_heard() -> None:
    turns = said(read_file(REAL / "html_loc_fountain_hughes.html"))
    assert turns[5][0] == "Hermond Norwood"
    assert turns[5][1].startswith("You talk about how old you are")
    assert turns[6][1].startswith("I remember [pause].")

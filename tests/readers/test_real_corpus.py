"""Real transcripts of public repositories: what comes out is what a person reads in them.

Each line below was read in the file: its turns, who holds them, the first time and the last. The
files are not ours to ship, so the tests are skipped where the corpus is absent.
"""

from __future__ import annotations

import pytest
from readers.sources import (
    REAL,
    WHY_NO_REAL,
    check_account,
    codes,
    lines,
    read_file,
    said,
    set_aside,
    times,
    turns_by_speaker,
)

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=WHY_NO_REAL)

# file -> turns of researcher and interviewee, first time, last time
ARTISANS = {
    "241003_01_a": (18, 18, 1_000, 1_306_000),
    "241003_03_a": (29, 28, 4_000, 770_000),
    "241004_04": (16, 16, 2_000, 1_206_000),
    "241209ab_a": (14, 14, 0, 652_000),
    "250114_02ab_a": (19, 18, 0, 118_000),
    "250114_03ab_a": (15, 14, 20_000, 84_000),
    "250114_04ab_a": (17, 15, 3_000, 68_000),
    "250114_05ab_a": (17, 15, 4_000, 51_000),
    "250115_01_a": (14, 14, 2_000, 501_000),
    "250115_02_a": (21, 21, 0, 587_000),
    "250115_03_a": (20, 19, 2_000, 334_000),
    "250327_01_a": (14, 13, 0, 730_000),
    "250328_01_a": (13, 13, 0, 704_000),
    "250328_02_a": (19, 18, 0, 492_000),
    "250328_03_a": (12, 12, 0, 385_000),
    "250403_01ab_a": (11, 10, 1_000, 98_000),
    "250403_02_a": (10, 9, 5_000, 350_000),
    "250416_02_a": (12, 10, 0, 957_000),
    "250522_03_a": (9, 8, 1_000, 651_000),
    "250522_05_a": (15, 14, 0, 362_000),
    "250523_a": (13, 12, 0, 322_000),
    "250611_a": (7, 7, 0, 610_000),
}
TURBOSCRIBE = {
    f"docx_turboscribe_{name}.docx": ({"Chercheur": c, "Interviewe": i}, first, last)
    for name, (c, i, first, last) in ARTISANS.items()
}

# file -> turns of each speaker, first time, last time
OTHERS: dict[str, tuple[dict[str | None, int], int | None, int | None]] = {
    "md_conduit_prose.md": ({None: 1}, None, None),
    "md_gmeet_ppgc02.md": (
        {
            "Jackson Lewis": 2,
            "Harry Rook": 14,
            "Sandeep Sreenath": 9,
            "Pratik Patil": 4,
            "Krishna Upadhyaya": 18,
            "Mihailo Bjelic": 6,
            "Vaibhav Jindal": 3,
            "Paul O'Leary": 4,
        },
        None,
        None,
    ),
    "md_gmeet_ppgc07.md": (
        {
            "Harry Rook": 6,
            "Sandeep Sreenath": 3,
            "Derek Meyer": 3,
            "Flavian Manea": 3,
            "Alexandru Minulescu": 2,
        },
        None,
        None,
    ),
    "md_gmeet_ppgc12.md": (
        {
            "Harry Rook": 8,
            "Scott Lilliston": 1,
            "Sandeep Sreenath": 3,
            "Parvez Shaikh": 1,
            "Will White": 3,
            "Jackson Lewis": 4,
        },
        None,
        None,
    ),
    "md_gmeet_ppgc14.md": (
        {
            "Harry Rook": 16,
            "Marcello Ardizzone": 7,
            "David Silverman": 10,
            "Ulaş Erdoğan": 1,
            "Jerome de Tychey": 2,
            "Matt Garnett": 3,
            "Daniel Gretzke": 5,
            "Shivam Sharma": 1,
            "Alex PFL": 2,
            "Manav Darji": 3,
            "Dimitri Nikolaros": 2,
            "Tiago - Stakin": 2,
        },
        None,
        None,
    ),
    "md_gmeet_ppgc18.md": (
        {
            "Harry Rook": 14,
            "Sandeep Sreenath": 6,
            "Scott Lilliston": 1,
            "Manav Darji": 4,
            "Delweng Zheng": 2,
            "Daniel Gretzke": 5,
            "William Schwab": 4,
            "Parvez Shaikh": 1,
        },
        300_000,
        1_800_000,
    ),
    "md_gmeet_ppgc29.md": (
        {"Harry Rook": 6, "Christopher Von Hessert": 1, "Simon Dosch": 1, "Raneet Debnath": 3},
        300_000,
        900_000,
    ),
    "md_yaml_britt_kelly.md": ({"Stephan Livera": 32, "Britt Kelly": 31}, None, None),
    "md_yaml_dorsey.md": (
        {"Stephan Livera": 27, "Elizabeth Stark": 18, "Jack Dorsey": 20},
        None,
        None,
    ),
    "md_yaml_kernel_explained.md": ({"Speaker 0": 15, "Speaker 1": 15}, 7_000, 1_549_000),
    "md_yaml_kernel_sentences.md": ({"Speaker 0": 12, "Speaker 1": 12}, 6_000, 1_419_000),
    "md_yaml_ltb_wuille.md": (
        {"Adam": 10, "Stephanie": 22, "Pieter": 47, "Jonas": 5, "Andreas": 30, "Jonathan": 1},
        None,
        None,
    ),
    "md_yaml_mimblewimble.md": ({None: 1, "AP": 27, "host": 58, "PW": 44, "BD": 31}, None, None),
    "md_yaml_noded.md": (
        {"Pierre": 46, "roasbeef": 81, "bitconner": 62, "bitstein": 11},
        None,
        None,
    ),
    "md_yaml_pipes.md": ({"Speaker 0": 49, "Speaker 1": 49}, 0, 1_140_000),
    "md_yaml_stark_back.md": ({"stark": 13, "adam3us": 12}, None, None),
    "vtt_teams_negative_time.vtt": ({"Hurst, Peter": 50, "Wright, Steve": 50}, 0, 763_500),
    "vtt_teams_onedrive_nospeaker.vtt": ({None: 1}, 3_138, 11_403),
    "vtt_zoom_meeting_beatles.vtt": (
        {
            "Andrew Knight": 12,
            "Paul McCartney": 10,
            "George Harrison": 2,
            "Ringo Starr": 1,
            "John Lennon": 5,
        },
        4_859,
        3_341_970,
    ),
}
READ = TURBOSCRIBE | OTHERS


def test_every_file_that_is_read_has_its_line() -> None:
    readable = {path.name for path in REAL.iterdir() if path.suffix in {".docx", ".md", ".vtt"}}
    assert readable == READ.keys()


@pytest.mark.parametrize("name", READ)
def test_a_real_transcript_comes_in_as_it_is_read(name: str) -> None:
    speakers, first, last = READ[name]
    reading = read_file(REAL / name)
    transcript = reading.transcript
    starts = [mark.at_ms for mark in transcript.marks]
    ends = [turn.end_ms for turn in transcript.turns if turn.end_ms is not None]
    assert turns_by_speaker(reading) == speakers
    assert len(transcript.turns) == sum(speakers.values())
    assert ([*starts, None][0], [None, *(ends or starts)][-1]) == (first, last)
    check_account(reading)


def test_turns_of_a_corrected_word_file_keep_their_times_and_paragraphs() -> None:
    reading = read_file(REAL / "docx_turboscribe_241003_01_a.docx")
    assert times(reading)[:3] == [(1_000, 11_000), (11_000, 15_000), (16_000, 19_000)]
    assert said(reading)[2] == ("Chercheur", "Très bonne remarque. Plutôt dans l'entreprise.")
    assert said(reading)[3][1].count("\n") == 13
    assert (496_000, 560_000) in times(reading)  # stands there as (8:16- 9:20)
    assert reading.transcript.producer == "TurboScribe"
    assert reading.transcript.facts == {"title": "Entretien 01 24.10.03 01"}


def test_a_label_that_somebody_left_without_words_is_said_and_parts_what_stands_around_it() -> None:
    reading = read_file(REAL / "docx_turboscribe_250416_02_a.docx")
    assert codes(reading) == ["label-without-words"]
    assert [turn.speaker for turn in reading.transcript.turns[4:6]] == ["Chercheur"] * 2
    assert "[Interviewe] (0:39 - 0:39)" in set_aside(reading)


def test_the_title_of_a_second_part_is_no_speech() -> None:
    reading = read_file(REAL / "docx_turboscribe_250114_05ab_a.docx")
    assert set_aside(reading) == ["Entretien 01 25.01.14 05a", "Entretien 01 25.01.14 05b"]
    assert codes(reading) == ["another-part", "times-backwards"]


@pytest.mark.parametrize(
    ("name", "paragraphs"),
    [("250327_01", [114]), ("250403_01ab", [10, 65]), ("250403_02", [82]), ("250114_02ab", [110])],
)
def test_times_that_run_backwards_are_said(name: str, paragraphs: list[int]) -> None:
    reading = read_file(REAL / f"docx_turboscribe_{name}_a.docx")
    assert lines(reading, "times-backwards") == paragraphs


@pytest.mark.parametrize("name", ["stark_back", "ltb_wuille", "mimblewimble"])
def test_no_address_of_a_link_is_speech(name: str) -> None:
    text = read_file(REAL / f"md_yaml_{name}.md").transcript.text
    assert "](http" not in text
    assert "<a href" not in text


def test_a_cue_before_the_recording_and_integer_fractions() -> None:
    reading = read_file(REAL / "vtt_teams_negative_time.vtt")
    assert times(reading)[1:4] == [(0, 8_970), (10_020, 14_490), (15_510, 19_020)]
    assert lines(reading, "negative-time") == [6]
    assert reading.report.units_read == 178 + 1


def test_cues_without_a_name_go_on_with_the_speaker_before() -> None:
    reading = read_file(REAL / "vtt_zoom_meeting_beatles.vtt")
    assert reading.report.units_read == 300 + 1
    (turn,) = [turn for turn in said(reading) if "And that And I have that sitting" in turn[1]]
    assert turn[0] == "Andrew Knight"


def test_one_sentence_a_line_below_a_timed_label() -> None:
    reading = read_file(REAL / "md_yaml_kernel_sentences.md")
    speaker, words = said(reading)[0]
    assert speaker == "Speaker 0"
    assert words.startswith("Hello, everybody.\nI'm Shinobi, the technical editor")
    assert "## Introduction to Bitcoin Core & Kernel Project" in set_aside(reading)
    assert reading.transcript.facts["date"] == "2026-02-03"


def test_the_marks_of_google_meet_are_times() -> None:
    reading = read_file(REAL / "md_gmeet_ppgc18.md")
    assert [mark.at_ms for mark in reading.transcript.marks] == [300_000 * n for n in range(1, 7)]
    assert reading.transcript.facts["duration"] == "00:33:28"

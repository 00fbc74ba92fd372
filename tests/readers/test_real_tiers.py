"""Real files of ELAN, EXMARaLDA, Praat and CLAN: what comes out is what a person reads in them.

Each line below was read in the file. The files are not ours to ship, so the tests are skipped
where the corpus is absent.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest
from lxml import etree
from readers.sources import (
    REAL,
    WHY_NO_REAL,
    check_account,
    codes,
    lines,
    said,
    set_aside,
    source_of,
    times,
    turns_by_speaker,
)

from qualcode.model.transcript import Reading
from qualcode.readers.registry import load_reader

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=WHY_NO_REAL)

READERS = {".eaf": "eaf", ".exb": "exb", ".TextGrid": "textgrid", ".cha": "chat"}


class Seen(NamedTuple):
    """Turns of each speaker, annotations of speech, times, first and last words."""

    turns: dict[str | None, int]
    annotations: int
    first_ms: int | None
    last_ms: int | None
    begins: str
    ends: str


SEEN = {
    "eaf_narrative_qiang.eaf": Seen(
        {"Dzala Sentence": 1}, 13, 51_780, 178_121, "guru rinpoche", "chöle tshut."
    ),
    "eaf_multispeaker_aclew.eaf": Seen(
        {"CHI": 84, "FA1": 72, "UC2": 22, "FA2": 18, "UC1": 16, "UC3": 5},
        296,
        3_150,
        300_113,
        "0.",
        "0.",
    ),
    "exb_almal.exb": Seen(
        {"AS": 98, "RS": 97, "TA": 6}, 492, 13, 384_380, "• • Ek is nou bang.", "• • • Okay."
    ),
    "textgrid_example.TextGrid": Seen(
        {"CHI*": 1, "C1": 1, "C2": 1, "MOT*": 1, "LF2P": 1}, 5, 1_602, 9_285, "1", "1"
    ),
    "cha_cantonese_asr.cha": Seen({"PAR0": 1}, 242, None, None, "拖 鞋 呢 個 .", "一 下 ."),
    "cha_eng_multi_speaker.cha": Seen(
        {"FAT": 5, "CHI": 4}, 12, 600, 17_618, "wanna give me a kiss ?", "to say to it ?"
    ),
    "cha_eng_overlap_ca.cha": Seen(
        {"PAR": 5, "INV": 4}, 10, None, None, "so I was telling [>] him", "told her everything ."
    ),
    "cha_french_timed.cha": Seen({"MOT": 1, "CHI": 1}, 7, 1_000, 3_219, "non .", "d@u mettre ."),
}


def read(name: str) -> Reading:
    """The reading of a real file."""
    file = source_of(REAL / name)
    reader = load_reader(READERS[(REAL / name).suffix])
    assert reader.recognises(file)
    return reader.read(file, name="a")


def test_every_real_file_has_its_line() -> None:
    assert {path.name for path in REAL.iterdir() if path.suffix in READERS} == SEEN.keys()


@pytest.mark.parametrize("name", SEEN)
def test_a_real_file_comes_in_as_it_is_read(name: str) -> None:
    seen = SEEN[name]
    reading = read(name)
    transcript = reading.transcript
    starts = [mark.at_ms for mark in transcript.marks]
    ends = [turn.end_ms for turn in transcript.turns if turn.end_ms is not None]
    assert turns_by_speaker(reading) == seen.turns
    assert reading.report.turns + reading.report.merged == seen.annotations
    assert (min(starts, default=None), max(ends, default=None)) == (seen.first_ms, seen.last_ms)
    assert transcript.text.startswith(seen.begins)
    assert transcript.text.endswith(seen.ends)
    check_account(reading)


def test_people_who_speak_at_once_keep_their_times() -> None:
    reading = read("eaf_multispeaker_aclew.eaf")
    assert said(reading)[:4] == [
        ("CHI", "0.\n0.\n0."),
        ("FA1", "a fish, right."),
        ("CHI", "0.\n0."),
        ("FA1", "d'you [: did you]?"),
    ]
    assert times(reading)[3:5] == [(12_550, 12_900), (12_822, 14_711)]
    assert codes(reading) == []
    assert reading.report.dropped == {
        "other tiers (lex)": 134,
        "other tiers (mwu)": 120,
        "other tiers (xds)": 162,
    }


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("eaf_multispeaker_aclew.eaf", "//TIER[@TIER_ID='{}']//ANNOTATION_VALUE/text()"),
        ("exb_almal.exb", "//tier[@display-name='{} [v]']/event/text()"),
    ],
)
def test_the_words_of_each_speaker_are_those_of_their_tier_in_its_order(
    name: str, path: str
) -> None:
    root = etree.parse(REAL / name)
    spoken = said(read(name))
    for speaker in SEEN[name].turns:
        found = root.xpath(path.format(speaker))
        assert isinstance(found, list)
        written = "".join(map(str, found))
        words = "".join(words for who, words in spoken if who == speaker)
        assert "".join(words.split()) == "".join(written.split()) != ""


def test_a_story_in_sentences_and_again_in_breaths_is_read_once() -> None:
    reading = read("eaf_narrative_qiang.eaf")
    assert reading.transcript.facts == {"recording": "nr_k_09Feb25_ubrs.wav"}
    assert lines(reading, "tier-repeats") == [241]
    assert lines(reading, "annotations-empty") == [168]
    aside = set_aside(reading)
    assert len(aside) == 1 + 56 + 6 + 13 + 215 + 215
    assert "Manali is a placename" in aside


def test_words_that_another_speaker_cuts_in_two_are_whole() -> None:
    reading = read("exb_almal.exb")
    assert said(reading)[2:5] == [
        ("AS", "• • • Erm, • eers Desember. Eerm, agtiende Desember."),
        ("RS", "• • • Ha, 'n bietjie van die vakansie, agtiende Desember."),
        ("AS", "Ja!"),
    ]
    assert times(reading)[2:5] == [(7_427, 11_780), (11_780, 14_760), (14_046, 14_760)]
    assert len(reading.transcript.marks) == 492
    assert "Are you afraid of Afrikaans now? " in set_aside(reading)
    assert codes(reading) == []


def test_a_grid_of_marks_says_that_it_holds_no_words() -> None:
    reading = read("textgrid_example.TextGrid")
    assert codes(reading) == ["no-words"]
    assert times(reading)[3] == (5_593, 7_521)


def test_times_whose_signs_were_lost_are_times_all_the_same() -> None:
    reading = read("cha_eng_multi_speaker.cha")
    assert times(reading)[:2] == [(600, 9_733), (9_733, 10_476)]
    assert "_" not in reading.transcript.text
    assert len(reading.transcript.marks) == 12


def test_times_behind_some_utterances_are_marks() -> None:
    reading = read("cha_french_timed.cha")
    text = reading.transcript.text
    marks = [(text[mark.offset :][:5], mark.at_ms) for mark in reading.transcript.marks]
    assert marks == [("Marie", 1_000), ("on mo", 1_991)]
    assert reading.transcript.facts["date"] == "1996-05-19"
    assert codes(reading) == []

"""EXMARaLDA: events along a timeline become utterances, whoever speaks in between."""

from __future__ import annotations

import pytest
from readers.sources import check_account, codes, lines, said, set_aside, source, times

from qualcode import errors
from qualcode.model.transcript import Reading
from qualcode.readers import exb

SPEAKERS = (
    '<speakertable><speaker id="SPK0"><abbreviation>RS</abbreviation><languages-used>'
    '<language lang="afr"/></languages-used></speaker>'
    '<speaker id="SPK1"><abbreviation/></speaker></speakertable>'
)


def tier(*events: tuple[int, int, str], speaker: str = "SPK0", category: str = "v") -> str:
    """A tier with words between points of the timeline."""
    inside = "".join(f'<event start="T{a}" end="T{b}">{text}</event>\n' for a, b, text in events)
    whose = f'speaker="{speaker}" ' if speaker else ""
    kind = "t" if category == "v" else "a"
    name = f"{speaker} [{category}]"
    return (
        f'<tier id="TIE" {whose}category="{category}" type="{kind}" display-name="{name}">\n'
        f"{inside}</tier>"
    )


def read(*tiers: str, times: tuple[float | None, ...] = (), about: str = "") -> Reading:
    """The reading of a file with these tiers, a point of time each second if not told otherwise."""
    points = "".join(
        f'<tli id="T{n}"/>' if at is None else f'<tli id="T{n}" time="{at}"/>'
        for n, at in enumerate(times or range(12))
    )
    file = source(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- (c) -->\n<basic-transcription><head>'
        f"<meta-information>{about}</meta-information>{SPEAKERS}</head><basic-body>"
        f"<common-timeline>{points}</common-timeline>\n{''.join(tiers)}"
        "</basic-body></basic-transcription>"
    )
    assert exb.recognises(file)
    reading = exb.read(file, name="a")
    check_account(reading)
    return reading


def test_speakers_are_called_by_their_abbreviations_else_their_ids() -> None:
    reading = read(tier((0, 1, "one ")), tier((1, 2, "two "), speaker="SPK1"))
    assert said(reading) == [("RS", "one"), ("SPK1", "two")]
    assert times(reading) == [(0, 1000), (1000, 2000)]


def test_translations_and_other_tiers_are_set_aside_by_their_category() -> None:
    reading = read(tier((0, 1, "een ")), tier((0, 1, "one "), category="en"))
    assert said(reading) == [("RS", "een")]
    assert set_aside(reading) == ["one "]
    assert reading.report.dropped == {"blanks and line breaks": 1, "other tiers (en)": 4}


def test_a_word_that_another_speaker_cuts_in_two_is_whole() -> None:
    reading = read(
        tier((0, 1, "a holiday, eigh"), (1, 2, "teenth of May. ")),
        tier((1, 2, "Yes! "), speaker="SPK1"),
    )
    assert said(reading) == [("RS", "a holiday, eighteenth of May."), ("SPK1", "Yes!")]
    assert times(reading) == [(0, 2000), (1000, 2000)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 1000, 1000]


def test_at_the_end_of_an_utterance_another_speaker_may_come_in() -> None:
    reading = read(
        tier((0, 1, "It came. "), (1, 2, "Late. ")), tier((0, 1, "When? "), speaker="SPK1")
    )
    assert said(reading) == [("RS", "It came."), ("SPK1", "When?"), ("RS", "Late.")]


def test_utterances_without_a_blank_between_them_do_not_grow_together() -> None:
    assert said(read(tier((0, 1, "Late."), (1, 2, "Very."), (3, 4, "So")))) == [
        ("RS", "Late. Very. So")
    ]


def test_an_accent_at_the_head_of_an_event_does_not_change_the_word_before() -> None:
    assert said(read(tier((0, 1, "cafe"), (1, 2, "\u0301 noir")))) == [("RS", "cafe \u0301 noir")]


def test_points_without_a_time_keep_their_place_and_are_said_once() -> None:
    reading = read(
        tier((0, 1, "one. "), (2, 3, "three. ")),
        tier((1, 2, "two. "), speaker="SPK1"),
        times=(0, None, 2, None),
    )
    assert [words for _, words in said(reading)] == ["one.", "two.", "three."]
    assert times(reading) == [(0, None), (None, 2000), (2000, None)]
    assert codes(reading) == ["time-missing"]


def test_an_event_that_ends_before_it_starts_has_no_end() -> None:
    reading = read(tier((5, 2, "one ")))
    assert times(reading) == [(5000, None)]
    assert lines(reading, "ends-before-start") == [5]


def test_speech_of_nobody_is_called_by_its_tier_beside_others() -> None:
    alone = tier((0, 1, "one "), speaker="")
    assert said(read(alone)) == [(None, "one")]
    assert said(read(alone, tier((1, 2, "two ")))) == [("[v]", "one"), ("RS", "two")]


def test_without_the_category_of_speech_the_tiers_of_that_type_are_read() -> None:
    spoken = tier((0, 1, "one ")).replace('category="v"', 'category="txt"')
    assert said(read(spoken, tier((0, 1, "PRON "), category="pos"))) == [("RS", "one")]


def test_the_head_is_set_aside_and_offers_facts() -> None:
    reading = read(
        tier((0, 1, "one ")),
        about="<transcription-name>The bus</transcription-name>"
        '<referenced-file url="a/b.wav"/><referenced-file url="b.mp4"/>'
        '<ud-meta-information><ud-information attribute-name="Date">2024-03-14'
        "</ud-information></ud-meta-information>",
    )
    assert reading.transcript.facts == {
        "title": "The bus",
        "recording": "b.wav",
        "date": "2024-03-14",
        "language": "afr",
    }
    assert set_aside(reading) == ["The bus", "2024-03-14"]


def test_events_without_words_are_counted() -> None:
    reading = read(tier((0, 1, " "), (1, 2, "one "), (2, 3, "")))
    assert codes(reading) == ["annotations-empty"]
    assert reading.report.units_read == 3


def test_a_segmented_transcription_is_another_format() -> None:
    assert not exb.recognises(source('<?xml version="1.0"?><segmented-transcription Id="a">'))


def test_a_broken_file_is_refused() -> None:
    broken = source('<?xml version="1.0"?><basic-transcription><head>')
    with pytest.raises(errors.DamagedFileError, match="EXMARaLDA basic transcription is damaged"):
        exb.read(broken, name="a")

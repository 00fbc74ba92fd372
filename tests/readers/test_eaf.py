"""ELAN: which tiers are speech, whose they are, and what becomes of the others."""

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
    turns_by_speaker,
)

from qualcode import errors
from qualcode.model.transcript import Reading
from qualcode.readers import eaf

SLOTS = (0, 1000, 2000, 3000, None, 5000)


def slots(*values: int | None) -> str:
    """A timeline with these points, `s1` and so on."""
    stated = ("" if at is None else f' TIME_VALUE="{at}"' for at in values)
    each = (f'<TIME_SLOT TIME_SLOT_ID="s{n}"{time}/>' for n, time in enumerate(stated, 1))
    return f"<TIME_ORDER>{''.join(each)}</TIME_ORDER>"


def tier(uid: str, *said: tuple[str, int, int], attributes: str = "") -> str:
    """A tier with words between slots."""
    inside = "".join(
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{uid}{n}" TIME_SLOT_REF1="s{begins}"'
        f' TIME_SLOT_REF2="s{ends}"><ANNOTATION_VALUE>{text}</ANNOTATION_VALUE>'
        "</ALIGNABLE_ANNOTATION></ANNOTATION>"
        for n, (text, begins, ends) in enumerate(said)
    )
    return f'<TIER TIER_ID="{uid}" {attributes}>{inside}</TIER>'


def below(uid: str, parent: str, *said: tuple[str, str], attributes: str = "") -> str:
    """A tier whose annotations hang on those of another."""
    inside = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{uid}{n}" ANNOTATION_REF="{on}">'
        f"<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for n, (text, on) in enumerate(said)
    )
    return f'<TIER TIER_ID="{uid}" PARENT_REF="{parent}" {attributes}>{inside}</TIER>'


def read(*tiers: str, timeline: str = slots(*SLOTS), header: str = "") -> Reading:
    """The reading of a file with these tiers; its account adds up."""
    written = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT>'
        f"{header}{timeline}\n{chr(10).join(tiers)}</ANNOTATION_DOCUMENT>"
    )
    file = source(written, name="a.eaf")
    assert eaf.recognises(file)
    reading = eaf.read(file, name="a")
    check_account(reading)
    return reading


def test_a_tier_of_notes_is_set_aside_and_counted_by_its_name() -> None:
    reading = eaf.read(source_of(LAYOUTS / "int_a.eaf"), name="a")
    assert sum(turns_by_speaker(reading).values()) == 23
    assert set_aside(reading) == ["check sound level (coder note, not speech)"]
    assert reading.report.dropped == {"other tiers (comments)": 42}


def test_the_participant_is_the_speaker_else_the_name_of_the_tier() -> None:
    named = tier("A-utt", ("one", 1, 2), attributes='PARTICIPANT="Anna"')
    reading = read(named, tier("Tom", ("two", 2, 3)))
    assert said(reading) == [("Anna", "one"), ("Tom", "two")]
    assert times(reading) == [(0, 1000), (1000, 2000)]


def test_what_hangs_on_speech_is_not_speech() -> None:
    reading = read(
        tier("CHI", ("a fish", 1, 2), attributes='PARTICIPANT="CHI"'),
        below("xds@CHI", "CHI", ("T", "CHI0"), attributes='PARTICIPANT="CHI"'),
        below("lex@CHI", "CHI", ("W", "CHI0"), attributes='PARTICIPANT="CHI"'),
    )
    assert said(reading) == [("CHI", "a fish")]
    assert reading.report.dropped == {"other tiers (xds)": 1, "other tiers (lex)": 1}


def test_gestures_of_a_speaker_are_not_speech_even_at_the_top() -> None:
    reading = read(
        tier("W-Spch", ("hello", 1, 2), attributes='PARTICIPANT="W" LINGUISTIC_TYPE_REF="utt"'),
        tier("W-RGU", ("beat", 1, 2), attributes='PARTICIPANT="W" LINGUISTIC_TYPE_REF="x"'),
        tier("K-Gaze", ("up", 2, 3)),
    )
    assert said(reading) == [("W", "hello")]
    assert set_aside(reading) == ["beat", "up"]


def test_a_participant_who_is_called_like_a_layer_is_heard() -> None:
    reading = read(tier("Note", ("my words", 1, 2), attributes='PARTICIPANT="Note"'))
    assert said(reading) == [("Note", "my words")]


def test_speech_below_a_tier_of_numbers_has_the_times_above_it() -> None:
    reading = read(
        tier("ref@Anna", ("001", 1, 2), ("002", 3, 4), attributes='LINGUISTIC_TYPE_REF="ref"'),
        below("tx@Anna", "ref@Anna", ("one", "ref@Anna0"), ("two", "ref@Anna1")),
        below("mb@Anna", "tx@Anna", ("tw-o", "tx@Anna1")),
    )
    assert said(reading) == [("tx@Anna", "one\ntwo")]
    assert times(reading) == [(0, 3000)]
    assert set_aside(reading) == ["001", "002", "tw-o"]


def test_below_a_tier_without_words_is_the_speech() -> None:
    reading = read(
        tier("turns", ("", 1, 2), ("", 3, 4)),
        below("Anna", "turns", ("one", "turns0"), ("two", "turns1")),
        below("Anna-en", "Anna", ("eins", "Anna0")),
    )
    assert said(reading) == [("Anna", "one\ntwo")]
    assert times(reading) == [(0, 3000)]


def test_annotations_that_hang_on_each_other_in_a_ring_have_no_times() -> None:
    reading = read(
        below("tx", "ft", ("one", "ft0")),
        below("ft", "tx", ("eins", "tx0")),
    )
    assert times(reading) == [(None, None)]
    unnamed = read(below("a", "b", ("one", "b0")), below("b", "a", ("two", "a0")))
    assert unnamed.report.turns == 2


def test_a_slot_without_a_time_gives_none_and_is_said_once() -> None:
    reading = read(tier("A", ("one", 1, 2), ("two", 4, 5)), tier("T", ("three", 5, 6)))
    assert said(reading) == [("A", "one\ntwo"), ("T", "three")]
    assert times(reading) == [(0, 1000), (None, 5000)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 3000]
    assert codes(reading) == ["time-missing"]


def test_a_time_that_ends_before_it_starts_is_left_out_with_its_line() -> None:
    reading = read(tier("A", ("one", 3, 2)))
    assert times(reading) == [(2000, None)]
    assert lines(reading, "ends-before-start") == [3]


def test_one_speech_written_in_two_tiers_is_read_once() -> None:
    timeline = slots(*range(0, 6000, 1000))
    whole = [(f"whole {n}", n, n + 1) for n in range(1, 6)]
    again = [(f"again {n}", n, n + 1) for n in range(1, 6)]
    reading = read(tier("Sentence", *whole), tier("Intonation", *again), timeline=timeline)
    assert turns_by_speaker(reading) == {"Sentence": 1}
    assert codes(reading) == ["tier-repeats"]
    assert reading.report.dropped == {"other tiers": 35}

    people = (
        tier("a", *whole, attributes='PARTICIPANT="Anna"'),
        tier("b", *again, attributes='PARTICIPANT="Tom"'),
    )
    assert turns_by_speaker(read(*people, timeline=timeline)) == {"Anna": 5, "Tom": 5}


def test_line_breaks_of_the_transcriber_stay_and_empty_lines_do_not() -> None:
    assert said(read(tier("A", (" one\n\n two\n", 1, 2)))) == [("A", "one\ntwo")]


def test_the_recording_is_a_fact_and_the_date_of_the_file_is_none() -> None:
    header = (
        '<HEADER TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///V:/a%20b.wav"/>'
        '<PROPERTY NAME="lastUsedAnnotationId">2</PROPERTY></HEADER>'
    )
    reading = read(tier("A", ("one", 1, 2), attributes='LANG_REF="deu"'), header=header)
    assert reading.transcript.facts == {"recording": "a b.wav", "language": "deu"}
    assert reading.transcript.producer == "ELAN"


def test_times_in_frames_are_read_as_milliseconds() -> None:
    reading = read(
        tier("A", ("one", 1, 2)), timeline=slots(25, 50), header='<HEADER TIME_UNITS="PAL-frames"/>'
    )
    assert times(reading) == [(1000, 2000)]
    unknown = read(tier("A", ("one", 1, 2)), header='<HEADER TIME_UNITS="moons"/>')
    assert times(unknown) == [(None, None)]
    assert codes(unknown) == ["time-unreadable"]


def test_a_person_overrules_the_encoding() -> None:
    written = f"<ANNOTATION_DOCUMENT>{slots(1, 2)}{tier('A', ('café', 1, 2))}"
    data = f"{written}</ANNOTATION_DOCUMENT>".encode("cp1252")
    with pytest.raises(errors.DamagedFileError):
        eaf.read(source(data), name="a")
    reading = eaf.read(source(data, encoding="cp1252"), name="a")
    assert reading.transcript.text == "café"
    assert reading.transcript.encoding == "cp1252"


@pytest.mark.parametrize(
    "spoilt",
    [
        (LAYOUTS / "int_a.eaf").read_bytes()[:5000],
        b'<?xml version="1.0"?><ANNOTATION_DOCUMENT>' + b"<TIER>" * 100_000,
        b'<!DOCTYPE ANNOTATION_DOCUMENT [<!ENTITY a "b">]><ANNOTATION_DOCUMENT>&a;',
    ],
)
def test_a_spoilt_file_is_refused(spoilt: bytes) -> None:
    assert eaf.recognises(source(spoilt))
    with pytest.raises(errors.DamagedFileError):
        eaf.read(source(spoilt), name="a")


def test_a_file_of_nothing_but_tags_is_refused() -> None:
    many = b"<ANNOTATION_DOCUMENT>" + b"<a/>" * 2_100_000 + b"</ANNOTATION_DOCUMENT>"
    with pytest.raises(errors.TooManyLinesError):
        eaf.read(source(many), name="a")
    with pytest.raises(errors.TooLargeError):
        eaf.read(source(b" " * 25_000_000), name="a")


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read(tier("A", ("", 1, 2)))

"""Praat TextGrids: which tiers are speech, and whether their names are those of speakers."""

from __future__ import annotations

import pytest
from readers.sources import check_account, codes, lines, said, set_aside, source, times

from qualcode import errors
from qualcode.model.transcript import Reading
from qualcode.readers import textgrid
from qualcode.readers.ground.source import MOST_LINES

Intervals = tuple[tuple[float, float, str], ...]


def tier(name: str, *said: tuple[float, float, str]) -> str:
    """An interval tier in the long form."""
    inside = "".join(
        f"        intervals [{n}]:\n            xmin = {begins} \n            xmax = {ends} \n"
        f'            text = "{text}" \n'
        for n, (begins, ends, text) in enumerate(said, 1)
    )
    return (
        f'    item [1]:\n        class = "IntervalTier" \n        name = "{name}" \n'
        f"        xmin = 0 \n        xmax = 9 \n        intervals: size = {len(said)} \n{inside}"
    )


def points(name: str, *at: tuple[float, str]) -> str:
    """A tier of points in the long form."""
    inside = "".join(f'points [1]:\n number = {n} \n mark = "{text}" \n' for n, text in at)
    return (
        f'class = "TextTier" \nname = "{name}" \nxmin = 0 \nxmax = 9 \nsize = {len(at)} \n{inside}'
    )


def grid(*tiers: str) -> str:
    """A TextGrid in the long form."""
    return (
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 \nxmax = 9 \n'
        f"tiers? <exists> \nsize = {len(tiers)} \nitem []: \n{''.join(tiers)}"
    )


def read(content: str | bytes) -> Reading:
    """The reading of a TextGrid; its account adds up."""
    file = source(content, name="a.TextGrid")
    assert textgrid.recognises(file)
    reading = textgrid.read(file, name="a")
    check_account(reading)
    return reading


TWO = grid(
    tier("Mara", (0, 1.5, "how"), (1.5, 4, ""), (4, 5, "why")), tier("Tom", (1.5004, 4, "so"))
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_tiers_side_by_side_are_speakers_and_empty_intervals_silence(encoding: str) -> None:
    reading = read(TWO.encode(encoding))
    assert said(reading) == [("Mara", "how"), ("Tom", "so"), ("Mara", "why")]
    assert times(reading) == [(0, 1500), (1500, 4000), (4000, 5000)]
    assert reading.report.units_read == 3
    assert codes(reading) == []


def test_the_short_form_says_the_same() -> None:
    short = (
        '"ooTextFile"\n"TextGrid"\n\n0\n9\n<exists>\n2\n"IntervalTier"\n"Mara"\n0\n9\n3\n'
        '0\n1.5\n"how"\n1.5\n4\n""\n4\n5\n"why"\n"IntervalTier"\n"Tom"\n0\n9\n1\n1.5\n4\n"so"\n'
    )
    assert read(short).transcript == read(TWO).transcript
    assert read(f"File type = {short}").transcript == read(TWO).transcript
    assert read(short.replace("\n", "\r")).transcript == read(TWO).transcript


def test_quotation_marks_line_breaks_and_numbers_within_words_are_words() -> None:
    reading = read(grid(tier("Tom", (0, 1, 'he said ""no"" 12 times\n! <so>'))))
    assert said(reading) == [("Tom", 'he said "no" 12 times\n! <so>')]


def test_a_comment_of_praat_is_no_token() -> None:
    assert said(read(grid("! tier 1 begins\n" + tier("Tom", (0, 1, "yes!"))))) == [("Tom", "yes!")]


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Tom", "Tom"),
        ("  Interviewer", "Interviewer"),
        ("P01", "P01"),
        ("Sentence", None),
        ("utterances", None),
        ("Transcript", None),
        ("tier_1", None),
        ("1", None),
        ("words", None),
        ("Tom - words", "Tom"),
        ("ORT-MAU", None),
        ("", None),
    ],
)
def test_a_single_tier_names_a_speaker_only_where_its_name_is_one(
    name: str, speaker: str | None
) -> None:
    assert said(read(grid(tier(name, (0, 1, "yes"))))) == [(speaker, "yes")]


def test_of_several_tiers_each_is_a_speaker_whatever_its_name() -> None:
    reading = read(grid(tier("tier_1", (0, 1, "one")), tier("", (1, 2, "two"))))
    assert said(reading) == [("tier_1", "one"), ("(2)", "two")]


def test_words_of_forced_alignment_are_speech_and_its_phones_are_not() -> None:
    reading = read(
        grid(
            tier("Tom - words", (0, 1, "we"), (1, 2, "go")),
            tier("Tom - phones", (0, 1, "w i"), (1, 2, "g ou")),
            tier("Mara - words", (2, 3, "where")),
        )
    )
    assert said(reading) == [("Tom", "we go"), ("Mara", "where")]
    assert reading.report.dropped["other tiers (phones)"] == 7


def test_points_and_layers_are_set_aside_under_what_they_hold() -> None:
    reading = read(
        grid(
            tier("Tom", (0, 1, "yes")), tier("gloss", (0, 1, "ja")), points("clicks", (0.5, "tock"))
        )
    )
    assert said(reading) == [("Tom", "yes")]
    assert set_aside(reading) == ["ja", "tock"]
    assert reading.report.dropped["other tiers (gloss)"] == 2
    assert reading.report.dropped["other tiers"] == 4


def test_a_tier_that_says_who_speaks_is_not_speech_itself() -> None:
    spoken = [(n, n + 0.9, f"words {n}") for n in range(5)]
    whose = [(n, n + 0.9, "Tom") for n in range(5)]
    reading = read(grid(tier("sentences", *spoken), tier("who", *whose)))
    assert {speaker for speaker, _ in said(reading)} == {None}
    assert codes(reading) == ["no-speakers", "tier-repeats"]


def test_a_grid_of_marks_is_read_and_said_to_hold_no_words() -> None:
    reading = read(grid(tier("CHI*", (0, 1, "1")), tier("MOT*", (1, 2, "1"))))
    assert said(reading) == [("CHI*", "1"), ("MOT*", "1")]
    assert codes(reading) == ["no-words"]


def test_odd_times_are_said_with_their_line() -> None:
    reading = read(grid(tier("Tom", (3, 1, "yes"), (5.5e-05, 2, "no"), (-1, 1, "so"))))
    assert said(reading) == [("Tom", "no so yes")]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 0, 3000]
    assert lines(reading, "ends-before-start") == [18]
    assert lines(reading, "negative-time") == [26]


@pytest.mark.parametrize("characters", [60, 200, 330, 390])
def test_a_grid_that_breaks_off_is_refused_with_the_line(characters: int) -> None:
    with pytest.raises(
        errors.DamagedFileError, match=r"the Praat TextGrid is damaged: .* line \d+"
    ):
        read(TWO[:characters])


def test_a_count_that_no_file_can_keep_is_refused() -> None:
    for count in ("999999999", "1e9", "-1", "99999999999999999999"):
        with pytest.raises(errors.DamagedFileError):
            read(TWO.replace("intervals: size = 1 ", f"intervals: size = {count} "))
    many = f'"ooTextFile"\n"TextGrid"\n0 9\n<exists>\n1\n"IntervalTier" "a" 0 9 {MOST_LINES + 1}\n'
    with pytest.raises(errors.TooManyLinesError):
        read(many + '0 1 "x"\n' * (MOST_LINES + 1))


def test_a_grid_without_tiers_is_empty() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read('"ooTextFile"\n"TextGrid"\n0\n9\n<absent>\n')


def test_other_files_of_praat_are_no_grids() -> None:
    other = 'File type = "ooTextFile"\nObject class = "PitchTier"\n'
    assert not textgrid.recognises(source(other))


def test_more_intervals_than_are_counted_are_refused() -> None:
    whole = grid(tier("Anna", (0, 1, "hello there"), (1, 2, "and more")))
    assert read(whole).transcript.text == "hello there and more"
    edited = whole.replace("intervals: size = 2", "intervals: size = 1")
    assert edited != whole
    with pytest.raises(errors.DamagedFileError, match="more than it says in its counts"):
        read(edited)


@pytest.mark.parametrize("end", ["\n\n", "\n! the end\n", "\nend of the file\n"])
def test_what_is_no_text_or_number_may_stand_at_the_end(end: str) -> None:
    assert read(grid(tier("Anna", (0, 1, "hello there"))) + end).transcript.text == "hello there"

"""CHAT: utterances with codes and times, between headers and tiers that are not speech."""

from __future__ import annotations

import pytest
from readers.sources import check_account, codes, lines, said, set_aside, source, times

from qualcode import errors
from qualcode.model.transcript import Reading
from qualcode.readers import chat, vtt
from qualcode.readers.ground.source import MOST_LINES

HEAD = """\
@UTF8
@Begin
@Languages:	eng, deu
@Participants:	PAR Tom_Adeyemi Participant,
	INV Mara Investigator ,
	CAR Other
@ID:	eng|x|PAR|||||Participant|||
@Media:	"tape 1", audio
@Location:	Community hall , Oakford
@Date:	14-MAR-2024
"""


def read(body: str, *, head: str = HEAD) -> Reading:
    """The reading of a file with these lines; its account adds up."""
    file = source(f"{head}{body}@End\n", name="a.cha")
    assert chat.recognises(file)
    reading = chat.read(file, name="a")
    check_account(reading)
    return reading


def test_an_utterance_has_a_code_words_and_times() -> None:
    reading = read("*INV:\tcan you say more ? \x150_1500\x15\n*PAR:\twell . \x151600_2000\x15\n")
    assert said(reading) == [("INV", "can you say more ?"), ("PAR", "well .")]
    assert times(reading) == [(0, 1500), (1600, 2000)]


def test_utterances_of_one_speaker_are_paragraphs_of_one_turn() -> None:
    reading = read("*PAR:\tone . \x150_10\x15\n*PAR:\ttwo . \x1510_20\x15\n")
    assert said(reading) == [("PAR", "one .\ntwo .")]
    assert times(reading) == [(0, 20)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 10]


def test_a_line_that_begins_with_a_tab_goes_on() -> None:
    reading = read("*PAR:\tit was late\n\tand cold\n\tthat night . \x155_10\x15\n")
    assert said(reading) == [("PAR", "it was late and cold that night .")]
    assert times(reading) == [(5, 10)]


def test_tiers_and_headers_are_set_aside_whole_also_where_they_wrap() -> None:
    reading = read("*PAR:\thi .\n%mor:\tco|hi\n\tpunct|.\n@New Episode\n*PAR:\tho .\n")
    assert set_aside(reading)[-3:] == ["%mor:\tco|hi punct|.", "@New Episode", "@End"]
    assert reading.report.dropped["other tiers (mor)"] == len("%mor:\tco|hi punct|.")
    assert set_aside(reading)[3] == (
        "@Participants:\tPAR Tom_Adeyemi Participant, INV Mara Investigator , CAR Other"
    )


def test_headers_offer_facts_and_codes_stay_the_speakers() -> None:
    reading = read("*PAR:\thi .\n*INV:\tho .\n")
    assert reading.transcript.facts == {
        "language": "eng",
        "date": "2024-03-14",
        "place": "Community hall, Oakford",
        "recording": "tape 1",
        "interviewer": "Mara",
        "participant": "Tom Adeyemi",
    }
    assert reading.transcript.speakers == ("PAR", "INV")


def test_of_several_participants_none_is_offered() -> None:
    head = "@Begin\n@Participants:\tAAA Participant, BBB Participant\n@Date:\t03-04-2024\n"
    assert read("*AAA:\thi .\n", head=head).transcript.facts == {}


def test_codes_that_people_made_up_are_speakers_and_said() -> None:
    reading = read("*MS. A:\thello .\n*BertramKIBBEL:  yes .\n*PAR:\tno .\n*MS. A:\toh .\n")
    assert reading.transcript.speakers == ("MS. A", "BertramKIBBEL", "PAR")
    assert lines(reading, "speaker-undeclared") == [11, 12]
    assert codes(reading) == ["speaker-undeclared"] * 2
    assert codes(read("*MS. A:\thello .\n", head="@Begin\n")) == []


@pytest.mark.parametrize(
    "stamp",
    [
        "\x15600_2219\x15",
        "•600_2219•",
        '\x15%snd:"tape"_600_2219\x15',
        "\x15600_2219-\x15",
        "600_2219",
    ],
)
def test_a_time_is_read_in_every_form_that_programs_leave(stamp: str) -> None:
    reading = read(f"*PAR:\ta kiss ? {stamp}\n")
    assert said(reading) == [("PAR", "a kiss ?")]
    assert times(reading) == [(600, 2219)]
    assert reading.report.dropped["times"] == len(stamp)


def test_each_time_within_an_utterance_is_that_of_the_words_before_it() -> None:
    reading = read("*PAR:\tone \x150_10\x15 two \x1510_20\x15 three\n")
    assert said(reading) == [("PAR", "one two three")]
    assert times(reading) == [(0, 20)]
    text = reading.transcript.text
    assert [text[mark.offset :].split()[0] for mark in reading.transcript.marks] == ["one", "two"]


def test_marks_of_the_transcriber_stay_in_the_words() -> None:
    line = "+< <I told> [>] &-uh (.) xxx • so 0 [inaudible 00:12:03] +/."
    assert said(read(f"*PAR:\t{line}\n")) == [("PAR", line)]


def test_odd_times_are_kept_or_left_out_and_said() -> None:
    reading = read("*PAR:\tone . \x15900_800\x15\n*INV:\ttwo . \x15100_200\x15\n*PAR:\tx \x15.\n")
    assert times(reading) == [(900, None), (100, 200), (None, None)]
    assert lines(reading, "ends-before-start") == [11]
    assert said(reading)[-1] == ("PAR", "x .")


def test_words_without_a_mark_are_kept_and_said() -> None:
    body = "*PAR:\tone\ntwo .\n%com:\tsic\nthree .\n*INV\tfour .\n*INV:\n"
    reading = read(body)
    assert said(reading) == [("PAR", "one two .\nthree .\n*INV\tfour .")]
    assert lines(reading, "line-unmarked") == [12, 14, 15]
    assert lines(reading, "label-without-words") == [16]


def test_letters_that_were_encoded_twice_are_said_and_left() -> None:
    reading = read("*PAR:\tcafÃ© .\n")
    assert said(reading) == [("PAR", "cafÃ© .")]
    assert codes(reading) == ["encoded-twice"]


@pytest.mark.parametrize(
    ("content", "known"),
    [
        ("@Begin\n*A:\thi .\n", True),
        ("\n@Font:\tCourier:10\n@Begin\n", True),
        ("*MOT:\thi .\n*CHI:\tho .\n", True),
        ("*MOT:\thi .\n", False),
        ("* one: two\n* three: four\n", False),
        ("@anna wrote: hi\nTom: ho\n", False),
    ],
)
def test_chat_is_known_by_its_headers_or_its_lines(content: str, *, known: bool) -> None:
    assert chat.recognises(source(content)) is known
    assert not vtt.recognises(source(content))


def test_a_file_of_nothing_but_times_is_refused() -> None:
    with pytest.raises(errors.TooManyLinesError):
        read("*A:\t" + "\x151_2\x15" * (MOST_LINES + 1))


def test_headers_alone_are_an_empty_transcript() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read("")

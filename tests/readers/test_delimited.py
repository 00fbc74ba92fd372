"""Tables in text files: which columns hold what, and what a row is that is not like the others."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    NASTY,
    check_account,
    codes,
    lines,
    read,
    read_file,
    said,
    set_aside,
    source,
    times,
    turns_by_speaker,
)

from qualcode import errors
from qualcode.readers import delimited, read_transcript
from qualcode.readers.registry import find_reader

INTERVIEW = LAYOUTS / "int_a_ohd.csv"


def test_the_interview_is_read_as_from_every_other_program() -> None:
    reading = read_file(INTERVIEW)
    names = ("Mara Lindqvist", "Tom Adeyemi", "Ruth (caretaker)")
    assert turns_by_speaker(reading) == dict(zip(names, (11, 10, 2), strict=True))
    assert said(reading) == said(read_file(LAYOUTS / "int_a_otter.txt"))
    assert (times(reading)[0], times(reading)[-1]) == ((0, None), (276_000, None))
    assert reading.report.units_read == 24  # the headings are one
    assert codes(reading) == []
    check_account(reading)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_line_ends_and_encoding_do_not_matter(
    delimiter: str, ending: str, encoding: str
) -> None:
    out = io.StringIO(newline="")
    rows = csv.reader(io.StringIO(INTERVIEW.read_text(encoding="utf-8"), newline=""))
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    reading = read(out.getvalue().encode(encoding))
    assert reading.transcript.format == "csv"
    assert said(reading) == said(read_file(INTERVIEW))
    check_account(reading)


def test_an_empty_speaker_goes_on_and_marks_stay_in_the_words() -> None:
    # As oral-history.digital saves it: between tabs, under the name .csv.
    table = "TIMECODE\tSPEAKER\tTRANSCRIPT\n00:00:01\tINT\tSo <n(beginnt)>.\n00:00:04\t\tWie <=>?\n"
    reading = read(table + "00:00:09.5\tAB\tJa.\n")
    assert said(reading) == [("INT", "So <n(beginnt)>.\nWie <=>?"), ("AB", "Ja.")]
    assert times(reading) == [(1000, None), (9500, None)]
    assert [mark.at_ms for mark in reading.transcript.marks] == [1000, 4000, 9500]
    assert reading.transcript.producer == "oral-history.digital"
    check_account(reading)


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_nvivo_writes_a_timespan_in_half_seconds(delimiter: str) -> None:
    rows = ["Timespan|Content|Speaker", "0:00:08.5 - 0:00:10.0|a --- b|Ann", "0:00:10.0|c|Bo"]
    reading = read("\n".join(rows).replace("|", delimiter))
    assert said(reading) == [("Ann", "a --- b"), ("Bo", "c")]
    assert times(reading) == [(8500, 10_000), (10_000, None)]
    assert reading.transcript.producer == "NVivo"


def test_whisper_counts_milliseconds_and_leaves_quotation_marks_as_they_were_heard() -> None:
    table = 'start\tend\ttext\n0\t1200\t"Well, he said\n1200\t2000\tso."\n2000\t2500\t"Yes."\n'
    reading = read(table)
    assert said(reading) == [(None, '"Well, he said so." "Yes."')]
    assert [mark.at_ms for mark in reading.transcript.marks] == [0, 1200, 2000]
    assert times(reading) == [(0, 2500)]
    assert reading.transcript.producer == "Whisper"
    assert codes(reading) == ["no-speakers"]
    check_account(reading)


def test_speakers_are_found_in_the_words_where_no_column_names_them() -> None:
    reading = read("start,end,text\n0.5,1,I: So?\n1,2.25,P01: Yes.\n2.25,3,And on.\n")
    assert said(reading) == [("I", "So?"), ("P01", "Yes. And on.")]
    assert times(reading) == [(500, 1000), (1000, 3000)]
    check_account(reading)


@pytest.mark.parametrize(
    ("heading", "numbers", "first_ms", "guessed"),
    [
        ("start", ("1.5", "3"), 1500, False),
        ("start", ("1,5", "3"), 1500, False),
        ("start_ms", ("1500", "3000"), 1500, False),
        ("Start (ms)", ("1500", "3000"), 1500, False),
        ("start (seconds)", ("15", "30"), 15_000, False),
        ("start", ("15", "30"), 15_000, True),
        ("start", ("15000", "30000"), 15_000, True),
    ],
)
def test_what_numbers_count_is_told_by_heading_fraction_or_speech(
    heading: str, numbers: tuple[str, str], first_ms: int, guessed: bool
) -> None:
    words = "so many words as a person says in a while " * 3
    first, second = numbers
    table = f'speaker;{heading};text\nI;"{first}";{words}\nR;"{second}";{words}\n'
    reading = read(table)
    assert times(reading)[0][0] == first_ms
    assert codes(reading) == (["times-guessed"] if guessed else [])


def test_odd_times_are_kept_or_left_out_and_said() -> None:
    table = "speaker,start,end,text\nI,0:05,0:03,a\nR,-0:02,0:04,b\nI,later,0:09,c\nR,0:01,0:75,d\n"
    reading = read(table)
    assert times(reading) == [(5000, None), (0, 4000), (None, 9000), (1000, None)]
    assert lines(reading, "row-ends-before-start") == [2]
    assert lines(reading, "negative-time") == [3]
    assert lines(reading, "time-unreadable") == [4, 5]
    check_account(reading)


def test_rows_above_the_headings_give_facts() -> None:
    table = "Interview,INT-A,\nDate,2024-03-14,\n,,\nspeaker,start,text\nI,0:01,a\nR,0:02,b\n"
    reading = read(table)
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert reading.transcript.facts == {"date": "2024-03-14"}
    assert set_aside(reading) == [
        "Interview | INT-A",
        "Date | 2024-03-14",
        "speaker | start | text",
    ]
    check_account(reading)


def test_the_line_of_excel_that_names_the_delimiter_is_no_speech() -> None:
    assert said(read("sep=;\r\nspeaker;text\r\nI;a, b\r\nR;c\r\n")) == [("I", "a, b"), ("R", "c")]


def test_columns_that_are_not_read_are_named_and_counted() -> None:
    reading = read("speaker,text,tags,\nI,a,hello,x\nR,b,,\n")
    assert [w.message for w in reading.report.warnings] == [
        "2 columns were not read: tags, number 4"
    ]
    assert reading.report.dropped["other table columns"] == 6
    check_account(reading)


def test_words_that_hold_the_delimiter_are_whole_where_they_stand_last() -> None:
    reading = read("speaker,text\nI,well, yes, so\nR,b\n")
    assert said(reading) == [("I", "well, yes, so"), ("R", "b")]
    assert lines(reading, "delimiter-in-words") == [2]
    check_account(reading)


def test_a_row_without_words_is_set_aside() -> None:
    reading = read("speaker,start,text\nI,0:01,a\nR,0:02,\n,0:03,\n\n,,\nR,0:04,b\n")
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert lines(reading, "label-without-words") == [3]
    assert reading.report.units_read == 5
    check_account(reading)


def test_headings_that_come_again_are_no_speech() -> None:
    assert said(read("speaker,text\nI,a\nspeaker,text\nR,b\n")) == [("I", "a"), ("R", "b")]


def test_lines_in_a_cell_are_paragraphs() -> None:
    reading = read('speaker,text\nI,"one\n\n  two "\nR,b\n')
    assert said(reading)[0] == ("I", "one\ntwo")
    assert reading.report.units_read == 3
    check_account(reading)


def test_a_line_is_that_of_the_file_also_below_long_cells() -> None:
    reading = read('speaker,text\nI,"one\ntwo\nthree"\nR,\n')
    assert lines(reading, "label-without-words") == [5]


def test_a_row_of_too_many_cells_is_named_by_its_first_line() -> None:
    with pytest.raises(errors.DamagedFileError, match=":5: "):
        read('speaker,text\nI,"one\ntwo\nthree"\nR,well\n'.replace("R", "R," * 10_001))


def test_rows_of_too_many_cells_are_not_all_taken_into_memory() -> None:
    table = "speaker,text\n" + ("ab," * 10_001 + "\n") * 300
    tracemalloc.start()
    try:
        with pytest.raises(errors.DamagedFileError, match=":2: "):
            read(table)
        assert tracemalloc.get_traced_memory()[1] < 20 * len(table)
    finally:
        tracemalloc.stop()


def test_a_table_without_headings_is_read_by_what_it_holds() -> None:
    reading = read("I,0:01,so tell me\nR,0:04,well yes\nI,0:09,and then\nR,0:12,nothing more\n")
    assert turns_by_speaker(reading) == {"I": 2, "R": 2}
    assert times(reading)[-1] == (12_000, None)


def test_a_cell_longer_than_the_library_allows_is_read() -> None:
    assert len(read(f"speaker,text\nI,{'x' * 200_000}\nR,b\n").transcript.text) > 200_000


def test_formulas_are_words() -> None:
    assert said(read_file(NASTY / "csv_formula.csv")) == [
        ("I", '=HYPERLINK("http://x","y")'),
        ("R", "+1+1"),
    ]


def test_a_table_of_windows_is_read() -> None:
    reading = read_file(NASTY / "csv_semicolon_cp1252.csv")
    assert said(reading) == [("I", "Schön, „ja“"), ("B", "Grüß Gott; nein")]
    assert times(reading) == [(1000, None), (4000, None)]


@pytest.mark.parametrize(
    ("table", "error", "sentence"),
    [
        (
            "interview_id,file,participant\nA,a.txt,P01\n",
            errors.ManifestAsTranscriptError,
            "a.csv: this is a manifest, a table of interviews, not a transcript. Give it to"
            " qualcode import with --manifest.",
        ),
        (
            "transcript,start,end,code,coder\nA,1,2,x,y\n",
            errors.CodingsAsTranscriptError,
            "a.csv: this is a table of codings, not a transcript. Give it to qualcode tag with"
            " --from.",
        ),
        (
            "Nummer,Wer,Zeit\n1,I,a\n2,R,b\n",
            errors.UnknownTableError,
            "a.csv: the table has no columns that are known to hold who speaks and what is said;"
            " its columns are: Nummer, Wer, Zeit. Call them speaker and words, and those for times"
            " start and end.",
        ),
        (
            'speaker,text\nI,a\nR,"b\nI,c\n',
            errors.DamagedFileError,
            "a.csv:3: the table (CSV, TSV) is damaged: a quotation mark in the row that begins here"
            " does not close. Open it in the program that made it, save it again, and import that"
            " copy.",
        ),
    ],
)
def test_a_table_that_is_no_transcript_is_refused_by_a_sentence(
    table: str, error: type[errors.TranscriptError], sentence: str
) -> None:
    with pytest.raises(error) as refused:
        read_transcript(source(table, name="a.csv"), name="a")
    assert str(refused.value) == sentence


def test_words_in_the_first_row_are_not_named() -> None:
    with pytest.raises(errors.UnknownTableError) as refused:
        delimited.read(source("well, I was there.,so\nmy mother, too,b\n"), name="a")
    assert "mother" not in str(refused.value)
    assert "there" not in str(refused.value)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("Anna Schmidt,ja genau\nBen Kurz,nein das stimmt so nicht\nAnna Schmidt,doch\n", 2),
        ("Anna Schmidt,ja genau,am Dorfplatz\nBen Kurz,nein,dort\nAnna Schmidt,doch,da\n", 3),
    ],
)
def test_names_in_the_first_row_are_no_headings(table: str, columns: int) -> None:
    with pytest.raises(errors.UnknownTableError, match=f"it has {columns} columns") as refused:
        read_transcript(source(table, name="a.csv"), name="a")
    assert not {"Anna", "Schmidt", "genau", "Dorfplatz"} & set(str(refused.value).split())


@pytest.mark.parametrize(
    "text",
    [
        "I: Well, yes\nR: No, no\n",
        "I\tWell, yes\nR\tNo, no\nI\tAnd\nR\tNo\n",
        "First, the text: a speech.\nThen, the time.\n",
        "Speaker, time\n\nI: a\nR: b\n",
        "I: a, b, c\nR: d, e, f\nI: g, h, i\nR: j, k, l\n",
    ],
)
def test_text_with_commas_stays_text(text: str) -> None:
    found = find_reader(source(text))
    assert found is not None
    assert found.FORMAT.name == "text"


def test_more_rows_than_an_interview_has_are_refused() -> None:
    with pytest.raises(errors.TooManyLinesError):
        read("speaker,text\n" + "I,a\n" * 600_000)


CELLS = st.one_of(
    st.sampled_from(["I", "R", "P01", "", " ", "0:01", "-0:02", "0:75", "12", "1.5", "1200"]),
    st.sampled_from(["so, yes", 'a "b"', "x\ny", "I: so", "=1+1", "\u2028", "e\u0301", "[00:01]"]),
    st.sampled_from(["speaker", "text", "\u00a0"]),
)
HEADINGS = st.sampled_from(
    [
        ("speaker", "start", "text"),
        ("start", "end", "text"),
        ("Timespan", "Content", "Speaker"),
        ("speaker", "words"),
        ("TIMECODE", "SPEAKER", "TRANSCRIPT"),
        ("speaker", "start", "end", "text"),
    ]
)


@given(HEADINGS, st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12), st.data())
@settings(max_examples=400, deadline=None)
def test_every_character_is_kept_or_dropped_under_a_kind(
    headings: tuple[str, ...], rows: list[list[str]], data: st.DataObject
) -> None:
    delimiter = data.draw(st.sampled_from([",", ";", "\t"]))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([headings, *rows])
    try:
        reading = delimited.read(source(out.getvalue()), name="a")
    except errors.TranscriptError:
        return
    check_account(reading)


@given(st.lists(CELLS | st.sampled_from([",", ";", "\t", "\n", '"', "\r", "\0"])).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused_with_a_reason(content: str) -> None:
    try:
        check_account(delimited.read(source("speaker,start,text\n" + content), name="a"))
    except errors.TranscriptError:
        return

"""RTF documents: the words on the page, whatever the code page and whatever is hidden in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.sources import (
    LAYOUTS,
    NASTY,
    changed,
    check_account,
    codes,
    faults_or_refusal,
    lines,
    read,
    read_file,
    said,
    source,
    times,
    turns_by_speaker,
)
from striprtf.striprtf import rtf_to_text

from qualcode import errors
from qualcode.readers import read_transcript, rtf

if TYPE_CHECKING:
    from pathlib import Path

INTERVIEW = LAYOUTS / "int_a_f4.rtf"
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset128 Mincho;}}"


def document(*paragraphs: str, head: str = HEAD) -> bytes:
    """A document of these paragraphs."""
    body = "".join(rf"\pard\plain {paragraph}\par" + "\n" for paragraph in paragraphs)
    return (head + body + "}").encode("latin-1")


def judge(data: bytes) -> str:
    """The words that striprtf finds."""
    return str(rtf_to_text(data.decode("latin-1")))  # type: ignore[no-untyped-call]


def shown(written: str, head: str = HEAD) -> str:
    """The words of a document with one paragraph between a question and an answer."""
    reading = read(document("I: x", rf"R: {written}", "I: y", "R: z", head=head))
    check_account(reading)
    return said(reading)[1][1]


@pytest.mark.parametrize("path", [INTERVIEW, NASTY / "rtf_renamed.doc"], ids=lambda path: path.name)
def test_the_interview_is_read_as_from_every_other_program(path: Path) -> None:
    reading = read_file(path)
    assert turns_by_speaker(reading) == {"I": 11, "B": 10, "U": 2}
    plain = read_file(LAYOUTS / "int_a_f4.txt")
    assert said(reading) == said(plain)
    assert times(reading) == times(plain)
    assert (reading.transcript.producer, reading.transcript.format) == ("f4", "rtf")
    assert codes(reading) == []
    check_account(reading)


def test_striprtf_finds_the_same_words() -> None:
    judged = judge(INTERVIEW.read_bytes())
    words = re.sub(r"(?m)^\w: | #\d\d:\d\d:\d\d-\d#", "", judged).split()
    assert read_file(INTERVIEW).transcript.text.split() == words


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"caf\'e9 \'93so\'94", "café “so”"),
        (r"caf\u233?", "café"),
        (r"caf\u233\'e9 x", "café x"),
        (r"\uc2 caf\u233\'3f\'3f x", "café x"),
        (r"\uc0 caf\u233 x", "caféx"),
        (r"\u-10179?\u-8704? smile", "\U0001f600 smile"),
        (r"lone \u-10179? half", "lone \ufffd half"),
        (r"a\line b", "a\nb"),
        (r"a\tab b", "a\tb"),
        (r"a\~b\_c co\-op", "a\u00a0b\u2011c coop"),
        (r"\{brackets\} and \\ too", "{brackets} and \\ too"),
        (r"\ldblquote so\rdblquote\emdash it\rquote s", "“so”—it’s"),
        ("broken\nin the\r\nfile", "brokenin thefile"),
        (r"{\b bold} and {\i not}", "bold and not"),
        (r"{\f1 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f1 \'83e}x", "テx"),
        (r'{\field{\*\fldinst{HYPERLINK "http://x.org"}}{\fldrslt a link}}', "a link"),
        (r"x{\*\unknown never shown}", "x"),
        (r"x{\pict\wmetafile8 0102ff}", "x"),
        (r"x{\xe index}", "x"),
        (r"{\object{\*\objdata 01}{\result shown}}", "shown"),
    ],
)
def test_the_words_are_those_on_the_page(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("head", "written", "expected"),
    [
        (r"{\rtf1\ansi\ansicpg1251 ", r"\'c4\'e0", "Да"),
        (r"{\rtf1\mac ", r"caf\'8e", "café"),
        (r"{\rtf1\pc ", r"caf\'82", "café"),
        (r"{\rtf1\ansi\ansicpg99999 ", r"caf\'e9", "café"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset204 A;}}", r"{\f0\'c4\'e0}", "Да"),
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset78 A;}}", r"{\f0 caf\'e9}", "café"),
    ],
)
def test_the_document_and_its_fonts_say_what_bytes_mean(
    head: str, written: str, expected: str
) -> None:
    assert shown(written, head) == expected


def test_the_encoding_that_a_person_gives_overrules() -> None:
    told = source(document("I: a", r"R: caf\'8e"), encoding="mac-roman")
    assert said(read_transcript(told, name="a"))[1] == ("R", "café")
    with pytest.raises(errors.EncodingError, match="not the name of an encoding"):
        read_transcript(source(document("I: a"), encoding="klingon"), name="a")


def test_bytes_without_a_letter_are_replaced_and_counted() -> None:
    reading = read(document("I: a", r"R: b\'81"))
    assert said(reading) == [("I", "a"), ("R", "b\ufffd")]
    assert codes(reading) == ["bytes-replaced"]


def test_what_is_hidden_deleted_or_beside_the_page_is_counted_and_not_read() -> None:
    reading = read(
        document(
            r"{\header I: running head\par}I: a{\v secret}",
            r"R: b{\deleted gone}{\v0 seen}",
            r"c{\footnote\pard note\par} d{\*\footnote n}{\shp{\*\shpinst x}{\shprslt y}}",
        )
    )
    assert said(reading) == [("I", "a"), ("R", "bseen\nc d")]
    assert sorted(codes(reading)) == [
        "frames-left-out",
        "hidden-text",
        "notes-left-out",
        "tracked-changes",
    ]
    notes = next(w for w in reading.report.warnings if w.code == "notes-left-out")
    assert notes.message.startswith("2 comments or notes")
    check_account(reading)


def test_striprtf_would_have_kept_what_is_hidden() -> None:
    assert "secret" in judge(document(r"I: a{\v secret}"))


def table(*rows: tuple[str, ...]) -> str:
    """A table as Word writes it."""
    written = [
        r"\trowd\cellx1000\cellx2000 " + "".join(rf"\pard\intbl {cell}\cell " for cell in row)
        for row in rows
    ]
    return "".join(row + r"\row" + "\n" for row in written)


def test_a_table_of_turns_is_read_by_its_headings() -> None:
    rows = ("Timespan", "Content", "Speaker"), ("0:01 - 0:02", r"a\par b", "I"), ("0:03", "c", "R")
    reading = read((HEAD + table(*rows) + r"\pard\par}").encode())
    assert said(reading) == [("I", "a\nb"), ("R", "c")]
    assert times(reading) == [(1000, 2000), (3000, None)]
    assert reading.transcript.producer == "NVivo"
    check_account(reading)


def test_a_table_of_facts_before_the_words_gives_facts() -> None:
    facts = table(("Date", "2024-03-14"), ("Place", "Oakford"))
    reading = read((HEAD + facts + r"\pard I: a\par R: b\par}").encode())
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert reading.transcript.facts == {"date": "2024-03-14", "place": "Oakford"}
    check_account(reading)


def test_a_bold_name_on_a_line_of_its_own_is_a_label() -> None:
    reading = read(document(*[r"{\b Ann}", "a", r"{\b Bo }", "b"] * 2))
    assert said(reading) == [("Ann", "a"), ("Bo", "b")] * 2


def test_a_picture_in_bytes_is_passed_over() -> None:
    picture = b"{\\pict\\bin9 }}\\par{\\x\x01 }"
    assert said(read(document("I: a", "R: PICTURE b").replace(b"PICTURE", picture))) == [
        ("I", "a"),
        ("R", "b"),
    ]


def test_words_after_the_end_are_said() -> None:
    reading = read(document("I: a", "R: b") + b"R: more")
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert codes(reading) == ["text-after-end"]


def test_a_document_that_is_cut_off_is_read_and_said() -> None:
    reading = read(INTERVIEW.read_bytes()[:2000])
    assert codes(reading) == ["file-cut-off"]
    assert reading.report.turns == 18
    check_account(reading)


def test_the_number_of_a_paragraph_is_named() -> None:
    reading = read(document("I: a", "R: b", "", "I:", "R: c"))
    assert lines(reading, "label-without-words") == [4]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (rb"{\rtf1}", errors.EmptyTranscriptError),
        (rb"{\rtf", errors.EmptyTranscriptError),
        (rb"{\rtf1 " + rb"{" * 100_000, errors.EmptyTranscriptError),
        (rb"{\rtf1 " + rb"\par" * 600_000 + b"}", errors.TooManyLinesError),
        (rb"{\rtf1 " + rb"{}" * 2_100_000 + b"}", errors.DamagedFileError),
        (rb"{\rtf1 " + b"x" * 24_000_000, errors.TooLargeError),
    ],
    ids=["empty", "cut", "deep", "paragraphs", "signs", "large"],
)
def test_a_document_that_no_program_writes_is_refused(
    data: bytes, error: type[errors.TranscriptError]
) -> None:
    with pytest.raises(error):
        read(data)


SIGNS = st.sampled_from(
    re.findall(
        r"\S+",
        r"""{ } \par \cell \row \pard \intbl \trowd \plain \b \b0 \v \v0 \u233? \u-10179? \uc0
        \uc2 \u \'e9 \'81 \* \footnote \f0 \f1 \tab \line \~ \- \{ \} \\ I: R: words 0:01 \bin3
        \ansicpg932 \deleted \fonttbl \fcharset128 \nestcell \nestrow \page #00:00:01-2# \sect
        \emdash \u8232? \0""",
    )
)


@given(st.lists(SIGNS | st.just(" ") | st.just("\n"), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_every_character_is_kept_or_dropped_under_a_kind(content: str) -> None:
    try:
        check_account(rtf.read(source(HEAD + content + "}"), name="a"))
    except errors.TranscriptError:
        return


@given(st.lists(st.tuples(st.integers(0, 7000), st.integers(0, 255)), max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_damaged_document_is_read_or_refused_with_a_reason(
    changes: list[tuple[int, int]],
) -> None:
    assert faults_or_refusal(changed(INTERVIEW.read_bytes(), changes)) == []

"""Nothing vanishes on the way: whatever the file, the account of its reading adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.docx_files import document, p, run, table
from readers.sources import LAYOUTS, NASTY, check_account, read_file, said, source, turns_by_speaker

from qualcode import errors
from qualcode.readers import Source, docx, read_transcript, srt, text, vtt
from qualcode.readers.ground.decoding import decode
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.turns import Spoken, Unit, make_reading

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ("I", "R", "Anna Bell", "Tom (by phone)", "访谈者", "المشارك", "host")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
LINES = st.sampled_from(
    [
        *(f"{label}: " for label in LABELS),
        *(f"[{label}] (0:01 - 0:11)" for label in LABELS),
        *(f"{label}  1:02" for label in LABELS),
        *(f"**{label}:** " for label in LABELS),
        *(f"- **{label}**: " for label in LABELS),
        *(f"- {label}: " for label in LABELS),
        *(f" >> {label.upper()}: " for label in LABELS),
        "Date: 2024-03-14",
        "Interviewer: Mara",
        "-----",
        "---",
        "# Heading",
        "#### 00:00:48",
        "[END OF RECORDING]",
        "Transcribed by https://otter.ai",
        "00:15:10",
        "[00:15:10] ",
        "(22:175 - 22:17)",
        "<https://example.org>",
        "Q. ",
        "A. ",
        "Note: ",
        " 1   words",
        " 2   words",
        "WEBVTT",
        "NOTE x",
        "1",
        "00:00:01.000 --> 00:00:02.000 align:start",
        "0:0:-6.-820 --> 0:0:8.970",
        "00:00:03,000 --> 00:00:01,000",
        "00:0x --> 0",
    ]
)
MARKUP = st.sampled_from(
    [
        "<v Bob>",
        "</v>",
        "<v.loud Esme &amp; Co>",
        "<i>",
        "</i>",
        "&lt;",
        "&#10;",
        "&#xFEFF;",
        "&#0;",
        "{\\an8}",
        "<font color=red>",
        "#00:01:23-4#",
        "e\u0301",
        "\u0958",  # NFC makes two code points of it
        "\ud7a3\u11a8",
        "\u202b",
        "\u202c",
        "\0",
        "\ufeff",
        "\t",
        "\u00a0",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "  \n"])
FILES = st.lists(LINES | WORDS | MARKUP | BREAKS | BREAKS, max_size=60).map("".join)
READERS = {"text": text, "vtt": vtt, "srt": srt}


@pytest.mark.parametrize("format_name", READERS)
@given(content=FILES, encoding=st.sampled_from(["utf-8", "utf-16"]))
@settings(max_examples=300)
def test_every_character_of_a_text_is_kept_or_dropped_under_a_kind(
    format_name: str, content: str, encoding: str
) -> None:
    given_bytes = content.encode(encoding)
    try:
        reading = READERS[format_name].read(source(given_bytes), name="a")
    except (errors.EmptyTranscriptError, errors.NotTextError):
        return
    check_account(reading)
    if "\0" not in content:  # else a few bytes may look like UTF-16
        # Python takes a byte order mark away, the account counts it.
        decoded = given_bytes.decode("utf-8" if encoding == "utf-8" else "utf-16-le")
        assert reading.report.characters_read == len(decoded)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    try:
        check_account(read_transcript(source(data), name="a"))
    except errors.TranscriptError as refused:
        sentence = str(refused)
    else:
        sentence = "a.txt: "
    assert sentence.startswith("a.txt: ")


XML_WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
RUNS = st.lists(LINES | XML_WORDS, min_size=1, max_size=3)
PARAGRAPHS = RUNS.map(lambda parts: p(*(run(part) for part in parts)))
CELLS = (LINES | XML_WORDS).map(lambda text: text.replace("<", "("))
TABLES = (
    st.integers(1, 4)
    .flatmap(
        lambda width: st.lists(
            st.lists(CELLS, min_size=width, max_size=width).map(tuple), min_size=1
        )
    )
    .map(lambda rows: table(*rows))
)


@given(st.lists(PARAGRAPHS | TABLES, max_size=12))
@settings(max_examples=200, deadline=None)
def test_every_character_of_a_document_is_kept_or_dropped_under_a_kind(blocks: list[str]) -> None:
    try:
        reading = docx.read(source(document(*blocks)), name="a")
    except errors.EmptyTranscriptError:
        return
    check_account(reading)


SPOKEN = st.tuples(
    st.sampled_from(["I", "R", "P01", "SPEAKER_00"]),
    st.lists(
        st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8).map(
            lambda word: normalize("NFC", word)
        ),
        min_size=1,
    ),
)


@given(st.lists(SPOKEN, min_size=1), st.sampled_from(["\n", "\n\n", "\r\n", "\r"]))
def test_what_was_said_comes_back_whatever_the_line_breaks(
    turns: list[tuple[str, list[str]]], between: str
) -> None:
    written = between.join(f"{label}: {' '.join(words)}" for label, words in turns)
    reading = read_transcript(source(written), name="a")
    assert reading.transcript.text.split() == [word for _, words in turns for word in words]
    merged = [label for at, (label, _) in enumerate(turns) if at == 0 or turns[at - 1][0] != label]
    assert [speaker for speaker, _ in said(reading)] == merged
    check_account(reading)


def test_a_forgotten_piece_would_be_found() -> None:
    ledger = Ledger.of_text(decode(source("I: words\n")))
    ledger.units = 1
    unit = Unit("I", ledger.keep("words"), 1)  # the label and the line break are not entered
    reading = make_reading(Spoken([unit]), ledger, source(""), text.FORMAT, name="a")
    with pytest.raises(AssertionError):
        check_account(reading)


@pytest.mark.parametrize("path", [*LAYOUTS.glob("*.[tmv]*"), *NASTY.glob("dup_*")], ids=str)
def test_each_unit_of_a_file_is_a_turn_merged_or_set_aside(path: Path) -> None:
    try:
        reading = read_file(path)
    except errors.UnsupportedFormatError:
        return
    assert sum(turns_by_speaker(reading).values()) == reading.report.turns
    check_account(reading)


def test_a_label_is_in_nfc_like_the_words() -> None:
    decomposed = Source("Andre\u0301: a\nI: b\nAndre\u0301: c\n".encode(), "a", "a")
    assert read_transcript(decomposed, name="a").transcript.speakers == ("André", "I")

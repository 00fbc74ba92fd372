"""What goes wrong with files, one by one: each is read rightly or refused with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from readers.sources import (
    LAYOUTS,
    NASTY,
    check_account,
    codes,
    lines,
    read,
    read_file,
    said,
    source,
    times,
    turns_by_speaker,
)

from qualcode import errors
from qualcode.readers import read_transcript

if TYPE_CHECKING:
    from pathlib import Path

# file -> turns by speaker, and the codes of the warnings
READ = {
    "cp1252_smart.txt": ({"I": 11, "R": 10, "Other": 2}, ["encoding-guessed"]),
    "cr_only.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "crlf.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "csv_formula.csv": ({"I": 1, "R": 1}, []),
    "csv_semicolon_cp1252.csv": ({"I": 1, "B": 1}, ["encoding-guessed", "delimiter-in-words"]),
    "docx_comments_footnotes_table.docx": ({"I": 3, "R": 3}, ["notes-left-out"]),
    "docx_path_traversal.docx": ({"I": 11, "R": 10, "Ruth": 2}, []),
    "docx_tracked_changes.docx": ({"I": 2, "R": 2}, ["tracked-changes"]),
    "double_encoded.txt": ({"I": 1, "R": 1}, ["encoded-twice"]),
    "dup_crlf_trailing_spaces.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "dup_exact_copy.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "dup_half.txt": ({"I": 5, "R": 5}, []),
    "dup_original.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "dup_same_guide_other_person.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "dup_speakers_renamed.txt": ({"Mara": 11, "P01": 10, "Other": 2}, []),
    "dup_typo_fixed.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "emoji_combining.txt": ({"I": 2, "R": 2}, []),
    "false_labels.txt": (
        {
            "I": 1,
            "R": 2,
            "Dr. Smith, PhD": 1,
            "Mary-Jane O'Neil (by phone)": 1,
            "SPEAKER_00": 1,
        },
        ["label-once", "label-once"],
    ),
    "fullwidth_colon_cjk.txt": ({"访谈者": 2, "受访者": 1}, []),
    "html_renamed.docx": ({"I": 1, "R": 1}, []),
    "json_nan_and_null.json": (
        {None: 1},
        ["no-speakers", "time-unreadable", "segment-empty"],
    ),
    "latin1_c1.txt": ({"I": 1, "R": 1}, ["encoding-guessed"]),
    "macroman.txt": ({"I": 1, "R": 1}, ["encoding-guessed"]),
    "mixed_newlines.txt": ({"I": 3, "R": 2}, []),
    "nul_bytes.txt": ({"I": 1, "R": 1}, ["nul-removed"]),
    "rtf_renamed.doc": ({"I": 11, "B": 10, "U": 2}, []),
    "rtl_arabic.txt": ({"المحاور": 2, "المشارك": 1}, []),
    "rtl_hebrew.srt": ({"מראיין": 1, "משתתף": 1}, []),
    "srt_traps.srt": ({"I": 3, "R": 3}, ["cue-empty", "blank-line-in-cue"]),
    "utf16be_bom.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "utf16le_bom.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "utf16le_nobom.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "utf8_bom.txt": ({"I": 11, "R": 10, "Other": 2}, []),
    "utf8_invalid_bytes.txt": ({"I": 1, "R": 1}, ["bytes-replaced"]),
    "vtt_header_text_note_style.vtt": (
        {"Esme & Co": 1, "Bob": 1},
        ["cue-ends-before-start", "cue-empty"],
    ),
    "vtt_no_header.vtt": ({"I": 1}, ["header-missing"]),
    "zero_turn_prose.txt": ({None: 1}, ["no-speakers"]),
}

# file -> the error, and words of its sentence
REFUSED: dict[str, tuple[type[errors.QualcodeError], str]] = {
    "binary_renamed.txt": (errors.NotTextError, "looks like a PNG image"),
    "docx_bad_xml.docx": (errors.DamagedFileError, "not valid XML"),
    "docx_billion_laughs.docx": (errors.DamagedFileError, "declares a document type"),
    "docx_no_document_xml.docx": (errors.DamagedFileError, "the part with the text is missing"),
    "docx_password_secret.docx": (errors.PasswordProtectedError, "protected by a password"),
    "docx_truncated.docx": (errors.DamagedFileError, "the Word document is damaged"),
    "docx_zip_bomb_60mb.docx": (errors.TooLargeError, "60 MB"),
    "empty.txt": (errors.EmptyTranscriptError, "there are no words in it"),
    "json_deep.json": (errors.DamagedFileError, "nested too deep"),
    "json_truncated.json": (errors.DamagedFileError, "it breaks off"),
    "only_bom.txt": (errors.EmptyTranscriptError, "there are no words in it"),
    "only_whitespace.txt": (errors.EmptyTranscriptError, "there are no words in it"),
    "pdf_scan_no_text.pdf": (errors.NoTextLayerError, "pictures of one page and no text"),
    "pdf_truncated.pdf": (errors.DamagedFileError, "its end is missing"),
    "zip_renamed.vtt": (errors.DamagedFileError, "the Word document is damaged"),
}


def test_every_nasty_file_has_its_line() -> None:
    assert {path.name for path in NASTY.iterdir()} == READ.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", READ)
def test_a_nasty_file_is_read(name: str) -> None:
    speakers, warnings = READ[name]
    reading = read_file(NASTY / name)
    assert turns_by_speaker(reading) == speakers
    assert codes(reading) == warnings
    check_account(reading)


@pytest.mark.parametrize("name", REFUSED)
def test_a_nasty_file_is_refused(name: str) -> None:
    error, words = REFUSED[name]
    with pytest.raises(error) as refused:
        read_file(NASTY / name)
    assert words in str(refused.value)
    assert str(refused.value).startswith(f"{name}: ")
    assert refused.value.mend


@pytest.mark.parametrize(
    "name",
    [
        "cp1252_smart.txt",
        "cr_only.txt",
        "crlf.txt",
        "dup_crlf_trailing_spaces.txt",
        "utf16be_bom.txt",
        "utf16le_bom.txt",
        "utf16le_nobom.txt",
        "utf8_bom.txt",
    ],
)
def test_the_same_words_come_from_every_encoding_and_line_break(name: str) -> None:
    plain = read_file(NASTY / "dup_original.txt").transcript
    assert read_file(NASTY / name).transcript.text == plain.text


def test_curly_quotes_and_the_euro_of_windows_are_right() -> None:
    assert said(read_file(NASTY / "latin1_c1.txt")) == [
        ("I", "“Quote” – café?"),
        ("R", "Naïve … € 100."),
    ]


def test_a_wrong_guess_is_said_and_set_right_by_the_encoding() -> None:
    path = NASTY / "macroman.txt"
    assert "Café" not in read_file(path).transcript.text
    assert lines(read_file(path), "encoding-guessed") == [1]
    assert said(read_file(path, encoding="mac-roman")) == [("I", "“Café”?"), ("R", "Über … naïve.")]
    assert codes(read_file(path, encoding="mac-roman")) == []


def test_broken_bytes_are_replaced_and_counted() -> None:
    reading = read_file(NASTY / "utf8_invalid_bytes.txt")
    assert said(reading) == [("I", "café ok"), ("R", "broken \ufffd\ufffd\ufffd( here")]
    assert reading.report.warnings[0].message.startswith("3 damaged places")
    assert reading.report.warnings[0].line == 2


def test_nul_characters_are_taken_out() -> None:
    reading = read_file(NASTY / "nul_bytes.txt")
    assert said(reading) == [("I", "Start here."), ("R", "Answer.")]
    assert reading.report.dropped["NUL characters"] == 4


def test_every_form_of_line_break_is_one() -> None:
    assert said(read_file(NASTY / "mixed_newlines.txt"))[3:] == [
        ("R", "Four.\nstill four\nand\nso on."),
        ("I", "Five."),
    ]


def test_grapheme_clusters_survive_and_accents_are_composed() -> None:
    words = dict(said(read_file(NASTY / "emoji_combining.txt"))[:2])
    assert words["I"].endswith("\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466")
    assert words["R"].startswith("é is not é; flag \U0001f1e9\U0001f1ea")
    assert "zero\u200bwidth, soft\u00adhyphen, nbsp\u00a0here." in words["R"]
    assert "ligature ﬁ" in words["R"]


def test_code_points_of_arabic_are_unchanged() -> None:
    source_text = (NASTY / "rtl_arabic.txt").read_text(encoding="utf-8")
    for _, words in said(read_file(NASTY / "rtl_arabic.txt")):
        assert words in source_text


def test_marks_of_direction_belong_to_the_words_not_to_the_label() -> None:
    reading = read_file(NASTY / "rtl_hebrew.srt")
    assert said(reading)[0] == ("מראיין", "\u202bאיך הגעת לכאן?\u202c")


def test_what_only_looks_like_a_label_stays_in_the_words() -> None:
    words = read_file(NASTY / "false_labels.txt").transcript.text
    for kept in ("12:30: late", "Note: R points", "https://example.org/a:b is", "here: but it is"):
        assert kept in words
    assert "Re: Re: Fwd: minutes" in words


def test_prose_keeps_its_paragraphs() -> None:
    (turn,) = said(read_file(NASTY / "zero_turn_prose.txt"))
    assert turn[1].count("\n") == 2


def test_voices_of_one_cue_are_turns_and_their_times_are_kept() -> None:
    reading = read_file(NASTY / "vtt_header_text_note_style.vtt")
    assert said(reading) == [
        ("Esme & Co", "It's really <here>"),
        ("Bob", "Yes. ends before it starts late cue"),
    ]
    assert times(reading) == [(1_000, 4_000), (1_000, 360_001_500)]
    assert [mark.at_ms for mark in reading.transcript.marks][-1] == 360_000_000
    assert lines(reading, "cue-ends-before-start") == [18]
    assert lines(reading, "cue-empty") == [21]


def test_the_traps_of_srt() -> None:
    reading = read_file(NASTY / "srt_traps.srt")
    assert [words for _, words in said(reading)] == [
        "one",
        "duplicate index, dot times",
        "short fields",
        "no index",
        "styled",
        "blank line inside the cue",
    ]
    assert times(reading)[2:4] == [(3_005, 4_000), (5_000, 6_000)]


def test_tracked_changes_are_taken_as_accepted() -> None:
    assert said(read_file(NASTY / "docx_tracked_changes.docx")) == [
        ("I", "How long have you lived here?"),
        ("R", "About twenty years, in the [redacted] house."),
        ("I", "Moved line."),
        ("R", "Yes."),
    ]


def test_all_that_word_shows_in_the_body_is_read_in_its_order() -> None:
    reading = read_file(NASTY / "docx_comments_footnotes_table.docx")
    assert said(reading) == [
        ("I", "Do you trust the council?"),
        ("R", "I did, before the flood. Not now.\n(linked text)"),
        ("I", "smart tag"),
        ("R", "inside a content control"),
        ("I", "And in the table?"),
        (
            "R",
            "Still me.\nSecond paragraph in the cell.\n"
            "soft\u2011hyphen,\ttab and\nline break, sym \uf04a",
        ),
    ]
    assert times(reading)[4:] == [(70_000, None), (74_000, None)]


def test_a_package_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    read_file(NASTY / "docx_path_traversal.docx")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_line_of_two_hundred_thousand_characters_is_one_turn() -> None:
    reading = read("I: " + "word " * 40_000)
    assert turns_by_speaker(reading) == {"I": 1}
    check_account(reading)


def test_ten_thousand_speakers_are_said_to_be_many() -> None:
    reading = read("".join(f"Speaker {k}: hi\n" for k in range(10_000)))
    assert len(reading.transcript.turns) == 10_000
    assert codes(reading) == ["many-speakers"]
    check_account(reading)


def test_a_hundred_thousand_brackets_are_refused_and_not_parsed() -> None:
    with pytest.raises(errors.DamagedFileError, match="nested too deep"):
        read("[" * 100_000 + "]" * 100_000)


def test_any_file_name_will_do() -> None:
    odd = source("I: odd file name\nR: yes\n", name="name with spaces & ümläut \U0001f3a4.txt")
    assert len(read_transcript(odd, name="odd").transcript.turns) == 2


def test_no_sentence_holds_words_of_the_interview() -> None:
    words = {"recording", "clicker", "council", "Oakford", "Lindqvist", "Adeyemi"}
    for path in (*LAYOUTS.iterdir(), *NASTY.iterdir()):
        try:
            sentences = [w.message for w in read_file(path).report.warnings]
        except errors.QualcodeError as refused:
            sentences = [refused.what]
        for sentence in sentences:
            assert not words & set(sentence.split()), sentence

"""Word documents: the accepted view, tables, and what is refused before it is unpacked."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import docx
import pytest
from readers.docx_files import document, p, package, run, table
from readers.sources import check_account, codes, lines, read, said, set_aside, times

from qualcode import errors
from qualcode.readers.ground import containers

DELETED_MARK = "<w:rPr><w:del/></w:rPr>"


def test_a_document_of_another_library_is_read() -> None:
    written = docx.Document()
    for line in ("I: So?", "", "R: Well.", "And more."):
        written.add_paragraph(line)
    out = io.BytesIO()
    written.save(out)
    reading = read(out.getvalue())
    assert said(reading) == [("I", "So?"), ("R", "Well.\nAnd more.")]
    assert reading.transcript.format == "docx"
    assert reading.transcript.encoding is None
    check_account(reading)


OTTER = [p("Night bus"), p("SUMMARY KEYWORDS"), p("bus, council, hospital"), p("SPEAKERS")]


@pytest.mark.parametrize("times_of_otter", [("  00:06", "  1:00:12"), ("", "")])
def test_what_otter_writes_above_the_words_is_no_speech(times_of_otter: tuple[str, str]) -> None:
    first, second = times_of_otter
    names = [p("Mara Lindqvist, Tom Adeyemi")]
    said_by = [f"Mara Lindqvist{first}", "So?", f"Tom Adeyemi{second}", "Thanks.", "Well."]
    reading = read(document(*OTTER, *names, *map(p, said_by)))
    assert said(reading) == [("Mara Lindqvist", "So?"), ("Tom Adeyemi", "Thanks.\nWell.")]
    assert times(reading)[1][0] == (3_612_000 if second else None)
    assert reading.transcript.producer == "Otter"
    assert reading.transcript.facts == {"title": "Night bus"}
    assert "bus, council, hospital" in set_aside(reading)
    check_account(reading)


def test_a_single_name_below_speakers_is_not_yet_a_turn() -> None:
    reading = read(document(*OTTER, p("Mara"), p("Mara"), p("So it was."), p("Mara"), p("Yes.")))
    assert said(reading) == [("Mara", "So it was.\nYes.")]
    assert set_aside(reading)[-1] == "Mara"


def test_insertions_stay_and_deletions_go() -> None:
    reading = read(
        document(
            p("I: So?"),
            p(
                "R: ",
                f"<w:ins>{run('twenty ')}</w:ins>",
                f"<w:del>{run('twelve ')}</w:del>",
                "years",
            ),
        )
    )
    assert said(reading)[1] == ("R", "twenty years")
    assert codes(reading) == ["tracked-changes"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    reading = read(document(p("I: one ", properties=DELETED_MARK), p("and two"), p("R: three")))
    assert said(reading) == [("I", "one and two"), ("R", "three")]
    reading = read(document(p("I: one"), p("R: two", properties=DELETED_MARK)))
    assert said(reading) == [("I", "one"), ("R", "two")]
    check_account(reading)


def test_a_row_that_was_deleted_goes() -> None:
    gone = (
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("R")
        + "</w:tc><w:tc>"
        + p("x")
        + "</w:tc></w:tr>"
    )
    rows = table(("I", "one"), ("R", "two")).replace("</w:tbl>", gone + "</w:tbl>")
    assert said(read(document(rows))) == [("I", "one"), ("R", "two")]


def test_content_controls_links_and_fields_are_transparent() -> None:
    reading = read(
        document(
            "<w:sdt><w:sdtContent>" + p("I: one") + "</w:sdtContent></w:sdt>",
            p(
                f"<w:hyperlink>{run('R: two')}</w:hyperlink>",
                f"<w:fldSimple>{run(' three')}</w:fldSimple>",
            ),
            "<w:customXml><w:sdt><w:sdtContent>"
            + p("and four")
            + "</w:sdtContent></w:sdt></w:customXml>",
        )
    )
    assert said(reading) == [("I", "one"), ("R", "two three\nand four")]
    check_account(reading)


def test_a_label_may_be_split_over_runs() -> None:
    reading = read(
        document(p(run("Ma"), run("ra", "<w:b/>"), ": hello"), p("Tom", ": hi"), p("Mara: so"))
    )
    assert reading.transcript.speakers == ("Mara", "Tom")


def test_hidden_text_is_not_read_and_it_is_said() -> None:
    reading = read(document(p("I: what ", run("Miller ", "<w:vanish/>"), "said"), p("R: yes")))
    assert said(reading)[0] == ("I", "what said")
    assert codes(reading) == ["hidden-text"]
    shown = read(document(p("I: ", run("x", '<w:vanish w:val="0"/>')), p("R: yes")))
    assert said(shown)[0] == ("I", "x")


def test_notes_and_comments_are_counted_and_not_read() -> None:
    reading = read(
        document(
            p("I: so", "<w:r><w:footnoteReference/></w:r>"),
            p("R: yes", "<w:r><w:commentReference/></w:r>"),
        )
    )
    assert codes(reading) == ["notes-left-out"]
    assert reading.report.warnings[0].message.startswith("2 ")


def test_line_breaks_and_tabs_are_kept_and_breaks_of_the_file_are_blanks() -> None:
    reading = read(
        document(
            "<w:p><w:r><w:t>I: a\nb</w:t><w:br/><w:t>c</w:t><w:tab/><w:t>d</w:t>"
            "<w:noBreakHyphen/><w:t>e</w:t></w:r></w:p>",
            p("R: f"),
        )
    )
    assert said(reading)[0] == ("I", "a b\nc\td\u2011e")
    check_account(reading)


def test_the_base_of_ruby_is_read() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rt>{run('あ')}</w:rt><w:rubyBase>{run('亜')}</w:rubyBase></w:ruby></w:r>"
    )
    assert said(read(document(p("I: ", ruby), p("R: x"))))[0] == ("I", "亜")


def test_bold_names_alone_in_a_paragraph_are_speakers() -> None:
    blocks = [
        block
        for name, words in (("Anna", "Hello."), ("Tom", "Hi."), ("Anna", "So."), ("Tom", "Yes."))
        for block in (p(run(name, "<w:b/>")), p(words), p())
    ]
    reading = read(document(p(run("A talk in May", "<w:b/>")), *blocks))
    assert said(reading) == [("Anna", "Hello."), ("Tom", "Hi."), ("Anna", "So."), ("Tom", "Yes.")]
    check_account(reading)


def test_rows_with_headings_are_turns() -> None:
    reading = read(
        document(
            table(
                ("Start", "End", "Speaker", "Text", "Code"),
                ("0:01", "0:02", "Anna", "Hello.", "greeting"),
                ("0:03", "0:60", "", "And so on.", ""),
                ("0:05", "0:06", "Tom:", "Hi.\nYes.", ""),
                ("0:07", "0:08", "Anna", "", ""),
            )
        )
    )
    assert said(reading) == [("Anna", "Hello.\nAnd so on."), ("Tom", "Hi.\nYes.")]
    assert times(reading) == [(1_000, 2_000), (5_000, 6_000)]
    assert set_aside(reading) == ["Start | End | Speaker | Text | Code", "greeting", "Anna"]
    assert codes(reading) == ["time-unreadable", "label-without-words"]
    check_account(reading)


@pytest.mark.parametrize(
    "rows",
    [
        [("I", "one"), ("R", "two"), ("I", "three"), ("R", "four")],
        [("Anna", "one"), ("Tom", "two"), ("Anna", "three"), ("Tom", "four")],
        [
            ("00:01", "I", "one"),
            ("00:02", "R", "two"),
            ("00:03", "I", "three"),
            ("00:04", "R", "four"),
        ],
        [("one", "I:"), ("two", "R:"), ("three", "I:"), ("four", "R:")],
    ],
)
def test_rows_without_headings_are_told_by_their_columns(rows: list[tuple[str, ...]]) -> None:
    reading = read(document(p("Interview"), table(*rows)))
    assert [words for _, words in said(reading)] == ["one", "two", "three", "four"]
    assert len(reading.transcript.speakers) == 2
    assert set_aside(reading) == ["Interview"]
    check_account(reading)


def test_a_label_before_a_table_of_turns_does_not_wander_into_it() -> None:
    rows = [("Speaker", "Text"), ("Tom", "Hi."), ("Anna", "Hello.")]
    reading = read(document(p("Anna: So?"), p("Anna:"), table(*rows), p("Anna: Yes.")))
    assert said(reading) == [("Anna", "So?"), ("Tom", "Hi."), ("Anna", "Hello.\nYes.")]
    assert codes(reading) == ["label-without-words"]
    check_account(reading)


def test_a_table_that_lays_out_a_page_is_read_cell_by_cell() -> None:
    reading = read(document(table(("I: one\nR: two\nI: three",)), p("R: four")))
    assert [words for _, words in said(reading)] == ["one", "two", "three", "four"]
    check_account(reading)


def test_a_table_within_a_cell_loses_no_words() -> None:
    reading = read(document(table((p("I: one") + table(("R: two", "I: three")) + p("R: four"),))))
    assert [words for _, words in said(reading)] == ["one", "two", "three", "four"]
    check_account(reading)


def test_a_line_is_the_number_of_its_paragraph() -> None:
    reading = read(document(p("I: a"), p(), p("R:"), p(), p("I: b")))
    assert lines(reading, "label-without-words") == [3]


def test_the_main_part_may_have_another_name_and_edition() -> None:
    renamed = document(
        p("I: a"), p("R: b"), part="word/document2.xml", target="/word/document2.xml"
    )
    assert said(read(renamed)) == [("I", "a"), ("R", "b")]
    assert said(read(document(p("I: a"), p("R: b"), strict=True))) == [("I", "a"), ("R", "b")]


def test_a_document_without_words_is_empty() -> None:
    with pytest.raises(errors.EmptyTranscriptError):
        read(document(p(), p(" ")))


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document/>',
        " " * 5_000 + "<!DOCTYPE w><w:document/>",
        "<w:document/>",
        "<document><body",
        "<other/>",
        b"\xff\xfe\xff",
    ],
)
def test_a_part_that_word_never_wrote_is_refused(xml: str | bytes) -> None:
    with pytest.raises(errors.DamagedFileError, match="the Word document is damaged"):
        read(package({"word/document.xml": xml}))


def test_a_size_that_is_declared_is_believed_before_anything_is_unpacked() -> None:
    bomb = document(p("I: " + " " * (containers.LARGEST_PART_BYTES + 1)))
    tracemalloc.start()
    try:
        with pytest.raises(errors.TooLargeError, match="32 MB that are read"):
            read(bomb)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert len(bomb) < 100_000


def test_a_size_that_is_declared_too_small_is_no_way_in() -> None:
    bomb = bytearray(document(p("I: " + " " * (containers.LARGEST_PART_BYTES + 1))))
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as file:
        true_size = file.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    bomb = bomb.replace(true_size, (1_000).to_bytes(4, "little"))
    with pytest.raises((errors.DamagedFileError, errors.TooLargeError)):
        read(bytes(bomb))


def test_a_package_that_is_cut_anywhere_is_damaged() -> None:
    whole = document(*(p(f"I: line {n} of {n * n}") for n in range(200)))
    for end in range(40, len(whole) - 1, 97):
        with pytest.raises(errors.TranscriptError):
            read(whole[:end])


def test_an_encrypted_part_asks_for_its_password() -> None:
    locked = bytearray(document(p("I: a")))
    with zipfile.ZipFile(io.BytesIO(bytes(locked))) as file:
        at = file.getinfo("word/document.xml").header_offset
    directory = locked.rindex(b"PK\x01\x02", 0, locked.rindex(b"PK\x01\x02"))
    locked[at + 6] |= 1
    locked[directory + 8] |= 1
    with pytest.raises(errors.PasswordProtectedError):
        read(bytes(locked))


def test_half_a_million_paragraphs_are_too_many() -> None:
    with pytest.raises(errors.TooManyLinesError):
        read(document("<w:p/>" * 500_001))


def _box(*blocks: str) -> str:
    """A text box as Word writes it, once for itself and once for older programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
        f'/2006"><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_not_read_and_that_is_said() -> None:
    shape = "<w:r><w:pict><w:textbox><w:txbxContent/></w:textbox></w:pict></w:r>"
    blocks = [p("I: So?"), p("R: Well.", _box(p("R: Aside."), p("R: More."))), p("I: Oh.", shape)]
    reading = read(document(*blocks))
    assert said(reading) == [("I", "So?"), ("R", "Well."), ("I", "Oh.")]
    (warning,) = reading.report.warnings
    assert warning.code == "frames-left-out"
    assert warning.message.startswith("1 ")
    check_account(reading)


def test_a_picture_without_words_is_no_text_box() -> None:
    picture = "<w:r><w:drawing><w:inline/></w:drawing></w:r>"
    assert codes(read(document(p("I: So?"), p("R: Well.", picture)))) == []

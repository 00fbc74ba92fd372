"""OpenDocument texts: what a person sees on the page, and nothing that stands behind it."""

from __future__ import annotations

import io

import odfdo
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.docx_files import package
from readers.open_files import MIMETYPE, p, row, table, text_document
from readers.sources import (
    LAYOUTS,
    changed,
    check_account,
    codes,
    faults_or_refusal,
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
from qualcode.readers import odt

MANY_ROWS = 'table:number-rows-repeated="99999999"'
INTERVIEW = LAYOUTS / "int_a_labels.odt"
BOLD = '<style:style style:name="B"><style:text-properties fo:font-weight="bold"/></style:style>'
HIDDEN = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'


def paragraphs(*contents: str, styles: str = "") -> str:
    """The words of a document of these paragraphs, all said by I."""
    document = text_document(p("I: x"), p("R: y"), *map(p, contents), styles=styles)
    reading = read(document)
    check_account(reading)
    return reading.transcript.text.removeprefix("x\n\ny\n")


def test_the_interview_is_read_as_from_every_other_program() -> None:
    reading = read_file(INTERVIEW)
    assert turns_by_speaker(reading) == {"Interviewer": 11, "Participant": 10, "Third person": 2}
    plain = read_file(LAYOUTS / "int_a_ir_header.txt")
    assert [words for _, words in said(reading)] == [words for _, words in said(plain)]
    assert set_aside(reading) == ["Interview INT-A, Community hall, Oakford, 2024-03-14"]
    assert reading.transcript.facts["date"] == "2024-03-14"
    assert codes(reading) == []
    check_account(reading)


def test_odfdo_finds_the_same_words() -> None:
    judged = odfdo.Document(INTERVIEW).body.get_elements("//text:p")
    words = " ".join(" ".join(str(one.text_recursive) for one in judged).split())
    for spoken in read_file(INTERVIEW).transcript.text.split("\n"):
        assert spoken in words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("two\n   blanks", "two blanks"),
        ("two<text:s/>blanks", "two blanks"),
        ('many<text:s text:c="3"/>blanks', "many   blanks"),
        ("a<text:tab/>tab", "a\ttab"),
        ("a<text:line-break/>break", "a\nbreak"),
        ("one <text:span> two</text:span> three", "one two three"),
        ('<text:a href="x">a link</text:a> in it', "a link in it"),
        ("soft<text:soft-page-break/>break", "softbreak"),
        ("a <text:bookmark-start/>mark<text:bookmark-end/>", "a mark"),
        ("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>x</text:ruby-text>"
         "</text:ruby>", "漢"),
        ("on <text:date>14 March</text:date>", "on 14 March"),
        ("cafe\u0301", "café"),
    ],
)  # fmt: skip
def test_the_words_are_those_on_the_page(written: str, shown: str) -> None:
    assert paragraphs(written) == shown


def test_changes_are_read_as_accepted_and_said() -> None:
    deleted = "<text:tracked-changes><text:changed-region><text:deletion>" + p("secret")
    deleted += "</text:deletion></text:changed-region></text:tracked-changes>"
    inserted = 'so <text:change-start text:change-id="a"/>many<text:change-end/> years'
    reading = read(text_document(deleted, p("I: a"), p(f"R: {inserted}<text:change/>.")))
    assert said(reading) == [("I", "a"), ("R", "so many years.")]
    assert [w.message for w in reading.report.warnings] == [
        "2 tracked changes were taken as accepted"
    ]
    check_account(reading)


def test_notes_comments_frames_and_hidden_text_are_counted_and_not_read() -> None:
    reading = read(
        text_document(
            p("I: a"),
            p("R: b<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"),
            p("c<office:annotation><text:p>n</text:p></office:annotation>"),
            p('d<text:span text:style-name="H">h</text:span>'),
            p("e<draw:frame><draw:text-box><text:p>f</text:p></draw:text-box></draw:frame>"),
            styles=HIDDEN,
        )
    )
    assert said(reading) == [("I", "a"), ("R", "b\nc\nd\ne")]
    assert sorted(codes(reading)) == ["frames-left-out", "hidden-text", "notes-left-out"]
    check_account(reading)


def test_a_bold_name_on_a_line_is_a_label_also_by_a_style_that_builds_on_another() -> None:
    child = '<style:style style:name="C" style:parent-style-name="B"/>'
    name = '<text:span text:style-name="C">{}</text:span>'
    blocks = [p(name.format(one) if one[0].isupper() else one) for one in ("Ann", "a", "Bo", "b")]
    reading = read(text_document(*blocks * 2, styles=child, common=BOLD))
    assert said(reading) == [("Ann", "a"), ("Bo", "b")] * 2


def test_lists_sections_and_headings_are_walked_in_their_order() -> None:
    item = f"<text:list><text:list-item>{p('I: a')}</text:list-item></text:list>"
    section = f"<text:section>{p('R: b')}<text:h>c</text:h></text:section>"
    assert said(read(text_document(item, section))) == [("I", "a"), ("R", "b\nc")]


def test_a_table_of_turns_is_read_by_its_headings() -> None:
    rows = ("Timespan", "Content", "Speaker"), ("0:01 - 0:02", "a", "I"), ("0:03 - 0:04", "b", "R")
    reading = read(text_document(table(*rows)))
    assert said(reading) == [("I", "a"), ("R", "b")]
    assert times(reading) == [(1000, 2000), (3000, 4000)]
    assert reading.transcript.producer == "NVivo"
    check_account(reading)


def test_a_row_that_stands_there_twice_is_read_twice() -> None:
    one = row(("I", "yes"), 'table:number-rows-repeated="2"')
    reading = read(text_document(f"<table:table>{row(('Speaker', 'Text'))}{one}</table:table>"))
    assert said(reading) == [("I", "yes\nyes")]


@pytest.mark.parametrize(
    "inner",
    [
        row((), MANY_ROWS),
        row(("I: x",), MANY_ROWS),
        row(('<table:table-cell table:number-columns-repeated="99999999"/>',)),
    ],
)
def test_cells_that_claim_to_stand_there_any_number_of_times_are_refused(inner: str) -> None:
    with pytest.raises(errors.TooManyLinesError):
        read(text_document(f"<table:table>{inner}</table:table>"))


def test_a_cell_of_many_words_and_many_times_is_refused() -> None:
    cell = row(("x" * 100_000,), 'table:number-rows-repeated="1000"')
    with pytest.raises(errors.TooLargeError):
        read(text_document(f"<table:table>{cell}</table:table>"))


def test_blanks_that_claim_any_number_are_a_line_of_blanks() -> None:
    assert len(paragraphs('a<text:s text:c="999999999"/>b')) < 2000


def test_styles_that_build_on_each_other_in_a_ring_do_no_harm() -> None:
    ring = '<style:style style:name="A" style:parent-style-name="A"/>'
    assert paragraphs('<text:span text:style-name="A">w</text:span>', styles=ring) == "w"


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"mimetype": MIMETYPE + "text"}, errors.DamagedFileError),
        ({"mimetype": MIMETYPE + "text", "content.xml": "<a"}, errors.DamagedFileError),
        ({"mimetype": MIMETYPE + "text", "content.xml": "<a/>"}, errors.DamagedFileError),
        (
            {
                "mimetype": MIMETYPE + "text",
                "META-INF/manifest.xml": "<m:encryption-data/>",
                "content.xml": "\0",
            },
            errors.PasswordProtectedError,
        ),
        (
            {
                "mimetype": MIMETYPE + "text",
                "content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
            },
            errors.DamagedFileError,
        ),
        (
            {"mimetype": MIMETYPE + "text", "content.xml": "<a>" + " " * 33_000_000},
            errors.TooLargeError,
        ),
    ],
)
def test_a_package_that_cannot_be_read_is_refused(
    parts: dict[str, str | bytes], error: type[errors.TranscriptError]
) -> None:
    with pytest.raises(error):
        read(package(parts))


def test_a_document_of_deep_spans_is_read_or_refused() -> None:
    with pytest.raises(errors.DamagedFileError):
        read(text_document(p("<text:span>" * 5000 + "x" + "</text:span>" * 5000)))


def test_what_odfdo_writes_is_read() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    for line in ("I: How  are\tyou?", "R: Well.\nThanks."):
        document.body.append(odfdo.Paragraph(line))
    out = io.BytesIO()
    document.save(out)
    reading = read(out.getvalue())
    assert said(reading) == [("I", "How  are\tyou?"), ("R", "Well.\nThanks.")]


def test_the_number_of_a_paragraph_is_named() -> None:
    reading = read(text_document(p("I: a"), p("R: b"), p(""), p("I:"), p("R: c")))
    assert lines(reading, "label-without-words") == [4]


CONTENT = st.lists(
    st.sampled_from(
        [
            "I: ",
            "R: ",
            "a ",
            "  b",
            "<text:s/>",
            "<text:tab/>",
            "<text:line-break/>",
            "#00:00:01-2#",
            "<text:span> x </text:span>",
            "[00:01]",
            "<text:change/>",
            "\u2028",
            "e\u0301",
        ]
    ),
    max_size=6,
).map("".join)
CELLS = st.lists(
    st.lists(st.sampled_from(["", "I", "0:01", "a b", "Text"]), min_size=1, max_size=3)
)


@given(st.lists(CONTENT.map(p) | CELLS.map(lambda rows: table(*map(tuple, rows))), max_size=8))
@settings(max_examples=150, deadline=None)
def test_every_character_is_kept_or_dropped_under_a_kind(blocks: list[str]) -> None:
    try:
        check_account(odt.read(source(text_document(*blocks)), name="a"))
    except errors.EmptyTranscriptError:
        return


@given(st.lists(st.tuples(st.integers(0, 7000), st.integers(0, 255)), max_size=30))
@settings(max_examples=100, deadline=None)
def test_a_damaged_document_is_read_or_refused_with_a_reason(
    changes: list[tuple[int, int]],
) -> None:
    assert faults_or_refusal(changed(INTERVIEW.read_bytes(), changes)) == []

"""PDF documents: lines out of signs at places, and what is printed around speech."""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.pdf_files import HEIGHT, At, assemble, column, document, pdf
from readers.sources import (
    LAYOUTS,
    NASTY,
    check_account,
    codes,
    read,
    read_file,
    said,
    set_aside,
    source,
    turns_by_speaker,
)

from qualcode import errors
from qualcode.readers import pdf as reader
from qualcode.readers import read_transcript

if TYPE_CHECKING:
    from pathlib import Path

LONG = "and so it went on for a long while until the day was nearly over"


def test_the_layout_with_names_in_capitals_gives_the_same_turns() -> None:
    reading = read_file(LAYOUTS / "int_a_caps.pdf")
    plain = read_file(LAYOUTS / "int_a_ir_header.txt")
    assert [words for _, words in said(reading)] == [words for _, words in said(plain)]
    assert turns_by_speaker(reading) == {
        "MARA LINDQVIST": 11,
        "TOM ADEYEMI": 10,
        "RUTH (CARETAKER)": 2,
    }
    assert reading.transcript.facts["date"] == "2024-03-14"
    assert codes(reading) == []
    check_account(reading)


def test_lines_of_one_paragraph_are_joined_and_paragraphs_are_not() -> None:
    page = column(f"I: {LONG}", "as I said.", "", "R: No.", "", f"R: {LONG}", "and back.")
    reading = read(pdf(page))
    assert said(reading) == [("I", f"{LONG} as I said."), ("R", f"No.\n{LONG} and back.")]
    check_account(reading)


def test_turns_without_distance_between_them_are_told_by_their_labels() -> None:
    page = column(f"I: {LONG}", "as I said.", "R: No.", "I: Why?", "R: So.")
    assert said(read(pdf(page))) == [
        ("I", f"{LONG} as I said."),
        ("R", "No."),
        ("I", "Why?"),
        ("R", "So."),
    ]


def test_a_label_in_bold_stands_on_the_line_of_its_words() -> None:
    page = [
        At(60, 700, "Anna:", font="B"),
        At(92, 700, "Where was it?"),
        At(60, 680, "Tom:", font="B"),
        At(92, 680, "There."),
        At(60, 660, "Anna:", font="B"),
        At(92, 660, "I see."),
    ]
    assert said(read(pdf(page))) == [
        ("Anna", "Where was it?"),
        ("Tom", "There."),
        ("Anna", "I see."),
    ]


def test_names_in_a_column_of_their_own_are_labels() -> None:
    turns = [("Anna", "Where was it?"), ("Tom", "There."), ("Anna", "I see."), ("Tom", "Yes.")]
    page = [
        at
        for row, (name, words) in enumerate(turns)
        for at in (At(60, 700 - 20 * row, name), At(200, 700 - 20 * row, words))
    ]
    assert said(read(pdf(page))) == turns


def _numbered(*paragraphs: tuple[int, str], top: float = 780) -> list[At]:
    """Paragraphs as MAXQDA prints them: the number left of the first line."""
    page: list[At] = []
    for at, (number, text) in enumerate(paragraphs):
        y = top - 24 * at
        page += [At(47, y, text, size=10), At(21, y, str(number), size=10)]
    return page


def test_numbers_in_the_margin_are_taken_out() -> None:
    page = _numbered((1, "I: One?"), (2, "R: Two 2."), (3, "I: Three?"), (4, "R: 44"))
    reading = read(pdf(page))
    assert said(reading) == [("I", "One?"), ("R", "Two 2."), ("I", "Three?"), ("R", "44")]
    assert reading.report.dropped["line and page numbers"] == 4
    check_account(reading)


@pytest.mark.parametrize("again", [True, False])
def test_a_line_that_a_page_break_prints_twice_is_kept_once(again: bool) -> None:
    first = f"R: {LONG}"
    one = [*_numbered((1, "I: One?"), (2, "R: Two."), (3, "I: Go on."), (4, first))]
    two = [*_numbered((4, first))[: 2 if again else 1], At(47, 768, "and on.", size=10)]
    two += _numbered((5, "I: I see."), top=740)
    reading = read(pdf(one, two))
    assert said(reading)[-2:] == [("R", f"{LONG} and on."), ("I", "I see.")]
    assert set_aside(reading) == [first]
    check_account(reading)


def test_the_same_words_said_twice_around_a_page_break_are_both_kept() -> None:
    one = _numbered((1, "I: One?"), (2, "R: Yes."), (3, "I: Two?"), (4, "R: Yes."))
    two = _numbered((5, "R: Yes."), (6, "I: Good."))
    reading = read(pdf(one, two))
    assert said(reading)[-2:] == [("R", "Yes.\nYes."), ("I", "Good.")]
    assert set_aside(reading) == []


def test_a_page_mark_beside_the_margin_number_is_no_paragraph() -> None:
    pages = []
    for page in range(2):
        first = 1 + 3 * page
        rows = _numbered(*((first + n, f"{'IR'[n % 2]}: Word {first + n}.") for n in range(3)))
        pages.append([At(555, 15, f"{page + 1}/2"), *rows])
    reading = read(pdf(*pages))
    assert set_aside(reading) == ["1/2", "2/2"]
    assert [words for _, words in said(reading)][:2] == ["Word 1.", "Word 2."]
    check_account(reading)


def test_heads_and_feet_that_come_back_are_set_aside() -> None:
    pages = [
        [
            At(60, HEIGHT - 30, "Interview with P01, Oakford"),
            *column("I: Where?", "", f"R: There, place {page}."),
            At(290, 20, f"Page {page}"),
        ]
        for page in (1, 2, 3)
    ]
    reading = read(pdf(*pages))
    assert [words for _, words in said(reading)] == [
        word for page in (1, 2, 3) for word in ("Where?", f"There, place {page}.")
    ]
    assert len(set_aside(reading)) == 6
    check_account(reading)


def test_a_short_answer_at_the_foot_of_a_page_is_no_page_number() -> None:
    page = column("I: How many in all?", "", "R: Twelve.", "", "I: And then?", "", "R: 12 or so.")
    assert said(read(pdf(page)))[-1] == ("R", "12 or so.")


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    one = column("I: Where?", "", f"R: {LONG}", f"{LONG}")
    two = column("when I left.", "", "I: I see.")
    assert said(read(pdf(one, two)))[1] == ("R", f"{LONG} {LONG} when I left.")


def test_line_numbers_of_a_court_reporter_are_taken_out() -> None:
    lines = [
        f"{at % 25 + 1} {('Q. Where was it?', 'A. It was over there.')[at % 2]}" for at in range(25)
    ]
    reading = read(pdf(column(*lines, step=24)))
    assert said(reading)[:2] == [("Q.", "Where was it?"), ("A.", "It was over there.")]
    assert reading.report.dropped["line and page numbers"] > 25
    check_account(reading)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"I: Left line number {n} it is" for n in range(10)]
    right = [f"R: Right line number {n} it is" for n in range(10)]
    rows = [
        at
        for n in range(10)
        for at in (At(50, 700 - 20 * n, left[n]), At(320, 700 - 20 * n, right[n]))
    ]
    by_column = [*column(*left, top=700, left=50, step=20)]
    by_column += column(*right, top=700, left=320, step=20)
    for page in (rows, by_column):
        assert [speaker for speaker, _ in said(read(pdf(page)))] == ["I", "R"]


@pytest.mark.parametrize(
    ("ends", "joined"),
    [("inter\xad", "interview"), ("inter-", "interview"), ("well-", "well- known")],
)
def test_a_word_is_joined_only_where_the_hyphen_is_certain(ends: str, joined: str) -> None:
    rest = "view" if ends.startswith("inter") else "known"
    page = column("I: An interview?", "", f"R: {LONG} {ends}", f"{rest} it was.", "", "I: Oh.")
    assert said(read(pdf(page)))[1][1] == f"{LONG} {joined} it was."


def test_large_letters_are_a_heading() -> None:
    page = [At(60, 800, "Night bus", size=24), *column("I: Where?", "R: There.", "I: So.")]
    reading = read(pdf(page))
    assert reading.transcript.facts["title"] == "Night bus"
    assert set_aside(reading) == ["Night bus"]


def test_the_title_of_the_file_is_offered() -> None:
    reading = read(pdf(column("I: Where?", "R: There."), title="P1 transcript"))
    assert reading.transcript.facts["title"] == "P1 transcript"


def test_what_stands_outside_the_page_is_not_there() -> None:
    page = [*column("I: Where?", "R: There."), At(60, -40, "R: Never seen.")]
    assert said(read(pdf(page))) == [("I", "Where?"), ("R", "There.")]


@pytest.mark.parametrize("path", [LAYOUTS / "int_a_scan.pdf", NASTY / "pdf_scan_no_text.pdf"])
def test_a_scan_is_refused_and_the_mend_is_said(path: Path) -> None:
    with pytest.raises(errors.NoTextLayerError, match="pictures of one page and no text"):
        read_file(path)


def test_pages_without_any_text_are_refused() -> None:
    with pytest.raises(errors.NoTextLayerError, match="pictures of 2 pages"):
        read(pdf([], []))


def test_a_file_that_is_cut_off_is_refused() -> None:
    with pytest.raises(errors.DamagedFileError, match="its end is missing"):
        read_file(NASTY / "pdf_truncated.pdf")
    with pytest.raises(errors.DamagedFileError, match="its end is missing"):
        read(pdf(column("I: Where?"))[:-40])


def test_an_encrypted_document_is_refused_by_its_name() -> None:
    # An owner and a user key that fit no password we could know.
    keys = f"/O <{'41' * 32}> /U <{'42' * 32}> /P -4"
    locked = pdf(
        column("I: Where?"),
        extra=f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 {keys} >> /ID [<00> <00>]",
    )
    with pytest.raises(errors.PasswordProtectedError, match="protected by a password"):
        read(locked)


def test_letters_that_no_font_names_are_warned_of() -> None:
    stream = b"BT /F 11 Tf 60 700 Td (I: Where?) Tj /No 11 Tf 0 -20 Td (abcdefgh) Tj ET"
    reading = read(document([b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream)]))
    assert "letters-unreadable" in codes(reading)


def _packed(content: bytes, more: str = "") -> bytes:
    data = zlib.compress(content, 9)
    head = f"<< /Length {len(data)} /Filter /FlateDecode {more} >>\nstream\n"
    return head.encode() + data + b"\nendstream"


WORDS = b"BT /F 11 Tf 60 700 Td (I: hello) Tj ET\n"
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
BOMBS = {
    "a page of two hundred megabytes": _packed(b" " * 200_000_000),
    "a million operations": _packed(b"BT /F 1 Tf " + b"()Tj " * 1_000_000 + b"ET"),
    "brackets in brackets": _packed(b"[" * 1_000_000),
    "objects in objects": _packed(b"<<" * 500_000),
    "a string that never ends": _packed(b"BT (" + b"(" * 1_000_000 + b" Tj ET"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused(name: str) -> None:
    refused = (errors.DamagedFileError, errors.TooLargeError, errors.TooMuchPrintedError)
    with pytest.raises(refused):
        read(document([BOMBS[name]]))


def _with_form(content: bytes, form: bytes) -> bytes:
    """A document of one page that may draw a form, `/X`."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >>"
        b" /XObject << /X 6 0 R >> >> /Contents 5 0 R >>"
    )
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            _packed(content),
            _packed(form, FORM),
        ]
    )


def test_a_form_that_draws_itself_ends() -> None:
    assert said(read(_with_form(WORDS + b"/X Do", b"/X Do /X Do"))) == [("I", "hello")]


def test_more_work_than_any_interview_makes_is_refused_and_the_mend_is_said() -> None:
    with pytest.raises(errors.TooMuchPrintedError, match=r"more work .* Word document or as text"):
        read(_with_form(WORDS + b"/X Do " * 8, b" " * 5_000_000))


def test_more_pages_than_any_interview_has_are_refused_by_their_number() -> None:
    with pytest.raises(errors.TooMuchPrintedError, match="more than the 2,000 pages"):
        read(pdf(column("I: Where?"), *([[]] * 2_000)))


@pytest.mark.parametrize(
    "objects",
    [
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"],
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"],
        [b"<< /Type /Catalog /Pages 1 0 R >>"],
        [b"<< /Type /Catalog >>"],
        [b"null"],
    ],
)
def test_a_tree_of_pages_that_leads_nowhere_is_refused(objects: list[bytes]) -> None:
    with pytest.raises(errors.DamagedFileError):
        read(assemble(objects))


def test_reading_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    broken = pdf(column("I: Where?", "R: There.")).replace(b"startxref\n", b"startxref\n9")
    with suppress(errors.DamagedFileError):
        read(broken)
    assert capfd.readouterr().err == ""


def test_a_pdf_may_begin_with_a_line_of_something_else() -> None:
    assert reader.recognises(source(b"\xef\xbb\xbf\r\n%PDF-1.4\n"))
    assert not reader.recognises(source("I: what is a file with %PDF-1.4 in it?\n"))


GOOD = pdf(column("I: Where?", "", f"R: {LONG}", "and on."), column("I: Oh."), title="x")
CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(GOOD) - 1),
        st.integers(0, 12),
        st.sampled_from(
            b" |0|9999999|-1|<<|>>|[|]|(|)|obj|/Kids|/Parent|2 0 R|7 0 R|stream|/Length|Tm|q".split(
                b"|"
            )
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(CHANGES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_document_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    data = GOOD
    for at, length, new in changes:
        data = data[:at] + new + data[at + length :]
    try:
        check_account(reader.read(source(data), name="a"))
    except errors.TranscriptError:
        return


PLACED = st.builds(
    At,
    st.integers(0, 590),
    st.integers(0, 840),
    st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=30),
    st.sampled_from([6, 10, 11, 24]),
    st.sampled_from(["F", "B"]),
)


@given(st.lists(st.lists(PLACED, max_size=12), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_wherever_words_stand_the_account_holds(pages: list[list[At]]) -> None:
    try:
        check_account(read_transcript(source(pdf(*pages)), name="a"))
    except (errors.EmptyTranscriptError, errors.NoTextLayerError):
        return

"""What a finished file says is read back, in all its parts, and what cannot be read is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from qualcode import errors
from qualcode.exporters import (
    BOOK_EXPORTERS,
    COMPARISON_EXPORTERS,
    EVIDENCE_EXPORTERS,
    MATRIX_EXPORTERS,
    QUOTATION_EXPORTERS,
)
from qualcode.services.consent import gate
from qualcode.services.consent.names.forbidden import Forbidden, Terms
from qualcode.text.names.finder import Term

NAMES = Forbidden(
    Terms(
        masked=(
            Term("Amina Hassan", "[P07]"),
            Term("Amina", "[P07]"),
            Term("Hassan", "[P07]"),
            Term("May", "[P08]"),
        ),
        open=(Term("Nasreen Hassan", None), Term("Hassan, Nasreen", None)),
    ),
    names_at_hand=True,
)


def package(**parts: str) -> bytes:
    """A package with these parts; `__` stands for a slash in their names, `_` for a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            # ZipInfo of itself is dated 1980: the clock would be in the names of tests.
            part = zipfile.ZipInfo(name.replace("__", "/").replace("_", "."))
            archive.writestr(part, content)
    return out.getvalue()


def leak(file: bytes, format: str) -> errors.LeakError:  # noqa: A002
    with pytest.raises(errors.LeakError) as caught:
        gate.check(file, NAMES, format=format, where="matrix")
    assert "Amina" not in str(caught.value)
    assert "Hassan" not in str(caught.value)
    return caught.value


W = '<w:document xmlns:w="w" xmlns:a="a">{}</w:document>'
RUNS = "<w:p><w:r><w:t>said Am</w:t></w:r><w:r><w:t>ina here</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("part", "content", "kind"),
    [
        ("word__document_xml", W.format(RUNS), "the text"),
        ("word__comments_xml", W.format(RUNS), "the comments"),
        ("word__footnotes_xml", W.format(RUNS), "the notes"),
        ("word__header1_xml", W.format(RUNS), "the headers"),
        ("docProps__core_xml", "<c><dc>Amina Hassan</dc><e/></c>", "the properties"),
        ("customXml__item1_xml", "<x><y>AMINA</y></x>", "another part"),
        ("word__document_xml", W.format('<w:b w:name="q_Amina_1"/>'), "bookmarks"),
        ("word__document_xml", W.format('<w:d descr="Photo of Amina’s hall"/>'), "descriptions"),
        ("word__document_xml", W.format("<!-- for Amina -->"), "links"),
        ("word___rels__document_xml_rels", '<R T="https://a.example/amina-hassan"/>', "links"),
        ("xl__workbook_xml", '<w><sheet name="Amina"/></w>', "the names of the sheets"),
        ("xl__worksheets__sheet1_xml", "<s><c><v>Ami</v></c><c><v>na </v></c></s>", "the cells"),
        ("word__media__amina_png", "no picture", "the names of its parts"),
        ("word__media__image1_png", "\x89PNG tEXtAuthor\0 by Amina Hassan\0\1\2", "a picture"),
    ],
)
def test_a_name_is_found_in_every_part_of_a_package(part: str, content: str, kind: str) -> None:
    clean = {"word__settings_xml": W.format('<w:f w:ascii="Georgia" script="Hans"/>')}
    found = leak(package(**clean, **{part: content}), "docx")
    assert kind in found.kind
    assert found.found >= 1
    assert found.exit_code == 4


@pytest.mark.parametrize(
    ("format_name", "file"),
    [
        ("html", "<p>said <b>Am</b>ina</p>"),
        ("html", '<p title="Amina">x</p>'),
        ("html", "<!-- Amina > --><p>x</p>"),
        ("html", "<head><title>Amina</title></head>"),
        ("html", "<p>&#65;mina</p>"),
        ("json", '["x", "said\\nAmina"]'),
        ("json", '{"\\u0041mina": 1}'),
        ("csv", '"a","b"\n"Am","ina"\n'),
        ("csv", '"a","b"\n"said ""Amina"""\n'),
        ("md", "said **Am**ina"),
        ("md", "<!-- Amina -->"),
        ("md", "HASSAN, AMINA"),
    ],
)
def test_a_name_is_found_in_every_text_format(format_name: str, file: str) -> None:
    assert leak(file.encode(), format_name).kind


def test_a_column_of_a_sheet_is_nobody_of_two_letters() -> None:
    names = Forbidden(Terms(masked=(Term("Bo", "[P08]"),)), names_at_hand=True)
    area = "'Cells'!$A$1:$BO$12,'Cells'!$A:$BO"
    places = {
        "xl__workbook_xml": f"<w><definedName>{area}</definedName></w>",
        "xl__worksheets__sheet1_xml": '<s><c r="BO12"/><f ref="A1:BO12"/></s>',
    }
    gate.check(package(**places), names, format="xlsx")
    for bad in ('<s><c r="Bo"/></s>', "<s><t>BO12</t></s>", "<s><t>!$BO$12</t></s>"):
        hidden = package(**{**places, "xl__worksheets__sheet1_xml": bad})
        with pytest.raises(errors.LeakError):
            gate.check(hidden, names, format="xlsx")


def test_the_sentence_says_the_place_and_how_many() -> None:
    file = package(word__comments_xml=W.format("<w:p><w:t>Amina and Hassan</w:t></w:p>"))
    assert str(leak(file, "docx")).startswith(
        "matrix: 2 names that may not leave stand in the comments (word/comments.xml). "
    )


def test_a_part_that_bears_a_name_is_not_said() -> None:
    assert "xml" not in str(leak(package(word__Amina_xml="<a>Amina</a>"), "docx"))


def test_whoever_agreed_to_be_named_is_no_leak() -> None:
    for words in ("Hassan, Nasreen, Chair", "as Nasreen Hassan said"):
        gate.check(words.encode(), NAMES, format="md")
        assert "1 name" in str(leak(f"{words} to Amina".encode(), "md"))
    runs = "<w:p><w:t>Nasreen </w:t><w:t>Hassan</w:t></w:p>"
    gate.check(package(word__document_xml=W.format(runs)), NAMES, format="docx")


def test_a_month_in_a_date_is_no_name() -> None:
    for words in ("interviewed 4 May 2024", "interviewed May 2024", "4 May to 3 June 2024"):
        gate.check(words.encode(), NAMES, format="md")
    assert "1 name" in str(leak(b"then May came", "md"))


def test_words_of_every_document_are_nobodys() -> None:
    for format_name, file in (("md", b"Amina\n\nx"), ("json", b'["Amina", "x"]')):
        gate.check(file, NAMES, format=format_name, ours=lambda: frozenset({"Amina", " Amina"}))
    with pytest.raises(errors.LeakError):
        gate.check(b"x Amina", NAMES, format="md", ours=lambda: frozenset({"Amina"}))


@pytest.mark.parametrize(
    ("format_name", "file"),
    [
        ("docx", b"no package"),
        ("docx", package(word__document_xml="<a>")),
        ("docx", package(word__document_xml="<!DOCTYPE a><a/>")),
        ("docx", package(word__embedded_bin="?")),
        ("xlsx", package(xl__a_xml="<a/>")[:40]),
        ("csv", b"\xff\xfe"),
        ("rtf", b"{\\rtf1 said}"),
    ],
    ids=[
        *("no zip", "no xml", "a declared entity", "a part of another kind", "cut off", "no utf-8"),
        "a format that is not known here",
    ],
)
def test_what_cannot_be_read_is_refused(format_name: str, file: bytes) -> None:
    with pytest.raises(errors.UncheckedError) as caught:
        gate.check(file, NAMES, format=format_name)
    assert caught.value.exit_code == 4


def test_every_format_that_is_written_can_be_read_back() -> None:
    written = {
        *(*MATRIX_EXPORTERS, *QUOTATION_EXPORTERS, *BOOK_EXPORTERS),
        *(*EVIDENCE_EXPORTERS, *COMPARISON_EXPORTERS),
    }
    for suffix in written - {"docx", "xlsx"}:
        assert leak(b'"by Amina"\n', suffix).found == 1
    assert written >= {"docx", "xlsx", "html", "md", "csv", "json"}


def test_a_name_across_the_pieces_in_which_a_file_is_read_is_found() -> None:
    for filled in range(250_000, 270_000, 1_999):
        for written, form in (
            (b"x" * filled + b" Amina" + b"\n\ny", "md"),
            (b'"' + b"x" * filled + b'","Am"\n"ina"\n', "csv"),
        ):
            assert "1 name" in str(leak(written, form))


@pytest.mark.parametrize(
    "page",
    [
        "<p>Am</p>\n<p></p>\r\n<p>ina</p>",
        "<td>Am</td><td>i</td><td>na</td>",
        f"<p>{'y' * 200} Am</p><p>ina {'y' * 200}</p>",
        f"<p>Am</p>{'<br>' * 40_000}<p>ina</p>",
        f"<p>{'x ' * 33_000}Am</p><p>ina</p>",
    ],
    ids=["nothing between", "three cells", "long cells", "many breaks", "a long text"],
)
def test_a_name_that_goes_on_in_the_next_piece_is_found(page: str) -> None:
    assert "1 name" in str(leak(page.encode(), "html"))


def test_words_that_leave_by_themselves_are_looked_at() -> None:
    gate.check_words(NAMES, ["[P07] came", None], where="the clipboard")
    with pytest.raises(errors.LeakError, match="the clipboard"):
        gate.check_words(NAMES, ["x", "Amina came"], where="the clipboard")


def test_where_nothing_is_known_nothing_is_read() -> None:
    unread = b"no package"
    gate.check(unread, Forbidden(Terms(), names_at_hand=False), format="docx")
    with pytest.raises(errors.UncheckedError):
        gate.check(unread, NAMES, format="docx")

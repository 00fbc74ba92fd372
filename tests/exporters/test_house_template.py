"""A house's template: what is taken of it, what stays behind, and files that are none."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters.evidences import small_book
from exporters.full_reports import full_report
from exporters.houses import CANARY, LETTER, changed, house, in_header, picture, template
from exporters.lint import W, lint, take_apart
from exporters.reading import docx_bytes, matrices, rows_of, text_of
from exporters.reports import report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from qualcode import errors
from qualcode.exporters import write_book, write_matrix
from qualcode.exporters.word.template.pictures import bare
from qualcode.model.document import DocumentOptions, Layout, Notes, Paper, Template

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

SMALL = report_of(["We all came to the fair.", "Nobody asked us."], rows=2)


def worn(house_file: bytes, **wishes: object) -> bytes:
    """A small matrix that wears this house."""
    options = replace(DocumentOptions(template=template(house_file)), **wishes)  # type: ignore[arg-type]
    return docx_bytes(SMALL, options)


def heads(document: bytes, kind: str = "header") -> list[str]:
    """The words of each header, or footer, in the order of the parts."""
    trees = take_apart(document).trees
    return [
        "|".join("".join(map(text_of, paragraph.iter(f"{W}r"))) for paragraph in trees[name])
        for name in sorted(trees)
        if name.startswith(f"word/{kind}")
    ]


def styles(document: bytes) -> dict[str, Element]:
    tree = take_apart(document).trees["word/styles.xml"]
    return {str(style.find(f"{W}name").get(f"{W}val")): style for style in tree.iter(f"{W}style")}  # type: ignore[union-attr]


def unpacked(document: bytes) -> bytes:
    """Everything in the file, names of parts too, and letters two bytes wide brought together."""
    with zipfile.ZipFile(BytesIO(document)) as archive:
        found = b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
    return found + found.replace(b"\x00", b"")


# -- what is taken ---------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", [{}, {"layout": Layout.LIST}, {"paper": Paper.A3}])
@pytest.mark.parametrize(
    "house_file",
    [house(), house(paper=LETTER, kind="JPEG", first_page=True), house(kind="GIF")],
    ids=["A4", "Letter", "another picture"],
)
def test_a_document_in_the_style_of_a_house_has_no_fault(
    house_file: bytes, wish: dict[str, object], tmp_path: Path
) -> None:
    document = worn(house_file, **wish)
    assert lint(document) == []
    (tmp_path / "matrix.docx").write_bytes(document)
    audit = OpenXmlValidator().validate(tmp_path / "matrix.docx")
    assert [str(error) for error in audit.errors] == []
    assert document == worn(house_file, **wish)


@pytest.mark.parametrize("notes", Notes)
def test_a_book_wears_it_too(notes: Notes) -> None:
    out = BytesIO()
    options = DocumentOptions(notes=notes, template=template())
    write_book(small_book(["We all came."]), out, format="docx", options=options)
    assert lint(out.getvalue()) == []
    assert any("The Loom Foundation" in words for words in heads(out.getvalue()))


def test_header_and_footer_stand_on_every_page_with_ours_below() -> None:
    document = worn(house())
    for words in heads(document):
        assert words.startswith("\t\tThe Loom Foundation|Quotations by theme\t")
    for words in heads(document, "footer"):
        assert words.startswith("12 Weaver Lane\t\twww.example.org|Test study\tPage ")
    assert len(heads(document)) > 2


def test_a_house_that_numbers_its_pages_is_not_numbered_twice() -> None:
    field = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    numbered = changed(house(), footer1=lambda xml: xml.replace("</w:ftr>", f"{field}</w:ftr>"))
    document = worn(numbered)
    assert set(heads(document, "footer")) == {"12 Weaver Lane\t\twww.example.org|1"}
    assert lint(document) == []


def test_the_first_page_has_the_letterhead_of_first_pages() -> None:
    document = worn(house(first_page=True))
    assert heads(document).count("A letterhead of its own") == 1
    sections = list(take_apart(document).body().iter(f"{W}sectPr"))
    assert [one.find(f"{W}titlePg") is not None for one in sections] == [
        number == 0 for number in range(len(sections))
    ]


@pytest.mark.parametrize(
    ("paper", "wish", "sides"),
    [
        (None, Paper.A4, {(16838, 11906), (11906, 16838)}),
        (LETTER, Paper.A4, {(15840, 12240), (12240, 15840)}),
        (LETTER, Paper.A3, {(15840, 12240), (24480, 15840), (12240, 15840)}),
    ],
)
def test_the_paper_is_that_of_the_house(
    paper: tuple[int, int] | None, wish: Paper, sides: set[tuple[int, int]]
) -> None:
    made = house() if paper is None else house(paper=paper)
    report = full_report()
    document = docx_bytes(report, DocumentOptions(paper=wish, template=template(made)))
    sizes = take_apart(document).body().iter(f"{W}pgSz")
    assert {(int(str(s.get(f"{W}w"))), int(str(s.get(f"{W}h")))) for s in sizes} == sides


def test_styles_are_known_by_their_names_and_the_missing_ones_are_lent() -> None:
    def in_german(xml: str) -> str:
        return xml.replace('w:styleId="Heading1"', 'w:styleId="berschrift1"').replace(
            'w:val="Heading1"', 'w:val="berschrift1"'
        )

    found = styles(worn(changed(house(), styles=in_german)))
    heading = found["heading 1"]
    assert heading.get(f"{W}styleId") == "Heading1"
    colour = heading.find(f"{W}rPr/{W}color")
    assert colour is not None
    assert colour.get(f"{W}val") == "0B6E4F"
    assert found["QC Verbatim"].find(f"{W}rPr/{W}i") is not None
    # Ours, in the letters of the house, and not justified as its Normal is.
    lent = found["QC Quote"]
    assert lent.find(f"{W}rPr/{W}rFonts") is None
    assert lent.find(f"{W}pPr/{W}jc").get(f"{W}val") == "left"  # type: ignore[union-attr]
    assert lent.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "0"  # type: ignore[union-attr]


def test_letters_as_another_program_lists_them_are_without_fault(tmp_path: Path) -> None:
    def listed(xml: str) -> str:
        # LibreOffice 7.4 names a set of signs that the schema does not know.
        font = '<w:font w:name="Liberation Serif"><w:charset w:val="00" w:characterSet="utf-8"/>'
        return xml.replace("</w:fonts>", f"{font}</w:font></w:fonts>")

    (tmp_path / "matrix.docx").write_bytes(worn(changed(house(), fontTable=listed)))
    audit = OpenXmlValidator().validate(tmp_path / "matrix.docx")
    assert [str(error) for error in audit.errors] == []
    fonts = take_apart((tmp_path / "matrix.docx").read_bytes()).trees["word/fontTable.xml"]
    assert "Liberation Serif" in {font.get(f"{W}name") for font in fonts}


def test_what_stood_at_the_right_margin_stands_there_on_every_sheet() -> None:
    document = worn(house(), layout=Layout.LIST)
    trees = take_apart(document).trees
    stops = {
        int(str(tab.get(f"{W}pos")))
        for name, tree in trees.items()
        if name.startswith("word/header")
        for tab in tree.iter(f"{W}tab")
        if tab.get(f"{W}val") == "right"
    }
    # The style of the house has its stop at 9360, beyond its own line of 9072.
    assert stops == {9072, 15138}


def test_where_a_house_sets_quotations_larger_more_of_them_are_parted() -> None:
    def rows(half_points: int) -> int:
        style = (
            '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Speech">'
            '<w:name w:val="QC Quote"/><w:rPr>'
            f'<w:sz w:val="{half_points}"/></w:rPr></w:style></w:styles>'
        )
        dressed = changed(house(), styles=lambda xml: xml.replace("</w:styles>", style))
        options = DocumentOptions(context=False, template=template(dressed))
        (table,) = matrices(docx_bytes(report_of(["word " * 200]), options))
        return len(rows_of(table))

    assert rows(17) == 2
    assert rows(44) > 3


# -- what stays behind -----------------------------------------------------------------------------


def hidden_places() -> dict[str, bytes]:
    run = f"<w:r><w:t>{CANARY}</w:t></w:r>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTHOR </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    relation = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="file:///C:/{CANARY}.dotx" TargetMode="External"/>'
    )
    return {
        "as it is": house(),
        "a picture of another kind": house(kind="JPEG"),
        "a change": in_header(
            f'<w:ins w:id="9" w:author="{CANARY}"><w:r><w:t>in</w:t></w:r></w:ins>'
        ),
        "a deletion": in_header(
            f'<w:del w:id="9" w:author="{CANARY}"><w:r><w:delText>{CANARY}</w:delText></w:r>'
            "</w:del>"
        ),
        "a field": in_header(field),
        "a simple field": in_header(f'<w:fldSimple w:instr=" LASTSAVEDBY ">{run}</w:fldSimple>'),
        "a field within a field": in_header(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText>'
            f'</w:r>{field}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "a field within the number of the page": in_header(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText>'
            f'</w:r>{field}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "a text box": in_header(
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{run}</mc:Choice>'
            f"</mc:AlternateContent></w:r>"
        ),
        "an old drawing": in_header(
            f'<w:r><w:pict><v:shape alt="{CANARY}"/></w:pict></w:r>'
        ),
        "a control": in_header(
            f'<w:sdt><w:sdtPr><w:alias w:val="{CANARY}"/><w:tag w:val="{CANARY}"/></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>shown</w:t></w:r></w:sdtContent></w:sdt>"
        ),
        "a bookmark": in_header(
            f'<w:bookmarkStart w:id="7" w:name="{CANARY}"/><w:bookmarkEnd w:id="7"/>'
        ),
        "a comment": in_header(f"<!-- {CANARY} -->"),
        "a name of a picture": changed(
            house(), header1=lambda xml: xml.replace('name="', f'name="{CANARY}', 2)
        ),
        "a path": changed(
            house(),
            header1=lambda xml: xml.replace("<wp:docPr ", f'<wp:docPr descr="C:\\{CANARY}" '),
        ),
        "a link out": changed(
            house(),
            document_rels=lambda xml: xml.replace(
                "</Relationships>", f"{relation}</Relationships>"
            ),
        ),
        "settings": changed(
            house(),
            settings=lambda xml: xml.replace(
                "</w:settings>",
                f'<w:docVars><w:docVar w:name="{CANARY}" w:val="{CANARY}"/></w:docVars>'
                "</w:settings>",
            ),
        ),
        "a theme": changed(
            house(), theme1=lambda xml: xml.replace('name="Office', f'name="{CANARY}')
        ),
        "an alias of a style": changed(
            house(),
            styles=lambda xml: xml.replace(
                '<w:name w:val="heading 1"/>',
                f'<w:name w:val="heading 1"/><w:aliases w:val="{CANARY}"/>',
            ),
        ),
        "parts of other programs": changed(
            house(),
            parts={
                "word/vbaProject.bin": CANARY,
                f"word/{CANARY}.xml": f"<{CANARY}/>",
                "docProps/custom.xml": f"<Properties>{CANARY}</Properties>",
                "word/comments.xml": f"<w:comments>{CANARY}</w:comments>",
            },
        ),
    }  # fmt: skip


@pytest.mark.parametrize("place", hidden_places())
def test_nothing_that_a_template_says_of_itself_leaves_with_a_document(place: str) -> None:
    made = hidden_places()[place]
    assert CANARY.encode() in unpacked(made)
    document = worn(made)
    assert CANARY.encode() not in unpacked(document)
    assert lint(document) == []
    assert any("The Loom Foundation" in words for words in heads(document))


def test_words_that_were_put_in_are_in_and_the_control_around_words_is_not() -> None:
    change = in_header('<w:ins w:id="9" w:author="a"><w:r><w:t>put in</w:t></w:r></w:ins>')
    control = in_header("<w:sdt><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>")
    assert "put in" in heads(worn(change))[0]
    assert "chosen" in heads(worn(control))[0]
    assert b"<w:ins " not in unpacked(worn(change))
    assert b"<w:sdt>" not in unpacked(worn(control))


@pytest.mark.parametrize("bound", ["begin", "separate", "end"])
def test_a_field_that_is_not_whole_leaves_its_words_and_no_fault(bound: str) -> None:
    signs = {
        one: f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>'
        for one in ("begin", "separate", "end")
        if one != bound
    }
    words = "<w:r><w:instrText> PAGE </w:instrText></w:r>", "<w:r><w:t>seven</w:t></w:r>"
    parts = (signs.get("begin"), words[0], signs.get("separate"), words[1], signs.get("end"))
    document = worn(in_header("".join(part for part in parts if part)))
    assert lint(document) == []
    assert "seven" in heads(document)[0]


def test_what_stays_behind_of_a_header_is_said() -> None:
    field = '<w:fldSimple w:instr=" DATE "><w:r><w:t>1 May</w:t></w:r></w:fldSimple>'
    made = in_header(f"<w:r><w:pict/></w:r><w:r><w:object/></w:r>{field}")
    out = BytesIO()
    options = DocumentOptions(template=template(made))
    done = write_matrix(SMALL, out, format="docx", options=options)
    assert done.warnings == (
        "of the template's header and footer these were left out: 2 shapes, 1 field",
    )
    options = DocumentOptions(template=template(house(kind="GIF")))
    done = write_matrix(SMALL, BytesIO(), format="docx", options=options)
    assert done.warnings[0].endswith("left out: 1 picture that is no PNG or JPEG")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_keeps_its_points_and_not_its_author(kind: str) -> None:
    from docx.image.image import Image

    whole = picture(kind)
    alone = bare(whole)
    assert alone is not None
    assert CANARY.encode() in whole
    assert CANARY.encode() not in alone
    before, after = Image.from_blob(whole), Image.from_blob(alone)
    assert (before.px_width, before.px_height) == (after.px_width, after.px_height)
    assert bare(alone) == alone
    for cut in (10, len(whole) // 2, len(whole) - 3):
        assert bare(whole[:cut]) is None or kind == "JPEG"


# -- files that are no template --------------------------------------------------------------------


def damaged(name: str, content: bytes) -> bytes:
    """The house's document with one part that is something else."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(house())) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            target.writestr(one, content if one == name else source.read(one))
    return out.getvalue()


def of_kind(sign: str) -> bytes:
    main = "officedocument.wordprocessingml.document.main+xml"
    return changed(house(), Content_Types=lambda xml: xml.replace(main, sign))


def without(name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(house())) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            if one != name:
                target.writestr(one, source.read(one))
    return out.getvalue()


def bomb() -> bytes:
    """A part that says it is small and unpacks to a hundred megabytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("_rels/.rels", b" " * 100_000_000)
    data = out.getvalue()
    size = (100_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    return data.replace(size, (1000).to_bytes(4, "little"))


DOCTYPE = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:styles>'
)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

NOT_A_TEMPLATE = {
    "nothing": (b"", errors.TemplateKindError),
    "a text": (b"Dear reader", errors.TemplateKindError),
    "a zip of something else": (without("_rels/.rels"), errors.TemplateKindError),
    "an older document": (OLE2, errors.TemplateKindError),
    "a template of Word": (
        of_kind("officedocument.wordprocessingml.template.main+xml"), errors.TemplateKindError,
    ),
    "with macros": (
        of_kind("ms-word.document.macroEnabled.main+xml"), errors.TemplateKindError,
    ),
    "encrypted": (OLE2 + "EncryptedPackage".encode("utf-16-le"), errors.TemplateProtectedError),
    "cut off": (house()[:-400], errors.TemplateDamagedError),
    "no document": (without("word/document.xml"), errors.TemplateDamagedError),
    "no XML": (damaged("word/styles.xml", b"<w:styles"), errors.TemplateDamagedError),
    "entities": (damaged("word/styles.xml", DOCTYPE), errors.TemplateDamagedError),
    "no styles": (
        changed(house(), document_rels=lambda xml: xml.replace("/styles\"", "/other\"")),
        errors.TemplateWithoutStylesError,
    ),
    "too large": (damaged("word/styles.xml", b" " * 20_000_000), errors.TemplateTooLargeError),
}  # fmt: skip


@pytest.mark.parametrize("name", NOT_A_TEMPLATE)
def test_what_is_no_template_is_said_in_one_sentence(name: str) -> None:
    data, kind = NOT_A_TEMPLATE[name]
    with pytest.raises(errors.TemplateError) as caught:
        worn(data)
    assert type(caught.value) is kind
    assert str(caught.value).startswith("house.docx: the template ")
    assert caught.value.exit_code == 1
    assert "\n" not in str(caught.value)


def test_a_part_that_unpacks_without_end_is_not_unpacked() -> None:
    with pytest.raises(errors.TemplateError):
        worn(bomb())


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_damage_is_a_sentence_or_a_document_without_fault(data: st.DataObject) -> None:
    parts = ["word/styles.xml", "word/header1.xml", "word/document.xml", "word/theme/theme1.xml"]
    name = data.draw(st.sampled_from(parts))
    with zipfile.ZipFile(BytesIO(house())) as archive:
        content = bytearray(archive.read(name))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.sampled_from(b'0a<>"/=-. \xff'))
    try:
        document = worn(damaged(name, bytes(content)))
    except errors.TemplateError:
        return
    assert lint(document) == []


def test_bytes_that_are_changed_anywhere_in_the_file_are_a_sentence_or_a_document() -> None:
    whole = house()
    for at in range(0, len(whole), 2503):
        with suppress(errors.TemplateError):
            assert lint(worn(whole[:at] + b"\x00\xff" + whole[at + 2 :])) == []


def test_a_template_is_called_by_its_name_and_shows_nothing_of_itself() -> None:
    assert CANARY not in repr(DocumentOptions(template=Template("house.docx", house())))


def test_many_large_pictures_are_refused_before_they_fill_the_memory() -> None:
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    numbers = [f"rId{number}" for number in range(60, 65)]
    listed = "".join(
        f'<Relationship Id="{one}" Type="{image}" Target="media/{one}.png"/>' for one in numbers
    )
    blips = "".join(
        f'<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'r:embed="{one}"/></w:drawing></w:r>'
        for one in numbers
    )
    grown = changed(
        in_header(blips),
        header1_rels=lambda xml: xml.replace("</Relationships>", f"{listed}</Relationships>"),
    )
    out = BytesIO(grown)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for one in numbers:
            archive.writestr(f"word/media/{one}.png", bytes(15_000_000))
    with pytest.raises(errors.TemplateTooLargeError, match="more than the 64 MB"):
        worn(out.getvalue())

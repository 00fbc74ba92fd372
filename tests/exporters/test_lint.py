"""The check itself is checked: each damaged copy of a good document has one fault that it names."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from exporters.full_reports import full_report
from exporters.lint import lint, take_apart
from exporters.reading import docx_bytes
from exporters.reports import report_of
from openxml_audit import OpenXmlValidator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BODY = "word/document.xml"
NOTES = "word/footnotes.xml"
MEMOS = "word/comments.xml"
SETTINGS = "word/settings.xml"
STYLES = "word/styles.xml"
GOOD = docx_bytes(full_report())


def packed(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def damaged(member: str, pattern: str, replacement: str, *, good: bytes = GOOD) -> bytes:
    """The good document with the first place of a pattern in one member replaced."""
    members = dict(take_apart(good).members)
    text, count = re.subn(pattern, replacement, members[member].decode(), count=1, flags=re.DOTALL)
    assert count == 1, "the pattern is not in the document, so nothing was damaged"
    members[member] = text.encode()
    return packed(members)


def test_the_good_document_has_no_fault() -> None:
    assert lint(GOOD) == []
    assert lint(packed(take_apart(GOOD).members)) == []


@pytest.mark.parametrize(
    ("member", "pattern", "replacement", "named"),
    [
        (BODY, r"</w:tc></w:tr>", "</w:tc><w:tc/></w:tr>", "table: a cell does not end with"),
        (BODY, r"(<w:tr>.*?)<w:tc>.*?</w:tc>", r"\1", "table: a row fills 1 of 2"),
        (BODY, r'w:gridSpan w:val="5"', 'w:gridSpan w:val="7"', "table: a row fills 7 of 5"),
        (BODY, r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="7"/>', "table: the grid does not add"),
        (BODY, r'<w:tcW w:w="\d+"', '<w:tcW w:w="7"', "table: a cell is not as wide"),
        (BODY, r"<w:tblCaption [^>]*>", "", "table: no tblCaption"),
        (BODY, r"<w:tblDescription [^>]*>", "", "table: no tblDescription"),
        (BODY, r"<w:tblHeader/>", "", "table: the header row is not the first alone"),
        (BODY, r"<w:cantSplit/>", "<w:cantSplit/><w:tblHeader/>", "table: the header row"),
        (BODY, r"<w:bookmarkEnd [^>]*>", "", "bookmarks: starts and ends do not match"),
        (BODY, r'w:name="theme_2"', 'w:name="THEME_1"', "bookmarks: a name twice"),
        (BODY, r'w:name="theme_2"', 'w:name="theme 2"', "bookmarks: theme 2 is not a name"),
        (BODY, r'w:id="3"', 'w:id="2"', "bookmarks: starts and ends do not match"),
        (BODY, r'w:anchor="theme_2"', 'w:anchor="theme_9"', "bookmarks: a link leads to theme_9"),
        (BODY, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "fields: word/document.xml has"),
        (BODY, r'fldCharType="begin"', 'fldCharType="end"', "fields: word/document.xml has a end"),
        (BODY, r'="begin"/>', '="begin" w:dirty="1"/>', "fields: word/document.xml has one that"),
        (BODY, r'w:pStyle w:val="QCQuote"', 'w:pStyle w:val="QCNo"', "styles: word/document.xml"),
        (BODY, r"(<w:tcW [^>]*>)(<w:shd [^>]*>)", r"\2\1", "order: word/document.xml has the"),
        (BODY, r"<w:cantSplit/>", "<w:cantSplat/>", "order: word/document.xml has an unknown"),
        (BODY, r"</w:tbl>", "</w:tbl><?qualcode front?>", "marks: word/document.xml holds one"),
        (BODY, r'w:w="16838" w:h="11906"', 'w:w="11906" w:h="16838"', "sections: one lies"),
        (BODY, r' w:orient="landscape"', "", "sections: one lies otherwise than it says"),
        (BODY, r'<w:pgSz [^>]*>', "", "sections: one has no paper"),
        (BODY, r'<w:footnoteReference w:id="7"/>', "", "notes: references and footnotes do not"),
        (BODY, r'(<w:footnoteReference w:id=)"7"', r'\1"8"', "notes: references and footnotes"),
        (BODY, r'(<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>.*?)(</w:p>)',
         r'\1<w:r><w:footnoteReference w:id="7"/></w:r>\2', "notes: a header row refers"),
        (NOTES, r'<w:footnote w:id="7">.*?</w:footnote>', "", "notes: references and footnotes"),
        (NOTES, r'<w:footnote w:id="7">', '<w:footnote w:id="8">', "notes: two footnotes have"),
        (NOTES, r'(w:id="7">.*?)<w:footnoteRef/>', r"\1", "notes: footnote 7 has 0 figures"),
        (NOTES, r"<w:separator/>", "<w:separator/><w:footnoteRef/>", "notes: footnote -1 has 1"),
        (NOTES, r' w:type="separator"', "", "notes: the separators of footnotes are not there"),
        (NOTES, r"</w:p></w:footnote></w:footnotes>",
         '<w:r><w:footnoteReference w:id="7"/></w:r></w:p></w:footnote></w:footnotes>',
         "notes: word/footnotes.xml refers to a footnote"),
        (SETTINGS, r"<w:footnotePr>.*</w:footnotePr>", "", "notes: the settings do not name"),
        (BODY, r'<w:commentRangeEnd w:id="1"/>', "", "comments: commentRangeEnd and comments"),
        (BODY, r'<w:commentRangeStart w:id="1"/>', "", "comments: commentRangeStart and"),
        (BODY, r'<w:commentReference w:id="1"/>', "", "comments: commentReference and"),
        (MEMOS, r'<w:comment w:id="1" .*?</w:comment>', "", "comments: commentReference and"),
        (MEMOS, r'w:id="1"', 'w:id="0"', "comments: two have one number"),
        (MEMOS, r' w:date="[^"]*"', "", "comments: 0 says not who wrote it or when"),
        (BODY, r'w:anchor="q_Q00007"', 'w:anchor="q_Q99999"', "bookmarks: a link leads to q_Q9"),
        (BODY, r'w:anchor="m_Q00007"', 'w:anchor="m_Q99999"', "bookmarks: a link leads to m_Q9"),
        (BODY, r"<w:footerReference [^>]*>", "", "sections: the first has no footer"),
        (BODY, r"<w:sectPr>(?!.*<w:sectPr).*</w:sectPr>", "", "sections: the body does not end"),
        (BODY, r'r:id="rId\d+"', 'r:id="rId99"', "relations: word/document.xml uses rId99"),
        (SETTINGS, "<w:zoom", "<w:updateFields/><w:zoom", "fields: the settings ask"),
        ("docProps/core.xml", r"(?=</cp:lastModifiedBy>)", "Ann", "properties: somebody is named"),
        ("docProps/core.xml", r"<dc:title>.*</dc:title>", "", "properties: no title"),
        ("[Content_Types].xml", r'PartName="/word/styles.xml"', 'PartName="/word/other.xml"',
         "content types: word/other.xml is typed"),
        ("word/_rels/document.xml.rels", r'Target="settings.xml"', 'Target="nowhere.xml"',
         "relations: word/_rels/document.xml.rels leads to word/nowhere.xml"),
        ("word/_rels/document.xml.rels", r'Target="theme/theme1.xml"',
         'Target="http://example.org" TargetMode="External"', "relations: word/document.xml leads"),
        (BODY, r"</w:body>", "</w:bodi>", "readable:"),
    ],
)  # fmt: skip
def test_a_damaged_copy_is_caught(member: str, pattern: str, replacement: str, named: str) -> None:
    found = lint(damaged(member, pattern, replacement))
    assert [said for said in found if said.startswith(named)], found


def test_a_part_that_nothing_leads_to_is_caught() -> None:
    members = {**take_apart(GOOD).members, "word/other.xml": b"<notes/>", "word/other.bin": b""}
    assert lint(packed(members)) == [
        "content types: word/other.bin has none",
        "relations: nothing leads to word/other.bin",
        "relations: nothing leads to word/other.xml",
    ]


def test_a_missing_part_is_caught() -> None:
    members = dict(take_apart(GOOD).members)
    del members["word/footer1.xml"]
    assert {said.partition(":")[0] for said in lint(packed(members))} == {
        "content types",
        "relations",
    }


def test_a_file_cut_short_is_caught() -> None:
    assert lint(GOOD[:-100])[0].startswith("readable:")


def test_more_columns_than_word_knows_are_caught() -> None:
    columns = '<w:gridCol w:w="0"/>' * 63
    found = lint(damaged(BODY, "</w:tblGrid>", f"{columns}</w:tblGrid>"))
    assert "table: more than 63 columns (table 1)" in found


@pytest.mark.parametrize(
    ("member", "pattern", "replacement", "named"),
    [
        (SETTINGS, r"(<w:zoom[^>]*>)(.*)(</w:settings>)", r"\2\1\3", "element 'zoom'"),
        (SETTINGS, r'w:percent="\d+"', 'w:percent="much"', "attribute 'percent'"),
        (BODY, r'w:type="dxa"', 'w:type="wide"', "attribute 'type'"),
        (BODY, r"</w:p>", "<w:hello/></w:p>", "element 'hello'"),
        (BODY, r"<w:tab/>", "<w:tab/><w:rPr/>", "element 'rPr'"),
        (STYLES, r'w:type="paragraph"', 'w:type="poem"', "attribute 'type'"),
    ],
)
def test_what_the_schema_knows_is_left_to_its_validator(
    member: str, pattern: str, replacement: str, named: str, tmp_path: Path
) -> None:
    small = docx_bytes(report_of(["We all came.\tYes."]))
    document = damaged(member, pattern, replacement, good=small)
    assert lint(document) == []
    good, file = tmp_path / "good.docx", tmp_path / "damaged.docx"
    good.write_bytes(small)
    file.write_bytes(document)
    assert OpenXmlValidator().validate(good).errors == []
    (fault,) = OpenXmlValidator().validate(file).errors
    assert named in str(fault)

"""The list of contents: every document says what it holds, and none of its words."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from exporters.reports import report_of, sample_report, with_summaries
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.errors import NoContentsError
from qualcode.exporters import write_matrix, write_quotations
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.reading import read_contents
from qualcode.model.manifest import Made, Manifest
from qualcode.model.matrix import MatrixReport, Quotation

LISTING = ("docx", "xlsx", "html", "md")
"""The formats that carry the list; the others say it themselves."""


def written(report: MatrixReport, folder: Path, format_: str) -> Path:
    """A matrix as a file."""
    file = folder / f"matrix.{format_}"
    with file.open("wb") as out:
        write_matrix(report, out, format=format_)
    return file


def contents(report: MatrixReport, folder: Path, format_: str) -> Manifest:
    """What the file of a matrix says it holds."""
    return read_contents(written(report, folder, format_))


def in_matrix(report: MatrixReport) -> list[tuple[str, Quotation]]:
    """All quotations of the matrix with the keys of their rows."""
    matrix = report.matrix
    return [
        (row.key, quote)
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        for cell in cells
        for quote in cell.quotes
    ]


@pytest.mark.parametrize("format_", [*LISTING, "json"])
def test_a_document_lists_every_quotation_of_its_matrix(tmp_path: Path, format_: str) -> None:
    report = with_summaries(sample_report(interviews=9, quotations=60))
    found = contents(report, tmp_path, format_)

    assert found.rows == tuple(row.key for row in report.matrix.rows)
    assert found.columns == tuple(column.key for column in report.matrix.columns)
    assert Counter((q.row, q.code, q.locator, q.start, q.end) for q in found.quotations) == Counter(
        (row, q.code, q.locator, q.start, q.end) for row, q in in_matrix(report)
    )
    assert sum(cell.count for cell in found.cells) == len(found.quotations) == 60


@pytest.mark.parametrize("format_", LISTING)
def test_all_formats_say_the_same(tmp_path: Path, format_: str) -> None:
    report = sample_report(interviews=9, quotations=60)
    found = contents(report, tmp_path, format_)
    assert found.project
    assert replace(found, project="", made=Made()) == contents(report, tmp_path, "json")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=1, max_size=4))
@settings(max_examples=20)
def test_a_table_of_cells_tells_its_quotations_or_says_that_it_cannot(texts: list[str]) -> None:
    report = report_of(texts)
    with TemporaryDirectory() as folder:
        found = contents(report, Path(folder), "csv")
        whole = contents(report, Path(folder), "json")

    assert found.cells[0].count == len(texts)
    assert not found.is_placed
    if found.lists_quotations:
        told = [(q.row, q.locator, q.words, q.source) for q in found.quotations]
        assert told == [(q.row, q.locator, q.words, q.source) for q in whole.quotations]
    else:
        assert found.cells[0].words
        assert any("¶" in text for text in texts)


def test_words_that_look_like_the_end_of_a_quotation_leave_a_cell_alone(tmp_path: Path) -> None:
    found = contents(report_of(["One [P09 ¶1]\n\nand more."]), tmp_path, "csv")
    other = contents(report_of(["One [P09 ¶1]\n\nand less."]), tmp_path, "csv")

    assert not found.lists_quotations
    assert found.cells[0].words not in ("", other.cells[0].words)


def test_a_table_of_cells_of_an_earlier_version_tells_all_but_attributions(tmp_path: Path) -> None:
    report = sample_report(interviews=3, quotations=8)
    file = written(report, tmp_path, "csv")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row[:-1] for row in csv.reader(stream)]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    found = read_contents(file)

    assert [q.locator for q in found.quotations] == [q.locator for _, q in in_matrix(report)]
    assert {(q.cited, q.source) for q in found.quotations} == {("", "")}


@pytest.mark.parametrize("format_", ["json", "csv"])
def test_a_table_of_quotations_speaks_for_itself(tmp_path: Path, format_: str) -> None:
    quotes = [quote for _, quote in in_matrix(report_of(["One.", "Two,\nthree."]))]
    file = tmp_path / f"quotes.{format_}"
    with file.open("wb") as out:
        write_quotations(quotes, out, format=format_)
    found = read_contents(file)

    assert [q.words for q in found.quotations] == [listing.digest(q.text) for q in quotes]
    assert (found.rows, found.columns) == ((), ())


# -- no words -------------------------------------------------------------------------------------


def test_the_list_holds_no_words_of_an_interview() -> None:
    said = "The lanterns came down the hill."
    listed = "".join(listing.of_matrix(report_of([said])))

    assert listed.count("\n") == 3
    for word in said.split():
        assert word not in listed


@settings(max_examples=50)
@given(st.text(max_size=30), st.text(max_size=30))
def test_two_wordings_agree_exactly_when_their_digests_do(one: str, other: str) -> None:
    assert (listing.digest(one) == listing.digest(other)) is (one == other)


NASTY = "]]></contents> --> </script><!-- \x00 \ufffe \ud800 & \"'"


@pytest.mark.parametrize("format_", LISTING)
def test_names_that_imitate_markup_stay_in_the_list(tmp_path: Path, format_: str) -> None:
    report = report_of(["Words."])
    row = replace(report.matrix.rows[0], key=NASTY)
    cells = tuple(
        tuple(
            replace(cell, quotes=tuple(replace(q, transcript=NASTY) for q in cell.quotes))
            for cell in held
        )
        for held in report.matrix.cells
    )
    nasty = replace(report, matrix=replace(report.matrix, rows=(row,), cells=cells))
    found = contents(nasty, tmp_path, format_)

    assert found.rows == (NASTY,)
    assert found.quotations[0].transcript == NASTY


# -- how it was made, and how each is cited -------------------------------------------------------


@pytest.mark.parametrize("format_", [*LISTING, "json"])
def test_a_document_lists_what_it_was_made_with_and_no_more(tmp_path: Path, format_: str) -> None:
    made = Made(
        rows="place",
        columns="themes",
        cells="quotes",
        most="2",
        only="stakeholder=officer",
        audience="the team",
        coders="3",
        part="place Marle",
    )
    found = contents(replace(report_of(["One."]), made=made), tmp_path, format_).made
    layout = found.layout if format_ in ("docx", "html", "md") else ""

    assert bool(layout) is (format_ in ("docx", "html", "md"))
    assert found == replace(made, layout=layout)


def test_a_source_is_listed_once_as_the_document_says_it() -> None:
    report = sample_report(interviews=5, quotations=40)
    lines = [json.loads(line) for line in listing.of_matrix(report)]
    said = [line[2] for line in lines[1:] if line[0] == "s"]

    assert sorted(said) == sorted({quote.attribution for _, quote in in_matrix(report)} - {""})
    assert said


def test_a_list_of_an_earlier_version_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = written(sample_report(interviews=3, quotations=8), tmp_path, "md")
    whole = read_contents(file)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith('["s"')]
    file.write_text(re.sub(r',"made":{[^}]*}', "", "".join(kept)), encoding="utf-8")
    found = read_contents(file)

    assert len(kept) < len(lines)
    assert found.made == Made() != whole.made
    assert [q.cited for q in found.quotations] == [q.cited for q in whole.quotations]
    assert {q.source for q in found.quotations} == {""}


# -- files that do not say it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a zip",
        b"<html><body>no list</body></html>",
        b"# A text\n",
        b"{}",
        b"[1, 2]",
        b'{"rows": [], "columns": []}',
        b"name,age\nP01,40\n",
        b"\xff\xfe\x00",
        f"{listing.COMMENT_START}not json\n{listing.COMMENT_END}".encode(),
        f'{listing.COMMENT_START}{{"qualcode": 99}}\n{listing.COMMENT_END}'.encode(),
    ],
)
def test_what_does_not_say_what_it_holds_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "matrix.docx"
    file.write_bytes(content)
    with pytest.raises(NoContentsError, match="does not say what it holds"):
        read_contents(file)


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_package_that_is_damaged_within_is_refused(tmp_path: Path, packed: int) -> None:
    file = tmp_path / "matrix.docx"
    with zipfile.ZipFile(file, "w", packed) as package:
        package.writestr(listing.PART, "words " * 500)
        start = package.start_dir - package.infolist()[0].compress_size
    content = bytearray(file.read_bytes())
    content[start : start + 30] = b"\xff" * 30
    file.write_bytes(content)
    with pytest.raises(NoContentsError):
        read_contents(file)


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_a_package_that_lost_its_list_is_refused(tmp_path: Path, format_: str) -> None:
    file = written(report_of(["Words."]), tmp_path, format_)
    kept = BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(kept, "w") as after:
        for name in before.namelist():
            if not name.startswith("customXml"):
                after.writestr(name, before.read(name))
    assert read_contents(file).quotations
    file.write_bytes(kept.getvalue())
    with pytest.raises(NoContentsError):
        read_contents(file)


def test_python_docx_keeps_the_list(tmp_path: Path) -> None:
    import docx

    report = sample_report(interviews=5, quotations=20)
    file = written(report, tmp_path, "docx")
    before = read_contents(file)
    document = docx.Document(str(file))
    document.save(str(tmp_path / "saved.docx"))

    assert before.quotations
    assert read_contents(tmp_path / "saved.docx") == before


def test_each_line_of_the_list_is_json_by_itself() -> None:
    lines = list(listing.of_matrix(sample_report(interviews=5, quotations=20)))
    assert [json.loads(line) for line in lines]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)

"""What leaves by the Python face: values looked at, and files written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from exporters.houses import house

import qualcode
from qualcode import api, errors
from qualcode.model.people import Role


def test_quotes_and_search_keep_back_what_is_withheld(project: api.Project) -> None:
    project.tag("P02", "money", turn=2)

    assert [quote.attribution for quote in project.quotes("money")] == ["Chair"]
    assert project.quotes(where={"place": ["Marle", "Ashmere"]})[0].memo == "once?"
    assert project.quotes(where={"place": "Ashmere"}) == ()
    assert project.search("rather") == ()
    assert [hit.locator for hit in project.search("bucket", role="participant")] == ["P01 ¶4"]
    assert project.search("bucket", role=Role.INTERVIEWER) == ()


def test_quotations_and_hits_show_nothing_once_somebody_withdrew(project: api.Project) -> None:
    seen, hits = project.quotes(), project.search("we")
    whose = {one.participant for one in seen} & {one.participant for one in hits}
    code = min(one for one in whose if one)
    project.tag(seen[0].transcript, "money", span=(0, 5))  # work changes nothing of them
    assert (len(seen), len(hits)) == (len(seen[:]), len(list(hits)))
    project.withdraw_participant(code)
    for values in (seen, hits):
        for look in (len, list, repr, str, lambda one: one[0], lambda one: one[:1]):
            with pytest.raises(errors.ConsentChangedError) as told:
                look(values)
            assert told.value.people == 1
    project.undo()
    assert seen[0].text in repr(seen)
    assert hits == project.search("we")
    assert not hits.names_somebody
    name = seen[0].text.split()[0]
    project.add_name(name)
    with pytest.raises(errors.GateError):
        list(seen)
    assert project.search(name).names_somebody


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html", "md", "csv", "json"])
def test_a_matrix_is_looked_at_and_written(
    project: api.Project, tmp_path: Path, suffix: str
) -> None:
    matrix = project.matrix(rows="place", where={"attribution": "role"}, title="Money")
    matrix.write(tmp_path / f"m.{suffix}")

    assert [row.label for row in matrix.report.matrix.rows] == ["Marle"]
    assert (tmp_path / f"m.{suffix}").stat().st_size > 100
    if suffix == "json":
        assert json.loads((tmp_path / "m.json").read_text())["rows"]


def test_documents_are_laid_out_as_they_are_on_the_command_line(
    project: api.Project, tmp_path: Path
) -> None:
    (tmp_path / "house.docx").write_bytes(house())
    matrix, book = project.matrix(), project.book()
    own = tmp_path / "house.docx"
    done = matrix.write(
        tmp_path / "m.docx",
        layout="list",
        notes="endnotes",
        paper="a3",
        memos=False,
        template=own,
    )
    book.write(tmp_path / "b.docx", notes="endnotes", template=own)
    assert done.layout == "list"
    for name in ("m.docx", "b.docx"):
        with zipfile.ZipFile(tmp_path / name) as document:
            assert "word/endnotes.xml" in document.namelist()
            assert b"Loom Foundation" in document.read("word/header1.xml")
    with pytest.raises(errors.OptionInVainError, match="layout is for a"):
        matrix.write(tmp_path / "m.csv", layout="list")
    with pytest.raises(errors.OptionInVainError, match="template is for a"):
        book.write(tmp_path / "b.md", template=tmp_path / "house.docx")
    with pytest.raises(errors.UsageError):
        matrix.write(tmp_path / "m.docx", layout="heap")


def test_evidence_and_books_are_looked_at_and_written(project: api.Project, tmp_path: Path) -> None:
    evidence = project.evidence(audience="publication", context=2)
    done = evidence.write(tmp_path / "cases.csv", table="cases")
    book = project.book("money", where={"attribution": "role"}, context=3)
    book.write(tmp_path / "book.html")

    assert [quote.coder for quote in evidence.evidence.quotations] == ["coder 1"]
    assert done.report.rows == len(evidence.evidence.matrix.rows)
    named = ["cases.csv", "cases-dictionary.csv", "cases-labels.csv"]
    assert [file.name for file in done.files] == named
    made = {path.name for path in tmp_path.iterdir()}
    assert {"cases.csv", "cases-dictionary.csv", "cases-labels.csv", "book.html"} <= made
    assert [theme.key for theme in book.book.themes] == ["money"]
    with pytest.raises(errors.UsageError):
        project.evidence(audience="everybody")


def test_quotations_and_comparisons_are_written_and_what_left_is_listed(
    project: api.Project, tmp_path: Path
) -> None:
    project.tag("P01", "grant", quote="we pass a bucket round")
    found = project.quotes("money")
    found.write(tmp_path / "q.csv")
    project.compare("role").write(tmp_path / "c.md")
    project.matrix().write(tmp_path / "m.html", layout="list")
    data, _ = project.quotes("money").to_bytes("csv")

    assert (tmp_path / "q.csv").read_bytes() == data
    assert [one.file for one in project.exports()] == ["q.csv", "c.md", "m.html", "-"]
    assert {one.by for one in project.exports()} == {"amina"}
    assert project.exports()[0].quotations == len(found) == 2
    with pytest.raises(errors.UnknownSuffixError):
        found.write(tmp_path / "q.unheard-of")


def test_two_exports_are_compared_without_a_project(project: api.Project, tmp_path: Path) -> None:
    project.matrix().write(tmp_path / "old.docx")
    project.tag("P01", "grant", quote="we pass a bucket round")
    project.matrix().write(tmp_path / "new.html")

    changes = qualcode.diff_exports(tmp_path / "old.docx", tmp_path / "new.html")
    assert [one.code for one in changes.new] == ["money/grant"]
    assert project.diff_exports(tmp_path / "old.docx", tmp_path / "new.html") == changes


def test_a_matrix_is_written_in_parts(project: api.Project, tmp_path: Path) -> None:
    parts = project.matrix().write_parts(tmp_path / "m.docx", "theme", notes="endnotes")

    assert [one.files for one in parts] == [(tmp_path / "m-money.docx",)]
    assert (tmp_path / "m-money.docx").stat().st_size > 1000


def test_what_a_stream_takes_is_what_a_file_holds(project: api.Project, tmp_path: Path) -> None:
    book, matrix = project.book(), project.matrix()
    book.write(tmp_path / "b.md")
    matrix.write(tmp_path / "m.docx", paper="a3")

    assert book.to_bytes("md")[0] == (tmp_path / "b.md").read_bytes()
    assert matrix.to_bytes("docx", paper="a3")[0] == (tmp_path / "m.docx").read_bytes()


def test_groups_are_compared_and_the_best_quotations_chosen(project: api.Project) -> None:
    project.tag("P01", "grant", quote="we pass a bucket round")
    brief = project.matrix(max_quotes=1, by=["role"], audience="publication").report

    assert [len(cell.quotes) for row in brief.matrix.cells for cell in row if cell.count] == [1]
    assert project.compare("role").comparison.attribute == "role"
    with pytest.raises(errors.UsageError):
        project.compare("participant")

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from cli.study import GRANT

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))


def test_the_evidence_is_a_workbook(study: Path, qualcode: Person) -> None:
    done = qualcode("export", "evidence.xlsx", "--title", "Fairs, all of it")
    assert (done.code, done.out) == (0, "")
    assert "evidence.xlsx: 2 codings; 2 rows" in done.err
    assert "1 coding on words of withheld participants is not shown" in done.err
    book = openpyxl.load_workbook(study / "evidence.xlsx")
    words = [cell.value for row in book["Quotations"].iter_rows() for cell in row]
    assert GRANT in words
    assert book.properties.title == "Fairs, all of it"


def test_a_table_has_its_dictionary_beside_it(study: Path, qualcode: Person) -> None:
    done = qualcode("export", "study.csv", "--where", "place=Marle")
    assert "study-dictionary.csv: what the columns of study.csv mean" in done.err
    (row,) = table(study / "study.csv")
    columns = [one["column"] for one in table(study / "study-dictionary.csv")]
    assert columns == list(row)
    assert row["place"] == "Marle"


def test_cases_by_codes_are_ones_and_zeros_with_labels(study: Path, qualcode: Person) -> None:
    done = qualcode("export", "cases.csv", "--table", "cases", "--json").json
    assert done["files"] == ["cases.csv", "cases-dictionary.csv", "cases-labels.csv"]
    assert (done["rows"], done["withheld"]) == (len(table(study / "cases.csv")), 1)
    labels = {one["code"]: one["column"] for one in table(study / "cases-labels.csv")}
    found = {row["case"]: row[labels["funding/grant-aid"]] for row in table(study / "cases.csv")}
    assert (found["P01"], found["P03"]) == ("1", "1")


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_a_book_holds_all_quotations_and_a_publication_names_no_coder(
    suffix: str, study: Path, qualcode: Person
) -> None:
    # Who holds the names writes a publication: the gate looks for them in it.
    for code, name in (("P01", "Ama Boateng"), ("P02", "none"), ("P03", "none")):
        assert qualcode("participants", "set", code, f"name={name}").code == 0
    tagged = ("tag", "P01", "trading", "--turn", "4", "--memo", "Amina thinks so.")
    assert qualcode("--coder", "amina", *tagged).code == 0
    done = qualcode("export", f"book.{suffix}", "--audience", "publication")
    assert done.code == 0
    text = (study / f"book.{suffix}").read_text("utf-8")
    assert GRANT in text
    assert "amina" not in text.lower()


def test_what_excel_would_take_for_a_formula_is_guarded_and_listed(
    study: Path, qualcode: Person
) -> None:
    qualcode("participants", "set", "P03", "role==cmd()", "attribution=role")
    plain = qualcode("export", "plain.csv")
    done = qualcode("export", "guarded.csv", "--for-excel")
    assert "apostrophe" not in plain.err
    assert "an apostrophe stands before what looks like a formula in 1 row:" in done.err
    cited = [row["attribution"] for row in table(study / "guarded.csv")]
    assert any(one.startswith("'=cmd()") for one in cited)
    assert any(row["attribution"].startswith("=cmd()") for row in table(study / "plain.csv"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("study.txt",), "End it in one of .xlsx, .csv, .docx, .md, .html."),
        (("study.pdf",), "soffice --headless --convert-to pdf FILE.docx"),
        (("study.ods",), "soffice --headless --convert-to ods FILE.xlsx"),
        (("study.xlsx", "--table", "cases"), "--table is for a .csv file"),
        (("study.html", "--for-excel"), "--for-excel is for a .csv file"),
        (("study.csv", "--title", "Fairs"), "--title is for a .xlsx file"),
        (("study.csv", "--table", "cases", "--context", "9"), "--context is for quotations"),
        ((), "Missing argument 'FILE'"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    words: tuple[str, ...], said: str, study: Path, qualcode: Person
) -> None:
    before = sorted(study.iterdir())
    done = qualcode("export", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(study.iterdir()) == before


def test_a_project_is_never_written_over(study: Path, qualcode: Person) -> None:
    (study / "mine.csv").write_text("interview_id,file,participant\nP01,P01.txt,P01\n")
    done = qualcode("export", "mine.csv")
    assert done.code == 1
    assert (study / "mine.csv").read_text().startswith("interview_id")

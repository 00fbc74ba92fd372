from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from cli.study import GRANT, call_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_a_matrix_is_written_as_its_ending_says(study: Path, qualcode: Person) -> None:
    done = qualcode("matrix", "-o", "m.docx", "--title", "What the fair means")
    assert (done.code, done.out) == (0, "")
    assert "m.docx: 2 quotations" in done.err
    with zipfile.ZipFile(study / "m.docx") as document:
        words = document.read("word/document.xml").decode()
    assert GRANT in words
    assert "What the fair means" in words
    assert "rather not be quoted" not in words


@pytest.mark.parametrize("format_", ["json", "csv", "docx"])
def test_a_file_and_a_dash_are_the_same_bytes(format_: str, study: Path, home: Path) -> None:
    call_bytes("matrix", "-o", f"m.{format_}", folder=study, home=home)
    dash = call_bytes("matrix", "-o", "-", "--format", format_, folder=study, home=home)
    assert len(dash) > 400
    assert (study / f"m.{format_}").read_bytes() == dash


def test_a_matrix_for_scripts_has_its_fields(study: Path, qualcode: Person) -> None:
    matrix = qualcode("matrix", "--json").json
    assert set(matrix) == {"rows", "columns", "cells"}
    row = [one["key"] for one in matrix["rows"]].index("P01")
    column = [one["key"] for one in matrix["columns"]].index("funding")
    cell = matrix["cells"][row][column]
    assert set(cell) == {"quotes", "summary", "count", "cases", "empty_reason"}
    assert cell["quotes"][0]["text"] == GRANT


def test_rows_columns_and_filters_shape_it(study: Path, qualcode: Person) -> None:
    words = ("--rows", "place", "--columns", "funding", "--where", "stakeholder=officer")
    matrix = qualcode("matrix", *words, "--json").json
    assert [row["key"] for row in matrix["rows"]] == ["Marle"]
    columns = [column["key"] for column in matrix["columns"]]
    assert columns == ["funding/grant-aid", "funding/trading"]


def test_one_coder_may_be_looked_at_alone(study: Path, qualcode: Person) -> None:
    whole = qualcode("matrix", "-o", "all.csv")
    alone = qualcode("matrix", "-o", "ben.csv", "--coder", "ben")
    assert ": 2 quotations" in whole.err
    assert ": 1 quotation;" in alone.err


def test_counts_are_another_document(study: Path, qualcode: Person) -> None:
    qualcode("matrix", "-o", "quotes.docx")
    done = qualcode("matrix", "-o", "counts.docx", "--cells", "counts")
    assert done.code == 0
    with zipfile.ZipFile(study / "counts.docx") as document:
        assert GRANT not in document.read("word/document.xml").decode()


def test_an_unknown_row_is_told_what_there_is(study: Path, qualcode: Person) -> None:
    done = qualcode("matrix", "-o", "m.csv", "--rows", "planet")
    assert done.code == 1
    assert "nothing here has an attribute 'planet'" in done.err
    assert not (study / "m.csv").exists()


def test_a_folder_that_is_missing_leaves_nothing_behind(study: Path, qualcode: Person) -> None:
    done = qualcode("matrix", "-o", "nowhere/m.docx")
    assert done.code == 1
    assert "cannot be written" in done.err
    assert not (study / "nowhere").exists()

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from cli.study import GRANT, call_bytes
from exporters.houses import changed, house

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


@pytest.mark.parametrize("format_", ["json", "csv", "docx", "xlsx", "html", "md"])
def test_a_file_and_a_dash_are_the_same_bytes(format_: str, study: Path, home: Path) -> None:
    call_bytes("matrix", "-o", f"m.{format_}", folder=study, home=home)
    dash = call_bytes("matrix", "-o", "-", "--format", format_, folder=study, home=home)
    assert len(dash) > 400
    assert (study / f"m.{format_}").read_bytes() == dash


def test_a_matrix_for_scripts_has_its_fields(study: Path, qualcode: Person) -> None:
    matrix = qualcode("matrix", "--json").json
    assert set(matrix) == {"rows", "columns", "cells", "made"}
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


def test_a_cell_shows_at_most_so_many_and_says_how_many_more(study: Path, qualcode: Person) -> None:
    for words in ("We all came to the fair.", "We sell tea"):
        assert qualcode("--coder", "ben", "tag", "P01", "grant-aid", "--quote", words).code == 0
    whole = qualcode("matrix", "--json").json
    brief = qualcode("matrix", "--json", "--max-quotes", "1").json

    def cells(matrix: dict[str, Any]) -> list[dict[str, Any]]:
        return [cell for row in matrix["cells"] for cell in row if cell["count"]]

    assert max(len(cell["quotes"]) for cell in cells(whole)) > 1
    assert {len(cell["quotes"]) for cell in cells(brief)} == {1}
    assert [cell["count"] for cell in cells(brief)] == [cell["count"] for cell in cells(whole)]
    done = qualcode("matrix", "-o", "brief.docx", "--max-quotes", "1")
    assert "2 more are counted, not shown" in done.err
    assert qualcode("matrix", "-o", "brief.docx", "--max-quotes", "0").code == 2


def test_what_groups_are_compared_by_can_be_chosen(study: Path, qualcode: Person) -> None:
    done = qualcode("matrix", "-o", "m.docx", "--by", "planet")
    assert done.code == 1
    assert "an attribute 'planet'" in done.err


def test_a_document_is_laid_out_as_asked(study: Path, qualcode: Person) -> None:
    words = ("--paper", "a3", "--notes", "endnotes")
    assert qualcode("matrix", "-o", "m.docx", *words).code == 0
    with zipfile.ZipFile(study / "m.docx") as document:
        assert "word/endnotes.xml" in document.namelist()
        assert "word/footnotes.xml" not in document.namelist()
        assert 'w:w="23811"' in document.read("word/document.xml").decode()


def test_the_words_around_quotations_can_be_left_out(study: Path, qualcode: Person) -> None:
    assert qualcode("matrix", "-o", "whole.docx").code == 0
    assert qualcode("matrix", "-o", "m.docx", "--no-context", "--no-memos").code == 0
    with zipfile.ZipFile(study / "whole.docx") as document:
        assert "Quotations in context" in document.read("word/document.xml").decode()
    with zipfile.ZipFile(study / "m.docx") as document:
        assert "Quotations in context" not in document.read("word/document.xml").decode()


@pytest.mark.parametrize(
    "words",
    [
        ("-o", "m.csv", "--paper", "a3"),
        ("-o", "m.html", "--notes", "inline"),
        ("-o", "m.md", "--no-memos"),
        ("-o", "-", "--format", "json", "--no-context"),
        ("-o", "m.docx", "--cells", "counts", "--no-memos"),
        ("-o", "m.docx", "--no-context", "--notes", "endnotes"),
        ("-o", "m.xlsx", "--layout", "list"),
        ("-o", "-", "--format", "json", "--layout", "auto"),
        ("-o", "m.docx", "--cells", "counts", "--layout", "list"),
        ("-o", "m.html", "--template", "house.docx"),
        ("-o", "-", "--format", "docx", "--split", "theme"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(
    words: tuple[str, ...], study: Path, qualcode: Person
) -> None:
    done = qualcode("matrix", *words)
    assert done.code == 2
    assert "--" in done.err
    assert not [*study.glob("m.*")]


@pytest.mark.parametrize("format_", ["docx", "html", "md"])
def test_a_sparse_matrix_becomes_a_list_and_says_so(
    format_: str, study: Path, qualcode: Person
) -> None:
    codes = "".join(f"      - {{id: code-{n}, name: Code {n}}}\n" for n in range(20))
    book = study / "codebook.yaml"
    book.write_text(
        book.read_text().replace("      - id: bonding\n", f"{codes}      - id: bonding\n")
    )
    assert qualcode("codebook", "apply").code == 0
    place = ("--quote", "We all came to the fair.")
    assert qualcode("--coder", "ben", "tag", "P01", "bonding", *place).code == 0
    said = "laid out as a list: the quotations would leave most of the"
    chosen = qualcode("matrix", "-o", f"m.{format_}")
    assert said in chosen.err
    assert "(--layout matrix or list decides)" in chosen.err
    assert said in qualcode("matrix", "-o", "-", "--format", "md").err
    for layout in ("matrix", "list"):
        asked = qualcode("matrix", "-o", f"{layout}.{format_}", "--layout", layout)
        assert asked.code == 0
        assert "laid out" not in asked.err
    assert (study / f"m.{format_}").read_bytes() == (study / f"list.{format_}").read_bytes()
    assert (study / f"m.{format_}").read_bytes() != (study / f"matrix.{format_}").read_bytes()


def test_a_document_wears_the_template_of_a_house(study: Path, qualcode: Person) -> None:
    (study / "house.docx").write_bytes(house())
    for words in (("matrix", "-o", "m.docx"), ("quotes", "-o", "m.docx"), ("export", "m.docx")):
        assert qualcode(*words, "--template", "house.docx", "--notes", "inline").code == 0
        with zipfile.ZipFile(study / "m.docx") as document:
            assert "Loom Foundation" in document.read("word/header1.xml").decode()
            assert "word/footnotes.xml" not in document.namelist()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("torn.docx", "torn.docx: the template is damaged. Open it in Word"),
        ("letter.txt", "letter.txt: the template is a file of another kind, not a Word document"),
        ("none.docx", "there is no such file"),
        (".", "cannot be read"),
    ],
)
def test_a_file_that_is_no_template_leaves_the_old_document(
    name: str, said: str, study: Path, qualcode: Person
) -> None:
    (study / "torn.docx").write_bytes(house()[:-300])
    (study / "letter.txt").write_text("Dear reader")
    assert qualcode("matrix", "-o", "m.docx").code == 0
    before = (study / "m.docx").read_bytes()
    for words in (("matrix", "-o", "m.docx"), ("export", "m.docx"), ("quotes", "-o", "m.docx")):
        done = qualcode(*words, "--template", name)
        assert done.code in (1, 2)
        assert (said in done.err) or (name == "." and done.code == 2)
        assert (study / "m.docx").read_bytes() == before


def test_a_letterhead_with_somebodys_name_is_stopped_at_the_door(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("participants", "set", "P01", "name=Quentin Okafor").code == 0
    headed = changed(
        house(), footer1=lambda xml: xml.replace("12 Weaver Lane", "Director: Quentin Okafor")
    )
    (study / "house.docx").write_bytes(headed)
    done = qualcode("matrix", "-o", "m.docx", "--template", "house.docx")
    assert done.code == 4
    assert "Okafor" not in done.err
    assert not (study / "m.docx").exists()


def test_a_matrix_is_split_into_a_file_for_each_theme(study: Path, qualcode: Person) -> None:
    place = ("--quote", "We all came to the fair.")
    assert qualcode("--coder", "ben", "tag", "P01", "bonding", *place).code == 0
    done = qualcode("matrix", "-o", "m.docx", "--split", "theme")
    assert done.code == 0
    assert "m-funding.docx: 2 quotations" in done.err
    assert "m-cohesion.docx: 1 quotation;" in done.err
    assert sorted(file.name for file in study.glob("m*.docx")) == [
        "m-cohesion.docx",
        "m-funding.docx",
    ]


def test_a_warning_of_one_of_several_files_names_it(study: Path, qualcode: Person) -> None:
    for words in ("We all came", "to the fair.", "The grant paid"):
        done = qualcode("--coder", "ben", "tag", "P01", "bonding", "--quote", words)
        assert done.code == 0, done.err
    done = qualcode("matrix", "-o", "m.docx", "--split", "theme")
    warnings = [line for line in done.err.splitlines() if "of one of" in line]
    assert len(warnings) == 1
    assert warnings[0].startswith("warning: m-cohesion.docx: P01: 3 of 3 quotations")
    of_all = [line for line in done.err.splitlines() if "names of participants" in line]
    assert len(of_all) == 1


def test_a_filter_that_nobody_passes_is_said(study: Path, qualcode: Person) -> None:
    (study / "m.csv").write_text("the good one")
    done = qualcode("matrix", "-o", "m.csv", "--where", "place=Marl")
    assert (done.code, (study / "m.csv").read_text()) == (1, "the good one")
    assert "Did you mean 'place=Marle'?" in done.err
    done = qualcode("matrix", "--json", "--where", "place=Marle", "--where", "participant=P01")
    assert (done.code, done.json["rows"]) == (0, [])
    assert "nobody passes the filter" in done.err


def test_a_study_without_codes_says_so_in_a_sentence(
    tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qualcode("new", str(tmp_path / "bare")).code == 0
    monkeypatch.chdir(tmp_path / "bare")
    done = qualcode("matrix", "-o", "m.csv")
    assert done.code == 0
    assert "there is no code yet" in done.err


def test_a_matrix_is_split_into_a_file_for_each_place(study: Path, qualcode: Person) -> None:
    done = qualcode("matrix", "-o", "m.csv", "--split", "place")
    assert done.code == 0
    assert len([*study.glob("m-*.csv")]) == done.err.count(".csv: ") >= 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "m.csv", "--title", "Fairs"), "--title is for a .docx"),
        (("-o", "m.json", "--by", "role"), "--by is for a .docx"),
        (("--json", "--title", "Fairs"), "--title is for a .docx"),
        (("-o", "m.docx", "--cells", "counts", "--max-quotes", "1"), "--max-quotes is for quot"),
    ],
)
def test_what_would_do_nothing_is_refused(
    words: tuple[str, ...], said: str, study: Path, qualcode: Person
) -> None:
    before = sorted(study.iterdir())
    done = qualcode("matrix", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert sorted(study.iterdir()) == before

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.study import CODEBOOK

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_a_new_project_is_ready_for_transcripts(
    tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = qualcode("new", "study", "--name", "The study", "--language", "de", "--json")
    assert done.code == 0
    assert done.json["folder"] == "study"
    assert (tmp_path / "study" / "codebook.yaml").is_file()
    assert (tmp_path / "study" / "transcripts").is_dir()
    assert "cd study" in done.err
    monkeypatch.chdir(tmp_path / "study")
    assert qualcode("transcripts", "list", "--json").json == []


def test_a_codebook_may_be_brought_along(tmp_path: Path, qualcode: Person) -> None:
    book = tmp_path / "book.yaml"
    book.write_text(CODEBOOK, encoding="utf-8")
    done = qualcode("new", str(tmp_path / "study"), "--codebook", str(book))
    assert done.code == 0
    assert "a new project with 5 codes\n" in done.err


def test_a_codebook_that_lay_there_is_taken_and_that_is_said(
    tmp_path: Path, qualcode: Person
) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    done = qualcode("new", str(tmp_path / "study"))
    assert "a new project with 5 codes, those of the codebook.yaml that lay there" in done.err


def test_a_second_project_in_a_folder_is_refused(study: Path, qualcode: Person) -> None:
    before = (study / "fair.qualcode").read_bytes()
    done = qualcode("new", ".")
    assert (done.code, done.out) == (1, "")
    assert "this is already there" in done.err
    assert (study / "fair.qualcode").read_bytes() == before


def test_a_project_whose_name_may_not_leave_is_called_otherwise(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("names", "add", "Wenbury Lights").code == 0
    assert qualcode("project", "rename", "With Wenbury Lights").code == 0
    refused = qualcode("matrix", "-o", "m.docx")
    assert (refused.code, (study / "m.docx").exists()) == (4, False)
    assert "the project's name" in refused.err
    assert "qualcode project rename NAME" in refused.err
    assert qualcode("project", "rename", "The fair", "--json").json == {
        "name": "The fair",
        "changed": True,
    }
    assert "nothing changed" in qualcode("project", "rename", "The fair").err
    assert qualcode("matrix", "-o", "m.docx").code == 0


def test_the_example_is_whole_and_says_what_to_try(
    tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = qualcode("demo", "x", "--json")
    assert done.code == 0
    assert done.json["transcripts"] == 8
    assert done.json["codings"] > 100
    assert (tmp_path / "x" / "theme-matrix.docx").is_file()
    tries = [line.strip() for line in done.err.splitlines() if line.startswith("  ")]
    assert len(tries) == 3
    assert tries[0] == "cd x"
    monkeypatch.chdir(tmp_path / "x")
    import shlex

    for line in tries[1:]:
        tried = qualcode(*shlex.split(line)[1:])
        assert tried.code == 0
        assert len(tried.out.splitlines()) > 3


def test_the_example_replaces_nothing(tmp_path: Path, qualcode: Person) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thesis.docx").write_bytes(b"years of work")
    done = qualcode("demo", str(tmp_path / "x"))
    assert (done.code, done.out) == (1, "")
    assert [p.name for p in (tmp_path / "x").iterdir()] == ["thesis.docx"]

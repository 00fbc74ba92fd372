from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click
import pytest
from cli import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

TAG = ("tag", "P01", "trading", "--turn", "4")


def remembered(home: Path) -> dict[str, str]:
    file = next(home.rglob("coders.json"), None)
    names: dict[str, str] = {} if file is None else json.loads(file.read_text(encoding="utf-8"))
    return names


def test_the_project_is_found_from_a_folder_below_it(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study / "transcripts")
    assert "P01" in qualcode("transcripts", "list").out


def test_the_option_names_a_store_or_its_folder(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for place in (study, study / "fair.qualcode"):
        assert "P01" in qualcode("--project", str(place), "transcripts", "list").out


def test_the_environment_names_the_project(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCODE_PROJECT", str(study))
    assert "P01" in qualcode("transcripts", "list").out


def test_without_a_project_the_use_is_wrong(
    qualcode: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path.anchor)  # above the temporary folder others may keep projects
    done = qualcode("transcripts", "list")
    assert (done.code, done.out) == (2, "")
    assert "there is no project in" in done.err
    assert "qualcode new DIR" in done.err


def test_a_project_that_is_missing_is_said(qualcode: Person, tmp_path: Path) -> None:
    done = qualcode("--project", str(tmp_path / "gone.qualcode"), "transcripts", "list")
    assert (done.code, done.out) == (3, "")
    assert done.err.count("\n") == 1


def test_coding_without_a_name_is_refused_where_nobody_can_be_asked(
    study: Path, qualcode: Person
) -> None:
    done = qualcode(*TAG)
    assert (done.code, done.out) == (2, "")
    assert "it is not known who is coding" in done.err


def test_an_empty_name_is_refused(study: Path, qualcode: Person) -> None:
    assert qualcode("--coder", " ", *TAG).code == 2


def test_the_first_name_given_is_remembered_for_the_project(
    study: Path, qualcode: Person, home: Path
) -> None:
    first = qualcode("--coder", "amina", *TAG, "--json")
    assert "amina is remembered as the coder here" in first.err
    assert list(remembered(home).values()) == ["amina"]
    again = qualcode("tag", "P01", "bonding", "--turn", "2", "--json")
    assert again.json["coder"] == "amina"


def test_a_name_given_later_is_for_one_call(study: Path, qualcode: Person, home: Path) -> None:
    qualcode("--coder", "amina", *TAG)
    second = qualcode("--coder", "ben", *TAG, "--json")
    assert second.json["coder"] == "ben"
    assert "remembered" not in second.err
    assert list(remembered(home).values()) == ["amina"]


def test_the_name_of_the_environment_is_used_and_not_remembered(
    study: Path, qualcode: Person, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "amina")
    assert qualcode(*TAG, "--json").json["coder"] == "amina"
    assert remembered(home) == {}


def test_the_option_comes_before_the_environment(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "amina")
    assert qualcode("--coder", "ben", *TAG, "--json").json["coder"] == "ben"


def test_a_name_is_remembered_for_its_own_project_only(
    study: Path, qualcode: Person, tmp_path: Path
) -> None:
    qualcode("--coder", "amina", *TAG)
    other = tmp_path / "other"
    assert qualcode("new", str(other)).code == 0
    assert qualcode("--project", str(other), "undo").code == 2


def test_a_memory_that_is_damaged_is_no_obstacle(study: Path, qualcode: Person, home: Path) -> None:
    qualcode("coders", "use", "amina")
    file = next(home.rglob("coders.json"))
    for nonsense in ("{", "[]", '{"x": 3}'):
        file.write_text(nonsense, encoding="utf-8")
        assert qualcode("transcripts", "list").code == 0
        assert qualcode(*TAG).code == 2


def test_where_nothing_can_be_remembered_the_work_goes_on(
    study: Path, qualcode: Person, home: Path
) -> None:
    place = home / "blocked"
    blocked = click.get_app_dir("qualcode")
    assert str(home) in blocked
    place.write_text("a file where a folder should be", encoding="utf-8")
    os.rename(place, blocked)
    done = qualcode("--coder", "amina", *TAG, "--json")
    assert done.code == 0
    assert done.json["coder"] == "amina"
    assert "'amina' could not be remembered" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on Windows")
def test_on_a_terminal_the_name_is_asked_once(study: Path, home: Path) -> None:
    code, first = terminal.see([*TAG], study, home, answers="amina\n")
    assert code == 0
    assert "Who is coding? Your name:" in first
    assert list(remembered(home).values()) == ["amina"]
    code, again = terminal.see(["undo"], study, home)
    assert code == 0
    assert "Who is coding" not in again


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on Windows")
def test_a_bar_is_drawn_on_a_terminal_only(study: Path, home: Path, qualcode: Person) -> None:
    (study / "transcripts" / "P04.txt").write_text("P04: A new one.\n", encoding="utf-8")
    code, seen = terminal.see(["import", "transcripts", "--dry-run"], study, home)
    assert code == 0
    assert "%" in seen
    assert "%" not in qualcode("import", "transcripts", "--dry-run").err

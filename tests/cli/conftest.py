"""Fixtures: a person at a keyboard, and a small study to work on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Protocol

import pytest
from cli.study import GRANT, Outcome, write_study

from qualcode.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path


class Person(Protocol):
    """Types a command line and sees what comes of it."""

    def __call__(self, *words: str) -> Outcome:
        """Run `qualcode` with these words, in this process."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that no test sees or leaves a remembered coder."""
    place = tmp_path / "home"
    place.mkdir()
    _live_at(place, monkeypatch)
    return place


@pytest.fixture
def qualcode(capsys: pytest.CaptureFixture[str]) -> Person:
    """The command line."""

    def typed(*words: str) -> Outcome:
        capsys.readouterr()
        code = run(words)
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return typed


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with its project, imported and coded once for all tests, which copy it."""
    root = tmp_path_factory.mktemp("ready")
    folder = write_study(root / "fair")
    project = ["--project", str(folder)]
    manifest = str(folder / "transcripts" / "interviews.csv")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _live_at(root, monkeypatch)  # what lives for the session comes before `home`
        for words in (
            ["new", str(folder)],
            [*project, "import", "--manifest", manifest],
            [*project, "--coder", "amina", "tag", "P01", "grant-aid", "--quote", GRANT],
            [*project, "--coder", "amina", "tag", "P02", "grant-aid", "--turn", "2"],
            [*project, "--coder", "ben", "tag", "P03", "grant-aid", "--turn", "2", "--doubt"],
        ):
            assert run(words) == 0, words
    return folder


@pytest.fixture
def study(ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study's folder, where the person is."""
    folder = tmp_path / "fair"
    shutil.copytree(ready, folder)
    monkeypatch.chdir(folder)
    return folder


def _live_at(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("QUALCODE_PROJECT", "QUALCODE_CODER", "QUALCODE_DEBUG"):
        monkeypatch.delenv(name, raising=False)

"""Fixtures: an empty project, and the worked example imported and coded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.study import BY, EXAMPLE, ROOT, apply_codebook, bring_in, new_store, tick

from qualcode.services.work import coding_table
from qualcode.store.store import Store, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for files that are to come in."""
    place = tmp_path / "files"
    place.mkdir()
    return place


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty project with a codebook of two themes."""
    with new_store(tmp_path / "project") as opened:
        yield opened


@pytest.fixture(scope="session")
def example_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example's project, imported and coded, for all tests, which copy it."""
    folder = tmp_path_factory.mktemp("example") / "project"
    with new_store(folder, codebook=None) as store:
        apply_codebook(store, folder, (ROOT / "codebook.yaml").read_text(encoding="utf-8"))
        assert bring_in(store, manifest=EXAMPLE / "interviews.csv").written
        coding_table.tag_from(store, EXAMPLE / "codings.csv", by=BY, at=tick())
    return folder


@pytest.fixture
def example(example_made_once: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the worked example's project, open."""
    folder = tmp_path / "example"
    shutil.copytree(example_made_once, folder)
    with open_store(str(folder / "study.qualcode")) as opened:
        yield opened

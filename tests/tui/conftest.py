"""What tests of the screens begin with: a machine made up for them, and studies to look at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.study import BY, EXAMPLE, ROOT, apply_codebook, bring_in, new_store, tick

from qualcode.services.work import coding_table
from qualcode.store.store import Store, open_store
from qualcode.tui.looks import ColourMode
from qualcode.tui.own.surroundings import Surroundings


@pytest.fixture
def remembered() -> list[str]:
    """The names that were to be remembered for the next call."""
    return []


@pytest.fixture
def surroundings(tmp_path: Path, remembered: list[str]) -> Surroundings:
    """A terminal with all colours, a clock that ticks with each look, a folder of one's own."""

    def remember(name: str) -> bool:
        remembered.append(name)
        return True

    return Surroundings(
        folder=tmp_path / "project",
        config=tmp_path / "config",
        clock=tick,
        remember_coder=remember,
        colours=ColourMode.TRUE,
        debugging=True,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty project with a codebook of two themes, in the folder of the surroundings."""
    with new_store(tmp_path / "project") as opened:
        yield opened


@pytest.fixture(scope="session")
def study_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example's project, imported and coded, for all tests, which copy it."""
    folder = tmp_path_factory.mktemp("example") / "project"
    with new_store(folder, codebook=None) as made:
        apply_codebook(made, folder, (ROOT / "codebook.yaml").read_text(encoding="utf-8"))
        assert bring_in(made, manifest=EXAMPLE / "interviews.csv").written
        coding_table.tag_from(made, EXAMPLE / "codings.csv", by=BY, at=tick())
    return folder


@pytest.fixture
def study(study_made_once: Path, surroundings: Surroundings) -> Iterator[Store]:
    """A copy of the worked example's project, open, in the folder of the surroundings."""
    shutil.copytree(study_made_once, surroundings.folder)
    with open_store(str(surroundings.folder / "study.qualcode")) as opened:
        yield opened

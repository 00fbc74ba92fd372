"""Two copies of one project."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.areas import area, study
from services.summaries.one_cell import put

from qualcode.store.store import Store, open_store


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A study in which one summary is written, and a copy of it."""
    with study(tmp_path / "one", area("Ashmere", "gb g")) as one:
        put(one, "One grant.")
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        with open_store(str(tmp_path / "two" / "study.qualcode")) as two:
            yield one, two

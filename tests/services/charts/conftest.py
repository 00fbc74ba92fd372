"""A small study of three interviews, and the same coded."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.charts.interviews import FILES, tag
from services.study import bring_in, write

from qualcode.store.store import Store


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """Three interviews with four participants; nothing coded."""
    assert bring_in(store, manifest=write(folder, FILES) / "m.csv").written
    return store


@pytest.fixture
def coded(fair: Store) -> Store:
    """Something of everybody but P02, and a question of the joint interview."""
    tag(fair, "red", "grant-aid", "A grant came")
    tag(fair, "red", "small-grants", "the tent came with it")
    tag(fair, "red", "bonding", "Tea.", by="tomasz")
    tag(fair, "joint", "grant-aid", "The council pays.")
    tag(fair, "joint", "trading", "We pay, really.")
    tag(fair, "joint", "funding", "Both?")
    return fair

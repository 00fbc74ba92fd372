"""What tests of the codebook screen begin with: a small coded project."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.fair import new_fair

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings


@pytest.fixture
def fair(surroundings: Surroundings) -> Iterator[Store]:
    with new_fair(surroundings.folder) as store:
        yield store

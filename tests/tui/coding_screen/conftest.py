"""What tests of the coding screen begin with: the small interview, with nothing coded in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tui.coded import new_interview

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings


@pytest.fixture
def interview(surroundings: Surroundings) -> Iterator[Store]:
    """A project with the small interview, in the folder of the surroundings."""
    with new_interview(surroundings.folder) as store:
        yield store

"""What tests of the screens of summaries begin with: three people, of whom two are coded."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.areas import area, study

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings


@pytest.fixture
def fair(surroundings: Surroundings) -> Iterator[Store]:
    """P01 and P02 of Ashmere, P03 of Marle, of whom nobody has coded anything."""
    with study(surroundings.folder, [*area("Ashmere", "gb g"), *area("Marle", '""')]) as store:
        yield store

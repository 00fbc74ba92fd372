"""What tests of corrections begin with: a study of one coded transcript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.correcting import open_study
from services.correction.carrying.corrected_study import BY, FAIR, GRANT, MAREK, OTHER, tag
from services.study import tick

from qualcode.store.store import Store


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A study of one coded transcript, on SQLite and on PostgreSQL."""
    with open_study(place, by=BY, at=tick()) as opened:
        tag(opened, "funding", GRANT)
        tag(opened, "bonding", FAIR, doubt=True, memo="who is all?")
        tag(opened, "bonding", FAIR, by=OTHER)
        tag(opened, "trading", MAREK, memo="whose tools?")
        yield opened

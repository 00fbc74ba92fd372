"""What tests of coding sessions begin with: two transcripts, and Amina at one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import bring_in, dialogue, write
from services.work.coding_session.sessions import ANSWERS

from qualcode.services.work.coding_session import CodingSession
from qualcode.store.store import Store


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """Two short transcripts, I being known as the interviewer."""
    write(folder, {"P01.txt": dialogue("P01", *ANSWERS), "P02.txt": dialogue("P02", *ANSWERS)})
    bring_in(store, folder)
    return store


@pytest.fixture
def amina(study: Store) -> CodingSession:
    """Amina at P01."""
    return CodingSession.open(study, "P01", coder="Amina")

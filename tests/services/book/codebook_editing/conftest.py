"""What tests of edits begin with: a coded project, its codebook, and somebody who edits it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.book.codebook_editing.edited_study import BOOK
from services.study import BY, bring_in, dialogue, new_store, tick, write

from qualcode.services.book.codebook_editor import CodebookEditor
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, open_store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of a project with one coded transcript of two coders."""
    home = tmp_path / "fair"
    with new_store(home, codebook=BOOK) as store:
        bring_in(store, write(tmp_path / "in", {"P01.txt": dialogue("P01", "The tent leaked.")}))
        for code, who, span, doubt in (
            ("small-grants", "amina", (0, 9), False),
            ("small-grants", "ben", (0, 9), True),
            ("small-grants", "amina", (2, 6), True),
            ("trading", "amina", (2, 6), False),
        ):
            coding.tag(
                store, "P01", code, Place(span=span), doubt=doubt, memo="why?", by=who, at=tick()
            )
    return home


@pytest.fixture
def study(place: Path) -> Iterator[Store]:
    """That project, open."""
    with open_store(str(place / "study.qualcode")) as opened:
        yield opened


@pytest.fixture
def file(place: Path) -> Path:
    """Its codebook."""
    return place / "codebook.yaml"


@pytest.fixture
def edit(study: Store, file: Path) -> CodebookEditor:
    """Its codebook in Amina's hands."""
    return CodebookEditor(study, file, by=BY, now=tick)

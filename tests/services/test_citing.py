"""One passage as it may be cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, write

from qualcode.errors import WithheldError
from qualcode.model.spans import Span
from qualcode.services.citing import cite
from qualcode.services.coding_session import CodingSession
from qualcode.store.store import Store

MANIFEST = """\
file,participant,attribution,role
P07.txt,P07,role,Steward
P08.txt,P08,withheld,Steward
"""


@pytest.fixture
def talked(store: Store, folder: Path) -> Store:
    """Two interviews: one may be cited by role, nothing of the other may leave."""
    said = "I: Who pays?\n\n{}: The council paid half of it.\n"
    files = {f"{code}.txt": said.format(code) for code in ("P07", "P08")}
    write(folder, {**files, "interviews.csv": MANIFEST})
    assert bring_in(store, manifest=folder / "interviews.csv").written
    return store


def session_of(store: Store, name: str) -> tuple[CodingSession, Span]:
    session = CodingSession.open(store, name, coder=BY)
    at = session.text.text.index("The council")
    return session, Span(at, at + len("The council paid"))


def test_words_are_cited_with_who_said_them_and_where(talked: Store) -> None:
    session, span = session_of(talked, "P07")
    citation = cite(talked, session.record, session.text, span)
    assert str(citation) == "“The council paid” (Steward, P07 ¶2)"


def test_words_of_somebody_withheld_are_refused_without_being_named(talked: Store) -> None:
    session, span = session_of(talked, "P08")
    with pytest.raises(WithheldError) as refused:
        cite(talked, session.record, session.text, span)
    assert refused.value.exit_code == 4
    assert "council" not in str(refused.value)

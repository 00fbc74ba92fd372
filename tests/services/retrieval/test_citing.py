"""One passage as it may be cited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import new_fair
from services.study import BY, bring_in, tick, write

from qualcode.errors import CodingGoneError, WithheldError
from qualcode.model.spans import Span
from qualcode.services import people
from qualcode.services.retrieval import retrieving
from qualcode.services.retrieval.citing import cite, cite_coding, name_in_vivo
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
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


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    """A small coded study."""
    with new_fair(tmp_path / "fair") as opened:
        yield opened


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


def test_a_coding_is_cited_as_its_words_may_leave_now(fair: Store) -> None:
    shown = retrieving.quotes(fair).quotations[0]
    assert str(cite_coding(fair, shown.coding, where=shown.locator)) == (
        "“The grant paid for the tent” (Organiser, interviewed March 2024, P01 ¶2)"
    )

    people.set_participant(fair, "P01", {"attribution": "anonymous"}, by=BY, at=tick())
    assert str(cite_coding(fair, shown.coding, where=shown.locator)) == (
        "“The grant paid for the tent” (Anonymous participant, P01 ¶2)"
    )

    people.set_participant(fair, "P01", {"attribution": "withheld"}, by=BY, at=tick())
    with pytest.raises(WithheldError) as refused:
        cite_coding(fair, shown.coding, where=shown.locator)
    assert "grant" not in str(refused.value)


def test_a_coding_that_was_taken_off_meanwhile_is_not_cited(fair: Store) -> None:
    shown = retrieving.quotes(fair).quotations[0]
    coding.untag(fair, "P01", "grant-aid", Place(span=(shown.start, shown.end)), by=BY, at=tick())
    with pytest.raises(CodingGoneError):
        cite_coding(fair, shown.coding, where=shown.locator)


def test_words_of_somebody_who_is_not_named_may_name_a_code(talked: Store) -> None:
    session, span = session_of(talked, "P07")
    assert name_in_vivo(talked, session.record, session.text, span) == "The council paid"


def test_words_of_somebody_withheld_name_no_code(talked: Store) -> None:
    session, span = session_of(talked, "P08")
    for start, end in ((span.start, span.end), (0, span.start + 1)):
        with pytest.raises(WithheldError) as refused:
            name_in_vivo(talked, session.record, session.text, Span(start, end))
        assert "council" not in str(refused.value)

"""A document of some alone: whom it may hold, and what it says of when they were met."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from services.areas import Person, study
from services.study import BY, tick

from qualcode.model.consent import Audience
from qualcode.model.matrix import MatrixReport
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.consent.attribution import day_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import value_of
from qualcode.store.store import Store

COUNCIL = "Marle Council"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One of a council of whom all is said, and others of whom less, or nothing, is."""
    levels = ("role-organisation", "role", "anonymous", "withheld", "named")
    whom = [Person("Marle", "gb", level) for level in levels]
    with study(tmp_path_factory.mktemp("council"), [*whom, Person("Ashmere", "g")]) as store:
        for number in range(len(levels)):
            facts = {"organisation": COUNCIL}
            people.set_participant(store, f"P{number + 1:02}", facts, by=BY, at=tick())
        yield store


def of_publication(store: Store, **asked: object) -> MatrixReport:
    asked["audience"] = Audience.PUBLICATION
    return charting.build_matrix(store, at=tick(), **asked)  # type: ignore[arg-type]


def test_a_publication_holds_those_alone_of_whom_it_says_what_was_asked_for(council: Store) -> None:
    where = [f"organisation={COUNCIL}"]
    team = charting.build_matrix(council, where=where, at=tick())
    assert [row.key for row in team.matrix.rows] == ["P01", "P02", "P03", "P05"]
    assert dict(team.facts)["Only"] == "organisation (not shown)"
    assert not team.warnings

    report = of_publication(council, where=where)
    assert [row.key for row in report.matrix.rows] == ["P01", "P05"]
    assert dict(report.facts)["Only"] == where[0]
    assert [one for one in report.warnings if "left out" in one] == [
        "2 participants are left out, for a publication does not say of them what the filter asks"
        " for"
    ]
    publication = Audience.PUBLICATION
    assert booking.build_book(council, where=where, audience=publication, at=tick()).warnings
    assert evidencing.build_evidence(council, where=where, audience=publication, at=tick()).warnings


@pytest.mark.parametrize(
    "name", ["place", "stakeholder", "organisation", "role", "date", "attribution", "participant"]
)
def test_who_is_chosen_for_a_publication_stands_under_what_they_were_chosen_by(
    name: str, council: Store
) -> None:
    with council.reading() as session:
        corpus = Corpus(session)
        met = [(one, corpus.agreed.participants[one.participants[0]]) for one in corpus.transcripts]
        values = {value_of(name, *who) for who in met}
    assert values
    for value in values:
        rows = of_publication(council, rows=name, where=[f"{name}={value}"]).matrix.rows
        said = day_of(value or "", whole=True) if name == "date" else value
        assert {row.label for row in rows} <= {said}


def test_of_whom_no_date_is_said_is_not_among_the_dates_of_the_others(council: Store) -> None:
    corpus = dict(of_publication(council).facts)["Corpus"]
    assert corpus == "5 interviews, 2 March to 7 March 2024 (dates of 3)"
    alone = dict(of_publication(council, where=["place=Ashmere"]).facts)["Corpus"]
    assert alone == "1 interview, 7 March 2024"

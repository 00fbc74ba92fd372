"""The invented study of eighty interviews holds what documents are to be looked at with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from eighty.interviews import NOT_CODED
from eighty.people import people
from eighty.study import WITHDREW, make_eighty

from qualcode.model.people import Attribution
from qualcode.model.summary import SummaryStatus
from qualcode.services import listing, projects
from qualcode.services.retrieval import retrieving
from qualcode.services.summaries import acts
from qualcode.store.store import Store


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return projects.open_project(str(make_eighty(tmp_path_factory.mktemp("eighty") / "study")))


def test_eighty_people_of_six_places_and_six_kinds_agreed_in_every_way() -> None:
    known = people()
    assert len({person.code for person in known}) == 80
    assert len({person.name for person in known}) == 80
    assert len({person.place for person in known} - {None}) == 6
    assert len({person.stakeholder for person in known}) == 6
    assert {person.attribution for person in known} == {*Attribution, ""}
    pseudonyms = [person.pseudonym for person in known if person.pseudonym]
    assert len(pseudonyms) == len(set(pseudonyms)) > 5
    assert any(person.not_asked for person in known)


def test_three_volunteers_coded_all_but_a_few_in_passages_of_every_length(study: Store) -> None:
    found = retrieving.quotes(study, [], where=[], context=0)
    assert 400 < len(found.quotations) < 700
    assert found.withheld > 20
    assert len({quotation.code for quotation in found.quotations}) == 29
    assert len({quotation.coder for quotation in found.quotations}) == 3
    letters = [len(quotation.text) for quotation in found.quotations]
    assert min(letters) < 30
    assert max(letters) > 700
    uncoded = {t.name for t in listing.list_transcripts(study) if not t.codings}
    assert uncoded == {f"P{number}" for number in NOT_CODED}


def test_summaries_are_in_every_state(study: Store) -> None:
    listed = acts.list_summaries(study)
    states = Counter(one.status for one in listed.summaries)
    assert min(states[status] for status in SummaryStatus) > 10
    assert any(one.is_stale for one in listed.summaries)
    assert any(one.links for one in listed.summaries)
    assert listed.hidden
    assert {one.case for one in listed.summaries}.isdisjoint(WITHDREW)


def test_names_of_others_are_shown_otherwise_and_edits_are_in_brackets(study: Store) -> None:
    texts = [one.text for one in retrieving.quotes(study, [], where=[], context=0).quotations]
    assert any("[a neighbour]" in text for text in texts)
    assert any("[…]" in text for text in texts)
    assert any("[The council pays]" in text for text in texts)
    assert not any("Maureen" in text for text in texts)


def test_the_same_study_is_made_each_time(study: Store, tmp_path: Path) -> None:
    again = projects.open_project(str(make_eighty(tmp_path / "again")))
    first, second = (
        [one.text for one in retrieving.quotes(store, [], where=[], context=9).quotations]
        for store in (study, again)
    )
    assert first == second

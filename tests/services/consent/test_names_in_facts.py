"""A pseudonym hides whoever chose it: one that is somebody's name is not shown."""

from __future__ import annotations

import pytest
from services.study import BY, tick

from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services import people
from qualcode.services.consent.names_in_facts import names_somebody, without_telling_pseudonyms
from qualcode.store.store import Store

NAMES = {
    "P01": Identity("P01", "Kit Penhaligon", ("Kitty",)),
    "P02": Identity("P02", "Sarah Underhay"),
    "P03": Identity("P03", "Nasreen Holroyd"),
}


def shown(pseudonym: str) -> str | None:
    """What P01 may be called who chose this."""
    chosen = Participant("P01", Attribution.PSEUDONYM, pseudonym=pseudonym)
    named = Participant("P03", Attribution.NAMED)
    known = {"P01": chosen, "P02": Participant("P02"), "P03": named}
    return without_telling_pseudonyms(known, NAMES)["P01"].pseudonym


@pytest.mark.parametrize("pseudonym", ["Miriam", "Sarah", "Auntie M", "Nasreen", "A Holroyd fan"])
def test_a_pseudonym_of_nobody_or_just_another_s_forename_is_shown(pseudonym: str) -> None:
    assert shown(pseudonym) == pseudonym


@pytest.mark.parametrize(
    "pseudonym",
    ["Kit", "kit penhaligon", "Kitty", "Mx Penhaligon", "Sarah Underhay", "Friend of Sarah"],
)
def test_a_pseudonym_that_leads_to_its_bearer_or_to_another_is_not(pseudonym: str) -> None:
    assert shown(pseudonym) is None


def test_who_has_such_a_pseudonym_is_cited_as_anonymous_and_keeps_it_in_the_project(
    store: Store,
) -> None:
    facts = {"name": "Kit Penhaligon", "attribution": "pseudonym", "pseudonym": "Kit"}
    people.set_participant(store, "P01", facts, new=True, by=BY, at=tick())

    found = people.show_participant(store, "P01")
    assert found.attribution == "Anonymous participant"
    assert found.participant.pseudonym == "Kit"


def test_only_the_whole_name_of_somebody_unnamed_is_told_in_a_place() -> None:
    known = {code: Participant(code) for code in NAMES}
    known["P03"] = Participant("P03", Attribution.NAMED)
    names_one = names_somebody(known, NAMES.values())

    assert names_one("Sarah Underhay Court")
    assert names_one("S. Underhay Court")
    assert not names_one("Underhay Court")
    assert not names_one("Nasreen Holroyd House")

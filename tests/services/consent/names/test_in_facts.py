"""A pseudonym hides whoever chose it: one that is somebody's name is not shown."""

from __future__ import annotations

import pytest
from services.study import BY, tick

from qualcode.model.names import ListedName, NameKind
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services import people
from qualcode.services.consent.names.in_facts import (
    Telling,
    names_somebody,
    telling_pseudonyms,
    whose_name,
    without_telling_pseudonyms,
)
from qualcode.store.store import Store

NAMES = {
    "P01": Identity("P01", "Kit Penhaligon", ("Kitty",)),
    "P02": Identity("P02", "Sarah Underhay", ("Nazzie",)),
    "P03": Identity("P03", "Nasreen Holroyd"),
}
LISTED = (ListedName("Pauline Furlong"), ListedName("Mill Lane", NameKind.PLACE))


def known(pseudonym: str) -> dict[str, Participant]:
    """A study in which P01 chose this pseudonym, and P03 agreed to be named."""
    chosen = Participant("P01", Attribution.PSEUDONYM, pseudonym=pseudonym)
    named = Participant("P03", Attribution.NAMED)
    return {"P01": chosen, "P02": Participant("P02"), "P03": named}


def shown(pseudonym: str) -> str | None:
    """What P01 may be called who chose this."""
    return without_telling_pseudonyms(known(pseudonym), NAMES, LISTED)["P01"].pseudonym


@pytest.mark.parametrize("pseudonym", ["Miriam", "Auntie M", "A Holroyd fan", "P01", "Lane"])
def test_a_pseudonym_that_is_nobody_s_name_is_shown(pseudonym: str) -> None:
    assert shown(pseudonym) == pseudonym


@pytest.mark.parametrize(
    ("pseudonym", "leads_to"),
    [
        ("Kit", Telling(own=True)),
        ("kit penhaligon", Telling(own=True)),
        ("Kitty", Telling(own=True)),
        ("Mx Penhaligan", Telling(own=True)),
        ("Sarah", Telling(others=("P02",))),
        ("Underhay", Telling(others=("P02",))),
        ("Under-hay", Telling(others=("P02",))),
        ("Undurhay", Telling(others=("P02",))),
        ("Friend of Sarah", Telling(others=("P02",))),
        ("Nazzie", Telling(others=("P02",))),
        ("p02", Telling(others=("P02",))),
        ("Nasreen", Telling(others=("P03",))),
        ("Pauline", Telling(listed=True)),
        ("Mill Lane", Telling(listed=True)),
    ],
)
def test_a_pseudonym_that_is_a_name_of_somebody_is_not(pseudonym: str, leads_to: Telling) -> None:
    assert telling_pseudonyms(known(pseudonym), NAMES, LISTED) == {"P01": leads_to}
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
    people = known("Miriam")
    names_one = names_somebody(people, NAMES.values())

    assert names_one("Sarah Underhay Court")
    assert names_one("S. Underhay Court")
    assert not names_one("Underhay Court")
    assert not names_one("Nasreen Holroyd House")


def test_it_is_told_whose_name_stands_in_a_place() -> None:
    whose = whose_name(known("Miriam"), NAMES.values())
    assert whose("The home of Sarah, and Penhaligon Way") == {"P01", "P02"}
    assert whose("Nasreen Holroyd House") == frozenset()

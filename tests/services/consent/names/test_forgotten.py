"""Names that a study knows once somebody is forgotten: none is theirs, and others keep theirs."""

from __future__ import annotations

import pytest

from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Identity
from qualcode.services.consent.names.forgotten import names_without
from qualcode.store.sealed import Register

GONE = Identity("P17", "Quetzalline Ostrander", ("Quetz",))
OTHER = Identity("P18", "Bea Munn")


def known(*listed: ListedName, decisions: tuple[Decision, ...] = ()) -> Register:
    return Register((GONE, OTHER), listed, decisions)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Ostrander, Quetzalline", None),
        ("quetz", None),
        ("The Ostranders", None),
        ("Quetzalline's sister Selam", "sister Selam"),
        ("Selam, sister of Quetzalline Ostrander", "Selam, sister of"),
        ("Selam Ostrander", "Selam Ostrander"),
        ("Ostrander Foods", "Ostrander Foods"),
    ],
)
def test_a_listed_name_keeps_what_is_another_s(name: str, left: str | None) -> None:
    names = names_without(known(ListedName(name)), "P17").later.listed
    assert [one.name for one in names] == ([] if left is None else [left])


def test_what_is_shown_for_a_listed_name_says_the_code() -> None:
    listed = ListedName("Selam", shown="Quetzalline's sister", aliases=("Quetzalline's Sel",))
    (one,) = names_without(known(listed), "P17").later.listed
    assert one == ListedName("Selam", shown="P17's sister", aliases=("Sel",))


def test_a_decision_on_a_part_of_the_name_goes_and_one_on_another_s_stays() -> None:
    stays = (
        Decision("Quetzal", Verdict.WORD),
        Decision("Munn", Verdict.OTHER_PERSON),
        Decision("Sellam", Verdict.LISTED, "sister Selam"),
    )
    goes = (
        Decision("Ostrander", Verdict.WORD),
        Decision("quetz", Verdict.OTHER_PERSON),
        Decision("Ostrender", Verdict.PARTICIPANT, "P17"),
    )
    register = known(
        ListedName("Quetzalline's sister Selam"),
        decisions=(
            *goes,
            *stays[:2],
            Decision("Sellam", Verdict.LISTED, "Quetzalline's sister Selam"),
        ),
    )
    after = names_without(register, "P17")
    assert after.later.decisions == stays
    assert [one.code for one in after.later.people] == ["P18"]
    assert {one.form for one in register.decisions} - {one.form for one in after.now.decisions} == {
        "Ostrander",
        "quetz",
    }


def test_what_was_said_of_two_is_said_of_who_stays() -> None:
    people = (GONE, Identity("P19", "Cem Ostrander"))
    both = Decision("Ostrander", Verdict.OTHER_PERSON, "P17; P19")
    after = names_without(Register(people, (), (both,)), "P17")
    assert after.later.decisions == (Decision("Ostrander", Verdict.OTHER_PERSON, "P19"),)
    assert after.now.decisions == (both,)
    alone = names_without(
        Register((GONE,), (), (Decision("Ostrander", Verdict.WORD, "P17"),)), "P17"
    )
    assert alone.later == Register()


def test_an_everyday_word_that_was_said_to_be_one_is_left_standing_as_it_was_said() -> None:
    register = Register((Identity("P17", "Will Ostrander"),), (), (Decision("Will", Verdict.WORD),))
    after = names_without(register, "P17")
    assert after.now == register
    assert after.later == Register()


def test_what_only_somebody_can_tell_is_asked() -> None:
    foods = ListedName("Ostrander Foods", NameKind.ORGANISATION)
    after = names_without(known(foods), "P17")
    assert after.lists_like_ones
    assert after.may_say("Ostrander Street")
    assert not after.may_say("Munn Street")
    beside = names_without(known(foods, ListedName("Bo Ostrander")), "P17")
    assert not beside.lists_like_ones
    assert not beside.may_say("Ostrander Street")

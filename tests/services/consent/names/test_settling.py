"""The list of names, what may be one, and what somebody said that it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from services.study import BY, bring_in, contents, dialogue, event_count, tick, write

from qualcode import errors
from qualcode.model.names import Decision, NameKind, Verdict
from qualcode.services import people
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.lints import check_participants
from qualcode.services.consent.names import settling as names
from qualcode.services.consent.names.forbidden import forbidden
from qualcode.services.consent.names.settling import FoundForm
from qualcode.store import identities
from qualcode.store.store import Store, open_store


def settle(store: Store, form: str, **said: Any) -> Decision:
    return names.settle(store, form, by=BY, at=tick(), **said)


@pytest.fixture
def told(store: Store, folder: Path) -> Store:
    """A study in which names are said, rightly and not."""
    people.set_participant(store, "P07", {"name": "Thomas Stevens"}, new=True, by=BY, at=tick())
    write(
        folder,
        {
            "T1.txt": dialogue("Her", "Then Tomas came. So Tomas and Yaw Osei were at Mill Lane."),
            "T2.txt": dialogue("Him", "I saw Tomas and Yaw Osei. I am on 020 7946 0958, love."),
        },
    )
    assert bring_in(store, folder / "T1.txt", folder / "T2.txt").written
    return store


def test_names_of_participants_and_listed_ones_are_one_list(told: Store) -> None:
    people.set_participant(
        told, "P01", {"name": "Ada Holt", "attribution": "named"}, new=True, by=BY, at=tick()
    )
    assert names.add_name(told, " Yaw  Osei ", shown="a trader", aliases=["Yao"])
    assert names.add_name(told, "Mill Lane", kind=NameKind.PLACE)
    lines, decisions, at_hand = names.list_names(told)
    assert at_hand
    assert [(one.name, one.code, one.shown) for one in lines] == [
        ("Ada Holt", "P01", None),
        ("Thomas Stevens", "P07", "[P07]"),
        ("Mill Lane", None, "[place]"),
        ("Yaw Osei", None, "[a trader]"),
    ]
    assert decisions == ()


def test_listing_a_name_again_adds_what_is_new(told: Store) -> None:
    assert names.add_name(told, "Yaw Osei", shown="a trader")
    assert not names.add_name(told, "Yaw Osei")
    assert names.add_name(told, "Yaw Osei", aliases=["Yao"])
    (line,) = [one for one in names.list_names(told)[0] if one.code is None]
    assert (line.aliases, line.shown) == (("Yao",), "[a trader]")


def test_a_name_taken_out_is_looked_for_no_more(told: Store) -> None:
    names.add_name(told, "Yaw Osei")
    names.remove_name(told, "yaw osei")
    assert [one.name for one in names.list_names(told)[0]] == ["Thomas Stevens"]
    with pytest.raises(errors.NameNotListedError) as said:
        names.remove_name(told, "Yaw Osei")
    assert "Yaw" not in str(said.value)


def test_however_a_listed_name_is_written_it_is_one_and_keeps_what_it_is(told: Store) -> None:
    assert names.add_name(told, "Mill Lane", kind=NameKind.PLACE)
    assert names.add_name(told, "mill-lane", aliases=["the Cut"])
    (line,) = [one for one in names.list_names(told).lines if one.code is None]
    assert (line.name, line.kind, line.aliases) == ("Mill Lane", NameKind.PLACE, ("the Cut",))
    assert names.add_name(told, "mill lane", kind=NameKind.ORGANISATION)
    names.remove_name(told, "MILL LANE")
    assert [one.code for one in names.list_names(told).lines] == ["P07"]


def test_a_form_that_was_a_name_taken_out_is_open_again(told: Store) -> None:
    def shown(text: str) -> str:
        with told.reading() as session:
            found = forbidden(session, consent_of(session)).edits(text)
        return " ".join(one.shown for one in found)

    names.add_name(told, "Thomas", shown="a trader")
    settle(told, "Tomas", listed="Thomas")
    settle(told, "Lane", word=True)
    assert (shown("So Tomas came"), names.find_names(told).unsettled) == ("[a trader]", ())
    assert names.remove_name(told, "Thomas") == ("Tomas",)
    assert [one.form for one in names.list_names(told).decisions] == ["Lane"]
    assert shown("So Tomas came") == "[name]"
    assert [one.form for one in names.find_names(told).unsettled] == ["Tomas"]


def test_a_form_of_a_name_that_was_taken_out_before_settles_nothing(told: Store) -> None:
    with told.names_written() as session:
        identities.put(session, decisions=[Decision("Tomas", Verdict.LISTED, "Yaw Osei")])
    found = names.find_names(told)
    assert [one.form for one in found.unsettled] == ["Tomas"]


def test_what_is_found_is_listed_once_with_counts_and_places(told: Store) -> None:
    found = names.find_names(told)
    assert found.unsettled == (FoundForm("Tomas", 3, ("T1", "T2"), ("[P07]",)),)
    assert found.identifiers == (FoundForm("020 7946 0958", 1, ("T2",), ("telephone number",)),)
    assert found.unknown == (
        FoundForm("Yaw Osei", 2, ("T1", "T2")),
        FoundForm("Mill Lane", 1, ("T1",)),
    )
    assert found.names_at_hand


def test_one_transcript_can_be_looked_through_alone(told: Store) -> None:
    found = names.find_names(told, transcripts=["T2"])
    assert [one.form for one in found.unknown] == ["Yaw Osei"]
    assert found.unsettled[0].times == 1
    with pytest.raises(errors.UnknownTranscriptError):
        names.find_names(told, transcripts=["T3"])


def test_a_form_is_settled_once_for_the_study(told: Store) -> None:
    names.add_name(told, "Yaw Osei")
    assert settle(told, "Tomas", participant="p07") == Decision("Tomas", Verdict.PARTICIPANT, "P07")
    assert settle(told, "Lane", word=True).verdict is Verdict.WORD
    assert settle(told, "Mill", other_person=True).verdict is Verdict.OTHER_PERSON
    assert settle(told, "Yaww", listed="yaw osei").of == "Yaw Osei"
    found = names.find_names(told)
    assert (found.unsettled, found.unknown) == ((), ())
    assert len(names.list_names(told)[1]) == 4

    assert names.unsettle(told, "tomas")
    assert not names.unsettle(told, "tomas")
    assert [one.form for one in names.find_names(told).unsettled] == ["Tomas"]


def test_a_participants_whole_name_is_no_word(told: Store) -> None:
    for form in ("Thomas Stevens", "stevens, thomas", "T. Stevens"):
        with pytest.raises(errors.WholeNameSettledError) as said:
            settle(told, form, word=True)
        assert "tevens" not in str(said.value)
    assert names.list_names(told).decisions == ()


@pytest.mark.parametrize("said", [{"word": True}, {"other_person": True}])
def test_a_part_of_a_participant_s_name_is_let_out_only_by_who_is_sure(
    told: Store, said: dict[str, bool]
) -> None:
    for form in ("Stevens", "thomas"):
        with pytest.raises(errors.OwnNameSettledError) as refused:
            settle(told, form, **said)
        assert refused.value.codes == ("P07",)
        assert form not in str(refused.value)
    assert names.list_names(told).decisions == ()
    assert settle(told, "Stevens", **said, sure=True).of == "P07"
    assert settle(told, "Tomas", **said), "one who is not listed is nobody's"
    people.set_participant(told, "P07", {"attribution": "named"}, by=BY, at=tick())
    assert settle(told, "thomas", **said), "who agreed to be named may be"


@pytest.mark.parametrize("said", [{"word": True}, {"other_person": True}])
def test_what_was_let_out_before_somebody_of_that_name_joined_is_masked(
    told: Store, said: dict[str, bool]
) -> None:
    def shown(text: str) -> str:
        with told.reading() as session:
            found = forbidden(session, consent_of(session)).edits(text)
        return " ".join(one.shown for one in found)

    settle(told, "Hope", **said)
    settle(told, "Stevens", **said, sure=True)
    assert shown("So Hope came, and Stevens") == ""
    joined = {"name": "Hope Stevens", "attribution": "anonymous"}
    people.set_participant(told, "P20", joined, new=True, by=BY, at=tick())
    assert shown("So Hope came, and Stevens") == "[P20] [name]"
    with told.reading() as session:
        assert forbidden(session, consent_of(session)).terms.words == ()
    (lint,) = [one for one in check_participants(told) if one.kind == "let-out-before"]
    assert lint.participants == ("P20",)
    assert "Hope" not in lint.message

    assert settle(told, "Hope", **said, sure=True).of == "P20"
    assert settle(told, "Stevens", **said, sure=True).of == "P07; P20"
    assert shown("So Hope came, and Stevens") == ""


@pytest.mark.parametrize("said", [{"other_person": True}, {"participant": "P01"}])
def test_what_was_said_of_a_misspelt_form_holds_of_those_alone_who_were_there(
    told: Store, said: dict[str, Any]
) -> None:
    def shown(text: str) -> str:
        with told.reading() as session:
            found = forbidden(session, consent_of(session)).edits(text)
        return " ".join(one.shown for one in found)

    named = {"name": "Sam Tomaz", "attribution": "named"}
    people.set_participant(told, "P01", named, new=True, by=BY, at=tick())
    said_first = settle(told, "Tomas", **said)
    assert (said_first.of or "").endswith("P07")  # Thomas, a letter away
    assert shown("So Tomas came") == ""
    people.set_participant(told, "P20", {"name": "Kit Tomasi"}, new=True, by=BY, at=tick())
    assert shown("So Tomas came") == "[name]"
    assert [one.form for one in names.find_names(told).unsettled] == ["Tomas"]
    found = check_participants(told)
    assert [one.participants for one in found if one.kind == "let-out-before"] == [("P20",)]
    assert (settle(told, "Tomas", **said).of or "").endswith("P07; P20")
    assert shown("So Tomas came") == ""
    assert names.find_names(told).unsettled == ()


def test_it_is_kept_who_settled_a_form_and_when(told: Store) -> None:
    moment = tick()
    names.settle(told, "Tomas", participant="P07", by="ada", at=moment)
    names.settle(told, "Tomas", participant="P07", by=BY, at=tick())
    (kept,) = names.list_names(told).decisions
    assert (kept.by, kept.at) == ("ada", moment.isoformat())
    settle(told, "Tomas", other_person=True)
    (anew,) = names.list_names(told).decisions
    assert (anew.verdict, anew.by) == (Verdict.OTHER_PERSON, BY)

    names.seal(told, "correct horse")
    with open_store(str(told.path), passphrase="correct horse") as opened:
        assert names.list_names(opened).decisions[0].by == BY
        names.unseal(opened, "correct horse")
    assert names.list_names(told).decisions[0].at == anew.at


def test_a_slip_in_a_code_or_a_name_settles_nothing(told: Store) -> None:
    with pytest.raises(errors.UnknownParticipantError):
        settle(told, "Tomas", participant="P70")
    with pytest.raises(errors.NameNotListedError):
        settle(told, "Tomas", listed="Yaw")
    for act in (names.add_name, settle):
        with pytest.raises(errors.UsageError):
            act(told, " 7 ")
    assert names.list_names(told)[1] == ()


def test_nothing_of_names_is_in_the_project(told: Store) -> None:
    before = event_count(told), contents(told)
    names.add_name(told, "Yaw Osei", shown="a trader")
    settle(told, "Tomas", participant="P07")
    names.find_names(told)
    assert (event_count(told), contents(told)) == before


def test_sealed_names_are_looked_after_with_the_passphrase_alone(told: Store) -> None:
    place = names.seal(told, "correct horse")
    for act in (
        lambda: names.list_names(told),
        lambda: names.find_names(told),
        lambda: names.add_name(told, "Yaw"),
        lambda: names.remove_name(told, "Yaw"),
        lambda: settle(told, "Tomas", word=True),
        lambda: names.unsettle(told, "Tomas"),
    ):
        with pytest.raises(errors.IdentitiesSealedError):
            act()
    with open_store(str(told.path), passphrase="correct horse") as opened:
        settle(opened, "Tomas", participant="P07")
        assert names.find_names(opened).unsettled == ()
    assert b"Tomas" not in place.read_bytes()
    names.unseal(told, "correct horse")
    assert names.list_names(told)[1][0].form == "Tomas"


def test_a_passphrase_is_not_empty(told: Store) -> None:
    with pytest.raises(errors.UsageError):
        names.seal(told, "")


@pytest.mark.parametrize(
    "said", [{}, {"participant": "P07", "other_person": True}, {"listed": "Yaw Osei", "word": True}]
)
def test_a_form_is_said_to_be_one_thing(told: Store, said: dict[str, Any]) -> None:
    """One argument forgotten must not let somebody's forename out."""
    with pytest.raises(errors.UsageError, match="one thing"):
        settle(told, "Tomas", **said)
    assert names.list_names(told)[1] == ()

"""Participants looked after one by one and in tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, event_count, tick, write

from qualcode import errors
from qualcode.model.people import Attribution, Identity, Participant
from qualcode.services import people
from qualcode.store import identities
from qualcode.store.store import Store


def put(store: Store, code: str, **changes: str | None) -> Participant:
    return people.set_participant(store, code, changes, new=True, by=BY, at=tick())


def names(store: Store) -> dict[str, Identity]:
    with store.reading() as session:
        return identities.read(session)


def test_fields_and_attributes_are_set_and_emptied(store: Store) -> None:
    put(store, "P07", role="Chair", place="Marle", Ward="North", attribution="Role Organisation")
    put(store, "P07", place=None, ward="", organisation="The Hall")

    assert people.list_participants(store) == (
        Participant("P07", Attribution.ROLE_ORGANISATION, role="Chair", organisation="The Hall"),
    )


def test_setting_what_is_so_already_writes_nothing(store: Store) -> None:
    put(store, "P07", role="Chair", ward="North", name="Ama Boateng")
    events = event_count(store)
    put(store, "P07", role="Chair", ward="North", name="Ama Boateng")

    assert event_count(store) == events


def test_a_code_is_known_in_whatever_case(store: Store) -> None:
    put(store, "P07", role="Chair")
    put(store, "p07", place="Marle")

    assert [(p.code, p.place) for p in people.list_participants(store)] == [("P07", "Marle")]
    assert people.show_participant(store, "p07").participant.role == "Chair"


def test_that_there_is_no_name_is_said_of_nobody_who_has_one(store: Store, tmp_path: Path) -> None:
    put(store, "P07", name="Ama Boateng")
    with pytest.raises(errors.ManifestValueError, match="a name is known"):
        put(store, "P07", name="none")
    listed = tmp_path / "people.csv"
    listed.write_text("participant,name\nP07,unknown\nP08,none\n", encoding="utf-8")
    people.import_participants(store, listed, by=BY, at=tick())
    assert {code: one.name for code, one in names(store).items()} == {
        "P07": "Ama Boateng",
        "P08": "none",
    }
    assert not people.show_participant(store, "P08").has_name


def test_nobody_is_known_by_a_code_that_is_a_part_of_their_name(store: Store, folder: Path) -> None:
    for fields in ({"name": "Hiwot Tesfay"}, {"name": "H. T.", "aliases": "Hiwot"}):
        with pytest.raises(errors.ManifestValueError) as refused:
            people.set_participant(store, "Hiwot", fields, new=True, by=BY, at=tick())
        assert "Tesfay" not in str(refused.value)
    people.set_participant(store, "Hiwot", {"role": "Clerk"}, new=True, by=BY, at=tick())
    with pytest.raises(errors.ManifestValueError):
        people.set_participant(store, "hiwot", {"name": "Hiwot Tesfay"}, by=BY, at=tick())
    rows = "participant,name,aliases\nAda,Ms A. Holt,Ada\n"
    with pytest.raises(errors.SeveralErrors, match="a part of the participant's name"):
        people.import_participants(
            store, write(folder, {"p.csv": rows}) / "p.csv", by=BY, at=tick()
        )
    with store.reading() as session:
        assert identities.read(session) == {}


def test_names_contacts_and_aliases_go_to_the_identities(store: Store, tmp_path: Path) -> None:
    put(store, "P07", Name="Ama Boateng", aliases="Ama; Auntie A", phone="0123")
    put(store, "P07", aliases="Auntie")
    store.close()

    assert names(store) == {"P07": Identity("P07", "Ama Boateng", ("Auntie",), "0123")}
    assert b"Boateng" not in (tmp_path / "project" / "study.qualcode").read_bytes()
    assert b"0123" not in (tmp_path / "project" / "study.qualcode").read_bytes()


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("Ama Boateng", {"role": "Chair"}, "participant: this is not a code"),
        ("P07", {"attribution": "nmaed"}, "Did you mean 'named'?"),
        ("P07", {"attribution": "loudly"}, "Give one of named, pseudonym"),
        ("P07", {"consent_date": "12/3/2024"}, "'12/3/2024' is not a date"),
        ("P07", {"surname": "Boateng"}, "Give the whole name as name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    store: Store, code: str, changes: dict[str, str], sentence: str
) -> None:
    events = event_count(store)
    with pytest.raises(errors.ManifestError) as caught:
        put(store, code, **changes)

    assert sentence in str(caught.value)
    assert "Boateng" not in str(caught.value)
    assert event_count(store) == events


def test_a_participant_is_shown_with_their_transcripts_and_how_they_are_cited(
    example: Store,
) -> None:
    shown = people.show_participant(example, "P02")

    assert shown.attribution == (
        "Holroyd, Nasreen, Centre manager, The Loom House Community Centre, "
        "interviewed 19 March 2024"
    )
    assert (shown.transcripts, shown.has_name) == (("P02",), True)
    assert shown.codings > 0


def test_an_unknown_participant_is_refused_with_the_nearest(example: Store) -> None:
    with pytest.raises(errors.UnknownParticipantError, match=r"Did you mean 'P0[1-9]'"):
        people.show_participant(example, "P0")


def test_each_level_of_the_worked_example_is_cited_as_agreed(example: Store) -> None:
    cited = {
        person.code: people.show_participant(example, person.code).attribution
        for person in people.list_participants(example)
    }

    assert cited["P01"].startswith("Neighbourhoods and cohesion manager, Thornwick District")
    assert cited["P03"].startswith("Hanniford, Lloyd, Councillor")
    assert cited["P04"] == "Miriam (pseudonym), interviewed April 2024"
    assert cited["P05"] == "Commissioning manager, interviewed May 2024"
    assert cited["P06"] == cited["P08"] == "Anonymous participant"


def table(folder: Path, text: str) -> Path:
    return write(folder, {"people.csv": text}) / "people.csv"


def test_a_table_changes_what_it_says_and_nothing_else(store: Store, folder: Path) -> None:
    put(store, "P01", role="Chair", place="Marle")
    path = table(
        folder,
        "participant,role,place,attribution,ward,name\n"
        "P01,,Wenbury,named,North,Ama Boateng\nP02,Clerk,,,,\n",
    )

    first = people.import_participants(store, path, by=BY, at=tick())
    events = event_count(store)
    second = people.import_participants(store, path, by=BY, at=tick())

    assert (first, second) == ((2, 0), (0, 2))
    assert event_count(store) == events
    assert people.list_participants(store) == (
        Participant(
            "P01", Attribution.NAMED, role="Chair", place="Wenbury", attributes={"ward": "North"}
        ),
        Participant("P02", role="Clerk"),
    )
    assert names(store)["P01"].name == "Ama Boateng"


def test_a_dry_run_counts_and_writes_nothing(store: Store, folder: Path, tmp_path: Path) -> None:
    path = table(folder, "participant,role,name\nP01,Chair,Ama Boateng\n")
    events = event_count(store)

    assert people.import_participants(store, path, dry_run=True, by=BY, at=tick()) == (1, 0)
    assert event_count(store) == events
    assert not (tmp_path / "project" / "study.identities").exists()
    assert people.import_participants(store, path, by=BY, at=tick()) == (1, 0)


def test_a_table_with_mistakes_changes_nothing(store: Store, folder: Path) -> None:
    path = table(folder, "participant,attribution\nP01,named\nP02,loudly\n")
    with pytest.raises(errors.SeveralErrors, match=r":3: attribution"):
        people.import_participants(store, path, by=BY, at=tick())

    assert people.list_participants(store) == ()


def test_a_slip_in_a_code_makes_nobody(store: Store) -> None:
    people.set_participant(store, "P07", {"place": "Marle"}, new=True, by=BY, at=tick())
    with pytest.raises(errors.UnknownParticipantError, match="P07"):
        people.set_participant(store, "P70", {"attribution": "withheld"}, by=BY, at=tick())
    assert [person.code for person in people.list_participants(store)] == ["P07"]


def test_a_table_does_not_open_who_is_withheld(store: Store, tmp_path: Path) -> None:
    closed = {"attribution": "withheld"}
    people.set_participant(store, "P07", closed, new=True, by=BY, at=tick())
    table = tmp_path / "people.csv"
    table.write_text("participant,attribution,place\nP07,named,Marle\n", encoding="utf-8")

    people.import_participants(store, table, by=BY, at=tick())

    (person,) = people.list_participants(store)
    assert (person.attribution, person.place) == ("withheld", "Marle")


def test_a_field_misspelt_is_no_attribute(store: Store) -> None:
    put(store, "P07", attribution="named")
    with pytest.raises(errors.ManifestColumnError, match="Did you mean 'attribution'"):
        put(store, "P07", atribution="withheld")
    put(store, "P07", age="44", ward="North", gender="f")
    assert set(people.list_participants(store)[0].attributes) == {"age", "ward", "gender"}

"""What somebody should look at before people are cited, each kind in a study that has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode import errors
from qualcode.model.consent import Audience, Export, Shown
from qualcode.services import people
from qualcode.services.consent.lints import Lint, check_participants
from qualcode.store import records
from qualcode.store.store import Store

HEAD = "interview_id,file,participant,name,role,organisation,attribution,date,consent_date\n"


def study(store: Store, folder: Path, *rows: str) -> None:
    """Interviews, one a row."""
    files = {row.split(",")[1]: dialogue("P", f"Tea and {row[:4]}.") for row in rows}
    write(folder, {**files, "m.csv": HEAD + "\n".join(rows) + "\n"})
    assert bring_in(store, manifest=folder / "m.csv").written


def found(store: Store, kind: str, **more: date) -> list[Lint]:
    return [one for one in check_participants(store, **more) if one.kind == kind]


@pytest.mark.parametrize(
    ("second", "is_slip"),
    [("2024-05-05", True), ("2024-03-06", True), ("2023-03-05", True), ("2024-03-19", False)],
)
def test_two_days_of_one_person_are_asked_about_and_a_slip_is_said(
    store: Store, folder: Path, second: str, is_slip: bool
) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,,Chair,The Hall,role,2024-03-05,",
        f"I02,I02.txt,P01,,Chair,The Hall,role,{second},",
        "I03,I03.txt,P02,,Chair,The Hall,role,2024-03-05,",
    )
    (one,) = found(store, "several-days")

    assert (one.participants, one.transcripts) == (("P01",), ("I01", "I02"))
    assert ("could be a slip" in one.message) is is_slip
    assert one.question is not is_slip


def test_a_day_in_a_files_name_that_is_another_is_said(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,P01_2024-03-13.txt,P01,,Chair,The Hall,role,2024-03-05,",
        "I02,P02_20240306.txt,P02,,Chair,The Hall,role,2024-03-06,",
        "I03,P03_12345678.txt,P03,,Chair,The Hall,role,2024-03-06,",
    )
    (one,) = found(store, "day-in-file-name")

    assert one.participants == ("P01",)
    assert "5 March 2024" in one.message
    assert "13 March 2024" in one.message


def test_a_day_outside_the_fieldwork_is_said_and_a_weekend_is_asked_about(
    store: Store, folder: Path
) -> None:
    days = ["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07", "2024-03-11", "2024-03-12"]
    days += ["2024-03-16", "2029-03-13"]
    study(
        store,
        folder,
        *(f"I{n},I{n}.txt,P{n:02},,Chair,The Hall,role,{day}," for n, day in enumerate(days, 1)),
    )
    assert [one.participants for one in found(store, "day-outside")] == [("P08",)]
    early = found(store, "day-outside", first=date(2024, 3, 5), last=date(2030, 1, 1))
    assert [one.participants for one in early] == [("P01",)]
    (weekend,) = found(store, "weekend")
    assert weekend.message == "16 March 2024 was a Saturday"
    assert weekend.question


def test_of_few_interviews_none_lies_outside(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,,Chair,The Hall,role,2024-03-05,",
        "I02,I02.txt,P02,,Chair,The Hall,role,1994-03-07,",
    )
    assert not found(store, "day-outside")


def test_what_a_level_shows_and_nobody_gave_is_said(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,Ama Boateng,Chair,,named,2024-03-05,",
        "I02,I02.txt,P02,,Chair,The Hall,named,2024-03-05,",
        "I03,I03.txt,P03,,Chair,,role,2024-03-05,",
    )
    assert [one.participants for one in found(store, "no-organisation")] == [("P01",)]
    (one,) = found(store, "no-name")
    assert one.participants == ("P02",)
    assert one.message == "to be named, and no name is known: cited by role and organisation"
    people.set_participant(store, "P02", {"role": "", "organisation": ""}, by=BY, at=tick())
    assert [one.message for one in found(store, "no-name")] == [
        "to be named, and no name is known: cited as Anonymous participant"
    ]


def test_fieldwork_that_ends_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(errors.UsageError, match="2024-03-01 to 2024-06-30"):
        check_participants(store, first=date(2024, 6, 30), last=date(2024, 3, 1))


def test_names_written_oddly_are_asked_about_and_never_said(store: Store, folder: Path) -> None:
    names = {
        "P01": '"Cllr Quell, Iris"',
        "P02": "Maria Quell Dunmore",
        "P03": "Siobhán Ó Briain",
        "P04": '"Quell, Iris,"',
        "P05": "Quell",
        "P06": "Iris Quell",
        "P07": "Iris Quell",
        "P08": "Dr Jane Dunmore OBE",
    }
    study(
        store,
        folder,
        *(
            f"I{code},I{code}.txt,{code},{name},Chair {code},The Hall,named,2024-03-05,"
            for code, name in names.items()
        ),
    )
    assert [one.participants for one in found(store, "honours-in-name")] == [("P01",), ("P08",)]
    assert [one.participants for one in found(store, "surname-unsure")] == [("P02",), ("P05",)]
    assert [one.participants for one in found(store, "stray-signs")] == [("P04",)]
    assert [one.participants for one in found(store, "same-name")] == [("P04", "P06", "P07")]
    assert not [
        one
        for one in check_participants(store)
        for name in ("Quell", "Iris", "Briain")
        if name in one.message
    ]


def test_what_a_project_says_of_names_without_its_identities_is_said_where_it_comes_in(
    store: Store, folder: Path
) -> None:
    rows = (
        f"{HEAD.strip()},interviewer",
        "I1,Iris Quell.txt,P01,Iris Quell,Chair,The Hall,anonymous,2024-03-05,,Ada",
        "I2,two.txt,P02,Maria Dunmore,Chair,The Hall,role,2024-03-05,,Iris Quell",
        "I3,Zed Holt.txt,P03,Zed Holt,Chair,The Hall,named,2024-03-05,,Ada",
    )
    files = {row.split(",")[1]: dialogue("P", f"Tea and {row[:4]}.") for row in rows[1:]}
    write(folder, {**files, "m.csv": "\n".join(rows) + "\n"})
    report = bring_in(store, manifest=folder / "m.csv")
    lints = found(store, "name-kept")
    assert [(one.transcripts, one.participants) for one in lints] == [
        (("I1",), ("P01",)),
        (("I2",), ("P01",)),
    ]
    assert "the name of its file" in lints[0].message
    assert "'interviewer'" in lints[1].message
    said = [one.message for one in report.warnings if one.code == "name-kept"]
    assert said == [one.message for one in lints]
    again = bring_in(store, manifest=folder / "m.csv")
    assert not [one for one in again.warnings if one.code == "name-kept"]


def test_organisations_in_several_spellings_are_asked_about(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,,Chair,Ashmere Council,role,2024-03-05,",
        "I02,I02.txt,P02,,Chair,Ashmere Counil,role,2024-03-05,",
        "I03,I03.txt,P03,,Chair,ashmere council,role,2024-03-05,",
        'I04,I04.txt,P04,,Chair,"The Hall,",role,2024-03-05,',
    )
    assert {one.participants for one in found(store, "organisation-spellings")} == {
        ("P01", "P02"),
        ("P01", "P03"),
        ("P02", "P03"),
    }
    assert [one.participants for one in found(store, "stray-signs")] == [("P04",)]


def test_consent_that_came_after_the_words_had_left_is_said(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,,Chair,The Hall,role,2024-03-05,2024-06-02",
        "I02,I02.txt,P02,,Chair,The Hall,role,2024-03-05,2024-03-05",
    )
    shown = {"P01": frozenset({Shown.ROLE}), "P02": frozenset({Shown.NAME})}
    export = Export("e1", "2024-06-01T09:00:00", BY, "m.docx", "docx", Audience.TEAM, "", 3, shown)
    with store.act("export", by=BY, at=tick()) as act:
        act.ensure([records.export_record(export)])

    (late,) = found(store, "consent-after-export")
    assert late.participants == ("P01",)
    assert "m.docx of 1 June 2024" in late.message
    assert [one.participants for one in found(store, "named-earlier")] == [("P02",)]


def test_those_alone_in_role_and_organisation_stand_in_one_question(
    store: Store, folder: Path
) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,,Chair,The Hall,role,2024-03-05,",
        "I02,I02.txt,P02,,Treasurer,The Hall,role-organisation,2024-03-05,",
        "I03,I03.txt,P03,,Officer,Marle,role-organisation,2024-03-05,",
        "I04,I04.txt,P04,,Officer,Marle,anonymous,2024-03-05,",
        "I05,I05.txt,P05,,Nurse,Marle,named,2024-03-05,",
    )
    (one,) = found(store, "alone")
    assert one.participants == ("P01", "P02")
    assert one.question


def test_what_linkage_coarsened_is_said_with_its_reason(store: Store, folder: Path) -> None:
    study(
        store,
        folder,
        "I01,I01.txt,P01,Ama Boateng,Chair,The Hall,named,2024-03-05,",
        "I02,I02.txt,P02,,Treasurer,The Hall,role-organisation,2024-03-05,",
    )
    (one,) = found(store, "linkage")
    assert one.participants == ("P02",)
    assert one.message == (
        "the same organisation and day as P01, named now or earlier: no date is said"
    )
    assert people.show_participant(store, "P02").attribution == "Treasurer, The Hall"


def test_of_the_withheld_nothing_is_asked(store: Store, folder: Path) -> None:
    study(store, folder, 'I01,I01.txt,P01,,Chair,"The Hall,",withheld,2024-03-05,2024-06-02')
    assert not check_participants(store)


def test_a_code_that_is_made_of_the_name_is_said(store: Store) -> None:
    for code, name in (
        ("BT", "Barnaby Thripp"),
        ("tb-2", "Barnaby M. Thripp"),
        ("BMT", "Barnaby Martin Thripp"),
        ("P01", "Pia"),
        ("P02", "Barnaby P. Thripp"),
        ("OW1", "Odalys Wren"),
    ):
        people.set_participant(store, code, {"name": name}, new=True, by=BY, at=tick())
    people.set_participant(store, "OW1", {"attribution": "named"}, by=BY, at=tick())
    said = found(store, "code-of-a-name")
    assert [one.participants for one in said] == [("BMT",), ("BT",), ("tb-2",)]
    assert not any("Thripp" in one.message for one in said)

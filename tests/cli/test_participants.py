from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_the_list_is_a_table(study: Path, qualcode: Person) -> None:
    lines = qualcode("participants", "list").out.splitlines()
    assert lines[0].split()[:3] == ["CODE", "ATTRIBUTION", "PLACE"]
    assert lines[2].split()[:3] == ["P02", "withheld", "Thornwick"]


def test_the_list_for_scripts_has_its_fields(study: Path, qualcode: Person) -> None:
    first = qualcode("participants", "list", "--json").json[0]
    assert first["code"] == "P01"
    assert first["attribution"] == "role"
    assert first["place"] == "Thornwick"
    assert "name" not in first


def test_a_participant_is_shown_with_how_they_are_cited(study: Path, qualcode: Person) -> None:
    out = qualcode("participants", "show", "P01").out
    assert "cited as      Organiser, interviewed March 2024" in out
    assert "name          not at hand" in out
    shown = qualcode("participants", "show", "P01", "--json").json
    assert shown["cited_as"] == "Organiser, interviewed March 2024"
    assert (shown["transcripts"], shown["codings"], shown["has_name"]) == (["P01"], 1, False)


def test_what_is_set_is_known_and_an_empty_value_takes_it_away(
    study: Path, qualcode: Person
) -> None:
    done = qualcode("participants", "set", "P01", "attribution=anonymous", "ward=North", "--json")
    assert done.json["attribution"] == "anonymous"
    assert done.json["attributes"] == {"ward": "North"}
    assert "P01: attribution, ward set" in done.err
    gone = qualcode("participants", "set", "P01", "ward=", "--json")
    assert gone.json["attributes"] == {}


def test_a_name_is_kept_apart_and_never_shown(study: Path, qualcode: Person) -> None:
    done = qualcode("participants", "set", "P01", "name=Ruth Okafor", "--json")
    shown = qualcode("participants", "show", "P01", "--json")
    assert shown.json["has_name"] is True
    for said in (done, shown, qualcode("participants", "list")):
        assert "Okafor" not in said.out + said.err
    assert b"Okafor" not in (study / "fair.qualcode").read_bytes()
    assert b"Okafor" in (study / "fair.identities").read_bytes()


def test_a_table_of_participants_comes_in_once(study: Path, qualcode: Person) -> None:
    table = "participant,place,strand\nP01,Marle,pilot\nP04,Marle,pilot\n"
    (study / "people.csv").write_text(table, encoding="utf-8")
    dry = qualcode("participants", "import", "people.csv", "--dry-run", "--json")
    assert dry.json == {"changed": 2, "unchanged": 0}
    assert len(qualcode("participants", "list", "--json").json) == 3
    done = qualcode("participants", "import", "people.csv")
    assert "2 participants new or changed, 0 unchanged" in done.err
    assert len(qualcode("participants", "list", "--json").json) == 4
    again = qualcode("participants", "import", "people.csv")
    assert again.err == "nothing new: 2 participants are unchanged\n"


def test_slips_are_listed_with_codes_and_counted(study: Path, qualcode: Person) -> None:
    assert qualcode("participants", "set", "P01", "organisation=Borough of Marle,").code == 0
    done = qualcode("participants", "check", "--from", "2024-03-13")
    assert done.code == 0
    assert done.out.splitlines()[0].split() == ["WHO", "WHAT"]
    assert "P01" in done.out
    assert "commas or full stops stray in organisation" in done.out
    assert "12 March 2024 lies outside the fieldwork" in done.out
    assert "3 warnings, 2 questions" in done.err
    said = qualcode("participants", "check", "--json").json
    assert {one["kind"] for one in said} == {
        "stray-signs",
        "organisation-spellings",
        "alone",
        "linkage",
    }
    assert set(said[0]) == {"kind", "participants", "transcripts", "message", "question"}


def test_a_study_without_slips_says_so(study: Path, qualcode: Person) -> None:
    for code in ("P01", "P03"):
        assert qualcode("participants", "set", code, "attribution=anonymous", "role=").code == 0
    for code, name in (("P01", "place"), ("P01", "stakeholder"), ("P03", "stakeholder")):
        assert qualcode("participants", "set", code, f"{name}=").code == 0
    assert qualcode("participants", "set", "P03", "place=").code == 0
    done = qualcode("participants", "check")
    assert (done.out, done.err) == ("", "nothing odd was found\n")


def test_a_day_of_another_form_is_refused(study: Path, qualcode: Person) -> None:
    assert qualcode("participants", "check", "--from", "3/4/2024").code == 2


def test_who_withdraws_leaves_in_nothing_and_can_be_brought_back(
    study: Path, qualcode: Person
) -> None:
    dry = qualcode("participants", "withdraw", "P01", "--dry-run")
    assert "interviews   P01" in dry.out
    assert "(a dry run: nothing was written)" in dry.err
    assert [one["participant"] for one in qualcode("quotes", "--json").json] == ["P01", "P03"]

    done = qualcode("participants", "withdraw", "P01", "--json")
    assert (done.json["codings"], done.json["was"], done.json["erased"]) == (1, "role", False)
    assert "P01 is withheld: nothing of theirs leaves" in done.err
    assert [one["participant"] for one in qualcode("quotes", "--json").json] == ["P03"]
    assert qualcode("--coder", "script", "undo").code == 0
    assert [one["participant"] for one in qualcode("quotes", "--json").json] == ["P01", "P03"]


def test_before_erasing_somebody_is_asked(study: Path, qualcode: Person) -> None:
    refused = qualcode("participants", "withdraw", "P01", "--erase")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert qualcode("participants", "show", "P01").code == 0


def test_who_is_erased_is_gone_and_backups_are_named(study: Path, qualcode: Person) -> None:
    assert qualcode("backup").code == 0
    before = (study / "fair.qualcode").read_bytes()
    assert b"We sell tea" in before
    done = qualcode("participants", "withdraw", "P01", "--erase", "--yes")
    assert done.code == 0
    assert "P01 is erased" in done.err
    assert "no name of P01 is known here" in done.err
    assert "their words still stand in fair.qualcode." in done.err
    assert "stand in transcripts/P01.txt; transcripts/interviews.csv: delete them" in done.err
    assert b"We sell tea" not in (study / "fair.qualcode").read_bytes()
    assert qualcode("participants", "show", "P01").code == 1
    assert qualcode("doctor").code == 0


def test_interviews_with_others_go_with_an_erasure_only(study: Path, qualcode: Person) -> None:
    assert qualcode("participants", "withdraw", "P01", "--with-shared").code == 2

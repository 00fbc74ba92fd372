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

"""Names at the keyboard: shown on stdout of these commands, and nowhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from cli import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


@pytest.fixture
def named(study: Path, qualcode: Person) -> Path:
    """The study with a name behind P01."""
    assert qualcode("participants", "set", "P01", "name=Wanda Fairweather").code == 0
    return study


def test_the_list_shows_names_and_what_stands_for_them(named: Path, qualcode: Person) -> None:
    done = qualcode("names", "add", "Yaw Osei", "--shown", "a trader", "--alias", "Yao")
    assert (done.code, done.out) == (0, "")
    assert "Yaw" not in done.err
    rows = [line.split() for line in qualcode("names", "list").out.splitlines()]
    assert rows[1] == ["Wanda", "Fairweather", "person", "P01", "[P01]"]
    assert rows[2] == ["Yaw", "Osei", "person", "Yao", "[a", "trader]"]
    listed = qualcode("names", "list", "--json").json
    assert listed["names"][1] == {
        "name": "Yaw Osei",
        "kind": "person",
        "aliases": ["Yao"],
        "code": None,
        "shown": "[a trader]",
    }
    assert listed["decisions"] == []


def test_what_may_be_a_name_is_found_and_settled(named: Path, qualcode: Person) -> None:
    found = qualcode("names", "find")
    assert found.code == 0
    assert "Listed nowhere" in found.out
    assert "somebody must read the texts" in found.err
    done = qualcode("names", "settle", "Wonda", "--is", "p01")
    assert (done.code, done.err) == (0, "settled: it is P01's\n")
    (decided,) = qualcode("names", "list", "--json").json["decisions"]
    assert decided.pop("at").startswith("20")
    assert decided == {"form": "Wonda", "verdict": "participant", "of": "P01", "by": "script"}
    assert qualcode("names", "settle", "Wonda", "--undecided").err == "taken back\n"
    assert set(qualcode("names", "find", "--json").json) == {
        "unsettled",
        "identifiers",
        "unknown",
        "names_at_hand",
        "kinds",
    }


def test_a_participant_s_own_name_is_let_out_where_somebody_says_yes(
    named: Path, qualcode: Person
) -> None:
    refused = qualcode("names", "settle", "Fairweather", "--word")
    assert (refused.code, "P01" in refused.err, "--yes" in refused.err) == (1, True, True)
    assert qualcode("names", "list", "--json").json["decisions"] == []
    assert qualcode("names", "settle", "Fairweather", "--word", "--yes").code == 0


def test_what_was_settled_is_listed_where_no_name_is_known(study: Path, qualcode: Person) -> None:
    assert qualcode("names", "settle", "Wonda", "--word").code == 0
    listed = qualcode("names", "list")
    assert listed.err == "no name is known\n"
    assert "Wonda" in listed.out


def test_who_takes_a_name_out_hears_how_many_forms_are_open_again(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("names", "add", "Yaw Osei").code == 0
    assert qualcode("names", "settle", "Yao", "--listed", "Yaw Osei").code == 0
    done = qualcode("names", "remove", "yaw osei", "--json")
    assert done.json == {"removed": "yaw osei", "open_again": ["Yao"]}
    assert "1 form that was settled as it is open again" in done.err
    assert "Yao" not in done.err


def test_a_form_is_one_thing(named: Path, qualcode: Person) -> None:
    for words in ((), ("--word", "--other-person"), ("--is", "P01", "--listed", "Wanda")):
        assert qualcode("names", "settle", "Wonda", *words).code == 2


def test_no_refusal_says_a_name(named: Path, qualcode: Person) -> None:
    for words in (
        ("remove", "Yaw Osei"),
        ("settle", "Wanda Fairweather", "--word"),
        ("settle", "Wonda", "--listed", "Yaw Osei"),
    ):
        done = qualcode("names", *words)
        assert (done.code, done.out) == (1, "")
        assert not any(name in done.err for name in ("Yaw", "Wanda", "Wonda"))


def test_names_are_sealed_and_used_with_the_passphrase_of_the_environment(
    named: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qualcode("names", "seal").code == 2
    monkeypatch.setenv("QUALCODE_PASSPHRASE", "correct horse")
    done = qualcode("names", "seal")
    assert done.code == 0
    assert "fair.identities is sealed" in done.err
    assert "Wanda" in qualcode("names", "list").out

    monkeypatch.delenv("QUALCODE_PASSPHRASE")
    closed = qualcode("names", "list")
    assert (closed.code, closed.out) == (3, "")
    assert "QUALCODE_PASSPHRASE" in closed.err
    assert "sealed" in qualcode("doctor").out
    assert qualcode("quotes").code == 0

    monkeypatch.setenv("QUALCODE_PASSPHRASE", "wrong")
    assert qualcode("names", "unseal").code == 3
    monkeypatch.setenv("QUALCODE_PASSPHRASE", "correct horse")
    assert qualcode("names", "unseal").code == 0
    monkeypatch.delenv("QUALCODE_PASSPHRASE")
    assert "Wanda" in qualcode("names", "list").out


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on Windows")
def test_at_a_terminal_a_new_passphrase_is_asked_for_twice_and_then_once(
    named: Path, home: Path
) -> None:
    new, again, known = "New passphrase", "The same again", "Passphrase"
    slip = [(new, "correct horse\n"), (again, "correct house\n")]
    code, seen = terminal.see(["names", "seal"], named, home, replies=slip)
    assert code == 2
    assert "not the same" in seen
    assert "horse" not in seen
    right = [(new, "correct horse\n"), (again, "correct horse\n")]
    assert terminal.see(["names", "seal"], named, home, replies=right)[0] == 0
    code, seen = terminal.see(
        ["names", "list"], named, home, replies=[(known, "correct horse\n")], data_too=True
    )
    assert code == 0
    assert "Wanda Fairweather" in seen


@pytest.mark.parametrize(
    "words",
    [("names", "find", "P01"), ("names", "list"), ("quotes",), ("search", "grant")],
    ids=" ".join,
)
def test_without_names_at_hand_whatever_shows_words_or_names_says_so(
    words: tuple[str, ...], study: Path, qualcode: Person
) -> None:
    done = qualcode(*words)
    assert done.code == 0
    assert "warning: the names of participants are not at hand" in done.err
    assert "FORM" not in done.out
    assert "SHOWN AS" not in done.out


def test_an_organisation_called_by_a_word_is_listed_until_it_is_settled(
    study: Path, qualcode: Person
) -> None:
    (study / "more.txt").write_text("I: Who?\n\nP09: I went to the Council.\n", encoding="utf-8")
    assert qualcode("import", "more.txt").code == 0
    assert qualcode("participants", "set", "P01", "organisation=The Council").code == 0
    found = qualcode("names", "find")
    assert "An organisation's name and a word: 1 form" in found.out
    assert "qualcode names settle" in found.err

    assert qualcode("names", "settle", "the Council", "--word").code == 0
    assert "An organisation's name" not in qualcode("names", "find").out
    assert "the Council" in qualcode("search", "went").out

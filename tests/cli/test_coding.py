from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.study import GRANT

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


@pytest.fixture(autouse=True)
def _amina(study: Path, qualcode: Person) -> None:
    qualcode("coders", "use", "amina")


def coded(qualcode: Person, code: str) -> list[str]:
    return [one["text"] for one in qualcode("quotes", code, "--json").json]


def test_a_tag_prints_the_words_and_says_the_place(qualcode: Person) -> None:
    done = qualcode("tag", "P01", "bonding", "--quote", "We all came to the fair.")
    assert (done.code, done.out) == (0, "We all came to the fair.\n")
    assert "tagged: P01 ¶2" in done.err
    assert "cohesion/bonding, amina" in done.err
    assert "qualcode quotes cohesion/bonding" in done.err
    assert "fair" not in done.err


def test_a_tag_twice_leaves_one_coding(qualcode: Person) -> None:
    qualcode("tag", "P01", "bonding", "--turn", "2")
    again = qualcode("tag", "P01", "bonding", "--turn", "2", "--json")
    assert again.json["changed"] is False
    assert "was already tagged" in again.err
    assert len(coded(qualcode, "bonding")) == 1


def test_turns_and_spans_are_places(qualcode: Person) -> None:
    turns = qualcode("tag", "P01", "bonding", "--turn", "1-2", "--json").json
    assert turns["text"].startswith("How did the fair begin?")
    assert turns["text"].endswith("the tent leaked.")
    span = qualcode("tag", "P01", "bonding", "--span", "0:7", "--json").json
    assert (span["start"], span["end"], span["text"]) == (0, 7, "How did")


def test_a_sentence_is_the_whole_of_it(qualcode: Person) -> None:
    done = qualcode("tag", "P01", "trading", "--quote", "sell tea", "--sentence", "--json")
    assert done.json["text"] == "We sell tea, and the tea pays for the tent."


def test_words_that_differ_are_found_and_the_likeness_is_said(qualcode: Person) -> None:
    quote = "The grant payed for the tent, and the tent leakt"
    done = qualcode("tag", "P01", "trading", "--quote", quote, "--threshold", "85")
    assert done.code == 0
    assert "alike by" in done.err
    strict = qualcode("tag", "P01", "trading", "--quote", quote, "--threshold", "100")
    assert strict.code == 1


def test_doubt_and_memo_stay_with_the_coding(qualcode: Person) -> None:
    words = ("--quote", "We sell tea", "--doubt", "--memo", "ask ben")
    assert qualcode("tag", "P01", "trading", *words).code == 0
    (one,) = qualcode("quotes", "trading", "--json").json
    assert (one["doubt"], one["memo"]) == (True, "ask ben")


def test_untag_takes_off_ones_own_coding_alone(qualcode: Person) -> None:
    qualcode("--coder", "ben", "tag", "P01", "grant-aid", "--quote", GRANT)
    assert len(coded(qualcode, "grant-aid")) == 3
    done = qualcode("untag", "P01", "grant-aid", "--quote", GRANT)
    assert done.code == 0
    assert "untagged: P01 ¶2" in done.err
    left = qualcode("quotes", "grant-aid", "--json").json
    assert [one["coder"] for one in left] == ["ben", "ben"]


def test_undo_and_redo_are_said(qualcode: Person) -> None:
    qualcode("tag", "P01", "bonding", "--turn", "2")
    assert len(coded(qualcode, "bonding")) == 1
    undone = qualcode("undo", "--json")
    assert undone.json == {"act": "tag", "changed": 1, "file_left": False}
    assert coded(qualcode, "bonding") == []
    again = qualcode("redo")
    assert "done again: tag" in again.err
    assert len(coded(qualcode, "bonding")) == 1


def test_a_table_is_one_act(study: Path, qualcode: Person) -> None:
    rows = "transcript,quote,code,coder,memo,doubt\n"
    rows += "P01,We sell tea,trading,,good one,yes\nP01,Nobody pays.,trading,ben,,\n"
    (study / "codings.csv").write_text(rows, encoding="utf-8")
    dry = qualcode("tag", "--from", "codings.csv", "--dry-run", "--json")
    assert dry.json == {"codings": 2, "unchanged": 0, "memos": 1, "coders": ["amina", "ben"]}
    assert "a dry run" in dry.err
    assert coded(qualcode, "trading") == []
    done = qualcode("tag", "--from", "codings.csv")
    assert "2 new codings, 1 memo by amina, ben" in done.err
    assert len(coded(qualcode, "trading")) == 2
    again = qualcode("tag", "--from", "codings.csv")
    assert "0 new codings by amina, ben; 2 were there already" in again.err
    assert qualcode("undo").code == 0
    assert coded(qualcode, "trading") == []

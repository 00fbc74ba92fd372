from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


@pytest.fixture(autouse=True)
def _amina(study: Path, qualcode: Person) -> None:
    qualcode("coders", "use", "amina")


@pytest.mark.parametrize(
    ("target", "kind", "called"),
    [
        ("project", "project", "project"),
        ("P01", "transcript", "P01"),
        ("P01:0:7", "segment", "P01 ¶1"),
        ("funding", "code", "funding"),
    ],
)
def test_a_memo_is_tied_to_what_was_named(
    target: str, kind: str, called: str, qualcode: Person
) -> None:
    done = qualcode("memos", "add", target, "Ask again", "--type", "query", "--json")
    assert (done.json["type"], done.json["target_kind"]) == ("query", kind)
    (one,) = qualcode("memos", "list", "--json").json
    assert (one["id"], one["target"], one["body"]) == (done.json["id"], called, "Ask again")


def test_a_memo_may_be_on_a_coding(qualcode: Person) -> None:
    coding = qualcode("quotes", "--coder", "amina", "--json").json[0]["coding"]
    qualcode("memos", "add", coding, "Is this aid?")
    assert qualcode("quotes", "--coder", "amina", "--json").json[0]["memo"] == "Is this aid?"


def test_the_list_is_narrowed(qualcode: Person) -> None:
    qualcode("memos", "add", "funding", "one")
    qualcode("--coder", "ben", "memos", "add", "P01", "two", "--type", "decision")

    def bodies(*words: str) -> list[str]:
        return [one["body"] for one in qualcode("memos", "list", *words, "--json").json]

    assert bodies() == ["one", "two"]
    assert bodies("--on", "P01") == ["two"]
    assert bodies("--coder", "amina") == ["one"]
    assert bodies("--type", "decision") == ["two"]


def test_the_list_shows_what_remove_takes(qualcode: Person) -> None:
    qualcode("memos", "add", "funding", "one")
    row = qualcode("memos", "list").out.splitlines()[1].split()
    assert row[2:] == ["note", "amina", "funding", "one"]
    done = qualcode("memos", "remove", row[0], "--json")
    assert done.json["body"] == "one"
    assert qualcode("memos", "list", "--json").json == []
    qualcode("undo")
    assert len(qualcode("memos", "list", "--json").json) == 1

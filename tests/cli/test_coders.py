from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_the_list_counts_the_work(study: Path, qualcode: Person) -> None:
    found = {one["name"]: one for one in qualcode("coders", "list", "--json").json}
    assert (found["amina"]["codings"], found["amina"]["transcripts"]) == (2, 2)
    assert (found["ben"]["codings"], found["ben"]["transcripts"]) == (1, 1)
    shown = qualcode("coders", "list")
    assert shown.out.splitlines()[0].split()[:2] == ["CODER", "CODINGS"]
    assert "qualcode coders use NAME" in shown.err


def test_who_you_are_is_kept(study: Path, qualcode: Person) -> None:
    done = qualcode("coders", "use", "amina", "--json")
    assert done.json == {"coder": "amina", "remembered": True}
    assert "you are amina" in qualcode("coders", "list").err
    qualcode("coders", "use", "ben")
    assert "you are ben" in qualcode("coders", "list").err

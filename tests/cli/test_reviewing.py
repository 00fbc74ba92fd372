"""The command line lists what a correction left without a place, and settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.study import GRANT, P01
from services.correcting import correct
from services.study import tick

from qualcode.store.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

OTHER_WORDS = "The grant was spent on the tent"
NEW = P01.replace(GRANT, OTHER_WORDS).replace("Nobody pays.", "They all do.")
LOST = "Nobody pays."


@pytest.fixture
def corrected(study: Path, qualcode: Person) -> Path:
    """A study with two codings by amina that wait on P01: one proposed, one lost."""
    for code, words in (("grant-aid", GRANT), ("trading", LOST)):
        assert qualcode("--coder", "amina", "tag", "P01", code, "--quote", words).code == 0
    with open_store(str(next(study.glob("*.qualcode")))) as store:
        correct(store, "P01", NEW, by="amina", at=tick())
    return study


def waiting(qualcode: Person) -> dict[str, dict[str, object]]:
    """What waits, by code."""
    return {one["code"]: one for one in qualcode("transcripts", "review", "--json").json}


def test_the_review_shows_old_and_new_words_and_why(corrected: Path, qualcode: Person) -> None:
    shown = qualcode("transcripts", "review", "P01")
    assert shown.code == 0
    assert "P01 ¶2 of version 1  funding/grant-aid  amina" in shown.out
    assert "    old  The grant ‹paid for› the tent\n" in shown.out
    assert "    new  The grant ‹was spent on› the tent\n" in shown.out
    assert "lost: its words are not there any more" in shown.out
    assert "2 codings wait" in shown.err
    assert qualcode("transcripts", "review", "P03").err.startswith("0 codings wait")


def test_the_review_for_scripts_has_its_fields(corrected: Path, qualcode: Person) -> None:
    found = waiting(qualcode)
    assert (
        found["funding/grant-aid"].items()
        >= {
            "transcript": "P01",
            "version": 1,
            "outcome": "check",
            "coder": "amina",
            "old": GRANT,
            "new": OTHER_WORDS,
        }.items()
    )
    assert (
        found["funding/trading"].items()
        >= {"outcome": "lost", "new": None, "start": None, "end": None, "likeness": 0.0}.items()
    )


def test_what_is_accepted_is_in_the_quotes_again(corrected: Path, qualcode: Person) -> None:
    before = qualcode("quotes", "grant-aid", "--where", "place=Thornwick")
    assert "warning: 1 coding on corrected transcripts waits, and is left out" in before.err
    waits = str(waiting(qualcode)["funding/grant-aid"]["id"])
    done = qualcode("--coder", "amina", "transcripts", "settle", waits, "--accept")
    assert done.code == 0
    assert "laid on the corrected words: 1 coding" in done.err
    after = qualcode("quotes", "grant-aid", "--where", "place=Thornwick")
    assert OTHER_WORDS in after.out
    assert "waits" not in after.err


def test_a_place_is_given_by_quoted_words(corrected: Path, qualcode: Person) -> None:
    waits = str(waiting(qualcode)["funding/trading"]["id"])
    done = qualcode(
        "--coder", "amina", "transcripts", "settle", waits, "--quote", "They all do", "--json"
    )
    assert (len(done.json["laid_on"]), done.json["waiting"]) == (1, 1)


def test_all_proposals_are_accepted_or_those_that_are_alike_enough(
    corrected: Path, qualcode: Person
) -> None:
    words = ("--coder", "amina", "transcripts", "settle", "--accept-all", "--json")
    assert qualcode(*words, "--at-least", "99").json["laid_on"] == []
    rehearsed = qualcode(*words, "--dry-run").json
    assert len(waiting(qualcode)) == 2
    assert qualcode(*words).json == rehearsed
    assert list(waiting(qualcode)) == ["funding/trading"]
    assert qualcode("--coder", "amina", "undo").code == 0
    assert len(waiting(qualcode)) == 2


def test_a_dropped_coding_waits_no_longer(corrected: Path, qualcode: Person) -> None:
    waits = str(waiting(qualcode)["funding/trading"]["id"])
    assert qualcode("--coder", "ben", "transcripts", "settle", waits, "--drop").code == 1
    assert qualcode("--coder", "amina", "transcripts", "settle", waits, "--drop").code == 0
    assert list(waiting(qualcode)) == ["funding/grant-aid"]


@pytest.mark.parametrize(
    "words",
    [
        ("id",),
        ("id", "--accept", "--drop"),
        ("id", "--accept-all"),
        ("--accept",),
        ("id", "--accept", "--at-least", "3"),
        ("id", "other", "--span", "0:3"),
    ],
)
def test_settling_asks_for_one_decision(
    corrected: Path, qualcode: Person, words: tuple[str, ...]
) -> None:
    done = qualcode("--coder", "amina", "transcripts", "settle", *words)
    assert done.code == 2
    assert done.out == ""


def test_every_way_out_warns_of_what_waits(corrected: Path, qualcode: Person) -> None:
    listed = qualcode("transcripts", "list")
    assert "WAITING" in listed.out
    assert "2 codings on corrected transcripts wait, and are left out" in listed.err
    made = qualcode("matrix", "--json")
    assert made.json["waiting"] == 2
    assert "2 codings on corrected transcripts wait" in made.err
    (record,) = [t for t in qualcode("transcripts", "list", "--json").json if t["name"] == "P01"]
    assert (record["codings"], record["waiting"]) == (0, 2)


def test_the_memo_of_a_dropped_coding_is_listed_and_settled_like_a_coding(
    corrected: Path, qualcode: Person
) -> None:
    waits, coding = (str(waiting(qualcode)["funding/grant-aid"][one]) for one in ("id", "coding"))
    assert qualcode("--coder", "amina", "memos", "add", coding, "which tent?").code == 0
    assert qualcode("--coder", "amina", "transcripts", "settle", waits, "--drop").code == 0
    shown = qualcode("transcripts", "review")
    assert "P01 ¶2 of version 1  memo  amina" in shown.out
    assert "    memo which tent?" in shown.out
    assert "1 coding waits" in shown.err
    assert "1 memo waits beside" in shown.err

    (memo,) = [one for one in qualcode("transcripts", "review", "--json").json if "memo" in one]
    assert (memo["body"], memo["old"], memo["new"]) == ("which tent?", GRANT, OTHER_WORDS)
    done = qualcode("--coder", "amina", "transcripts", "settle", memo["id"], "--accept")
    assert "settled beside them: 1 memo" in done.err
    assert "memo" not in qualcode("transcripts", "review").out


def test_a_proposal_of_other_words_is_accepted_only_where_that_is_asked_for(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("--coder", "amina", "tag", "P01", "grant-aid", "--quote", GRANT).code == 0
    with open_store(str(next(study.glob("*.qualcode")))) as store:
        correct(
            store, "P01", P01.replace(GRANT, "The band was paid to rent"), by="amina", at=tick()
        )
    likeness = waiting(qualcode)["funding/grant-aid"]["likeness"]
    assert isinstance(likeness, float)
    assert 50 < likeness < 75
    words = ("--coder", "amina", "transcripts", "settle", "--accept-all", "--json")

    assert qualcode(*words).json["laid_on"] == []
    assert len(qualcode(*words, "--at-least", "50").json["laid_on"]) == 1


def test_where_all_is_lost_the_review_names_what_settles_that(
    corrected: Path, qualcode: Person
) -> None:
    assert "transcripts settle ID --accept" in qualcode("transcripts", "review").err
    qualcode("--coder", "amina", "transcripts", "settle", "--accept-all")
    shown = qualcode("transcripts", "review")

    assert "1 coding waits" in shown.err
    assert "--accept" not in shown.err
    assert 'transcripts settle ID --quote "the words now"' in shown.err
    assert "transcripts settle ID --drop" in shown.err


@pytest.mark.parametrize(
    "way", [("--accept",), ("--drop",), ("--span", "0:3"), ("--quote", "We sell tea")]
)
def test_what_was_corrected_again_since_it_was_listed_is_not_settled(
    corrected: Path, qualcode: Person, way: tuple[str, ...]
) -> None:
    listed = qualcode("transcripts", "review", "P01").out
    shown = listed.partition("    id   ")[2].split()[0]
    with open_store(str(next(corrected.glob("*.qualcode")))) as store:
        correct(store, "P01", f"I: Shall we?\n\n{NEW}", by="ben", at=tick())
    before = waiting(qualcode)

    done = qualcode("--coder", "amina", "transcripts", "settle", shown, *way)

    assert (done.code, done.out) == (1, "")
    assert f"something else is proposed since this was listed: '{shown}'" in done.err
    assert "qualcode transcripts review" in done.err
    assert waiting(qualcode) == before
    again = str(before["funding/grant-aid"]["id"])
    assert again != shown
    assert qualcode("--coder", "amina", "transcripts", "settle", again, *way).code == 0
    assert list(waiting(qualcode)) == ["funding/trading"]


def test_what_a_colleague_settled_since_it_was_listed_is_not_settled_again(
    corrected: Path, qualcode: Person
) -> None:
    shown = str(waiting(qualcode)["funding/grant-aid"]["id"])
    theirs = ("--coder", "ben", "transcripts", "settle", shown, "--span", "0:3")
    assert qualcode(*theirs).code == 0
    before = qualcode("quotes", "grant-aid", "--json").out

    done = qualcode("--coder", "amina", "transcripts", "settle", shown, "--accept")

    assert (done.code, done.out) == (1, "")
    assert "waits" in done.err
    assert "qualcode transcripts review" in done.err
    assert qualcode("quotes", "grant-aid", "--json").out == before

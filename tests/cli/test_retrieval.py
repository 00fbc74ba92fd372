from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from cli.study import GRANT, call_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


def test_quotes_are_shown_to_be_read(study: Path, qualcode: Person) -> None:
    done = qualcode("quotes", "funding")
    assert done.code == 0
    assert done.out.splitlines() == [
        "P01 ¶2  funding/grant-aid  amina",
        f"    {GRANT}",
        "    — Organiser, interviewed March 2024",
        "",
        "P03 ¶2 00:00:05  funding/grant-aid  ben  (in doubt)",
        "    The council gives a grant every spring. After that we are on our own.",
        "    — Officer, Borough of Marle, interviewed 14 March 2024",
    ]


def test_what_is_withheld_is_counted_and_not_shown(study: Path, qualcode: Person) -> None:
    for words in (("quotes",), ("quotes", "--json"), ("quotes", "--format", "csv")):
        done = qualcode(*words)
        assert "rather not be quoted" not in done.out + done.err
        assert "1 coding on words of withheld participants is not shown" in done.err
    found = qualcode("search", "grant")
    assert "rather not" not in found.out
    assert found.err.endswith("words of withheld participants are not searched\n")


def test_quotes_for_scripts_have_their_fields(study: Path, qualcode: Person) -> None:
    first, second = qualcode("quotes", "funding", "--format", "json").json
    assert list(first) == [
        "coding", "code", "theme", "coder", "transcript", "participant", "attribution", "turn",
        "speaker", "start", "end", "start_ms", "locator", "text", "before", "after", "memo",
        "doubt", "origin", "version", "number", "edits", "starred",
    ]  # fmt: skip
    assert first["text"] == GRANT
    assert second["start_ms"] == 5000


def test_coder_after_quotes_is_a_filter(study: Path, qualcode: Person) -> None:
    assert {one["coder"] for one in qualcode("quotes", "--json").json} == {"amina", "ben"}
    assert {one["coder"] for one in qualcode("quotes", "--coder", "Ben", "--json").json} == {"ben"}


def test_where_narrows(study: Path, qualcode: Person) -> None:
    found = qualcode("quotes", "--where", "place=marle", "--json").json
    assert [one["transcript"] for one in found] == ["P03"]
    both = ("--where", "place=Marle", "--where", "stakeholder=community")
    assert qualcode("quotes", *both, "--json").json == []


def test_context_is_words_on_either_side(study: Path, qualcode: Person) -> None:
    (one,) = qualcode("quotes", "--coder", "amina", "--context", "3", "--json").json
    assert (one["before"], one["after"]) == ("to the fair.", ", and the")
    assert f"to the fair. [{GRANT}] , and the" in qualcode("quotes", "--context", "3").out


@pytest.mark.parametrize("ending", ["json", "csv", "md", "html"])
def test_a_file_a_dash_and_a_redirection_are_the_same_bytes(
    ending: str, study: Path, home: Path
) -> None:
    call_bytes("quotes", "-o", f"to.{ending}", folder=study, home=home)
    dash = call_bytes("quotes", "-o", "-", "--format", ending, folder=study, home=home)
    piped = call_bytes("quotes", "--format", ending, folder=study, home=home)
    written = (study / f"to.{ending}").read_bytes()
    assert GRANT.encode() in written
    assert written == dash == piped


def test_the_ending_of_the_file_says_the_format(study: Path, qualcode: Person) -> None:
    done = qualcode("quotes", "-o", "q.csv")
    assert (done.code, done.out) == (0, "")
    assert "q.csv: 2 codings" in done.err
    text = (study / "q.csv").read_text(encoding="utf-8")
    assert next(row["text"] for row in csv.DictReader(io.StringIO(text))) == GRANT
    qualcode("quotes", "-o", "q.txt", "--format", "json")
    assert len(json.loads((study / "q.txt").read_text(encoding="utf-8"))) == 2


def test_a_search_shows_the_word_in_its_column(study: Path, qualcode: Person) -> None:
    done = qualcode("search", "tent", "--speaker-role", "participant")
    lines = done.out.splitlines()
    assert len(lines) == 3
    assert len({line.index("[tent]") for line in lines}) == 1
    assert all(len(line) <= 100 for line in lines)
    assert "3 places" in done.err


def test_a_search_for_scripts_has_its_fields(study: Path, qualcode: Person) -> None:
    (hit,) = qualcode("search", '"council gives"', "--json", "--width", "7").json
    assert hit["text"] == "council gives"
    assert hit["locator"] == "P03 ¶2 00:00:05"
    assert len(hit["left"]) <= 7
    assert len(hit["right"]) <= 7


def test_a_search_by_role_leaves_the_others_out(study: Path, qualcode: Person) -> None:
    assert len(qualcode("search", "fair", "--json").json) == 2
    (hit,) = qualcode("search", "fair", "--speaker-role", "interviewer", "--json").json
    assert hit["turn"] == 1


def test_a_search_may_be_narrowed(study: Path, qualcode: Person) -> None:
    found = qualcode("search", "grant", "--where", "place=Marle", "--json").json
    assert [one["transcript"] for one in found] == ["P03"]


def test_a_search_that_finds_nothing_is_no_failure(study: Path, qualcode: Person) -> None:
    done = qualcode("search", "zebra")
    said = "0 places\nwords of withheld participants are not searched\n"
    assert (done.code, done.out, done.err) == (0, "", said)

"""`qualcode summaries`: written in words, from files and tables, checked, shown, taken away."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli import terminal
from cli.study import Outcome, call_bytes

if TYPE_CHECKING:
    from cli.conftest import Person

CELL = ("--case", "P01", "--theme", "funding")


@pytest.fixture(autouse=True)
def _on_the_study(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_CODER", "amina")
    assert Path.cwd() == study


def test_it_is_written_checked_shown_and_taken_away(qualcode: Person) -> None:
    written = qualcode("summaries", "set", *CELL, "One grant, for a tent.", "--json").json
    assert (written["text"], written["status"]) == ("One grant, for a tent.", "draft")
    checked = qualcode("--coder", "ben", "summaries", "status", "checked", *CELL, "--json").json
    assert (checked["author"], checked["changed_by"]) == ("amina", "ben")
    assert qualcode("summaries", "list", "--json").json == [checked]
    shown = qualcode("summaries", "show", *CELL).out
    assert "One grant, for a tent." in shown
    assert "The grant paid for the tent" in shown
    assert qualcode("summaries", "remove", *CELL).code == 0
    long = "A word after another. " * 400
    assert qualcode("summaries", "set", *CELL, long).code == 0
    listed = qualcode("summaries", "list").out
    assert "[…]" in listed
    assert listed.count("another") < 20
    assert qualcode("summaries", "show", *CELL).out.count("another") == 400
    assert qualcode("summaries", "remove", *CELL).code == 0
    gone = qualcode("summaries", "show", *CELL)
    assert (gone.code, gone.out) == (1, "")
    assert "no summary" in gone.err


def test_a_list_tells_a_participant_from_an_interview_that_is_called_the_same(
    qualcode: Person,
) -> None:
    for rows in ("participant", "transcript"):
        assert qualcode("summaries", "set", *CELL, "--rows", rows, "One.").code == 0
    listed = qualcode("summaries", "list").out
    assert "P01 (participant)" in listed
    assert "P01 (transcript)" in listed


def test_a_file_holds_the_words_of_one_or_a_table_those_of_many(
    study: Path, qualcode: Person
) -> None:
    (study / "one.txt").write_text("Words\nof one.\n", encoding="utf-8")
    one = qualcode("summaries", "set", *CELL, "--from", "one.txt", "--json").json
    assert one["text"] == "Words\nof one."
    table = "case,theme,text,status\nP03,funding,From a table.,final\n"
    (study / "many.csv").write_text(table, encoding="utf-8")
    tried = qualcode("summaries", "set", "--from", "many.csv", "--dry-run", "--json")
    assert tried.json == {"written": 1, "unchanged": 0}
    assert len(qualcode("summaries", "list", "--json").json) == 1
    assert qualcode("summaries", "set", "--from", "many.csv").code == 0
    assert len(qualcode("summaries", "list", "--json").json) == 2


def test_without_words_and_a_terminal_it_is_refused(qualcode: Person) -> None:
    done = qualcode("summaries", "set", *CELL)
    assert done.code == 2
    assert "TEXT" in done.err


def test_a_withheld_case_is_refused_by_consent(qualcode: Person) -> None:
    done = qualcode("summaries", "set", "--case", "P02", "--theme", "funding", "Something.")
    assert (done.code, done.out) == (4, "")


def test_the_matrix_holds_them_as_scripts_read_it(qualcode: Person) -> None:
    qualcode("summaries", "set", *CELL, "One grant.")
    both = qualcode("matrix", "--json", "--cells", "both").json
    cell = both["cells"][[row["key"] for row in both["rows"]].index("P01")][0]
    assert (cell["summary"], len(cell["quotes"])) == ("One grant. (draft)", 1)
    text = qualcode("matrix", "-o", "-", "--format", "csv", "--cells", "summary").out
    rows = list(csv.DictReader(io.StringIO(text)))
    of_p01 = next(row for row in rows if row["row"] == "P01")
    assert (of_p01["summary"], of_p01["quotes"]) == ("One grant. (draft)", "")


def test_with_summaries_alone_quotations_are_places_without_words(
    study: Path, home: Path, qualcode: Person
) -> None:
    qualcode("summaries", "set", *CELL, "One grant.")

    def page(cells: str) -> str:
        call_bytes("matrix", "-o", "m.md", "--cells", cells, folder=study, home=home)
        return (study / "m.md").read_text(encoding="utf-8")

    assert "One grant. (draft)" in page("both")
    assert "The grant paid for the tent" in page("both")
    assert "One grant. (draft)" in page("summary")
    assert "The grant paid for the tent" not in page("summary")
    assert "P01 ¶2" in page("summary")


@pytest.mark.parametrize("format_", ["docx", "html", "xlsx"])
def test_every_document_holds_them(format_: str, study: Path, qualcode: Person) -> None:
    def written(cells: str) -> str:
        done = qualcode("matrix", "-o", f"m.{format_}", "--cells", cells)
        assert done.code == 0, done.err
        data = (study / f"m.{format_}").read_bytes()
        if not data.startswith(b"PK"):
            return data.decode()
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())

    qualcode("summaries", "set", *CELL, "One grant.")
    assert "One grant. (draft)" not in written("quotes")
    assert "One grant. (draft)" in written("both")
    assert "One grant. (draft)" in written("summary")


def test_what_was_not_asked_is_said_and_taken_back(qualcode: Person) -> None:
    def reason() -> object:
        found = qualcode("matrix", "--json").json
        at = [row["key"] for row in found["rows"]].index("P01")
        return found["cells"][at][1]["empty_reason"]

    assert reason() == "asked, nothing coded"
    done = qualcode("transcripts", "set", "P01", "--not-asked", "cohesion")
    assert done.code == 0
    assert reason() == "not asked"
    assert qualcode("transcripts", "show", "P01", "--json").json["not_asked"] == ["cohesion"]
    qualcode("transcripts", "set", "P01", "--asked", "cohesion")
    assert reason() == "asked, nothing coded"
    assert qualcode("transcripts", "set", "P01").code == 2


def test_a_manifest_says_what_was_not_asked(study: Path, qualcode: Person) -> None:
    table = "interview_id,file,participant,not_asked\nP01,P01.txt,P01,cohesion; trading\n"
    (study / "transcripts" / "asked.csv").write_text(table, encoding="utf-8")
    done = qualcode("import", "--manifest", "transcripts/asked.csv")
    assert done.code == 0, done.err
    known = qualcode("transcripts", "show", "P01", "--json").json
    assert known["not_asked"] == ["funding/trading", "cohesion"]
    assert "not_asked" not in known["attributes"]


def test_cells_that_wait_for_words_are_listed(qualcode: Person) -> None:
    every = qualcode("summaries", "list", "--to-do", "--json").json
    waiting = [(one["case"], one["theme"]) for one in every]
    assert ("P01", "funding") in waiting
    qualcode("summaries", "set", *CELL, "One grant.")
    after = qualcode("summaries", "list", "--to-do", "--json").json
    assert [(one["case"], one["theme"]) for one in after] == [
        one for one in waiting if one != ("P01", "funding")
    ]
    shown = qualcode("summaries", "list", "--to-do", "--case", "P03")
    assert shown.out.splitlines()[0].split() == ["CASE", "THEME", "PASSAGES", "NEW", "SUMMARY"]
    assert "qualcode summaries write P03" in shown.err
    assert qualcode("summaries", "list", "--to-do", "--status", "draft").code == 2
    assert qualcode("summaries", "list", "--rows", "place").code == 2


def test_a_link_is_put_and_taken_off_and_the_words_stay(qualcode: Person) -> None:
    passages = qualcode("quotes", "--where", "participant=P01", "--json").json
    coding = next(one["coding"] for one in passages if one["code"].startswith("funding"))
    linked = qualcode("summaries", "set", *CELL, "One grant.", "--link", coding, "--json").json
    assert len(linked["links"]) == 1
    bare = qualcode("summaries", "set", *CELL, "--unlink", coding, "--json").json
    assert (bare["links"], bare["text"]) == ([], "One grant.")
    back = qualcode("summaries", "set", *CELL, "--link", coding, "--json").json
    assert (back["links"], back["text"]) == (linked["links"], "One grant.")
    qualcode("summaries", "set", *CELL, "--unlink", coding)
    again = qualcode("summaries", "set", *CELL, "--unlink", coding)
    assert again.code == 2
    assert "not linked" in again.err


def test_a_coder_called_as_somebody_unnamed_is_numbered(qualcode: Person) -> None:
    qualcode("participants", "set", "P01", "name=Ottoline Brack", "attribution=role")
    by = ("--coder", "Ottoline Brack")
    for words in (
        ("summaries", "set", *CELL, "One grant."),
        ("summaries", "list"),
        ("summaries", "list", "--json"),
        ("summaries", "show", *CELL),
        ("summaries", "status", "final", *CELL, "--json"),
        ("summaries", "remove", *CELL, "--json"),
    ):
        done = qualcode(*by, *words)
        assert done.code == 0, done.err
        assert "brack" not in done.out.lower(), words
    written = qualcode(*by, "summaries", "set", *CELL, "Two.", "--json").json
    assert written["author"] == written["changed_by"] == "coder 3"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is POSIX")
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("true", "First."),
        ("echo 'First. More.' > \"$1\"", "First. More."),
        (
            "qualcode --coder maya summaries set --case P01 --theme funding 'Hours of work.'\n"
            "echo 'First. More.' > \"$1\"",
            "Hours of work.\n\nFirst. More.",
        ),
    ],
    ids=["left without saving", "written on", "while another wrote"],
)
def test_the_editor_begins_with_what_stands_there_and_writes_over_nobodys_words(
    script: str, expected: str, study: Path, home: Path, qualcode: Person
) -> None:
    qualcode("summaries", "set", *CELL, "First.")
    program = f"{sys.executable} -m qualcode"
    editor = study / "editor.sh"
    editor.write_text(f"{script.replace('qualcode', program)}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VISUAL", f"sh {editor}")
        code, seen = terminal.see(["--coder", "amina", "summaries", "set", *CELL], study, home)
    assert code == 0, seen
    assert qualcode("summaries", "show", *CELL, "--json").json["text"] == expected
    assert ("nothing was changed" in seen) is (expected == "First.")
    assert ("both stand here now" in seen) is ("Hours" in expected)


# -- in the terminal ------------------------------------------------------------------------------


def lines(qualcode: Person, monkeypatch: pytest.MonkeyPatch, text: str, *words: str) -> Outcome:
    """`qualcode summaries write … --plain` with lines through a pipe."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    return qualcode("summaries", "write", *words, "--plain")


def test_summaries_are_written_in_lines(qualcode: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    done = lines(qualcode, monkeypatch, "write One grant.\nlink 1\nchecked\n", "P01", "funding")
    assert done.code == 0
    assert "The grant paid for the tent" in done.out
    assert done.out.splitlines()[-1] == "checked now"
    shown = qualcode("summaries", "list", "--json").json
    assert [(one["case"], one["theme"], one["status"]) for one in shown] == [
        ("P01", "funding", "checked")
    ]
    assert shown[0]["text"].startswith("One grant. [P01 ¶")
    assert len(shown[0]["links"]) == 1
    assert "qualcode summaries list" in done.err


def test_a_line_that_cannot_be_done_is_said_with_its_number(
    qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = lines(qualcode, monkeypatch, "link 99\nwrite One.\n", "P01", "funding")
    assert done.code == 1
    assert "line 1: " in done.err
    assert qualcode("summaries", "list", "--json").json[0]["text"] == "One."


def test_a_cell_that_is_not_there_is_said_before_anything_is_drawn(
    qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (("P99", "funding"), ("P01", "nothing-such")):
        done = lines(qualcode, monkeypatch, "", *words)
        assert (done.code, done.out) == (1, "")
    undrawn = qualcode("summaries", "write")
    assert undrawn.code == 2
    assert "qualcode summaries write --plain" in undrawn.err


def test_summaries_of_codes_that_became_one_are_both_shown_until_one_is_set(
    qualcode: Person,
) -> None:
    case = ("--case", "P01", "--theme")
    assert qualcode("summaries", "set", *case, "grant-aid", "A grant, once.").code == 0
    assert qualcode("summaries", "set", *case, "trading", "Cake, mostly.").code == 0
    assert qualcode("codebook", "merge", "grant-aid", "trading").code == 0

    listed = qualcode("summaries", "list")
    assert "2 wordings" in listed.out
    assert "1 summary in several wordings, written apart" in listed.err
    shown = qualcode("summaries", "show", *case, "trading").out
    assert "Cake, mostly." in shown
    assert "amina wrote" in shown
    assert "A grant, once." in shown
    (one,) = qualcode("summaries", "list", "--json").json
    assert [other["text"] for other in one["others"]] == ["A grant, once."]

    settled = qualcode("summaries", "set", *case, "trading", "A grant, and cake.", "--json").json
    assert settled["others"] == []
    assert "wordings" not in qualcode("summaries", "list").out


def test_the_summary_of_a_place_that_is_none_any_more_is_found_and_taken_away(
    qualcode: Person,
) -> None:
    cell = ("--case", "Marle", "--theme", "funding", "--rows", "place")
    assert qualcode("summaries", "set", *cell, "A grant, once.").code == 0
    assert qualcode("participants", "set", "P03", "place=Marle Green").code == 0
    assert "no such case now" in qualcode("summaries", "list").out
    assert qualcode("summaries", "show", *cell, "--json").json["gone"] is True
    assert qualcode("summaries", "set", *cell, "Two.").code == 1
    assert qualcode("summaries", "remove", *cell).code == 0
    assert qualcode("summaries", "list", "--json").json == []

"""`qualcode summaries`: written in words, from files and tables, checked, shown, taken away."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.study import call_bytes

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
    gone = qualcode("summaries", "show", *CELL)
    assert (gone.code, gone.out) == (1, "")
    assert "no summary" in gone.err


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

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


@pytest.fixture
def fresh(study: Path) -> Path:
    """A file that is not in the project yet."""
    file = study / "P04.txt"
    file.write_text("Interviewer: And you?\n\nP04: I bake for the fair.\n", encoding="utf-8")
    return file


@pytest.fixture
def broken(study: Path) -> Path:
    """A file that cannot come in."""
    file = study / "P05.txt"
    file.write_bytes(b"")
    return file


def names(qualcode: Person) -> list[str]:
    return [one["name"] for one in qualcode("transcripts", "list", "--json").json]


@pytest.mark.parametrize(
    ("file", "content", "place"),
    [
        ("odd.rtf", r"{\rtf1 I: So?\par R: Yes.\par I:\par R: No.\par}", "paragraph 3"),
        ("odd.txt", "I: So?\nR: Yes.\nI:\nR: No.\n", "line 3"),
    ],
)
def test_a_warning_counts_what_its_file_has(
    file: str, content: str, place: str, study: Path, qualcode: Person
) -> None:
    (study / file).write_text(content, encoding="ascii")
    out = qualcode("import", file).out
    assert f"warning: {place}: a speaker label has no words after it" in out


def test_an_import_tells_of_each_file(fresh: Path, qualcode: Person) -> None:
    done = qualcode("import", "P04.txt")
    assert done.code == 0
    assert "P04  P04.txt (text, utf-8)" in done.out
    assert "2 turns" in done.out
    assert "Interviewer: interviewer, 1 turn" in done.out
    assert "no times" in done.out
    assert "1 transcript imported" in done.err
    assert "qualcode transcripts list" in done.err


def test_times_are_told_first_to_last(study: Path, qualcode: Person) -> None:
    source = (study / "transcripts" / "P03.vtt").read_text(encoding="utf-8")
    (study / "P06.vtt").write_text(source.replace("spring", "autumn"), encoding="utf-8")
    done = qualcode("import", "P06.vtt")
    assert done.code == 0
    assert "00:00:01 to 00:01:14" in done.out


def test_importing_twice_changes_nothing_and_says_so(study: Path, qualcode: Person) -> None:
    done = qualcode("import", "--manifest", "transcripts/interviews.csv")
    assert (done.code, done.out) == (0, "")
    assert done.err == "nothing new: 3 transcripts are unchanged\n"


def test_a_folder_without_transcripts_is_said_to_be_so(study: Path, qualcode: Person) -> None:
    (study / "empty").mkdir()
    done = qualcode("import", "empty")
    assert (done.code, done.out) == (0, "")
    assert done.err == "nothing was imported: there is no transcript in what was given\n"


def test_the_report_for_scripts_has_its_fields(fresh: Path, qualcode: Person) -> None:
    report = qualcode("import", "P04.txt", "transcripts/P01.txt", "--json").json
    assert {"imported", "unchanged", "revised", "rejected", "warnings", "transcripts"} <= set(
        report
    )
    assert (report["imported"], report["unchanged"], report["revised"]) == (1, 1, 0)
    one = next(t for t in report["transcripts"] if t["name"] == "P04")
    assert one["speakers"][0] == {
        "label": "Interviewer",
        "role": "interviewer",
        "participant": None,
        "turns": 1,
        "spellings": [],
    }


def test_a_failed_import_leaves_stdout_empty(fresh: Path, broken: Path, qualcode: Person) -> None:
    before = names(qualcode)
    done = qualcode("import", "P04.txt", "P05.txt")
    assert (done.code, done.out) == (1, "")
    assert "P05.txt: the file is empty" in done.err
    assert "nothing was imported: 1 file cannot come in" in done.err
    assert names(qualcode) == before


def test_a_failed_import_still_prints_its_json(fresh: Path, broken: Path, qualcode: Person) -> None:
    done = qualcode("import", "P04.txt", "P05.txt", "--json")
    assert done.code == 1
    assert done.json["imported"] == 0
    assert done.json["written"] is False
    (rejected,) = done.json["rejected"]
    assert rejected["file"] == "P05.txt"
    assert "the file is empty" in rejected["error"]


def test_keep_going_brings_in_what_can_be_read(fresh: Path, broken: Path, qualcode: Person) -> None:
    done = qualcode("import", "P04.txt", "P05.txt", "--keep-going")
    assert done.code == 1
    assert "P04" in done.out
    assert "1 transcript imported, 1 file left out" in done.err
    assert "P04" in names(qualcode)


def test_a_dry_run_tells_the_same_and_writes_nothing(fresh: Path, qualcode: Person) -> None:
    dry = qualcode("import", "P04.txt", "--dry-run")
    assert "a dry run: nothing was written" in dry.err
    assert "P04" not in names(qualcode)
    real = qualcode("import", "P04.txt")
    assert real.out == dry.out
    assert "P04" in names(qualcode)


def test_a_warning_names_its_line(study: Path, qualcode: Person) -> None:
    rows = "interview_id,file,participant\nP01,transcripts/P01.txt,P01\nP07,P07.txt,P77\n"
    (study / "more.csv").write_text(rows, encoding="utf-8")
    words = "Anna: We met.\n\nBela: We did.\n\nAnna: Often.\n"
    (study / "P07.txt").write_text(words, encoding="utf-8")
    done = qualcode("import", "--manifest", "more.csv")
    assert done.code == 0
    assert "    warning: line 3: " in done.out


def test_encoding_and_format_are_taken_at_their_word(study: Path, qualcode: Person) -> None:
    (study / "P08.txt").write_bytes("P08: Café and fête.\n".encode("cp1252"))
    told = qualcode("import", "P08.txt", "--encoding", "utf-8")
    assert told.code == 1
    assert "not valid utf-8" in told.err
    done = qualcode("import", "P08.txt", "--encoding", "cp1252", "--format", "text", "--json")
    assert done.json["transcripts"][0]["encoding"] == "cp1252"


def test_a_date_is_read_in_the_order_that_is_given(study: Path, qualcode: Person) -> None:
    (study / "P09.txt").write_text("P09: Fine.\n", encoding="utf-8")
    rows = "interview_id,file,participant,date\nP09,P09.txt,P09,03/04/2024\n"
    (study / "dated.csv").write_text(rows, encoding="utf-8")
    assert qualcode("import", "--manifest", "dated.csv").code == 1
    done = qualcode("import", "--manifest", "dated.csv", "--date-order", "dmy", "--json")
    assert done.json["transcripts"][0]["interviewed"] == "2024-04-03"

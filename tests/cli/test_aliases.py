"""Speakers under several labels: proposed, accepted one by one or from a table, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

SLIPPED = "Chercheur: Et alors ?\n\nAma: La fête.\n\nChecheur: Puis ?\n\nAma: On dansait.\n"
PROPOSED = {
    "transcript": "P04",
    "label": "Checheur",
    "same_as": "Chercheur",
    "likeness": 94.1,
}


def write(study: Path, *, aliases: str = "") -> None:
    (study / "transcripts" / "P04.txt").write_text(SLIPPED, encoding="utf-8")
    (study / "aliases.csv").write_text(aliases, encoding="utf-8")


def test_an_import_proposes_what_looks_like_one_speaker_and_changes_nothing(
    study: Path, qualcode: Person
) -> None:
    write(study)
    done = qualcode("import", "transcripts/P04.txt")

    assert done.code == 0
    assert "P04: Checheur may be Chercheur (94 of 100)" in done.out
    assert "Checheur" not in done.err
    shown = qualcode("transcripts", "show", "P04", "--json").json
    assert [s["label"] for s in shown["speakers"]] == ["Chercheur", "Ama", "Checheur"]


def test_proposals_for_scripts_are_in_the_report_and_on_demand(
    study: Path, qualcode: Person
) -> None:
    write(study)

    assert qualcode("import", "transcripts/P04.txt", "--json").json["suggestions"] == [PROPOSED]
    assert qualcode("transcripts", "aliases", "--json").json == [PROPOSED]
    assert qualcode("transcripts", "aliases", "P01", "--json").json == []
    assert "Checheur  Chercheur        94" in qualcode("transcripts", "aliases").out
    none = qualcode("transcripts", "aliases", "P01")
    assert (none.out, none.err) == ("", "no label looks like another spelling\n")


def test_a_proposal_is_accepted_and_taken_back(study: Path, qualcode: Person) -> None:
    write(study)
    qualcode("import", "transcripts/P04.txt")
    said = ("transcripts", "speaker", "P04", "Checheur", "--same-as")

    accepted = qualcode(*said, "Chercheur", "--json")
    assert accepted.json["same_as"] == "Chercheur"
    out = qualcode("transcripts", "show", "P04", "--turns").out
    assert "Chercheur (interviewer, also Checheur)" in out
    assert out.count("  Chercheur\n") == 2
    assert qualcode("transcripts", "aliases", "--json").json == []

    assert qualcode(*said, "").code == 0
    assert qualcode("transcripts", "aliases", "--json").json == [PROPOSED]


def test_a_table_of_spellings_is_applied_in_the_import_and_once(
    study: Path, qualcode: Person
) -> None:
    write(study, aliases="label,same_as\nChecheur,Chercheur\n")
    words = ("import", "transcripts", "--aliases", "aliases.csv", "--json")
    first = qualcode(*words).json

    assert (first["imported"], first["suggestions"]) == (1, [])
    (shown,) = (one for one in first["transcripts"] if one["name"] == "P04")
    assert [(s["label"], s["turns"], s["spellings"]) for s in shown["speakers"]] == [
        ("Chercheur", 2, ["Checheur"]),
        ("Ama", 2, []),
    ]
    assert "nothing new" in qualcode(*words[:-1]).err
    qualcode("--coder", "script", "undo")
    names = [one["name"] for one in qualcode("transcripts", "list", "--json").json]
    assert names == ["P01", "P02", "P03"]


def test_tables_that_lie_beside_the_transcripts_are_no_transcripts(
    study: Path, qualcode: Person
) -> None:
    write(study)
    table = study / "transcripts" / "aliases.csv"
    table.write_text("label,same_as\nChecheur,Chercheur\n")
    book = openpyxl.Workbook()
    for row in (["file", "participant"], ["P04.txt", "P04"]):
        book.worksheets[0].append(row)
    manifest = study / "transcripts" / "interviews.xlsx"
    book.save(manifest)
    done = qualcode("import", "transcripts", "--manifest", str(manifest), "--aliases", str(table))

    assert done.code == 0, done.err
    shown = qualcode("transcripts", "show", "P04", "--json").json
    assert [s["label"] for s in shown["speakers"]] == ["Chercheur", "Ama"]
    assert "P04" in {one["code"] for one in qualcode("participants", "list", "--json").json}


def test_a_table_of_spellings_may_come_alone(study: Path, qualcode: Person) -> None:
    write(study, aliases="label,same_as\nP01,P02\n")
    words = ("import", "--aliases", "aliases.csv")
    said = "no new words: what the tables given say was written"

    rehearsed = qualcode(*words, "--dry-run").err
    assert f"{said} (a dry run: nothing was written)" in rehearsed
    assert qualcode(*words).err.startswith(f"{said}\n")
    shown = qualcode("transcripts", "show", "P01", "--json").json
    assert [s["label"] for s in shown["speakers"]] == ["Interviewer", "P02"]
    assert qualcode(*words).code == 0


def test_a_speaker_of_the_manifest_whom_no_label_has_is_joined_by_a_table_of_spellings(
    study: Path, qualcode: Person
) -> None:
    write(study)
    text = SLIPPED.replace("Ama:", "Ama Boatng:")
    (study / "transcripts" / "P04.txt").write_text(text, encoding="utf-8")
    manifest = study / "transcripts" / "more.csv"
    manifest.write_text("file,participant,speaker\nP04.txt,P04,Ama Boateng\n")
    done = qualcode("import", "--manifest", str(manifest))

    assert done.code == 1
    assert "more.csv:2: speaker: the transcript has no such label" in done.err
    assert "nearly the same: copy it from the file" in done.err
    assert "Boat" not in done.err
    spellings = study / "aliases.csv"
    spellings.write_text("label,same_as\nAma Boatng,Ama Boateng\n")
    assert qualcode("import", "--manifest", str(manifest), "--aliases", str(spellings)).code == 0
    shown = qualcode("transcripts", "show", "P04", "--json").json
    assert ("Ama Boateng", "P04") in {(s["label"], s["participant"]) for s in shown["speakers"]}


def test_a_row_whose_label_nobody_has_is_refused_beside_one_whose_label_is_there(
    study: Path, qualcode: Person
) -> None:
    text = SLIPPED.replace("Ama:", "Hanna Boateng:")
    (study / "transcripts" / "P04.txt").write_text(text, encoding="utf-8")
    manifest = study / "transcripts" / "more.csv"
    manifest.write_text(
        "interview_id,file,participant,speaker\n"
        "P04,P04.txt,P04,Hanna Boateng\nP04,P04.txt,P05,Anna Boateng\n"
    )
    done = qualcode("import", "--manifest", str(manifest), "--json")

    assert done.code == 1
    assert "more.csv:3: speaker: the transcript has no such label" in done.err
    assert "more.csv:2" not in done.err
    assert "P04" not in {one["name"] for one in qualcode("transcripts", "list", "--json").json}


def test_the_table_of_proposals_is_one_that_an_import_takes(study: Path, qualcode: Person) -> None:
    write(study)
    qualcode("import", "transcripts")
    table = qualcode("transcripts", "aliases", "--csv").out
    assert table == "label,same_as,transcript,likeness\nChecheur,Chercheur,P04,94.1\n"
    (study / "aliases.csv").write_text(table, encoding="utf-8")

    assert qualcode("import", "transcripts", "--aliases", "aliases.csv").code == 0
    assert qualcode("transcripts", "aliases", "--json").json == []


def test_a_table_with_mistakes_stops_the_import_and_names_every_line(
    study: Path, qualcode: Person
) -> None:
    write(study, aliases="label,same_as,transcript\nNobody,Ama,\nAma,Bea,P99\n")
    done = qualcode("import", "transcripts", "--aliases", "aliases.csv")

    assert (done.code, done.out) == (1, "")
    assert "aliases.csv:2: label: no transcript has it" in done.err
    assert "aliases.csv:3: no transcript is called 'P99'" in done.err
    assert len(qualcode("transcripts", "list", "--json").json) == 3


def test_a_dry_run_tells_what_a_table_would_do(study: Path, qualcode: Person) -> None:
    write(study, aliases="label,same_as\nP01,P02\n")
    words = ("import", "transcripts", "--aliases", "aliases.csv", "--dry-run")

    assert qualcode(*words).code == 0
    shown = qualcode("transcripts", "show", "P01", "--json").json
    assert [s["label"] for s in shown["speakers"]] == ["Interviewer", "P01"]


def test_a_spelling_stands_alone_and_something_must_be_said(study: Path, qualcode: Person) -> None:
    said = ("transcripts", "speaker", "P01", "P01")

    assert qualcode(*said).code == 2
    assert qualcode(*said, "--same-as", "Interviewer", "--role", "other").code == 2

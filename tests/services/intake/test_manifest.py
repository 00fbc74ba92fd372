"""The manifest: what its columns mean, and every mistake in it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qualcode import errors
from qualcode.model.people import Attribution
from qualcode.services.intake.manifest import (
    Manifest,
    looks_like_a_manifest,
    read_manifest,
    read_people,
)

ROOT = Path(__file__).parents[3]
FAULTS = ROOT.parent / "shared" / "corpus" / "made" / "bulk" / "bulk_faults.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three transcripts, beside one that does not belong to it."""
    place = tmp_path / "study"
    place.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (place / name).write_text("I: Hello?\n\nP: Hello.\n")
    for name in ("outside.txt", "linked.txt", "absolute.txt"):
        (tmp_path / name).write_text("I: Hello?\n\nP: Hello.\n")
    return place


def manifest_of(folder: Path, text: str, *, date_order: str | None = None) -> Manifest:
    path = folder / "interviews.csv"
    path.write_text(text, encoding="utf-8")
    return read_manifest(path, date_order=date_order)


def problems_of(folder: Path, text: str, *, date_order: str | None = None) -> list[str]:
    """What is said of a manifest, each with its line and without the folder."""
    with pytest.raises(errors.SeveralErrors) as caught:
        manifest_of(folder, text, date_order=date_order)
    return [str(error).replace(f"{folder}/interviews.csv", "") for error in caught.value.errors]


def test_every_column_says_what_it_means(folder: Path) -> None:
    row = manifest_of(
        folder,
        "Interview_ID,File,Participant,Name,Aliases,Email,Phone,Pseudonym,Organisation,Role,"
        "Stakeholder,Place,Date,Language,Interviewer,Strand,Attribution,Consent Date,Recording,"
        "Notes,Speaker,Ward\n"
        "INT-1,a.txt,P07,Ama Boateng,Ama; Auntie A,a@example.org,0123,Efua,The Hall,Chair,"
        "local VCS,Thornwick,2024-03-12,en-GB,Dina Okafor,case study,Role Organisation,"
        "2024-03-11,rec.m4a,quiet room,P7,North\n",
    ).rows[0]

    assert (row.line, row.interview, row.file) == (2, "INT-1", folder / "a.txt")
    assert (row.participant, row.speaker, row.pseudonym) == ("P07", "P7", "Efua")
    assert (row.name, row.aliases) == ("Ama Boateng", ("Ama", "Auntie A"))
    assert row.contacts == "a@example.org; 0123"
    assert (row.role, row.organisation, row.place) == ("Chair", "The Hall", "Thornwick")
    assert (row.stakeholder, row.attribution) == ("local VCS", Attribution.ROLE_ORGANISATION)
    assert (row.date, row.consent_date, row.language) == ("2024-03-12", "2024-03-11", "en-GB")
    assert row.recording == "rec.m4a"
    assert row.interview_attributes == {
        "interviewer": "Dina Okafor",
        "strand": "case study",
        "notes": "quiet room",
        "ward": "North",
    }


def test_the_worked_example_has_nothing_odd(folder: Path) -> None:
    manifest = read_manifest(ROOT / "transcripts" / "interviews.csv")

    assert manifest.warnings == ()
    assert len(manifest.rows) == 9
    assert list(manifest.interviews()) == [f"P0{n}" for n in range(1, 9)]
    assert {row.attribution for row in manifest.rows} == set(Attribution)


def test_an_empty_attribution_is_anonymous(folder: Path) -> None:
    rows = manifest_of(folder, "file,participant,attribution\na.txt,P1,\nb.txt,P2,named\n").rows

    assert [row.attribution for row in rows] == [Attribution.ANONYMOUS, Attribution.NAMED]


def test_without_ids_the_file_names_are_the_interviews(folder: Path) -> None:
    assert list(manifest_of(folder, "file\na.txt\nb.txt\n").interviews()) == ["a", "b"]


def test_a_cell_with_several_lines_keeps_the_line_numbers_right(folder: Path) -> None:
    text = 'file,notes\na.txt,"first\nsecond"\nnone.txt,x\n'

    assert problems_of(folder, text) == [
        ":4: there is no file none.txt. Check the spelling and the folder."
    ]


def test_all_mistakes_of_all_rows_are_said_at_once_and_in_order(folder: Path) -> None:
    (folder / "way_out.txt").symlink_to(folder.parent / "linked.txt")
    rows = [
        "interview_id,file,participant,date,language,attribution",
        "1,none.txt,P01,2024-13-40,en,named",
        "2,../outside.txt,P02,03/04/2024,english,secret",
        f"3,{folder.parent}/absolute.txt,Ama Boateng,,,",
        "4,way_out.txt,P04,,,nmaed",
        ",a.txt,P05,,,",
        "5,,P05,,,",
        "6,b.txt,P06,,,",
        "6,c.txt,P07,,,",
        "7,b.txt,P08,,,",
    ]

    said = problems_of(folder, "\n".join(rows))

    assert [one.partition(". ")[0] for one in said] == [
        ":2: there is no file none.txt",
        ":2: date: '2024-13-40' is not a date",
        ":3: the file ../outside.txt lies outside the folder of the manifest",
        ":3: attribution: 'secret' is not a level of attribution",
        ":3: date: '03/04/2024' could be two different days",
        ":3: language: 'english' is not a language code",
        f":4: the file {folder.parent}/absolute.txt lies outside the folder of the manifest",
        ":4: participant: this is not a code",
        ":5: the file way_out.txt lies outside the folder of the manifest",
        ":5: attribution: 'nmaed' is not a level of attribution",
        ":6: interview_id: the cell is empty",
        ":7: file: the cell is empty",
        ":9: interview_id: line 8 has the same id for another file",
        ":10: file: line 8 names the same file",
    ]
    assert "Did you mean 'named'?" in said[9]
    assert not any("Boateng" in one for one in said)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (2, "there is no file no_such_file.docx."),
        (2, "date: '2024-13-40' is not a date."),
        (3, "interview_id: line 2 has the same id for another file."),
        (3, "date: '03/04/2024' could be two different days."),
        (4, "interview_id: the cell is empty."),
        (4, "file: line 3 names the same file."),
        (5, "the file ../nasty/docx_password_secret.docx lies outside the folder"),
        (6, "the file /etc/hostname lies outside the folder of the manifest."),
        (7, "file: line 3 names the same file."),
        (8, "file: the cell is empty."),
    ],
)
def test_each_fault_of_the_collected_specimen_has_its_sentence(line: int, sentence: str) -> None:
    if not FAULTS.exists():
        pytest.skip("the collected specimens are not beside the project")
    with pytest.raises(errors.SeveralErrors) as caught:
        read_manifest(FAULTS)

    assert any(f"{FAULTS}:{line}: {sentence}" in str(error) for error in caught.value.errors)


@pytest.mark.parametrize(
    ("order", "written", "meant"),
    [
        ("dmy", "03/04/2024", "2024-04-03"),
        ("mdy", "03/04/2024", "2024-03-04"),
        ("dmy", "3.4.2024", "2024-04-03"),
        (None, "14.03.2024", "2024-03-14"),
        (None, "03-14-2024", "2024-03-14"),
        (None, "05/05/2024", "2024-05-05"),
        (None, "2024-03-04", "2024-03-04"),
    ],
)
def test_a_date_is_read_where_it_can_mean_one_day(
    folder: Path, order: str | None, written: str, meant: str
) -> None:
    rows = manifest_of(folder, f"file,date\na.txt,{written}\n", date_order=order).rows

    assert rows[0].date == meant


@pytest.mark.parametrize("written", ["03/03/20", "14/14/2024", "March", "31/02/2024"])
def test_what_is_no_day_is_refused(folder: Path, written: str) -> None:
    said = problems_of(folder, f"file,date\na.txt,{written}\n", date_order="dmy")

    assert said[0].startswith(f":2: date: '{written}' is not a date.")


def test_a_joint_interview_tells_its_participants_apart_by_speaker(folder: Path) -> None:
    manifest = manifest_of(
        folder,
        "interview_id,file,participant,speaker,place,age\n"
        "1,a.txt,P01,Ann,Marle,40\n1,a.txt,P02,Bea,Marle,50\n",
    )

    assert [(row.participant, row.speaker) for row in manifest.interviews()["1"]] == [
        ("P01", "Ann"),
        ("P02", "Bea"),
    ]
    assert [row.attributes for row in manifest.rows] == [{"age": "40"}, {"age": "50"}]


def test_a_joint_interview_without_speakers_or_of_two_minds_is_refused(folder: Path) -> None:
    said = problems_of(
        folder,
        "interview_id,file,participant,speaker,date\n"
        "1,a.txt,P01,Ann,2024-03-01\n1,a.txt,P02,,2024-03-01\n1,a.txt,P03,Ann,2024-03-02\n",
    )

    assert [one.partition(". ")[0] for one in said] == [
        ":3: speaker: line 2 is of the same interview",
        ":4: date: line 2 of the same interview says otherwise",
        ":4: speaker: line 2 gives the same label to another row",
    ]


def test_one_participant_cannot_have_two_names_or_two_agreements(folder: Path) -> None:
    said = problems_of(
        folder,
        "file,participant,name,attribution\n"
        "a.txt,P01,Ama Boateng,named\nb.txt,P01,Bea Holt,withheld\nc.txt,P01,,\n",
    )

    assert [one.partition(". ")[0] for one in said] == [
        ":3: name: line 2 says otherwise of the same participant",
        ":3: attribution: line 2 says otherwise of the same participant",
    ]
    assert not any(name in one for one in said for name in ("Boateng", "Holt"))


def test_a_row_without_an_id_and_a_folder_as_the_file_are_each_said_once(folder: Path) -> None:
    (folder / "d").mkdir()
    said = problems_of(folder, "interview_id,file,participant\na,b.txt,P01\n,a.txt,P02\nc,d,P03\n")

    assert [one.partition(". ")[0] for one in said] == [
        ":3: interview_id: the cell is empty",
        ":4: file: 'd' is a folder",
    ]


@pytest.mark.parametrize(
    ("level", "column"),
    [
        ("named", "name"),
        ("pseudonym", "pseudonym"),
        ("role", "role"),
        ("role-organisation", "organisation"),
    ],
)
def test_a_level_that_would_show_nobody_is_said(folder: Path, level: str, column: str) -> None:
    head = "file,participant,attribution,name,pseudonym,role,organisation\n"
    cells = ["Ama" if name == column else "" for name in head.strip().split(",")[3:]]
    full = f"c.txt,P1,{level},{','.join(cells)}\n"
    bare = manifest_of(folder, f"{head}a.txt,P1,{level},,,,\nb.txt,P2,{level},,,,\n").warnings
    half = manifest_of(folder, f"{head}a.txt,P1,{level},,,,\nb.txt,P2,{level},,,,\n{full}").warnings

    assert [(w.code, w.line) for w in (*bare, *half)] == [
        ("nothing-to-cite", 2),
        ("nothing-to-cite", 3),
    ]
    assert bare[0].message.startswith(f"2 participants are to be cited by '{level}'")
    assert half[0].message.startswith("one participant is")
    assert manifest_of(folder, head + full).warnings == ()


def test_a_day_that_has_not_come_is_said(folder: Path) -> None:
    text = "file,date,consent_date\na.txt,2024-06-01,2024-06-03\nb.txt,2031-01-01,2024-05-01\n"
    path = folder / "interviews.csv"
    path.write_text(text, encoding="utf-8")

    warnings = read_manifest(path, today=date(2024, 6, 1)).warnings
    assert [(w.code, w.line) for w in warnings] == [("day-to-come", 3), ("day-to-come", 2)]
    assert read_manifest(path, today=date(2031, 1, 1)).warnings == ()
    assert read_manifest(path).warnings == ()


def test_an_unknown_column_is_kept_and_said(folder: Path) -> None:
    manifest = manifest_of(folder, "file,Ward,pseudonim\na.txt,North,Efua\n")

    assert manifest.rows[0].interview_attributes == {"ward": "North", "pseudonim": "Efua"}
    assert [(w.code, w.line) for w in manifest.warnings] == [("column-kept", 1)] * 2
    assert "did you mean 'pseudonym'?" in manifest.warnings[1].message


@pytest.mark.parametrize("column", ["Surname", "first name", "interviewee", "Participant Name"])
def test_a_column_that_holds_names_elsewhere_is_refused(folder: Path, column: str) -> None:
    said = problems_of(folder, f"file,{column}\na.txt,Boateng\n")

    assert said[0].endswith("Put the whole name in the column name: only that is kept apart.")
    assert "Boateng" not in said[0]


@pytest.mark.parametrize("column", ["atribution", "Attributions", "attributon"])
def test_a_misspelt_attribution_is_refused_for_it_would_open_what_is_closed(
    folder: Path, column: str
) -> None:
    said = problems_of(folder, f"file,participant,{column}\na.txt,P01,withheld\n")

    assert said[0].endswith("If it says how people may be cited, call it attribution.")


def test_a_column_of_consent_that_decides_nothing_is_said(folder: Path) -> None:
    manifest = manifest_of(folder, "file,participant,consent\na.txt,P01,none\n")

    assert [warning.code for warning in manifest.warnings] == ["consent-not-read"]


def test_a_missing_or_doubled_column_is_said(folder: Path) -> None:
    said = problems_of(folder, "interview_id,participant,place,Place\n1,P01,a,b\n")

    assert said == [
        ":1: the column 'place' is there twice. Rename or remove one of them.",
        ":1: there is no column 'file'. "
        "The first line names the columns: interview_id, file, participant …",
    ]


def test_a_manifest_without_rows_is_refused(folder: Path) -> None:
    assert problems_of(folder, "file,participant\n,\n") == [
        ": the table has no rows. Add one row for each interview."
    ]


def test_a_broken_table_is_said_with_what_else_is_wrong(folder: Path) -> None:
    said = problems_of(folder, 'file,place\nnone.txt,x\na.txt,"y\nb.txt,z\n')

    assert [one.partition(". ")[0] for one in said] == [
        ":2: there is no file none.txt",
        ":3: the row that begins here does not end",
    ]


def test_file_names_that_no_disk_could_hold_are_missing_files(folder: Path) -> None:
    (folder / "round").symlink_to(folder / "round")
    said = problems_of(folder, f"file\n{'x' * 300}.txt\nround\n")

    assert [one.partition(": there is no file")[0] for one in said] == [":2", ":3"]


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "link.txt").symlink_to("a.txt")

    assert manifest_of(folder, "file\nlink.txt\n").rows[0].file == folder / "a.txt"


def test_backslashes_of_another_system_are_understood(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "a.txt").rename(folder / "sub" / "a.txt")

    assert manifest_of(folder, "file\nsub\\a.txt\n").rows[0].file == folder / "sub" / "a.txt"


def test_a_table_of_people_needs_no_files_but_codes(folder: Path) -> None:
    path = folder / "people.csv"
    path.write_text("participant,role,attribution\nP01,Chair,named\n,Clerk,\n")

    with pytest.raises(errors.SeveralErrors, match=r"3: participant: the cell is empty"):
        read_people(path)
    path.write_text("participant,role,attribution\nP01,Chair,named\n")
    assert [(row.participant, row.role) for row in read_people(path)] == [("P01", "Chair")]


@pytest.mark.parametrize(
    ("opening", "is_one"),
    [
        (b"interview_id,file\n", True),
        (b"file;participant\n", True),
        (b"transcript,code,quote\n", False),
        (b"Speaker,Time,Text\n", False),
        (b"", False),
    ],
)
def test_a_manifest_is_known_by_its_columns(opening: bytes, is_one: bool) -> None:
    assert looks_like_a_manifest(opening) is is_one

"""Which files come in: of a folder, of paths, of a manifest, and of all of them together."""

from __future__ import annotations

import os
import socket
from datetime import date
from pathlib import Path

import pytest
from services.study import dialogue, write

from qualcode import errors
from qualcode.services.intake.gathering import File, Gathered, gather, shown, transcript_name
from qualcode.services.intake.manifest import read_manifest

AS_ADMINISTRATOR = pytest.mark.skipif(
    os.geteuid() == 0, reason="nothing is closed to the administrator"
)
HELLO = dialogue("P01", "Hello.")


def names(found: Gathered) -> list[str]:
    return [file.name for file in found.files]


def rejected(found: Gathered) -> dict[str, type[errors.QualcodeError]]:
    return {Path(file).name: type(error) for file, error in found.rejected}


def warned(found: Gathered) -> list[tuple[str, str]]:
    return [(Path(file).name, warning.code) for file, warning in found.warnings]


def with_manifest(table: Path, *paths: Path) -> Gathered:
    """What a manifest and paths bring."""
    return gather(paths, read_manifest(table, today=date(2024, 7, 1)))


def manifest(folder: Path, *rows: str) -> Path:
    """A manifest in a folder."""
    table = folder / "interviews.csv"
    lines = ("interview_id,file,participant,speaker", *rows)
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return table


# -- folders --------------------------------------------------------------------------------------


def test_a_folder_brings_all_below_it_by_the_names_on_the_way(folder: Path) -> None:
    files = ("b.txt", "a/z.txt", "a/a/y.vtt", "c/x.docx", "a.txt", "B.txt", "a b.txt")
    found = gather([write(folder, dict.fromkeys(files, HELLO))], None)

    assert [str(file.path.relative_to(folder)) for file in found.files] == [
        "B.txt",
        "a/a/y.vtt",
        "a/z.txt",
        "a b.txt",
        "a.txt",
        "b.txt",
        "c/x.docx",
    ]
    assert (found.rejected, found.warnings) == ((), ())


def test_a_file_is_known_by_its_place_its_path_as_given_and_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"later/P01.final.txt": HELLO})
    monkeypatch.chdir(folder)

    [file] = gather([Path("later")], None).files

    where = Path("later/P01.final.txt")
    assert file == File(str(where), "later/P01.final.txt", "P01.final")


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".git/notes.txt",
        "~$P02.docx",
        "codebook.yaml",
        "study.qualcode",
        "study.qualcode-journal",
        "study.identities",
        "study.identities-journal",
        "study.qualcode-mj5C2F01A99",
        "study.qualcode.20240701T090000Z.backup",
        "study.qualcode.20240701T090000Z-2.auto-backup",
        "P02.m4a",
        "P02.MP3",
        "P02.mp4",
    ],
)
def test_of_a_folder_what_cannot_be_a_transcript_is_passed_over_unsaid(
    folder: Path, name: str
) -> None:
    found = gather([write(folder, {"P01.txt": HELLO, name: HELLO})], None)

    assert (names(found), found.rejected, found.warnings) == (["P01"], (), ())


@pytest.mark.parametrize(
    "name",
    ["P01.unheard-of", "P01", "README.md", "notes.yaml", "P01.backup", "on study.qualcode.docx"],
)
def test_of_a_folder_what_may_be_one_is_left_to_the_readers(folder: Path, name: str) -> None:
    assert len(gather([write(folder, {name: HELLO})], None).files) == 1


@pytest.mark.parametrize(
    ("header", "taken", "said"),
    [
        ("transcript,start,end,code", [], []),
        ("label,same_as,transcript", [], []),
        ("file,participant,date", [], [("table.csv", "manifest-not-used")]),
        ("speaker,timestamp,words", ["table"], []),
    ],
)
def test_a_table_in_a_folder_is_told_by_its_columns(
    folder: Path, header: str, taken: list[str], said: list[tuple[str, str]]
) -> None:
    found = gather([write(folder, {"table.csv": f"{header}\na,b,c,d\n"})], None)

    assert (names(found), warned(found)) == (taken, said)


def test_an_empty_folder_brings_nothing(folder: Path) -> None:
    assert gather([folder], None) == Gathered((), (), ())


@AS_ADMINISTRATOR
def test_a_closed_folder_is_said_and_the_rest_comes(folder: Path) -> None:
    write(folder, {"P01.txt": HELLO, "later/P02.txt": HELLO})
    (folder / "later").chmod(0)
    found = gather([folder], None)
    below = gather([folder / "later" / "P02.txt"], None)
    (folder / "later").chmod(0o700)

    assert (names(found), rejected(found)) == (["P01"], {"later": errors.FileUnreadableError})
    assert rejected(below) == {"P02.txt": errors.FileUnreadableError}


@AS_ADMINISTRATOR
def test_a_closed_file_is_gathered_and_left_to_the_reading(folder: Path) -> None:
    write(folder, {"P01.txt": HELLO})
    (folder / "P01.txt").chmod(0)

    assert names(gather([folder], None)) == ["P01"]


def test_a_pipe_and_a_socket_of_a_folder_are_passed_over_and_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(folder / "pipe.txt")
    monkeypatch.chdir(folder)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        found = gather([folder], None)

    assert found.files == ()
    assert warned(found) == [("pipe.txt", "not-a-file"), ("socket.txt", "not-a-file")]


# -- links ----------------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the one that is imported."""
    return write(tmp_path / "outside", {"secret.txt": HELLO})


def test_links_that_lead_out_of_a_folder_or_nowhere_are_rejected(
    folder: Path, outside: Path
) -> None:
    write(folder, {"P01.txt": HELLO})
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "up.txt").symlink_to("../outside/secret.txt")
    (folder / "out").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to("none.txt")
    (folder / "round.txt").symlink_to("round.txt")

    found = gather([folder], None)

    assert names(found) == ["P01"]
    assert rejected(found) == {
        "nowhere.txt": errors.FileMissingError,
        "out": errors.OutsideFolderError,
        "out.txt": errors.OutsideFolderError,
        "round.txt": errors.FileMissingError,
        "up.txt": errors.OutsideFolderError,
    }


def test_a_folder_whose_name_begins_alike_is_another_folder(tmp_path: Path) -> None:
    write(tmp_path, {"files-old/P01.txt": HELLO, "files/P02.txt": HELLO})
    (tmp_path / "files" / "link.txt").symlink_to(tmp_path / "files-old" / "P01.txt")

    found = gather([tmp_path / "files"], None)

    assert (names(found), rejected(found)) == (["P02"], {"link.txt": errors.OutsideFolderError})


def test_links_within_a_folder_are_what_they_lead_to_once(folder: Path) -> None:
    write(folder, {"later/P01.txt": HELLO})
    (folder / "A link.txt").symlink_to("later/P01.txt")
    (folder / "again").symlink_to(folder / "later")
    (folder / "later" / "round").symlink_to(folder)

    found = gather([folder], None)

    assert [file.path.resolve() for file in found.files] == [folder / "later" / "P01.txt"]
    assert (found.rejected, found.warnings) == ((), ())


def test_a_folder_or_file_that_a_person_names_may_be_a_link(folder: Path, outside: Path) -> None:
    (folder / "here").symlink_to(outside)
    (folder / "P09.txt").symlink_to(outside / "secret.txt")

    assert names(gather([folder / "here"], None)) == ["secret"]
    assert names(gather([folder / "P09.txt"], None)) == ["P09"]


# -- paths ----------------------------------------------------------------------------------------


def test_paths_bring_their_files_in_the_order_in_which_they_were_given(folder: Path) -> None:
    write(folder, dict.fromkeys(("P01.txt", "P02.txt", "later/P03.txt", "later/P04.txt"), HELLO))
    given = [folder / "P02.txt", folder / "later", folder / "P01.txt"]

    assert names(gather(given, None)) == ["P02", "P03", "P04", "P01"]


def test_two_paths_to_one_file_bring_it_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"P01.txt": HELLO, "later/P02.txt": HELLO})
    (folder / "link.txt").symlink_to("P01.txt")
    monkeypatch.chdir(folder)
    given = ["P01.txt", "later/../P01.txt", "link.txt", ".", str(folder / "P01.txt")]

    assert [file.shown for file in gather([Path(path) for path in given], None).files] == [
        "P01.txt",
        "later/P02.txt",
    ]


def test_a_hidden_file_comes_in_where_a_person_names_it(folder: Path) -> None:
    write(folder, {".P01.txt": HELLO})

    assert names(gather([folder / ".P01.txt"], None)) == [".P01"]


def test_a_path_to_nothing_and_a_pattern_that_no_shell_resolved_are_missing_files(
    folder: Path,
) -> None:
    write(folder, {"P01.txt": HELLO})
    found = gather([folder / "P09.txt", folder / "*.txt"], None)

    assert found.files == ()
    assert rejected(found) == dict.fromkeys(("P09.txt", "*.txt"), errors.FileMissingError)


# -- manifests ------------------------------------------------------------------------------------


def test_a_manifest_brings_its_files_in_its_own_order_under_its_names(folder: Path) -> None:
    write(folder, dict.fromkeys(("one.txt", "two.txt", "three.txt"), HELLO))
    found = with_manifest(
        manifest(folder, "INT-2,two.txt,P02,A", "INT-1,one.txt,P01,", "INT-2,two.txt,P03,B")
    )

    assert names(found) == ["INT-2", "INT-1"]
    assert [len(file.rows) for file in found.files] == [2, 1]
    assert found.warnings == ()


def test_files_of_a_folder_follow_those_of_the_manifest_and_are_said_to_be_in_no_row(
    folder: Path,
) -> None:
    write(folder, dict.fromkeys(("one.txt", "two.txt", "three.txt"), HELLO))
    table = manifest(folder, "INT-2,two.txt,P02,")
    found = with_manifest(table, folder)

    assert names(found) == ["INT-2", "one", "three"]
    assert warned(found) == [("one.txt", "not-in-manifest"), ("three.txt", "not-in-manifest")]


def test_a_manifest_among_the_paths_of_a_pattern_is_no_transcript(folder: Path) -> None:
    write(folder, dict.fromkeys(("one.txt", "two.txt"), HELLO))
    table = manifest(folder, "INT-2,two.txt,P02,")
    found = with_manifest(table, *sorted(folder.iterdir()))

    assert names(found) == ["INT-2", "one"]
    assert warned(found) == [("one.txt", "not-in-manifest")]


def test_a_link_to_a_file_of_the_manifest_is_that_file(folder: Path) -> None:
    write(folder, {"two.txt": HELLO})
    (folder / "a.txt").symlink_to("two.txt")

    assert names(with_manifest(manifest(folder, "INT-2,two.txt,P02,"), folder)) == ["INT-2"]


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("P01.txt", "P01"),
        ("P01.final.docx", "P01.final"),
        ("P01", "P01"),
        (".txt", ".txt"),
        ("  P01   second .txt", "P01 second"),
        ("P01\nsecond.txt", "P01 second"),
        ("Zoe\u0301.txt", "Zo\u00e9"),
        ("\x01.txt", "transcript"),
    ],
)
def test_the_name_of_a_transcript_can_be_typed(file: str, name: str) -> None:
    assert transcript_name(file) == name


def test_a_path_is_shown_on_one_line() -> None:
    assert shown(Path("a/P01\nx.txt")) == "a/P01\N{REPLACEMENT CHARACTER}x.txt"
    assert shown(Path("a/Zo\u00e9 \U0001f3aa.txt")) == "a/Zo\u00e9 \U0001f3aa.txt"

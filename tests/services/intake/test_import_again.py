"""Folders that grow, imports that were cut off: whatever happens, the same project in the end."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from services.study import BY, bring_in, contents, dialogue, new_store, tick, write
from store.processes import running, said_by
from store.samples import holding

from qualcode import errors
from qualcode.services import keeping, listing, people, withdrawing
from qualcode.services.intake import importing
from qualcode.services.intake.duplicates import Treatment
from qualcode.services.intake.importing import ImportReport
from qualcode.store.store import Store, open_store

INTERVIEWS = 500

SCRIPT = """
import sys, pathlib, qualcode
folder = pathlib.Path(sys.argv[1])
with qualcode.open(folder) as project:
    report = project.import_transcripts(
        manifest=folder / "transcripts" / "interviews.csv",
        progress=lambda done, total: print(done, "of", total),
    )
print(report.imported, "imported,", report.unchanged, "unchanged")
"""
"""What a researcher would write; `running` sends its lines on as they come."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project beside many interviews and their manifest."""
    folder = tmp_path_factory.mktemp("many") / "study"
    new_store(folder, codebook=None).close()
    dice = random.Random(500)
    places = ("Harbour", "Hill", "Market", "Mill")
    rows = ["interview_id,file,participant,name,place,speaker,attribution,date"]
    for n in range(1, INTERVIEWS + 1):
        words = [str(dice.randrange(10_000)) for _ in range(60)]
        answers = [" ".join(words[at : at + 12]) for at in range(0, 60, 12)]
        write(folder / "transcripts", {f"talk {n}.txt": dialogue("Guest", *answers)})
        rows.append(
            f"C{n:03},talk {n}.txt,P{n:03},Guest of {places[n % 4]},{places[n % 4]},Guest,"
            f"anonymous,2024-03-{1 + n % 28:02}"
        )
    write(folder / "transcripts", {"interviews.csv": "\n".join(rows) + "\n"})
    return folder


@pytest.fixture
def copies(study: Path, tmp_path: Path) -> Path:
    """A copy of the study, as a person would carry it to another machine."""
    shutil.copytree(study, tmp_path / "copy")
    return tmp_path / "copy"


def killed_when(line: str, folder: Path, *, later_s: float = 0.0) -> bool:
    """Run the script and kill it at a line that it says; False where it was done before that."""
    with running(SCRIPT, folder) as process:
        assert process.stdout is not None
        for said in process.stdout:
            if said.startswith(line):
                break
        time.sleep(later_s)
        process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


def everything_in(folder: Path) -> dict[tuple[str, str], str]:
    """All that holds in the project of a folder, without the events that said so; it is whole."""
    with open_store(str(folder / "study.qualcode")) as store:
        assert keeping.examine(store).is_whole
        return holding(store)


def last_line(said: str) -> str:
    return said.strip().rpartition("\n")[2]


@pytest.fixture(scope="module")
def once(study: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What one import, never disturbed, comes to."""
    folder = tmp_path_factory.mktemp("once") / "copy"
    shutil.copytree(study, folder)
    assert last_line(said_by(SCRIPT, folder)) == f"{INTERVIEWS} imported, 0 unchanged"
    return everything_in(folder)


def test_an_import_that_runs_twice_comes_to_the_same(
    copies: Path, once: dict[tuple[str, str], str]
) -> None:
    said_by(SCRIPT, copies)
    assert last_line(said_by(SCRIPT, copies)) == f"0 imported, {INTERVIEWS} unchanged"
    assert everything_in(copies) == once


def test_an_import_that_was_killed_while_reading_comes_to_the_same_when_it_runs_again(
    copies: Path, once: dict[tuple[str, str], str]
) -> None:
    assert killed_when(f"{INTERVIEWS // 2} of", copies)
    assert last_line(said_by(SCRIPT, copies)) == f"{INTERVIEWS} imported, 0 unchanged"
    assert everything_in(copies) == once


def test_an_import_that_was_killed_while_writing_comes_to_the_same_when_it_runs_again(
    copies: Path, once: dict[tuple[str, str], str]
) -> None:
    dice = random.Random(9)
    cut_off = [
        killed_when(f"{INTERVIEWS} of", copies, later_s=dice.random() * 0.25) for _ in range(3)
    ]
    said_by(SCRIPT, copies)

    assert any(cut_off)
    assert everything_in(copies) == once


def sentences(report: ImportReport) -> dict[str, str]:
    return {Path(r.file).name: str(r.error).split(": ", 1)[1] for r in report.rejected}


def test_three_broken_files_among_thousands_are_all_told(store: Store, folder: Path) -> None:
    for n in range(5_000):
        (folder / f"P{n:04}.txt").write_text(f"I: And then?\n\nP{n:04}: It rained {n} times.\n")
    (folder / "P0007.txt").write_bytes(b"")
    (folder / "P2500.txt").write_bytes(b"PK\x03\x04 no archive")
    (folder / "P4999.txt").write_bytes(b"%PDF-1.7 and no more")
    before = contents(store)

    stopped = bring_in(store, folder)

    assert sorted(sentences(stopped)) == ["P0007.txt", "P2500.txt", "P4999.txt"]
    assert all(rejection.error.mend for rejection in stopped.rejected)
    assert not stopped.written
    assert contents(store) == before
    going = bring_in(store, folder, keep_going=True)
    assert (going.imported, going.written, len(going.rejected)) == (4_997, True, 3)


def test_a_folder_that_grew_brings_in_what_is_new(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"P01.txt": dialogue("P01", "Hello.")}))
    write(folder, {"new/P02.txt": dialogue("P02", "Good evening.")})

    report = bring_in(store, folder)

    assert [account.name for account in report.accounts] == ["P02"]
    assert [t.name for t in report.transcripts] == ["P02"]
    assert (report.imported, report.unchanged_names) == (1, ("P01",))


def test_a_transcript_whose_file_went_stays(store: Store, folder: Path) -> None:
    files = {"P01.txt": dialogue("P01", "Hello."), "P02.txt": dialogue("P02", "Good evening.")}
    write(folder, {**files, "m.csv": "file,participant\nP01.txt,P01\nP02.txt,P02\n"})
    bring_in(store, manifest=folder / "m.csv")
    (folder / "P01.txt").unlink()
    before = contents(store)

    alone = bring_in(store, folder)

    assert (alone.unchanged, alone.rejected) == (1, ())
    with pytest.raises(errors.SeveralErrors, match=r"m\.csv:2: there is no file P01\.txt"):
        bring_in(store, manifest=folder / "m.csv")
    assert contents(store) == before


def test_what_is_no_file_in_a_folder_is_passed_over_and_said(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", "Hello.")})
    os.mkfifo(folder / "pipe.txt")
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(folder)  # the path of a socket may not be long
        listening.bind("socket.txt")
        os.chdir(here)
        report = bring_in(store, folder)

    assert report.imported == 1
    assert [(Path(w.file).name, w.code) for w in report.warnings] == [
        ("pipe.txt", "not-a-file"),
        ("socket.txt", "not-a-file"),
    ]


def test_folders_that_lead_back_to_themselves_come_to_an_end(store: Store, folder: Path) -> None:
    write(folder, {"a/P01.txt": dialogue("P01", "Hello.")})
    (folder / "a" / "round").symlink_to(folder)
    (folder / "again").symlink_to(folder / "a")
    (folder / "loop").symlink_to("loop")

    report = bring_in(store, folder, keep_going=True)

    assert (report.imported, report.warnings) == (1, ())
    assert [type(r.error) for r in report.rejected] == [errors.FileMissingError]


def test_a_link_to_a_file_is_the_file(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", "Hello.")})
    (folder / "A link.txt").symlink_to("P01.txt")

    assert bring_in(store, folder).imported == 1


def test_a_name_over_two_lines_is_shown_on_one(store: Store, folder: Path) -> None:
    write(folder, {"P01\nsecond.txt": dialogue("P01", "Hello."), "P02\nempty.txt": ""})
    report = bring_in(store, folder, keep_going=True)

    assert [t.name for t in report.transcripts] == ["P01 second"]
    shown = [account.file for account in report.accounts]
    shown += [rejection.file for rejection in report.rejected]
    assert not any("\n" in name for name in shown)
    assert len(shown) == 2


def test_recordings_beside_the_transcripts_are_no_transcripts(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", "Hello.")})
    (folder / "P01.mp3").write_bytes(b"ID3\x04 no music")

    assert (bring_in(store, folder).imported, bring_in(store, folder).rejected) == (1, ())


TEXTS = [
    dialogue("P", "We came to the fair.", f"It rained {often}.")
    for often in ("twice", "all day", "never", "on the tents")
]
FOLDERS = st.dictionaries(
    st.sampled_from(["P01.txt", "P02.txt", "later/P03.txt", "P04.md"]), st.sampled_from(TEXTS)
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(states=st.lists(FOLDERS, min_size=1, max_size=4), treatment=st.sampled_from(Treatment))
@example(
    states=[{"P01.txt": TEXTS[0]}, {"P02.txt": TEXTS[0], "later/P03.txt": TEXTS[1]}],
    treatment=Treatment.REVISE,
)
def test_whatever_became_of_a_folder_a_second_import_changes_nothing(
    states: list[dict[str, str]], treatment: Treatment
) -> None:
    def bring() -> ImportReport:
        return importing.import_transcripts(
            store, [folder], yes=True, treat=lambda _: treatment, by=BY, at=tick()
        )

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        with new_store(Path(name) / "project", codebook=None) as store:
            for files in states:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                write(folder, files)
                before = contents(store)
                if bring().rejected:  # of two files for one transcript somebody has to say which
                    assert contents(store) == before
                    return
                before = contents(store)
                again = bring()
                assert (again.imported, again.revised) == (0, 0)
                assert contents(store) == before
            assert keeping.examine(store).is_whole


def test_a_folder_comes_in_again_whose_transcripts_an_erasure_called_otherwise(
    store: Store, folder: Path
) -> None:
    table = """\
interview_id,file,participant,name,attribution,speaker
tea with ostrander,a.txt,P18,Bea Munn,named,Bea
cold on ostrander,b.txt,P19,Cem Ay,named,Cem
"""
    files = {
        "a.txt": dialogue("Bea", "We sell tea."),
        "b.txt": dialogue("Cem", "It was cold."),
        "with Ostrander.txt": dialogue("Dot", "Nobody came."),
        "m.csv": table,
    }
    write(folder, files)
    people.set_participant(
        store, "P17", {"name": "Quetzalline Ostrander"}, new=True, by=BY, at=tick()
    )
    bring_in(store, folder / "with Ostrander.txt")
    bring_in(store, manifest=folder / "m.csv")
    withdrawing.erase(store, "P17", by=BY, at=tick())
    names = [one.name for one in listing.list_transcripts(store)]
    assert names == ["cold on [P17]", "tea with [P17]", "with [P17]"]
    before = contents(store)
    for again, count in (
        (bring_in(store, folder / "with Ostrander.txt"), 1),
        (bring_in(store, manifest=folder / "m.csv"), 2),
    ):
        assert (again.unchanged, again.rejected, again.warnings) == (count, (), ())

    assert contents(store) == before
    write(folder, {"m.csv": table.replace("cold on ostrander", "chilly")})
    (problem,) = bring_in(store, manifest=folder / "m.csv").rejected
    assert isinstance(problem.error, errors.SameFileError)

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click
import pytest
from cli import terminal
from cli.study import GRANT, call, environment

from qualcode.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

AMINA = ("--coder", "amina")
NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("tag", "P01", "bondin", "--turn", "2"), 1, "Did you mean 'cohesion/bonding'?"),
        (("tag", "P1", "bonding", "--turn", "2"), 1, "Did you mean 'P01'?"),
        (("tag", "P01", "bonding", "--span", "5:5"), 1, "the span 5:5 holds no text"),
        (("tag", "P01", "bonding", "--span", "0:99999"), 1, "leaves the text"),
        (("tag", "P01", "bonding", "--turn", "99"), 1, "there is no turn 99"),
        (("tag", "P01", "bonding", "--quote", "zebras on the moon"), 1, "were not found"),
        (("tag", "P01", "bonding", "--span", "5-9"), 2, "not of the form START:END"),
        (("tag", "P01", "bonding", "--span", "-3:9"), 2, "not of the form START:END"),
        (("tag", "P01", "bonding", "--turn", "two"), 2, "not of the form N or N-M"),
        (("tag", "P01", "bonding"), 2, "Give one of --span, --turn and --quote."),
        (("tag", "P01", "bonding", "--turn", "2", "--span", "0:3"), 2, "Give one of"),
        (("tag", "P01", "bonding", "--turn", "2", "--threshold", "80"), 2, "goes with --quote"),
        (("tag", "P01", "bonding", "--turn", "2", "--dry-run"), 2, "goes with --from"),
        (("tag", "P01"), 2, "Give a TRANSCRIPT and a CODE"),
        (("tag", "--from", "t.csv", "--turn", "2"), 2, "give nothing else"),
        (("tag", "--from", "t.csv"), 1, "no such file"),
        (("quotes", "fundin"), 1, "Did you mean 'funding'?"),
        (("quotes", "--where", "place"), 1, "'place' is not a filter"),
        (("quotes", "--where", "planet=Mars"), 1, "nothing here has an attribute 'planet'"),
        (("quotes", "--json", "--format", "csv"), 2, "not both"),
        (("quotes", "--format", "table", "-o", "x.txt"), 2, "A table is for the screen"),
        (("quotes", "-o", "x.txt"), 2, "no format in which quotations can be written"),
        (("search", "/(/"), 1, "cannot be searched"),
        (("matrix",), 2, "Give -o FILE"),
        (("matrix", "-o", "-"), 2, "give --format"),
        (("matrix", "-o", "x.pdf"), 2, "qualcode writes no .pdf file"),
        (("matrix", "--json", "-o", "x.json"), 2, "Give --json alone"),
        (("transcripts", "show", "P9"), 1, "no transcript is called 'P9'"),
        (("transcripts", "remove", "P01"), 1, "holds 1 coding"),
        (("transcripts", "speaker", "P01", "Nobody", "--role", "other"), 1, "no speaker"),
        (("transcripts", "speaker", "P01", "P01"), 2, "Give --role, --participant"),
        (("participants", "show", "P99"), 1, "no participant is called 'P99'"),
        (("participants", "set", "P01", "place"), 2, "Write each change as NAME=VALUE"),
        (("participants", "set", "P01", "attribution=rolle"), 1, "Did you mean 'role'?"),
        (("memos", "add", "nothing-like-it", "text"), 1, "is called 'nothing-like-it'"),
        (("memos", "add", "P01", " "), 2, "Give the TEXT"),
        (("memos", "remove", "ffff"), 1, "no memo is called 'ffff'"),
        (("coders", "use", " "), 2, "Give a NAME"),
        (("import",), 2, "Give a PATH, --manifest, --aliases"),
        (("import", "gone.txt"), 1, "there is no such file"),
        (("import", "transcripts", "--format", "rtf9"), 1, "no reader is called 'rtf9'"),
        (("codebook", "check", "gone.yaml"), 1, "the codebook cannot be read"),
        (("redo",), 1, "there is nothing of amina's to redo"),
        (("quotes", "--context", "-1"), 2, "context"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_bad_input_is_one_sentence(
    words: tuple[str, ...], code: int, says: str, study: Path, qualcode: Person
) -> None:
    qualcode("coders", "use", "amina")
    done = qualcode(*words)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert "Traceback" not in done.err
    if code == 1 and words[0] != "import":
        assert done.err.count("\n") == 1


def test_no_sentence_holds_words_of_the_interview(study: Path, qualcode: Person) -> None:
    almost = "The gramt paidd for the tennt"
    near = qualcode(*AMINA, "tag", "P01", "bonding", "--quote", almost, "--threshold", "99")
    assert near.code == 1
    assert "P01 ¶2" in near.err
    assert "tent" not in near.err
    assert almost not in near.err


def test_every_mistake_of_a_table_is_said_at_once(study: Path, qualcode: Person) -> None:
    rows = "transcript,start,end,code\nP01,0,5,bondin\nP01,0,5,bonding\nP9,9,4,bonding\n"
    (study / "codings.csv").write_text(rows, encoding="utf-8")
    before = qualcode("quotes", "--json").json
    done = qualcode(*AMINA, "tag", "--from", "codings.csv")
    assert (done.code, done.out) == (1, "")
    assert "codings.csv:2: no code is called 'bondin'" in done.err
    assert "codings.csv:4:" in done.err
    assert before
    assert qualcode("quotes", "--json").json == before


def test_a_fault_of_our_own_is_one_plain_sentence(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError(GRANT)

    command = main.cli.get_command(click.Context(main.cli), "undo")
    monkeypatch.setattr(command, "callback", breaks)
    done = qualcode("undo")
    assert (done.code, done.out) == (1, "")
    assert "qualcode met an error of its own (RuntimeError in qualcode.cli.main:" in done.err
    assert GRANT not in done.err
    assert done.err.count("\n") == 1
    monkeypatch.setenv("QUALCODE_DEBUG", "1")
    told = qualcode("undo")
    assert told.code == 1
    assert "Traceback" in told.err
    assert told.err.endswith(done.err)


def test_a_failure_in_cleaning_up_behind_an_interruption_is_an_interruption(
    study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_: object) -> None:
        try:
            raise KeyboardInterrupt
        finally:
            raise RuntimeError(GRANT)

    command = main.cli.get_command(click.Context(main.cli), "undo")
    monkeypatch.setattr(command, "callback", breaks)
    assert (done := qualcode("undo")).code == 130
    assert done.err == "interrupted; the project is whole\n"


def test_a_store_that_is_not_ours_is_said(study: Path, qualcode: Person) -> None:
    (study / "letter.qualcode").write_text("Dear all, " * 50, encoding="utf-8")
    done = qualcode("--project", "letter.qualcode", "transcripts", "list")
    assert (done.code, done.out) == (3, "")
    assert "this is not a qualcode project" in done.err


def test_two_projects_in_one_folder_have_to_be_told_apart(study: Path, qualcode: Person) -> None:
    (study / "other.qualcode").write_bytes((study / "fair.qualcode").read_bytes())
    done = qualcode("transcripts", "list")
    assert done.code == 2
    assert "fair.qualcode, other.qualcode" in done.err


def test_the_exit_codes_reach_the_shell(study: Path, home: Path) -> None:
    def code(*words: str) -> int:
        return call(*words, folder=study, home=home).returncode

    assert code("transcripts", "list") == 0
    assert code("transcripts", "show", "P9") == 1
    assert code("transcripts", "show") == 2
    assert code("--project", "gone.qualcode", "transcripts", "list") == 3


def test_the_package_runs_as_a_module(study: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "qualcode", "transcripts", "show", "P9"],
        cwd=study,
        env=environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "no transcript is called 'P9'" in done.stderr


@NOT_WINDOWS
def test_an_import_that_is_interrupted_leaves_the_project_whole(
    study: Path, home: Path, qualcode: Person
) -> None:
    (study / "P04.txt").write_text("P04: A new one.\n", encoding="utf-8")
    before = qualcode("transcripts", "list", "--json").json
    interrupted: list[int] = []

    def interrupt(seen: bytes, process: int) -> None:
        if b"%" in seen and not interrupted:
            interrupted.append(process)
            os.kill(process, signal.SIGINT)

    # While somebody else is writing, the import cannot come to its end before it is stopped.
    with closing(sqlite3.connect(study / "fair.qualcode", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, seen = terminal.see(["import", "P04.txt"], study, home, at_sight=interrupt)
        other.execute("ROLLBACK")
    assert interrupted
    assert code == 130
    assert "interrupted; the project is whole" in seen
    assert len(before) == 3
    assert qualcode("transcripts", "list", "--json").json == before
    assert qualcode("doctor").code == 0


@NOT_WINDOWS
def test_a_reader_that_goes_away_is_no_failure(study: Path, home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "qualcode", "transcripts", "show", "P01", "--turns", "--json"],
        cwd=study,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 0
    process.stderr.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_behind_stdout_is_said(study: Path, home: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "qualcode", "transcripts", "list", "--json"],
            cwd=study,
            env=environment(home),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert "no space left" in done.stderr
    assert "Traceback" not in done.stderr

"""What README and the manual show is what a reader gets."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import whisper_output
from pages import IMPORTING, PAGES, README, RENEW, ROOT, blocks, make_example, run, shown

from qualcode import errors
from qualcode.cli import messages
from qualcode.readers import READERS

SCRIPT = ROOT / "docs" / "bulk-import.sh"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    folder = make_example(tmp_path)
    commands = [one for block in blocks(page.read_text("utf-8")) for one in shown(block[1])]
    assert commands
    for one in commands:
        assert run(one.command, folder) == one.printed, (
            f"{page.name} shows something else for: {one.command}\nRenew it with: {RENEW}"
        )
    if page == README:
        for made in ("matrix.docx", "by-place.csv", "empowerment.json"):
            assert (folder / made).stat().st_size > 1000


def test_the_readme_can_be_read_at_one_sitting_and_leads_to_every_page() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in text, page.name


def test_every_link_of_a_page_leads_somewhere() -> None:
    links = [
        (page, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    ]
    assert len(links) > 40
    assert [link for page, link in links if not (page.parent / link).exists()] == []


def test_the_readme_tells_every_exit_code() -> None:
    def codes(kind: type[errors.QualcodeError]) -> set[int]:
        return {kind.exit_code}.union(*map(codes, kind.__subclasses__()))

    told = re.findall(r"^\| (\d+) \| .+ \|$", README.read_text("utf-8"), re.MULTILINE)
    assert sorted(map(int, told)) == sorted({0, messages.INTERRUPTED} | codes(errors.QualcodeError))


def test_two_commands_set_a_machine_up_and_each_is_one_line() -> None:
    lines = re.findall(r"^    (python3 -m venv .*)$", README.read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 2
    assert lines[0].endswith(".venv/bin/qualcode demo")
    assert "pytest" in lines[1]
    for line in lines:
        for tool in ("make ", "pandoc", "soffice", "apt", "postgres"):
            assert tool not in line


def test_what_the_second_command_installs_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[]", one)[0] for one in project["optional-dependencies"]["dev"]}
    assert {"pytest", "pytest-xdist", "hypothesis", "psycopg"} <= names


def test_the_manual_names_every_format_that_is_read() -> None:
    table = re.findall(r"^\| (`.*?) \|", IMPORTING.read_text("utf-8"), re.MULTILINE)
    named = {name for cell in table for name in re.findall(r"`([a-z]+)`", cell)}
    assert {name for name, _ in READERS} <= named


def test_the_manual_shows_the_script_as_it_is_and_it_is_short() -> None:
    script = SCRIPT.read_text("utf-8")
    assert f"```sh\n{script}```" in IMPORTING.read_text("utf-8")
    assert len(script.splitlines()) <= 10


@pytest.mark.skipif(os.name == "nt", reason="the lines are for a POSIX shell")
def test_the_manual_makes_the_corrected_transcript_that_it_goes_on_with(tmp_path: Path) -> None:
    folder = make_example(tmp_path)
    (meant,) = (folder / "corrected").iterdir()
    as_meant = meant.read_bytes()
    meant.unlink()
    meant.parent.rmdir()
    (lines,) = re.findall(r"```sh\n(mkdir .*?)```", IMPORTING.read_text("utf-8"), re.DOTALL)
    subprocess.run(["sh", "-eu", "-c", lines], cwd=folder, check=True)
    assert meant.read_bytes() == as_meant


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which `qualcode` is this checkout."""
    folder = tmp_path / "bin"
    folder.mkdir()
    started = f'#!/bin/sh\nexec "{sys.executable}" -m qualcode "$@"\n'
    (folder / "qualcode").write_text(started, "utf-8")
    (folder / "qualcode").chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    return {**os.environ, **home, "PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(os.name == "nt", reason="the script is one for a POSIX shell")
@pytest.mark.parametrize("speakers", [False, True])
def test_the_script_makes_a_coded_project_of_what_an_engine_wrote(
    program: dict[str, str], tmp_path: Path, *, speakers: bool
) -> None:
    study = tmp_path / "study"
    whisper_output.write(study / "heard", speakers=speakers, manifest=study / "heard.csv")
    whisper_output.write_silence(study / "heard" / "P04.wav", seconds=1030)
    codings = (ROOT / "transcripts" / "codings.csv").read_text("utf-8").splitlines(keepends=True)
    of_one = [line for line in codings if line.startswith(("transcript,", "P08,"))]
    (tmp_path / "codings.csv").write_text("".join(of_one), "utf-8")
    book = str(ROOT / "codebook.yaml")
    arguments = ["study", "study/heard", "study/heard.csv", book, "codings.csv"]

    def run_script() -> str:
        words = ["sh", str(SCRIPT), *arguments]
        done = subprocess.run(
            words, cwd=tmp_path, env=program, check=True, timeout=120, stderr=subprocess.PIPE
        )
        return done.stderr.decode()

    assert "3 transcripts imported" in run_script()
    transcripts = {one["name"]: one for one in list_transcripts(program, tmp_path)}
    assert transcripts["P08"]["codings"] == len(of_one) - 1
    assert transcripts["P04"]["recording"]["ms"] == 1_030_000
    labels = [speaker["label"] for speaker in transcripts["P05"]["speakers"]]
    assert labels == (["SPEAKER_00", "SPEAKER_01"] if speakers else [])
    assert (study / "matrix.docx").stat().st_size > 5_000

    assert "3 transcripts are unchanged" in run_script()
    assert list_transcripts(program, tmp_path) == list(transcripts.values())


@pytest.mark.skipif(os.name == "nt", reason="the script is one for a POSIX shell")
def test_what_people_did_after_the_script_outlasts_its_next_run(
    program: dict[str, str], tmp_path: Path
) -> None:
    study = tmp_path / "study"
    whisper_output.write(study / "heard", speakers=True, manifest=study / "heard.csv")
    rows = "transcript,start,end,code,coder\nP08,0,60,funding,amina\nP04,0,60,funding,amina\n"
    (tmp_path / "codings.csv").write_text(rows, "utf-8")
    book = str(ROOT / "codebook.yaml")
    script = ["sh", str(SCRIPT), "study", "study/heard", "study/heard.csv", book, "codings.csv"]

    def typed(*words: str) -> None:
        subprocess.run(words, cwd=tmp_path, env=program, check=True, timeout=120)

    typed(*script)
    untag = ["untag", "P04", "funding", "--span", "0:60"]
    typed("qualcode", "--project", "study", "--coder", "amina", *untag)
    better = study / "heard" / "P08.json"
    heard = json.loads(better.read_text("utf-8"))
    first, *rest = heard["segments"]
    longer = {**first, "text": f" Right, it is on now. {first['text'].strip()}"}
    better.write_text(json.dumps({**heard, "segments": [longer, *rest]}), "utf-8")
    typed(*script)

    found = {one["name"]: one for one in list_transcripts(program, tmp_path)}
    assert (found["P08"]["version"], found["P04"]["codings"]) == (2, 0)
    assert found["P08"]["codings"] + found["P08"]["waiting"] == 1
    made = {
        path.name for path in study.iterdir() if path.suffix not in (".qualcode", ".identities")
    }
    assert made == {"coded", "codebook.yaml", "heard", "heard.csv", "matrix.docx", "transcripts"}
    assert (study / "coded").stat().st_size == 0


def list_transcripts(program: dict[str, str], folder: Path) -> list[dict[str, Any]]:
    words = ["qualcode", "--project", "study", "transcripts", "list", "--json"]
    done = subprocess.run(
        words, cwd=folder, env=program, check=True, timeout=60, stdout=subprocess.PIPE
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found

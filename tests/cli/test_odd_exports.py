"""Words and places that documents could stumble over: a whole document, or one sentence."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from cli.study import call, environment
from exporters.lint import lint
from services.ways_out.odd_studies import FORMULA, NASTY, STUDIES

if TYPE_CHECKING:
    from cli.conftest import Person

FORMATS = ("docx", "xlsx", "html", "md", "csv", "json")
FORBIDDEN = frozenset(map(chr, range(32))) - set("\n\t\r") | {"\ufffe", "\ud800"}

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits and files of Linux")

_KNOWN: dict[str, Path] = {}


@pytest.fixture
def odd(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The folder of an odd study, where the person is."""
    name = getattr(request, "param", "nasty words")
    if name not in _KNOWN:
        _KNOWN[name] = tmp_path_factory.mktemp("odd") / "study"
        STUDIES[name](_KNOWN[name]).close()
    folder = tmp_path / "odd"
    shutil.copytree(_KNOWN[name], folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QUALCODE_CODER", "amina")
    return folder


def valid(path: Path) -> None:
    """A file that whoever reads its format can read."""
    if path.suffix == ".docx":
        assert lint(path.read_bytes()) == []
        docx.Document(str(path))
        return
    if path.suffix == ".xlsx":
        cells = [c for s in openpyxl.load_workbook(path) for row in s.iter_rows() for c in row]
        assert [cell for cell in cells if cell.data_type == "f"] == []
        assert max(len(str(cell.value or "")) for cell in cells) <= 32_767
        return
    text = path.read_text("utf-8-sig")
    if path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1
    elif path.suffix == ".json":
        json.loads(text)
    else:
        assert FORBIDDEN.isdisjoint(text)


@pytest.mark.parametrize("odd", STUDIES, indirect=True)
@pytest.mark.parametrize("suffix", FORMATS)
def test_an_odd_study_is_a_valid_document_and_leaves_nothing_beside_it(
    odd: Path, suffix: str, qualcode: Person
) -> None:
    before = {path.name for path in odd.iterdir()}
    done = qualcode("matrix", "-o", f"m.{suffix}", "--columns", "codes")
    assert (done.code, done.out) == (0, ""), done.err
    assert {path.name for path in odd.iterdir()} == {*before, f"m.{suffix}"}
    valid(odd / f"m.{suffix}")


@pytest.mark.parametrize(
    "words",
    [
        ("export", "all.xlsx"),
        ("export", "all.csv"),
        ("export", "cases.csv", "--table", "cases"),
        ("export", "book.docx"),
        ("export", "book.html"),
        ("export", "book.md"),
        ("quotes", "-o", "some.json"),
        ("quotes", "-o", "some.docx"),
        ("compare", "-o", "by.md"),
    ],
    ids=" ".join,
)
def test_odd_words_leave_by_every_way(odd: Path, words: tuple[str, ...], qualcode: Person) -> None:
    done = qualcode(*words)
    assert done.code == 0, done.err
    valid(odd / next(word for word in words if "." in word))


def test_an_organisation_that_looks_like_a_formula_is_words(odd: Path, qualcode: Person) -> None:
    assert qualcode("export", "all.xlsx").code == 0
    cells = [c for s in openpyxl.load_workbook("all.xlsx") for row in s.iter_rows() for c in row]
    found = [cell for cell in cells if FORMULA in str(cell.value)]
    assert found
    assert {cell.data_type for cell in found} <= {"s", "inlineStr"}


def test_two_people_of_one_name_are_two_rows(odd: Path, qualcode: Person) -> None:
    rows = qualcode("matrix", "--json").json["rows"]
    named = [row for row in rows if "Lee, Sam" in json.dumps(row)]
    assert [row["key"] for row in named] == ["P01", "P02"]


def test_ten_thousand_words_are_all_there_and_cells_that_go_on_are_counted(
    odd: Path, qualcode: Person
) -> None:
    assert qualcode("matrix", "-o", "m.docx").code == 0
    with zipfile.ZipFile("m.docx") as archive:
        assert archive.read("word/document.xml").count(b"word and word and ") >= 2
    done = qualcode("export", "all.xlsx")
    assert "2 cells of more than 32,000 characters or 250 lines: the rest is in" in done.err
    sheet = openpyxl.load_workbook("all.xlsx")["Quotations"]
    said = "".join(str(cell.value or "") for row in sheet.iter_rows() for cell in row)
    assert said.count("word") >= 2 * NASTY[8].count("word") > 13_000


# -- places that cannot be written ----------------------------------------------------------------


def refused(folder: Path, target: str, said: str, qualcode: Person) -> None:
    before = sorted(folder.iterdir())
    for words in (("matrix", "-o", target), ("export", target), ("quotes", "-o", target)):
        done = qualcode(*words)
        assert (done.code, done.out) == (1, "")
        assert said in done.err
        assert done.err.count("\n") == 1
    assert sorted(folder.iterdir()) == before
    assert qualcode("export", "list", "--json").json == []


def test_a_folder_of_that_name_is_said(study: Path, qualcode: Person) -> None:
    (study / "out.docx").mkdir()
    refused(study, "out.docx", "out.docx: the file cannot be written", qualcode)


@LINUX
def test_a_folder_that_nobody_may_write_to_is_said(study: Path, qualcode: Person) -> None:
    refused(
        study, "/proc/self/out.docx", "/proc/self/out.docx: the file cannot be written", qualcode
    )


def test_whoever_has_the_old_file_open_goes_on_reading_it(study: Path, qualcode: Person) -> None:
    assert qualcode("matrix", "-o", "m.md").code == 0
    before = Path("m.md").read_bytes()
    with Path("m.md").open("rb") as reading:
        assert qualcode("matrix", "-o", "m.md", "--title", "Another").code == 0
        assert reading.read() == before
    assert b"Another" in Path("m.md").read_bytes()


@LINUX
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_is_one_sentence_and_the_old_file_stays(
    study: Path, home: Path, suffix: str
) -> None:
    target = study / f"m.{suffix}"
    target.write_bytes(b"")
    before = {path.name: path.read_bytes() for path in study.iterdir() if path.is_file()}
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))"
    done = call("matrix", "-o", target.name, folder=study, home=home, before=full)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{target.name}: the file cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in study.iterdir() if path.is_file()} == before


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EOPNOTSUPP, "this disk knows no links")


@LINUX
@pytest.mark.parametrize("disk", ["without links", "without files that have no name"])
def test_a_disk_that_can_do_less_gets_the_same_file(
    disk: str, study: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qualcode("matrix", "-o", "one.docx").code == 0
    names = {path.name for path in study.iterdir()}
    if disk == "without links":
        monkeypatch.setattr(os, "link", no_links)
    else:
        monkeypatch.delattr(os, "O_TMPFILE")
    assert qualcode("matrix", "-o", "two.docx").code == 0
    assert Path("two.docx").read_bytes() == Path("one.docx").read_bytes()
    assert Path("two.docx").stat().st_mode == Path("one.docx").stat().st_mode
    assert {path.name for path in study.iterdir()} == {*names, "two.docx"}


def moments() -> Iterator[float]:
    """Seconds after the first byte is written, at which a process dies."""
    return (0.001 * 3**step for step in range(6))


@LINUX
def test_whenever_it_is_killed_the_old_file_or_the_new_one_stands_there_alone(
    odd: Path, home: Path, qualcode: Person
) -> None:
    assert qualcode("matrix", "-o", "m.docx", "--title", "Old").code == 0
    names = {path.name for path in odd.iterdir()}
    killed = 0
    for moment in moments():
        process = subprocess.Popen(
            [sys.executable, "-c", _SAYS_WHEN, "matrix", "-o", "m.docx", "--title", "New"],
            cwd=odd,
            env=environment(home, QUALCODE_CODER="amina"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        valid(odd / "m.docx")
        title = docx.Document("m.docx").core_properties.title
        assert title.partition(":")[0] in ("Old", "New")
        beside = {path.name for path in odd.iterdir()} - names
        assert {name for name in beside if "journal" not in name} == set()
    assert killed
    assert qualcode("matrix", "-o", "m.docx", "--title", "New").code == 0


_SAYS_WHEN = """\
import sys
from qualcode.cli.main import run
from qualcode.services.ways_out import putting

write = putting.Beside.write

def saying(self, what):
    print("writing", flush=True)
    return write(self, what)

putting.Beside.write = saying
sys.exit(run())
"""
"""The command line, that says when it begins to write."""

"""No name that may not leave comes out of any command, into a file or onto either stream.

In each place of the study below another name is hidden, of somebody who did not agree to be named.
What looks after the project (`participants`, `transcripts`, `memos`, `names`) shows what is stored
to those who look after it; it is no way out, and is not among the commands here.
"""

from __future__ import annotations

import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cli.conftest import Person
from cli.study import CODEBOOK

from qualcode.cli.main import run
from qualcode.services.retrieval import editing, retrieving
from qualcode.store.store import open_store

HIDDEN = {
    "words": "Hiwot Tesfay",
    "memo": "Oluwaseun Adeyemi",
    "summary": "Ceridwen Llewellyn",
    "role": "Dilnoza Rashidova",
    "organisation": "Eilidh Drummond",
    "place": "Farrukh Qureshi",
    "stakeholder": "Bronisław Wiśniewska",
    "strand": "Zsófia Kertész",
    "a column of their own": "Nkechi Obiora",
    "transcript": "Saoirse Gallagher",
    "recording": "Magnus Thorsen",
    "speaker": "Ingrid Halvorsen",
    "pseudonym": "Yusra Darwish",
    "what an edit shows": "Pradeep Nambiar",
    "filter": "Kwabena Boateng",
}
LEVELS = ("pseudonym", "role-organisation", "role", "anonymous", "withheld")
FORMATS = ("docx", "xlsx", "html", "md", "csv", "json")
ROWS = ("participant", "transcript", "place", "stakeholder", "role", "organisation", "strand")
AMINA = ("--coder", "amina")

MANIFEST = """\
interview_id,file,participant,speaker,name,role,organisation,place,stakeholder,attribution,date,\
recording,strand,with_whom,pseudonym
P01,P01.txt,P01,P01,Nasreen Holroyd,Aide of {role},Friends of {organisation},{place} House,\
with {stakeholder},named,2024-03-12,{recording}.mp3,of {strand},{a column of their own},
P02,P02.txt,P31,{speaker},{speaker},Clerk,Marle Council,Marle,officer,role,2024-03-13,,,,
{transcript},{transcript}.txt,P03,P03,Jo Underhay,Clerk,Marle Council,Marle,officer,\
role-organisation,2024-03-14,,,,
P04,P04.txt,P04,P04,Kit Penhaligon,Clerk,,Marle,{filter} group,pseudonym,2024-03-15,,,,\
Friend of {pseudonym}
"""


def said(code: str, words: str) -> str:
    return f"I: And then?\n\n{code}: {words}\n\nI: What else?\n\n{code}: We sold tea.\n"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, made by the command line as its people would."""
    folder = tmp_path_factory.mktemp("hidden") / "fair"
    files = folder / "files"
    files.mkdir(parents=True)
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    for name, (code, words) in {
        "P01": ("P01", f"Then {HIDDEN['words']} came with the grant."),
        "P02": (HIDDEN["speaker"], "I was there when the grant came."),
        HIDDEN["transcript"]: ("P03", "We never had a grant."),
        "P04": ("P04", "It was the grant that did it."),
    }.items():
        (files / f"{name}.txt").write_text(said(code, words), encoding="utf-8")
    (files / "m.csv").write_text(MANIFEST.format_map(HIDDEN), encoding="utf-8")
    people = [
        ["participants", "set", f"P{20 + at}", f"name={name}", f"attribution={level}", "--new"]
        for at, (name, level) in enumerate(zip(HIDDEN.values(), LEVELS * 3, strict=True))
    ]
    note = f"{HIDDEN['summary']} comes up."
    named = HIDDEN["transcript"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder.parent))
        patch.setenv("XDG_CONFIG_HOME", str(folder.parent))
        patch.chdir(folder)
        commands: list[list[str]] = [
            ["new", "."],
            *people,
            ["import", "files", "--manifest", "files/m.csv"],
            *(
                [*AMINA, "tag", name, "grant-aid", "--turn", "2", "--memo", f"Of {HIDDEN['memo']}?"]
                for name in ("P01", "P02", named, "P04")
            ),
            [*AMINA, "tag", "P04", "bonding", "--turn", "4"],
            [*AMINA, "summaries", "set", "--case", "P01", "--theme", "funding", note],
        ]
        for command in commands:
            assert run(command) == 0, command
    with open_store(str(next(folder.glob("*.qualcode")))) as store:
        (quote,) = retrieving.quotes(store, where=["participant=P03"]).quotations
        put = [("We never", f"[{HIDDEN['what an edit shows']} never]")]
        moment = datetime(2024, 7, 1, tzinfo=UTC)
        editing.edit_quotation(store, quote.coding, put=put, by="amina", at=moment)
    return folder


@pytest.fixture
def fair(made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, where the person is, with a folder for what they write."""
    folder = tmp_path / "fair"
    shutil.copytree(made_once, folder)
    monkeypatch.chdir(folder)
    (folder / "out").mkdir()
    return folder


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def pieces(file: Path) -> Iterator[str]:
    """All that a file says, its name with it."""
    yield file.name
    content = file.read_bytes()
    if not content.startswith(b"PK"):
        yield content.decode("utf-8")
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield from archive.namelist()
        yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def leaks(*texts: str) -> list[str]:
    """The places whose name stands in a text, whole or in part."""
    plain = folded("\n".join(texts))
    return [
        place
        for place, name in HIDDEN.items()
        if any(folded(part) in plain for part in name.split())
    ]


def told(qualcode: Person, folder: Path, *words: str) -> tuple[int, list[str]]:
    """How a command ended, and what it let out on both streams and into files."""
    done = qualcode(*words)
    files = [file for file in (folder / "out").rglob("*") if file.is_file()]
    written = [piece for file in files for piece in pieces(file)]
    for file in files:
        file.unlink()
    return done.code, leaks(done.out, done.err, *written)


def test_the_names_stand_in_the_project(fair: Path, qualcode: Person) -> None:
    known = [
        qualcode("names", "list").out,
        qualcode("participants", "show", "P01").out,
        qualcode("transcripts", "show", "P01", "--turns").out,
        qualcode("memos", "list").out,
    ]
    assert set(leaks(known[0])) == set(HIDDEN)
    assert {"words", "memo", "role", "organisation", "strand"} <= set(leaks(*known[1:]))


@pytest.mark.parametrize("audience", ["team", "publication"])
@pytest.mark.parametrize("rows", ROWS)
def test_no_matrix_names_anybody(fair: Path, qualcode: Person, rows: str, audience: str) -> None:
    wanted = ("--rows", rows, "--cells", "both", "--audience", audience)
    for suffix in FORMATS:
        assert told(qualcode, fair, "matrix", "-o", f"out/m.{suffix}", *wanted) == (0, []), suffix
    assert told(qualcode, fair, "matrix", "--json", *wanted) == (0, [])


@pytest.mark.parametrize("audience", ["team", "publication"])
def test_no_export_names_anybody(fair: Path, qualcode: Person, audience: str) -> None:
    for by in ("theme", "place"):
        split = ("matrix", "-o", "out/s.docx", "--split", by, "--audience", audience)
        assert told(qualcode, fair, *split) == (0, []), by
    for suffix in ("xlsx", "csv", "docx", "md", "html"):
        export = ("export", f"out/e.{suffix}", "--audience", audience)
        assert told(qualcode, fair, *export) == (0, []), suffix
    for table in ("cases", "codes"):
        tables = ("export", "out/t.csv", "--table", table, "--audience", audience)
        assert told(qualcode, fair, *tables) == (0, []), table
    for by in ("place", "stakeholder", "role", "strand"):
        for format_ in ("table", "json", "csv", "md"):
            compare = ("compare", "--by", by, "--format", format_, "--audience", audience)
            assert told(qualcode, fair, *compare) == (0, []), (by, format_)


def test_no_list_on_the_screen_names_anybody(fair: Path, qualcode: Person) -> None:
    for format_ in ("table", "json", "csv", "md", "html"):
        quotes = ("quotes", "--context", "30", "--format", format_)
        assert told(qualcode, fair, *quotes) == (0, []), format_
    lists: tuple[tuple[str, ...], ...] = (
        ("search", "grant"),
        ("search", "grant", "--json"),
        ("search", "/H.wot/", "--json"),
        ("summaries", "list"),
        ("summaries", "list", "--json"),
        ("summaries", "list", "--to-do"),
        ("summaries", "list", "--to-do", "--rows", "place", "--json"),
        ("summaries", "show", "--case", "P01", "--theme", "funding"),
        ("participants", "check"),
        ("participants", "check", "--json"),
        ("compare",),
        ("doctor", "--json"),
        ("participants", "withdraw", "P01", "--dry-run"),
    )
    for words in lists:
        assert told(qualcode, fair, *words) == (0, []), words
    for slip in ("quotes none", "quotes --coder none", "tag P9 bonding"):
        code, let_out = told(qualcode, fair, *slip.split())
        assert (code > 0, let_out) == (True, []), slip


def test_what_a_filter_asks_for_is_not_said_where_it_is_a_name(
    fair: Path, qualcode: Person
) -> None:
    asked = f"stakeholder={HIDDEN['filter']} group"
    for suffix in ("docx", "html", "md"):
        words = ("matrix", "-o", f"out/m.{suffix}", "--where", asked)
        assert told(qualcode, fair, *words) == (0, []), suffix


def test_what_changed_since_an_old_export_names_nobody(fair: Path, qualcode: Person) -> None:
    qualcode("participants", "set", "P25", "attribution=named")  # the place says a name that may be
    assert qualcode("matrix", "-o", "old.json", "--rows", "place").code == 0
    assert leaks((fair / "old.json").read_text(encoding="utf-8")) == ["place"]
    qualcode("participants", "set", "P25", "attribution=role")
    assert qualcode("matrix", "-o", "new.json", "--rows", "place").code == 0

    for more in ((), ("--json",)):
        assert told(qualcode, fair, "export", "diff", "old.json", "new.json", *more) == (0, [])
    assert "[P25] House" in qualcode("export", "diff", "old.json", "new.json").out


NAME = HIDDEN["words"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("codebook: Fairs", f"codebook: Fairs of {NAME}"),
        ("name: Funding", f"name: As {NAME} says"),
        ("name: Grant aid", f"name: As {NAME} says"),
        ("definition: How money comes.", f"definition: As {NAME} says."),
        ("definition: Money given, not earned.", f"definition: As {NAME} says."),
    ],
)
def test_a_codebook_that_names_somebody_is_in_no_file(
    fair: Path, qualcode: Person, old: str, new: str
) -> None:
    book = fair / "codebook.yaml"
    text = book.read_text(encoding="utf-8")
    assert old in text
    book.write_text(text.replace(old, new), encoding="utf-8")
    assert qualcode("codebook", "apply").code == 0

    refused = 0
    for words in (
        *(("matrix", "-o", f"out/m.{suffix}") for suffix in FORMATS),
        ("matrix", "-o", "out/s.docx", "--split", "theme"),
        *(("export", f"out/e.{suffix}") for suffix in ("docx", "xlsx", "csv")),
        ("export", "out/c.csv", "--table", "codes"),
        ("quotes",),
        ("compare",),
    ):
        code, let_out = told(qualcode, fair, *words)
        assert let_out == [], words
        assert code in (0, 4), words
        refused += code == 4
    assert refused


@pytest.mark.parametrize(
    "title", [NAME, NAME.upper(), "Mrs Tesfay", "T e Tesf\u200bay", "Tesfay, H."]
)
def test_a_title_or_a_name_of_a_file_that_names_somebody_is_refused(
    fair: Path, qualcode: Person, title: str
) -> None:
    for words in (
        ("matrix", "-o", "out/m.docx", "--title", title),
        ("export", "out/e.xlsx", "--title", title),
        ("matrix", "-o", f"out/{title}.csv"),
        ("quotes", "-o", f"out/{title}.json"),
    ):
        assert told(qualcode, fair, *words) == (4, []), words

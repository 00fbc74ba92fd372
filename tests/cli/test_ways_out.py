"""Every way out passes the gate: a code that bears a participant's name stops them all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli.study import GRANT

import qualcode as api
from qualcode import errors
from qualcode.services.retrieval import citing, retrieving
from qualcode.services.ways_out import exporting

if TYPE_CHECKING:
    from cli.conftest import Person

NAME = "Hiwot Tesfay"
BOOK = """\
codebook: Fairs
version: 2
themes:
  - id: funding
    name: Funding
    key: f
    definition: How money comes.
    codes:
      - id: grant-aid
        name: Grant aid by {name}
        definition: Money given by {name}, not earned.
      - id: hiwot-tesfay
        name: What {name} says
      - id: trading
        name: Trading
  - id: cohesion
    name: Cohesion
    key: c
    codes:
      - id: bonding
        name: Bonding
"""

COMMANDS = [
    ("quotes",),
    ("quotes", "--json"),
    ("quotes", "--format", "csv"),
    ("quotes", "--format", "md"),
    ("quotes", "--format", "html"),
    ("quotes", "-o", "out.json"),
    ("quotes", "-o", "out.csv"),
    ("quotes", "-o", "out.md"),
    ("quotes", "-o", "out.html"),
    ("matrix", "--json"),
    ("matrix", "-o", "-", "--format", "md"),
    ("matrix", "-o", "out.docx"),
    ("matrix", "-o", "out.xlsx"),
    ("matrix", "-o", "out.html"),
    ("matrix", "-o", "out.md"),
    ("matrix", "-o", "out.csv", "--columns", "codes"),
    ("matrix", "-o", "out.json"),
    ("export", "out.xlsx"),
    ("export", "out.csv"),
    ("export", "out.csv", "--table", "cases"),
    ("export", "out.csv", "--table", "codes"),
    ("export", "out.html"),
    ("export", "out.md"),
]


@pytest.fixture
def planted(study: Path, qualcode: Person) -> Path:
    """The study with a codebook that says a participant's name, whom nobody may name."""
    (study / "codebook.yaml").write_text(BOOK.format(name=NAME), encoding="utf-8")
    assert qualcode("codebook", "apply").code == 0
    tag = ("--coder", "amina", "tag", "P01", "hiwot-tesfay", "--quote", "We sell tea")
    assert qualcode(*tag).code == 0
    before = qualcode("quotes", "--json")
    assert before.code == 0
    assert "hiwot-tesfay" in before.out
    assert qualcode("participants", "set", "P01", f"name={NAME}").code == 0
    return study


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_name_out(
    planted: Path, qualcode: Person, command: tuple[str, ...]
) -> None:
    done = qualcode(*command)

    assert done.code == 4, done.err
    assert done.out == ""
    assert "Hiwot" not in done.err
    assert "may not leave" in done.err
    assert not [path for path in planted.iterdir() if path.name.startswith(("out", ".qualcode-"))]


def test_python_lets_no_name_out(planted: Path, tmp_path: Path) -> None:
    with api.open(planted, coder="amina") as project:
        with pytest.raises(errors.LeakError):
            project.quotes()
        matrix, book, evidence = project.matrix(), project.book(), project.evidence()
        for value, name in ((matrix, "m.docx"), (book, "b.html"), (evidence, "e.xlsx")):
            with pytest.raises(errors.LeakError):
                value.write(tmp_path / name)
            assert not (tmp_path / name).exists()


def test_the_clipboard_takes_no_name(planted: Path, qualcode: Person) -> None:
    """Not even where the name stands in what is said of the words, such as a role."""
    assert qualcode("participants", "set", "P01", f"role=Aide of {NAME}").code == 0
    with api.open(planted, coder="amina") as project:
        store = project._store
        found = retrieving.quotes(store).quotations
        uid = next(one.coding for one in found if one.text == GRANT)
        cited = citing.cite_coding(store, uid, where="here")
        assert cited.attribution.startswith("Aide of [P01]")
        with pytest.raises(errors.LeakError):
            exporting.check_words(store, [f"{cited}, {NAME}"], where="the clipboard")


def test_a_search_shows_the_code_for_the_name(study: Path, qualcode: Person) -> None:
    assert qualcode("participants", "set", "P03", "name=Tea Tent").code == 0
    done = qualcode("search", "leaked", "--json")

    assert done.code == 0
    assert "[P03] leaked" in " ".join(hit["left"] + hit["text"] for hit in json.loads(done.out))


def test_without_names_at_hand_the_team_is_told_and_a_publication_refused(
    study: Path, qualcode: Person
) -> None:
    team = qualcode("export", "team.html")
    assert team.code == 0
    assert "the names of participants are not at hand" in team.err
    refused = qualcode("export", "public.html", "--audience", "publication")
    assert refused.code == 4
    assert not (study / "public.html").exists()

    assert qualcode("participants", "set", "P01", f"name={NAME}").code == 0
    assert qualcode("export", "public.html", "--audience", "publication").code == 0


def test_a_quotation_is_edited_and_shown_so_everywhere(study: Path, qualcode: Person) -> None:
    uid = qualcode("quotes", "--json").json[0]["coding"]
    words = ("quotes", "edit", uid, "--cut", " for the tent", "--put", "grant=[council grant]")
    done = qualcode("--coder", "amina", *words)

    assert done.code == 0, done.err
    assert done.out == "The [council grant] paid[…]\n"
    assert done.err.endswith("2 edits in this quotation\n")
    (first, _) = qualcode("quotes", "--json").json
    assert (first["text"], first["edits"]) == ("The [council grant] paid[…]", 2)
    assert "[council grant] paid[…]" in qualcode("matrix", "--json").out

    assert qualcode("quotes", "edit", uid, "--undo-edits").out == f"{GRANT}\n"
    assert qualcode("quotes", "edit", uid, "--put", "grant=money").code == 1
    assert qualcode("quotes", "edit", uid).code == 2

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
    from collections.abc import Callable

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
        before = project.exports()
        matrix, book, evidence = project.matrix(), project.book(), project.evidence()
        acts: list[tuple[str, Callable[[], object]]] = [
            ("m.docx", lambda: matrix.report),
            ("m.docx", lambda: matrix.write(tmp_path / "m.docx")),
            ("m.docx", lambda: matrix.write_parts(tmp_path / "m.docx")),
            ("m.docx", lambda: matrix.to_bytes("docx")),
            ("b.html", lambda: book.book),
            ("b.html", lambda: book.write(tmp_path / "b.html")),
            ("b.html", lambda: book.to_bytes("html")),
            ("e.xlsx", lambda: evidence.evidence),
            ("e.xlsx", lambda: evidence.write(tmp_path / "e.xlsx")),
        ]
        for name, act in acts:
            with pytest.raises(errors.LeakError):
                act()
            assert not (tmp_path / name).exists()
        assert "Hiwot" not in f"{matrix} {book} {evidence}"
        assert project.exports() == before
    assert not list(tmp_path.glob("m-*"))


def test_a_title_with_a_name_in_it_is_not_looked_at_either(study: Path, qualcode: Person) -> None:
    assert qualcode("participants", "set", "P01", f"name={NAME}").code == 0
    title = f"About {NAME}"
    with api.open(study, coder="amina") as project:
        for look in (
            lambda: project.matrix(title=title).report,
            lambda: project.book(title=title).book,
            lambda: project.evidence(title=title).evidence,
        ):
            with pytest.raises(errors.LeakError):
                look()


def test_a_value_that_was_made_before_somebody_withdrew_shows_nothing_afterwards(
    study: Path, qualcode: Person
) -> None:
    with api.open(study, coder="amina") as project:
        matrix, book, evidence = project.matrix(), project.book(), project.evidence()
        assert matrix.report
        assert qualcode("participants", "set", "P01", "attribution=withheld").code == 0
        for look in (
            lambda: matrix.report,
            lambda: book.book,
            lambda: evidence.evidence,
        ):
            with pytest.raises(errors.ConsentChangedError):
                look()


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


def test_a_search_shows_nobodys_mask_for_a_surname_that_stands_as_a_word(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("participants", "set", "P03", "name=Tea Tent").code == 0
    done = qualcode("search", "leaked", "--json")

    assert done.code == 0
    assert "[name] leaked" in " ".join(hit["left"] + hit["text"] for hit in json.loads(done.out))


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
    for code in ("P02", "P03"):
        assert qualcode("participants", "set", code, "name=none").code == 0
    assert qualcode("export", "public.html", "--audience", "publication").code == 0


def test_a_file_of_names_that_holds_nobody_s_is_as_good_as_none(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("names", "add", "Ada Holt").code == 0
    assert qualcode("export", "public.html", "--audience", "publication").code == 4


def test_a_publication_waits_until_the_name_of_everybody_unnamed_is_known_or_none(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("participants", "set", "P01", f"name={NAME}").code == 0
    publish = ("export", "public.html", "--audience", "publication")
    refused = qualcode(*publish)
    assert refused.code == 4
    assert "no name is known here of P02 and P03" in refused.err  # P02 withdrew, and may be named
    assert "qualcode participants set P02 name=none" in refused.err
    assert "so none is looked for, of P02, P03" in qualcode("export", "team.html").err

    for code in ("P02", "P03"):
        assert qualcode("participants", "set", code, "name=none").code == 0
    assert qualcode(*publish).code == 0
    assert "bear one name" not in qualcode("participants", "check").out


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


def test_what_is_worth_quoting_is_starred_listed_and_marked(study: Path, qualcode: Person) -> None:
    uid = qualcode("quotes", "--json").json[0]["coding"]
    assert qualcode("quotes", "--starred", "--json").json == []
    done = qualcode("--coder", "amina", "quotes", "star", uid)
    assert (done.code, done.out) == (0, "")
    assert "1 passage marked as worth quoting\nnext:\n" in done.err
    assert qualcode("quotes", "star", uid).err == "nothing changed\n"

    (starred,) = qualcode("quotes", "--starred", "--json").json
    assert (starred["coding"], starred["starred"]) == (uid, True)
    assert [one["starred"] for one in qualcode("quotes", "--json").json] == [True, False]
    assert qualcode("quotes", "--starred").out.startswith("P01 ¶2*  funding/grant-aid")
    assert r"P01 ¶2\*" in qualcode("matrix", "-o", "-", "--format", "md").out
    written = qualcode("quotes", "--starred", "-o", "starred.md")
    assert "starred.md: 1 quotation\n" in written.err

    assert qualcode("quotes", "unstar", uid).err.startswith("1 passage no longer worth quoting")
    assert qualcode("quotes", "--starred").err == "0 codings\n"
    starred = qualcode("quotes", "star", "P01", "¶2*", "P01:2", "--code", "grant-aid")
    assert starred.err.startswith("1 passage marked")
    assert qualcode("quotes", "star", "nothing").code == 1
    assert qualcode("quotes", "star").code == 2


def test_a_star_and_an_edit_say_nothing_of_a_code_that_may_not_leave(
    study: Path, planted: Path, qualcode: Person
) -> None:
    with api.open(planted, coder="amina") as project:
        found = retrieving.quotes(project._store, ["hiwot-tesfay"]).quotations
    (uid,) = (one.coding for one in found)
    starred = qualcode("--coder", "amina", "quotes", "star", uid, "--json")
    edited = qualcode("--coder", "amina", "quotes", "edit", uid, "--cut", "tea", "--json")

    assert (starred.code, starred.json) == (0, {"passages": 1, "starred": True})
    assert edited.json == {"text": "We sell […]", "edits": 1, "changed": 1, "masked": 0}
    assert "Hiwot" not in starred.err + edited.err


def test_a_pseudonym_that_holds_a_listed_name_is_nowhere_however_lines_are_folded(
    study: Path, qualcode: Person
) -> None:
    assert qualcode("names", "add", "Zorbing Quarterly", "--kind", "organisation").code == 0
    for length in (70, 80):
        pseudonym = f"{'Lady':-<{length}} Zorbing Quarterly"
        words = ("attribution=pseudonym", f"pseudonym={pseudonym}")
        assert qualcode("participants", "set", "P03", *words).code == 0
        shown = qualcode("quotes")
        assert "Anonymous participant" in shown.out
        assert "Zorbing Quarterly" not in " ".join(shown.out.split())


def test_what_has_left_is_listed_with_who_is_cited_in_it(study: Path, qualcode: Person) -> None:
    assert qualcode("export", "list").err == "0 exports\n"
    assert qualcode("--coder", "amina", "export", "list.csv", "--audience", "team").code == 0
    assert qualcode("--coder", "amina", "quotes", "--format", "csv").code == 0

    file, stream = qualcode("export", "list", "--json").json
    assert (file["file"], file["by"], file["quotations"]) == ("list.csv", "amina", 2)
    assert sorted(file["cited"]) == ["P01", "P03"]
    assert file["cited"]["P01"] == ["month", "place", "role", "stakeholder"]
    assert (stream["file"], stream["format"]) == ("-", "csv")
    shown = qualcode("export", "list")
    assert "a stream of csv" in shown.out
    assert shown.err == "2 exports\n"

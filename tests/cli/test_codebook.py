from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.study import CODEBOOK

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

NEW_CODE = "      - id: raffles\n        name: Raffles\n"
MORE = CODEBOOK.replace("      - id: trading\n", f"{NEW_CODE}      - id: trading\n")
LESS = CODEBOOK.replace(
    """\
      - id: grant-aid
        name: Grant aid
        definition: Money given, not earned.
""",
    "",
)


def write(study: Path, text: str) -> None:
    (study / "codebook.yaml").write_text(text, encoding="utf-8")


def codes(qualcode: Person, *options: str) -> list[str]:
    return [one["code"] for one in qualcode(*options, "codebook", "show", "--json").json["codes"]]


def test_the_codebook_is_shown_with_counts(study: Path, qualcode: Person) -> None:
    lines = qualcode("codebook", "show").out.splitlines()
    assert lines[0].split() == ["CODE", "CODINGS", "NAME"]
    assert lines[2].split() == ["funding/grant-aid", "3", "Grant", "aid"]
    shown = qualcode("codebook", "show", "--json").json
    assert (shown["codebook"], shown["version"]) == ("Fairs", "1")
    assert shown["codes"][1]["codings"] == 3
    assert shown["codes"][1]["theme"] == "funding"


def test_a_book_without_faults_is_said_to_be_so(study: Path, qualcode: Person) -> None:
    done = qualcode("codebook", "check", "--json")
    assert (done.json["codes"], done.json["themes"]) == (5, 2)
    assert "5 codes, of them 2 themes; nothing wrong was found" in done.err


def test_a_book_can_be_checked_where_it_is_not_clear_which_project_it_is_of(
    study: Path, qualcode: Person
) -> None:
    (study / "other.qualcode").write_bytes((study / "fair.qualcode").read_bytes())
    assert qualcode("codebook", "show").code == 2
    assert qualcode("codebook", "check").code == 0
    assert qualcode("codebook", "check", "codebook.yaml").code == 0


def test_all_faults_of_a_book_are_said_at_once(study: Path, qualcode: Person) -> None:
    write(study, CODEBOOK.replace("id: trading", "id: grant-aid").replace("colour:", "color:"))
    done = qualcode("codebook", "check")
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 2
    assert all("codebook.yaml:" in line for line in done.err.splitlines())


def test_the_difference_is_shown_and_then_applied(study: Path, qualcode: Person) -> None:
    assert "is what the project has" in qualcode("codebook", "diff").err
    write(study, MORE)
    shown = qualcode("codebook", "diff")
    assert "raffles" in shown.out
    assert "qualcode codebook apply" in shown.err
    assert qualcode("codebook", "diff", "--json").json["changes"] == shown.out.splitlines()
    dry = qualcode("codebook", "apply", "--dry-run")
    assert dry.out == shown.out
    assert "funding/raffles" not in codes(qualcode)
    done = qualcode("codebook", "apply", "--json")
    assert done.json["codes"] == 6
    assert "the project has 6 codes now" in done.err
    assert "funding/raffles" in codes(qualcode)
    assert "nothing new" in qualcode("codebook", "apply").err


def test_a_code_with_codings_is_retired_only_when_asked(study: Path, qualcode: Person) -> None:
    write(study, LESS)
    refused = qualcode("codebook", "apply")
    assert (refused.code, refused.out) == (1, "")
    assert "funding/grant-aid (3)" in refused.err
    done = qualcode("codebook", "apply", "--retire", "--json")
    assert done.json["retired"] == ["funding/grant-aid"]
    assert "(retired)" in qualcode("codebook", "show").out


def test_a_book_elsewhere_may_be_named(study: Path, qualcode: Person, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(MORE, encoding="utf-8")
    assert "raffles" in qualcode("codebook", "diff", str(other)).out
    assert qualcode("codebook", "apply", str(other)).code == 0
    assert "funding/raffles" in codes(qualcode)


# -- one code at a time ---------------------------------------------------------------------------


def file(study: Path) -> str:
    return (study / "codebook.yaml").read_text(encoding="utf-8")


def test_a_code_is_added_to_the_file_and_the_project(study: Path, qualcode: Person) -> None:
    words = ("add", "Raffles", "--under", "funding", "--definition", "Luck.", "--proposed")
    done = qualcode("--coder", "amina", "codebook", *words, "--json")
    assert done.json == {
        "id": "raffles",
        "code": "funding/raffles",
        "name": "Raffles",
        "key": None,
        "definition": "Luck.",
        "proposed": True,
        "retired": False,
        "codings_moved": 0,
        "changed": True,
    }
    assert "code proposed: funding/raffles" in done.err
    assert "qualcode --coder amina undo" in done.err
    assert "      - id: raffles\n        name: Raffles\n" in file(study)
    assert "Raffles (proposed)" in qualcode("codebook", "show").out
    assert "is what the project has" in qualcode("codebook", "diff").err
    again = qualcode("codebook", "accept", "raffles")
    assert "no longer only proposed" in again.err
    assert "qualcode --coder amina undo" not in again.err
    assert "(proposed)" not in qualcode("codebook", "show").out


def test_what_is_edited_says_what_it_did(study: Path, qualcode: Person) -> None:
    for words, said in (
        (("rename", "grant-aid", "Grants"), "funding/grant-aid is called Grants now"),
        (("define", "trading", "What is sold."), "funding/trading has a new definition"),
        (("key", "cohesion", "-"), "no key opens cohesion now"),
        (("key", "cohesion", "w"), "the key w opens cohesion now"),
        (("move", "trading", "--under", "cohesion"), "funding/trading is cohesion/trading now"),
        (("move", "trading", "--under", "cohesion", "--before", "bonding"), "cohesion/trading now"),
        (("retire", "grant-aid"), "funding/grant-aid is retired now"),
        (("restore", "grant-aid"), "funding/grant-aid takes codings again"),
        (("rename", "trading", "Trading"), "nothing to change"),
    ):
        done = qualcode("codebook", *words)
        assert (done.code, done.out) == (0, "")
        assert said in done.err
        assert ("next:" in done.err) is ("nothing" not in said)
    assert codes(qualcode) == [
        "funding",
        "funding/grant-aid",
        "cohesion",
        "cohesion/trading",
        "cohesion/bonding",
    ]


def test_a_merge_is_shown_before_it_is_done(study: Path, qualcode: Person) -> None:
    before = file(study)
    dry = qualcode("codebook", "merge", "grant-aid", "trading", "--dry-run")
    assert dry.out.splitlines() == [
        "3 codings of 2 coders from funding/grant-aid to funding/trading",
        "  P01 ¶2",
        "  P02 ¶2",
        "  P03 ¶2 00:00:05",
    ]
    assert "qualcode codebook merge funding/grant-aid funding/trading" in dry.err
    shown = qualcode("codebook", "merge", "grant-aid", "trading", "--dry-run", "--json").json
    assert (shown["codings"], shown["coders"], shown["doubled"]) == (3, ["amina", "ben"], 0)
    assert file(study) == before
    done = qualcode("codebook", "merge", "grant-aid", "trading", "--json").json
    assert (done["code"], done["codings_moved"]) == ("funding/trading", 3)
    assert qualcode("codebook", "show", "--json").json["codes"][1]["codings"] == 3
    assert "grant-aid" not in file(study)


def test_a_merge_that_would_be_refused_is_refused_in_a_dry_run(
    study: Path, qualcode: Person
) -> None:
    write(study, MORE)
    tried = qualcode("codebook", "merge", "grant-aid", "trading", "--dry-run")
    done = qualcode("codebook", "merge", "grant-aid", "trading")
    assert (tried.code, done.code) == (1, 1)
    assert tried.err == done.err
    assert file(study) == MORE


def test_undo_takes_an_edit_back_in_the_file_too(study: Path, qualcode: Person) -> None:
    before = file(study)
    qualcode("coders", "use", "amina")
    qualcode("codebook", "merge", "grant-aid", "trading")
    after = file(study)
    assert qualcode("undo").code == 0
    assert file(study) == before
    assert qualcode("redo").code == 0
    assert file(study) == after
    write(study, after.replace("How money comes.", "How it comes."))
    undone = qualcode("undo", "--json")
    assert undone.json == {"act": "merge code", "changed": 11, "file_left": True}
    assert "warning: codebook.yaml was left alone and differs now" in undone.err
    assert "qualcode codebook diff" in undone.err
    assert "How it comes." in file(study)
    assert "funding/grant-aid" in codes(qualcode)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("key", "cohesion", "u"), "undoes in the coding screen"),
        (("key", "cohesion", "f"), "the key 'f' opens 'funding' already"),
        (("move", "funding", "--under", "cohesion"), "has a key and a colour"),
        (("merge", "cohesion", "bonding"), "Merge them the other way round"),
        (("rename", "bondin", "Ties"), "Did you mean 'cohesion/bonding'?"),
        (("add", "Ties", "--proposed"), "codebook.yaml: only a code is proposed"),
        (("add", " ", "--under", "funding"), "the name is empty. A code needs a name"),
    ],
)
def test_what_the_book_does_not_allow_is_refused_in_words(
    study: Path, qualcode: Person, words: tuple[str, ...], said: str
) -> None:
    done = qualcode("codebook", *words)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert file(study) == CODEBOOK


def test_a_file_changed_by_hand_is_not_written_into(study: Path, qualcode: Person) -> None:
    write(study, MORE)
    done = qualcode("codebook", "rename", "bonding", "Ties")
    assert done.code == 1
    assert "changed by hand since it was applied, in 1 place" in done.err
    assert file(study) == MORE
    qualcode("codebook", "apply")
    assert qualcode("codebook", "rename", "bonding", "Ties").code == 0


def test_a_file_that_is_behind_is_fetched(study: Path, qualcode: Person) -> None:
    assert "is what the project has" in qualcode("codebook", "fetch").err
    qualcode("codebook", "add", "Raffles", "--under", "funding")
    newest = file(study)
    write(study, CODEBOOK)
    refused = qualcode("codebook", "rename", "bonding", "Ties")
    assert (refused.code, file(study)) == (1, CODEBOOK)
    assert "qualcode codebook fetch" in refused.err
    assert qualcode("codebook", "fetch", "--json").json["written"] is True
    assert file(study) == newest


# -- which file is meant --------------------------------------------------------------------------

OTHER = "codebook: Else\nversion: 1\nthemes:\n  - id: other\n    name: Other\n"


@pytest.fixture
def elsewhere(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another study's folder, where the person is."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("codebook", "rename", "bonding", "Ties"),
        ("codebook", "merge", "grant-aid", "trading", "--dry-run"),
        ("codebook", "diff"),
        ("codebook", "apply"),
        ("codebook", "check"),
    ],
)
def test_the_codebook_of_the_folder_one_is_in_is_not_taken_for_the_projects(
    study: Path, elsewhere: Path, qualcode: Person, words: tuple[str, ...]
) -> None:
    project = ("--project", str(study))
    before = codes(qualcode, *project)
    (study / "codebook.yaml").unlink()
    done = qualcode(*project, *words)
    assert (done.code, done.out) == (1, "")
    assert f"{study / 'codebook.yaml'}: " in done.err
    assert codes(qualcode, *project) == before
    assert (elsewhere / "codebook.yaml").read_text(encoding="utf-8") == OTHER


def test_an_edit_and_its_undo_reach_the_file_beside_the_project(
    study: Path, elsewhere: Path, qualcode: Person
) -> None:
    link = elsewhere / "link.qualcode"
    link.symlink_to(study / "fair.qualcode")
    for project in (str(study), str(link)):
        before = file(study)
        amina = ("--project", project, "--coder", "amina")
        assert qualcode(*amina, "codebook", "rename", "bonding", "Ties").code == 0
        assert "name: Ties" in file(study)
        assert qualcode(*amina, "undo").code == 0
        assert file(study) == before
    (study / "codebook.yaml").unlink()
    assert qualcode("--project", str(link), "codebook", "fetch").code == 0
    assert file(study) == before
    assert (elsewhere / "codebook.yaml").read_text(encoding="utf-8") == OTHER


def test_only_a_check_looks_at_a_codebook_without_a_project(
    tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.qualcode", "two.qualcode"):  # it is not clear which is meant
        (tmp_path / name).touch()
    (tmp_path / "codebook.yaml").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert qualcode("codebook", "check").code == 0
    for words in (("diff",), ("apply",), ("fetch",), ("rename", "other", "Else")):
        assert qualcode("codebook", *words).code == 2

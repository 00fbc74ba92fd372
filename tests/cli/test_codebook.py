from __future__ import annotations

from typing import TYPE_CHECKING

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


def codes(qualcode: Person) -> list[str]:
    return [one["code"] for one in qualcode("codebook", "show", "--json").json["codes"]]


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


def test_a_code_with_codings_rests_only_when_asked(study: Path, qualcode: Person) -> None:
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

"""`qualcode compare`: who shares a theme, on the screen, in files and for scripts."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from cli.study import call_bytes

import qualcode as api
from qualcode import errors
from qualcode.cli import output

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person


@pytest.fixture
def areas(study: Path, qualcode: Person) -> Path:
    """The study with people who agreed to be found, so that each place may stand alone."""
    done = qualcode("participants", "set", "P01", "attribution=named")
    assert done.code == 0, done.err
    return study


def test_the_table_says_n_of_n(areas: Path, qualcode: Person) -> None:
    done = qualcode("compare", "--columns", "themes")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split() == ["theme", "and", "code", "Marle", "Thornwick", "all"]
    assert " ".join(lines[1].split()).startswith("Funding 1 of 1 1 of 1 2 of 2")
    assert "Cases are counted, not passages" in done.err
    assert "%" not in done.out


def test_on_a_terminal_too_narrow_for_its_table_each_theme_is_listed(
    areas: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "PIPED_WIDTH_CELLS", 60)
    done = qualcode("compare", "--columns", "themes")
    lines = done.out.splitlines()
    assert lines[:2] == ["Funding", "    Marle 1 of 1 · Thornwick 1 of 1 · all 2 of 2"]
    rule = [line for line in done.err.splitlines() if not line.startswith("warning")]
    assert len(rule) > 3
    assert max(map(len, (*lines, *rule))) <= 60


def test_scripts_read_the_same(areas: Path, qualcode: Person) -> None:
    found = qualcode("compare", "--json").json
    assert set(found) == {"attribute", "groups", "lines", "balance", "rule"}
    assert found["groups"] == ["Marle", "Thornwick"]
    funding = found["lines"][0]
    assert set(funding) == {
        *("key", "name", "is_theme", "groups", "cases", "of", "shared_by", "only_in", "against"),
        *("is_shared_by_all", "against_in"),
    }
    assert funding["groups"][0] == {"group": "Marle", "cases": 1, "of": 1}
    rows = list(csv.DictReader(io.StringIO(qualcode("compare", "--format", "csv").out)))
    of_codes = [row for row in rows if row["key"]]
    told = [(row["key"], row["group"], int(row["cases"]), int(row["of"])) for row in of_codes]
    assert told == [
        (line["key"], one["group"], one["cases"], one["of"])
        for line in found["lines"]
        for one in line["groups"]
    ]


def test_every_form_says_who_speaks_beside_who_was_interviewed(
    areas: Path, qualcode: Person
) -> None:
    weighed = qualcode("compare", "--json").json["balance"]
    assert {one["by"] for one in weighed} == {"place"}
    figures = [(one["label"], str(one["quotations"]), str(one["cases"])) for one in weighed]
    assert [label for label, _, _ in figures] == ["Marle", "Thornwick"]
    assert sum(one["quotations"] for one in weighed) > 1

    table = qualcode("compare").out.partition("Who speaks, and who was interviewed")[2]
    assert [tuple(line.split()[1:]) for line in table.splitlines()[2:]] == figures
    rows = csv.DictReader(io.StringIO(qualcode("compare", "--format", "csv").out))
    of_all = [(row["group"], row["quotations"], row["of"]) for row in rows if not row["key"]]
    assert of_all == figures
    written = qualcode("compare", "--format", "md").out
    assert all(f"| place | {' | '.join(one)} |" in written for one in figures)


def test_what_is_withheld_is_said_as_elsewhere(areas: Path, qualcode: Person) -> None:
    said = "1 coding on words of withheld participants is not shown"
    for command in (("compare",), ("matrix", "-o", "m.csv"), ("matrix", "-o", "m.md")):
        assert said in qualcode(*command).err.splitlines()
    assert said in qualcode("matrix", "-o", "m.docx", "--split", "theme").err.splitlines()


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_a_file_and_a_dash_are_the_same_bytes(format_: str, areas: Path, home: Path) -> None:
    call_bytes("compare", "-o", f"c.{format_}", folder=areas, home=home)
    dash = call_bytes("compare", "--format", format_, folder=areas, home=home)
    assert len(dash) > 200
    assert (areas / f"c.{format_}").read_bytes() == dash


def test_where_there_are_no_two_groups_it_says_so(study: Path, qualcode: Person) -> None:
    done = qualcode("compare")
    assert (done.code, done.out) == (0, "")
    assert "no two groups to compare by place" in done.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "planet"), 1, "an attribute 'planet'"),
        (("--by", "participant"), 2, "a group of its own"),
        (("--columns", "fundin"), 1, "funding"),
        (("--json", "--format", "csv"), 2, "not both"),
        (("--format", "table", "-o", "c.md"), 2, "for the screen"),
        (("-o", "c.docx"), 2, "no format in which a comparison can be written"),
    ],
)
def test_what_cannot_be_is_refused(
    study: Path, qualcode: Person, words: tuple[str, ...], code: int, said: str
) -> None:
    done = qualcode("compare", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


# -- export diff ----------------------------------------------------------------------------------


def test_two_exports_of_one_study_have_not_changed(study: Path, qualcode: Person) -> None:
    for name in ("old.docx", "new.xlsx"):
        assert qualcode("matrix", "-o", name).code == 0
    done = qualcode("export", "diff", "old.docx", "new.xlsx")
    assert (done.code, done.out) == (0, "Nothing changed.\n")
    assert done.err.startswith("the names of participants are not at hand")


def test_without_a_project_it_is_said_that_no_name_is_masked(
    study: Path, tmp_path: Path, qualcode: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qualcode("matrix", "-o", "m.docx").code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("QUALCODE_PROJECT", raising=False)
    done = qualcode("export", "diff", str(study / "m.docx"), str(study / "m.docx"))
    assert (done.code, done.out) == (0, "Nothing changed.\n")
    assert "no project is at hand" in done.err


def test_what_changed_is_said_in_words(study: Path, qualcode: Person) -> None:
    qualcode("matrix", "-o", "old.docx")
    assert qualcode("--coder", "ben", "tag", "P03", "bonding", "--quote", "on our own").code == 0
    assert qualcode("participants", "set", "P01", "attribution=anonymous").code == 0
    qualcode("matrix", "-o", "new.docx")
    done = qualcode("export", "diff", "old.docx", "new.docx")

    assert done.code == 0
    assert done.out.splitlines() == [
        "2 quotations before, 3 now.",
        "1 quotation new:",
        "  P03 ¶2 00:01:10 cohesion/bonding",
        "1 quotation attributed otherwise:",
        "  P01: attribution changed → Anonymous participant, 1 quotation",
        "1 cell changed:",
        "  P03, cohesion: 0 → 1 quotation (new: P03 ¶2 00:01:10)",
    ]
    changes = json.loads(qualcode("export", "diff", "old.docx", "new.docx", "--json").out)
    assert [one["code"] for one in changes["new"]] == ["cohesion/bonding"]
    assert changes["quotations"] == [2, 3]
    assert qualcode("export", "diff", "old.docx", "new.docx", "--json", "--all").code == 2


def test_what_was_wished_otherwise_is_said_first_and_is_no_change(
    areas: Path, qualcode: Person
) -> None:
    assert qualcode("matrix", "-o", "all.docx").code == 0
    assert qualcode("matrix", "-o", "few.json", "--rows", "place", "--max-quotes", "1").code == 0
    assert qualcode("export", "diff", "all.docx", "few.json").out.splitlines() == [
        "few.json was made with --rows place (before: participant), --max-quotes 1 (before: all).",
        "Nothing changed in what both hold: quotations, attributions.",
        "cells were not compared: the rows are others",
    ]


def test_a_file_that_is_no_export_is_refused(study: Path, qualcode: Person) -> None:
    qualcode("matrix", "-o", "old.docx")
    done = qualcode("export", "diff", "old.docx", "codebook.yaml")
    assert (done.code, done.out) == (1, "")
    assert "codebook.yaml: this file does not say what it holds" in done.err


def test_groups_are_of_one_attribute_and_a_second_is_not_passed_over(
    areas: Path, qualcode: Person
) -> None:
    done = qualcode("compare", "--by", "place", "--by", "role")
    assert (done.code, done.out) == (2, "")
    assert "give --by once" in done.err


def test_a_name_in_a_comparison_stops_it_in_python_too(areas: Path, qualcode: Person) -> None:
    with api.open(areas, coder="amina") as project:
        compared = project.compare("place", columns="codes")
        assert "Grant aid" in [line.name for line in compared.comparison.lines]
        assert project.add_name("Grant aid", kind="organisation")
        for act in (
            lambda: compared.comparison,
            lambda: compared.to_bytes("csv"),
            lambda: compared.write(areas / "out.md"),
        ):
            with pytest.raises(errors.LeakError):
                act()
    assert qualcode("compare", "--columns", "codes").code == 4
    assert not (areas / "out.md").exists()

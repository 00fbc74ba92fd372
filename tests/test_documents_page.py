"""The manual of documents names what there is: each wish, each sample, each picture."""

from __future__ import annotations

import contextlib
import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from document_pictures import PAGES, PICTURES
from pages import DOCUMENTS
from samples import MADE, SAMPLES

from qualcode.cli.matrix import matrix
from qualcode.model.people import Attribution

MANUAL = DOCUMENTS.read_text("utf-8")
PICTURE_BYTES = 150_000
ALL_PICTURES_BYTES = 1_000_000

_SHORT = {"--output", "--format", "--json", "--coder", "--help"}
"""Wishes of every command, which this page leaves to the help."""


def test_every_wish_that_a_matrix_knows_is_in_the_manual() -> None:
    wishes = {name for option in matrix.params for name in option.opts if name.startswith("--")}
    assert len(wishes - _SHORT) > 10
    assert {name for name in wishes - _SHORT if f"`{name}" not in MANUAL} == set()


def test_every_level_of_attribution_is_in_the_manual() -> None:
    assert {level for level in Attribution if f"| `{level}`" not in MANUAL} == set()


def test_every_sample_can_be_opened_from_the_manual() -> None:
    linked = set(re.findall(r"\(samples/([^)]+)\)", MANUAL))
    assert len(linked) > 3
    assert linked <= {file.name for file in SAMPLES.iterdir()}
    assert linked >= {name for name in MADE if name != "funding-list.docx"}


def test_every_picture_is_in_the_manual_and_small() -> None:
    shown = set(re.findall(r"\(pictures/([^)]+)\.png\)", MANUAL))
    assert shown == set(PAGES)
    sizes = []
    for name in shown:
        picture = (PICTURES / f"{name}.png").read_bytes()
        assert picture.startswith(b"\x89PNG")
        sizes.append(len(picture))
    assert max(sizes) < PICTURE_BYTES
    assert sum(sizes) < ALL_PICTURES_BYTES


def test_the_lines_of_python_read_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)
    shutil.copy(SAMPLES / "cases.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    printed = StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(lines, str(DOCUMENTS), "exec"), {})
    found = re.fullmatch(r"(\d+) of (\d+) cases speak of grant aid\n", printed.getvalue())
    assert found is not None
    assert 0 < int(found[1]) < int(found[2])


def test_the_columns_that_the_lines_of_r_name_are_there() -> None:
    (lines,) = re.findall(r"```r\n(.*?)```", MANUAL, re.DOTALL)
    header = (SAMPLES / "cases.csv").read_text("utf-8").partition("\n")[0]
    (named,) = re.findall(r"aggregate\((\w+) ~ (\w+), cases", lines)
    for column in named:
        assert f'"{column}"' in header
    assert (SAMPLES / "cases-labels.csv").read_text("utf-8").startswith('"column"')

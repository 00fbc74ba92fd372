"""The same study is the same bytes wherever it is written, and one act changes what it is about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from exporters.reading import docx_bytes, matrices, rows_of
from services.study import ROOT, tick
from services.ways_out import every_way
from services.ways_out.odd_studies import STUDIES

from qualcode.model.document import DocumentOptions, Layout
from qualcode.services.charts import charting
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store, open_store

PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG"},
)

Digests = dict[str, tuple[str, str]]


def elsewhere(project: Path, out: Path, place: dict[str, str]) -> Digests:
    """What a process with these surroundings writes of a copy of the project."""
    out.mkdir()
    copy = shutil.copytree(project.parent, out / "study") / project.name
    script = Path(every_way.__file__)
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, str(script), str(copy), str(out)],
        env={**os.environ, **place, "PYTHONPATH": path},
        cwd=out,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {name: (digests[0], digests[1]) for name, digests in json.loads(done.stdout).items()}


def made(name: str, folder: Path) -> Path:
    STUDIES[name](folder).close()
    return folder / "study.qualcode"


@pytest.mark.parametrize("name", ["the worked example", "nasty words"])
def test_every_file_is_the_same_bytes_whatever_the_surroundings(
    name: str, example_made_once: Path, tmp_path: Path
) -> None:
    if name in STUDIES:
        project = made(name, tmp_path / "made")
    else:
        project = example_made_once / "study.qualcode"
    one, two = (
        elsewhere(project, tmp_path / str(number), place) for number, place in enumerate(PLACES)
    )
    assert len(one) >= 19
    assert one == two


def test_two_projects_of_the_same_acts_have_the_same_content(tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        with open_store(str(made("nasty words", folder))) as store:
            written = every_way.written(store, folder)
            return {file.name: report.digest for file, report in written}

    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert [name for name, digest in one.items() if not digest and "comparison" not in name] == []
    assert one == two


def test_another_code_for_one_passage_changes_its_two_cells_alone(example: Store) -> None:
    def shown() -> tuple[dict[tuple[str, str], list[tuple[int, str]]], list[list[list[str]]]]:
        report = charting.build_matrix(example, columns="codes", at=every_way.AT)
        matrix = report.matrix
        cells = {
            (row.key, column.key): [(q.number, q.text) for q in cell.quotes]
            for row, line in zip(matrix.rows, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns, line, strict=True)
        }
        document = docx_bytes(report, DocumentOptions(layout=Layout.MATRIX, memos=False))
        return cells, [rows_of(table)[1:] for table in matrices(document)]

    codings = retrieving.quotes(example).quotations
    one = next(
        quotation
        for quotation in codings
        if "/" in quotation.code
        and [quotation]
        == [
            other
            for other in codings
            if other.transcript == quotation.transcript
            and other.start < quotation.end
            and quotation.start < other.end
        ]
    )
    other = next(
        quotation.code
        for quotation in codings
        if quotation.theme == one.theme and quotation.code != one.code and "/" in quotation.code
    )
    before, tables_before = shown()
    place = Place(span=(one.start, one.end))
    coding.untag(example, one.transcript, one.code, place, by=one.coder, at=tick())
    coding.tag(example, one.transcript, other, place, by=one.coder, at=tick())
    after, tables = shown()

    changed = {place for place in before if before[place] != after[place]}
    assert changed == {(one.participant, one.code), (one.participant, other)}
    pairs = [
        (old, new)
        for was, now in zip(tables_before, tables, strict=True)
        for old_row, new_row in zip(was, now, strict=True)
        if len(old_row) > 1  # above each group stands how many quotations it has
        for old, new in zip(old_row, new_row, strict=True)
    ]
    assert pairs
    words = [pair for pair in pairs if pair[0] != pair[1]]
    assert len(words) == 2
    assert all(one.text[:30] in "".join(pair) for pair in words)

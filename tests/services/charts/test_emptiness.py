"""Why a cell is empty is said in every kind of file, whatever the rows are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest
from services.areas import area, study, tag
from services.study import BY, tick, write

from qualcode.model.consent import Audience
from qualcode.services import describing, people
from qualcode.services.charts import charting
from qualcode.services.summaries.acts import write_summary
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store

FORMATS = ("docx", "xlsx", "html", "md", "csv", "json")
SAID = ("not interviewed", "not asked", "not yet coded", "withheld")
"""What is said of a cell; where somebody was asked and nothing is coded a dash may stand."""

PLANNED = """\
participant,place,role,attribution
P98,Marle,Chair,role
P99,Saltmarsh,Chair,role
"""


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    """Two of Ashmere who withdrew, one of Marle who was not asked, and one who is not coded."""
    people_ = [*area("Ashmere", "g g b b"), *area("Marle", 'g b ""')]
    with study(tmp_path, people_) as store:
        for code in ("P01", "P02"):
            people.set_participant(store, code, {"attribution": "withheld"}, by=BY, at=tick())
        describing.set_transcript(store, "P05", {}, not_asked=["cohesion"], by=BY, at=tick())
        planned = write(tmp_path, {"planned.csv": PLANNED}) / "planned.csv"
        people.import_participants(store, planned, by=BY, at=tick())
        yield store


def cells(store: Store, rows: str) -> dict[tuple[str, str], str | None]:
    matrix = charting.build_matrix(store, rows=rows, at=tick()).matrix
    return {
        (row.key, column.key): cell.empty_reason
        for row, line in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, line, strict=True)
    }


def words(file: Path) -> str:
    """All that a file says to somebody who reads it."""
    if file.suffix in (".docx", ".xlsx"):
        with ZipFile(file) as package:
            parts = [name for name in package.namelist() if name.endswith(".xml")]
            text = "\n".join(package.read(name).decode("utf-8") for name in parts)
    else:
        text = file.read_text(encoding="utf-8")
    return unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ").lower()


def test_each_kind_of_emptiness_is_told_from_the_others(fair: Store) -> None:
    by_person = cells(fair, "participant")
    assert by_person["P03", "funding"] == "asked, nothing coded"
    assert by_person["P05", "cohesion"] == "not asked"
    assert by_person["P07", "cohesion"] == "not yet coded"
    assert by_person["P99", "funding"] == "not interviewed"
    assert ("P01", "funding") not in by_person

    by_place = cells(fair, "place")
    assert by_place["Ashmere", "funding"] == "withheld"
    assert by_place["Saltmarsh", "funding"] == "not interviewed"
    assert by_place["Marle", "funding"] is None

    by_interview = cells(fair, "transcript")
    assert by_interview["P05", "cohesion"] == "not asked"
    assert by_interview["P07", "funding"] == "not yet coded"
    assert not {"not interviewed", "withheld"} & set(by_interview.values())


def test_who_speaks_under_a_code_is_not_said_to_be_silent_on_its_theme(fair: Store) -> None:
    tag(fair, "P04", "funding", "b1: We held together.")

    def reason(person: str, cells_: str) -> str | None:
        matrix = charting.build_matrix(fair, columns="funding", cells=cells_, at=tick()).matrix
        row = [row.key for row in matrix.rows].index(person)
        assert matrix.columns[0].key == "funding"
        return matrix.cells[row][0].empty_reason

    assert reason("P06", "quotes") == "asked, nothing coded"
    tag(fair, "P06", "grant-aid", "b1: We held together.")
    assert reason("P06", "quotes") == "only under its codes"
    assert reason("P06", "both") == "no summary"
    write_summary(fair, "P06", "funding", "Grants.", by=BY, at=tick())
    assert reason("P06", "both") is None


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("participant", {"not interviewed", "not asked", "not yet coded"}),
        ("place", {"not interviewed", "withheld"}),
        ("transcript", {"not asked", "not yet coded"}),
    ],
)
def test_each_file_says_why_its_cells_are_empty(
    fair: Store, tmp_path: Path, format_: str, rows: str, expected: set[str]
) -> None:
    for cells_ in ("quotes", "counts"):
        report = charting.build_matrix(fair, rows=rows, cells=cells_, at=tick())
        file = tmp_path / f"{cells_}.{format_}"
        exporting.save_matrix(fair, report, file, by=BY, at=tick())
        found = {reason for reason in SAID if re.search(rf"\b{reason}\b", words(file))}
        assert expected <= found, cells_


def test_a_publication_is_not_told_what_is_withheld(fair: Store) -> None:
    report = charting.build_matrix(fair, rows="place", audience=Audience.PUBLICATION, at=tick())
    reasons = {cell.empty_reason for row in report.matrix.cells for cell in row}
    assert "withheld" not in reasons


def test_a_place_only_of_somebody_who_withdrew_makes_no_row(fair: Store) -> None:
    people.set_participant(fair, "P99", {"attribution": "withheld"}, by=BY, at=tick())
    assert ("Saltmarsh", "funding") not in cells(fair, "place")

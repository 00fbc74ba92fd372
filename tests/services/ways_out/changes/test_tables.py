"""Tables of facts compared: cases by codes, the codebook, groups side by side."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from services.areas import area, study, tag
from services.study import BY, tick

from qualcode import errors
from qualcode.model.evidence import EvidenceTable, TableOptions
from qualcode.model.manifest import Changed
from qualcode.services import people
from qualcode.services.charts import booking, charting, evidencing
from qualcode.services.ways_out import exporting
from qualcode.services.ways_out.changes.as_may_be_said import diff_exports
from qualcode.services.ways_out.changes.documents import compared, read
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

COMPARED = ("compared.csv", "compared.json", "compared.md")
LISTS = ("book.md", "evidence.xlsx", "codings.csv", "matrix.docx", "matrix.json")
TABLES = ("cases.csv", "codes.csv", "cases-dictionary.csv", "cases-labels.csv")

NOW = "Warden, Hall 1, interviewed 2 March 2024"

Files = Mapping[str, Path]


def write(store: Store, folder: Path) -> Files:
    """The study of now in every kind of file that this is about."""
    folder.mkdir()
    files = {kind: folder / kind for kind in (*COMPARED, *LISTS, *TABLES, "matrix.csv")}
    compared = charting.compare(store, columns="codes")
    for kind in COMPARED:
        exporting.save_comparison(store, compared, files[kind], by=BY, at=tick())
    book = booking.build_book(store, at=tick()).book
    exporting.save_book(store, book, files["book.md"], by=BY, at=tick())
    evidence = evidencing.build_evidence(store, at=tick()).evidence
    for kind, table in (
        ("evidence.xlsx", EvidenceTable.QUOTATIONS),
        ("codings.csv", EvidenceTable.QUOTATIONS),
        ("cases.csv", EvidenceTable.CASES),
        ("codes.csv", EvidenceTable.CODES),
    ):
        options = TableOptions(table)
        exporting.save_evidence(store, evidence, files[kind], options=options, by=BY, at=tick())
    report = charting.build_matrix(store, at=tick())
    for kind in ("matrix.docx", "matrix.json", "matrix.csv"):
        exporting.save_matrix(store, report, files[kind], by=BY, at=tick())
    return files


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """A study in every kind of file, before and after somebody coded, and cited somebody else."""
    folder = tmp_path_factory.mktemp("tables")
    people_of = [*area("Marle", "gb gb gb"), *area("Ashmere", "g gb g")]
    with study(folder / "study", people_of) as store:
        before = write(store, folder / "before")
        tag(store, "P04", "trading", "A grant")
        place = Place(quote="b2: We held together.")
        coding.untag(store, "P02", "bonding", place, by=BY, at=tick())
        wanted = {"role": "Warden", "stakeholder": "councillor"}
        people.set_participant(store, "P01", wanted, by=BY, at=tick())
        return before, write(store, folder / "after")


def test_cases_by_codes_tell_who_speaks_of_what_and_how_they_are_cited(
    files: tuple[Files, Files],
) -> None:
    before, after = files
    found = diff_exports(before["cases.csv"], after["cases.csv"])

    assert Changed("P04", "funding_trading", "", "0 → 1") in found.cells
    assert Changed("P02", "cohesion_bonding", "", "1 → 0") in found.cells
    assert [(one.who, one.before, one.now) for one in found.cited] == [("P01", "", NOW)]
    # What else was known of a case may not be said any more: that it is another is enough.
    assert Changed("P01", "stakeholder", "", "changed") in found.cells


def test_the_codebook_tells_how_often_each_code_is_used(files: tuple[Files, Files]) -> None:
    before, after = files
    found = diff_exports(before["codes.csv"], after["codes.csv"])

    assert Changed("funding/trading", "quotations", "", "0 → 1") in found.cells
    assert Changed("cohesion/bonding", "cases", "", "4 → 3") in found.cells


@pytest.mark.parametrize(("old", "new"), [*product(COMPARED, COMPARED)])
def test_groups_side_by_side_are_compared_in_any_format(
    files: tuple[Files, Files], old: str, new: str
) -> None:
    before, after = files
    assert not diff_exports(before[old], before[new])
    found = diff_exports(before[old], after[new])
    assert Changed("cohesion/bonding", "Marle", "", "3 of 3 → 2 of 3") in found.cells
    assert "funding/trading" in found.rows_new


def test_groups_that_may_not_stand_apart_any_more_are_gone_and_no_error(tmp_path: Path) -> None:
    with study(tmp_path / "study", [*area("Marle", "g g g"), *area("Ashmere", "g g g")]) as store:
        before = write(store, tmp_path / "before")
        wanted = {"attribution": "anonymous"}
        people.set_participant(store, "P01", wanted, new=True, by=BY, at=tick())
        after = write(store, tmp_path / "after")
    for kind in COMPARED:
        assert diff_exports(before[kind], after[kind]).columns_gone, kind


@pytest.mark.parametrize("kind", LISTS)
def test_as_much_of_a_table_is_made_of_quotations_as_they_tell(
    files: tuple[Files, Files], kind: str
) -> None:
    before, after = files
    cases = diff_exports(before[kind], after["cases.csv"])
    codes = diff_exports(before["codes.csv"], after[kind])

    assert not diff_exports(before[kind], before["cases.csv"])
    assert not diff_exports(before["codes.csv"], before[kind])
    assert {(one.row, one.code, one.what) for one in cases.cells} >= {
        ("P04", "funding_trading", "– → 1"),
        ("P02", "cohesion_bonding", "1 → –"),
    }
    assert [(one.who, one.before, one.now) for one in cases.cited] == [("P01", "", NOW)]
    assert ("cohesion/bonding", "cases", "4 → 3") in {
        (one.row, one.code, one.what) for one in codes.cells
    }


def test_every_file_is_compared_with_every_other_or_refused(files: tuple[Files, Files]) -> None:
    before, after = ({kind: read(file) for kind, file in those.items()} for those in files)
    refused = set()
    for old, new in product(before, after):
        try:
            # What each said of attributions and codings was not the same.
            assert compared(before[old], after[new]).changes or (old, new) in _ALIKE, (old, new)
        except errors.NothingToCompareError:
            refused.add(frozenset((old, new)))
    assert {one for one in refused if one <= {*LISTS, "matrix.csv"}} == set()
    assert not any(len(one) == 1 for one in refused)
    with pytest.raises(errors.NothingToCompareError, match="groups side by side by place, and a m"):
        compared(before["compared.md"], after["matrix.docx"])


_ALIKE = {
    ("cases-labels.csv", "cases-labels.csv"),
    ("cases-dictionary.csv", "cases-dictionary.csv"),
}
"""What columns mean is the same before and after."""

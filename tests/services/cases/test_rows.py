"""The rows of a matrix: the same for whoever asks, and stored otherwise than they are shown."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from services.areas import area, study, tag, two_of_one_name
from services.study import BY, bring_in, new_store, tick, write

from qualcode.services import people
from qualcode.services.charts import charting, splitting
from qualcode.services.summaries import acts as service
from qualcode.services.summaries.sheet import SheetCell, read_sheet
from qualcode.store.store import Store, open_store

MANIFEST = """\
interview_id,file,participant,speaker,role,place,attribution,date
j,j.txt,P01,Ama,Maker,Marle,role,2024-03-04
j,j.txt,P02,Bea,Chair,Marle,role,2024-03-04
"""
WORDS = "I: And?\n\nBoth: A grant came.\n\nAma: We sell tea.\n\nBea: I pay.\n"
JOINT = "j (several)"
NAME = "Quetzalline Ostrander"


@pytest.fixture
def joint(tmp_path: Path) -> Store:
    """An interview of two, in which words of both of them are coded, and of one."""
    store = new_store(tmp_path / "project")
    files = write(tmp_path / "files", {"j.txt": WORDS, "m.csv": MANIFEST})
    assert bring_in(store, manifest=files / "m.csv").written
    tag(store, "j", "grant-aid", "A grant came.")
    tag(store, "j", "bonding", "We sell tea.")
    return store


def rows(store: Store, kind: str | None = None, **options: object) -> list[str]:
    report = charting.build_matrix(store, rows=kind, at=tick(), **options)  # type: ignore[arg-type]
    return [row.key for row in report.matrix.rows]


def summaries(store: Store, kind: str | None = None, **options: object) -> dict[str, str | None]:
    """The summary of each row on funding."""
    report = charting.build_matrix(store, rows=kind, cells="both", at=tick(), **options)  # type: ignore[arg-type]
    matrix = report.matrix
    pairs = zip(matrix.rows, matrix.cells, strict=True)
    return {row.key: cells[0].summary for row, cells in pairs if cells[0].summary}


def cell(store: Store, row: str, code: str, kind: str | None = None) -> SheetCell:
    return read_sheet(store, rows=kind).cells[row, code]


# -- joint interviews ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [None, "participant"])
def test_words_of_nobody_in_particular_make_the_same_row_for_whoever_asks(
    joint: Store, kind: str | None
) -> None:
    sheet = read_sheet(joint, rows=kind)

    assert [row.key for row in sheet.rows] == rows(joint, kind)
    assert JOINT in rows(joint, kind)
    assert [one.quotation.text for one in sheet.cells[JOINT, "funding"].grounds] == [
        "A grant came."
    ]


def test_the_row_of_a_joint_interview_asks_for_words_on_what_was_said_together_alone(
    joint: Store,
) -> None:
    assert cell(joint, JOINT, "funding").needs_work
    assert not cell(joint, JOINT, "cohesion").needs_work
    assert cell(joint, "P01", "cohesion").needs_work


@pytest.mark.parametrize("name", ["j", JOINT])
def test_a_summary_of_a_joint_interview_stands_in_its_row(joint: Store, name: str) -> None:
    service.write_summary(joint, name, "funding", "Both had one.", by=BY, at=tick())

    assert summaries(joint) == {JOINT: "Both had one. (draft)"}
    assert summaries(joint, "transcript") == {"j": "Both had one. (draft)"}
    assert cell(joint, JOINT, "funding").text == "Both had one."


def test_the_summary_of_a_joint_interview_stands_also_where_nothing_of_both_is_cited(
    joint: Store,
) -> None:
    service.write_summary(joint, "j", "cohesion", "Both were at it.", by=BY, at=tick())

    assert JOINT not in rows(joint, columns="cohesion")
    assert summaries(joint, columns="cohesion") == {JOINT: "Both were at it. (draft)"}


# -- names in what is stored -----------------------------------------------------------------------


@pytest.fixture
def halls(tmp_path: Path) -> Store:
    """P01 and P02 at two places that are called after P03 and P04, who may not be named."""
    store = study(tmp_path / "project", area("Marle", "g g g g", attribution="role"))
    for code, name in (("P03", NAME), ("P04", "Merribel Thackwaite")):
        people.set_participant(store, code, {"name": name}, by=BY, at=tick())
    people.set_participant(store, "P01", {"place": f"{NAME} Corner"}, by=BY, at=tick())
    people.set_participant(store, "P02", {"place": "Merribel Thackwaite Corner"}, by=BY, at=tick())
    return store


def test_the_summary_of_a_place_called_after_somebody_is_found_without_the_names(
    halls: Store, tmp_path: Path
) -> None:
    assert "[P03] Corner" in rows(halls, "place")
    service.write_summary(halls, "[P03] Corner", "funding", "One.", rows="place", by=BY, at=tick())
    assert summaries(halls, "place") == {"[P03] Corner": "One. (draft)"}

    copied = tmp_path / "bare.qualcode"
    shutil.copy(halls.where, copied)
    with open_store(str(copied)) as bare:
        assert summaries(bare, "place") == {f"{NAME} Corner": "One. (draft)"}
        assert [one.is_gone for one in service.list_summaries(bare).summaries] == [False]


def test_places_that_would_be_called_alike_are_two_and_so_are_their_summaries(halls: Store) -> None:
    people.set_participant(halls, "P02", {"place": f"{NAME.upper()} Corner"}, by=BY, at=tick())
    assert rows(halls, "place") == ["Marle", "[P03] Corner", "[P03] Corner (2)"]
    for name, words in (("[P03] Corner", "One."), ("[P03] Corner (2)", "Two.")):
        service.write_summary(halls, name, "funding", words, rows="place", by=BY, at=tick())

    assert summaries(halls, "place") == {
        "[P03] Corner": "One. (draft)",
        "[P03] Corner (2)": "Two. (draft)",
    }


def test_places_that_would_be_called_alike_are_documents_apart(halls: Store) -> None:
    people.set_participant(halls, "P02", {"place": f"{NAME.upper()} Corner"}, by=BY, at=tick())
    build = partial(charting.build_matrix, halls, at=tick())
    parts = splitting.split(halls, build, Path("m.md"), by="place").parts

    assert {str(file): [row.key for row in report.matrix.rows] for report, file in parts} == {
        "m-marle.md": ["P03", "P04"],
        "m-p03-corner.md": ["P02"],
        "m-p03-corner-2.md": ["P01"],
    }
    alone = rows(halls, "place", where=["participant=P01"])
    assert alone == ["[P03] Corner (2)"]


def test_a_place_that_is_none_now_is_not_said_with_the_name_in_it(halls: Store) -> None:
    service.write_summary(halls, "[P03] Corner", "funding", "One.", rows="place", by=BY, at=tick())
    people.set_participant(halls, "P01", {"place": "Marle"}, by=BY, at=tick())

    assert [(one.case, one.is_gone) for one in service.list_summaries(halls).summaries] == [
        ("[P03] Corner", True)
    ]
    shown = service.show_summary(halls, "[P03] Corner", "funding", rows="place")
    assert shown.text == "One."


# -- two interviews of one name --------------------------------------------------------------------


def test_two_interviews_of_one_name_are_counted_as_two(tmp_path: Path) -> None:
    twins = two_of_one_name(tmp_path)
    report = charting.build_matrix(twins, at=tick())

    assert report.counts[0].total == (2, 2)
    assert [line.quotations for line in report.register] == [1, 1]
    assert [
        (row.key, cells[0].count)
        for row, cells in zip(report.matrix.rows, report.matrix.cells, strict=True)
    ] == [("b", 1), ("b (2)", 1)]

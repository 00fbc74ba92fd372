"""What changed between two exports, told from the files alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.study import BY, tick

from qualcode import errors
from qualcode.exporters import write_matrix
from qualcode.model.manifest import Changes, ListedCell, ListedQuotation, Manifest
from qualcode.services import people
from qualcode.services.charts import charting
from qualcode.services.ways_out.differing import changes_between, diff_exports
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

FORMATS = ("docx", "xlsx", "html", "md", "json")


def export(store: Store, folder: Path, name: str) -> Path:
    """The matrix of now, as a file."""
    file = folder / name
    report = charting.build_matrix(store, at=tick())
    with file.open("wb") as out:
        write_matrix(report, out, format=file.suffix)
    return file


def untag(store: Store, transcript: str, code: str, words: str) -> None:
    coding.untag(store, transcript, code, Place(quote=words), by=BY, at=tick())


@pytest.mark.parametrize("format_", [*FORMATS, "csv"])
def test_an_export_of_the_same_study_has_not_changed(tmp_path: Path, format_: str) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        old = export(store, tmp_path, f"old.{format_}")
        new = export(store, tmp_path, f"new.{format_}")
    assert diff_exports(old, new) == Changes()
    assert not diff_exports(old, new)


@pytest.mark.parametrize("format_", FORMATS)
def test_each_kind_of_change_is_told(tmp_path: Path, format_: str) -> None:
    with study(tmp_path, [*area("Marle", "gbb gb"), *area("Ashmere", "g g")]) as store:
        old = export(store, tmp_path, f"old.{format_}")
        tag(store, "P03", "trading", "A grant")
        untag(store, "P01", "grant-aid", "g1: A grant came.")
        untag(store, "P01", "bonding", "b2: We held together.")
        tag(store, "P01", "bridging", "b2: We held together.")
        untag(store, "P01", "bonding", "b3: We held together.")
        tag(store, "P01", "bonding", "b3: We held")
        wanted = {"attribution": "anonymous"}
        people.set_participant(store, "P02", wanted, new=True, by=BY, at=tick())
        new = export(store, tmp_path, f"new.{format_}")
    found = diff_exports(old, new)

    def said(kind: str) -> list[tuple[str, str]]:
        return [(one.locator, one.what or one.code) for one in getattr(found, kind)]

    assert said("new") == [("P03 ¶2", "funding/trading")]
    assert said("gone") == [("P01 ¶2", "funding/grant-aid")]
    assert said("moved") == [("P01 ¶4", "cohesion/bonding → cohesion/bridging")]
    assert said("reworded") == [("P01 ¶6", "cohesion/bonding")]
    assert said("cited") == [("P02 ¶2", "funding/grant-aid"), ("P02 ¶4", "cohesion/bonding")]
    assert [(one.row, one.code, one.what) for one in found.cells] == [
        ("P03", "funding", "1 → 2 quotations"),
        ("P01", "funding", "1 → 0 quotations"),
    ]
    assert found.quotations == (7, 7)
    back = diff_exports(new, old)
    assert (back.new, back.gone) == (found.gone, found.new)


def test_a_table_of_cells_tells_which_cells_changed(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gg g")) as store:
        old = export(store, tmp_path, "old.csv")
        untag(store, "P01", "grant-aid", "g1: A grant came.")
        untag(store, "P02", "grant-aid", "g1: A grant came.")
        tag(store, "P02", "grant-aid", "A grant")
        new = export(store, tmp_path, "new.csv")
    found = diff_exports(old, new)

    assert found.quotations is None
    assert [(one.row, one.what) for one in found.cells] == [
        ("P01", "2 → 1 quotations"),
        ("P02", "other quotations, or other words"),
    ]


def test_who_withdraws_is_a_row_gone(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "g g g")) as store:
        old = export(store, tmp_path, "old.docx")
        wanted = {"attribution": "withheld"}
        people.set_participant(store, "P02", wanted, new=True, by=BY, at=tick())
        found = diff_exports(old, export(store, tmp_path, "new.docx"))

    assert found.rows_gone == ("P02",)
    assert [one.locator for one in found.gone] == ["P02 ¶2"]


def test_files_of_different_formats_can_be_compared(tmp_path: Path) -> None:
    with study(tmp_path, area("Marle", "gb g")) as store:
        old = export(store, tmp_path, "old.docx")
        untag(store, "P02", "grant-aid", "g1: A grant came.")
        found = diff_exports(old, export(store, tmp_path, "new.json"))
    assert [one.locator for one in found.gone] == ["P02 ¶2"]
    assert len(found.cells) == 1


def test_a_file_that_is_not_there_or_not_ours_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.docx"
    with pytest.raises(errors.FileMissingError):
        diff_exports(other, other)
    other.write_bytes(b"words")
    with pytest.raises(errors.NoContentsError):
        diff_exports(other, other)
    with pytest.raises(errors.FileUnreadableError):
        diff_exports(tmp_path, tmp_path)


# -- whatever two documents hold ------------------------------------------------------------------

QUOTATIONS = st.lists(
    st.builds(
        lambda code, start, length, words, cited: ListedQuotation(
            "P01", code, "P01", start, start + length, f"P01 ¶{start}", words, cited
        ),
        st.sampled_from(["a", "b"]),
        st.integers(0, 5),
        st.integers(1, 4),
        st.sampled_from(["w", "x", "y"]),
        st.sampled_from(["c", "d"]),
    ),
    max_size=8,
)


def of(quotations: list[ListedQuotation]) -> Manifest:
    return Manifest(quotations=tuple(quotations))


@given(QUOTATIONS, st.randoms(use_true_random=False))
def test_the_order_of_quotations_is_no_change(those: list[ListedQuotation], chance: object) -> None:
    other = sorted(those, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert not changes_between(of(those), of(other))


@given(QUOTATIONS, QUOTATIONS)
def test_nothing_vanishes_between_two_documents(
    old: list[ListedQuotation], new: list[ListedQuotation]
) -> None:
    found = changes_between(of(old), of(new))

    assert len(old) - len(found.gone) == len(new) - len(found.new)
    if Counter(old) == Counter(new):
        assert not found
    if not found:
        assert Counter(map(_said, old)) == Counter(map(_said, new))


def _said(quotation: ListedQuotation) -> tuple[str, str, str]:
    """What a quotation says, wherever it stands."""
    return quotation.code, quotation.words, quotation.cited


def test_a_passage_that_a_correction_moved_has_not_changed() -> None:
    quote = ListedQuotation("P01", "a", "P01", 5, 9, "P01 ¶2", "w", "c")
    moved = replace(quote, start=105, end=109, locator="P01 ¶3")
    assert not changes_between(of([quote]), of([moved]))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [("", "s", "a summary is new"), ("s", "t", "the summary was rewritten"), ("s", "", "gone")],
)
def test_a_summary_that_changed_is_told(was: str, now: str, said: str) -> None:
    table = Manifest(rows=("P01",), columns=("a",))
    old = replace(table, cells=(ListedCell("P01", "a", 1, was),))
    new = replace(table, cells=(ListedCell("P01", "a", 1, now),))
    assert said in changes_between(old, new).cells[0].what

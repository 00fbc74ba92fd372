"""Which quotations a cell shows where it may not show them all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.passages import coded_passage
from services.study import BY, tick

from qualcode.model.matrix import MatrixReport
from qualcode.services.charts import charting
from qualcode.services.charts.placing import Placed
from qualcode.services.charts.ranking import best_of_cells, beyond_the_best
from qualcode.store.store import Store


def placed(
    words: int,
    *,
    number: int,
    theme: str = "funding",
    case: str = "P01",
    doubt: bool = False,
) -> Placed:
    """A quotation of so many words in the one row of a matrix."""
    quotation, passage = coded_passage(0, 3, BY)
    shown = replace(
        quotation,
        coding=f"{theme} {number}",
        text=" ".join(["word"] * words),
        number=number,
        doubt=doubt,
    )
    return Placed("Marle", (theme, f"{theme}-code"), case, shown, passage)


def best(*those: Placed, most: int = 1, by_theme: bool = True) -> list[int]:
    """The numbers of those that are shown of the theme of funding."""
    chosen = best_of_cells(those, most, by_theme=by_theme)
    return [
        one.quotation.number
        for one in those
        if one.quotation.coding in chosen and one.path[0] == "funding"
    ]


def test_one_of_a_single_theme_comes_before_one_of_two() -> None:
    both = placed(20, number=1), placed(20, number=1, theme="cohesion")
    assert best(*both, placed(70, number=2, doubt=True)) == [2]


def test_one_without_doubt_comes_before_one_in_doubt() -> None:
    assert best(placed(20, number=1, doubt=True), placed(200, number=2)) == [2]


def test_one_of_a_good_length_comes_before_others() -> None:
    assert best(placed(14, number=1), placed(15, number=2), placed(61, number=3)) == [2]
    assert best(placed(3, number=1), placed(62, number=2)) == [2]


@pytest.mark.parametrize(
    ("words", "away"), [(0, 15), (14, 1), (15, 0), (60, 0), (61, 1), (10_000, 9_940)]
)
def test_the_best_length_is_15_to_60_words(words: int, away: int) -> None:
    assert beyond_the_best(words) == away


def test_among_equals_each_participant_speaks_before_one_speaks_twice() -> None:
    those = [placed(20, number=n, case="P01") for n in (1, 2, 3)]
    assert best(*those, placed(20, number=4, case="P02"), most=2) == [1, 4]


def test_a_passage_under_two_codes_of_a_theme_is_not_shown_twice_before_others() -> None:
    first = placed(20, number=1)
    again = replace(first, quotation=replace(first.quotation, coding="again"))
    assert best(first, again, placed(20, number=2), most=2) == [1, 2]


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.booleans(), st.sampled_from(["P01", "P02"])), max_size=12
    ),
    st.integers(1, 6),
)
def test_a_cell_shows_as_many_as_it_may_and_the_same_each_time(
    drawn: list[tuple[int, bool, str]], most: int
) -> None:
    those = [
        placed(words, number=number, doubt=doubt, case=case)
        for number, (words, doubt, case) in enumerate(drawn)
    ]
    shown = best(*those, most=most)
    assert len(shown) == min(most, len(those))
    assert shown == sorted(shown)
    assert shown == best(*those, most=most)


# -- in a report ----------------------------------------------------------------------------------


def chart(store: Store, **options: object) -> MatrixReport:
    return charting.build_matrix(store, at=tick(), **options)  # type: ignore[arg-type]


def test_what_is_not_shown_is_counted_and_said(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "gggg b"), *area("Marle", "gg")]) as store:
        tag(store, "P01", "trading", "g2: A grant came.")
        report = chart(store, max_quotes=2)
        whole = chart(store)

    cells = {
        (row.key, column.key): cell
        for row, line in zip(report.matrix.rows, report.matrix.cells, strict=True)
        for column, cell in zip(report.matrix.columns, line, strict=True)
    }
    assert cells["P01", "funding"].count == 5
    assert len(cells["P01", "funding"].quotes) == 2
    assert [len(cells[case, "funding"].quotes) for case in ("P02", "P03")] == [0, 2]
    assert report.hidden == 3
    assert dict(report.facts)["Shown"] == "at most 2 quotations a cell; 3 more counted"
    assert (whole.hidden, dict(whole.facts).get("Shown")) == (0, None)
    assert report.counts == whole.counts


def test_sections_show_the_quotations_that_the_matrix_shows(example: Store) -> None:
    for columns in ("themes", "codes", "funding"):
        report = chart(example, columns=columns, max_quotes=1)
        of_matrix = [q.coding for row in report.matrix.cells for cell in row for q in cell.quotes]
        of_sections = [
            q.coding
            for section in report.sections
            for row in section.matrix.cells
            for cell in row
            for q in cell.quotes
        ]
        assert sorted(of_matrix) == sorted(of_sections)
        assert all(len(cell.quotes) <= 1 for row in report.matrix.cells for cell in row)
        assert report.hidden > 0
        total = sum(cell.count for row in report.matrix.cells for cell in row)
        assert len(of_matrix) + report.hidden == total


def test_one_in_doubt_gives_way_in_a_report(tmp_path: Path) -> None:
    with study(tmp_path, area("Ashmere", "gg b")) as store:
        tag(store, "P01", "grant-aid", "g1: A grant came.", doubt=True)
        report = chart(store, max_quotes=1)

    assert [q.text for q in report.matrix.cells[0][0].quotes] == ["g2: A grant came."]

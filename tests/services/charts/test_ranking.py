"""Which quotations a cell shows where it may not show them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.areas import area, study, tag
from services.passages import coded_passage
from services.study import BY, tick

from qualcode.model.matrix import MatrixReport
from qualcode.model.summary import NONE_SHOWN
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


def place_of(one: Placed) -> str:
    """P1… are of one place, P2… of another."""
    return one.case[:2]


def best(*those: Placed, most: int = 1, by_theme: bool = True) -> list[int]:
    """The numbers of those that are shown of the theme of funding."""
    chosen = best_of_cells(those, most, by_theme=by_theme, place_of=place_of)
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


def test_in_rows_that_gather_many_each_place_speaks_before_one_speaks_twice() -> None:
    everybody = ("P11", "P12", "P21", "P22")
    those = [
        replace(placed(20, number=10 * row + at, case=case), row=f"kind {row}")
        for row in range(4)
        for at, case in enumerate(everybody)
    ]
    chosen = best_of_cells(those, 1, by_theme=True, place_of=place_of)

    shown = [one.case for one in those if one.quotation.coding in chosen]
    assert sorted(shown) == sorted(everybody)
    assert shown == ["P11", "P21", "P12", "P22"]


def test_what_has_room_anyway_counts_before_others_are_chosen() -> None:
    crowded = [placed(20, number=n, case=case) for n, case in enumerate(("P11", "P21"))]
    alone = replace(placed(20, number=5, case="P11"), row="last")
    chosen = best_of_cells([*crowded, alone], 1, by_theme=True, place_of=place_of)

    shown = [one.case for one in (*crowded, alone) if one.quotation.coding in chosen]
    assert shown == ["P21", "P11"]


def test_a_star_comes_before_the_spread() -> None:
    taken = replace(placed(20, number=1, case="P11"), row="first")
    starred = placed(90, number=3, case="P11")
    starred = replace(starred, quotation=replace(starred.quotation, starred=True))
    assert best(taken, placed(20, number=2, case="P21"), starred) == [1, 3]


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


def plainly(cell: list[Placed], most: int) -> set[str]:
    """Each time the first of all that are left, compared by everything."""
    chosen: list[Placed] = []
    left = list(cell)
    while left and len(chosen) < most:
        numbers = {one.quotation.number for one in chosen}
        cases = Counter(one.case for one in chosen)
        places = Counter(place_of(one) for one in chosen)
        best = min(
            left,
            key=lambda one: (
                one.quotation.doubt,
                beyond_the_best(len(one.quotation.text.split())),
                one.quotation.number in numbers,
                cases[one.case],
                places[place_of(one)],
            ),
        )
        left.remove(best)
        chosen.append(best)
    return {one.quotation.coding for one in chosen}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([10, 20]),
            st.booleans(),
            st.sampled_from(["P11", "P12", "P13", "P21", "P31"]),
            st.integers(0, 9),
        ),
        max_size=14,
    ),
    st.integers(1, 9),
)
def test_each_is_the_best_of_all_that_are_left(
    drawn: list[tuple[int, bool, str, int]], most: int
) -> None:
    those = [placed(words, number=no, doubt=doubt, case=case) for words, doubt, case, no in drawn]
    cell = [
        replace(one, quotation=replace(one.quotation, coding=f"{at}"))
        for at, one in enumerate(those)
    ]
    assert best_of_cells(cell, most, by_theme=True, place_of=place_of) == plainly(cell, most)


def test_the_larger_cell_costs_no_more_a_passage() -> None:
    asked: Counter[str] = Counter()

    def counted(one: Placed) -> str:
        asked[one.quotation.coding] += 1
        return place_of(one)

    those = [placed(20, number=n, case=f"P{n % 4 + 1}{n % 3}") for n in range(300)]
    assert len(best_of_cells(those, 150, by_theme=True, place_of=counted)) == 150
    assert set(asked.values()) == {1}


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
    # The passage under two codes is one of the four.
    assert cells["P01", "funding"].count == 4
    assert len(cells["P01", "funding"].quotes) == 2
    assert [len(cells[case, "funding"].quotes) for case in ("P02", "P03")] == [0, 2]
    assert report.hidden == 2
    assert dict(report.facts)["Shown"] == "at most 2 quotations a cell; 2 more counted"
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
        cells = [
            cell
            for matrix in (report.matrix, *(section.matrix for section in report.sections))
            for row in matrix.cells
            for cell in row
        ]
        assert all((cell.empty_reason is None) == bool(cell.quotes) for cell in cells)
        none_shown = {cell.empty_reason for cell in cells if cell.count and not cell.quotes}
        assert none_shown == ({NONE_SHOWN} if columns == "themes" else set())
        counted = {n for row in report.matrix.cells for cell in row for n in cell.passages}
        assert len({q.number for q in report.quotations}) + report.hidden == len(counted)


def test_one_in_doubt_gives_way_in_a_report(tmp_path: Path) -> None:
    with study(tmp_path, area("Ashmere", "gg b")) as store:
        tag(store, "P01", "grant-aid", "g1: A grant came.", doubt=True)
        report = chart(store, max_quotes=1)

    assert [q.text for q in report.matrix.cells[0][0].quotes] == ["g2: A grant came."]

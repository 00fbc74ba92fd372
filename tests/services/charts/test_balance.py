"""Quote balance: who speaks in the output beside who was interviewed."""

from __future__ import annotations

from pathlib import Path

from services.areas import area, study
from services.study import tick

from qualcode.model.matrix import BalanceLine, MatrixReport
from qualcode.services.charts import charting
from qualcode.services.charts.balance import _off
from qualcode.store.store import Store


def chart(store: Store, **options: object) -> MatrixReport:
    return charting.build_matrix(store, at=tick(), **options)  # type: ignore[arg-type]


def of(report: MatrixReport, attribute: str) -> dict[str, BalanceLine]:
    return {line.label: line for line in report.balance if line.attribute == attribute}


def test_an_area_that_speaks_a_third_more_than_it_was_interviewed_is_warned_of(
    tmp_path: Path,
) -> None:
    people = [*area("Ashmere", "gggg gggg bbbb"), *area("Marle", "g " * 9)]
    with study(tmp_path, people) as store:
        lines = of(chart(store), "place")

    assert lines["Ashmere"].warning == "12 of 21 quotations, but 3 of 12 cases"
    assert lines["Marle"].warning is None


def test_a_comparison_is_weighed_as_its_matrix_is(tmp_path: Path) -> None:
    people = [*area("Ashmere", "gggg gggg bbbb"), *area("Marle", "g " * 9)]
    with study(tmp_path, people) as store:
        weighed = charting.compare(store).balance
        matrix = chart(store, by=["place"])
        of_theme = charting.compare(store, columns="cohesion").balance

    assert weighed == matrix.balance
    assert [(line.label, line.quotations) for line in of_theme if line.attribute == "place"] == [
        ("Ashmere", 4),
        ("Marle", 0),
    ]


def test_percentages_are_said_from_twenty_on(tmp_path: Path) -> None:
    people = [*area("Ashmere", "gggg gggg bbbb gg"), *area("Marle", "g " * 17)]
    with study(tmp_path, people) as store:
        lines = of(chart(store), "place")

    assert lines["Ashmere"].warning == "14 of 31 quotations (45%), but 4 of 21 cases (19%)"


def test_the_figures_of_a_published_study_are_warned_of() -> None:
    # One area of four held 11 of 42 interviews and supplied 12 of 33 quotations.
    assert _off(12, 11, 33, 42)
    assert not _off(9, 11, 33, 42)


def test_nobody_is_warned_of_what_changes_no_report() -> None:
    # 24 of 417 quotations, 6 %, by 3 of 75 cases, 4 %.
    assert not _off(24, 3, 417, 75)
    assert _off(38, 3, 417, 75)


def test_an_area_that_says_half_of_what_it_might_is_warned_of(tmp_path: Path) -> None:
    people = [*area("Ashmere", "g " * 6), *area("Marle", "ggg ggg ggg ggg ggg ggg")]
    with study(tmp_path, people) as store:
        lines = of(chart(store), "place")

    assert lines["Ashmere"].warning == "6 of 24 quotations, but 6 of 12 cases"


def test_an_even_study_has_no_warning(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "g g g g"), *area("Marle", "b b b b")]) as store:
        report = chart(store)

    assert len(of(report, "place")) == 2
    assert [line.warning for line in report.balance if line.warning] == []


def test_a_person_who_supplies_much_is_named_by_code(tmp_path: Path) -> None:
    people = [*area("Ashmere", "ggggg g g g g g"), *area("Marle", "b b b b b b")]
    with study(tmp_path, people) as store:
        lines = of(chart(store), "participant")

    assert list(lines) == ["P01"]
    assert lines["P01"].quotations == 5
    assert lines["P01"].warning == "5 of 16 quotations are of one of 12 participants"


def test_of_two_people_neither_supplies_much(tmp_path: Path) -> None:
    with study(tmp_path, [*area("Ashmere", "gggg"), *area("Marle", "gggg")]) as store:
        assert of(chart(store), "participant") == {}


def test_only_what_is_shown_is_weighed(tmp_path: Path) -> None:
    people = [*area("Ashmere", "ggggg g g g g g"), *area("Marle", "b b b b b b")]
    with study(tmp_path, people) as store:
        assert of(chart(store), "participant")
        report = chart(store, max_quotes=1)

    assert of(report, "participant") == {}
    assert report.hidden == 4


def test_without_a_quotation_there_is_nothing_to_weigh(tmp_path: Path) -> None:
    with study(tmp_path, area("Ashmere", '"" ""')) as store:
        assert chart(store).balance == ()

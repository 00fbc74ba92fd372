"""The sums of a report tell each mistake that is planted in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from services.charts.interviews import chart, check_sums

from qualcode.model.matrix import Cell, MatrixReport
from qualcode.store.store import Store


def _in_first_cell(report: MatrixReport, change: Callable[[Cell], Cell]) -> MatrixReport:
    """The report with another first cell that holds quotations, in its matrix alone."""
    rows = [list(row) for row in report.matrix.cells]
    at, place = next((n, m) for n, row in enumerate(rows) for m, c in enumerate(row) if c.quotes)
    rows[at][place] = change(rows[at][place])
    return replace(report, matrix=replace(report.matrix, cells=tuple(map(tuple, rows))))


def _between_groups(report: MatrixReport) -> MatrixReport:
    """Figures of the first line in the order of other groups: its sums stay what they are."""
    first, *rest = report.counts
    assert len(set(first.counts)) > 1
    return replace(report, counts=(replace(first, counts=first.counts[::-1]), *rest))


def _quoted_twice(report: MatrixReport) -> MatrixReport:
    first, *rest = report.register
    return replace(report, register=(replace(first, quotations=first.quotations + 1), *rest))


_MISTAKES: dict[str, Callable[[MatrixReport], MatrixReport]] = {
    "a quotation lost": lambda r: _in_first_cell(r, lambda c: replace(c, quotes=c.quotes[1:])),
    "a quotation lost and not counted": lambda r: _in_first_cell(
        r, lambda c: replace(c, quotes=c.quotes[1:], count=c.count - 1)
    ),
    "cases for passages": lambda r: _in_first_cell(r, lambda c: replace(c, cases=c.count + 1)),
    "one case too few": lambda r: _in_first_cell(r, lambda c: replace(c, cases=c.cases - 1)),
    "a reason where words stand": lambda r: _in_first_cell(
        r, lambda c: replace(c, empty_reason="not asked")
    ),
    "figures of other groups": _between_groups,
    "a section lost": lambda r: replace(r, sections=r.sections[1:]),
    "a theme not counted": lambda r: replace(r, counts=r.counts[1:]),
    "quoted twice": _quoted_twice,
    "a row twice": lambda r: replace(
        r, matrix=replace(r.matrix, rows=(r.matrix.rows[0], *r.matrix.rows[:-1]))
    ),
}


@pytest.mark.parametrize("mistake", _MISTAKES)
def test_a_planted_mistake_does_not_add_up(coded: Store, mistake: str) -> None:
    report = chart(coded)
    check_sums(report)
    with pytest.raises(AssertionError):
        check_sums(_MISTAKES[mistake](report))

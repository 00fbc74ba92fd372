from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from exporters.reports import quotation, quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_matrix
from qualcode.exporters.contents.check import ContentCheck, check_of
from qualcode.model.matrix import MatrixReport

QUOTATIONS = quotations_of(sample_report())


@given(st.permutations(QUOTATIONS[:12]))
def test_the_check_does_not_depend_on_order(shuffled: list[object]) -> None:
    assert ContentCheck(shuffled).digest == ContentCheck(QUOTATIONS[:12]).digest  # type: ignore[arg-type]


def test_the_check_is_sixteen_hex_digits() -> None:
    digest = ContentCheck(QUOTATIONS).digest
    assert len(digest) == 16
    assert int(digest, 16) >= 0


def test_the_check_stays_the_same_over_versions_of_the_program() -> None:
    assert ContentCheck().digest == "5851f80b01eb4fd0"
    assert ContentCheck([quotation("We all came to the fair.")]).digest == "9c26be73574c2100"


def test_any_change_of_a_quotation_changes_the_check() -> None:
    whole = quotation("We all came to the fair.")
    changed = [
        replace(whole, text="We all came to the fair"),
        replace(whole, attribution="Ward councillor"),
        replace(whole, coding="another"),
        replace(whole, code="funding/compact"),
        replace(whole, start=1),
        replace(whole, end=1),
    ]
    digests = {ContentCheck([one]).digest for one in (whole, *changed)}
    assert len(digests) == len(changed) + 1


def test_a_quotation_written_twice_is_not_one_written_once() -> None:
    one = quotation("We all came to the fair.")
    assert ContentCheck([one]).digest != ContentCheck([one, one]).digest


def test_half_a_surrogate_pair_can_be_checked() -> None:
    assert ContentCheck([quotation("\ud800")]).digest != ContentCheck([quotation("\ud801")]).digest


def holding(**changed: object) -> MatrixReport:
    """A report whose first cell holds something else beside its quotation."""
    report = report_of(["Yes.", "No."], rows=2)
    (section,) = report.sections
    first, second = section.matrix.cells
    cells = ((replace(first[0], **changed),), second)  # type: ignore[arg-type]
    matrix = replace(section.matrix, cells=cells)
    return replace(report, sections=(replace(section, matrix=matrix),))


def test_the_check_of_a_matrix_covers_its_summaries_and_what_it_counts_and_does_not_show() -> None:
    plain = holding()
    assert check_of(plain).digest == ContentCheck(plain.quotations).digest
    others = [
        plain,
        holding(summary="Grants came."),
        holding(summary="Grants went."),
        replace(plain, hidden=1),
        replace(holding(count=2), hidden=1),
    ]
    assert len({check_of(one).digest for one in others}) == len(others)
    assert check_of(holding(count=2)).digest == check_of(plain).digest


def test_every_format_of_a_matrix_has_the_check_and_the_count_of_the_same_wish() -> None:
    bare = holding(summary="Grants came.")
    bare = replace(
        bare,
        show="summary",
        matrix=replace(
            bare.matrix,
            cells=tuple(
                tuple(replace(cell, quotes=()) for cell in row) for row in bare.matrix.cells
            ),
        ),
    )
    written = [
        write_matrix(bare, BytesIO(), format=one)
        for one in ("docx", "xlsx", "html", "md", "csv", "json")
    ]
    assert {(one.digest, one.quotations) for one in written} == {(check_of(bare).digest, 2)}

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from exporters.reports import quotation, quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_matrix, write_quotations
from qualcode.exporters.fields import MATRIX_CSV_FIELDS, QUOTATION_FIELDS
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from qualcode.model.matrix import ExportReport, MatrixReport, Quotation

ANY_TEXT = st.text(st.characters())


def quotation_table(quotations: list[Quotation]) -> tuple[list[dict[str, str]], ExportReport]:
    out = io.BytesIO()
    done = write_quotations(quotations, out, format="csv")
    return _read(out.getvalue()), done


def matrix_table(report: MatrixReport) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_matrix(report, out, format="csv")
    return _read(out.getvalue())


def _read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_a_row_holds_a_quotation_with_the_fields_of_the_json() -> None:
    quotations = quotations_of(sample_report())
    rows, done = quotation_table(quotations)
    assert list(rows[0]) == list(QUOTATION_FIELDS)
    assert [row["text"] for row in rows] == [quote.text for quote in quotations]
    assert [int(row["start"]) for row in rows] == [quote.start for quote in quotations]
    assert done.rows == len(quotations)


@given(st.lists(ANY_TEXT, min_size=1))
def test_words_are_kept_but_for_what_no_file_can_hold(texts: list[str]) -> None:
    quotations = [quotation(text, number=number) for number, text in enumerate(texts)]
    rows, done = quotation_table(quotations)
    clean = Cleaner()
    assert [row["text"] for row in rows] == [clean.writable(text, at="x") for text in texts]
    assert done.replaced_characters == clean.replaced


def test_lines_within_a_quotation_stay_within_its_field() -> None:
    (row,), _ = quotation_table([quotation('One,\n"two"\r\nthree')])
    assert row["text"] == 'One,\n"two"\r\nthree'


def test_words_that_look_like_a_formula_are_not_changed() -> None:
    (row,), _ = quotation_table([quotation("=1+1, he said")])
    assert row["text"] == "=1+1, he said"


def test_nothing_is_an_empty_field_and_truth_is_spelled_as_in_json() -> None:
    unsure = replace(quotation("Yes."), memo=None, speaker=None, start_ms=None, doubt=True)
    (row,), _ = quotation_table([unsure])
    assert (row["memo"], row["speaker"], row["start_ms"], row["doubt"]) == ("", "", "", "true")


def test_every_field_is_quoted_and_there_is_no_byte_order_mark() -> None:
    out = io.BytesIO()
    write_quotations([quotation("Yes.")], out, format="csv")
    assert out.getvalue().startswith(b'"coding","code"')


def test_a_matrix_has_a_row_for_each_case_and_column() -> None:
    report = sample_report()
    rows = matrix_table(report)
    assert list(rows[0]) == list(MATRIX_CSV_FIELDS)
    assert len(rows) == len(report.matrix.rows) * len(report.matrix.columns)
    assert sum(int(row["count"]) for row in rows) == len(quotations_of(report))


def test_the_quotations_of_a_cell_stand_in_one_field_with_their_locators() -> None:
    (row,) = matrix_table(report_of(["We came.", "They left."]))
    assert row["quotes"] == "We came. [P01 ¶1 00:01:11]\n\nThey left. [P01 ¶2 00:02:22]"
    assert (row["row"], row["column"], row["count"]) == ("P01", "funding/code-0", "2")

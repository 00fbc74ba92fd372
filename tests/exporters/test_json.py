from __future__ import annotations

import json
from dataclasses import asdict, fields
from io import BytesIO
from typing import Any

from exporters.reports import cell, quotation, quotations_of, report_of, sample_report
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters import write_matrix, write_quotations
from qualcode.exporters.fields import QUOTATION_FIELDS
from qualcode.model.matrix import Quotation

ANY_TEXT = st.text(st.characters())


def written(quotations: list[Quotation]) -> bytes:
    out = BytesIO()
    write_quotations(quotations, out, format="json")
    return out.getvalue()


def matrix(report: Any) -> Any:
    out = BytesIO()
    write_matrix(report, out, format="json")
    return json.loads(out.getvalue())


SAID_OTHERWISE = {"notes", "coders", "placed"}
"""The words of the notes are its memo, its coder the coders; without a place that is null."""


def test_the_fields_are_those_that_scripts_were_promised() -> None:
    assert QUOTATION_FIELDS == (
        "coding", "code", "theme", "coder", "transcript", "participant", "attribution", "turn",
        "speaker", "start", "end", "start_ms", "locator", "text", "before", "after", "memo",
        "doubt", "origin", "version", "number", "edits", "starred",
    )  # fmt: skip


def test_no_field_of_a_quotation_is_left_out() -> None:
    assert {field.name for field in fields(Quotation)} - SAID_OTHERWISE == set(QUOTATION_FIELDS)


def known(quote: Quotation) -> dict[str, Any]:
    """All of a quotation that has a field of its own."""
    return {name: value for name, value in asdict(quote).items() if name not in SAID_OTHERWISE}


def test_quotations_read_back_as_they_were() -> None:
    quotations = quotations_of(sample_report())
    assert quotations
    assert json.loads(written(quotations)) == [known(quote) for quote in quotations]


@given(st.lists(ANY_TEXT))
def test_words_are_kept_letter_for_letter(texts: list[str]) -> None:
    quotations = [quotation(text, number=number) for number, text in enumerate(texts)]
    content = written(quotations)
    assert [quote["text"] for quote in json.loads(content)] == texts
    content.decode("utf-8")


def test_each_quotation_stands_on_a_line_of_its_own() -> None:
    quotations = [quotation("One\ntwo."), quotation("Three.", number=2)]
    assert written(quotations).count(b"\n") == len(quotations) + 2


def test_no_quotations_are_an_empty_list() -> None:
    assert written([]) == b"[]\n"


def test_a_matrix_has_rows_columns_and_cells_in_their_order() -> None:
    report = sample_report()
    found = matrix(report)
    assert list(found) == ["rows", "columns", "cells"]
    assert [row["key"] for row in found["rows"]] == [row.key for row in report.matrix.rows]
    assert [column["key"] for column in found["columns"]] == [
        column.key for column in report.matrix.columns
    ]
    assert [[cell["count"] for cell in row] for row in found["cells"]] == [
        [cell.count for cell in row] for row in report.matrix.cells
    ]


def test_a_cell_has_the_promised_fields_and_its_quotations_whole() -> None:
    found = matrix(report_of(["We all came to the fair."]))
    (((cell_found,),),) = (found["cells"],)
    assert list(cell_found) == ["quotes", "summary", "count", "cases", "empty_reason"]
    expected = cell(
        quotation("We all came to the fair.", code="funding/code-0", participant="P01", number=1)
    )
    assert cell_found["quotes"] == [known(quote) for quote in expected.quotes]
    assert found["rows"] == [{"key": "P01", "label": "P01", "details": [], "group": None}]


def test_a_matrix_without_rows_is_still_json() -> None:
    assert matrix(report_of([], rows=0))["cells"] == []

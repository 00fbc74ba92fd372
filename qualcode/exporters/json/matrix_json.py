"""A matrix as one JSON object: rows, columns, and the cells by row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import check_of
from qualcode.exporters.contents.listing import said_of
from qualcode.exporters.fields import column_record, quotation_record, row_record
from qualcode.exporters.json.json_text import to_json
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import Cell, MatrixReport


def write(report: MatrixReport, out: BinaryIO, _options: DocumentOptions) -> ExportReport:
    """Write `report.matrix`, a row of cells a line; the words are not changed in any letter.

    `waiting` is there where codings are missing since a transcript was corrected, `made` where it
    is known what was asked for.
    """
    matrix = report.matrix
    check = check_of(report)
    out.write(b'{"rows": ')
    _write_lines(out, (to_json(row_record(row)) for row in matrix.rows))
    out.write(b',\n"columns": ')
    _write_lines(out, (to_json(column_record(column)) for column in matrix.columns))
    out.write(b',\n"cells": ')
    _write_lines(out, (to_json([_cell_record(cell) for cell in row]) for row in matrix.cells))
    if report.waiting:
        out.write(b',\n"waiting": ' + to_json(report.waiting))
    if made := said_of(report.made):
        out.write(b',\n"made": ' + to_json(made))
    out.write(b"}\n")
    return ExportReport(quotations=check.passages, rows=len(matrix.rows), digest=check.digest)


def _write_lines(out: BinaryIO, records: Iterable[bytes]) -> None:
    out.write(b"[")
    for number, record in enumerate(records):
        out.write(b",\n" if number else b"\n")
        out.write(record)
    out.write(b"]")


def _cell_record(cell: Cell) -> dict[str, object]:
    return {
        "quotes": [quotation_record(quote) for quote in cell.quotes],
        "summary": cell.summary,
        "count": cell.count,
        "cases": cell.cases,
        "empty_reason": cell.empty_reason,
    }

"""A matrix as CSV: one row for each case and column, the quotations of the cell in one field.

Behind them stands how each is cited, a line each and in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import check_of
from qualcode.exporters.csv.csv_text import write_rows
from qualcode.exporters.fields import MATRIX_CSV_FIELDS
from qualcode.exporters.reports import report_of
from qualcode.exporters.textsafe import Cleaner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import ExportReport, Matrix, MatrixReport


def write(report: MatrixReport, out: BinaryIO, _options: DocumentOptions) -> ExportReport:
    """Write `report.matrix`."""
    matrix = report.matrix
    check = check_of(report)
    clean = Cleaner()
    written = write_rows(out, MATRIX_CSV_FIELDS, _rows(matrix), clean)
    return report_of(check, clean, rows=written)


def _rows(matrix: Matrix) -> Iterator[tuple[str, Sequence[object]]]:
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            quotes = "\n\n".join(f"{quote.text} [{quote.locator}]" for quote in cell.quotes)
            yield (
                f"{row.key}, {column.key}",
                (
                    row.key,
                    row.label,
                    column.key,
                    column.label,
                    cell.count,
                    cell.cases,
                    cell.summary,
                    cell.empty_reason,
                    quotes,
                    "\n".join(quote.attribution for quote in cell.quotes),
                ),
            )

"""One tidy table of the evidence as CSV, and what stands beside it: its dictionary, its labels.

Words stand letter for letter, for scripts read these files. A spreadsheet takes what begins with
some signs for a formula: whoever opens the file in one asks for it `for_excel`, and is told which
rows are no longer as they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.content_check import ContentCheck
from qualcode.exporters.csv_text import write_rows
from qualcode.exporters.tables import dictionary_of, labels_of, table_of
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.evidence import EvidenceTable
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.exporters.tables import Table, Value
    from qualcode.model.evidence import Evidence, TableOptions

_FORMULA_STARTS = tuple("=+-@\t\r")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(evidence: Evidence, out: BinaryIO, options: TableOptions) -> ExportReport:
    """Write one of the tables; for Excel the file begins with the mark by which it knows UTF-8."""
    check = ContentCheck(evidence.quotations)
    clean = Cleaner()
    if options.for_excel:
        out.write(_BYTE_ORDER_MARK)
    changed: dict[str, None] = {}
    chosen = table_of(evidence, options.table)

    def rows() -> Iterator[tuple[str, Sequence[Value]]]:
        for values in chosen.rows:
            place = str(values[0])
            if options.for_excel and any(_looks_like_a_formula(value) for value in values):
                changed[place] = None
                values = [_guarded(value) for value in values]  # noqa: PLW2901  the same row
            yield place, values

    written = write_rows(out, [field.name for field in chosen.fields], rows(), clean)
    return ExportReport(
        quotations=check.count,
        rows=written,
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=clean.warnings(),
        changed=tuple(changed),
    )


def write_beside(
    evidence: Evidence, out: BinaryIO, *, table: EvidenceTable, what: str
) -> ExportReport:
    """Write what stands beside a table: its `dictionary`, or the `labels` of its codes."""
    chosen = table_of(evidence, table)
    found: Table = {"dictionary": dictionary_of, "labels": labels_of}[what](chosen)
    clean = Cleaner()
    rows = ((str(values[0]), values) for values in found.rows)
    written = write_rows(out, [field.name for field in found.fields], rows, clean)
    return ExportReport(rows=written, replaced_characters=clean.replaced, warnings=clean.warnings())


def beside(table: EvidenceTable) -> tuple[str, ...]:
    """What is written beside a table: only cases have codes as columns, which need labels."""
    return ("dictionary", "labels") if table is EvidenceTable.CASES else ("dictionary",)


def _looks_like_a_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith(_FORMULA_STARTS)


def _guarded(value: Value) -> Value:
    return f"'{value}" if _looks_like_a_formula(value) else value

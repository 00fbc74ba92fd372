"""One tidy table of the evidence as CSV, and what stands beside it: its dictionary, its labels.

Words stand letter for letter, for scripts read these files. A spreadsheet takes what begins with
some signs for a formula: whoever opens the file in one asks for it `for_excel`, and is told which
rows are no longer as they were.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import ContentCheck
from qualcode.exporters.csv.csv_text import write_rows
from qualcode.exporters.textsafe import FORMULA_STARTS, Cleaner
from qualcode.exporters.tidy_tables import dictionary_of, labels_of, table_of
from qualcode.model.evidence import EvidenceTable
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from qualcode.exporters.tidy_tables import Table, Value
    from qualcode.model.evidence import Evidence, TableOptions

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(evidence: Evidence, out: BinaryIO, options: TableOptions) -> ExportReport:
    """Write one of the tables; for Excel the file begins with the mark by which it knows UTF-8."""
    check = ContentCheck(evidence.quotations)
    report = _written(table_of(evidence, options.table), out, for_excel=options.for_excel)
    return replace(report, quotations=check.count, digest=check.digest)


def write_beside(
    evidence: Evidence, out: BinaryIO, *, options: TableOptions, what: str
) -> ExportReport:
    """Write what stands beside a table: its `dictionary`, or the `labels` of its codes."""
    chosen = table_of(evidence, options.table)
    found = {"dictionary": dictionary_of, "labels": labels_of}[what](chosen)
    return _written(found, out, for_excel=options.for_excel)


def beside(table: EvidenceTable) -> tuple[str, ...]:
    """What is written beside a table: only cases have codes as columns, which need labels."""
    return ("dictionary", "labels") if table is EvidenceTable.CASES else ("dictionary",)


def _written(table: Table, out: BinaryIO, *, for_excel: bool) -> ExportReport:
    """Write a table, the fields of its rows guarded where it is for a spreadsheet."""
    clean = Cleaner()
    changed: dict[str, str] = {}
    heading = [field.name for field in table.fields]
    found_by = [heading.index(name) for name in table.found_by] or [0]

    def place_of(values: Sequence[Value]) -> str:
        return " ".join(str(values[at]) for at in found_by)

    def guarded(place: str, values: Sequence[Value]) -> Sequence[Value]:
        if not (for_excel and any(map(_looks_like_a_formula, values))):
            return values
        changed[str(values[0])] = place
        return [f"'{value}" if _looks_like_a_formula(value) else value for value in values]

    if for_excel:
        out.write(_BYTE_ORDER_MARK)
    placed = ((place_of(values), values) for values in table.rows)
    rows = ((place, guarded(place, values)) for place, values in placed)
    written = write_rows(out, heading, rows, clean)
    return ExportReport(
        rows=written,
        replaced_characters=clean.replaced,
        warnings=clean.warnings(),
        changed=tuple(changed),
        changed_at=tuple(changed.values()),
    )


def _looks_like_a_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA_STARTS)

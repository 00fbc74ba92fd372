"""Quotations as CSV, one a row, with the fields that the JSON has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import ContentCheck
from qualcode.exporters.csv.csv_text import write_rows
from qualcode.exporters.fields import QUOTATION_FIELDS, quotation_values
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from qualcode.model.matrix import Quotation


def write(quotations: Iterable[Quotation], out: BinaryIO) -> ExportReport:
    """Write the quotations in their order."""
    check = ContentCheck()
    clean = Cleaner()

    def rows() -> Iterator[tuple[str, Sequence[object]]]:
        for quotation in quotations:
            check.add(quotation)
            yield quotation.locator, quotation_values(quotation)

    written = write_rows(out, QUOTATION_FIELDS, rows(), clean)
    return ExportReport(
        quotations=check.count,
        rows=written,
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=clean.warnings(),
    )

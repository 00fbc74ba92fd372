"""Quotations as a JSON array, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents.check import ContentCheck
from qualcode.exporters.fields import quotation_record
from qualcode.exporters.json.json_text import to_json
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from qualcode.model.matrix import Quotation


def write(quotations: Iterable[Quotation], out: BinaryIO) -> ExportReport:
    """Write the quotations in their order; their words are not changed in any letter."""
    check = ContentCheck()
    out.write(b"[")
    for quotation in quotations:
        out.write(b",\n" if check.count else b"\n")
        out.write(to_json(quotation_record(quotation)))
        check.add(quotation)
    out.write(b"\n]\n" if check.count else b"]\n")
    return ExportReport(quotations=check.count, rows=check.count, digest=check.digest)

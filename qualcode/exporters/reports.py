"""What a writer of a document did, counted alike in every format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.exporters.contents.check import ContentCheck
    from qualcode.exporters.table_or_list import Laid
    from qualcode.exporters.textsafe import Cleaner


def report_of(
    check: ContentCheck,
    clean: Cleaner,
    *,
    rows: int,
    laid: Laid | None = None,
    warnings: Iterable[str] | None = None,
) -> ExportReport:
    """The report on a document of which everything was written and cleaned.

    `laid` says how a matrix was laid out; `warnings` are the writer's own with those of the
    cleaning among them, which stand alone where none are given.
    """
    report = ExportReport(
        quotations=check.passages,
        rows=rows,
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=clean.warnings() if warnings is None else tuple(warnings),
    )
    return report if laid is None else replace(report, layout=laid.layout, choice=laid.choice)

"""A comparison as CSV: one row for each theme or code and group, in the order of the codebook.

Behind them, without a key, stands a row for each group, and each person who supplies much, with how
many of all quotations are theirs: `of` is their cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.csv.csv_text import write_rows
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.model.matrix import Comparison

FIELDS = (
    *("key", "name", "is_theme", "group", "cases", "of", "shared", "only_in", "against"),
    *("quotations", "by", "warning"),
)
ALL = "all quotations"
"""Stands for a theme or code where all that is compared is weighed."""


def write(comparison: Comparison, out: BinaryIO) -> ExportReport:
    """Write the comparison."""
    clean = Cleaner()
    written = write_rows(out, FIELDS, _rows(comparison), clean)
    return ExportReport(rows=written, replaced_characters=clean.replaced, warnings=clean.warnings())


def _rows(comparison: Comparison) -> Iterator[tuple[str, Sequence[object]]]:
    for line in comparison.lines:
        against = "; ".join(line.against)
        for group, (cases, every) in zip(comparison.groups, line.groups, strict=True):
            shared, only = group in line.shared_by, line.only_in == group
            yield (
                f"{line.key}, {group}",
                (
                    line.key,
                    line.name,
                    line.is_theme,
                    group,
                    cases,
                    every,
                    shared,
                    only,
                    against,
                    None,
                    comparison.attribute,
                    None,
                ),
            )
    for one in comparison.balance:
        weighed = (None, ALL, False, one.label, None, one.cases, None, None, None)
        yield f"{ALL}, {one.label}", (*weighed, one.quotations, one.attribute, one.warning)

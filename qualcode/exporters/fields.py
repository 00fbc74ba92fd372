"""The fields that scripts read, in their order: the same names in JSON and in CSV.

A name here is a promise: more may be added, none is renamed.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.model.matrix import MatrixColumn, MatrixRow, Quotation

QUOTATION_FIELDS = (
    "coding",
    "code",
    "theme",
    "coder",
    "transcript",
    "participant",
    "attribution",
    "turn",
    "speaker",
    "start",
    "end",
    "start_ms",
    "locator",
    "text",
    "before",
    "after",
    "memo",
    "doubt",
    "origin",
    "version",
    "number",
    "edits",
    "starred",
)
"""All that is known of a quotation but its `notes`: `memo` has their words."""

MATRIX_CSV_FIELDS = (
    "row",
    "row_label",
    "column",
    "column_label",
    "count",
    "cases",
    "summary",
    "empty_reason",
    "quotes",
)

quotation_values = attrgetter(*QUOTATION_FIELDS)
"""The values of a quotation, as a tuple in the order of QUOTATION_FIELDS."""


def quotation_record(quotation: Quotation) -> dict[str, object]:
    """A quotation as scripts read it."""
    return dict(zip(QUOTATION_FIELDS, quotation_values(quotation), strict=True))


def row_record(row: MatrixRow) -> dict[str, object]:
    """A row of a matrix as scripts read it."""
    return {"key": row.key, "label": row.label, "details": list(row.details), "group": row.group}


def column_record(column: MatrixColumn) -> dict[str, object]:
    """A column of a matrix as scripts read it."""
    return {"key": column.key, "label": column.label, "theme": column.theme}

"""The fields that scripts read, in their order: the same names in JSON and in CSV.

A name here is a promise: more may be added, none is renamed.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    "attributions",
)

_PLACE = frozenset({"version", "start", "end"})
"""What nobody may read of a quotation that is not `placed`; of its turn and time it has none."""


def values_of(names: Sequence[str]) -> Callable[[Quotation], tuple[Any, ...]]:
    """What reads these values of a quotation, as a tuple in their order; there are several."""
    everything = attrgetter(*names)
    is_place = [name in _PLACE for name in names]

    def values(quotation: Quotation) -> tuple[Any, ...]:
        found: tuple[Any, ...] = everything(quotation)
        if quotation.placed:
            return found
        return tuple(None if at else one for one, at in zip(found, is_place, strict=True))

    return values


quotation_values = values_of(QUOTATION_FIELDS)
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

"""A comparison as one JSON object: the groups, and a record for each theme and code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.json.json_text import to_json
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from typing import BinaryIO

    from qualcode.model.matrix import BalanceLine, Comparison, Variation


def write(comparison: Comparison, out: BinaryIO) -> ExportReport:
    """Write the comparison, a theme or code a line."""
    head = {"attribute": comparison.attribute, "groups": list(comparison.groups)}
    out.write(to_json(head)[:-1] + b', "lines": [')
    for number, line in enumerate(comparison.lines):
        out.write((b",\n" if number else b"\n") + to_json(_record(comparison, line)))
    out.write(b'],\n"balance": ' + to_json([_weighed(one) for one in comparison.balance]))
    out.write(b',\n"rule": ' + to_json(comparison.rule) + b"}\n")
    return ExportReport(rows=len(comparison.lines))


def _record(comparison: Comparison, line: Variation) -> dict[str, object]:
    return {
        "key": line.key,
        "name": line.name,
        "is_theme": line.is_theme,
        "groups": [
            {"group": group, "cases": cases, "of": every}
            for group, (cases, every) in zip(comparison.groups, line.groups, strict=True)
        ],
        "cases": line.total[0],
        "of": line.total[1],
        "shared_by": list(line.shared_by),
        "is_shared_by_all": line.is_shared_by_all,
        "only_in": line.only_in,
        "against": list(line.against),
        "against_in": [{"group": group, "cases": list(those)} for group, those in line.against_in],
    }


def _weighed(line: BalanceLine) -> dict[str, object]:
    return {
        "by": line.attribute,
        "label": line.label,
        "quotations": line.quotations,
        "cases": line.cases,
        "warning": line.warning,
    }

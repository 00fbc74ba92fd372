"""A comparison as Markdown: one table, and the rule by which it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.markdown import line, table
from qualcode.exporters.references import variation_in_words
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from qualcode.model.matrix import Comparison


def write(comparison: Comparison, out: BinaryIO) -> ExportReport:
    """Write the comparison."""
    clean = Cleaner()
    out.write("".join(_blocks(comparison, clean)).encode())
    return ExportReport(
        rows=len(comparison.lines),
        replaced_characters=clean.replaced,
        warnings=clean.warnings(),
    )


def _blocks(comparison: Comparison, clean: Cleaner) -> Iterator[str]:
    attribute = clean(comparison.attribute, at="comparison")
    yield f"# {line(f'Continuity and variation by {attribute}')}\n"
    yield f"\n{line(comparison.rule)}\n\n"
    yield f"{variations(comparison, clean)}\n"


def variations(comparison: Comparison, clean: Cleaner) -> str:
    """The table: n of N in each group, and in words what they come to."""
    groups = [clean(group, at="groups") for group in comparison.groups]
    rows = [
        [
            clean(one.name, at="codebook")
            if one.is_theme
            else f"– {clean(one.name, at='codebook')}",
            *(f"{cases} of {every}" for cases, every in (*one.groups, one.total)),
            clean(variation_in_words(one), at="comparison"),
        ]
        for one in comparison.lines
    ]
    return table(["Theme and code", *groups, "All", "In words"], rows, figures=False)

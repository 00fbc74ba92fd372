"""A comparison as Markdown: one table, and the rule by which it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.contents import listing
from qualcode.exporters.headings import BALANCE, balance_of
from qualcode.exporters.markdown.md_text import line, table
from qualcode.exporters.references import variation_in_words
from qualcode.exporters.textsafe import Cleaner
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.model.matrix import BalanceLine, Comparison


def write(comparison: Comparison, out: BinaryIO) -> ExportReport:
    """Write the comparison."""
    clean = Cleaner()
    out.write("".join(_blocks(comparison, clean)).encode())
    out.write("".join(listing.as_comment(listing.of_comparison(comparison))).encode())
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
    yield from weighed(comparison.balance, clean)


def weighed(balance: Sequence[BalanceLine], clean: Cleaner) -> Iterator[str]:
    """Who speaks, beside who was interviewed; nothing where nobody is weighed."""
    if balance:
        headings, rows = balance_of(balance)
        shown = [[clean(words, at="balance") for words in row] for row in (headings, *rows)]
        yield f"\n## {BALANCE}\n\n{table(shown[0], shown[1:], figures=False)}\n"


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

"""Continuity and variation: in how many cases of each group a theme comes up, who shares it, who
goes against the pattern; and who speaks in the document beside who was interviewed.

Figures are n of N cases throughout. A percentage of a handful of interviews says more than
anybody knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.exporters.headings import BALANCE, BY, NOTHING, balance_of, rules_of
from qualcode.exporters.references import of_cases, variation_in_words
from qualcode.exporters.word.writing import plain_tables, wml
from qualcode.exporters.word.writing.row_breaks import shared_out
from qualcode.exporters.word.writing.styles import CELL_MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.textsafe import Cleaner
    from qualcode.exporters.word.passages.trail import Trail
    from qualcode.model.matrix import BalanceLine, Comparison, MatrixReport, Variation

HEADING = "Continuity and variation"
BOOKMARK = "comparison"

_LEAD = (
    "In how many cases of each group a theme or a code comes up, which groups share it, and which "
    "cases go against the pattern of their group. The figures show where to look, not how widely a "
    "view is held."
)
_BALANCE_LEAD = (
    "How many quotations each brings to this document, beside how many cases were interviewed."
)

_BY = wml.twips(30)
_NAME = wml.twips(58)
_FIGURE = wml.twips(25)
_LEAST_FIGURE = wml.twips(15)
_MOST_FIGURE = wml.twips(22)
"""What the figures of a group have: `11 of 11`, and the words of a usual heading unbroken."""

_HEAD_LETTER = wml.twips(1.6)
"""Mean advance of a letter in a heading of figures."""

_WORD = re.compile(r"[^\s-]+-?")
"""A line ends between two of them, behind a hyphen, too."""

_PATTERN = wml.twips(45)
_LABEL = wml.twips(80)


def has_comparison(report: MatrixReport) -> bool:
    """True where there is anything to compare, or to weigh."""
    return bool(report.balance) or any(compared.lines for compared in report.comparisons)


def comparison(report: MatrixReport, *, trail: Trail, width: int, clean: Cleaner) -> Iterator[str]:
    """The body of the section, `width` twips wide."""
    yield wml.paragraph(trail.bookmark(wml.run(HEADING), BOOKMARK), "Heading1")
    told = [compared for compared in report.comparisons if compared.lines]
    if told:
        yield wml.line(_LEAD, "QCLead")
    shared, rules = rules_of(told)
    if shared:
        yield wml.line(clean(shared, at="comparison"), "QCNote")
    for compared, own in zip(told, rules, strict=True):
        yield wml.line(f"By {clean(compared.attribute, at='comparison')}", "Heading2")
        if own:
            yield wml.line(clean(own, at="comparison"), "QCNote", keep_next=True)
        figure = _figure_width(compared.groups)
        most = (width - _NAME - _PATTERN) // figure - 1  # one is for all of them
        shares = list(shared_out(len(compared.groups), most)) or [range(0)]
        for number, groups in enumerate(shares, 1):
            if len(shares) > 1:
                yield wml.line(f"Part {number} of {len(shares)}", "QCTablePart")
            last = number == len(shares)
            yield from _table(compared, groups, figure, width, clean, last=last)
    if report.balance:
        yield wml.line(BALANCE, "Heading2")
        yield wml.line(_BALANCE_LEAD, "QCNote", keep_next=True)
        yield from _balance(report.balance, width, clean)


def _figure_width(groups: Sequence[str]) -> int:
    """As narrow as the longest word above the figures lets it be: the room is for words."""
    longest = max((len(word) for group in groups for word in _WORD.findall(group)), default=0)
    wanted = longest * _HEAD_LETTER + 2 * CELL_MARGIN
    return min(_MOST_FIGURE, max(_LEAST_FIGURE, wanted))


def _table(
    compared: Comparison, groups: range, figure: int, width: int, clean: Cleaner, *, last: bool
) -> Iterator[str]:
    """Some of the groups; the last table also says in words what the figures come to.

    Words take what figures leave; without them a table is as wide as its figures, which are read
    side by side.
    """
    attribute = clean(compared.attribute, at="comparison")
    heads = ["Theme and code", *(clean(compared.groups[at], at="groups") for at in groups)]
    widths = [_NAME, *(figure for _ in groups)]
    if last:
        heads += ["All", "Shared by, and cases against the pattern"]
        widths += [figure, width - sum(widths) - figure]
    figures = range(1, len(groups) + 2 if last else len(groups) + 1)
    yield from plain_tables.table(
        plain_tables.Shape(
            caption=f"{HEADING} by {attribute}",
            description="Rows are themes and their codes, columns are groups. Each cell gives the "
            "number of cases in which it comes up and the number of cases in all.",
            widths=tuple(widths),
            figures=frozenset(figures),
        ),
        heads,
        (_line(line, groups, clean, last=last) for line in compared.lines),
        bold=frozenset(place for place, line in enumerate(compared.lines) if line.is_theme),
    )


def _line(line: Variation, groups: range, clean: Cleaner, *, last: bool) -> Iterator[str]:
    yield clean(line.name, at="codebook")
    for at in groups:
        yield of_cases(line.groups[at])
    if last:
        yield of_cases(line.total)
        yield clean(variation_in_words(line) or NOTHING, at="comparison")


def _balance(lines: Sequence[BalanceLine], width: int, clean: Cleaner) -> Iterator[str]:
    heads, rows = balance_of(lines)
    widths = [*([_BY] if heads[0] == BY else []), _LABEL, _FIGURE, _FIGURE]
    figures = frozenset({len(widths) - 2, len(widths) - 1})
    if len(heads) > len(widths):
        widths.append(width - sum(widths))
    yield from plain_tables.table(
        plain_tables.Shape(
            caption=BALANCE,
            description="A row for each group or person: its quotations and its cases.",
            widths=tuple(widths),
            figures=figures,
        ),
        heads,
        ([clean(words, at="balance") for words in row] for row in rows),
    )

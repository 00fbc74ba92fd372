"""The section of one theme as a list: under each code the cases, under each case what it said.

It has the numbers, the ways to the appendix and the names of silent cases that tables have. A
quotation is shortened as in a cell: whole it stands in the appendix.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from qualcode.exporters import colours
from qualcode.exporters.headings import defined, heading_of, not_heard
from qualcode.exporters.table_or_list import says_something
from qualcode.exporters.word.passages.quoted import dates_unbroken
from qualcode.exporters.word.sections.themes import held, theme_head
from qualcode.exporters.word.writing import wml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.word.passages.quoted import Quoting
    from qualcode.exporters.word.sections.themes import Theme

_STYLE = "QCListQuote"


def theme_list(theme: Theme, quoting: Quoting) -> Iterator[str]:
    """The body of the theme's section, laid out as a list."""
    yield from theme_head(theme, quoting)
    for place in theme.columns:
        yield from _code(theme, place, quoting)


def _code(theme: Theme, place: int, quoting: Quoting) -> Iterator[str]:
    """One code: what it means, how much is there, who has nothing to find for another reason."""
    column, clean = theme.section.matrix.columns[place], quoting.clean
    rows = [row for row in theme.rows if says_something(theme.cell(row, place), show=theme.show)]
    yield wml.line(
        clean(heading_of(theme.section, place), at="codebook"), "Heading2", colour=theme.colour
    )
    # What the theme means stands at its head already.
    definition = "" if column.key == theme.section.key else clean(column.definition, at="codebook")
    how_much = held(theme, rows, place, between=" from ")
    yield wml.line(defined(definition, how_much), "QCNote", keep_next=True)
    for said in not_heard(theme.section, theme.rows, place, theme.show):
        yield wml.line(clean(said, at="cases"), "QCNote", keep_next=True)
    cases = theme.section.matrix.rows
    for group, members in groupby(rows, key=lambda row: cases[row].group):
        if group is not None:
            yield wml.line(clean(group, at="groups"), "QCListGroup")
        for row in members:
            yield from _case(theme, row, place, quoting)


def _case(theme: Theme, row: int, place: int, quoting: Quoting) -> Iterator[str]:
    """`P07  Councillor, Thornwick District Council`, and what this case has under the code."""
    case, cell, clean = theme.section.matrix.rows[row], theme.cell(row, place), quoting.clean
    yield _named(
        clean(case.label, at="cases"),
        [dates_unbroken(clean(detail, at="cases")) for detail in case.details],
    )
    if cell.summary:
        follows = bool(cell.quotes)
        words = clean(cell.summary, at="summaries")
        yield wml.line(words, "QCListSummary", keep_next=follows)
    if theme.show == "summary":
        if cell.quotes:
            yield quoting.numbers(cell.quotes, style=_STYLE)
        return
    for quotation in cell.quotes:
        yield quoting.paragraph(quotation, known=case.details, style=_STYLE)


def _named(label: str, details: Sequence[str]) -> str:
    said = wml.run(label, bold=True)
    if details:
        said += wml.run(f"   {' · '.join(details)}", colour=colours.GREY)
    return wml.paragraph(said, "QCListCase")

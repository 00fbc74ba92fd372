"""The first sheet of every workbook: what it is, what was counted, and what each sheet holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.exporters.workbook.book import Column, Sheet
from qualcode.exporters.workbook.cells import Look, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.workbook.cells import Value

GROUND = "1F5A7A"
"""Of the headings of sheets that belong to no theme."""

NAME = "Read me"

Pairs = Iterable[tuple[str, str]]


def read_me(title: str, subtitle: str, parts: Sequence[tuple[str, Pairs]]) -> Sheet:
    """The sheet: a title, and under each heading lines of a name and what is said of it."""
    columns = (Column("", 26), Column("", 100))
    return Sheet(NAME, columns, _rows(title, subtitle, parts), GROUND, headings=False)


def long_cells_said(long: int) -> tuple[str, ...]:
    """A sentence on cells that go on below, where there are any."""
    if not long:
        return ()
    cells = "1 cell" if long == 1 else f"{long} cells"
    return (f"{cells} of more than 32,000 characters or 250 lines: the rest is in the rows below",)


def _rows(
    title: str, subtitle: str, parts: Sequence[tuple[str, Pairs]]
) -> Iterator[Sequence[Value]]:
    # In the second column, which is wide enough for a title.
    yield None, Said(title, Look.TITLE)
    if subtitle:
        yield None, Said(subtitle, Look.QUIET)
    for heading, pairs in parts:
        lines = list(pairs)
        if not lines:
            continue
        yield ()
        yield None, Said(heading, Look.BOLD)
        for name, said in lines:
            yield Said(name, Look.QUIET), said

"""Plain tables of words and figures: one header row, a rule between rows, no cell without words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, Final

from qualcode.exporters import colours
from qualcode.exporters.word.writing import wml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


SHORT = 16
"""A table of so many rows is not torn: it fills less than half of a page."""


_END: Final[tuple[str, ...]] = ()
"""What comes behind the last row."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's widths in twips, what is read out of it, and which columns are centred figures."""

    caption: str
    description: str
    widths: tuple[int, ...]
    figures: frozenset[int] = field(default_factory=frozenset)


def table(
    shape: Shape,
    heads: Sequence[str],
    rows: Iterable[Iterable[str]],
    *,
    bold: frozenset[int] = frozenset(),
) -> Iterator[str]:
    """The table. Words are clean already; `bold` are the places of rows that stand out, by their
    name and figures, each with the first of those below it.

    A short table stays with what leads to it, and whole.
    """
    rows = iter(rows)
    first = list(islice(rows, SHORT + 1))
    # Up to which row, the heads' being -1, each is bound to the next.
    bound = len(first) - 1 if len(first) <= SHORT else -1
    yield wml.table_start(
        shape.widths, "QCPlain", caption=shape.caption, description=shape.description
    )
    styles = ["QCNumberHead" if at in shape.figures else "QCTableHead" for at in range(len(heads))]
    cells = zip(heads, styles, shape.widths, strict=True)
    yield wml.row(
        (
            wml.cell(
                wml.line(head, style, keep_next=bound >= 0),
                width,
                fill=colours.PALE,
                centred=True,
            )
            for head, style, width in cells
        ),
        header=True,
    )
    styles = ["QCNumber" if at in shape.figures else "QCTableText" for at in range(len(heads))]
    stands_out = {0, *shape.figures}
    for place, (row, below) in enumerate(pairwise(chain(first, rows, [_END]))):
        leads = place in bold and below is not _END and place + 1 not in bold
        yield wml.row(
            wml.cell(
                wml.line(
                    words,
                    style,
                    bold=place in bold and at in stands_out,
                    keep_next=place < bound or leads,
                ),
                width,
            )
            for at, (words, style, width) in enumerate(zip(row, styles, shape.widths, strict=True))
        )
    yield wml.TABLE_END


def facts(
    lines: Iterable[tuple[str, str]], *, label_width: int, width: int, caption: str
) -> Iterator[str]:
    """Two columns without a head: an item, and what it is. Words are clean already."""
    widths = (label_width, width - label_width)
    yield wml.table_start(
        widths,
        "QCPlain",
        caption=caption,
        description="Two columns: an item and what it is.",
        header_row=False,
    )
    for label, value in lines:
        yield wml.row(
            (
                wml.cell(wml.line(label, "QCFactLabel"), widths[0]),
                wml.cell(wml.line(value, "QCFact"), widths[1]),
            )
        )
    yield wml.TABLE_END

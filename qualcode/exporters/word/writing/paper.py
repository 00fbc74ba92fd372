"""The paper that a part of the document is laid on: how large, which way round, which margins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from qualcode.model.document import Paper

if TYPE_CHECKING:
    from qualcode.exporters.word.template.reading import Page

_SHORT = 11906
_LONG = 16838
"""The sides of A4, in twips, a twentieth of a point."""

_LETTER: Final = (12240, 15840)
_AS_LARGE: Final = 200
"""Twips by which paper may be longer or shorter than its name says."""

_LEAST_MARGIN: Final = 567
_MOST_SIDE: Final = 1985
_MOST_ABOVE: Final = 3402
_MOST_BELOW: Final = 2268
"""Margins of a house beyond these would leave no room for a table."""

QUOTE_POINTS = 8.5
"""Of the words in a cell; nothing that is read is below 7.5."""

QUOTE_LEADING = 1.02
"""The distance of their lines, as a share of a single one."""

_OF_ANY_FACE: Final = 1.2
"""The letters of a house may be wider than ours at the same size; few are by more."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in twips. `side` is the margin left and right, the same on each page; `header` and
    `footer` are how far these begin from the edge.

    `letter` and `line` are how large quotations are set on it, in points, and how far apart their
    lines are, as a share of that.
    """

    width: int
    height: int
    side: int = 850
    top: int = 1134
    bottom: int = 964
    header: int = 510
    footer: int = 454
    letter: float = QUOTE_POINTS
    line: float = QUOTE_LEADING

    @property
    def text_width(self) -> int:
        """From the left margin to the right one."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> int:
        """From the upper margin to the lower one."""
        return self.height - self.top - self.bottom

    @property
    def is_landscape(self) -> bool:
        """True where it lies across."""
        return self.width > self.height


A4_ACROSS = Sheet(_LONG, _SHORT)
"""What tables are laid on; the shipped template has this page."""

A3_ACROSS = Sheet(23811, _LONG)
"""Twice as large, for tables that are read on a wall or printed for a meeting."""

A4_UPRIGHT = Sheet(_SHORT, _LONG, side=1304)
"""What prose is laid on: lines of some ninety letters, which eyes can follow."""


@dataclass(frozen=True, slots=True)
class Sheets:
    """The papers of one document: `across` for its title page, `tables` for tables, `upright` for
    prose.
    """

    across: Sheet = A4_ACROSS
    tables: Sheet = A4_ACROSS
    upright: Sheet = A4_UPRIGHT


def sheets(
    paper: Paper = Paper.A4,
    page: Page | None = None,
    size: tuple[float, float] | None = None,
) -> Sheets:
    """What a document is laid on; `page` is the paper of a house, if it has one, and `size` how
    large it sets quotations.

    A house on Letter has Letter, and for what is twice as large two of them side by side. Its
    margins above and below are everywhere, for its header stands there; those at the sides are for
    prose, because a table needs the room.
    """
    if page is None:
        large = A3_ACROSS if paper is Paper.A3 else A4_ACROSS
        return Sheets(tables=_set_in(large, size))
    short, long = sorted((page.width, page.height))
    is_letter = max(abs(short - _LETTER[0]), abs(long - _LETTER[1])) <= _AS_LARGE
    short, long = _LETTER if is_letter else (_SHORT, _LONG)
    upright = Sheet(
        short,
        long,
        side=_between(_LEAST_MARGIN, (page.left + page.right) // 2, _MOST_SIDE),
        top=_between(_LEAST_MARGIN, page.top, _MOST_ABOVE),
        bottom=_between(_LEAST_MARGIN, page.bottom, _MOST_BELOW),
        header=min(page.header, _MOST_ABOVE),
        footer=min(page.footer, _MOST_BELOW),
    )
    across = replace(upright, width=long, height=short, side=A4_ACROSS.side)
    twice = replace(across, width=2 * short, height=long)
    if not is_letter:
        twice = replace(twice, width=A3_ACROSS.width)
    return Sheets(across, _set_in(twice if paper is Paper.A3 else across, size), upright)


def _set_in(sheet: Sheet, size: tuple[float, float] | None) -> Sheet:
    if size is None:
        return sheet
    return replace(sheet, letter=size[0] * _OF_ANY_FACE, line=size[1])


def _between(least: int, wished: int, most: int) -> int:
    return max(least, min(wished, most))

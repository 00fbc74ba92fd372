"""Where words are cut so that a cell or a page can hold them: between two of them, if it can be."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING

from qualcode.exporters.word.writing.paper import A4_ACROSS
from qualcode.exporters.word.writing.row_breaks import (
    PAGE_LINES,
    WHOLE_ROW_LINES,
    lines_of,
    lines_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.exporters.word.writing.paper import Sheet

_JOINER = "\u200d"


def cut_at(words: str, most: int) -> int:
    """How many characters, at most so many, end between two words; else not within a letter."""
    begun = words[: most + 1]
    cut = max(begun.rfind(" "), begun.rfind("\n"), begun.rfind("\t"))
    return cut if cut > 0 else _before_a_letter(words, most)


def parts_of(words: str, letters: int, sheet: Sheet = A4_ACROSS) -> Iterator[str]:
    """The words or, where no row of the sheet could hold them, parts that add up to them.

    `letters` stand in a line.
    """
    if lines_of(words, letters) <= lines_on(sheet, PAGE_LINES):
        yield words
        return
    lines = lines_on(sheet, WHOLE_ROW_LINES)
    while lines_of(words, letters) > lines:
        sizes = range(1, min(len(words), lines * letters) + 1)
        fit = bisect_right(sizes, lines, key=lambda size: lines_of(words[:size], letters))
        cut = max(1, cut_at(words, max(1, fit)))
        # The blank stays at the end of a line, where nobody sees it.
        cut += words[cut : cut + 1].isspace()
        yield words[:cut]
        words = words[cut:]
    if words:
        yield words


def _before_a_letter(words: str, at: int) -> int:
    """The last place up to `at` that does not part a letter from its accents or a joined sign."""
    while at > 1 and (
        unicodedata.category(words[at]) in ("Mn", "Me") or _JOINER in words[at - 1 : at + 1]
    ):
        at -= 1
    return at

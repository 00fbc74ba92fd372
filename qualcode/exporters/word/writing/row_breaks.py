"""How a matrix is laid on paper: which columns share a table, how wide they are, and where a long
case is broken.

A table row that runs over a page loses its label there, so none does. As a row that is kept whole
leaves the page white below the last, a case is broken into physical rows of a third of a page, each
with its label; a quotation longer than that has a row to itself, and one longer than a page is
parted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from qualcode.exporters.word.writing.paper import A4_ACROSS, QUOTE_LEADING, QUOTE_POINTS
from qualcode.exporters.word.writing.styles import CELL_MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.exporters.word.writing.paper import Sheet

FULL_ROW_LINES = 11
"""A physical row takes no further quotation above this: about a third of an A4 page across."""

WHOLE_ROW_LINES = 15
"""A case up to this is not broken."""

PAGE_LINES = 34
"""A quotation up to this is not parted: what the heads of a table leave of an A4 page across. All
three are more on a larger sheet, by the height of its text.
"""

# Of a column, as a share of the mean.
_NARROWEST = 0.7
_WIDEST = 1.5

# Mean advance of English prose set in Calibri or Carlito, as a share of the letter size, with
# the white that ragged lines leave: counted on rendered pages.
_MEAN_LETTER = 0.43

# Letters that stand twice as wide: Chinese, Japanese, Korean, and pictures.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a cell: its XML and the lines that it will take."""

    xml: str
    lines: int


@dataclass(frozen=True, slots=True)
class PhysicalRow:
    """What of a case stands in one table row: for each column the blocks, maybe none."""

    columns: tuple[tuple[Block, ...], ...]


def shared_out(count: int, most: int) -> Iterator[range]:
    """`count` columns in as few tables as hold `most` each, no table much narrower than another."""
    tables = -(-count // most)
    at = 0
    for number in range(tables):
        size = count // tables + (number < count % tables)
        yield range(at, at + size)
        at += size


def column_widths(letters: Sequence[int], width: int) -> list[int]:
    """Widths that add up to `width`, wider where more letters stand: a tenth less paper.

    They follow the root of the letters, so that a full column does not starve the others.
    """
    mean = sum(letters) / len(letters) or 1
    weights = [
        min(_WIDEST, max(_NARROWEST, sqrt(count / mean))) if any(letters) else 1.0
        for count in letters
    ]
    widths = [int(width * weight / sum(weights)) for weight in weights]
    widths[-1] += width - sum(widths)
    return widths


def letters_in_a_line(width: int, sheet: Sheet = A4_ACROSS) -> int:
    """How many letters stand side by side in a cell that is `width` twips wide."""
    points = (width - 2 * CELL_MARGIN) / 20
    return max(1, int(points / (sheet.letter * _MEAN_LETTER)))


def lines_of(words: str, letters: int) -> int:
    """How many lines the words take where `letters` stand in one."""
    if not words.isascii():
        wide = len(_WIDE.findall(words))
        return words.count("\n") + -(-(len(words) + wide) // letters)
    if "\n" not in words:
        return -(-len(words) // letters)
    return sum(max(1, -(-len(part) // letters)) for part in words.split("\n"))


def physical_rows(
    columns: Sequence[Sequence[Block]], sheet: Sheet = A4_ACROSS
) -> Iterator[PhysicalRow]:
    """The case broken into rows for a sheet, its blocks in order; at least one row, even of empty
    columns.
    """
    full, whole = lines_on(sheet, FULL_ROW_LINES), lines_on(sheet, WHOLE_ROW_LINES)
    at = [0] * len(columns)
    while True:
        height = _height(columns, at, full=full, whole=whole)
        taken = []
        for number, blocks in enumerate(columns):
            end = _end(blocks, at[number], height)
            taken.append(tuple(blocks[at[number] : end]))
            at[number] = end
        yield PhysicalRow(tuple(taken))
        if all(end == len(blocks) for end, blocks in zip(at, columns, strict=True)):
            return


def lines_on(sheet: Sheet, lines: int) -> int:
    """As many lines as have the same share of this sheet's height."""
    of_a_line = sheet.letter * sheet.line / (QUOTE_POINTS * QUOTE_LEADING)
    return max(1, round(lines * sheet.text_height / A4_ACROSS.text_height / of_a_line))


def _height(columns: Sequence[Sequence[Block]], at: Sequence[int], *, full: int, whole: int) -> int:
    """Of the next row: all that is left if that is little, else a third of a page or, if it is
    longer, the longest quotation that comes next in a column.
    """
    left = max(
        (_lines(blocks, start, whole) for blocks, start in zip(columns, at, strict=True)),
        default=0,
    )
    if left <= whole:
        return left
    waiting = (
        blocks[start].lines
        for blocks, start in zip(columns, at, strict=True)
        if start < len(blocks)
    )
    return max(full, *waiting)


def _lines(blocks: Sequence[Block], start: int, whole: int) -> int:
    """The lines from block `start` on, counted only as far as it takes to know they are many."""
    lines = 0
    for place in range(start, len(blocks)):
        lines += blocks[place].lines
        if lines > whole:
            break
    return lines


def _end(blocks: Sequence[Block], start: int, height: int) -> int:
    """Behind the last block from `start` on that still fits; the first always does."""
    lines = 0
    end = start
    while end < len(blocks) and lines + blocks[end].lines <= height:
        lines += blocks[end].lines
        end += 1
    return end

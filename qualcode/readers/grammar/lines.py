"""A text as lines: blank ones out, with what a line's place and the page around it say.

Court reporters and some transcribers number every line and page. Such numbers are found by their
sequence, taken out, and the words that were broken over lines become one paragraph again; so do
texts whose lines were broken to a width.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.turns import quick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.readers.grammar.clocks import Times
    from qualcode.readers.ground.ledger import Ledger


class Line(NamedTuple):
    """A line with words, stripped.

    `number` counts from 1 (paragraphs in a Word document). `gap` is true where a blank line stands
    before it. `bold` is true where all of it is bold by formatting. `goes_on` is true where the
    line before was broken and this is the rest of its paragraph. `heading` is true where the
    format says that it is one.
    """

    text: str
    number: int
    gap: bool
    bold: bool = False
    goes_on: bool = False
    heading: bool = False


class Row(NamedTuple):
    """A unit that a format gives complete, such as the row of a table of turns.

    `words` are paragraphs, entered in the ledger; `label` is None where the cell is empty.
    """

    label: str | None
    words: tuple[str, ...]
    number: int
    times: Times


_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+$")
_RULER = re.compile(r"([-=_*~#–—])(?:\s?\1){2,200}$")
_NUMBER = re.compile(r"[ \t]{0,4}(\d{1,2})(?=\s|$)")
_PAGE_NUMBER = re.compile(r"\s{10,}\d{1,4}\s*$")
_FEWEST_NUMBERED, _NUMBERED_SHARE = 10, 0.9
# A first line of a paragraph is set in by at least this much against the others.
_INDENT = 3

# Lines that end near one width, most of them in the middle of a sentence, were broken to it.
_WIDEST, _NEAR_WIDTH, _FEWEST_BROKEN, _BROKEN_SHARE = 100, 0.7, 10, 0.7
_SENTENCE_END = (".", "?", "!", "…", ":", '"', "”", ")", "]")


def is_ruler(text: str) -> bool:
    """True for a line of dashes and the like that only parts what stands around it."""
    return _RULER.match(text) is not None


def is_address(text: str) -> bool:
    """True for a line that is nothing but an address of the web."""
    return _ADDRESS.match(text) is not None


def split_lines(text: str, ledger: Ledger, *, first: int = 1) -> list[Line]:
    """The lines with words; every form of line break ends one. `first` numbers the first line.

    Blanks at the ends of lines and the breaks themselves are entered as dropped.
    """
    raw = text.splitlines(keepends=True)
    numbered = _find_numbers(raw)
    if numbered:
        return _without_numbers(raw, numbered, ledger, first)
    stripped = list(map(str.strip, raw))
    ledger.drop(kinds.SPACE, len(text) - sum(map(len, stripped)))
    lines: list[Line] = []
    gap = True
    for number, line in enumerate(stripped, first):
        if line:
            lines.append(quick(Line, (line, number, gap, False, False, False)))
        gap = not line
    return _join_broken(lines)


def _find_numbers(raw: Sequence[str]) -> list[int] | None:
    """How many characters of each line are its number, or None where lines have none."""
    widths: list[int] = []
    filled = counted = 0
    expected = 1
    for line in raw:
        match = _PAGE_NUMBER.match(line) or _NUMBER.match(line)
        widths.append(0)
        if match is None:
            filled += not line.isspace()
        elif match.re is _PAGE_NUMBER:
            widths[-1] = len(line.rstrip())
        else:
            filled += 1
            if int(match[1]) in (expected, 1):
                widths[-1] = match.end()
                expected = int(match[1]) + 1
                counted += 1
        if filled == _FEWEST_NUMBERED and counted < _NUMBERED_SHARE * filled:
            return None  # nearly every text leaves here
    enough = filled >= _FEWEST_NUMBERED and counted >= _NUMBERED_SHARE * filled
    return widths if enough else None


def _without_numbers(
    raw: Sequence[str], widths: Sequence[int], ledger: Ledger, first: int
) -> list[Line]:
    rests = [line[width:] for line, width in zip(raw, widths, strict=True)]
    indents = [len(rest) - len(rest.lstrip()) for rest in rests]
    edge = min((i for i, rest in zip(indents, rests, strict=True) if rest.strip()), default=0)
    lines: list[Line] = []
    for number, (line, width) in enumerate(zip(raw, widths, strict=True), first):
        digits, words = line[:width].strip(), line[width:].strip()
        ledger.drop(kinds.LINE_NUMBER, len(digits))
        ledger.drop(kinds.SPACE, len(line) - len(digits) - len(words))
        if words:
            set_in = indents[number - first] >= edge + _INDENT
            lines.append(Line(words, number, gap=set_in or not lines, goes_on=not set_in))
    return lines


def _join_broken(lines: list[Line]) -> list[Line]:
    """The lines, with `goes_on` where a text was broken to a width."""
    if any(len(line.text) > _WIDEST for line in lines):
        return lines  # nearly every text leaves here, within a few lines
    width = max((len(line.text) for line in lines), default=0)
    before = [previous.text for previous, line in pairwise(lines) if not line.gap]
    near = [text for text in before if len(text) >= _NEAR_WIDTH * width]
    open_ended = sum(not text.endswith(_SENTENCE_END) for text in near)
    if len(near) < max(_FEWEST_BROKEN, _BROKEN_SHARE * len(before)):
        return lines
    if open_ended < _BROKEN_SHARE * len(near):
        return lines
    return lines[:1] + [
        line._replace(goes_on=not line.gap and len(previous.text) >= _NEAR_WIDTH * width)
        for previous, line in pairwise(lines)
    ]

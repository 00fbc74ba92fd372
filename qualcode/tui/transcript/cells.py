"""How many cells of the screen a text takes, and where it may be cut.

What one reads as one sign is a cluster: a letter with its accents, a family of emoji, a flag. Only
clusters are counted and cut. Signs that would disturb a terminal are kept out of what is drawn,
never out of the text: every place stays an offset into the text as it is stored.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from qualcode.text.words import WORD

Cluster = tuple[int, int, int]
"""Start, end and cells of one cluster; offsets into the text it was found in."""

ELLIPSIS = "…"

# What takes one cell whatever stands beside it: Latin, Greek, Cyrillic, Vietnamese, the dashes and
# quotation marks of print, signs of money. Measured once here, never letter by letter.
_ONE_CELL = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
)
_ODD = re.compile(rf"[^{_ONE_CELL}\n]")

# Tabs, other control signs and the two line separators are drawn as one blank, half of a broken
# pair, which no terminal can be sent, as the sign for what cannot be read.
_BLANKED = [*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029]
_DRAWN = {**dict.fromkeys(_BLANKED, " "), **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_UNDRAWABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# Signs without a shape: soft hyphen, zero-width blank, marks of writing direction. The two joiners
# stay, for they shape their neighbours.
_HIDDEN = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_HIDDEN_SIGNS = re.compile(f"[{_HIDDEN}]")
# A sign of no width that belongs to the letter before it, put where a hidden one stands while
# clusters are counted: the offsets stay as they are.
_NO_WIDTH = "\u0300"

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_JOINING = re.compile("[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d]\u200d?$")
_CONSONANT = re.compile(
    "[\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09b9\u09dc-\u09df\u0a15-\u0a39\u0a95-\u0ab9"
    "\u0b15-\u0b39\u0c15-\u0c39\u0c95-\u0cb9\u0d15-\u0d39]"
)
_MERGING = re.compile("[\U0001f1e6-\U0001f1ff\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d]")
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff\u200f]"
)


class _Cells(dict[str, int]):
    """Cells of single signs, each looked up once; those without a shape take none."""

    def __missing__(self, sign: str) -> int:
        cells = 0 if _HIDDEN_SIGNS.match(sign) else get_character_cell_size(sign)
        self[sign] = cells
        return cells


_CELLS = _Cells()


class Drawn:
    """A text as it may be drawn: of the same length, each sign at its own offset."""

    def __init__(self, text: str) -> None:
        self.text = text.translate(_DRAWN) if _UNDRAWABLE.search(text) else text
        odd = () if self.text.isascii() else (found.start() for found in _ODD.finditer(self.text))
        self._odd = array("I", odd)
        self._from_right: dict[tuple[int, int], bool] = {}

    @property
    def odd_signs(self) -> int:
        """How many signs are not simply one cell wide: the work of wrapping grows with them."""
        return len(self._odd)

    def next_odd(self, offset: int) -> int:
        """Offset of the first sign from here on that is not simply one cell wide."""
        at = bisect_left(self._odd, offset)
        return self._odd[at] if at < len(self._odd) else len(self.text)

    def plain(self, start: int, end: int) -> bool:
        """True where every sign is one cell wide, so that cells count as offsets do."""
        return self.next_odd(start) >= end

    def from_right(self, start: int, end: int) -> bool:
        """True where most words of text[start:end] run from right to left."""
        if self.plain(start, end):
            return False
        known = self._from_right.get((start, end))
        if known is None:
            known = self._from_right[start, end] = _mostly_from_right(self.text[start:end])
        return known

    def is_joined(self, offset: int) -> bool:
        """True for a sign without cells of its own, drawn onto the one before it."""
        return offset < len(self.text) and _CELLS[self.text[offset]] == 0

    def clusters(self, start: int, end: int) -> list[Cluster]:
        """The clusters of text[start:end], with offsets into the whole text."""
        if self.plain(start, end):
            return [(at, at + 1, 1) for at in range(start, end)]
        found = clusters(self.text[start:end])
        return [(start + first, start + last, cells) for first, last, cells in found]

    def cells(self, start: int, end: int) -> int:
        """How wide text[start:end] is drawn."""
        if self.plain(start, end):
            return end - start
        return sum(cells for _, _, cells in clusters(self.text[start:end]))

    def piece(self, start: int, end: int) -> str:
        """What is sent to the terminal for text[start:end]."""
        text = self.text[start:end]
        return text if self.plain(start, end) else _HIDDEN_SIGNS.sub("", text)

    def edges(self, start: int, end: int, offsets: Iterable[int]) -> set[int]:
        """The offsets between start and end where a cut is possible: one within a cluster gives
        both ends of the cluster instead.
        """
        inside = {offset for offset in offsets if start < offset < end}
        if not inside or self.plain(start, end):
            return inside
        found: set[int] = set()
        for first, last, _ in self.clusters(start, end):
            if first in inside:
                found.add(first)
            if any(first < offset < last for offset in inside):
                found.update((first, last))
        return found


def clusters(text: str) -> list[Cluster]:
    """What one reads as one sign each: start, end, cells. They tile the text."""
    if text.isascii():
        return [(at, at + 1, 1) for at in range(len(text))]
    cells = [_CELLS[sign] for sign in text]
    if 0 not in cells and not _FLAG.search(text):
        return [(at, at + 1, wide) for at, wide in enumerate(cells)]
    found, _ = split_graphemes(_HIDDEN_SIGNS.sub(_NO_WIDTH, text))
    if "\u200d" in text:
        # A joiner with nothing to join gets another width alone than rich gives it here.
        found = [(start, end, width(text[start:end])) for start, end, _ in found]
    return _merged(text, found) if _MERGING.search(text) else found


def _merged(text: str, found: list[Cluster]) -> list[Cluster]:
    """Flags, which are two signs each, and consonants joined into one, in one piece."""
    merged: list[Cluster] = []
    half_a_flag = False
    for start, end, cells in found:
        is_half = bool(_FLAG.match(text, start, end))
        joined = bool(
            merged
            and _CONSONANT.match(text, start, end)
            and _JOINING.search(text, merged[-1][0], merged[-1][1])
        )
        if joined or (is_half and half_a_flag):
            merged[-1] = (merged[-1][0], end, merged[-1][2] + cells)
            half_a_flag = False
        else:
            merged.append((start, end, cells))
            half_a_flag = is_half
    return merged


def _mostly_from_right(text: str) -> bool:
    """True where more words run from right to left than the other way; numbers run neither."""
    if not RIGHT_TO_LEFT.search(text):
        return False
    words = [word for word in WORD.findall(text) if not word.isdecimal()]
    return 2 * sum(bool(RIGHT_TO_LEFT.search(word)) for word in words) > len(words)


def width(text: str) -> int:
    """How many cells a short text takes, a name or a label."""
    return cell_len(printable(text))


def printable(text: str) -> str:
    """A short text without what would disturb a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN_SIGNS.sub("", text.translate(_DRAWN).replace("\n", " "))


def fit(text: str, cells: int) -> str:
    """The text cut to so many cells, with … at its end where something is missing."""
    text = printable(text)
    if cell_len(text) <= cells:
        return text
    kept, room = 0, cells - 1
    for _, end, wide in clusters(text):
        if wide > room:
            break
        kept, room = end, room - wide
    return text[:kept].rstrip() + ELLIPSIS if cells > 0 else ""

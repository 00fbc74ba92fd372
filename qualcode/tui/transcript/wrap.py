"""Which words stand in which row: two flat arrays, and no row is kept as text.

A blank row parts two turns; it stands for the line feeds between them, so that a coding on both
turns has a row to be drawn through.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from qualcode.model.spans import Turn
from qualcode.text.words import UNSPACED
from qualcode.tui.transcript.cells import Drawn

LEAST_WIDTH = 4
"""A column narrower than this is wrapped as if it were as wide: there is no way to read it."""

# Where no blank parts words, a row may begin with any sign but those that close what went before,
# and may not end with those that open what follows, nor with a Thai or Lao vowel written first.
_NEVER_FIRST = frozenset("、。，．：；！？）」』】〉》〕”’…ー々ๆฯ,.:;!?)]}")
_NEVER_LAST = frozenset(
    "（「『【〈《〔“‘([{\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
)


class WrapIndex:
    """The rows of a text in a column of so many cells.

    `compact` leaves out the blank rows between turns. Rows are numbered from 0; each begins at an
    offset of the text and belongs to one turn, by its place in `turns`.
    """

    def __init__(
        self, drawn: Drawn, turns: Sequence[Turn], width: int, *, compact: bool = False
    ) -> None:
        self.drawn = drawn
        self.turns = turns
        self.width = max(width, LEAST_WIDTH)
        self.compact = compact
        self._starts = array("I")
        # The turn of a row; of a blank row, the turn before it as -1 - turn.
        self._turns = array("i")
        self._first_rows = array("I")
        for number, turn in enumerate(turns):
            if number and not compact:
                self._starts.append(turns[number - 1].end)
                self._turns.append(-number)
            self._first_rows.append(len(self._starts))
            self._wrap_turn(turn)
            self._turns.extend([number] * (len(self._starts) - len(self._turns)))

    def __len__(self) -> int:
        return len(self._starts)

    def turn(self, row: int) -> int | None:
        """The turn of a row; None for a blank row."""
        turn = self._turns[row]
        return turn if turn >= 0 else None

    def is_first(self, row: int) -> bool:
        """True for the row with which a turn begins."""
        turn = self._turns[row]
        return turn >= 0 and self._first_rows[turn] == row

    def start(self, row: int) -> int:
        """Offset of the first sign of a row."""
        return self._starts[row]

    def end(self, row: int) -> int:
        """Offset after a row: where the next begins, blanks at its end counted."""
        turn = self._turns[row]
        if row + 1 < len(self._starts):
            following = self._starts[row + 1]
            return following if turn < 0 else min(following, self.turns[turn].end)
        return self.turns[turn].end

    def words_end(self, row: int) -> int:
        """Offset after the last sign of a row that is not blank."""
        start = self.start(row)
        if self._turns[row] < 0:
            return start
        return start + len(self.drawn.text[start : self.end(row)].rstrip())

    def row_at(self, offset: int) -> int:
        """The row that holds an offset; the nearest before it between two turns."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def rows_of(self, start: int, end: int) -> range:
        """The rows that share a sign with [start, end)."""
        if not len(self):
            return range(0)
        first = self.row_at(start)
        return range(first, max(bisect_left(self._starts, end), first + 1))

    # -- wrapping ---------------------------------------------------------------------------------

    def _wrap_turn(self, turn: Turn) -> None:
        text, at = self.drawn.text, turn.start
        while True:
            end = text.find("\n", at, turn.end)
            self._wrap_paragraph(at, turn.end if end < 0 else end)
            if end < 0:
                return
            at = end + 1

    def _wrap_paragraph(self, start: int, end: int) -> None:
        """The rows of one paragraph; one without words is a row too."""
        text, width, add = self.drawn.text, self.width, self._starts.append
        add(start)
        odd = self.drawn.next_odd(start)
        while end - start > width or odd < end:
            if odd < start:
                odd = self.drawn.next_odd(start)
            if odd > start + width + 1:
                # Only signs of one cell: the row ends at the last blank that is near enough.
                if end - start <= width:
                    return
                blank = text.rfind(" ", start + 1, start + width + 1)
                start = blank + 1 if blank > 0 else start + width
            else:
                start = self._next_row(start, end)
            while start < end and text[start] == " " and not self.drawn.is_joined(start + 1):
                start += 1
            if start >= end:
                return
            add(start)

    def _next_row(self, start: int, end: int) -> int:
        """Where the row after this one begins; `end` where all that is left fits in."""
        # Signs of two cells fill a row with half as many; for others a second look is taken.
        reach = self.width // 2 + 2
        while True:
            found = self._break_within(start, min(start + reach, end), end)
            if found is not None:
                return found
            reach *= 2

    def _break_within(self, start: int, until: int, end: int) -> int | None:
        """The same, with a look at no more than the signs before `until`; None: look further."""
        text, room, last_break, before = self.drawn.text, self.width, 0, ""
        for first, last, cells in self.drawn.clusters(start, until):
            sign = text[first]
            room -= cells
            if sign == " " and last == first + 1:
                last_break, before = last, sign
                continue
            if first > start and _may_part(before, sign):
                last_break = first
            if room < 0 and first > start:
                return last_break or first
            before = text[last - 1]
        return end if until == end else None


@lru_cache(4096)
def _may_part(before: str, sign: str) -> bool:
    """True where a row may begin with this sign after that one, without a blank between them."""
    if sign in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return bool(UNSPACED.match(sign) or UNSPACED.match(before))

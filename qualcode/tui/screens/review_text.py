"""How a coding that waits reads: a row of the list, and its old words above the proposed new ones.

Pure functions on values. What differs stands between signs, so that colour is not needed for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich.style import Style
from rich.text import Text

from qualcode.model.spans import Span, Turn
from qualcode.services.correction.reviewing import ReviewPage, Waiting
from qualcode.services.places import PlacedText
from qualcode.text.counting import counted
from qualcode.text.differing import Piece, differing
from qualcode.text.words import first_words, last_words
from qualcode.tui.why_waits import SHORT_CELLS, in_short, why
from qualcode.tui.widgets.quotation_text import (
    CLOSE,
    MOST_CHARACTERS,
    NOBODY_KNOWN,
    OPEN,
    Mark,
    NameOf,
    leaf,
)
from qualcode.tui.widgets.row_text import Columns, cut, one_line, shown

GONE: Final = ("[-", "-]")
COME: Final = ("{+", "+}")
"""Around words that went and words that came: as programs that compare by words write it."""

_MOST_CODE_CELLS = 24
_LEAST_WORDS_CELLS = 16
_WITH_WORDS_CELLS = 70
"""A row with fewer is beside its words: there they give way to place and code."""

_GAP_CELLS = 3

_CONTEXT_CHARACTERS = 2_000
"""In which the words around a passage are looked for."""

_SAME_WORDS = 6
"""How many words are left on either side where unchanged ones are left out."""

_LEAST_LEFT_OUT = 30
"""Characters; leaving out fewer would make nothing shorter."""

_BOLD = Style(bold=True)
_DIM = Style(dim=True)
_STRUCK = Style(strike=True)
_ADDED = Style(bold=True, underline=True)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a passage and around it there is room for.

    `words` on either side in the same turn; `neighbours` shows the turns before and after as well;
    a passage of more `characters` is shown without the middles of what is the same in both.
    """

    words: int
    neighbours: bool
    characters: int


def row(one: Waiting, width: int, columns: Columns, *, mark: Mark, name: NameOf) -> Text:
    """Locator, coder where that is wanted, code, why, first words."""
    words = _LEAST_WORDS_CELLS if width >= _WITH_WORDS_CELLS else 0
    left = columns.left(width) - SHORT_CELLS - words - _GAP_CELLS
    text = columns.begin(
        width,
        locator=one.locator,
        coder=one.coding.coder,
        mark=mark(one.code),
        code=name(leaf(one.code)),
        code_cells=min(_MOST_CODE_CELLS, left),
    )
    text.append(" ").append_text(cut(in_short(one), SHORT_CELLS)).append("  ")
    return text.append(one_line(one.old[: 4 * width]))


def old_and_new(
    one: Waiting, page: ReviewPage, *, mark: Mark, name: NameOf, room: Room, keys: str = ""
) -> Text:
    """What was coded, and what is proposed, each with who says it and as much around as has room.

    `keys` says what can be done where nothing is proposed.
    """
    sign, style = mark(one.code)
    text = Text()
    text.append(f"{sign} ", style).append(one_line(name(leaf(one.code))), _BOLD)
    text.append(f" by {one_line(one.coding.coder)}: {one_line(why(one, page))}")
    if one.coding.doubt:
        text.append(", in doubt")
    if one.memos:
        text.append(f", {counted(one.memos, 'memo')}")
    old, new = page.old[one.coding.segment.version], page.now[one.uid]
    gone, come = _compared(one)
    short = one.place is not None and len(one.old) > room.characters
    text.append(f"\n\nWas, {one_line(one.locator)} of version {one.version}", _BOLD)
    text.append(f"  {GONE[0]}not there now{GONE[1]}\n" if _any(gone) else "\n")
    here = Span(one.coding.segment.start, one.coding.segment.end)
    passage = _Passage(old, here, gone, short=short and _any((*gone, *come)))
    text.append_text(passage.drawn(room, GONE, _STRUCK))
    if one.place is None:
        return text.append("\n\nNo place is proposed", _BOLD).append(f"{keys}.")
    where = one_line(new.locator(one.place.start))
    text.append(f"\n\nProposed, {where}", _BOLD).append(f", alike by {one.likeness:.0f} of 100")
    text.append(f"  {COME[0]}new{COME[1]}\n" if _any(come) else "\n")
    passage = _Passage(new, one.place, come, short=short)
    return text.append_text(passage.drawn(room, COME, _ADDED))


def _compared(one: Waiting) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The old words and the new in pieces; of a very long passage, as much as is shown."""
    old = one.old[:MOST_CHARACTERS]
    if one.new is None:
        return (Piece(old, False),), ()
    return differing(old, one.new[:MOST_CHARACTERS])


def _any(pieces: Sequence[Piece]) -> bool:
    return any(piece.differs for piece in pieces)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage of a text, cut into what differs and what does not.

    `short` leaves out the middle of long runs of words that do not differ.
    """

    text: PlacedText
    span: Span
    pieces: Sequence[Piece]
    short: bool

    def drawn(self, room: Room, signs: tuple[str, str], style: Style) -> Text:
        """Its words between their signs, each speaker on a new row, and what is said around."""
        whole, span, turns = self.text.text, self.span, self.text.turns_in(self.span)
        start = turns[0].start if turns else 0
        end = turns[-1].end if turns else len(whole)
        found = Text()
        if turns and room.neighbours and turns[0].n > 1:
            before = self.text.turn(turns[0].n - 1)
            said = _last(whole, before.start, before.end, room.words)
            found.append(f"{_label(before)}{said}\n", _DIM)
        found.append(_label(turns[0]) if turns else "", _BOLD)
        found.append(_last(whole, start, span.start, room.words), _DIM)
        found.append(OPEN, _BOLD).append_text(self._words(turns, signs, style))
        left = len(whole[span.start + MOST_CHARACTERS : span.end].split())
        found.append(f" … {left:,} more words" if left else "").append(CLOSE, _BOLD)
        found.append(_first(whole, span.end, end, room.words), _DIM)
        if turns and room.neighbours and turns[-1].n < len(self.text.turns):
            after = self.text.turn(turns[-1].n + 1)
            said = _first(whole, after.start, after.end, room.words)
            found.append(f"\n{_label(after)}{said}", _DIM)
        return found

    def _words(self, turns: Sequence[Turn], signs: tuple[str, str], style: Style) -> Text:
        begins = {turn.start: turn for turn in turns if turn.start > self.span.start}
        found, at = Text(), self.span.start
        for piece in self.pieces:
            end = at + len(piece.words)
            cuts = [at, *(one for one in begins if at < one < end), end]
            for start, stop in pairwise(cuts):
                if start in begins:
                    found.rstrip()
                    found.append(f"\n{_label(begins[start])}", _BOLD)
                words = shown(self.text.text[start:stop])
                if piece.differs:
                    found.append(f"{signs[0]}{words.strip()}{signs[1]}", style)
                else:
                    found.append(_shortened(words) if self.short else words, _BOLD)
            at = end
        return found


def _label(turn: Turn) -> str:
    return f"{one_line(turn.speaker or NOBODY_KNOWN)}: "


def _last(whole: str, start: int, end: int, count: int) -> str:
    """The last words of a stretch, as they stand before what follows it."""
    words = whole[max(start, end - _CONTEXT_CHARACTERS) : end]
    said = one_line(last_words(words, count))
    cut_off = "" if said == one_line(words) else "… "
    return f"{cut_off}{said}{' ' if words[-1:].isspace() else ''}"


def _first(whole: str, start: int, end: int, count: int) -> str:
    """The first words of a stretch, as they stand behind what goes before."""
    words = whole[start : min(end, start + _CONTEXT_CHARACTERS)]
    said = one_line(first_words(words, count))
    cut_off = "" if said == one_line(words) else " …"
    return f"{' ' if said and words[:1].isspace() else ''}{said}{cut_off}"


def _shortened(words: str) -> str:
    """Words that are the same in both, without their middle where they are many."""
    first, last = first_words(words, _SAME_WORDS), last_words(words, _SAME_WORDS)
    if len(first) + len(last) + _LEAST_LEFT_OUT > len(words):
        return words
    before = " " if words[:1].isspace() else ""
    return f"{before}{first} … {last}{' ' if words[-1:].isspace() else ''}"

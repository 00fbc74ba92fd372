"""Words as they were and as they are now, with what differs between marks.

Words of somebody who leaves in nothing are never shown: a sentence stands in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qualcode.cli import output
from qualcode.text.differing import Piece, differing
from qualcode.text.words import is_inside_a_word, last_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.services.correction.carrying import Carrying
    from qualcode.services.correction.reviewing import WaitingMemo

WITHHELD: Final = "(words of a withheld participant)"
SAME: Final = "(the same words)"

_MARKS: Final = ("‹›", "⟦⟧", "⦅⦆")
"""Around what differs: the first of them that the words themselves do not have."""

_WINDOW_CELLS: Final = 72
_WORDS_BEFORE: Final = 4
"""So many words before the first difference say where in the passage it is."""

_CUT: Final = " …"


@dataclass(frozen=True, slots=True)
class Compared:
    """The old words and the new ones, a line each; `new` is None where there is nothing to show.

    `more` counts the differences that neither of the two shows.
    """

    old: str
    new: str | None = None
    more: int = 0


def whole(one: Carrying | WaitingMemo) -> Compared:
    """All the words of both."""
    return _compared(one, None)


def window(one: Carrying | WaitingMemo) -> Compared:
    """As much as a line holds, from a little before the first difference on."""
    return _compared(one, _WINDOW_CELLS)


def _compared(one: Carrying | WaitingMemo, size: int | None) -> Compared:
    if one.withheld:
        return Compared(WITHHELD)
    if one.new is None or one.new == one.old:
        words, _ = _line([Piece(one.old, differs=False)], 0, "", size)
        return Compared(words, None if one.new is None else SAME)
    old, new = differing(one.old, one.new)
    known = set(one.old + one.new)
    marks = next((pair for pair in _MARKS if not known & set(pair)), _MARKS[-1])
    start = min(_first_difference(old), _first_difference(new))
    was, seen_old = _line(old, start, marks, size)
    is_now, seen_new = _line(new, start, marks, size)
    everything = {at for side in (old, new) for at, piece in _named(side) if piece.differs}
    return Compared(was, is_now, len(everything - seen_old - seen_new))


def _first_difference(pieces: Sequence[Piece]) -> int:
    """Where the first piece that differs begins; behind the words, where none does."""
    at = 0
    for piece in pieces:
        if piece.differs:
            break
        at += len(piece.words)
    return at


def _line(
    pieces: Sequence[Piece], start: int, marks: str, size: int | None
) -> tuple[str, set[int]]:
    """The pieces in `size` cells, and which differences these show; None takes all."""
    named = list(_named(pieces))
    line = "".join(_marked(piece.words, marks, differs=piece.differs) for _, piece in named)
    if size is None or output.cells(line.strip()) <= size:
        return line.strip(), {at for at, piece in named if piece.differs}
    before = output.flat("".join(piece.words for piece in pieces)[:start])
    kept = _end_of(last_words(before, _WORDS_BEFORE), size // 2)
    if kept != before.strip():
        line = f"… {kept}{' ' if before.endswith(' ') else ''}"
        named = list(_behind(named, start))
    else:
        line = ""
    return _filled(line, named, marks, size)


def _filled(
    line: str, named: Sequence[tuple[int, Piece]], marks: str, size: int
) -> tuple[str, set[int]]:
    """A line begun and filled with pieces, of which the last is cut where they are too many."""
    shown: set[int] = set()
    rest = "".join(_marked(piece.words, marks, differs=piece.differs) for _, piece in named)
    fits = output.cells((line + rest).rstrip()) <= size
    room = size if fits else size - len(_CUT)
    for at, piece in named:
        said = _marked(piece.words, marks, differs=piece.differs)
        if not fits and output.cells(line + said) > room:
            left = room - output.cells(line) - (len(marks) if piece.differs else 0)
            is_first = piece.differs and not shown
            if words := _beginning_of(output.flat(piece.words), left, cut_words=is_first):
                line += _marked(words, marks, differs=piece.differs)
                shown |= {at} if piece.differs else set()
            return line.rstrip() + _CUT, shown
        line += said
        shown |= {at} if piece.differs else set()
    return line.strip(), shown


def _named(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """Each piece with the number of letters before it that both have: the same on both sides."""
    common = 0
    for piece in pieces:
        yield common, piece
        if not piece.differs:
            common += len("".join(piece.words.split()))


def _behind(named: Sequence[tuple[int, Piece]], start: int) -> Iterator[tuple[int, Piece]]:
    """What is left of the pieces from a character on."""
    at = 0
    for name, piece in named:
        if words := piece.words[max(0, start - at) :]:
            yield name, Piece(words, piece.differs)
        at += len(piece.words)


def _marked(words: str, marks: str, *, differs: bool) -> str:
    """Words in a line, and between the marks where they differ."""
    return f"{marks[0]}{output.flat(words)}{marks[1]}" if differs else output.flat(words)


def _beginning_of(words: str, size: int, *, cut_words: bool) -> str:
    """As many words as fit; with `cut_words` a part of the first where it is too long."""
    begun = output.head(words, max(size, 0))
    if not is_inside_a_word(len(begun), words):
        return begun
    return begun.rpartition(" ")[0] or (begun if cut_words else "")


def _end_of(words: str, size: int) -> str:
    """The same from the end, where a part of a word is better than none."""
    ended = output.tail(words, size)
    if not is_inside_a_word(len(words) - len(ended), words):
        return ended
    return ended.partition(" ")[2] or ended

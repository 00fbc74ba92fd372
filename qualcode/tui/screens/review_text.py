"""How a coding that waits reads: a row of the list, and its old words above the proposed new ones.

Pure functions on values. What differs stands between signs, so that colour is not needed for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.correction.reviewing import ReviewPage, Waiting
from qualcode.services.places import PlacedText
from qualcode.text.anchoring import Outcome
from qualcode.text.counting import counted
from qualcode.text.differing import Piece, differing
from qualcode.text.words import first_words, last_words
from qualcode.tui.widgets.quotation_text import (
    CLOSE,
    MOST_CHARACTERS,
    OPEN,
    Mark,
    NameOf,
    cut,
    leaf,
    one_line,
    shown,
)

_MOVED: Final = "moved"
_OTHER_SPEAKER: Final = "other speaker"

_WHY: Final = {
    Outcome.CARRIED: "arrived late",
    Outcome.ADJUSTED: "arrived late",
    Outcome.CHECK: "changed words",
    Outcome.LOST: "not found",
    _MOVED: "moved",
    _OTHER_SPEAKER: "other speaker",
}
"""Why a coding waits, in a word or two."""

_WHY_WHOLE: Final = {
    Outcome.CARRIED: "it arrived late; the same words are there",
    Outcome.ADJUSTED: "it arrived late; nearly the same words are there",
    Outcome.CHECK: "its words changed much",
    Outcome.LOST: "its words are not found any more",
    _MOVED: "its words stand elsewhere now",
    _OTHER_SPEAKER: "another speaks there now",
}

GONE: Final = ("[-", "-]")
COME: Final = ("{+", "+}")
"""Around words that went and words that came: as programs that compare by words write it."""

_MOST_LOCATOR_CELLS = 24
_MOST_CODER_CELLS = 10
_MOST_CODE_CELLS = 24
_WHY_CELLS = max(map(len, _WHY.values()))
_LEAST_WORDS_CELLS = 12

_CONTEXT_CHARACTERS = 2_000
"""In which the words around a passage are looked for."""

_BOLD = Style(bold=True)
_DIM = Style(dim=True)
_STRUCK = Style(strike=True)
_ADDED = Style(bold=True, underline=True)


def row(
    one: Waiting,
    width: int,
    *,
    locator_cells: int,
    coder_cells: int = 0,
    mark: Mark,
    name: NameOf,
) -> Text:
    """Locator, coder where that is wanted, code, why, first words."""
    sign, style = mark(one.code)
    where = min(locator_cells, _MOST_LOCATOR_CELLS, width // 4)
    who = min(coder_cells, _MOST_CODER_CELLS, width // 7)
    left = width - where - who - _WHY_CELLS - _LEAST_WORDS_CELLS
    code = min(_MOST_CODE_CELLS, max(8, left // 2))
    text = Text(end="", no_wrap=True)
    text.append_text(cut(one_line(one.locator), where)).append(" ")
    if who:
        text.append_text(cut(one_line(one.coding.coder), who)).append(" ")
    text.append(f"{sign} ", style)
    text.append_text(cut(one_line(name(leaf(one.code))), code)).append(" ")
    text.append_text(cut(_WHY[_reason(one)], _WHY_CELLS)).append("  ")
    return text.append(one_line(one.old[: 4 * width]))


def locator_cells(waiting: Sequence[Waiting]) -> int:
    """The width of the widest locator."""
    return max((cell_len(one_line(one.locator)) for one in waiting), default=0)


def coder_cells(waiting: Sequence[Waiting]) -> int:
    """The width of the longest name of a coder; 0 where all is the work of one."""
    coders = {coder_key(one.coding.coder): one_line(one.coding.coder) for one in waiting}
    return max(map(cell_len, coders.values())) if len(coders) > 1 else 0


def old_and_new(
    one: Waiting, page: ReviewPage, *, mark: Mark, name: NameOf, around: int, keys: str = ""
) -> Text:
    """What was coded, and what is proposed, each with so many words `around` it.

    `keys` says what can be done where nothing is proposed.
    """
    sign, style = mark(one.code)
    text = Text()
    text.append(f"{sign} ", style).append(one_line(name(leaf(one.code))), _BOLD)
    text.append(f" by {one_line(one.coding.coder)}: {_WHY_WHOLE[_reason(one)]}")
    if one.coding.doubt:
        text.append(", in doubt")
    if one.memos:
        text.append(f", {counted(one.memos, 'memo')}")
    old, new = page.old[one.coding.segment.version], page.now[one.uid]
    gone, come = _compared(one)
    text.append(f"\n\nWas, {one_line(one.locator)} of version {one.version}", _BOLD)
    text.append(f"  {GONE[0]}not there now{GONE[1]}\n" if _any(gone) else "\n")
    here = Span(one.coding.segment.start, one.coding.segment.end)
    text.append_text(_in_context(gone, old, here, around, GONE, _STRUCK))
    if one.place is None:
        return text.append("\n\nNo place is proposed", _BOLD).append(f"{keys}.")
    where = one_line(new.locator(one.place.start))
    text.append(f"\n\nProposed, {where}", _BOLD).append(f", alike by {one.likeness:.0f} of 100")
    text.append(f"  {COME[0]}new{COME[1]}\n" if _any(come) else "\n")
    return text.append_text(_in_context(come, new, one.place, around, COME, _ADDED))


def _reason(one: Waiting) -> str:
    """The outcome, or that another speaks there, or that the very words were moved."""
    if one.other_speaker:
        return _OTHER_SPEAKER
    return _MOVED if one.outcome is Outcome.CHECK and one.new == one.old else one.outcome


def _compared(one: Waiting) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """The old words and the new in pieces; of a very long passage, as much as is shown."""
    old = one.old[:MOST_CHARACTERS]
    if one.new is None:
        return (Piece(old, False),), ()
    return differing(old, one.new[:MOST_CHARACTERS])


def _any(pieces: Sequence[Piece]) -> bool:
    return any(piece.differs for piece in pieces)


def _in_context(
    pieces: Sequence[Piece],
    text: PlacedText,
    span: Span,
    around: int,
    signs: tuple[str, str],
    style: Style,
) -> Text:
    """The pieces between their signs, and what is said before and after them."""
    before = text.text[max(0, span.start - _CONTEXT_CHARACTERS) : span.start]
    after = text.text[span.end : span.end + _CONTEXT_CHARACTERS]
    found = Text()
    words = last_words(before, around)
    if words:
        found.append(f"… {one_line(words)}", _DIM)
        found.append(" " if before[-1:].isspace() else "", _DIM)
    found.append(OPEN, _BOLD)
    for piece in pieces:
        if piece.differs:
            found.append(f"{signs[0]}{shown(piece.words)}{signs[1]}", style)
        else:
            found.append(shown(piece.words), _BOLD)
    left = len(text.text[span.start + MOST_CHARACTERS : span.end].split())
    found.append(f" … {left:,} more words" if left else "")
    found.append(CLOSE, _BOLD)
    words = first_words(after, around)
    if words:
        found.append(" " if after[:1].isspace() else "", _DIM)
        found.append(f"{one_line(words)} …", _DIM)
    return found

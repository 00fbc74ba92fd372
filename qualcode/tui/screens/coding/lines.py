"""The words of the coding screen's lines, header, hint and status, each cut to its room.

Plain functions on values: what they say is tested without a screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from qualcode.tui.overview import bar
from qualcode.tui.transcript.cells import fit

SAVED = "saved ✓"
_BAR_CELLS = 20
_SHORT_BAR_CELLS = 10
_MOST_CODER_CELLS = 24
_GAP = "   "
_MORE_CELLS = 4
"""Kept free for `+2` where more lies there than has room."""

_LEAST_NAME_CELLS = 8
_LEAST_HINT_CELLS = 3

_TOLD_APART_CELLS = 14
"""Names cut below this are often cut to the same."""


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the header says: the transcript, who codes, and how far they are."""

    transcript: str
    participants: str
    coder: str
    coded: int
    answers: int
    codings: int
    finished: bool = False
    practice: bool = False
    bare: bool = False
    """Nothing but whose work this is, and on what."""


def header_line(facts: HeaderFacts, width: int) -> Text:
    """The header; what matters least goes first where the terminal is narrow."""
    name = facts.transcript
    if facts.participants and facts.participants.casefold() != name.casefold():
        name = f"{name} · {facts.participants}"
    share = 100 * facts.coded // facts.answers if facts.answers else 0
    state = "finished ✓" if facts.finished else SAVED
    practice = ["PRACTICE"] if facts.practice else []
    codings = "1 coding" if facts.codings == 1 else f"{facts.codings} codings"
    long_bar, short_bar = (
        bar(facts.coded, facts.answers, cells) for cells in (_BAR_CELLS, _SHORT_BAR_CELLS)
    )
    long_practice = [f"{one}: nothing here touches your project" for one in practice]
    coded, coder = f"{share}% coded", fit(facts.coder, _MOST_CODER_CELLS)
    variants: tuple[list[str], ...] = (
        [f"coder {coder}", *long_practice, long_bar, f"{share}% of answers coded", codings, state],
        [coder, *practice, short_bar, coded, codings, state],
        [coder, *practice, coded, codings, state],
        [coder, *practice, coded, state],
        [coder],
    )
    if facts.bare:
        variants = ([f"coder {coder}", *practice], [coder])
    for parts in variants:
        tail = _GAP.join(parts)
        if cell_len(name) + len(_GAP) + cell_len(tail) <= width:
            break
    line = Text(no_wrap=True, end="")
    room = max(1, width - cell_len(tail) - len(_GAP))
    line.append(fit(name, room), "bold")
    for part in parts:
        line.append(_GAP).append(part, "bold" if part.endswith(coder) else "")
    return line


@dataclass(frozen=True, slots=True)
class Lying:
    """One coding as the status line names it; `coder` is "" for one's own."""

    name: str
    mark: Text
    coder: str = ""
    doubt: bool = False
    memo: bool = False


def status_line(
    *,
    time: str,
    speaker: str,
    what: str,
    lying: Sequence[Lying],
    nothing: str,
    memo: bool,
    width: int,
) -> Text:
    """Where the cursor is, and in words what lies there; what finds no room is counted."""
    line = Text(no_wrap=True, end="")
    if time:
        line.append(time, "bold").append(" ")
    if speaker:
        line.append(fit(speaker, max(4, width // 4))).append(" · ")
    line.append(what)
    if memo:
        line.append("  ✎ memo")
    if not lying:
        return line.append(_GAP).append(nothing)
    for at, one in enumerate(lying):
        left = len(lying) - at
        room = width - line.cell_len - 2 - (_MORE_CELLS if left > 1 else 0)
        piece = _lying(one)
        if piece.cell_len > room and (at or room < _LEAST_NAME_CELLS):
            return line.append(f"  +{left}")
        piece.truncate(room, overflow="ellipsis")
        line.append("  ").append_text(piece)
    return line


def _lying(one: Lying) -> Text:
    piece = Text(no_wrap=True, end="")
    piece.append_text(one.mark).append(" ").append(one.name)
    if one.coder:
        piece.append(f" ({one.coder})")
    if one.doubt:
        piece.append(" ?", "bold")
    if one.memo:
        piece.append(" ✎", "bold")
    return piece


Numbered = tuple[str, str, bool]
"""A number, the name of its code, and whether it is pinned."""


def hint_rows(
    numbered: Iterable[Numbered], width: int, *, beside: int = 0, empty: str
) -> tuple[Text, Text]:
    """What the numbers put; a second row only where names in one could not be told apart.

    `beside` cells at the right of the first row are taken by something else.
    """
    items, room = list(numbered), max(1, width - beside)
    blank = Text(end="")
    if not items:
        return Text(fit(empty, room), no_wrap=True, end=""), blank
    if _name_cells(items, room) >= _TOLD_APART_CELLS:
        return _hint_row(items, room), blank
    # Where the names have most room; the first row takes as many as it can.
    splits = range(len(items) - 1, 0, -1)
    at = max(
        splits,
        key=lambda at: min(_name_cells(items[:at], room), _name_cells(items[at:], width)),
        default=len(items),
    )
    return _hint_row(items[:at], room), _hint_row(items[at:], width) if items[at:] else blank


def _hint_row(items: Sequence[Numbered], width: int) -> Text:
    """One row: number, name, and whether it is pinned."""
    most = max(_LEAST_HINT_CELLS, _name_cells(items, width))
    line = Text(no_wrap=True, end="")
    for digit, name, pinned in items:
        line.append("  " if line else "").append(f"{digit}{'*' * pinned} ", "bold")
        line.append(fit(name, most))
    return line


def _name_cells(items: Sequence[Numbered], width: int) -> int:
    """To how many cells names have to be cut so that all fit; short ones leave the others more.

    The width itself where none has to be.
    """
    left = width - sum(2 + pinned for _, _, pinned in items) - 2 * (len(items) - 1)
    lengths = sorted(cell_len(name) for _, name, _ in items)
    for at, length in enumerate(lengths):
        share = left // (len(lengths) - at)
        if length > share:
            return max(0, share)
        left -= length
    return width

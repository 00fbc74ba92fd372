"""Words of which some are shown otherwise: edits put in their places, and rows of them made one.

What was said stays as it is; a row of edits, in order and none overlapping, says what of it is
shown otherwise. Where two rows lie on one place the first holds, and what it leaves of the second
is shown as the second has it: half a name is a name. So it is between two edits of one row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from qualcode.model.consent import Edit
from qualcode.model.spans import Span

_NOBODY_S: Final = "\ufffc"
"""Stands for something that is no text: in no word, and in nobody's query."""


def shown(text: str, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, int]:
    """The words of `text[start:end]` as they may be shown, and how many edits are in them.

    One that lies across an end of the stretch is shown there, too.
    """
    if start >= end:
        return "", 0
    at = bisect_right(edits, start, key=_end)
    pieces: list[str] = []
    count, here = 0, start
    while at < len(edits) and edits[at].span.start < end:
        edit = edits[at]
        pieces += text[here : edit.span.start], edit.shown
        here = edit.span.end
        at, count = at + 1, count + 1
    return ("".join([*pieces, text[here:end]]), count) if count else (text[start:end], 0)


def without(text: str, stretches: Iterable[Span]) -> str:
    """The same text, as long as before, with a sign that nobody writes for each of these letters.

    The stretches are in order and do not overlap.
    """
    pieces: list[str] = []
    here = 0
    for span in stretches:
        pieces += text[here : span.start], _NOBODY_S * (span.end - span.start)
        here = span.end
    return "".join([*pieces, text[here:]])


def combined(first: Sequence[Edit], second: Sequence[Edit], text: str) -> tuple[Edit, ...]:
    """Two rows of edits as one, in which the first row holds.

    Of two of the first row that overlap, because two copies of the project did not know of each
    other, the earlier holds, and what it leaves of the other is shown as the other has it: words
    that somebody cut are not shown because somebody else changed those before them.
    """
    if not first:
        return tuple(second)
    kept = _without_overlaps(first, text)
    return tuple(sorted([*kept, *_left_of(second, kept, text)], key=_start))


def _left_of(edits: Iterable[Edit], kept: Sequence[Edit], text: str) -> Iterator[Edit]:
    """The pieces that a row leaves of each of these, without blanks at their ends."""
    for edit in edits:
        at, end = edit.span.start, edit.span.end
        number = bisect_right(kept, at, key=_end)
        while number < len(kept) and kept[number].span.start < end:
            yield from _piece(edit, at, kept[number].span.start, text)
            at = kept[number].span.end
            number += 1
        yield from _piece(edit, at, end, text)


def _piece(edit: Edit, start: int, end: int, text: str) -> Iterator[Edit]:
    words = text[start:end] if start < end else ""
    if words.strip():
        lead = len(words) - len(words.lstrip())
        yield Edit(Span(start + lead, start + len(words.rstrip())), edit.shown)


def _without_overlaps(edits: Iterable[Edit], text: str) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=_start):
        free = kept[-1].span.end if kept else 0
        is_free = free <= edit.span.start
        kept += (edit,) if is_free else _piece(edit, free, edit.span.end, text)
    return kept


def _start(edit: Edit) -> int:
    return edit.span.start


def _end(edit: Edit) -> int:
    return edit.span.end

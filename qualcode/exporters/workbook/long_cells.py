"""Texts in pieces that one cell can hold; together they are the text, letter for letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNITS = 32_000
"""Of UTF-16, in which Excel counts. It takes 32,767 and cuts what is longer without a word."""

MOST_LINE_BREAKS = 250
"""Excel promises 253 in one cell."""

_LOOK_BACK = 1_000
"""How far from the end of a full piece a blank is looked for, in letters."""


def fits(text: str) -> bool:
    """True where one cell holds the text."""
    # Nearly all texts are settled by their length alone.
    if len(text) <= MOST_LINE_BREAKS:
        return True
    return text.count("\n") <= MOST_LINE_BREAKS and _fits_in_units(text)


def pieces(text: str) -> Iterator[str]:
    """The text in pieces that fit, each but the last one ending at a line break or blank."""
    while not fits(text):
        end = _end_of_first(text)
        yield text[:end]
        text = text[end:]
    yield text


def _fits_in_units(text: str) -> bool:
    if len(text) * 2 <= MOST_UNITS:
        return True
    return len(text) <= MOST_UNITS and _units(text) <= MOST_UNITS


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _end_of_first(text: str) -> int:
    most = _most_letters(text)
    lines = -1
    for _ in range(MOST_LINE_BREAKS):
        lines = text.find("\n", lines + 1, most)
        if lines < 0:
            break
    else:
        return lines + 1
    for blank in ("\n", " "):
        at = text.rfind(blank, most - _LOOK_BACK, most)
        if at >= 0:
            return at + 1
    return most


def _most_letters(text: str) -> int:
    """How many letters from the start of the text fit, by halving."""
    low, high = MOST_UNITS // 2, min(len(text), MOST_UNITS)
    while low < high:
        middle = (low + high + 1) // 2
        if _units(text[:middle]) <= MOST_UNITS:
            low = middle
        else:
            high = middle - 1
    return min(low, len(text))

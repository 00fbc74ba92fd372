"""Colours that can be read: every pair of ink and ground reaches a contrast of 4.5 : 1.

The measure is that of WCAG 2.1 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio). A theme's
colour comes from the codebook and may be any; it is darkened until it can be read on white,
which also makes white readable on it. Colours are `RRGGBB` here, as Word writes them.
"""

from __future__ import annotations

import re

INK = "222B33"
GREY = "5B6670"
REFERENCE = "4A6076"
"""Of the locator behind a quotation: a blue grey, quieter than the words."""

WHITE = "FFFFFF"
RULE = "C9D1D8"
FAINT_RULE = "E3E8EC"
PALE = "EEF2F5"
"""The ground of plain header rows."""

ENOUGH_CONTRAST = 4.5

# For themes to which the codebook gives no colour, in turn.
_PALETTE = ("1F5A7A", "5B4A8A", "8A4B1F", "2F6B3A")

_HEX_COLOUR = re.compile("#([0-9A-Fa-f]{6})")

# Small enough that a dark colour is not overshot, large enough to end soon from white.
_DARKER = 0.94


def theme_colour(colour: str, number: int) -> str:
    """The colour `#rrggbb` of the theme in the `number`-th place, made dark enough for white."""
    given = _HEX_COLOUR.fullmatch(colour)
    chosen = given.group(1).upper() if given else _PALETTE[number % len(_PALETTE)]
    while contrast(chosen, WHITE) < ENOUGH_CONTRAST:
        chosen = _hex(*(int(part * _DARKER) for part in _parts(chosen)))
    return chosen


def tint(colour: str, share: float) -> str:
    """`share` of the colour on white paper."""
    return _hex(*(round(255 + (part - 255) * share) for part in _parts(colour)))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 (none) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[0:2], 16), int(colour[2:4], 16), int(colour[4:6], 16)


def _hex(red: int, green: int, blue: int) -> str:
    return f"{red:02X}{green:02X}{blue:02X}"

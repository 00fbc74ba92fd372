"""Colours as numbers: how light they are, what can be read on what, the 256 of a terminal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

RGB = tuple[int, int, int]

BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)

MID_LUMINANCE = 0.18
"""Lighter than this, a ground is better written on in black than in white."""

_STEPS = 24
"""Of a search for a mixture: finer than the 255 steps of a colour, times two."""

_GREY_BELOW = 12
"""A colour whose parts differ by less is seen as a grey."""

_HUE_WEIGHT = 40_000
"""The hue decides before the shade: blue as deep as a pale blue is rather blue than green."""

_CUBE = (0, 95, 135, 175, 215, 255)


def parse(colour: str) -> RGB:
    """`#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(rgb: RGB) -> float:
    """How light a colour is seen, from 0 to 1. Formula: WCAG 2.2, relative luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """From 1, the same, to 21, black on white. Formula: WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """Between two colours: the first where the share is 0, the other where it is 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def least_mix(rgb: RGB, towards: RGB, is_good: Callable[[RGB], bool]) -> RGB:
    """The colour moved towards another only as far as it must until it is good.

    What is good must stay so further on; where nothing is, it is the other colour itself.
    """
    if is_good(rgb):
        return rgb
    bad, good = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (bad + good) / 2
        if is_good(mix(rgb, towards, middle)):
            good = middle
        else:
            bad = middle
    return mix(rgb, towards, good)


def readable(rgb: RGB, *, ground: RGB, least: float) -> RGB:
    """The colour, lighter or darker only as far as it must to have that contrast with a ground."""
    towards = WHITE if luminance(ground) < MID_LUMINANCE else BLACK
    return least_mix(rgb, towards, lambda mixed: contrast(mixed, ground) >= least)


def nearest(rgb: RGB, is_good: Callable[[RGB], bool] = lambda _: True) -> RGB:
    """The nearest of the 240 fixed colours of a terminal that is good; itself where none is."""
    good = [colour for colour in _fixed() if is_good(colour)]
    return min(good, key=lambda colour: _distance(colour, rgb), default=rgb)


def nearest_tint(rgb: RGB, faint: RGB, is_good: Callable[[RGB], bool]) -> RGB:
    """The fixed colour of the hue of `rgb` that comes nearest to its faint shade.

    A hue stays a hue: a grey tint would belong to no theme, and only a grey theme may have one.
    """
    hue = _hue(rgb)
    good = [one for one in _fixed() if is_good(one) and (_hue(one) is None) == (hue is None)]
    return min(
        good, key=lambda one: _HUE_WEIGHT * _turned(one, rgb) + _distance(one, faint), default=faint
    )


@cache
def _fixed() -> tuple[RGB, ...]:
    """The cube and the greys that all terminals of 256 colours share."""
    cube = [(red, green, blue) for red in _CUBE for green in _CUBE for blue in _CUBE]
    return (*cube, *((grey, grey, grey) for grey in range(8, 239, 10)))


def _hue(rgb: RGB) -> tuple[float, float, float] | None:
    """A colour's purest form, its parts from 0 to 1; None for a grey."""
    low, high = min(rgb), max(rgb)
    if high - low < _GREY_BELOW:
        return None
    red, green, blue = ((part - low) / (high - low) for part in rgb)
    return red, green, blue


def _turned(one: RGB, other: RGB) -> float:
    """How far apart two hues are, squared; 0 where one of them is a grey."""
    first, second = _hue(one), _hue(other)
    if first is None or second is None:
        return 0
    return sum((a - b) ** 2 for a, b in zip(first, second, strict=True))


def _distance(one: RGB, other: RGB) -> float:
    """How different two colours look, roughly: green counts most, as in the eye."""
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return 2 * red * red + 4 * green * green + 3 * blue * blue

"""The colours around a transcript, and which of four kinds of terminal they are sent to.

True colour and 256 colours have a calm theme of our own, dark and light; sixteen colours take the
terminal's own; without colour nothing but bold, underline and reverse is ever sent. The colours of
codes are `looks`' matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, NoColor
from textual.theme import BUILTIN_THEMES, Theme

from qualcode.tui.looks import DARK_GROUND, DARK_TEXT, LIGHT_GROUND, LIGHT_TEXT, ColourMode

if TYPE_CHECKING:
    from qualcode.tui.own.settings import Settings
    from qualcode.tui.own.surroundings import Surroundings


def _hex(rgb: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


DARK: Final = Theme(
    name="qualcode-dark",
    dark=True,
    background=_hex(DARK_GROUND),
    foreground=_hex(DARK_TEXT),
    surface="#1a1d1f",
    panel="#23292d",
    primary="#5b8fb0",
    secondary="#7f9aa8",
    accent="#e3b341",
    success="#7bb58b",
    warning="#e3b341",
    error="#f0776c",
    variables={
        "text-error": "#ff8f85",
        "scrollbar": "#3a4750",
        "scrollbar-hover": "#4d5d68",
        "scrollbar-active": "#5b8fb0",
        "scrollbar-background": "#16191b",
        "scrollbar-background-hover": "#16191b",
        "scrollbar-background-active": "#16191b",
    },
)

LIGHT: Final = Theme(
    name="qualcode-light",
    dark=False,
    background=_hex(LIGHT_GROUND),
    foreground=_hex(LIGHT_TEXT),
    surface="#f3f1ea",
    panel="#e4e3dc",
    primary="#2b6486",
    secondary="#51707f",
    accent="#8a5a00",
    success="#2c6e3f",
    warning="#8a5a00",
    error="#a3231b",
    variables={
        "text-error": "#9c1c14",
        "scrollbar": "#c2c5c1",
        "scrollbar-hover": "#a9aeab",
        "scrollbar-active": "#2b6486",
        "scrollbar-background": "#efede6",
        "scrollbar-background-hover": "#efede6",
        "scrollbar-background-active": "#efede6",
    },
)

# Where there is no colour, what a colour says otherwise has to be said by reverse and bold.
MONO_DARK, MONO_LIGHT = (
    replace(
        BUILTIN_THEMES[like],
        name=name,
        variables={
            **BUILTIN_THEMES[like].variables,
            "input-cursor-text-style": "reverse",
            "block-cursor-text-style": "reverse",
            "block-cursor-foreground": "ansi_default",
            "block-cursor-background": "ansi_default",
        },
    )
    for like, name in (("ansi-dark", "qualcode-mono-dark"), ("ansi-light", "qualcode-mono-light"))
)

THEMES: Final = (DARK, LIGHT, MONO_DARK, MONO_LIGHT)

_SYSTEMS: Final[Mapping[ColourMode, Literal["truecolor", "256", "standard"]]] = {
    ColourMode.TRUE: "truecolor",
    ColourMode.C256: "256",
    ColourMode.ANSI: "standard",
    ColourMode.MONO: "standard",
}


@lru_cache(4096)
def _numbered(style: Style) -> Style:
    colours = [
        colour and colour.downgrade(ColorSystem.EIGHT_BIT)
        for colour in (style.color, style.bgcolor)
    ]
    return style + Style.from_color(*colours)


class _Numbered(LineFilter):
    """Every colour as the nearest of 256."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        return [
            Segment(text, style and _numbered(style), control) for text, style, control in segments
        ]


_FILTERS: Final[Mapping[ColourMode, Sequence[LineFilter]]] = {
    ColourMode.C256: (_Numbered(),),
    ColourMode.MONO: (NoColor(),),
}


def mode_of(settings: Settings, surroundings: Surroundings) -> ColourMode:
    """The kind of terminal: what a person says it is, else what it says of itself.

    Over a slow line true colour is sent as one of 256: an exact colour takes 19 bytes, a numbered
    one 9, and there are several on every row.
    """
    if settings.colours != "auto":
        return ColourMode(settings.colours)
    if surroundings.colours is ColourMode.TRUE and is_slow(settings, surroundings):
        return ColourMode.C256
    return surroundings.colours


def is_slow(settings: Settings, surroundings: Surroundings) -> bool:
    """Whether as little as can be is to be sent."""
    chosen = settings.slow_link
    return surroundings.slow if chosen == "auto" else chosen == "on"


def is_dark(settings: Settings, surroundings: Surroundings) -> bool:
    """Whether words stand light on a dark ground."""
    return surroundings.dark if settings.looks == "auto" else settings.looks == "dark"


def theme_name(mode: ColourMode, *, dark: bool) -> str:
    """The theme for a kind of terminal."""
    if mode is ColourMode.MONO:
        return MONO_DARK.name if dark else MONO_LIGHT.name
    if mode is ColourMode.ANSI:
        return "ansi-dark" if dark else "ansi-light"
    return DARK.name if dark else LIGHT.name


def console(mode: ColourMode, like: Console) -> Console:
    """A console that renders for a kind of terminal; what is in the environment has no say."""
    return Console(
        color_system=_SYSTEMS[mode],
        file=like.file,
        force_terminal=True,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        safe_box=False,
        soft_wrap=False,
        _environ={},
    )


def filters(mode: ColourMode) -> Sequence[LineFilter]:
    """What every row passes before it is sent.

    Without colour all colours are taken out: Textual's own answer to NO_COLOR is shades of grey,
    which are colours to a terminal. Of 256, each colour is numbered here, for a style remembers
    the codes it was sent with first, which may have been exact ones.
    """
    return _FILTERS.get(mode, ())


def mends_ansi(line_filter: LineFilter) -> bool:
    """True of the filter that gives the sixteen colours an exact value, as it is set."""
    return isinstance(line_filter, ANSIToTruecolor) and line_filter.enabled

"""How themes look on a terminal: their hues, the tints behind coded words, the signs of stripes.

Colour never says anything alone: a coded passage has a stripe, the stripe a name or a letter. Each
kind of terminal has styles of its own, for what is clear on one is unreadable on another: tints
with true colour and 256 colours, coloured words with 16, underline and letters without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from rich.color import Color
from rich.style import Style

from qualcode.model.codebook import Code, Codebook
from qualcode.tui.colours import (
    RGB,
    contrast,
    least_mix,
    luminance,
    nearest,
    nearest_tint,
    parse,
    readable,
)
from qualcode.tui.numbers import themes_by_key

TEXT_CONTRAST = 5.0
"""Words on a tint keep at least this contrast, by the formula of WCAG 2."""
SIGN_CONTRAST = 4.5
"""Stripes and names keep at least this contrast with the ground."""

DARK_GROUND: RGB = (18, 18, 18)
DARK_TEXT: RGB = (224, 224, 224)
DARK_DIM: RGB = (150, 150, 150)
LIGHT_GROUND: RGB = (252, 251, 248)
LIGHT_TEXT: RGB = (28, 28, 28)
LIGHT_DIM: RGB = (104, 104, 104)

# The first four of each were searched for: told apart by people with any of the three kinds of
# colour blindness (ΔE2000 24 at worst). The next four are Okabe and Ito's; they are closer to each
# other, so letters matter more. After that hues come again with another stripe.
_DARK_HUES = (
    *("#2e7cfa", "#e54906", "#4cfaa3", "#eab8d9"),
    *("#56b4e9", "#e69f00", "#f0e442", "#999999"),
)
_LIGHT_HUES = (
    *("#191e57", "#6d1803", "#127d68", "#b329e0"),
    *("#56b4e9", "#e69f00", "#f0e442", "#999999"),
)
NO_LETTER = "#"
"""In the place of the letter of a theme that none opens: no letter, no other sign beside words."""

_ANSI_HUES = ("blue", "yellow", "green", "magenta", "cyan", "red")

# How light a tint may be on a dark ground, how dark on a light one, where one, two, three or more
# codings lie over each other: the tint says "coded" and how deep, the stripe says which.
_DARK_LIMITS = (0.030, 0.050, 0.075)
_LIGHT_LIMITS = (0.78, 0.68, 0.58)


class ColourMode(StrEnum):
    """What the terminal can show."""

    TRUE = "true"
    C256 = "256"
    ANSI = "ansi"
    MONO = "mono"


@dataclass(frozen=True, slots=True)
class Stripe:
    """The signs of a coding's stripe: its first row, those between, its last.

    `only` is for a coding on a single row, `meeting` for a row where one ends and the next begins.
    """

    first: str
    middle: str
    last: str
    only: str
    meeting: str


_OWN_STRIPES = (
    Stripe("┏", "┃", "┗", "▪", "┣"),
    Stripe("┏", "╏", "┗", "▪", "┣"),
    Stripe("┏", "┇", "┗", "▪", "┣"),
    Stripe("╔", "║", "╚", "▪", "╠"),
)
_OTHERS_STRIPES = (
    Stripe("┌", "╎", "└", "▫", "├"),
    Stripe("┌", "┆", "└", "▫", "├"),
    Stripe("┌", "┊", "└", "▫", "├"),
    Stripe("╒", "│", "╘", "▫", "╞"),
)


@dataclass(frozen=True, slots=True)
class Hue:
    """How one theme is known: its colour, its letter, and how often its hue was used before."""

    colour: Color | None
    rgb: RGB
    letter: str
    again: int = 0


@dataclass(frozen=True)
class Signs:
    """Signs beside the text; the second set is for terminals without them."""

    more: str = "+"
    memo: str = "✎"
    doubt: str = "?"
    hit: str = "›"


SIGNS = Signs()
ASCII_SIGNS = Signs(memo="*", hit=">")


@dataclass(frozen=True)
class Look:
    """Every style and sign of the transcript, for one codebook on one kind of terminal."""

    mode: ColourMode
    dark: bool
    hues: Mapping[str, Hue] = field(hash=False)
    ascii_signs: bool = False
    # Made when first asked for: a codebook may have more themes than are ever drawn.
    _coded: dict[tuple[str, int], Style] = field(default_factory=dict, compare=False, repr=False)

    # -- themes -----------------------------------------------------------------------------------

    def theme(self, theme_id: str) -> Hue:
        """A theme's hue; one that the codebook does not hold gets the ground's own text colour."""
        return self.hues.get(theme_id) or self._unknown

    def stripe_style(self, theme_id: str) -> Style:
        """Of the stripes of a theme, and of the mark before its name in a list."""
        return Style(color=self.theme(theme_id).colour, bold=self.mode is ColourMode.MONO or None)

    def name_style(self, theme_id: str) -> Style:
        """Of the name of a code in the margin."""
        return Style(color=self.theme(theme_id).colour)

    def stripe(self, theme_id: str, *, own: bool = True) -> Stripe:
        """The signs of a stripe: solid for the coder's own work, thin for that of others."""
        hue = self.theme(theme_id)
        if self.ascii_signs or self.mode is ColourMode.MONO:
            letter = hue.letter.upper() if own else hue.letter.lower()
            middle = "|" if own else ":"
            return Stripe(letter, middle, "'", letter, letter)
        stripes = _OWN_STRIPES if own else _OTHERS_STRIPES
        return stripes[hue.again % len(stripes)]

    @property
    def signs(self) -> Signs:
        """The signs beside the text."""
        return ASCII_SIGNS if self.ascii_signs else SIGNS

    # -- words ------------------------------------------------------------------------------------

    def text_style(self, themes: Sequence[str], depth: int, asking: bool = False) -> Style:
        """Of words: the hue of the innermost theme, stronger with depth; plain without a theme.

        `themes` come innermost first; a blend of several would look like a theme that is not
        there. An interviewer's words are dim, but not where they are coded.
        """
        if not themes or depth < 1:
            return self.dim if asking else self.plain
        key = themes[0], min(depth, 3)
        style = self._coded.get(key)
        if style is None:
            style = self._coded[key] = self._make_coded(*key)
        return style

    @cached_property
    def beneath(self) -> Style:
        """Of every cell of a transcript: what else is said of it comes on top.

        Where colours are the terminal's own, so is the ground.
        """
        return Style(bgcolor=self._colour(self.ground)) if self._tinted else Style()

    @cached_property
    def plain(self) -> Style:
        """Of words that nobody coded."""
        return Style(color=self._colour(self._text)) if self._tinted else Style()

    @cached_property
    def dim(self) -> Style:
        """Of an interviewer's words, and of times."""
        if self._tinted:
            return Style(color=self._colour(DARK_DIM if self.dark else LIGHT_DIM))
        return Style(dim=True)

    @cached_property
    def label(self) -> Style:
        """Of a speaker's label."""
        return self.plain + Style(bold=True)

    @cached_property
    def selection(self) -> Style:
        """Of the cursor's span."""
        if self._tinted:
            return Style(color=self._colour(self.ground), bgcolor=self._colour(self._text))
        return Style(reverse=True)

    @cached_property
    def hit(self) -> Style:
        """Of words that a search found; a sign in the gutter says so too."""
        if self._tinted:
            ground = (88, 72, 0) if self.dark else (255, 226, 128)
            return Style(color=self._colour(self._text), bgcolor=self._colour(ground), bold=True)
        return Style(bold=True, underline=True, italic=self.mode is ColourMode.MONO)

    @cached_property
    def current_hit(self) -> Style:
        """Of the hit one is at."""
        if self._tinted:
            return Style(color=Color.from_rgb(0, 0, 0), bgcolor=self._colour((255, 191, 0)))
        return Style(reverse=True, bold=True)

    @cached_property
    def hit_sign(self) -> Style:
        """Of the sign in the gutter beside a row with a hit."""
        return self.label

    # -- within -----------------------------------------------------------------------------------

    @property
    def ground(self) -> RGB:
        """What lies behind the words."""
        return DARK_GROUND if self.dark else LIGHT_GROUND

    @property
    def _text(self) -> RGB:
        return DARK_TEXT if self.dark else LIGHT_TEXT

    @property
    def _tinted(self) -> bool:
        return self.mode in (ColourMode.TRUE, ColourMode.C256)

    @property
    def _unknown(self) -> Hue:
        colour = self._colour(self._text) if self._tinted else None
        return Hue(colour, self._text, "?")

    def _colour(self, rgb: RGB) -> Color:
        return Color.from_rgb(*(nearest(rgb) if self.mode is ColourMode.C256 else rgb))

    def _make_coded(self, theme_id: str, depth: int) -> Style:
        if self.mode is ColourMode.MONO:
            return Style(underline=True, bold=depth > 1)
        hue = self.theme(theme_id)
        if self.mode is ColourMode.ANSI:
            return Style(color=hue.colour, underline=depth > 1, bold=depth > 2)
        if self.mode is ColourMode.TRUE:
            return self.plain + Style(bgcolor=Color.from_rgb(*tint(hue.rgb, depth, dark=self.dark)))
        # There is only one such ground for most hues: the underline shows the depth.
        ground = Color.from_rgb(*_cube_tint(hue.rgb, dark=self.dark))
        return self.plain + Style(bgcolor=ground, underline=depth > 1, bold=depth > 2)


def make_look(
    book: Codebook,
    *,
    mode: ColourMode,
    dark: bool,
    ascii_signs: bool = False,
    retired: Container[str] = frozenset(),
) -> Look:
    """The look of a codebook's themes: their own colours where they have some, else the palette.

    A theme's letter is the one that opens it. One that no letter opens, as one that is retired,
    has a sign instead: its first letter may open another.
    """
    palette = _DARK_HUES if dark else _LIGHT_HUES
    ground = DARK_GROUND if dark else LIGHT_GROUND
    letters = {theme.id: key for key, theme in themes_by_key(book, retired).items()}
    hues: dict[str, Hue] = {}
    for number, theme in enumerate(book.themes):
        rgb = parse(theme.colour or palette[number % len(palette)])
        rgb = readable(rgb, ground=ground, least=SIGN_CONTRAST)
        colour, again = _colour(rgb, number, mode=mode, dark=dark)
        hues[theme.id] = Hue(
            colour,
            rgb,
            letters.get(theme.id, NO_LETTER),
            0 if _is_own(theme, mode) else again,
        )
    return Look(mode, dark, hues, ascii_signs)


def _colour(rgb: RGB, number: int, *, mode: ColourMode, dark: bool) -> tuple[Color | None, int]:
    """The colour of the theme of a number, and how often a theme before it had the same."""
    if mode is ColourMode.MONO:
        return None, 0
    if mode is ColourMode.ANSI:
        name = _ANSI_HUES[number % len(_ANSI_HUES)]
        return Color.parse(f"bright_{name}" if dark else name), number // len(_ANSI_HUES)
    colour = rgb
    if mode is ColourMode.C256:
        ground = DARK_GROUND if dark else LIGHT_GROUND
        colour = nearest(rgb, lambda one: contrast(one, ground) >= SIGN_CONTRAST)
    return Color.from_rgb(*colour), number // len(_DARK_HUES)


def _is_own(theme: Code, mode: ColourMode) -> bool:
    """True where the theme is drawn in a colour that somebody chose for it."""
    return theme.colour is not None and mode in (ColourMode.TRUE, ColourMode.C256)


def tint(rgb: RGB, depth: int, *, dark: bool) -> RGB:
    """The colour as a ground for words: as strong as its depth may be, words stay readable."""
    return least_mix(rgb, DARK_GROUND if dark else LIGHT_GROUND, _calm(depth, dark=dark))


def _calm(depth: int, *, dark: bool) -> Callable[[RGB], bool]:
    """Whether a ground is faint enough for its depth, and words on it can be read."""
    text = DARK_TEXT if dark else LIGHT_TEXT
    limit = (_DARK_LIMITS if dark else _LIGHT_LIMITS)[min(depth, 3) - 1]

    def is_calm(ground: RGB) -> bool:
        light = luminance(ground)
        within = light <= limit if dark else light >= limit
        return within and contrast(ground, text) >= TEXT_CONTRAST

    return is_calm


def _cube_tint(rgb: RGB, *, dark: bool) -> RGB:
    """The ground of a theme among 256 colours, which have few dark and few pale ones."""
    text = DARK_TEXT if dark else LIGHT_TEXT
    return nearest_tint(
        rgb, tint(rgb, 2, dark=dark), lambda ground: contrast(ground, text) >= TEXT_CONTRAST
    )

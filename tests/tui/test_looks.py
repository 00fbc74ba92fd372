"""What is drawn can be read, on every kind of terminal, and says nothing by colour alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.style import Style

from qualcode.model.codebook import Code, Codebook
from qualcode.tui.colours import RGB, contrast, parse
from qualcode.tui.looks import (
    DARK_DIM,
    DARK_GROUND,
    DARK_TEXT,
    LIGHT_DIM,
    LIGHT_GROUND,
    LIGHT_TEXT,
    NO_LETTER,
    ColourMode,
    Look,
    make_look,
    tint,
)
from qualcode.tui.numbers import themes_by_key

MODES = list(ColourMode)
COLOURED = [ColourMode.TRUE, ColourMode.C256]


def book(themes: int, *, colour: str | None = None) -> Codebook:
    return Codebook(
        "b", "1", tuple(Code(f"t{n}", f"Theme {n}", colour=colour) for n in range(themes))
    )


def rgb(colour: Color | None) -> RGB:
    assert colour is not None
    assert colour.triplet is not None
    red, green, blue = colour.triplet
    return red, green, blue


def ground_of(look: Look, style: Style) -> RGB:
    return rgb(style.bgcolor) if style.bgcolor else look.ground


def test_the_formula_gives_the_known_contrasts() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(parse("#767676"), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("mode", COLOURED)
@pytest.mark.parametrize("depth", [1, 2, 3, 7])
def test_words_on_every_tint_can_be_read(mode: ColourMode, dark: bool, depth: int) -> None:
    look = make_look(book(12), mode=mode, dark=dark)
    for number in range(12):
        style = look.text_style([f"t{number}"], depth)
        assert contrast(rgb(style.color), ground_of(look, style)) >= 5


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("mode", COLOURED)
def test_every_stripe_and_name_can_be_seen(mode: ColourMode, dark: bool) -> None:
    look = make_look(book(12), mode=mode, dark=dark)
    for number in range(12):
        for style in (look.stripe_style(f"t{number}"), look.name_style(f"t{number}")):
            assert contrast(rgb(style.color), look.ground) >= 4.5


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("mode", COLOURED)
def test_what_has_no_theme_can_be_read(mode: ColourMode, dark: bool) -> None:
    look = make_look(book(1), mode=mode, dark=dark)
    for style in (
        *(look.plain, look.dim, look.label, look.selection),
        *(look.hit, look.current_hit, look.text_style(["gone"], 1)),
    ):
        assert contrast(rgb(style.color), ground_of(look, style)) >= 4.5


@given(st.tuples(*[st.integers(0, 255)] * 3), st.booleans())
def test_a_colour_of_ones_own_can_be_seen_and_read_on(colour: RGB, dark: bool) -> None:
    red, green, blue = colour
    look = make_look(
        book(1, colour=f"#{red:02x}{green:02x}{blue:02x}"), mode=ColourMode.TRUE, dark=dark
    )
    assert contrast(rgb(look.stripe_style("t0").color), look.ground) >= 4.5
    style = look.text_style(["t0"], 3)
    assert contrast(rgb(style.color), rgb(style.bgcolor)) >= 5


def test_a_colour_that_can_be_seen_is_left_as_it_is() -> None:
    look = make_look(book(1, colour="#4cfaa3"), mode=ColourMode.TRUE, dark=True)
    assert rgb(look.stripe_style("t0").color) == parse("#4cfaa3")


@pytest.mark.parametrize("dark", [True, False])
def test_a_deeper_tint_is_stronger(dark: bool) -> None:
    ground, text = (DARK_GROUND, DARK_TEXT) if dark else (LIGHT_GROUND, LIGHT_TEXT)
    tints = [tint(parse("#b329e0"), depth, dark=dark) for depth in (1, 2, 3)]
    for fainter, stronger in pairwise([ground, *tints]):
        assert contrast(text, stronger) < contrast(text, fainter)


@pytest.mark.parametrize("mode", MODES)
def test_depth_is_seen_on_every_terminal(mode: ColourMode) -> None:
    look = make_look(book(1), mode=mode, dark=True)
    assert look.text_style([], 0) != look.text_style(["t0"], 1) != look.text_style(["t0"], 2)


@pytest.mark.parametrize("mode", MODES)
def test_the_innermost_theme_gives_the_hue(mode: ColourMode) -> None:
    look = make_look(book(2), mode=mode, dark=True)
    assert look.text_style(["t1", "t0"], 2) == look.text_style(["t1"], 2)


def test_an_interviewers_words_are_dim_but_not_where_they_are_coded() -> None:
    look = make_look(book(1), mode=ColourMode.TRUE, dark=True)
    assert rgb(look.text_style([], 0, asking=True).color) == DARK_DIM
    assert look.text_style(["t0"], 1, asking=True) == look.text_style(["t0"], 1)
    assert LIGHT_DIM != DARK_DIM


def test_themes_with_the_same_hue_have_other_stripes() -> None:
    look = make_look(book(16), mode=ColourMode.TRUE, dark=True)
    same = [look.stripe_style(f"t{n}").color for n in (0, 8)]
    assert same[0] == same[1]
    assert look.stripe("t0") != look.stripe("t8")


def test_themes_have_letters_of_their_own() -> None:
    look = make_look(book(4), mode=ColourMode.MONO, dark=True)
    letters = [look.stripe(f"t{n}").first for n in range(4)]
    assert len(set(letters)) == 4
    assert all(letter.isascii() for letter in letters)


def test_a_stripe_has_the_letter_that_opens_its_theme_in_its_menu() -> None:
    themes = [Code(*both) for both in (("a", "Funding"), ("b", "Fairs"), ("c", "Food"))]
    full = Codebook("b", "1", (*themes, Code("d", "Fun", key="z")))
    for retired in (frozenset[str](), frozenset({"a", "d"})):
        look = make_look(full, mode=ColourMode.MONO, dark=True, retired=retired)
        opening = themes_by_key(full, retired)
        assert len(opening) == 4 - len(retired)
        for letter, theme in opening.items():
            assert look.stripe(theme.id).first == letter.upper()
            assert look.stripe(theme.id, own=False).first == letter
        for theme_id in retired:
            assert look.stripe(theme_id).first == NO_LETTER


def test_a_theme_that_no_letter_opens_wears_none_of_anothers() -> None:
    look = make_look(book(40), mode=ColourMode.MONO, dark=True)
    opening = {theme.id: letter for letter, theme in themes_by_key(book(40), frozenset()).items()}
    assert 0 < len(opening) < 40
    for theme in book(40).themes:
        assert look.theme(theme.id).letter == opening.get(theme.id, NO_LETTER)
    assert NO_LETTER.isascii()
    assert not NO_LETTER.isalnum()


def test_without_colour_no_style_has_one() -> None:
    look = make_look(book(3), mode=ColourMode.MONO, dark=True)
    styles = [
        *(look.plain, look.dim, look.label, look.selection, look.hit, look.current_hit),
        *(look.text_style(["t1"], 2), look.stripe_style("t1"), look.name_style("t1")),
    ]
    assert [style for style in styles if style.color or style.bgcolor] == []


def test_with_sixteen_colours_no_style_has_another() -> None:
    look = make_look(book(9), mode=ColourMode.ANSI, dark=True)
    for number in range(9):
        colour = look.text_style([f"t{number}"], 1).color
        assert colour is not None
        assert colour.triplet is None
        assert look.text_style([f"t{number}"], 1).bgcolor is None


@pytest.mark.parametrize("mode", MODES)
def test_other_coders_stripes_have_other_signs(mode: ColourMode) -> None:
    look = make_look(book(1), mode=mode, dark=True)
    assert look.stripe("t0").middle != look.stripe("t0", own=False).middle
    assert look.stripe("t0").first != look.stripe("t0", own=False).first


def test_plain_signs_are_ascii() -> None:
    look = make_look(book(1), mode=ColourMode.TRUE, dark=True, ascii_signs=True)
    stripe = look.stripe("t0")
    for sign in (stripe.first, stripe.middle, stripe.last, look.signs.memo, look.signs.hit):
        assert sign.isascii()


def test_a_theme_that_the_codebook_has_lost_is_drawn_all_the_same() -> None:
    for mode in MODES:
        look = make_look(book(0), mode=mode, dark=False)
        assert look.theme("gone").letter == "?"
        assert look.stripe("gone").first

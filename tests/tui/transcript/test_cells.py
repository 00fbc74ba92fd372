"""How wide texts are drawn, where they may be cut, and what is kept away from a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from rich.cells import cell_len
from text.samples import NASTY_STRINGS, texts

from qualcode.tui.transcript.cells import Drawn, clusters, fit, printable, width


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a", 1),
        ("e\u0301", 1),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("1\ufe0f\u20e3", 2),
        ("🇰🇪", 2),
        ("क्षि", 2),
        ("字", 2),
        ("กี่", 1),
    ],
)
def test_what_is_read_as_one_sign_is_one_cluster(text: str, cells: int) -> None:
    assert clusters(text) == [(0, len(text), cells)]


def test_two_flags_are_two_clusters() -> None:
    assert _cut("🇰🇪🇩🇪x") == ["🇰🇪", "🇩🇪", "x"]


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in clusters(text)]


@given(texts())
def test_clusters_tile_the_text(text: str) -> None:
    assert "".join(_cut(text)) == text


@given(texts())
def test_clusters_are_as_wide_as_what_is_drawn(text: str) -> None:
    drawn = Drawn(text)
    for start, end, cells in drawn.clusters(0, len(text)):
        if "\n" not in text[start:end]:
            assert cell_len(drawn.piece(start, end)) == cells


@given(texts())
def test_what_is_drawn_is_as_long_as_the_text(text: str) -> None:
    assert len(Drawn(text).text) == len(text)


@pytest.mark.parametrize("text", ["\x1b[31m", "a\tb", "\x9b0m", "a\rb", "\ud800", "\u2028"])
def test_no_control_sign_reaches_the_terminal(text: str) -> None:
    sent = Drawn(text).piece(0, len(text))
    assert len(sent) == len(text)
    assert all(sign.isprintable() for sign in sent)
    assert sent.encode()


def test_signs_without_a_shape_are_not_drawn_and_keep_their_offsets() -> None:
    text = "soft\u00adhyphen \u200bzero \u202eturned"
    drawn = Drawn(text)
    assert drawn.piece(0, len(text)) == "softhyphen zero turned"
    assert drawn.cells(0, len(text)) == len("softhyphen zero turned")
    assert drawn.piece(text.index("zero"), text.index("turned")) == "zero "


def test_the_two_joiners_are_drawn_for_they_shape_their_neighbours() -> None:
    assert Drawn("می‌خواهم").piece(0, 8) == "می‌خواهم"


def test_western_text_is_measured_without_looking_at_its_signs() -> None:
    text = "“Ça va?” – naïve, Ёлка, Ελλάδα, Nguyễn… €5"
    assert Drawn(text).plain(0, len(text))
    assert Drawn(text).odd_signs == 0
    assert cell_len(text) == len(text)


def test_every_sign_measured_without_a_look_takes_one_cell() -> None:
    signs = [chr(code) for code in range(0x20, 0x3000) if Drawn(chr(code)).plain(0, 1)]
    assert len(signs) > 1_000
    assert [sign for sign in signs if cell_len(Drawn(sign).text) != 1] == []


def test_a_cut_within_a_cluster_is_made_around_it() -> None:
    text = "a👨‍👩‍👧b"
    assert Drawn(text).edges(0, len(text), [3]) == {1, 6}
    assert Drawn(text).edges(0, len(text), [1, 6]) == {1, 6}


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("distance", 8, "distance"),
        ("distance", 5, "dist…"),
        ("cost of care", 6, "cost…"),
        ("字字字", 5, "字字…"),
        ("字字字", 4, "字…"),
        ("🇰🇪🇩🇪", 3, "🇰🇪…"),
        ("two\nlines", 9, "two lines"),
        ("x", 0, ""),
    ],
)
def test_a_name_is_cut_between_clusters(text: str, cells: int, cut: str) -> None:
    assert fit(text, cells) == cut
    assert width(cut) <= max(cells, 0)


@pytest.mark.parametrize("text", NASTY_STRINGS)
def test_a_name_is_printable_whatever_it_is(text: str) -> None:
    assert "\n" not in printable(text)
    assert printable(text).encode() is not None
    assert width(fit(text, 20)) <= 20


@pytest.mark.parametrize(
    ("words", "from_right"),
    [
        ("مرحبا بكم", True),
        ("שלום לכם, 300 ₪", True),
        ("نعم، YouTube كل يوم", True),
        ("We said السلام عليكم to everyone", False),
        ("2019 نعم", True),
        ("We came. يلا", False),
        ("共同体很好", False),
        ("\ufeffWe came.", False),
        ("…", False),
        ("", False),
    ],
)
def test_a_text_runs_from_the_right_where_most_of_its_words_do(
    words: str, from_right: bool
) -> None:
    drawn = Drawn(f"— {words} —")
    assert drawn.from_right(2, 2 + len(words)) == from_right
    assert drawn.from_right(2, 2 + len(words)) == from_right

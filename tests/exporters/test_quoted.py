"""What of a quotation stands in a cell."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from exporters.reports import quotation
from hypothesis import given
from hypothesis import strategies as st

from qualcode.exporters.textsafe import Cleaner, close_directions
from qualcode.exporters.word.passages.quoted import (
    MOST_CHARACTERS,
    Quoting,
    dates_unbroken,
    shortened,
)
from qualcode.exporters.word.passages.trail import Trail
from qualcode.exporters.word.writing.paper import A4_ACROSS
from qualcode.exporters.word.writing.wml import NO_BREAK_SPACE
from qualcode.model.consent import CUT


def test_words_that_a_cell_holds_are_not_touched() -> None:
    words = "word " * (MOST_CHARACTERS // 5)
    assert len(words) == MOST_CHARACTERS
    assert shortened(words) == words


def test_longer_ones_end_between_two_words() -> None:
    words = "abcdefg " * 200
    short = shortened(words)
    assert short == f"{('abcdefg ' * 87).rstrip()} {CUT}"


def test_a_word_that_ends_where_the_cell_does_is_kept() -> None:
    words = "a" * MOST_CHARACTERS + " and more"
    assert shortened(words) == f"{'a' * MOST_CHARACTERS} {CUT}"


def test_letters_without_a_space_are_not_parted_from_their_accents() -> None:
    words = "e\u0301" * 1000
    begun = shortened(words).removesuffix(f" {CUT}")
    assert begun == "e\u0301" * (MOST_CHARACTERS // 2)
    words = "a" + words
    begun = shortened(words).removesuffix(f" {CUT}")
    assert not unicodedata.combining(words[len(begun)])


def test_a_joined_sign_is_not_parted() -> None:
    family = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
    begun = shortened(family * 300).removesuffix(f" {CUT}")
    assert len(begun) % len(family) == 0


def test_a_direction_left_open_by_the_cut_is_closed() -> None:
    words = close_directions("\u202e" + "word " * 300)
    assert shortened(words).endswith(f"{CUT}\u202c")


@given(st.text(st.characters(exclude_characters="\u202a\u202b\u202d\u202e\u2066\u2067\u2068")))
def test_what_stands_there_is_the_beginning_of_the_words(text: str) -> None:
    words = text * 40
    short = shortened(words)
    assert words.startswith(short.removesuffix(f" {CUT}"))
    assert len(short) <= max(MOST_CHARACTERS, 1) + len(CUT) + 1


@pytest.mark.parametrize("date", ["4 June 2024", "June 2024"])
def test_a_date_stays_on_one_line(date: str) -> None:
    kept = dates_unbroken(f"Trustee, interviewed {date}, by telephone")
    assert kept == f"Trustee, interviewed {date.replace(' ', NO_BREAK_SPACE)}, by telephone"


def test_a_quotation_of_a_group_says_whose_it_is_without_a_dot_at_the_head_of_a_line() -> None:
    words = replace(quotation("We came."), attribution="Trustee")
    quoting = Quoting(Trail([words], appendix=True), None, Cleaner())
    ((_, reckoned),) = quoting.in_a_cell(words, known=(), letters=40, sheet=A4_ACROSS)
    assert f"¶12{NO_BREAK_SPACE}· Trustee" in reckoned

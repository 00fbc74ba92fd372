from __future__ import annotations

from dataclasses import replace

import pytest
from exporters.full_reports import full_report
from exporters.reading import docx_bytes, inks_and_grounds
from hypothesis import example, given
from hypothesis import strategies as st

from qualcode.exporters.colours import ENOUGH_CONTRAST, WHITE, contrast, theme_colour, tint

COLOURS = st.from_regex("#[0-9a-fA-F]{6}", fullmatch=True)


def test_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("123456", "123456") == 1


@given(COLOURS)
@example("#ffffff")
@example("#ffff00")
def test_any_colour_of_a_codebook_becomes_one_that_can_be_read_on_white(colour: str) -> None:
    assert contrast(theme_colour(colour, 0), WHITE) >= ENOUGH_CONTRAST


def test_a_colour_that_can_be_read_is_not_changed() -> None:
    assert theme_colour("#8a4b1f", 0) == "8A4B1F"


def test_themes_without_a_colour_get_different_ones() -> None:
    assert len({theme_colour("", number) for number in range(4)}) == 4


def test_a_tint_lies_between_the_colour_and_white() -> None:
    assert tint("000000", 1) == "000000"
    assert tint("000000", 0) == WHITE
    assert tint("1F5A7A", 0.2) == "D2DEE4"


@pytest.mark.parametrize("colour", ["#1f5a7a", "#000000", "#ffff66", "#ff0000", "#00ffff"])
@pytest.mark.parametrize("show", ["quotes", "counts"])
def test_all_words_of_a_document_can_be_read_on_their_ground(colour: str, show: str) -> None:
    report = full_report()
    sections = tuple(replace(section, colour=colour) for section in report.sections)
    counts = tuple(replace(line, colour=colour) for line in report.counts)
    pairs = inks_and_grounds(
        docx_bytes(replace(report, sections=sections, counts=counts, show=show))
    )
    assert len({ground for _, ground in pairs}) > 3
    assert [pair for pair in pairs if contrast(*pair) < ENOUGH_CONTRAST] == []

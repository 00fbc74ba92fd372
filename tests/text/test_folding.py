"""One spelling, and no character moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.folding import fold


def test_every_character_becomes_exactly_one_and_stays_that() -> None:
    for begin in (*range(0, 0x20000, 0x1000), 0xE0000, 0x10F000):
        block = "".join(map(chr, range(begin, begin + 0x1000)))
        folded = fold(block)
        assert len(folded) == len(block)
        assert fold(folded) == folded


@given(st.text(), st.text())
def test_a_text_folds_as_its_parts_do(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The Café’s “Fund”—núi", 'the cafe\'s "fund"-nui'),
        ("a\u00a0b\nc\td", "a b c d"),
        ("Łódź, SØREN, İstanbul", "lodz, soren, istanbul"),
        ("ΟΔΌΣ Ёлка", "οδοσ елка"),
        ("が й 👍🏽", "が й 👍🏽"),  # another letter, not the same with an accent
        ("plain ascii", "plain ascii"),
    ],
)
def test_spellings_that_people_take_for_one_fold_to_one(text: str, folded: str) -> None:
    assert fold(text) == folded

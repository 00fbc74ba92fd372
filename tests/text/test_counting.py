"""Numbers as sentences say them."""

from __future__ import annotations

import pytest

from qualcode.text.counting import counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 turns"), (1, "1 turn"), (2, "2 turns"), (2431, "2,431 turns")]
)
def test_a_number_is_said_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "turn") == said

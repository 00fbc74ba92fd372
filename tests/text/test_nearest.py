"""What somebody probably meant."""

from __future__ import annotations

import pytest

from qualcode.text.nearest import nearest

KNOWN = ("bonding", "bridging", "grant-aid", "look_for", "P07")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bondin", "bonding"),
        ("Grant aid", "grant-aid"),
        ("lookfor", "look_for"),
        ("brigding", "bridging"),
        ("p07", "P07"),
        ("quorum", None),
        ("", None),
    ],
)
def test_a_slip_of_the_pen_is_recognised_and_nothing_else(written: str, meant: str | None) -> None:
    assert nearest(written, KNOWN) == meant


def test_nothing_is_near_where_nothing_is_known() -> None:
    assert nearest("bonding", ()) is None

"""Titles before a name and letters behind it, parted from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.names.honours import part_honours


@pytest.mark.parametrize(
    ("name", "bare", "honours"),
    [
        ("Cllr Dr Jane Marsh OBE", "Jane Marsh", ("Cllr", "Dr", "OBE")),
        ("Cllr Marsh, Dr Jane, O.B.E.", "Marsh, Jane", ("Cllr", "Dr", "O.B.E.")),
        ("Jane Marsh PhD, MBE", "Jane Marsh", ("PhD", "MBE")),
        ("Marsh OBE", "Marsh", ("OBE",)),
        ("Yo-Yo Ma", "Yo-Yo Ma", ()),
        ("Jun BA", "Jun BA", ()),
        ("Jane Marsh Jr", "Jane Marsh Jr", ()),
        ("Sheikh Hasan Ali", "Sheikh Hasan Ali", ()),
        ("Sir", "Sir", ()),
        ("", "", ()),
    ],
)
def test_honours_are_parted_from_a_name(name: str, bare: str, honours: tuple[str, ...]) -> None:
    assert part_honours(name) == (bare, honours)


words = st.sampled_from(["Cllr", "Dr", "Jane", "Marsh", "OBE", "MA", "Ma", "Lord,", "Jane,", "mp"])


@given(st.lists(words, max_size=6).map(" ".join))
def test_no_word_of_a_name_is_lost_and_what_is_parted_stays_parted(name: str) -> None:
    bare, honours = part_honours(name)
    said = name.replace(",", " ").split()

    assert sorted([*bare.replace(",", " ").split(), *honours]) == sorted(said)
    assert bool(bare.strip(", ")) is bool(said)
    assert part_honours(bare) in ((bare, ()), (" ".join(bare.split()), ()))

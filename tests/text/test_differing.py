"""What differs between two versions of a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.differing import Piece, differing

WORDS = st.lists(
    st.sampled_from(["fair", "council", "the", " ", "  ", "\n", ",", "é", "我", "們", "ก็"]),
    max_size=12,
).map("".join)


def marked(old: str, new: str) -> tuple[str, str]:
    """The two with brackets around what differs."""
    before, after = (
        "".join(f"[{one.words}]" if one.differs else one.words for one in pieces)
        for pieces in differing(old, new)
    )
    return before, after


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("We had a fair", "We had a fair", ("We had a fair", "We had a fair")),
        (
            "the council paid",
            "the councillors paid",
            ("the [council] paid", "the [councillors] paid"),
        ),
        ("Leanne came", "[colleague] came", ("[Leanne] came", "[[colleague]] came")),
        ("we had a long day", "we had it", ("we had [a long day]", "we had [it]")),
        ("我們來了", "我們走了", ("我們[來]了", "我們[走]了")),
        ("all of it", "", ("[all of it]", "")),
        ("one  two", "one two", ("one  two", "one two")),
    ],
)
def test_words_that_went_and_came_stand_alone(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    assert marked(old, new) == expected


def test_words_beside_each_other_are_one_piece() -> None:
    assert differing("a b c d", "a x y d")[0] == (
        Piece("a ", False),
        Piece("b c", True),
        Piece(" d", False),
    )


@given(WORDS, WORDS)
def test_the_pieces_put_together_are_the_passages(old: str, new: str) -> None:
    for passage, pieces in zip((old, new), differing(old, new), strict=True):
        assert "".join(one.words for one in pieces) == passage
        assert all(one.words for one in pieces)
        assert all(one.words == one.words.strip() for one in pieces if one.differs)


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_on_both_sides(old: str, new: str) -> None:
    before, after = differing(old, new)
    same = (
        "".join("".join(p.words for p in side if not p.differs).split()) for side in (before, after)
    )
    assert len(set(same)) == 1

"""Where somebody comes to stand who stood in a transcript that was corrected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.spans import Span, Turn
from qualcode.services.places import PlacedText
from qualcode.services.work.following import place_now
from qualcode.store.queries import StoredText

TURNS = [
    "Who paid for all of it, in the end?",
    "The council gave us a grant, once, and nobody knew why.",
    "And who came to the fair that you held there?",
    "We all came to the fair and stayed until the evening.",
    "What did Marek leave behind in the hall?",
    "He left his tools behind, and his coat as well.",
]


def placed(turns: list[str]) -> PlacedText:
    """A text of these turns, a line each."""
    found, at = [], 0
    for n, words in enumerate(turns, 1):
        found.append(Turn(n, at, at + len(words), None, None, None))
        at += len(words) + 1
    return PlacedText("P01", StoredText("v", "\n".join(turns), tuple(found), ()))


def place_of(old: list[str], new: list[str], words: str) -> str | None:
    """The words where somebody stands now who stood at these."""
    before, after = placed(old), placed(new)
    at = before.text.index(words)
    found = place_now(before, after, Span(at, at + len(words)))
    return None if found is None else after.text[found.start : found.end]


def test_words_that_are_there_are_stood_at_wherever_they_are() -> None:
    assert place_of(TURNS, ["A new beginning.", *TURNS], TURNS[3]) == TURNS[3]
    assert place_of(TURNS, TURNS, TURNS[3]) == TURNS[3]


def test_the_turn_that_took_the_place_of_ones_own_is_stood_at() -> None:
    other = "Nothing of this kind was ever talked about."
    assert place_of(TURNS, [*TURNS[:3], other, *TURNS[4:]], TURNS[3]) == other


def test_where_the_turn_was_taken_out_one_stands_beside_it() -> None:
    assert place_of(TURNS, TURNS[:3] + TURNS[4:], TURNS[3]) in (TURNS[2], TURNS[4])


def test_words_taken_out_of_a_turn_leave_one_in_it() -> None:
    long = f"{TURNS[1]} {TURNS[3]} {TURNS[5]}"
    shorter = f"{TURNS[1]} {TURNS[5]}"
    assert place_of([long], [shorter], TURNS[3]) == shorter


def test_where_all_was_written_anew_one_is_as_far_along_as_before() -> None:
    new = ["aaa bbb ccc ddd eee", "fff ggg hhh iii jjj", "kkk lll mmm nnn ooo"]
    assert place_of(TURNS, new, TURNS[5]) == new[2]


def test_in_a_text_without_words_there_is_no_place() -> None:
    assert place_of(TURNS, [""], TURNS[0]) is None


@given(
    st.lists(
        st.sampled_from(["", "fair", "The fair.", "We all came to the fair.", "x"]), max_size=6
    ),
    st.lists(st.sampled_from(["", "fair", "The fair.", "We came to the fair.", "y"]), max_size=6),
    st.data(),
)
def test_a_place_always_lies_in_the_new_text(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    before, after = placed(old), placed(new)
    if not before.text.strip():
        return
    start = data.draw(st.integers(0, len(before.text) - 1))
    end = data.draw(st.integers(start + 1, len(before.text)))
    found = place_now(before, after, Span(start, end))
    assert (found is None) == (not after.text.strip())
    assert found is None or found.end <= len(after.text)


def test_blank_lines_alone_hold_no_place() -> None:
    assert place_now(placed(["fair", ""]), placed(["", ""]), Span(4, 5)) is None

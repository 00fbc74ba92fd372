"""Places as people cite them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.locators import Locator, clock, from_to, locator, parse_locator, put_in


@pytest.mark.parametrize(
    ("ms", "shown"),
    [
        (0, "00:00:00"),
        (999, "00:00:00"),
        (860_500, "00:14:20"),
        (3_599_999, "00:59:59"),
        (360_000_000, "100:00:00"),
    ],
)
def test_a_clock_shows_the_whole_seconds_reached(ms: int, shown: str) -> None:
    assert clock(ms) == shown


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("P07", 12, 860_500), "P07 ¶12 00:14:20"),
        (("P07", 12, None), "P07 ¶12"),
        (("P07", None, 0), "P07 00:00:00"),
        ((None, 3, None), "¶3"),
        (("P07", None, None), "P07"),
        ((None, None, None), ""),
    ],
)
def test_what_is_not_known_is_left_out(
    parts: tuple[str | None, int | None, int | None], line: str
) -> None:
    assert locator(*parts) == line


@given(
    st.text("P07 -ä’👍", min_size=1, max_size=12).map(str.strip).filter(bool),
    st.integers(1, 99_999),
    st.one_of(st.none(), st.integers(0, 10**9)),
)
def test_a_locator_is_read_back_to_the_second(name: str, turn: int, ms: int | None) -> None:
    second = None if ms is None else ms // 1000 * 1000
    assert parse_locator(locator(name, turn, ms)) == Locator(name, turn, second)


@pytest.mark.parametrize("text", ["", "P07", "P07 ¶", "P07 ¶12 and more", "12", "¶ ¶"])
def test_what_names_no_place_in_a_transcript_is_no_locator(text: str) -> None:
    assert parse_locator(text) is None


def test_a_locator_may_be_typed_with_a_blank_and_without_a_name() -> None:
    assert parse_locator(" P07 ¶ 12 ") == Locator("P07", 12, None)
    assert parse_locator("¶12 00:00:05") == Locator(None, 12, 5_000)


@pytest.mark.parametrize(
    ("first_ms", "last_ms", "said"),
    [
        (1000, 74_000, "00:00:01 to 00:01:14"),
        (None, 277_000, "up to 00:04:37"),
        (0, None, "from 00:00:00"),
        (None, None, ""),
    ],
)
def test_a_stretch_is_said_as_far_as_it_is_known(
    first_ms: int | None, last_ms: int | None, said: str
) -> None:
    assert from_to(first_ms, last_ms) == said


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        ("", "P07 ¶12 00:14:20", "[P07 ¶12]"),
        ("One grant.", "P07 ¶12", "One grant. [P07 ¶12]"),
        ("One grant. ", "P07 ¶12", "One grant. [P07 ¶12]"),
        ("One [P07 ¶12]", "P07 ¶31 00:20:00", "One [P07 ¶12, ¶31]"),
        ("One [P07 ¶12, ¶31]", "P08 ¶2", "One [P07 ¶12, ¶31, P08 ¶2]"),
        ("One [P07 ¶12, P08 ¶2]", "P07 ¶3", "One [P07 ¶12, P08 ¶2, P07 ¶3]"),
        ("One [P07 ¶12, ¶31]", "P07 ¶31", "One [P07 ¶12, ¶31]"),
        ("A tent […]", "P07 ¶12", "A tent […] [P07 ¶12]"),
        ("", "P07 00:14:20", "[P07 00:14:20]"),
        ("", "P07", "[P07]"),
    ],
)
def test_running_words_name_a_place_in_brackets(before: str, line: str, after: str) -> None:
    offset, put = put_in(before, line)
    assert before[:offset] + put + before[offset:] == after

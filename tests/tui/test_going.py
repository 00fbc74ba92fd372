"""Where `g` goes."""

from __future__ import annotations

import pytest

from qualcode.errors import NoTimesError, UnknownTurnError
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText
from qualcode.store.queries import StoredText
from qualcode.tui.going import find_place


def placed(*starts_ms: int | None) -> PlacedText:
    turns = tuple(
        Turn(n, 10 * n, 10 * n + 8, "A", start_ms) for n, start_ms in enumerate(starts_ms, start=1)
    )
    return PlacedText("P07", StoredText("v", "words " * 20, turns, ()))


@pytest.mark.parametrize(
    ("typed", "n"),
    [
        ("2", 2),
        (" ¶3 ", 3),
        ("0:00", 1),
        ("0:04", 1),
        ("0:05", 2),
        ("1:00", 2),
        ("1:14:20", 3),
        ("P07 ¶2 01:14:20", 2),
        ("P07 01:14:20", 3),
    ],
)
def test_a_turn_a_time_and_a_whole_locator_are_found(typed: str, n: int) -> None:
    assert find_place(placed(0, 5_000, 4_460_000), typed).n == n


def test_before_the_first_word_is_the_first_turn() -> None:
    assert find_place(placed(9_000, 12_000), "0:01").n == 1


def test_where_times_run_backwards_the_latest_turn_that_has_begun_is_meant() -> None:
    assert find_place(placed(0, 9_000, 5_000, None), "0:06").n == 3


@pytest.mark.parametrize("typed", ["0", "4", "there", "9:99"])
def test_what_is_no_place_is_refused(typed: str) -> None:
    with pytest.raises(UnknownTurnError):
        find_place(placed(0, 1_000, 2_000), typed)


def test_a_time_is_refused_where_there_are_none() -> None:
    with pytest.raises(NoTimesError):
        find_place(placed(None, None), "0:10")

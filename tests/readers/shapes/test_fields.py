"""Times, labels and lists as JSON states them."""

from __future__ import annotations

from math import isnan, nan
from typing import Any

import pytest

from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    TICK_MS,
    label_of,
    moment_of,
    objects,
    range_of,
    text_of,
)


@pytest.mark.parametrize(
    ("value", "unit_ms", "ms"),
    [
        (1.5, 1_000.0, 1_500),
        ("1.5", 1_000.0, 1_500),
        ("1.5s", MILLISECOND_MS, 1_500),
        (1_500, MILLISECOND_MS, 1_500),
        ("1500", MILLISECOND_MS, 1_500),
        (15_000_000, TICK_MS, 1_500),
        ("PT1.5S", TICK_MS, 1_500),
        ("PT1H2M3.5S", 1_000.0, 3_723_500),
        ("00:00:01.500", 1_000.0, 1_500),
        ("00:00:01,500", MILLISECOND_MS, 1_500),
        ({"seconds": "1", "nanos": 500_000_000}, 1_000.0, 1_500),
        ({"seconds": 1}, 1_000.0, 1_000),
        ({}, 1_000.0, 0),
        (-0.5, 1_000.0, -500),
    ],
)
def test_a_time_is_read_in_every_way_that_it_is_written(
    value: Any, unit_ms: float, ms: float
) -> None:
    assert moment_of(value, unit_ms) == pytest.approx(ms)


@pytest.mark.parametrize("value", [None, ""])
def test_no_time_is_none(value: Any) -> None:
    assert moment_of(value) is None


@pytest.mark.parametrize(
    "value",
    ["soon", "9" * 5_000, "1:99", True, [], nan, float("inf"), 10**400, {"seconds": "x"}, "1_0"],
)
def test_a_time_that_cannot_be_read_is_nan(value: Any) -> None:
    ms = moment_of(value)
    assert ms is not None
    assert isnan(ms)


def test_a_range_may_lack_its_end() -> None:
    assert range_of([1, 2.5]) == (1_000, 2_500)
    assert range_of([1, None]) == (1_000, None)
    assert range_of([1]) == (1_000, None)
    assert range_of(None) == (None, None)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (" Mara\tLindqvist ", "Mara Lindqvist"),
        (0, "Speaker 0"),
        (2.0, "Speaker 2"),
        ("7", "Speaker 7"),
        ({"@id": "S0", "gender": "F"}, "S0"),
        ({"id": 3, "name": "Tom"}, "Tom"),
        ({"id": {"id": {"id": 1}}}, None),
        ("", None),
        ("\ud800", None),
        (True, None),
        (nan, None),
        (None, None),
    ],
)
def test_a_label_is_a_name_or_a_counted_speaker(value: Any, label: str | None) -> None:
    assert label_of(value) == label


def test_entries_of_a_list_are_objects_whatever_they_were() -> None:
    assert objects([{"a": 1}, "words", 7, None]) == [{"a": 1}, {"text": "words"}, {}, {}]
    assert objects("words") == objects(None) == []


def test_words_may_be_numbers_but_nothing_else() -> None:
    values: list[Any] = ["a", 7, 1.5, True, None, [], {}]
    assert [text_of(value) for value in values] == ["a", "7", "1.5", "", "", "", ""]

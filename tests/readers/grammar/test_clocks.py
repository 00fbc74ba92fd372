from __future__ import annotations

import pytest

from qualcode.readers.grammar.clocks import (
    Times,
    are_ms,
    check_times,
    read_clock,
    read_cue_line,
    read_f4_mark,
    read_range,
)
from qualcode.readers.ground.ledger import Ledger


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:07", 7_000),
        ("75:30", 4_530_000),
        ("1:00:00", 3_600_000),
        ("00:14:20.5", 860_500),
        ("0:06.9", 6_900),
        ("7: 37", 457_000),
        ("21\u00a0:12", 1_272_000),
        ("100:00:00", 360_000_000),
    ],
)
def test_a_clock_in_running_text_has_a_decimal_fraction(text: str, ms: int) -> None:
    assert read_clock(text) == ms


@pytest.mark.parametrize("text", ["22:175", "0:60", "1:60:00", "noon", "12", ""])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_clock(text) is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("(0:01 - 0:11)", Times(1_000, 11_000)),
        ("(4:28- 4:29)", Times(268_000, 269_000)),
        ("(6:38 - 08:08)", Times(398_000, 488_000)),
        ("(20:58 – 21\u00a0:12)", Times(1_258_000, 1_272_000)),
        ("(7:35 - 7: 37)", Times(455_000, 457_000)),
        ("[00:20]", Times(20_000)),
        ("0:59.0 - 1:01.5", Times(59_000, 61_500)),
    ],
)
def test_a_range_that_somebody_corrected_by_hand_is_read(text: str, times: Times) -> None:
    assert read_range(text) == times


def test_a_range_with_a_wrong_time_says_so_and_keeps_the_other() -> None:
    assert read_range("(22:175 - 22:17)") == Times(None, 1_337_000, unreadable=True)


def test_a_mark_of_f4_counts_tenths() -> None:
    assert read_f4_mark("#00:01:23-4#") == 83_400


@pytest.mark.parametrize(
    ("line", "start_ms", "end_ms"),
    [
        ("00:00:01.000 --> 00:00:02.500", 1_000, 2_500),
        ("00:00:01,000 --> 00:00:02,500", 1_000, 2_500),
        ("00:01.000 --> 00:04.000", 1_000, 4_000),
        ("0:0:-6.-820 --> 0:0:8.970", -6_820, 8_970),
        ("0:0:10.20 --> 0:0:14.490", 10_020, 14_490),
        ("0:00:03,5 --> 0:00:04", 3_005, 4_000),
        ("100:00:00.000 -> 100:00:01.500", 360_000_000, 360_001_500),
        ("00:00:01.123456 --> 00:00:02.000", 1_123, 2_000),
    ],
)
def test_every_field_of_a_time_line_is_an_integer(line: str, start_ms: int, end_ms: int) -> None:
    cue = read_cue_line(line)
    assert cue is not None
    assert (cue.start_ms, cue.end_ms) == (start_ms, end_ms)


def test_the_settings_of_a_cue_are_told_from_its_times() -> None:
    cue = read_cue_line("00:01.000 --> 00:04.000 align:start position:0%")
    assert cue is not None
    assert cue.settings == "align:start position:0%"


@pytest.mark.parametrize(
    "line", ["made by us --> not a cue", "1 --> 2", "00:01.000", "a 0:1 --> 0:2"]
)
def test_what_is_no_time_line_is_none(line: str) -> None:
    assert read_cue_line(line) is None


@pytest.mark.parametrize(
    ("stated", "taken", "warned"),
    [
        ((0, 10), (0, 10), []),
        ((-5, 10), (0, 10), ["negative-time"]),
        ((20, 10), (20, None), ["ends-before-start"]),
        ((-9, -5), (0, None), ["negative-time", "ends-before-start"]),
        ((None, 10), (None, 10), []),
        ((10, None), (10, None), []),
    ],
)
def test_times_that_cannot_be_meant_are_set_right_and_said(
    stated: tuple[int | None, int | None],
    taken: tuple[int | None, int | None],
    warned: list[str],
) -> None:
    ledger = Ledger()
    assert check_times(*stated, 3, ledger) == taken
    assert [warning.code for warning in ledger.warnings()] == warned


@pytest.mark.parametrize(
    ("numbers", "signs", "in_ms"),
    [
        ([0, 4200, 9000], 60, True),
        ([0, 4, 9], 60, False),
        ([0, 4, 9], 40, False),  # Chinese, five signs a second
        ([3600, 3610], 150, False),  # a part of a recording
        ([0], 5, False),
    ],
)
def test_numbers_without_a_unit_are_told_by_how_much_is_said(
    numbers: list[int], signs: int, in_ms: bool
) -> None:
    told, (code, message) = are_ms(numbers, signs)
    assert told is in_ms
    assert code == "times-guessed"
    assert message.endswith(" milliseconds" if in_ms else " seconds")

"""Times as transcripts write them, in milliseconds from the start of the recording.

Two habits stand side by side. In running text a fraction is a decimal one: `0:06.9` is 6 s 900 ms,
and f4 closes a paragraph with tenths, `#00:01:23-4#`. On the time line of a cue every field is an
integer of its own: Teams writes `0:0:10.20` for 10 s 20 ms, and `0:0:-6.-820` for a time before
the recording.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from qualcode.readers.ground.ledger import Ledger

# Thirty years: longer than any recording, shorter than what a database cannot hold.
LATEST_MS = 10**12

# People who correct times by hand leave blanks beside the colon: `(7:35 - 7: 37)`.
CLOCK = r"\d{1,3}\s?:\s?\d{1,3}(?:\s?:\s?\d{1,3})?(?:[.,]\d{1,3})?"
RANGE = rf"{CLOCK}(?:\s*(?:-{{1,2}}>|[-–—])\s*{CLOCK})?"
F4_MARK = r"[#]\d{1,2}:\d\d:\d\d-\d[#]"

_ONLY = re.compile(rf"[\[(]?\s?{RANGE}\s?[\])]?$")
_CLOCKS = re.compile(CLOCK)
_FIELDS = re.compile(r"(\d+)\s?:\s?(\d+)(?:\s?:\s?(\d+))?(?:[.,](\d+))?")
_F4 = re.compile(r"#(\d{1,2}):(\d\d):(\d\d)-(\d)#")

# A longer fraction than milliseconds is cut, not read as seconds.
_CUE_TIME = r"(?:(-?\d{1,9})\s?:)?\s?(-?\d{1,9})\s?:\s?(-?\d{1,9})(?:[.,](-?\d{1,3})\d*)?"
_CUE_LINE = re.compile(rf"\s*{_CUE_TIME}\s*-{{1,2}}>\s*{_CUE_TIME}(?![\d:.,])")

_HOUR_MS, _MINUTE_MS, _SECOND_MS = 3_600_000, 60_000, 1_000
# Nearly every clock ends so, and is no longer than `123:45:59`.
_SECONDS_MS = {f":{seconds:02}": seconds * _SECOND_MS for seconds in range(60)}
_LONGEST_PLAIN = 9

# People say fifteen signs a second, five where each sign is a word. Seconds taken for milliseconds
# would make it thousands, milliseconds taken for seconds one in a minute; the bar lies between.
_MOST_SECONDS_A_SIGN = 4


class Times(NamedTuple):
    """When words begin and end, in ms, or None; `unreadable` where a time is stated but wrong."""

    start_ms: int | None = None
    end_ms: int | None = None
    unreadable: bool = False


UNTIMED = Times()
"""Of words of which no time is stated: one value, so that it is known at sight."""


def read_clock(text: str) -> int | None:
    """`h:mm:ss`, `m:ss` or `h:mm:ss.f` in ms, or None where a field is out of its range."""
    seconds_ms = _SECONDS_MS.get(text[-3:])
    if seconds_ms is None or len(text) > _LONGEST_PLAIN:
        return _read_fields(text)
    minute_ms = _read_minute(text[:-3])
    return None if minute_ms is None else minute_ms + seconds_ms


@lru_cache(maxsize=1024)  # of an interview's clocks ten or twenty are in one minute
def _read_minute(text: str) -> int | None:
    """The time of a clock without its seconds."""
    return _read_fields(f"{text}:00")


def _read_fields(text: str) -> int | None:
    match = _FIELDS.fullmatch(text.strip())
    if match is None:
        return None
    first, second, third, fraction = match.groups()
    seconds = int(third or second)
    minutes = int(second if third else first)
    if seconds > 59 or (third and minutes > 59):
        return None
    at_ms = minutes * _MINUTE_MS + seconds * _SECOND_MS
    if third:
        at_ms += int(first) * _HOUR_MS
    return at_ms + int(fraction[:3].ljust(3, "0")) if fraction else at_ms


def is_only_time(text: str) -> bool:
    """True for a clock or a range of two, with or without brackets, and nothing else."""
    return _ONLY.match(text) is not None


def read_range(text: str) -> Times:
    """One clock is a start, two are start and end; brackets and dashes around them are ignored."""
    clocks = [read_clock(clock) for clock in _CLOCKS.findall(text)[:2]]
    start_ms, end_ms = [*clocks, None, None][:2]
    return Times(start_ms, end_ms, unreadable=None in clocks)


def read_f4_mark(text: str) -> int | None:
    """The time of an f4 mark such as `#00:01:23-4#`; the last digit counts tenths."""
    match = _F4.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, tenths = (int(field) for field in match.groups())
    return hours * _HOUR_MS + minutes * _MINUTE_MS + seconds * _SECOND_MS + tenths * 100


def check_times(
    start_ms: int | None, end_ms: int | None, line: int, ledger: Ledger, *, what: str = ""
) -> tuple[int | None, int | None]:
    """The times of a unit, set right where they cannot be meant, which is said.

    `what` is how a format calls its units, for the code of the warning: a cue, a row, a segment.
    """
    if start_ms is not None and start_ms < 0:
        message = "words begin before the recording; their start was set to 0"
        ledger.warn("negative-time", message, line)
        start_ms = 0
    if end_ms is not None and end_ms < (start_ms or 0):
        code = f"{what}-ends-before-start" if what else "ends-before-start"
        ledger.warn(code, "words end before they start; their end was left out", line)
        end_ms = None
    return start_ms, end_ms


def are_ms(numbers: Collection[int], signs: int) -> tuple[bool, tuple[str, str]]:
    """Whether whole numbers without a unit are milliseconds, and the warning that says so.

    It is told by how much is said: `signs` is the length of all words at these times, of which
    there is one at least.
    """
    latest = max(numbers)
    lasted = latest - min(numbers) or latest
    in_ms = signs * _MOST_SECONDS_A_SIGN < lasted
    unit = "milliseconds" if in_ms else "seconds"
    message = f"the times are numbers without a unit; by how much is said they are {unit}"
    return in_ms, ("times-guessed", message)


class CueLine(NamedTuple):
    """The time line of a cue; `start_ms` and `end_ms` are negative where the source says so."""

    start_ms: int
    end_ms: int
    settings: str


def read_cue_line(line: str) -> CueLine | None:
    """The times of a cue's line `00:00:01.000 --> 00:00:02,000 align:start`, or None."""
    match = _CUE_LINE.match(line)
    if match is None:
        return None
    fields = [int(field) if field else 0 for field in match.groups()]
    return CueLine(_cue_ms(*fields[:4]), _cue_ms(*fields[4:]), line[match.end() :].strip())


def _cue_ms(hours: int, minutes: int, seconds: int, ms: int) -> int:
    if hours < 0 or minutes < 0 or seconds < 0 or ms < 0:  # one sign stands for all
        return -_cue_ms(abs(hours), abs(minutes), abs(seconds), abs(ms))
    return hours * _HOUR_MS + minutes * _MINUTE_MS + seconds * _SECOND_MS + ms

"""Single fields of a JSON document: words, labels, moments, lists, whatever stands in them.

Engines write a time as a number of seconds, milliseconds or ticks, as a clock, as an ISO duration
or in two parts; and a field that one version fills is null in another. Nothing here fails: a field
of the wrong kind is as good as none, but a time that is stated and cannot be read is NaN, so that
it can be said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import nan
from typing import TYPE_CHECKING, Any, TypeAlias

from qualcode.readers.grammar.clocks import LATEST_MS, read_clock
from qualcode.readers.grammar.labels import tidy
from qualcode.readers.ground.signs import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What parsing JSON gives: objects, lists, strings, numbers, booleans and null, in any order.
Json: TypeAlias = Any

SECOND_MS = 1_000.0
MILLISECOND_MS = 1.0
# Azure counts in hundreds of nanoseconds.
TICK_MS = 0.0001

# A day of single words has two hundred thousand; from each comes a unit.
MOST_ENTRIES = 500_000

_LARGEST = LATEST_MS / TICK_MS
_LONGEST_TIME = 40

_NUMBER = re.compile(r"(-?\d{1,15}(?:\.\d{1,15})?)(s?)")
_ISO_DURATION = re.compile(
    r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,12})?)S)?", re.ASCII
)
_BARE_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class LongListError(Exception):
    """A list has more entries than any interview has words; who parsed the document says so."""


def objects(value: Json) -> list[dict[str, Json]]:
    """The entries of a list as objects; a bare string is taken as words, what else as an empty one.

    So an entry of the wrong kind keeps its place in the count, and its words. Raises LongListError.
    """
    if not isinstance(value, list):
        return []
    if len(value) > MOST_ENTRIES:
        raise LongListError
    return [
        entry if isinstance(entry, dict) else {"text": entry} if isinstance(entry, str) else {}
        for entry in value
    ]


def holds(value: Json, *keys: str) -> bool:
    """True for a list whose first object has all these keys."""
    if not isinstance(value, list):
        return False
    first = next((entry for entry in value if isinstance(entry, dict)), None)
    return first is not None and all(key in first for key in keys)


def within(document: Json, *path: str) -> Json:
    """What stands below these keys, one inside the other, or None."""
    for key in path:
        if not isinstance(document, dict):
            return None
        document = document.get(key)
    return document


def first_of(entry: Mapping[str, Json], keys: Iterable[str]) -> Json:
    """The first of these fields that holds anything, or None."""
    for key in keys:
        value = entry.get(key)
        if value is not None and value != "":
            return value
    return None


def text_of(value: Json) -> str:
    """The words in a field; "" where it holds none."""
    if isinstance(value, str):
        return value
    return str(value) if type(value) in (int, float) else ""


def label_of(value: Json) -> str | None:
    """A speaker's label; those whom an engine only counts are `Speaker 0`, as editors show them.

    Some formats name a speaker by an object with a name or an id.
    """
    if isinstance(value, str):
        return _tidy(value)
    if type(value) in (int, float):
        return _numbered(value)
    if isinstance(value, dict):
        named = first_of(value, ("name", "label", "id", "@id"))
        return None if isinstance(named, dict) else label_of(named)
    return None


@lru_cache(maxsize=256)
def _numbered(number: float) -> str | None:
    return f"Speaker {int(number)}" if 0 <= number < LATEST_MS else None


@lru_cache(maxsize=1024)  # the same few labels stand at every word
def _tidy(text: str) -> str | None:
    label = tidy(storable(text))
    return f"Speaker {label}" if _BARE_NUMBER.fullmatch(label) else label or None


def moment_of(value: Json, unit_ms: float = SECOND_MS) -> float | None:
    """A time in ms: None where none is stated, NaN where it cannot be read.

    `unit_ms` is what a bare number counts in; it may stand as a number or as a string.
    """
    if type(value) is float or type(value) is int:
        # Whole numbers may be too large for a fraction, but not to be compared with one.
        ms = value * unit_ms if -_LARGEST < value < _LARGEST else nan
        return ms if -LATEST_MS < ms < LATEST_MS else nan
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _read_moment(value.strip(), unit_ms)
    if isinstance(value, dict):  # the two parts of a protocol buffer's duration, zeros left out
        whole = moment_of(value.get("seconds", 0))
        nanos = moment_of(value.get("nanos", 0), 1e-6)
        return nan if whole is None or nanos is None else whole + nanos
    return nan


def _read_moment(text: str, unit_ms: float) -> float:
    if len(text) > _LONGEST_TIME:
        return nan
    number = _NUMBER.fullmatch(text)
    if number:
        return moment_of(float(number[1]), SECOND_MS if number[2] else unit_ms) or 0.0
    iso = _ISO_DURATION.fullmatch(text)
    if iso:
        hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        return ((hours * 60 + minutes) * 60 + seconds) * SECOND_MS
    clock = read_clock(text)
    return nan if clock is None else clock


def range_of(value: Json) -> tuple[float | None, float | None]:
    """Start and end in ms from a list of two times in seconds."""
    if not isinstance(value, list) or not value:
        return (None, None) if value is None else (nan, None)
    return moment_of(value[0]), moment_of(value[1]) if len(value) > 1 else None

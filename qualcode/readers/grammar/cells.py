"""The cells of a table that say when: clocks, ranges of two, or bare numbers.

Which of them a column holds is told once, from all its cells; then each row is read alike, in a
spreadsheet as in the table of a document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from qualcode.readers.grammar.clocks import Times, are_ms, check_times, read_clock, read_range

if TYPE_CHECKING:
    from qualcode.readers.ground.ledger import Ledger

ReadTime = Callable[[str, int], Times]
"""Reads a cell; the number of its row is for what there is to warn of."""

_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")
_IN_MS = re.compile(r"\bm(?:illi)?s(?:ec|econds)?\b")
_IN_SECONDS = re.compile(r"\bs(?:ec|econds)?\b")


def time_reader(
    cells: Iterable[str], heading: str, signs: int, ledger: Ledger, *, in_ms: bool = False
) -> ReadTime:
    """What reads the cells of times: as clocks, or as numbers of seconds or milliseconds.

    `signs` is the length of all that is said; `in_ms` where numbers are known to count so.
    """
    stated = [stripped for cell in cells if (stripped := cell.strip())]
    if not stated or not all(map(_NUMBER.fullmatch, stated)):
        return lambda cell, number: _read_clock(cell, number, ledger)
    if not in_ms:
        named = heading.casefold().replace("_", " ")
        whole = not any("." in cell or "," in cell for cell in stated)
        if _IN_MS.search(named):
            in_ms = True
        elif whole and not _IN_SECONDS.search(named):
            in_ms, (code, message) = are_ms([int(cell) for cell in stated], signs)
            ledger.warn(code, message)
    factor = 1 if in_ms else 1000
    return lambda cell, _: _read_number(cell, factor)


def read_times(start: str, end: str, number: int, read_time: ReadTime, ledger: Ledger) -> Times:
    """The times of a row, set right where they cannot be meant, which is said."""
    times = read_time(start, number)
    start_ms, end_ms, _ = times
    if not end and end_ms is None and start_ms is not None and start_ms >= 0:
        return times
    if end:
        end_ms = read_time(end, number).start_ms
    return Times(*check_times(start_ms, end_ms, number, ledger, what="row"))


def _read_number(cell: str, factor: int) -> Times:
    text = cell.strip()
    if text.isdigit():
        return Times(int(text) * factor)
    return Times(round(float(text.replace(",", ".")) * factor)) if text else Times()


def _read_clock(cell: str, number: int, ledger: Ledger) -> Times:
    """A clock, a range of two, or one with a sign; what cannot be read is left out and said."""
    start_ms = read_clock(cell)
    if start_ms is not None:
        return Times(start_ms)
    text = cell.strip()
    if not text:
        return Times()
    times = read_range(text)
    if times.start_ms is None or times.unreadable:
        ledger.warn("time-unreadable", "a time cannot be read and was left out", number)
    elif text[0] == "-":
        return Times(-times.start_ms, times.end_ms)
    return times

"""The cells of a table that say when: clocks, ranges of two, or bare numbers.

Which of them a column holds is told once, from all its cells; then each row is read alike, in a
spreadsheet as in the table of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.readers.grammar.clocks import Times, are_ms, check_times, read_clock, read_range

if TYPE_CHECKING:
    from qualcode.readers.ground.ledger import Ledger

_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,15})?")
_IN_MS = re.compile(r"\bm(?:illi)?s(?:ec|econds)?\b")
_IN_SECONDS = re.compile(r"\bs(?:ec|econds)?\b")


class ReadTime(NamedTuple):
    """Reads cells as clocks, or as numbers that count `factor` ms where that is not 0."""

    factor: int
    ledger: Ledger

    def __call__(self, cell: str, number: int) -> Times:
        """The times in a cell; the number of its row is for what there is to warn of."""
        if self.factor:
            return Times(_read_number(cell, self.factor))
        return _read_clock(cell, number, self.ledger)

    def column(self, cells: Sequence[str]) -> list[int | None]:
        """The start in each cell of a column; None where there is none, or no plain clock.

        A number below 0 is a time below 0.
        """
        if self.factor:
            return [_read_number(cell, self.factor) for cell in cells]
        return list(map(read_clock, cells))


def time_reader(
    cells: Iterable[str], heading: str, signs: int, ledger: Ledger, *, in_ms: bool = False
) -> ReadTime:
    """What reads the cells of times: as clocks, or as numbers of seconds or milliseconds.

    `signs` is the length of all that is said; `in_ms` where numbers are known to count so.
    """
    stated: list[str] = []
    for cell in filter(None, map(str.strip, cells)):
        if not _NUMBER.fullmatch(cell):
            return ReadTime(0, ledger)
        stated.append(cell)
    if not stated:
        return ReadTime(0, ledger)
    if not in_ms:
        named = heading.casefold().replace("_", " ")
        whole = not any("." in cell or "," in cell for cell in stated)
        if _IN_MS.search(named):
            in_ms = True
        elif whole and not _IN_SECONDS.search(named):
            in_ms, (code, message) = are_ms([int(cell) for cell in stated], signs)
            ledger.warn(code, message)
    return ReadTime(1 if in_ms else 1000, ledger)


def read_times(start: str, end: str, number: int, read_time: ReadTime, ledger: Ledger) -> Times:
    """The times of a row, set right where they cannot be meant, which is said."""
    times = read_time(start, number)
    start_ms, end_ms, _ = times
    if not end and end_ms is None and start_ms is not None and start_ms >= 0:
        return times
    if end:
        end_ms = read_time(end, number).start_ms
    return Times(*check_times(start_ms, end_ms, number, ledger, what="row"))


def read_columns(
    starts: Sequence[str],
    ends: Sequence[str],
    numbers: Sequence[int],
    read_time: ReadTime,
    ledger: Ledger,
) -> tuple[list[int | None], list[int | None]]:
    """As `read_times`, of all rows at once: starts and ends."""
    starts_ms = read_time.column(starts)
    ends_ms: list[int | None] = [None] * len(ends)
    if any(ends):
        ends_ms = read_time.column(ends)
    for at, (start_ms, end_ms) in enumerate(zip(starts_ms, ends_ms, strict=True)):
        start, end = starts[at], ends[at]
        odd = start_ms is None or start_ms < 0 or (end and (end_ms is None or end_ms < start_ms))
        if odd and (start or end):
            times = read_times(start, end, numbers[at], read_time, ledger)
            starts_ms[at], ends_ms[at], _ = times
    return starts_ms, ends_ms


def _read_number(cell: str, factor: int) -> int | None:
    text = cell.strip()
    if text.isdigit():
        return int(text) * factor
    return round(float(text.replace(",", ".")) * factor) if text else None


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

"""Where a passage stands, in the words people cite: `P07 ¶12 00:14:20`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME_AT_END = re.compile(r"(?<!\S)([0-9]{2,9}):([0-5][0-9]):([0-5][0-9])$")
_TURN_AT_END = re.compile(r"(?<!\S)¶[ ]?([0-9]{1,9})$")
_PLACES_AT_END = re.compile(r"\[([^\[\]\n]*¶[^\[\]\n]*)\]$")


@dataclass(frozen=True, slots=True)
class Locator:
    """A place as people write it; None where a part is not said. `turn` counts from 1."""

    transcript: str | None = None
    turn: int | None = None
    start_ms: int | None = None


def clock(ms: int) -> str:
    """A time as on the recorder's display, whole seconds reached: 860500 is `00:14:20`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def locator(transcript: str | None, turn: int | None, start_ms: int | None) -> str:
    """The place in one line; what is None is left out."""
    parts = (
        transcript,
        None if turn is None else f"¶{turn}",
        None if start_ms is None else clock(start_ms),
    )
    return " ".join(part for part in parts if part)


def parse_locator(text: str) -> Locator | None:
    """The place that a line written by `locator` names; None where it names neither turn nor time.

    Seconds are all that a locator says of a time.
    """
    rest, start_ms, turn = text.strip(), None, None
    if time := _TIME_AT_END.search(rest):
        hours, minutes, seconds = map(int, time.groups())
        start_ms = 1000 * (3600 * hours + 60 * minutes + seconds)
        rest = rest[: time.start()].rstrip()
    if pilcrow := _TURN_AT_END.search(rest):
        turn = int(pilcrow[1])
        rest = rest[: pilcrow.start()].rstrip()
    if turn is None and start_ms is None:
        return None
    return Locator(rest or None, turn, start_ms)


def from_to(first_ms: int | None, last_ms: int | None) -> str:
    """`00:00:01 to 00:14:20`; `from` or `up to` where only the one is known, "" where none is."""
    if first_ms is None:
        return "" if last_ms is None else f"up to {clock(last_ms)}"
    return (
        f"from {clock(first_ms)}" if last_ms is None else f"{clock(first_ms)} to {clock(last_ms)}"
    )


def put_in(before: str, line: str) -> tuple[int, str]:
    """How running words name a place: at which offset, and what is put in there.

    `before` are the words up to the cursor, `line` a line written by `locator`. It stands in
    brackets, without its time where it has a turn: `[P07 ¶12]`. Right behind such brackets it is
    put into them, and does not say the transcript again: `[P07 ¶12, ¶31]`. What stands there
    already is not said twice.
    """
    place = parse_locator(line)
    short = _without_time(place, line)
    brackets = _PLACES_AT_END.search(before)
    if brackets is None:
        blank = "" if not before or before[-1].isspace() else " "
        return len(before), f"{blank}[{short}]"
    name, known = None, []
    for part in brackets[1].split(","):
        found = parse_locator(part)
        if found is not None:
            name = found.transcript or name
            known.append(_without_time(Locator(name, found.turn, found.start_ms), part))
    if short in known:
        return len(before), ""
    if place is not None and place.turn is not None and place.transcript == name:
        short = f"¶{place.turn}"
    return len(before) - 1, f", {short}"


def _without_time(place: Locator | None, line: str) -> str:
    if place is None or place.turn is None:
        return line.strip()
    return locator(place.transcript, place.turn, None)

"""Where `g` goes: a turn by its number, a moment of the recording, or a place as it is cited."""

from __future__ import annotations

import re

from qualcode import errors
from qualcode.model.spans import Turn
from qualcode.services.places import PlacedText
from qualcode.text.locators import parse_locator

_TURN = re.compile(r"¶?\s*(\d{1,9})")
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d)")


def find_place(text: PlacedText, typed: str) -> Turn:
    """The turn that is meant. Raises UnknownTurnError or NoTimesError.

    `12` and `¶12` are the twelfth turn, `14:20` and `0:14:20` what is said then; a whole locator,
    `P07 ¶12 00:14:20`, is taken by its turn.
    """
    words = typed.strip()
    if turn := _TURN.fullmatch(words):
        return text.turn(int(turn[1]))
    if time := _TIME.fullmatch(words):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        return _spoken_at(text, 1000 * (3600 * hours + 60 * minutes + seconds))
    found = parse_locator(words)
    if found is None:
        raise errors.UnknownTurnError(words, where=text.name, turns=len(text.turns))
    if found.turn is not None:
        return text.turn(found.turn)
    return _spoken_at(text, found.start_ms or 0)


def _spoken_at(text: PlacedText, ms: int) -> Turn:
    """The last turn that has begun by then; the first one where none has."""
    timed = [turn for turn in text.turns if turn.start_ms is not None]
    if not timed:
        raise errors.NoTimesError(where=text.name)
    begun = [turn for turn in timed if (turn.start_ms or 0) <= ms]
    return max(begun, key=lambda turn: (turn.start_ms or 0, turn.n)) if begun else timed[0]

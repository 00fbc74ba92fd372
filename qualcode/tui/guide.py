"""The guided first tag: six steps, each done with the real keys on real words.

A step is over when the thing was really done, whichever way it was done. The guide knows nothing
of screens: it is told what happened, and says what to try next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What somebody can do that a step waits for."""

    MOVED = "moved"
    EXTENDED = "extended"
    TAGGED = "tagged"
    UNDONE = "undone"
    WENT_TO_UNCODED = "went to uncoded"
    FOUND = "found a code by its letters"


@dataclass(frozen=True, slots=True)
class Step:
    """What to try, and what it is to have done it."""

    words: str
    deed: Deed


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys as this person and this codebook have them, as they are written."""

    down: str
    extend: str
    theme: str
    code: str
    code_name: str
    undo: str
    uncoded: str
    find: str
    help: str
    back: str


def steps(keys: Keys) -> tuple[Step, ...]:
    """The six steps in the words of these keys."""
    tag = f"Press {keys.find}, type some letters of a code, {keys.find} again."
    if keys.theme:
        tag = f"Press {keys.theme}, then {keys.code}: that puts {keys.code_name} here."
    return (
        Step(f"Press {keys.down} to go to the next sentence.", Deed.MOVED),
        Step(f"Press {keys.extend} to take the next sentence in too.", Deed.EXTENDED),
        Step(tag, Deed.TAGGED),
        Step(f"Press {keys.undo}: that takes it back. Nothing is ever lost.", Deed.UNDONE),
        Step(
            f"Press {keys.uncoded} to go to the next answer without a code.", Deed.WENT_TO_UNCODED
        ),
        Step(f"Press {keys.find}, type some letters of a code, {keys.find} again.", Deed.FOUND),
    )


class Guide:
    """Where somebody is in the six steps."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._steps = steps(keys)
        self.at = 0

    @property
    def over(self) -> bool:
        """True when all was done."""
        return self.at == len(self._steps)

    def saw(self, deed: Deed) -> bool:
        """Tell what happened; True where that was the step."""
        if self.over:
            return False
        wanted = self._steps[self.at].deed
        # Found by its letters or put by its keys: both are a code on words.
        fits = deed is wanted or (wanted is Deed.TAGGED and deed is Deed.FOUND)
        self.at += fits
        return fits

    def line(self) -> str:
        """What to try next."""
        if self.over:
            more = f"{self._keys.help} shows every key, {self._keys.back} goes back."
            return f"That is all there is to it. {more}"
        return f"{self.at + 1} of {len(self._steps)}: {self._steps[self.at].words}"

"""Moving the ends of a coding: word by word, seen while it is done, and saved as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.model.coding import Coding
from qualcode.model.spans import Span
from qualcode.tui.transcript.units import Unit

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

HINT = "Moving ends: ←→ the end, shift+←→ (H L) the start, Enter saves, Esc leaves"


class Ends:
    """The coding whose ends are moved, if there is one; where they are is the view's selection."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._coding: Coding | None = None

    @property
    def moving(self) -> bool:
        """True from `begin` to `save` or `leave`."""
        return self._coding is not None

    def begin(self, coding: Coding) -> None:
        """Select the coding; from now on the arrows move its ends."""
        self._coding = coding
        self._select(Span(coding.segment.start, coding.segment.end))

    def move_end(self, step: int) -> None:
        """The end a word on or back; it stops before the start."""
        self._step(step, back=False)

    def move_start(self, step: int) -> None:
        """The start a word on or back; it stops before the end."""
        self._step(step, back=True)

    def save(self) -> None:
        """Let the coding reach from here to there."""
        coding, span = self._coding, self._screen.view.cursor
        self._coding = None
        if coding is not None:
            self._screen.acts.save_ends(coding, span)

    def leave(self) -> None:
        """Leave the coding as it was."""
        coding, self._coding = self._coding, None
        if coding is not None:
            place = coding.segment
            self._screen.view.select(Span(place.start, place.end))
            self._screen.say("The ends stay where they were.")

    def _step(self, step: int, *, back: bool) -> None:
        before = self._screen.view.cursor
        after, moved_start = self._screen.view.units.extend(before, Unit.WORD, step, back=back)
        # An end that would come past the other one stays: what would be coded then?
        crossed = moved_start is not back
        self._select(before if crossed else after)

    def _select(self, span: Span) -> None:
        self._screen.view.select(span, Unit.WORD)
        self._screen.say(HINT)

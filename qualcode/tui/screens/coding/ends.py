"""Moving the ends of a coding: word by word, seen while it is done, and saved as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.model.coding import Coding
from qualcode.model.spans import Span
from qualcode.text.counting import counted
from qualcode.text.words import count_words
from qualcode.tui.keys import BY_ID
from qualcode.tui.transcript.units import Unit

if TYPE_CHECKING:
    from qualcode.tui.screens.coding.screen import CodingScreen

_AS_THEY_WERE = "The ends stay where they were."
_UNCHANGED = "Nothing was changed: the ends are where they were."


class Ends:
    """The coding whose ends are moved, if there is one, and where they are now.

    What is saved is what the keys have moved: the mouse may select other words meanwhile.
    """

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._coding: Coding | None = None
        self._span: Span | None = None

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
        coding, span = self._end()
        if coding is None or span is None:
            return
        if span == Span(coding.segment.start, coding.segment.end):
            self._screen.say(_UNCHANGED)
        else:
            self._screen.acts.save_ends(coding, span)

    def leave(self) -> None:
        """Leave the coding as it was, and select it."""
        coding, _ = self._end()
        if coding is not None:
            place = coding.segment
            self._screen.view.select(Span(place.start, place.end))
            self._screen.say(_AS_THEY_WERE)

    def look_away(self) -> None:
        """Leave the coding as it was where something else has been selected."""
        if self._coding is not None and self._screen.view.cursor != self._span:
            self._end()
            self._screen.say(_AS_THEY_WERE)

    def _end(self) -> tuple[Coding | None, Span | None]:
        found = self._coding, self._span
        self._coding = self._span = None
        return found

    def _step(self, step: int, *, back: bool) -> None:
        before = self._span
        if before is None:
            return
        after, moved_start = self._screen.view.units.extend(before, Unit.WORD, step, back=back)
        # An end that would come past the other one stays: what would be coded then?
        crossed = moved_start is not back
        self._select(before if crossed else after)

    def _select(self, span: Span) -> None:
        self._span = span
        self._screen.view.select(span, Unit.WORD)
        self._screen.say(self._hint(span))

    def _hint(self, span: Span) -> str:
        words = count_words(self._screen.session.text.text[span.start : span.end])
        # Some terminals keep shift with an arrow to themselves: the letters are named as well.
        starts = (BY_ID["coding.extend-left"], BY_ID["coding.extend-right"])
        left, right = map(self._screen.app.keymap.label, starts)
        return self._screen.fill(
            f"Ends, {counted(words, 'word')}: {{coding.word-left}} {{coding.word-right}} end, "
            f"{left} {right} start, {{coding.find-code}} saves, {{everywhere.back}} leaves"
        )

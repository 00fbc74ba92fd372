"""Where somebody is who codes in lines: a passage of one transcript, moved by words that are typed.

The steps are those of the screen (`transcript/units.py`); here is what goes with them: the hits of
a search, and where one comes to stand in a turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode import errors
from qualcode.model.spans import Span, Turn
from qualcode.services.places import PlacedText
from qualcode.tui.transcript.units import Unit, Units


class Cursor:
    """A passage that is always somewhere in the text, and the unit it was last moved by."""

    def __init__(self, text: PlacedText, sentences: Sequence[Span]) -> None:
        self._text = text
        self._units = Units(text.text, text.turns)
        self._units.set_sentences(sentences)
        self._moves_start = False
        self.hits: tuple[Span, ...] = ()
        self.unit = Unit.SENTENCE
        whole = Span(0, max(len(text.text), 1))
        self.span = self._units.first(Unit.SENTENCE) or whole

    def go_to(self, span: Span, unit: Unit) -> None:
        """Be at a passage."""
        self.span, self.unit, self._moves_start = span, unit, False

    def step(self, unit: Unit, step: int) -> bool:
        """Move by a unit, on (1) or back (-1); False at an end of the text."""
        span = self._units.step(self.span, unit, step, counted_in=self.unit)
        if span == self.span and unit is not self.unit:  # a turn of one sentence
            span = self._units.step(span, unit, step)
        if span == self.span:
            return False
        self.go_to(span, unit)
        return True

    def extend(self, step: int) -> None:
        """Let the moving end go a sentence on (1) or back (-1)."""
        self.span, self._moves_start = self._units.extend(
            self.span, Unit.SENTENCE, step, back=self._moves_start
        )
        self.unit = Unit.SENTENCE

    def go_to_turn(self, turn: Turn) -> None:
        """Be at the first sentence of a turn; at all of it where one moves by turns."""
        first = self._units.at(Unit.SENTENCE, turn.start)
        if self.unit is Unit.TURN or first is None or first.end > turn.end:
            self.go_to(Span(turn.start, turn.end), Unit.TURN)
        else:
            self.go_to(first, Unit.SENTENCE)

    def go_to_hit(self, step: int) -> int:
        """Go to the next hit (1), the one before (-1) or the one here or after (0), and round.

        Returns its number, from 1. Raises NothingFoundYetError.
        """
        if not self.hits:
            raise errors.NothingFoundYetError
        here = self.span.start
        if step < 0:
            chosen = [at for at, hit in enumerate(self.hits) if hit.start < here][-1:]
        else:
            chosen = [at for at, hit in enumerate(self.hits) if hit.start >= here + step][:1]
        at = chosen[0] if chosen else min(step, 0) % len(self.hits)
        self.go_to(self.hits[at], Unit.WORD)
        return at + 1

    def sentences_around(self) -> Span:
        """The whole sentences that the passage touches."""
        return self._units.around(Unit.SENTENCE, self.span)

    def moved(self, span: Span, words: int, *, start: bool) -> Span:
        """A span with one end moved by words; raises TooFarError where it cannot be."""
        for _ in range(abs(words)):
            one = 1 if words > 0 else -1
            further, is_start = self._units.extend(span, Unit.WORD, one, back=start)
            if is_start is not start or further == span:
                raise errors.TooFarError
            span = further
        return span

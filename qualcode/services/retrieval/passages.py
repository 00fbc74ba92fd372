"""A passage: a run of words of one transcript that may leave, with all that is said of it.

Where it goes over several turns it is said who goes on speaking. Between the quotation marks of one
person a question, or what somebody else said, would be that person's; so who speaks stands in
brackets before it, as all does that nobody said: `[Interviewer:]`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qualcode.model.consent import CUT
from qualcode.model.people import Participant, Speaker
from qualcode.model.spans import Span, Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import INTERVIEWER_TEXT
from qualcode.services.consent.names.shown_words import NOTHING_HIDDEN, ShownWords
from qualcode.services.places import PlacedText

_ANOTHER: Final = "Another speaker"
"""Who goes on where no label says who it is."""

Stretches = tuple[tuple[int, int], ...]
"""Places of one text as (start, end), in order."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words of one transcript that may leave, with all that is said of it."""

    transcript: StoredTranscript
    text: PlacedText
    start: int
    end: int
    turn: Turn | None
    participant: Participant | None
    speaker: Speaker | None
    closed: Stretches
    shown: ShownWords = NOTHING_HIDDEN
    voices: Callable[[Turn], str | None] | None = None

    def words(self, start: int, end: int) -> tuple[str, int]:
        """The words of a stretch of the same text as they may be shown, and how many edits.

        Where another goes on speaking it is said who, in brackets: a question is nobody's answer.
        """
        others = self.text.turns_in(Span(start, end))[1:] if start < end else ()
        if others and self.voices is not None:
            return _in_turns(self.shown, self.text, (start, end), others, self.voices)
        return self.shown.stretch(self.text.version, self.text.text, start, end)


def _in_turns(
    shown: ShownWords,
    text: PlacedText,
    place: tuple[int, int],
    others: Sequence[Turn],
    voices: Callable[[Turn], str | None],
) -> tuple[str, int]:
    """The words of a stretch of several turns, and how many brackets are in them.

    It is said who begins each of the `others` behind its first turn, and who begins that one where
    it is a question. Of a turn that is not shown nothing is said; what is left out over several
    turns is so at once.
    """
    start, end = place
    hidden = [edit.span for edit in shown.edits(text.version, text.text)]
    begins = {
        turn.start: turn
        for turn in others
        if not any(span.start < turn.start < span.end for span in hidden)
    }
    first = text.turn_at(start)
    who = None if first is None else voices(first)
    last = None if who == INTERVIEWER_TEXT else who
    said, count = "", 0
    for here, there in pairwise((start, *begins, end)):
        words, edits = shown.stretch(text.version, text.text, here, there)
        who = voices(begins[here]) if here in begins else who
        if who != last and words.strip() not in ("", CUT):
            words, edits, last = f"[{who or _ANOTHER}:] {words}", edits + 1, who
        said, count = said + words, count + edits
    return said, count

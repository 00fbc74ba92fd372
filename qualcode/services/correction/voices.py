"""Who speaks where in two versions of a transcript, and which words a correction gives to another.

A speaker is compared as they are read: whose the words are, and in which role, not how a label is
spelt. Words that go over to another speaker may leave under another's name, so nothing that was
coded goes along with them unasked, and words that nobody was to see are counted on their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from qualcode.model.people import Role, Speaker
from qualcode.model.spans import Span, Turn
from qualcode.services.consent.attribution import Consent, passes
from qualcode.services.places import PlacedText
from qualcode.store import queries, speaking
from qualcode.store.engine import Session
from qualcode.text.anchoring import Alignment, Anchored, Outcome

Voice = tuple[str | None, Role]
"""Whose words they are, where that is known, and the role in which they are said."""

_NOBODY: Final = Speaker("")
_FEWEST_CHARACTERS: Final = 20
"""In a row, three or four words: what stayed of other words by chance is shorter."""

_MOST_TURNS: Final = 10_000
"""More are not laid side by side as turns, but as words alone."""


@dataclass(frozen=True, slots=True)
class Respoken:
    """How many turns of the old version another speaks now, whole or a few words of them.

    `opened` counts those of them whose words were to leave in nothing and may leave from now on.
    """

    turns: int = 0
    opened: int = 0


class Voices:
    """The speakers of two versions side by side; `speakers` are as read, by label."""

    def __init__(self, old: PlacedText, new: PlacedText, speakers: Mapping[str, Speaker]) -> None:
        self._old = old
        self._new = new
        self._speakers = speakers

    def checked(self, span: Span, anchored: Anchored) -> Anchored:
        """A passage's place in the new text, to be looked at where another speaks there."""
        if anchored.outcome is Outcome.LOST or not self.differ(span, anchored.span):
            return anchored
        return replace(anchored, outcome=Outcome.CHECK)

    def differ(self, span: Span, place: Span | None) -> bool:
        """True where others speak in a place, or in another order, than in the old passage."""
        return place is not None and self._in(self._old, span) != self._in(self._new, place)

    def respoken(self, consent: Consent, took_part: Sequence[str]) -> Respoken:
        """How many turns are another's now, and how many of these were closed and open so."""
        if len({self._voice(turn) for one in (self._old, self._new) for turn in one.turns}) < 2:
            return Respoken()
        was, closed = (
            consent.closed_turns(one.turns, self._speakers, took_part)
            for one in (self._old, self._new)
        )
        turns = opened = 0
        for turn, places in self._given_to_others():
            turns += 1
            opened += not passes(turn.start, turn.end, was) and any(
                passes(place.start, place.end, closed) for place in places
            )
        return Respoken(turns, opened)

    def _given_to_others(self) -> Iterator[tuple[Turn, list[Span]]]:
        """The old turns that others speak now, and where in the new text those of their words are.

        Turns that stand there as they were are nobody else's, so that only what lies between them
        is aligned.
        """
        for old, new in self._between_the_same():
            if not (old and new):
                continue
            low, new_low = old[0].start, new[0].start
            alignment = Alignment(
                self._old.text[low : old[-1].end], self._new.text[new_low : new[-1].end]
            )
            for turn in filter(_has_words, old):
                stayed = alignment.stayed(Span(turn.start - low, turn.end - low))
                here = self._voice(turn)
                moved = [
                    place
                    for one in stayed
                    for place, voice in self._parts(Span(one.start + new_low, one.end + new_low))
                    if voice != here
                ]
                if _is_much_of(turn, moved):
                    yield turn, moved

    def _between_the_same(self) -> Iterator[tuple[Sequence[Turn], Sequence[Turn]]]:
        """The turns, old and new, between those that stand in both, with their speakers."""
        old, new = self._old.turns, self._new.turns
        if max(len(old), len(new)) > _MOST_TURNS:
            yield old, new
            return
        from rapidfuzz.distance import Levenshtein  # 14 ms; corrections are rare

        ids: dict[tuple[Voice, str], int] = {}
        numbers = [
            [
                ids.setdefault((self._voice(turn), one.text[turn.start : turn.end]), len(ids))
                for turn in one.turns
            ]
            for one in (self._old, self._new)
        ]
        ops = Levenshtein.opcodes(*numbers)
        for is_same, gap in groupby(ops, key=lambda op: op.tag == "equal"):
            if not is_same:
                run = list(gap)
                first, last = run[0], run[-1]
                yield old[first.src_start : last.src_end], new[first.dest_start : last.dest_end]

    def _parts(self, place: Span) -> Iterator[tuple[Span, Voice]]:
        """A stretch of the new text, turn by turn."""
        for turn in self._new.turns_in(place):
            start, end = max(place.start, turn.start), min(place.end, turn.end)
            yield Span(start, end), self._voice(turn)

    def _in(self, text: PlacedText, span: Span) -> list[Voice]:
        """Who speaks in a passage, one after another."""
        return [voice for voice, _ in groupby(map(self._voice, text.turns_in(span)))]

    def _voice(self, turn: Turn) -> Voice:
        speaker = self._speakers.get(turn.speaker or "", _NOBODY)
        return speaker.participant, speaker.role


class Casts:
    """What is known of all speakers of a study, read once for any number of transcripts."""

    def __init__(self, session: Session) -> None:
        self._speakers = speaking.speakers(session)
        self.read_as = speaking.read_labels(session)
        self._took_part = queries.taking_part(session)
        people = {person.code: person for person in queries.participants(session)}
        self._consent = Consent(people, {})

    def voices(self, transcript: str, old: PlacedText, new: PlacedText) -> Voices:
        """Who speaks in two versions of a transcript (its uid)."""
        return Voices(old, new, self._speakers.get(transcript, {}))

    def closed(self, transcript: str, text: PlacedText) -> tuple[tuple[int, int], ...]:
        """The stretches of a version of a transcript (its uid) that may not leave."""
        return self._consent.closed_turns(
            text.turns, self._speakers.get(transcript, {}), self._took_part.get(transcript, ())
        )

    def respoken(self, transcript: str, voices: Voices) -> Respoken:
        """What a correction gives to others, by what everybody agreed to."""
        return voices.respoken(self._consent, self._took_part.get(transcript, ()))


def _has_words(turn: Turn) -> bool:
    return turn.start < turn.end


def _is_much_of(turn: Turn, moved: Sequence[Span]) -> bool:
    return any(len(one) >= _FEWEST_CHARACTERS for one in moved) or (
        2 * sum(map(len, moved)) > turn.end - turn.start
    )

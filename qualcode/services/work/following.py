"""Where somebody stands once their transcript was corrected: at the same words, or next to them.

Unlike `carrying` this never says that there is no place: a cursor has to stand somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from qualcode.model.spans import Span, Turn
from qualcode.services.places import PlacedText
from qualcode.text.anchoring import Alignment, Anchored, Outcome

_TURNS_AROUND: Final = 12
"""So many turns on either side are looked for; where none is there, most was written anew."""

_SURE: Final = frozenset({Outcome.CARRIED, Outcome.ADJUSTED})


def place_now(old: PlacedText, new: PlacedText, span: Span) -> Span | None:
    """Where a passage of one version is in another, or what is nearest; None: there are no words.

    Aligning the two takes 0.1 s for two hours of talk.
    """
    if old.text == new.text:
        return span
    return place_near(old, new, span, Alignment(old.text, new.text).anchor)


def place_near(
    old: PlacedText, new: PlacedText, span: Span, anchor: Callable[[Span], Anchored]
) -> Span | None:
    """The same for two texts that are aligned already."""
    if not new.text.strip():
        return None
    place = anchor(span).span
    if place is not None:
        return place
    turn = _turn_beside(old, new, span, anchor) or _turn_as_far(old, new, span)
    return Span(0, len(new.text)) if turn is None else Span(turn.start, turn.end)


def _turn_beside(
    old: PlacedText, new: PlacedText, span: Span, anchor: Callable[[Span], Anchored]
) -> Turn | None:
    """The turn that has the place of the one which is gone, next to a neighbour that is there."""
    for turn, steps in _neighbours(old, span):
        found = anchor(Span(turn.start, turn.end))
        if found.span is None or found.outcome not in _SURE:
            continue
        neighbour = new.turn_at(found.span.start if steps < 0 else found.span.end - 1)
        if neighbour is not None:
            return _spoken(new, neighbour.n + steps) or neighbour
    return None


def _neighbours(old: PlacedText, span: Span) -> Iterator[tuple[Turn, int]]:
    """The turns around, the nearest first, each with how many turns on from there one stood."""
    here = old.turn_at(span.start)
    if here is None:
        return
    for distance in range(_TURNS_AROUND + 1):
        for steps in (distance, -distance):
            turn = _spoken(old, here.n - steps)
            if turn is not None:
                yield turn, steps


def _turn_as_far(old: PlacedText, new: PlacedText, span: Span) -> Turn | None:
    """The turn that is as far along in the text as the passage was."""
    here = new.turn_at(span.start * len(new.text) // max(1, len(old.text)))
    return None if here is None else _spoken(new, here.n)


def _spoken(text: PlacedText, n: int) -> Turn | None:
    """The turn of a number, where there is one that holds words."""
    if not 1 <= n <= len(text.turns):
        return None
    turn = text.turns[n - 1]
    return turn if turn.start < turn.end else None

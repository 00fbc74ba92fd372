"""Why a coding waits since a correction, in the words that the screen and the plain lines say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qualcode.model.spans import Span
from qualcode.text.anchoring import Outcome

if TYPE_CHECKING:
    from qualcode.services.correction.reviewing import ReviewPage, Waiting
    from qualcode.services.places import PlacedText

_MOVED: Final = "moved"
_OTHER_SPEAKER: Final = "other speaker"

_SHORT: Final = {
    Outcome.CARRIED: "arrived late",
    Outcome.ADJUSTED: "arrived late",
    Outcome.CHECK: "changed words",
    Outcome.LOST: "not found",
    _MOVED: "moved",
    _OTHER_SPEAKER: "other speaker",
}

_WHOLE: Final = {
    Outcome.CARRIED: "it arrived late; the same words are there",
    Outcome.ADJUSTED: "it arrived late; nearly the same words are there",
    Outcome.CHECK: "its words changed much",
    Outcome.LOST: "its words are not found any more",
    _MOVED: "its words stand elsewhere now",
    _OTHER_SPEAKER: "another speaks there now",
}

SHORT_CELLS: Final = max(map(len, _SHORT.values()))
"""Of what `in_short` says."""


def in_short(one: Waiting) -> str:
    """Why it waits, in a word or two."""
    return _SHORT[_reason(one)]


def why(one: Waiting, page: ReviewPage) -> str:
    """Why it waits, and who speaks there now where that is another."""
    said = _WHOLE[_reason(one)]
    if not one.other_speaker or one.place is None:
        return said
    here = Span(one.coding.segment.start, one.coding.segment.end)
    before = _speakers(page.old[one.coding.segment.version], here)
    now = _speakers(page.now[one.uid], one.place)
    # Of one label it may be said anew whose it is: then it stands for another, and looks the same.
    return f"{said}, {now} and not {before}" if now and before and now != before else said


def _reason(one: Waiting) -> str:
    """The outcome, or that another speaks there, or that the very words were moved."""
    if one.other_speaker:
        return _OTHER_SPEAKER
    return _MOVED if one.outcome is Outcome.CHECK and one.new == one.old else one.outcome


def _speakers(text: PlacedText, span: Span) -> str:
    labels = dict.fromkeys(turn.speaker for turn in text.turns_in(span) if turn.speaker)
    return ", ".join(labels)

"""Quotations that do not say in which interview they stand, nor where in it.

So a publication quotes a study in which somebody would be found through whom they sat with
(`consent/joint_interviews.py`). Words are told by whose they are: the code stands for the interview
and for the place, the passages come person by person, and what identifies a coding says no place
either. Of a joint interview each person's words stand apart: the turns of the others are left out
of them, and around them it is read as far as it is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar, cast

from qualcode import errors
from qualcode.model.matrix import Quotation
from qualcode.model.people import Speaker, coder_key
from qualcode.model.spans import Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.joint_interviews import (
    Joint,
    is_of_one_sitting,
    of_others,
    whose_turns,
)
from qualcode.services.consent.names.shown_words import ShownWords
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.filters import OF_THE_FILE, Unsaid

SEVERAL_PEOPLE: Final = "joint interview"
"""How an interview with several people is called where its name is not said."""

_DIGITS: Final = 16
"""Of what identifies a coding: enough for every coding of a study to have its own."""


class _OfAnInterview(Protocol):
    """A passage, as far as it says of which interview it is."""

    @property
    def transcript(self) -> StoredTranscript: ...


_Passage = TypeVar("_Passage", bound=_OfAnInterview)
_Value = TypeVar("_Value")


def check_filter(names: Sequence[str], asked: Set[str], joint: Iterable[Joint]) -> None:
    """Refuse a filter by these names that asks by interview, or comes out as one interview.

    `asked` are the people, by code, who are chosen: beside nobody else each of those who met would
    lead to the others, whatever they were chosen by. Raises JointInterviewError.
    """
    for name in OF_THE_FILE:
        if name in names:
            raise errors.JointInterviewError(name)
    met = (frozenset({*one.closed, *one.found}) for one in joint)
    if len(asked) > 1 and is_of_one_sitting(asked, met):
        raise errors.JointInterviewError(" and ".join(names))


def called_by_person(
    transcripts: Iterable[StoredTranscript], who_spoke: Callable[[StoredTranscript], Set[str]]
) -> list[StoredTranscript]:
    """The transcripts, each called as who was interviewed; one of nobody known keeps its name."""
    return [replace(one, name=_called(one.name, who_spoke(one))) for one in transcripts]


def _called(name: str, people: Set[str]) -> str:
    return SEVERAL_PEOPLE if len(people) > 1 else next(iter(people), name)


def of_nobody(transcript: StoredTranscript) -> str:
    """How words of nobody in particular are called: not as who was interviewed there."""
    is_ones = transcript.name in transcript.participants
    return f"{transcript.name} ({Unsaid.SEVERAL.value})" if is_ones else transcript.name


def by_person(
    found: Iterable[tuple[Quotation, _Passage]],
) -> list[tuple[Quotation, _Passage]]:
    """Quotations without their places, those of one person together."""
    unplaced = [(_unplaced(one, passage.transcript), passage) for one, passage in found]
    return sorted(unplaced, key=lambda pair: pair[0].transcript)


def _unplaced(quotation: Quotation, transcript: StoredTranscript) -> Quotation:
    whose = quotation.participant or of_nobody(transcript)
    coder = coder_key(quotation.coder)
    place = sha256(quotation.coding.removesuffix(coder).encode()).hexdigest()[:_DIGITS]
    return replace(
        quotation,
        # Who put it there ends it, as it does where the place is said.
        coding=f"{place}:{coder}",
        transcript=whose,
        locator=whose,
        turn=None,
        start_ms=None,
        placed=False,
    )


def without_places(value: _Value) -> _Value:
    """The same value, in which no quotation that says no place holds one.

    Until it leaves, a quotation keeps its version and characters: consent is asked by them. Side by
    side they would say who sat together, and in which order they spoke.
    """
    return cast(_Value, _without_places(value))


def _without_places(value: Any) -> Any:
    if isinstance(value, tuple):
        made = [_without_places(one) for one in value]
        same = all(one is other for one, other in zip(value, made, strict=True))
        return value if same else tuple(made)
    if isinstance(value, Quotation):
        return value if value.placed else replace(value, version="", start=0, end=0)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {one.name: getattr(value, one.name) for one in fields(value)}
    changed = {name: _without_places(one) for name, one in held.items()}
    changed = {name: one for name, one in changed.items() if one is not held[name]}
    return replace(value, **changed) if changed else value


@dataclass(frozen=True, slots=True)
class Alone:
    """What is read of a joint interview beside the words of one, by code, and what is not."""

    person: str | None
    left_out: tuple[tuple[int, int], ...]
    shown: ShownWords


class Apart:
    """The words of those who sat in joint interviews, each shown without the others'."""

    def __init__(self, transcripts: Set[str], shown: ShownWords) -> None:
        self._transcripts = transcripts
        self._shown = shown
        self._whose: dict[str, tuple[str | None, ...]] = {}
        self._alone: dict[tuple[str, str | None], Alone] = {}

    def __contains__(self, transcript: str) -> bool:
        """True for the uid of a transcript in which they stand apart."""
        return transcript in self._transcripts

    def alone(self, text: PlacedText, speakers: Mapping[str, Speaker], turn: Turn | None) -> Alone:
        """What is read beside a passage that begins in a turn; worked out once for each person."""
        if text.version not in self._whose:
            self._whose[text.version] = whose_turns(text.turns, speakers)
        whose = self._whose[text.version]
        person = None if turn is None else whose[turn.n - 1]
        key = text.version, person
        if key not in self._alone:
            others = of_others(text.turns, whose, person)
            left_out = tuple((span.start, span.end) for span in others)
            self._alone[key] = Alone(person, left_out, self._shown.without(others))
        return self._alone[key]

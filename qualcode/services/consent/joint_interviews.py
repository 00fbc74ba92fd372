"""Interviews that somebody who is not to be found shares with somebody who can be.

Two people who sat in one interview are joined by whatever says which interview it was: its name,
the paragraphs that follow one another, the words that one says to the other. Where one of them is
cited with organisation, day or name, all three lead to the other. So a publication of a study with
such an interview says of nobody in which one, and where in it, the words stand: said of all others,
what is not said would itself be the sign. And beside the words of one of the two the other's are
left out, with the questions put to them. The team's files say all of it, so that passages can be
found; who makes them is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from qualcode.model.consent import Audience, Export, Shown
from qualcode.model.people import Attribution, Participant, Role, Speaker
from qualcode.model.spans import Span, Turn

CLOSED: Final = frozenset({Attribution.ANONYMOUS, Attribution.ROLE, Attribution.PSEUDONYM})
"""Levels at which somebody agreed to be found by nothing that stands beside their words."""

_FOUND: Final = frozenset({Attribution.NAMED, Attribution.ROLE_ORGANISATION})
"""Levels at which a reader can tell who it is, or where and on which day they were met."""

_LEADS_TO: Final = frozenset({Shown.NAME, Shown.ORGANISATION, Shown.DAY})
"""Facts of an earlier export that do the same."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who took part in one interview, or speaks in it, by code; `recording` is its file, if any."""

    transcript: str
    recording: str | None
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Joint:
    """One interview of somebody who is not to be found, the `closed`, and of who can be, `found`.

    `transcripts` are the uids of all that were written of it. All of them are in order.
    """

    transcripts: tuple[str, ...]
    closed: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """`P06 was interviewed with P09, who can be found`."""
        verb = "was" if len(self.closed) == 1 else "were"
        if set(self.found) <= set(self.closed):
            return (
                f"{' and '.join(self.closed)} {verb} interviewed together, and cited otherwise once"
            )
        return (
            f"{' and '.join(self.closed)} {verb} interviewed with "
            f"{' and '.join(self.found)}, who can be found"
        )


def warnings_of(joint: Iterable[Joint], present: Set[str], audience: Audience) -> Iterator[str]:
    """What is to be said to whoever makes a file with the words of these people, by code."""
    for one in joint:
        is_team = audience is Audience.TEAM
        if is_team and not (present & {*one.closed} and present & {*one.found}):
            continue
        done = "no interview and no paragraph is said"
        if is_team:
            done = "this file says so, a publication does not"
        yield f"{one.in_words}: {done}"


def joint_interviews(
    people: Mapping[str, Participant], sittings: Iterable[Sitting], exports: Iterable[Export]
) -> tuple[Joint, ...]:
    """Those of the study, in the order of their transcripts.

    Transcripts of one recording are one interview. Who was cited in an earlier export so that they
    can be found stays so for those who hold it, also where nothing more of theirs leaves.
    """
    can_be_found = {code for code, one in people.items() if one.attribution in _FOUND}
    for export in exports:
        can_be_found |= {code for code, facts in export.shown.items() if facts & _LEADS_TO}
    found: list[Joint] = []
    for transcripts, everybody in interviews_of(sittings):
        closed = {code for code in everybody & people.keys() if people[code].attribution in CLOSED}
        # Who was found once is no danger to themselves: it takes another who is closed.
        leading = {code for code in everybody & can_be_found if closed - {code}}
        endangered = {code for code in closed if leading - {code}}
        if endangered:
            known = leading - endangered or leading
            found.append(Joint(transcripts, tuple(sorted(endangered)), tuple(sorted(known))))
    return tuple(sorted(found, key=lambda one: one.transcripts))


def interviews_of(
    sittings: Iterable[Sitting],
) -> Iterator[tuple[tuple[str, ...], frozenset[str]]]:
    """The transcripts of each interview, those of one recording together, and who took part."""
    by_recording: dict[tuple[bool, str], list[Sitting]] = defaultdict(list)
    for one in sittings:
        key = (False, one.transcript) if one.recording is None else (True, one.recording)
        by_recording[key].append(one)
    for those in by_recording.values():
        uids = tuple(sorted(one.transcript for one in those))
        yield uids, frozenset().union(*(one.people for one in those))


def whose_turns(turns: Sequence[Turn], speakers: Mapping[str, Speaker]) -> tuple[str | None, ...]:
    """By whom each turn may be read, by code: who speaks, or who answers the question; else None.

    Read beside the words of two, one question would say that it was put to both.
    """
    found: list[str | None] = []
    answering: str | None = None
    for turn in reversed(turns):
        speaker = speakers.get(turn.speaker or "")
        if speaker is None or speaker.role is not Role.INTERVIEWER:
            answering = None if speaker is None else speaker.participant
        found.append(answering)
    return tuple(reversed(found))


def of_others(
    turns: Sequence[Turn], whose: Sequence[str | None], person: str | None
) -> tuple[Span, ...]:
    """The turns that are not this one's, in order; what follows one another is one stretch."""
    runs = groupby(zip(turns, whose, strict=True), key=lambda pair: pair[1] != person)
    others = ([turn for turn, _ in run] for is_others, run in runs if is_others)
    return tuple(Span(those[0].start, those[-1].end) for those in others)


def is_of_one_sitting(codes: Collection[str], sittings: Iterable[frozenset[str]]) -> bool:
    """True where all of these met in one interview: what they share tells of that interview."""
    return any(frozenset(codes) <= met for met in sittings)

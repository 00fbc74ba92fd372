"""What is said of transcripts and people, as it may be said: no name of another stands in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import replace
from itertools import chain, count

from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.of_interviews import as_agreed
from qualcode.services.consent.names.shown_words import ShownWords


def shown_transcripts(
    stored: Sequence[StoredTranscript], shown: ShownWords
) -> list[StoredTranscript]:
    """The transcripts as they may be called; of two that would be called the same, one is (2)."""
    found: list[StoredTranscript] = []
    taken = {transcript.name for transcript in stored}
    for transcript in stored:
        name = shown.label(transcript.name)
        if name != transcript.name:
            name = _free(name, taken)
            taken.add(name)
        facts = {key: shown.label(value) for key, value in transcript.attributes.items()}
        found.append(replace(transcript, name=name, attributes=facts))
    return found


def agreed_transcripts(
    transcripts: Sequence[StoredTranscript],
    agreed: Consent,
    who_spoke: Callable[[StoredTranscript], Set[str]],
) -> list[StoredTranscript]:
    """The transcripts as a publication may call them, no two alike.

    No name says more of the day, or of who took part, than all of them agreed to.
    """
    found: list[StoredTranscript] = []
    taken = {transcript.name for transcript in transcripts}
    for transcript in transcripts:
        people = sorted(who_spoke(transcript))
        name = as_agreed(transcript.name, transcript.interviewed, agreed, people)
        if name != transcript.name:
            name = _free(name, taken)
            taken.add(name)
        found.append(replace(transcript, name=name))
    return found


def shown_consent(agreed: Consent, shown: ShownWords) -> Consent:
    """The same consent, in which nothing that is said of somebody names another."""
    return replace(
        agreed,
        participants={
            code: replace(
                person,
                role=shown.label(person.role or "") or None,
                organisation=shown.label(person.organisation or "") or None,
                place=shown.label(person.place or "") or None,
                stakeholder=shown.label(person.stakeholder or "") or None,
                attributes={key: shown.label(value) for key, value in person.attributes.items()},
            )
            for code, person in agreed.participants.items()
        },
    )


def _free(name: str, taken: Collection[str]) -> str:
    others = (f"{name} ({n})" for n in count(2))
    return next(one for one in chain([name], others) if one not in taken)

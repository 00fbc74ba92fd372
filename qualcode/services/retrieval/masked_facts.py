"""What is said of transcripts and people, as it may be said: no name of another stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace

from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.names.of_interviews import as_agreed
from qualcode.services.consent.names.shown_words import ShownWords
from qualcode.text.told_apart import told_apart


def shown_transcripts(
    stored: Sequence[StoredTranscript], shown: ShownWords
) -> list[StoredTranscript]:
    """The transcripts as they may be called, no two alike, nor like one that is stored."""
    found: list[StoredTranscript] = []
    names = _told_apart(stored, [shown.label(one.name) for one in stored])
    for transcript, name in zip(stored, names, strict=True):
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
    said = [
        as_agreed(one.name, one.interviewed, agreed, sorted(who_spoke(one))) for one in transcripts
    ]
    names = _told_apart(transcripts, said)
    return [replace(one, name=name) for one, name in zip(transcripts, names, strict=True)]


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


def _told_apart(before: Sequence[StoredTranscript], said: Sequence[str]) -> Iterator[str]:
    """What each is called: who is called otherwise now is never called as another was before."""
    changed = {n: name for n, name in enumerate(said) if name != before[n].name}
    names = told_apart(changed, taken=(one.name for one in before))
    return (names.get(n, name) for n, name in enumerate(said))

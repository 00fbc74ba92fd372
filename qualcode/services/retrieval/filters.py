"""Filters: `place=Thornwick`, on what is known of a participant or of a transcript.

Filters of different names all have to hold; of one name, any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from qualcode import errors
from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import Consent

_PARTICIPANT_FIELDS = ("place", "stakeholder", "organisation", "role", "attribution")
_TRANSCRIPT_FIELDS: Mapping[str, Callable[[StoredTranscript], str | None]] = {
    "transcript": lambda t: t.name,
    "language": lambda t: t.language,
    "date": lambda t: t.interviewed,
    "format": lambda t: t.format,
}


def attribute_names(
    transcripts: Sequence[StoredTranscript], participants: Sequence[Participant]
) -> tuple[str, ...]:
    """All names that a filter or the rows of a matrix may have, in order."""
    further = {name for t in transcripts for name in t.attributes}
    further |= {name for p in participants for name in p.attributes}
    fields = ("participant", *_PARTICIPANT_FIELDS, *_TRANSCRIPT_FIELDS)
    return (*fields, *sorted(further.difference(fields)))


def value_of(
    name: str, transcript: StoredTranscript | None, participant: Participant | None
) -> str | None:
    """What is known under a name; the participant's own word comes before the transcript's.

    Without a transcript it is what is known of somebody who was not interviewed.
    """
    if name == "participant":
        return None if participant is None else participant.code
    if name in _TRANSCRIPT_FIELDS:
        return None if transcript is None else _TRANSCRIPT_FIELDS[name](transcript)
    if name in _PARTICIPANT_FIELDS:
        own = None if participant is None else getattr(participant, name)
    else:
        own = None if participant is None else participant.attributes.get(name)
    return own or (None if transcript is None else transcript.attributes.get(name))


def shown_value(
    name: str, consent: Consent, transcript: StoredTranscript, participant: Participant | None
) -> str | None:
    """The same, only where it may stand beside the words; None also where people differ."""
    if participant is None and transcript.participants:
        open_to = [code for code in transcript.participants if not consent.withheld(code)]
        people = [consent.participants.get(code) for code in open_to]
        values = {shown_value(name, consent, transcript, one) for one in people if one is not None}
        return values.pop() if len(values) == 1 else None
    if participant is not None and name == "date":
        return consent.day(participant.code, transcript.interviewed)
    if participant is not None and consent.hides(participant.code, name):
        return None
    if participant is not None and getattr(participant, name, None) is not None:
        return consent.shows(participant.code, name)
    return value_of(name, transcript, participant)


class Filter:
    """What has to hold; built from texts such as `place=Thornwick`."""

    def __init__(self, texts: Sequence[str], *, known: Sequence[str]) -> None:
        """Raises FilterError for a text without `=`, or a name that nothing here has."""
        self._wanted: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            name = self.name_of(text)
            if name not in known:
                raise errors.FilterError(name, known=known)
            self._wanted[name].add(text.partition("=")[2].strip().casefold())

    @property
    def asks_nothing(self) -> bool:
        """True for no filter at all."""
        return not self._wanted

    @staticmethod
    def name_of(text: str) -> str:
        """What a filter asks for; raises FilterError for a text without `=`."""
        name, equals, _ = text.partition("=")
        name = name.strip().lower()
        if not equals or not name:
            raise errors.FilterError(text)
        return name

    def holds(self, transcript: StoredTranscript, participant: Participant | None) -> bool:
        """True where the transcript and participant are what was asked for."""
        return all(
            (value_of(name, transcript, participant) or "").casefold() in values
            for name, values in self._wanted.items()
        )

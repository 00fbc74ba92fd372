"""Filters: `place=Thornwick`, on what is known of a participant or of a transcript.

Filters of different names all have to hold; of one name, any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum

from qualcode import errors
from qualcode.model.people import Participant
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import Consent
from qualcode.text.nearest import nearest

_PARTICIPANT_FIELDS = ("place", "stakeholder", "organisation", "role", "attribution")
_TRANSCRIPT_FIELDS: Mapping[str, Callable[[StoredTranscript], str | None]] = {
    "transcript": lambda t: t.name,
    "language": lambda t: t.language,
    "date": lambda t: t.interviewed,
    "format": lambda t: t.format,
}


class Unsaid(Enum):
    """Why no value of an attribute stands beside somebody's words, as it is said everywhere.

    Nothing is known, or what is known is held back, or people who speak together differ. In the
    order in which rows and groups of them come, behind all values.
    """

    SEVERAL = "several"
    NONE_GIVEN = "none given"
    NOT_SHOWN = "not shown"


OF_THE_FILE = ("transcript", "format")
"""What is known of a file, and of nobody in it: those who share one sat in one interview."""


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


def values_of(
    name: str, transcripts: Iterable[StoredTranscript], participants: Iterable[Participant]
) -> set[str]:
    """All that is known under a name, of whomever."""
    found = {value_of(name, None, one) for one in participants}
    found |= {value_of(name, one, None) for one in transcripts}
    return {value for value in found if value}


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


def said_value(
    name: str, consent: Consent, transcript: StoredTranscript, participant: Participant | None
) -> str | Unsaid:
    """The same, and why there is none where there is none."""
    said = shown_value(name, consent, transcript, participant)
    if said:
        return said
    people = [participant]
    if participant is None and transcript.participants:
        open_to = [code for code in transcript.participants if not consent.withheld(code)]
        people = [consent.participants.get(code) for code in open_to]
    known = [one for one in people if value_of(name, transcript, one)]
    if not known:
        return Unsaid.NONE_GIVEN
    is_hidden = any(not shown_value(name, consent, transcript, one) for one in known)
    return Unsaid.NOT_SHOWN if participant is not None or is_hidden else Unsaid.SEVERAL


def may_be_chosen_by(
    name: str,
    said: str | Unsaid,
    consent: Consent,
    transcript: StoredTranscript,
    participant: Participant | None,
) -> bool:
    """True where who was chosen by this attribute can stand beside others who were.

    `said` is what is said of it. Where they were chosen by what is not, all those beside them would
    say it. Of those who leave in nothing, nothing can.
    """
    if name in OF_THE_FILE or (participant and consent.withheld(participant.code)):
        return True
    if name == "date" and transcript.interviewed:  # asked for to the day
        known = transcript.participants if participant is None else (participant.code,)
        return all(consent.shows_days(code) for code in known if not consent.withheld(code))
    return said is not Unsaid.NOT_SHOWN


def values_said(
    name: str,
    transcripts: Iterable[StoredTranscript],
    consent: Consent,
    missed: Iterable[Participant],
) -> set[str]:
    """All that may be said under a name, as it is asked for; `missed` took part in nothing."""
    open_to = (
        (transcript, None if code is None else consent.participants.get(code))
        for transcript in transcripts
        for code in transcript.participants or (None,)
        if not consent.withheld(code)
    )
    if name == "date":  # asked for in figures, where it is said in words
        days = {one.interviewed for one, who in open_to if _says_day(consent, who)}
        return {day for day in days if day}
    said = {shown_value(name, consent, *who) for who in open_to}
    is_code = name == "participant"
    said |= {one.code if is_code else consent.shows(one.code, name) for one in missed}
    return {value for value in said if value}


def _says_day(consent: Consent, participant: Participant | None) -> bool:
    return participant is None or consent.shows_days(participant.code)


class Filter:
    """What has to hold; built from texts such as `place=Thornwick`."""

    def __init__(self, texts: Sequence[str], *, known: Sequence[str]) -> None:
        """Raises FilterError for a text without `=`, or a name that nothing here has."""
        self._wanted: dict[str, dict[str, str]] = defaultdict(dict)
        for text in texts:
            name = self.name_of(text)
            if name not in known:
                raise errors.FilterError(name, known=known)
            value = text.partition("=")[2].strip()
            self._wanted[name][value.casefold()] = value

    @property
    def names(self) -> tuple[str, ...]:
        """By what it chooses, in the order in which they were given."""
        return tuple(self._wanted)

    @property
    def asks_nothing(self) -> bool:
        """True for no filter at all."""
        return not self._wanted

    def check_values(
        self,
        shown: Callable[[str], Collection[str]],
        stored: Callable[[str], Collection[str]],
    ) -> None:
        """Raise FilterValueError for a value that nothing has: a slip would leave nothing at all.

        Each is asked for by name: the values as they may be said, of which the nearest is named,
        and as they are stored. Without a value those are meant of whom none is known.
        """
        for name, values in self._wanted.items():
            said = sorted(set(shown(name)))
            known = {value.casefold() for value in (*said, *stored(name))}
            for value, typed in values.items():
                if value and value not in known:
                    near = nearest(value, said)
                    raise errors.FilterValueError(name, typed, known=said, nearest=near)

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

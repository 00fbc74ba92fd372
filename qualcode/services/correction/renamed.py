"""A participant whose label is another since a correction, which leaves every coding waiting.

Whose words are under a new label, nobody knows until somebody says it; then the codings may go
along. Found where one label of a participant is gone and one came that has no role yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qualcode.model.people import Role
from qualcode.store import speaking
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.store.versions import versions, waiting_counts


@dataclass(frozen=True, slots=True)
class Renamed:
    """The new label in a transcript, and the participant whose it probably is."""

    transcript: str
    label: str
    participant: str


def renamed(store: Store) -> tuple[Renamed, ...]:
    """Of all transcripts on which something waits, by name."""
    with store.reading() as session:
        return renamed_in(session, waiting_counts(session))


def renamed_in(session: Session, transcripts: Collection[str]) -> tuple[Renamed, ...]:
    """The same of the transcripts of some uids."""
    return tuple(_found(session, transcripts)) if transcripts else ()


def _found(session: Session, transcripts: Collection[str]) -> Iterator[Renamed]:
    known = [one for one in versions(session) if one.transcript in transcripts]
    spoken = speaking.labels_spoken(session, [one.uid for one in known])
    people, read_as = speaking.speakers(session), speaking.read_labels(session)
    for now in sorted((one for one in known if one.is_current), key=lambda one: one.name):
        cast, ends = people.get(now.transcript, {}), read_as.get(now.transcript, {})
        here = {ends.get(label, label) for label in spoken.get(now.uid, ()) if label}
        before = {
            ends.get(label, label)
            for one in known
            if one.transcript == now.transcript and not one.is_current
            for label in spoken.get(one.uid, ())
        }
        theirs = {cast[label].participant for label in here if label in cast}
        gone = {
            code
            for label in before - here
            if label in cast and (code := cast[label].participant) and code not in theirs
        }
        came = [
            label
            for label in here - before
            if label in cast
            and cast[label].participant is None
            and cast[label].role is not Role.INTERVIEWER
        ]
        if len(gone) == len(came) == 1:
            yield Renamed(now.name, came[0], gone.pop())

"""Names of people that lie in the project itself, and so in a copy of it that goes without names.

Names lie beside the project (`study.identities`). What an interview and its files are called, and
what is noted of it, lies in the project and in its log for good, whoever is named there: somebody
has to call them otherwise before they come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.names.in_facts import whose_name
from qualcode.store import identities, queries
from qualcode.store.engine import Session

ITS_NAME, ITS_FILE, ITS_RECORDING = "its name", "the name of its file", "the name of its recording"


@dataclass(frozen=True, slots=True)
class KeptName:
    """Where a name stands of those, by code, who may not be named; never which it is."""

    transcript: str
    uid: str
    places: tuple[str, ...]
    whose: tuple[str, ...]

    def __str__(self) -> str:
        of = " and ".join(self.whose)
        return (
            f"a name of {of} stands in {' and '.join(self.places)}, and so in the project, also"
            " where it goes without names"
        )


def kept_names(session: Session, transcripts: Iterable[StoredTranscript]) -> Iterator[KeptName]:
    """The interviews in whose own name, files or notes somebody is named who may not be."""
    people = {person.code: person for person in queries.participants(session)}
    known = identities.read(session).values() if identities.at_hand(session) else ()
    whose = whose_name(people, known)
    for one in transcripts if known else ():
        said = {
            ITS_NAME: one.name,
            ITS_FILE: one.file,
            ITS_RECORDING: one.recording or "",
            **{f"'{name}'": value for name, value in one.attributes.items()},
        }
        found = {place: codes for place, text in said.items() if text and (codes := whose(text))}
        if found:
            of = sorted(frozenset[str]().union(*found.values()))
            yield KeptName(one.name, one.uid, tuple(found), tuple(of))

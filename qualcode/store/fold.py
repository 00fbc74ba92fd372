"""The meaning of the event log: a pure fold from events to state.

The state is a map from records to the newest thing said of them. The newest event by id wins,
record by record; what is erased stays erased. Both rules are joins of a semilattice, so any order
of arrival and any repetition give the same state: that is what makes the log an audit trail, an
undo history and a means of merging copies at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ERASE = "erase"
"""The kind of event that blanks every event of a scope for good; its key is that scope."""

WORDS_IN_KEY = frozenset(
    {"speaker", "spelling", "transcript-attribute", "participant-attribute", "summary"}
)
"""Kinds whose keys hold somebody's own word: a speaker's label is mostly a name."""

KNOWN_CASES = ("participant", "transcript")
"""Kinds of case that a summary's key names by a code or a uid, and not by a word."""

ALONE = "event:"
"""With an event's id behind it, the scope that is that event and nothing else."""


class Event(NamedTuple):
    """One change of one record by one act; a tuple, because it is a row of the log as it stands.

    `key` and `body` are canonical JSON text; a body of None says that the record is gone. `prev`
    is the event that the writer saw as the newest of this record: its body is the before, this
    body the after. `undoes` is the act that this act takes back. `scope` is what the event falls
    with when somebody withdraws: the uid of a transcript or participant, or None.
    """

    id: bytes
    act: bytes
    actor: str
    verb: str
    kind: str
    key: str
    body: str | None
    scope: str | None = None
    prev: bytes | None = None
    undoes: bytes | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the log says: for each (kind, key) the winning event's id and body."""

    records: Mapping[tuple[str, str], tuple[bytes, str | None]] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()


def scope_alone(event: bytes) -> str:
    """What one event is erased by, whatever else was said in its scope."""
    return f"{ALONE}{event.hex()}"


def event_of(scope: str) -> bytes | None:
    """The event that a scope is; None of a transcript's or a participant's."""
    if not scope.startswith(ALONE):
        return None
    try:
        return bytes.fromhex(scope.removeprefix(ALONE))
    except ValueError:
        return None


def reading(erased: Collection[str]) -> Callable[[Event], Event]:
    """How an event reads where these scopes are erased."""
    alone = {event_of(scope) for scope in erased} - {None}

    def read(event: Event) -> Event:
        return blanked(event) if event.scope in erased or event.id in alone else event

    return read


def blanked(event: Event) -> Event:
    """An event that was erased: when something was said, of what kind, and no longer what.

    The records of one thing that were told apart by a word become one.
    """
    if event.kind not in WORDS_IN_KEY:
        return event._replace(body=None)
    first, second, *rest = json.loads(event.key)
    if event.kind == "summary":
        if first in KNOWN_CASES:
            return event._replace(body=None)
        first = "" if second else first  # what an older program erased stays one record
    key = json.dumps([first, "", *rest], ensure_ascii=False, separators=(",", ":"))
    return event._replace(key=key, body=None)


def fold(events: Iterable[Event]) -> State:
    """The state that a log means, whatever the order and repetition of its events."""
    said = list(events)
    erased = frozenset(event.key for event in said if event.kind == ERASE)
    newest: dict[tuple[str, str], Event] = {}
    for event in map(reading(erased), said):  # what is erased is read so, wherever it stands
        if event.kind == ERASE:
            continue
        place = (event.kind, event.key)
        known = newest.get(place)
        if known is None or event.id > known.id:
            newest[place] = event
    records = {place: (event.id, event.body) for place, event in newest.items()}
    return State(records, erased)

"""Taking events in that were written elsewhere: the union of two logs.

Events come in any order, again, and in parts; the store ends in the same state. What was erased
here or there is blank on arrival and stays so.
"""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.store import log, projection
from qualcode.store.engine import Session
from qualcode.store.fold import ERASE, Event, reading


def absorb(session: Session, events: Iterable[Event]) -> int:
    """Add the events that the log does not hold to it and to the tables; returns how many."""
    new = log.unknown(session, events)
    if not new:
        return 0
    # Erasures first: the set of what is erased only grows, so the order changes nothing else.
    erasing = [event.key for event in new if event.kind == ERASE]
    erased = projection.erased_scopes(session) | set(erasing)
    new = [*map(reading(erased), new)]
    log.append(session, new)
    if erasing:
        projection.erase(session, erasing)
        log.reseal(session)
    projection.apply(session, new)
    return len(new)

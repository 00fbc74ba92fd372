"""What one coder has done since they sat down: read from the log, so that no face has to count."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.people import coder_key
from qualcode.store import log, working
from qualcode.store.kinds import CODING
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """Codings that were not there before and hold now, and those that no longer do."""

    put_on: int
    taken_off: int


def begin(store: Store) -> int:
    """Where the log ends now."""
    with store.reading() as session:
        return working.log_end(session).number


def done_since(store: Store, begun: int, *, coder: str) -> Done:
    """What a coder has done since; what was undone, or put on and taken off again, is no part."""
    key = coder_key(coder)
    with store.reading() as session:
        mine = [
            event
            for event in log.read(session, after=begun)
            if event.kind == CODING.name and event.actor == key
        ]
        first = {event.key: event.prev for event in reversed(mine)}
        before = log.bodies(session, [prev for prev in first.values() if prev is not None])
    now = {event.key: event.body is not None for event in mine}
    held = {name: prev is not None and before.get(prev) is not None for name, prev in first.items()}
    return Done(
        put_on=sum(now[name] and not held[name] for name in now),
        taken_off=sum(held[name] and not now[name] for name in now),
    )

"""Undo and redo, read from the log: which act is meant, and what taking it back means.

Nothing is kept beside the log, so undo outlives the program and travels with the project. An undo
names the act that it takes back, a redo the undo.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualcode import errors
from qualcode.store import log, readback
from qualcode.store.engine import Session
from qualcode.store.fold import Event
from qualcode.store.kinds import CODER, KINDS, Kind, Pending, Record, body_of, key_of

UNDO: Final = "undo"
REDO: Final = "redo"
FOUND: Final = "new project"
"""The act that makes a project: no undo goes behind it."""

_CHUNK: Final = 500


def reversal(session: Session, act: bytes) -> list[Pending]:
    """What puts back every record that an act changed to what it was before.

    Raises ChangedSinceError where a record is no longer as the act left it, and NotUndoableError
    where a newer program wrote the act.
    """
    events = log.of_act(session, act)
    if any(event.kind not in KINDS for event in events):
        raise errors.NotUndoableError(verb_of(session, act))
    first: dict[tuple[str, str], Event] = {}
    last: dict[tuple[str, str], Event] = {}
    for event in events:
        if not _introduces_its_coder(event):
            first.setdefault((event.kind, event.key), event)
            last[event.kind, event.key] = event
    befores = log.bodies(session, [e.prev for e in first.values() if e.prev is not None])
    pending: list[Pending] = []
    changed = 0
    for name, kind in KINDS.items():
        left = [event for event in last.values() if event.kind == name]
        now = readback.current(session, kind, [key_of(event.key) for event in left])
        for event in left:
            key = key_of(event.key)
            ev, body = now.get(key, (None, None))
            prev = first[name, event.key].prev
            changed += body != _known(kind, event.body) or not (prev is None or prev in befores)
            before = None if prev is None else body_of(befores.get(prev))
            pending.append(Pending(Record(kind, key, before, event.scope), before, ev))
    if changed:
        raise errors.ChangedSinceError(verb_of(session, act), count=changed)
    return pending


def verb_of(session: Session, act: bytes) -> str:
    """What a person did in an act; of an undo or redo, what it took back or did again."""
    verb, undoes = session.rows("SELECT verb, undoes FROM event WHERE id = ?", (act,))[0]
    return verb_of(session, undoes) if verb in (UNDO, REDO) and undoes is not None else str(verb)


def latest_to_undo(session: Session, actor: str) -> bytes | None:
    """The coder's newest act that still holds, or None."""
    taken_back: set[bytes] = set()
    for act, verb, undoes in _acts(session, actor):
        if act in taken_back or verb == FOUND:
            continue
        if verb not in (UNDO, REDO):
            return act
        if undoes is not None:
            # An undo takes its target back; a redo takes the undo back.
            taken_back.add(undoes)
    return None


def latest_to_redo(session: Session, actor: str) -> bytes | None:
    """The coder's newest undo with nothing new after it, or None."""
    taken_back: set[bytes] = set()
    for act, verb, undoes in _acts(session, actor):
        if act in taken_back:
            continue
        if verb == UNDO:
            return act
        if verb != REDO or undoes is None:
            return None
        taken_back.add(undoes)
    return None


def _acts(session: Session, actor: str) -> Iterator[tuple[bytes, str, bytes | None]]:
    """The coder's acts from the newest, read in small steps: the answer is mostly the first."""
    seen: set[bytes] = set()
    before: bytes | None = None
    while True:
        older = "" if before is None else " AND id < ?"
        rows = session.rows(
            f"SELECT id, act, verb, undoes FROM event WHERE actor = ?{older}"
            f" ORDER BY id DESC LIMIT {_CHUNK}",
            (actor,) if before is None else (actor, before),
        )
        for _, act, verb, undoes in rows:
            if act not in seen:
                seen.add(act)
                yield act, verb, undoes
        if len(rows) < _CHUNK:
            return
        before = rows[-1][0]


def _introduces_its_coder(event: Event) -> bool:
    """Everybody's first act brings their own record along; taking that act back leaves it."""
    return event.kind == CODER.name and event.prev is None and key_of(event.key) == (event.actor,)


def _known(kind: Kind, text: str | None) -> dict[str, object] | None:
    body = body_of(text)
    return None if body is None else kind.known(body)

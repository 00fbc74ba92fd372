"""Undo and redo, read from the log: which act is meant, and what taking it back means.

Nothing is kept beside the log, so undo outlives the program and travels with the project. An undo
names the act that it takes back, a redo the undo. Some acts only go on with the one before, as
what is kept of a memo or a summary while somebody writes it: to undo, they are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qualcode import errors
from qualcode.store import log, readback
from qualcode.store.engine import Session
from qualcode.store.fold import ERASE, Event, scope_alone
from qualcode.store.kinds import CODER, KINDS, Kind, Pending, Record, body_of, key_of

UNDO: Final = "undo"
REDO: Final = "redo"
FOUND: Final = "new project"
"""The act that makes a project: no undo goes behind it."""

EXPORT: Final = "export"
"""What left the project cannot be called back: no undo takes such an act, or stops at one."""

GOES_ON: Final = {
    "go on with memo": "write memo",
    "go on with summary": "write summary",
}
"""Verbs of acts that go on with an earlier one on the same records, and how the whole is called."""

_CHUNK: Final = 500


def reversal(session: Session, act: bytes) -> list[Pending]:
    """What puts back every record that an act changed to what it was before.

    Raises ChangedSinceError where a record is no longer as the act left it, ErasedForGoodError, and
    NotUndoableError where a newer program wrote the act.
    """
    events = [event for one in _whole(session, act) for event in log.of_act(session, one)]
    if any(event.kind == ERASE for event in events) or _is_behind_an_erasure(session, events):
        raise errors.ErasedForGoodError(verb_of(session, act))
    if any(event.kind not in KINDS for event in events):
        raise errors.NotUndoableError(verb_of(session, act))
    first: dict[tuple[str, str], Event] = {}
    last: dict[tuple[str, str], Event] = {}
    for event in events:
        if not _introduces_its_coder(event):
            first.setdefault((event.kind, event.key), event)
            last[event.kind, event.key] = event
    befores = log.bodies(session, [e.prev for e in first.values() if e.prev is not None])
    if _is_one_erased(session, [event for event, body in befores.items() if body is None]):
        raise errors.ErasedForGoodError(verb_of(session, act))
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


def _is_behind_an_erasure(session: Session, events: Sequence[Event]) -> bool:
    """True for what was done before somebody was erased: what stood then could name them."""
    later = "SELECT 1 FROM event WHERE id > ? AND kind = ? LIMIT 1"
    return session.row(later, (events[0].id, ERASE)) is not None


def _is_one_erased(session: Session, events: Sequence[bytes]) -> bool:
    """True where one of these lost its words, which an act of another copy may have followed."""
    scopes = [scope_alone(event) for event in events]
    return bool(session.rows_in("SELECT scope FROM erased WHERE scope IN", scopes))


def verb_of(session: Session, act: bytes) -> str:
    """What a person did in an act; of an undo or redo, what it took back or did again."""
    own = persons_act(session, act)
    verb = str(session.rows("SELECT verb FROM event WHERE id = ?", (own,))[0][0])
    return GOES_ON.get(verb, verb)


def persons_act(session: Session, act: bytes) -> bytes:
    """The act itself; of an undo or redo, what it took back or did again."""
    verb, undoes = session.rows("SELECT verb, undoes FROM event WHERE id = ?", (act,))[0]
    return persons_act(session, undoes) if verb in (UNDO, REDO) and undoes is not None else act


def latest_to_undo(session: Session, actor: str) -> bytes | None:
    """The coder's newest act that still holds, or None."""
    taken_back: set[bytes] = set()
    for act, verb, undoes in _acts(session, actor):
        if act in taken_back:
            taken_back.update(_whole(session, act))
            continue
        if verb in (FOUND, EXPORT):
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
        if act in taken_back or verb == EXPORT:
            continue
        if verb == UNDO:
            return act
        if verb != REDO or undoes is None:
            return None
        taken_back.add(undoes)
    return None


def _whole(session: Session, act: bytes) -> list[bytes]:
    """The act with those that it goes on with, the oldest first."""
    actor, verb = session.rows("SELECT actor, verb FROM event WHERE id = ?", (act,))[0]
    found = [act]
    if verb not in GOES_ON:
        return found
    places = _places(session, act)
    for earlier, its_verb, _ in _acts(session, actor, before=act):
        goes_on = its_verb in GOES_ON
        if not (goes_on or its_verb == GOES_ON[verb]) or _places(session, earlier) != places:
            break  # the coder did something else meanwhile
        found.append(earlier)
        if not goes_on:
            break
    return found[::-1]


def _places(session: Session, act: bytes) -> set[tuple[str, str]]:
    """Kind and key of the records that an act changed."""
    events = log.of_act(session, act)
    return {(event.kind, event.key) for event in events if not _introduces_its_coder(event)}


def _acts(
    session: Session, actor: str, *, before: bytes | None = None
) -> Iterator[tuple[bytes, str, bytes | None]]:
    """The coder's acts from the newest, or those before one, read in small steps.

    The answer is mostly the first.
    """
    seen: set[bytes] = set()
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

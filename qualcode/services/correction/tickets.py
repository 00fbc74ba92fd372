"""The ticket of something that waits: the short id of what was shown, not of its coding alone.

Between a list and what somebody says of it, the transcript may be corrected again, a label may be
said to be another's, or a memo be rewritten. A ticket that was handed out before names nothing
then, so that nobody lays a coding on a place, or drops words, that they have not seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, TypeVar

from qualcode import errors
from qualcode.model.spans import Span

_NAME: Final = 8
_STATE: Final = 6
"""Hexadecimal digits: two codings that share the first are told apart by the second."""

_T = TypeVar("_T")


def ticket_of(
    uid: str, *, now: str, place: Span | None, other_speaker: bool, words: str = ""
) -> str:
    """The ticket of a waiting coding or memo (its uid) with what is proposed for it.

    `now` is the uid of the version in which `place` is, None where none is proposed; `words` are
    those of a memo.
    """
    where = "" if place is None else f"{place.start}:{place.end}"
    state = f"{uid}:{now}:{where}:{int(other_speaker)}:{words}"
    return f"{name_of(uid)}-{_digest(state)[:_STATE]}"


def name_of(uid: str) -> str:
    """The part of a ticket that stays the same whatever is proposed."""
    return _digest(uid)[:_NAME]


def name_on(ticket: str) -> str:
    """The same part, of a ticket that somebody shows."""
    return ticket.partition("-")[0]


def holder_of(ticket: str, known: Sequence[tuple[str, _T]]) -> _T:
    """What a ticket names, of all with the name on it, each behind its ticket of today.

    Raises NotWaitingError, NotAsShownError where something else is proposed now, or
    SharedIdError: one of two is never taken for the other.
    """
    found = [one for today, one in known if today == ticket]
    if len(found) > 1:
        raise errors.SharedIdError(ticket)
    if not found:
        raise errors.NotAsShownError(ticket) if known else errors.NotWaitingError(ticket)
    return found[0]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()

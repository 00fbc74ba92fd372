"""The id of something that waits: short, and of what was shown under it, not of its coding alone.

Between a list and what somebody says of it, the transcript may be corrected again, or a label may
be said to be another's. An id that was handed out before names nothing then, so that nobody lays a
coding on a place that they have not seen.
"""

from __future__ import annotations

import hashlib
from typing import Final

from qualcode.model.spans import Span

_NAME: Final = 8
_STATE: Final = 6
"""Hexadecimal digits: two codings that share the first are told apart by the second."""


def shown_id(uid: str, *, now: str, place: Span | None, other_speaker: bool) -> str:
    """The id of a waiting coding or memo (its uid) with what is proposed for it.

    `now` is the uid of the version in which `place` is, None where none is proposed.
    """
    where = "" if place is None else f"{place.start}:{place.end}"
    return f"{name_of(uid)}-{_digest(f'{now}:{where}:{int(other_speaker)}')[:_STATE]}"


def name_of(uid: str) -> str:
    """The part of an id that stays the same whatever is proposed."""
    return _digest(uid)[:_NAME]


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()

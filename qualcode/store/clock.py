"""Event ids: a hybrid logical clock in the shape of a UUIDv7.

16 bytes: 48 bits of milliseconds, 4 of version, 12 of counter, 2 of variant, 62 random. Ids sort
as bytes; a new id is later than every id seen, whatever the clocks of the laptops say. Copying a
project, or going back to a backup, is safe: the random tail is never dense enough to repeat.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

_COUNTER_END = 1 << 12
_TAIL_BYTES = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware datetime, rounded down."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def moment_of(event_id: bytes) -> datetime:
    """When an event was written, in UTC, by the clock that its id carries."""
    return _EPOCH + timedelta(milliseconds=int.from_bytes(event_id[:6], "big"))


def new_ids(count: int, *, at_ms: int, newest: bytes | None) -> list[bytes]:
    """Ids in rising order, all later than `newest`, the latest id in the store."""
    ms, counter = at_ms, -1
    if newest is not None:
        newest_ms = int.from_bytes(newest[:6], "big")
        if newest_ms >= ms:
            ms, counter = newest_ms, int.from_bytes(newest[6:8], "big") & (_COUNTER_END - 1)
    tails = secrets.token_bytes(_TAIL_BYTES * count)
    ids = []
    for at in range(0, _TAIL_BYTES * count, _TAIL_BYTES):
        counter += 1
        if counter == _COUNTER_END:
            ms, counter = ms + 1, 0
        head = ms.to_bytes(6, "big") + (0x7000 | counter).to_bytes(2, "big")
        tail = tails[at : at + _TAIL_BYTES]
        ids.append(head + bytes((0x80 | tail[0] & 0x3F,)) + tail[1:])
    return ids

"""Whether what was made a while ago can still be looked at, asked cheaply and again and again.

Who codes, stars or writes a memo changes nothing of what may be shown. Where anything else was
said, or the names are others, the whole is to be asked of consent anew; that is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qualcode import errors
from qualcode.services.retrieval.retrieving import Hit
from qualcode.store import identities, log, working
from qualcode.store.kinds import CODER, CODING, MEMO, STAR, SUMMARY, WORK
from qualcode.store.sealed import Register
from qualcode.store.store import Store

_WORK: Final = tuple(kind.name for kind in (CODER, CODING, MEMO, STAR, SUMMARY, WORK))


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the log went, and which names were known."""

    number: int
    names: Register


def moment(store: Store) -> Moment:
    """The project as it is now."""
    with store.reading() as session:
        return Moment(working.log_end(session).number, identities.register(session))


def still(store: Store, since: Moment) -> Moment | None:
    """The project now, if nothing was said since on which consent rests; else None."""
    with store.reading() as session:
        now = Moment(working.log_end(session).number, identities.register(session))
        is_older = now.number < since.number  # another copy was put in the file's place
        if is_older or now.names != since.names:
            return None
        return None if log.says_others(session, after=since.number, kinds=_WORK) else now


def check_values(before: Sequence[object], now: Sequence[object], *, where: str) -> None:
    """Refuse values of which one would not be there, or not be shown so, any more.

    Raises ConsentChangedError.
    """
    gone = sum(one not in now for one in before)
    if gone:
        raise errors.ConsentChangedError(0, words=gone, where=where)


def check_hits(before: Sequence[Hit], now: Sequence[Hit]) -> None:
    """The same of hits, of which it is known whose they are.

    Raises ConsentChangedError.
    """
    standing = set(now)
    gone = [hit for hit in before if hit not in standing]
    if gone:
        people = {hit.participant for hit in gone if hit.participant}
        raise errors.ConsentChangedError(len(people), words=len(gone), where="the hits")

"""Who codes, and how much each has done."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from qualcode import errors
from qualcode.model.people import coder_key
from qualcode.store import queries, tallies
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.nearest import nearest


@dataclass(frozen=True, slots=True)
class CoderWork:
    """One coder with the codings that hold and the number of transcripts they lie on."""

    name: str
    codings: int
    transcripts: int


def find_coder(session: Session, name: str) -> str:
    """The key of a coder whose codings are asked for.

    Raises UnknownCoderError with the nearest name, and NothingCodedError where there are none: a
    slip would leave nothing at all of what was to be shown or written.
    """
    names = {coder_key(coder.name): coder.name for coder in queries.coders(session)}
    if coder_key(name) not in names:
        raise errors.UnknownCoderError(name, nearest=nearest(name, list(names.values())))
    if not tallies.has_coded(session, coder_key(name)):
        raise errors.NothingCodedError(name)
    return coder_key(name)


def list_coders(store: Store) -> tuple[CoderWork, ...]:
    """Everybody who ever acted, by name."""
    with store.reading() as session:
        names = [coder.name for coder in queries.coders(session)]
        codings = queries.codings(session)
    counts = Counter(coding.coder for coding in codings)
    places: dict[str, set[str]] = defaultdict(set)
    for coding in codings:
        places[coding.coder].add(coding.segment.version)
    return tuple(CoderWork(name, counts[name], len(places[name])) for name in names)

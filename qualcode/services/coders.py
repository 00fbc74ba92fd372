"""Who codes, and how much each has done."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from qualcode.store import queries
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class CoderWork:
    """One coder with the codings that hold and the number of transcripts they lie on."""

    name: str
    codings: int
    transcripts: int


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

"""Cells of which it may be said that somebody is withheld: not where it would tell who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from qualcode.services.cases.rows import PARTICIPANT, TRANSCRIPT, Cases
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import value_of
from qualcode.store import queries
from qualcode.store.engine import Session

LEAST_WITHHELD: Final = 2
"""People of a group behind a cell that says it is withheld: of one alone it would be known."""


def withheld_cells(session: Session, corpus: Corpus, cases: Cases) -> frozenset[tuple[str, str]]:
    """The cells of groups in which several people speak who leave in nothing, by row and code."""
    if cases.kind in (PARTICIPANT, TRANSCRIPT):
        return frozenset()
    whose: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for transcript, person in corpus.withheld_cases():
        value = value_of(cases.kind, *corpus.as_stored(transcript, person))
        if value is not None and value in cases.values:
            whose[transcript.version_uid].append((cases.values[value], person.code))
    if not whose:
        return frozenset()
    speaking: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for coding in queries.codings(session, versions=list(whose)):
        for group, person_code in whose[coding.segment.version]:
            for code in corpus.path(coding.code):
                speaking[group, code].add(person_code)
    return frozenset(cell for cell, who in speaking.items() if len(who) >= LEAST_WITHHELD)

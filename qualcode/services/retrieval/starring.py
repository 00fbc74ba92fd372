"""Stars: the passages that somebody called worth quoting.

A star is the passage's, whichever codes lie on it and whoever put them there, and so is its taking
back. It goes with the passage to a corrected transcript. Where a cell cannot show all of its
quotations those with a star come first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.matrix import Quotation
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.named_quotations import codings_meant
from qualcode.store import leaving, queries, records
from qualcode.store.engine import Session
from qualcode.store.store import Store

_STAR: Final = "star"
_TAKE_OFF: Final = "take star off"


@dataclass(frozen=True, slots=True)
class Starred:
    """The quotations as they stand now, and how many passages were given a star, or lost it."""

    quotations: tuple[Quotation, ...]
    changed: int


def star(
    store: Store,
    codings: Collection[str],
    *,
    code: str | None = None,
    starred: bool = True,
    by: str,
    at: datetime,
) -> Starred:
    """Call passages worth quoting, or, with False, no longer.

    `codings` say where they stand, or are uids of codings, and `code` what they stand under. All of
    them or none. Raises PlaceError, CodingGoneError, or WithheldError for what may not leave.
    """
    with store.act(_STAR if starred else _TAKE_OFF, by=by, at=at) as act:
        codings = codings_meant(act.session, codings, code=code)
        _quoted(act.session, codings)
        of = {ref.version: ref.transcript for ref in queries.current_versions(act.session)}
        places = (_segment(uid) for uid in codings)
        changed = act.ensure(
            records.star_record(place, transcript=of[place.version], holds=starred)
            for place in places
        )
        return Starred(_quoted(act.session, codings), len(changed))


def toggle(store: Store, place: Segment, *, name: str, by: str, at: datetime) -> bool:
    """Give a passage a star, or take it back; returns whether it has one now.

    For whoever has the coded passage before their eyes: nothing of it leaves. `name` is what they
    call its transcript. Raises TranscriptCorrectedError where another version has taken the place
    of theirs, or the transcript was taken out.
    """
    with store.act(_STAR, by=by, at=at) as act:
        of = {ref.version: ref.transcript for ref in queries.current_versions(act.session)}
        if place.version not in of:
            raise errors.TranscriptCorrectedError(name)
        starred = place not in leaving.starred(act.session)
        act.verb = _STAR if starred else _TAKE_OFF
        act.ensure([records.star_record(place, transcript=of[place.version], holds=starred)])
    return starred


def starred_codings(session: Session) -> frozenset[str]:
    """The uids of all codings on a passage with a star."""
    stars = leaving.starred(session)
    if not stars:
        return frozenset()
    return frozenset(one.uid for one in queries.codings(session) if one.segment in stars)


def stars_left(session: Session) -> int:
    """How many stars shine on nothing: no code is there now, or a correction took the words."""
    stars = leaving.starred(session)
    if not stars:
        return 0
    return len(stars - {coding.segment for coding in queries.codings(session)})


def _quoted(session: Session, codings: Collection[str]) -> tuple[Quotation, ...]:
    corpus = Corpus(session)
    found = quotations(session, corpus, only=frozenset(codings))
    if corpus.withheld:
        raise errors.WithheldError(where="quotes")
    if len(found) < len(set(codings)):
        raise errors.CodingGoneError(where="quotes")
    return tuple(quotation for quotation, _ in found)


def _segment(coding: str) -> Segment:
    """The place that the uid of a coding begins with."""
    version, start, end, *_ = coding.split(":", 3)
    return Segment(version, int(start), int(end))

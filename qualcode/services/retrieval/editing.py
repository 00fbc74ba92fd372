"""Edits of quotations: what is left out or put right in what is shown, and never in what was said.

An edit belongs to its place in a version of a transcript, so every quotation that holds the place
shows it. It is in brackets, within one turn, and recorded: whoever made it, and when, can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from qualcode import errors
from qualcode.model.coding import Coding
from qualcode.model.consent import Edit
from qualcode.model.matrix import Quotation
from qualcode.model.spans import Span
from qualcode.services.consent import gate
from qualcode.services.consent.numbered_coders import as_stored
from qualcode.services.places import PlacedText
from qualcode.services.retrieval import retrieving
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.store import leaving, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.queries import VersionRef
from qualcode.store.store import Store

CUT: Final = "[…]"
"""What stands where words were left out."""

_BRACKETED: Final = re.compile(r"\[[^\[\]\n\r]*[^\[\]\s][^\[\]\n\r]*\]")


@dataclass(frozen=True, slots=True)
class Edited:
    """What is shown of a quotation now, how many edits are in it, and how many are new."""

    text: str
    edits: int
    changed: int


def edit_quotation(
    store: Store,
    coding: str,
    *,
    cut: Sequence[str] = (),
    put: Sequence[tuple[str, str]] = (),
    by: str,
    at: datetime,
) -> Edited:
    """Leave words of a quotation out, or show others for them; doing it twice leaves one edit.

    `coding` is the uid of a coding, `put` are words as they were said, and what is shown for them.
    Each must stand in the quotation once. Raises CodingGoneError, WithheldError, EditError, and
    LeakError where a name that may not leave would be shown.
    """
    wanted = [*((words, CUT) for words in cut), *put]
    if not all(_BRACKETED.fullmatch(shown) for _, shown in wanted):
        raise errors.EditNotBracketedError
    coding = _meant(store, coding)
    _shown_now(store, coding)
    with store.act("edit quotation", by=by, at=at) as act:
        found, ref, text = _quoted(act.session, coding)
        edits = [_placed(text, found, words, shown) for words, shown in wanted]
        _check_apart([*edits, *_standing(act.session, text, edits)], text)
        _check_unmasked(act.session, text, edits)
        said = [records.edit_record(ref.version, e, transcript=ref.transcript) for e in edits]
        changed = len(act.ensure(said))
        return _edited(act.session, found, changed)


def take_edits_back(store: Store, coding: str, *, by: str, at: datetime) -> Edited:
    """Show a quotation again as it was said, but for what may not leave."""
    coding = _meant(store, coding)
    _shown_now(store, coding)
    with store.act("take edits back", by=by, at=at) as act:
        found, ref, _ = _quoted(act.session, coding)
        changed = _take_back(act, found, ref)
        return _edited(act.session, found, changed)


def _meant(store: Store, coding: str) -> str:
    """The uid of a coding, also as it left of a coder who was numbered there."""
    with store.reading() as session:
        return as_stored(coding, Corpus(session).numbered_coders)


def _shown_now(store: Store, coding: str) -> Quotation:
    """The quotation of a coding. Raises WithheldError or CodingGoneError."""
    found = retrieving.quotes_of(store, [coding])
    if found.withheld:
        raise errors.WithheldError(where="quotes")
    if not found.quotations:
        raise errors.CodingGoneError(where="quotes")
    return found.quotations[0]


def _quoted(session: Session, uid: str) -> tuple[Coding, VersionRef, PlacedText]:
    """A coding on the current version of its transcript, with its words."""
    found = next((one for one in queries.codings(session) if one.uid == uid), None)
    refs = {ref.version: ref for ref in queries.current_versions(session)}
    if found is None or found.segment.version not in refs:
        raise errors.CodingGoneError(where="quotes")
    ref = refs[found.segment.version]
    stored = queries.texts(session, [ref.version])[ref.version]
    return found, ref, PlacedText(ref.name, stored)


def _placed(text: PlacedText, coding: Coding, words: str, shown: str) -> Edit:
    """The edit of these words in a quotation. Raises EditedWordsError, EditAcrossSpeakersError."""
    start, end = coding.segment.start, coding.segment.end
    where = f"turn {turn.n}" if (turn := text.turn_at(start)) else "quotes"
    times = text.text.count(words, start, end) if words.strip() else 0
    if times != 1:
        raise errors.EditedWordsError(times, where=where)
    at = text.text.find(words, start, end)
    span = Span(at, at + len(words))
    if len({one.speaker for one in text.turns_in(span)}) > 1:
        raise errors.EditAcrossSpeakersError(where=where)
    return Edit(span, shown)


def _standing(session: Session, text: PlacedText, new: Iterable[Edit]) -> Iterator[Edit]:
    """The edits that stand already, but for those on the very words of a new one."""
    places = {edit.span for edit in new}
    for edit in leaving.edits(session).get(text.version, ()):
        if edit.span not in places:
            yield edit


def _check_apart(edits: Iterable[Edit], text: PlacedText) -> None:
    in_order = sorted(edits, key=lambda edit: edit.span)
    for one, two in pairwise(in_order):
        if two.span.start < one.span.end:
            turn = text.turn_at(two.span.start)
            raise errors.EditOverlapsError(where=f"turn {turn.n}" if turn else "quotes")


def _check_unmasked(session: Session, text: PlacedText, edits: Iterable[Edit]) -> None:
    """Nothing is put over a name that is hidden for good: nobody is left who could look for it."""
    masks = leaving.masks(session).get(text.version, ())
    for edit in edits:
        if any(edit.span.overlaps(mask.span) for mask in masks):
            turn = text.turn_at(edit.span.start)
            raise errors.EditOfMaskError(where=f"turn {turn.n}" if turn else "quotes")


def _take_back(act: Act, coding: Coding, ref: VersionRef) -> int:
    place = Span(coding.segment.start, coding.segment.end)
    gone = [
        records.edit_record(ref.version, edit, transcript=ref.transcript, holds=False)
        for edit in leaving.edits(act.session).get(ref.version, ())
        if edit.span.overlaps(place)
    ]
    return len(act.ensure(gone))


def _edited(session: Session, coding: Coding, changed: int) -> Edited:
    """What is shown now, within the act: where it may not leave, nothing was done."""
    corpus = Corpus(session)
    ((quotation, _),) = quotations(session, corpus, only=frozenset([coding.uid]))
    gate.check_words(corpus.forbidden, [quotation.text], where="the words that were to be shown")
    edits = leaving.edits(session).get(coding.segment.version, ())
    place = Span(coding.segment.start, coding.segment.end)
    return Edited(quotation.text, sum(e.span.overlaps(place) for e in edits), changed)

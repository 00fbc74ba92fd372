"""Edits of quotations: what is left out or put right in what is shown, and never in what was said.

An edit belongs to its place in a version of a transcript, so every quotation that holds the place
shows it. It is in brackets, within one turn, and recorded: whoever made it, and when, can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from qualcode import errors
from qualcode.model.coding import Coding
from qualcode.model.consent import CUT, Edit
from qualcode.model.spans import Span
from qualcode.services.consent import gate
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.named_quotations import coding_meant
from qualcode.store import leaving, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.queries import VersionRef
from qualcode.store.store import Store
from qualcode.text.words import is_inside_a_word

_BRACKETED: Final = re.compile(r"\[[^\[\]\n\r]*[^\[\]\s][^\[\]\n\r]*\]")


@dataclass(frozen=True, slots=True)
class Edited:
    """What is shown of a quotation now, how many edits are in it, and how many are new.

    `masked` counts those of the new ones in whose own words a name, an address or a number stood
    that may not leave: they are shown with the mask in its place.
    """

    text: str
    edits: int
    changed: int
    masked: int = 0


def edit_quotation(
    store: Store,
    coding: str,
    *,
    cut: Sequence[str] = (),
    put: Sequence[tuple[str, str]] = (),
    code: str | None = None,
    by: str,
    at: datetime,
) -> Edited:
    """Leave words of a quotation out, or show others for them; doing it twice leaves one edit.

    `coding` is where the quotation stands, or the uid of a coding, and `code` what it stands under;
    `put` are words as they were said, and what is shown for them. Each must stand in the quotation
    once, as whole words or else within one; a cut takes whole words. Raises PlaceError,
    CodingGoneError, WithheldError, EditError, and LeakError where a name that may not leave would
    be shown.
    """
    wanted = [*((words, CUT) for words in cut), *put]
    if not all(_BRACKETED.fullmatch(shown) for _, shown in wanted):
        raise errors.EditNotBracketedError
    with store.act("edit quotation", by=by, at=at) as act:
        corpus, uid = Corpus(act.session), coding_meant(act.session, coding, code=code)
        _check_shown(act.session, corpus, uid)
        found, ref, text = _quoted(act.session, uid)
        edits = [_placed(text, found, words, shown) for words, shown in wanted]
        standing = [*edits, *_standing(act.session, text, edits)]
        _check_apart(standing, text)
        _check_left(found, standing, text)
        _check_unmasked(act.session, text, edits)
        said = [records.edit_record(ref.version, e, transcript=ref.transcript) for e in edits]
        new = act.ensure(said)
        masked = sum(
            bool(corpus.forbidden.edits(edit.shown[1:-1]))
            for edit, record in zip(edits, said, strict=True)
            if record in new
        )
        return replace(_edited(act.session, found, len(new)), masked=masked)


def take_edits_back(
    store: Store, coding: str, *, code: str | None = None, by: str, at: datetime
) -> Edited:
    """Show a quotation again as it was said, but for what may not leave."""
    with store.act("take edits back", by=by, at=at) as act:
        uid = coding_meant(act.session, coding, code=code)
        _check_shown(act.session, Corpus(act.session), uid)
        found, ref, _ = _quoted(act.session, uid)
        changed = _take_back(act, found, ref)
        return _edited(act.session, found, changed)


def _check_shown(session: Session, corpus: Corpus, uid: str) -> None:
    """Raise WithheldError or CodingGoneError of what nobody may read, or is not there."""
    if not quotations(session, corpus, only=frozenset([uid])):
        raise (
            errors.WithheldError(where="quotes")
            if corpus.withheld
            else errors.CodingGoneError(where="quotes")
        )


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
    """The edit of these words in a quotation.

    Raises EditedWordsError, CutInsideWordError, EditAcrossSpeakersError.
    """
    quotation = Span(coding.segment.start, coding.segment.end)
    where = f"turn {turn.n}" if (turn := text.turn_at(quotation.start)) else "quotes"
    found = list(_places(text.text, words, quotation)) if words.strip() else []
    # Of `he` in "she said that he came" the word is meant, not the end of another.
    whole = [one for one in found if not _cuts_a_word(one, text.text, quotation)]
    meant = whole or found
    if len(meant) != 1:
        raise errors.EditedWordsError(len(meant), where=where)
    if shown == CUT and not whole:
        raise errors.CutInsideWordError(where=where)
    if len({one.speaker for one in text.turns_in(meant[0])}) > 1:
        raise errors.EditAcrossSpeakersError(where=where)
    return Edit(meant[0], shown)


def _places(text: str, words: str, within: Span) -> Iterator[Span]:
    """Where words stand in a quotation, one behind the other."""
    at = text.find(words, within.start, within.end)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + len(words), within.end)


def _cuts_a_word(span: Span, text: str, quotation: Span) -> bool:
    """True where a stretch leaves part of a word of the quotation on either side of it."""
    inside = (at for at in (span.start, span.end) if quotation.start < at < quotation.end)
    return any(is_inside_a_word(at, text) for at in inside)


def _standing(session: Session, text: PlacedText, new: Iterable[Edit]) -> Iterator[Edit]:
    """The edits that stand already, but for those on the very words of a new one."""
    places = {edit.span for edit in new}
    for edit in leaving.edits(session).get(text.version, ()):
        if edit.span not in places:
            yield edit


def _check_left(coding: Coding, edits: Iterable[Edit], text: PlacedText) -> None:
    """Raise NothingLeftError where the cuts of a quotation leave no word of it."""
    start, end = coding.segment.start, coding.segment.end
    left: list[str] = []
    for span in sorted(edit.span for edit in edits if edit.shown == CUT):
        left.append(text.text[start : min(span.start, end)])
        start = max(start, span.end)
    left.append(text.text[start:end])
    if not any(sign.isalnum() for stretch in left for sign in stretch):
        turn = text.turn_at(coding.segment.start)
        raise errors.NothingLeftError(where=f"turn {turn.n}" if turn else "quotes")


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

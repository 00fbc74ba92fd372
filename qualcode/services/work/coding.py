"""Coding: put a code on a passage, take it off, do many at once, undo and redo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services import memos
from qualcode.services.places import PlacedText, find_transcript
from qualcode.services.work import coding_ground
from qualcode.store import queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.queries import VersionRef
from qualcode.store.store import Store
from qualcode.text import finding


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody wants to code: one of a span, turns from and to, or quoted words.

    `span` is (start, end) in code points; `turns` (first, last), counted from 1, both included;
    `threshold` is how alike, of 100, a passage must be to words that do not stand there as they
    are, None what suits the length of the quotation; `sentence` widens what was found to whole
    sentences.
    """

    span: tuple[int, int] | None = None
    turns: tuple[int, int] | None = None
    quote: str | None = None
    threshold: float | None = None
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """What tagging or untagging did. `changed` is False where it was so already.

    `score` is how alike the quoted words were (of 100), None for a span or turns; `elsewhere` is
    the number of further places where the same words stand.
    """

    coding: Coding
    code: str
    transcript: str
    text: str
    locator: str
    score: float | None
    exact: bool
    changed: bool
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Reverted:
    """What undo or redo did: the act that it took back or did again, and how many records.

    `file_left` is True where the codebook is another now and its file could not be taken along.
    """

    verb: str
    changed: int
    file_left: bool = False


@dataclass(frozen=True, slots=True)
class Located:
    """A place that was found: the span, and how well quoted words fit it."""

    span: Span
    score: float | None = None
    exact: bool = True
    elsewhere: int = 0


def tag(
    store: Store,
    transcript: str,
    code: str,
    place: Place,
    *,
    doubt: bool = False,
    memo: str | None = None,
    by: str,
    at: datetime,
) -> Tagged:
    """Put a code on a passage. Doing it twice leaves one coding.

    Raises UnknownTranscriptError, UnknownCodeError or a PlaceError.
    """
    with store.act("tag", by=by, at=at) as act:
        ref, text, located = _find(act.session, transcript, place)
        book, retired = queries.codebook(act.session)
        found = usable_code(book, retired, code)
        coding = Coding(_segment(ref, located.span), found.id, by, doubt)
        said = [records.coding_record(coding, transcript=ref.transcript)]
        if memo:
            known = {m.uid for m in queries.memos(act.session)}
            note = memos.coding_memo_record(
                coding.uid, memo, coder=by, at=at, transcript=ref.transcript, known=known
            )
            said += [] if note is None else [note]
        changed = act.ensure(said)
    return _tagged(coding, book, text, located, changed=bool(changed))


def untag(
    store: Store, transcript: str, code: str, place: Place, *, by: str, at: datetime
) -> Tagged:
    """Take the coder's own coding off a passage, on which its memos stay.

    A span means the coding that lies there exactly. For turns and quoted words that are not a
    coding's own place, the one coding of that code that overlaps them is meant. Raises
    NoSuchCodingError where there is none, or more than one.
    """
    with store.act("untag", by=by, at=at) as act:
        ref, text, located = _find(act.session, transcript, place)
        book, _ = queries.codebook(act.session)
        found = resolve_code(book, code)
        coding = _own_coding(act, ref, text, place, located.span, found, book, by)
        taken = coding_ground.taking_off(act.session, coding, transcript=ref.transcript)
        changed = act.ensure(taken.records)
    return _tagged(coding, book, text, located, changed=bool(changed))


def undo(store: Store, *, by: str, at: datetime, among: Collection[str] | None = None) -> Reverted:
    """Take the coder's latest act back, whole, where it is one of these verbs; by default any.

    Raises NothingToUndoError, ChangedSinceError, or NotUndoneHereError of another verb.
    """
    act = store.undo(by=by, at=at, among=among)
    return Reverted(act.reverted_verb, act.changed)


def redo(store: Store, *, by: str, at: datetime, among: Collection[str] | None = None) -> Reverted:
    """Do again what the coder's latest undo took back; otherwise as `undo`."""
    act = store.redo(by=by, at=at, among=among)
    return Reverted(act.reverted_verb, act.changed)


def usable_code(
    book: Codebook, retired: frozenset[str], name: str, *, where: str | None = None
) -> Code:
    """The code of a name, if it takes new codings; raises UnknownCodeError or RetiredCodeError."""
    code = resolve_code(book, name, where=where)
    if code.id in retired:
        raise errors.RetiredCodeError(book.full_name(code.id), where=where)
    return code


def locate(
    text: PlacedText,
    place: Place,
    *,
    language: str | None = None,
    where: str | None = None,
    may_lower: bool = True,
) -> Located:
    """The span that is meant; `language` (BCP 47) decides where sentences end.

    `may_lower` is False where nobody can say how like a quotation has to be.

    Raises EmptySpanError, SpanOutsideTextError, UnknownTurnError, QuoteNotFoundError or
    QuoteAmbiguousError.
    """
    located = _located(text, place, where or text.name, may_lower=may_lower)
    if not place.sentence:
        return located
    from qualcode.text.sentences import snap  # loads spaCy; only where asked for

    turns = [Span(turn.start, turn.end) for turn in text.turns]
    span = snap(located.span, text.text, language=language, units=turns)
    return Located(span, located.score, located.exact, located.elsewhere)


def _located(text: PlacedText, place: Place, where: str, *, may_lower: bool) -> Located:
    given = (place.span, place.turns, place.quote)
    if sum(one is not None for one in given) != 1:
        raise errors.UsageError(
            "a place is one of a span, turns and quoted words", mend="Give exactly one of them."
        )
    if place.span is not None:
        return Located(text.checked(*place.span))
    if place.turns is not None:
        first, last = text.turn(place.turns[0]), text.turn(place.turns[1])
        return Located(text.checked(first.start, last.end))
    return _quoted(text, place.quote or "", place.threshold, where, may_lower=may_lower)


def _quoted(
    text: PlacedText, quote: str, threshold: float | None, where: str, *, may_lower: bool
) -> Located:
    found = finding.find_quote(quote, text.text, threshold=threshold)
    if not found.places:
        near = found.nearest
        raise errors.QuoteNotFoundError(
            where=where,
            score=None if near is None else near.score,
            threshold=found.threshold,
            nearest=None if near is None else text.locator(near.span.start),
            may_lower=may_lower,
        )
    best = found.places[0]
    if len(found.places) > 1:
        places = [
            f"{text.locator(one.span.start)} [{one.span.start}:{one.span.end}]"
            for one in found.places
        ]
        raise errors.QuoteAmbiguousError(where=where, places=places)
    return Located(best.span, best.score, best.exact)


def _find(
    session: Session, transcript: str, place: Place
) -> tuple[VersionRef, PlacedText, Located]:
    ref = find_transcript(session, transcript)
    text = PlacedText(ref.name, queries.texts(session, [ref.version])[ref.version])
    return ref, text, locate(text, place, language=ref.language)


def _own_coding(
    act: Act,
    ref: VersionRef,
    text: PlacedText,
    place: Place,
    span: Span,
    code: Code,
    book: Codebook,
    by: str,
) -> Coding:
    mine = queries.codings(
        act.session, versions=[ref.version], codes=[code.id], coder=coder_key(by)
    )
    exact = [c for c in mine if (c.segment.start, c.segment.end) == (span.start, span.end)]
    near = [c for c in mine if c.segment.start < span.end and span.start < c.segment.end]
    # Who gives a span means that very one; done twice, it must not take another coding off.
    chosen: Sequence[Coding] = exact if exact or place.span is not None else near
    if len(chosen) != 1:
        spans = [f"{c.segment.start}:{c.segment.end}" for c in chosen or mine]
        raise errors.NoSuchCodingError(
            book.full_name(code.id),
            coder=by,
            where=text.locator(span.start),
            several=bool(chosen),
            spans=spans,
        )
    return chosen[0]


def _segment(ref: VersionRef, span: Span) -> Segment:
    return Segment(ref.version, span.start, span.end)


def _tagged(
    coding: Coding, book: Codebook, text: PlacedText, located: Located, *, changed: bool
) -> Tagged:
    s = coding.segment
    return Tagged(
        coding=coding,
        code=book.full_name(coding.code),
        transcript=text.name,
        text=text.text[s.start : s.end],
        locator=text.locator(s.start),
        score=located.score,
        exact=located.exact,
        changed=changed,
        elsewhere=located.elsewhere,
    )

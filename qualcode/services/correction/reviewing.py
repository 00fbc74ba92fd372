"""Codings that wait since a transcript was corrected: looked at, and settled one by one or at once.

A coding waits while it holds on a version that is not the current one, and so does a memo there
that is on none of those codings. Where its words went in the
current text is worked out anew each time, so that a later correction is seen; nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Literal

from qualcode import errors
from qualcode.model.codebook import Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.correction.carrying import Carrying, LooseMemos, Lying, Move, Paths
from qualcode.services.correction.tickets import holder_of, name_of, name_on, ticket_of
from qualcode.services.correction.voices import Casts
from qualcode.services.places import PlacedText, find_transcript
from qualcode.services.work.coding import Place, Reverted, locate
from qualcode.services.work.coding import redo as redo_one_of
from qualcode.services.work.coding import undo as undo_one_of
from qualcode.services.work.following import place_near
from qualcode.store import queries, records, working
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.store.versions import VersionFacts, versions, waiting_counts
from qualcode.text.anchoring import Outcome

SETTLE: Final = "settle codings"


@dataclass(frozen=True, slots=True)
class Waiting(Carrying):
    """A coding that waits: of which transcript, and the number of the version it stands on.

    `uid` is the transcript's, `now` that of the version in which its place is. `id` is the ticket
    of the coding as it is shown here: where something else is proposed later, it has another.
    """

    transcript: str
    version: int
    uid: str
    now: str
    id: str


@dataclass(frozen=True, slots=True)
class WaitingMemo:
    """A memo on words of an earlier version, and where they are; the fields are those of Waiting.

    It was on a passage, or on a coding that was taken off or went on without it.
    """

    memo: Memo
    outcome: Outcome
    place: Span | None
    old: str
    new: str | None
    likeness: float
    locator: str
    other_speaker: bool
    withheld: bool
    transcript: str
    version: int
    uid: str
    now: str
    id: str


Choice = Literal["accept", "drop"] | Span | Place | Segment
"""To take the place that is proposed, to take the coding off, or to lay it on a place given.

A segment is a place of the version that somebody has before their eyes, and of no other.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of one waiting coding, or memo; its ticket is the id that was shown."""

    ticket: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Settled:
    """What settling did: codings that lie on the current versions now, and those taken off.

    `waiting` counts the codings that still wait in the whole study, `memos` those decided upon.
    """

    laid_on: tuple[Coding, ...]
    dropped: tuple[Coding, ...]
    waiting: int
    memos: int = 0


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """All that waits, with the texts around it: `old` by version, `now` by transcript (uids).

    `newest` is the number of the newest event that is in it; `memos` counts those that wait beside
    the codings, as `waiting_memos` gives them.
    """

    newest: int
    waiting: tuple[Waiting, ...]
    memos: int
    old: Mapping[str, PlacedText]
    now: Mapping[str, PlacedText]
    book: Codebook
    retired: frozenset[str]


def one_choice(
    codings: Sequence[str],
    *,
    accept: bool = False,
    drop: bool = False,
    span: tuple[int, int] | None = None,
    quote: str | None = None,
) -> Choice:
    """The one choice that is given for codings, by their ids.

    Raises UsageError where it is none, or more than one, or one place for several codings.
    """
    if sum((accept, drop, span is not None, quote is not None)) != 1:
        raise errors.UsageError(
            "a coding is accepted, dropped, or given a span or quoted words",
            mend="Give exactly one of them.",
        )
    if span is not None or quote is not None:
        if len(codings) > 1:
            raise errors.UsageError(
                "a span and quoted words are the place of one coding",
                mend="Settle these one by one.",
            )
        return Place(span=span, quote=quote)
    return "drop" if drop else "accept"


def waiting(store: Store, transcript: str | None = None) -> tuple[Waiting, ...]:
    """All codings that wait, or those of one transcript, by transcript, version and place.

    Most have much changed words or none; those that arrived late may be carried as they are.
    Raises UnknownTranscriptError.
    """
    with store.reading() as session:
        return tuple(_Review(session, transcript).waiting())


def waiting_memos(store: Store, transcript: str | None = None) -> tuple[WaitingMemo, ...]:
    """The memos that wait without a coding, in the same order. Raises UnknownTranscriptError."""
    with store.reading() as session:
        return tuple(_Review(session, transcript).memos())


def review_page(store: Store) -> ReviewPage:
    """What waits in the whole study, to be read side by side with what stands there now."""
    with store.reading() as session:
        newest = working.log_end(session).number
        book, retired = queries.codebook(session)
        review = _Review(session)
        found, memos = [], len(review.loose_memos())
        old, now = {}, {}
        for one in review.waiting():
            paths = review.paths_of(one.coding)
            old[paths.old.version], now[one.uid] = paths.old, paths.new
            found.append(one)
        return ReviewPage(newest, tuple(found), memos, old, now, book, retired)


def place_for(store: Store, coding: str) -> Segment:
    """Where to look for the words of a waiting coding (its uid): what is proposed, or the nearest.

    Raises NotWaitingError, or NoProposalError where the corrected text holds no words.
    """
    with store.reading() as session:
        review = _Review(session)
        waits = review.coding(coding)
        paths = review.paths_of(waits)
        here = Span(waits.segment.start, waits.segment.end)
        place = place_near(paths.old, paths.new, here, paths.anchor)
        if place is None:
            raise errors.NoProposalError(coding, where=paths.old.locator(here.start))
        return Segment(paths.new.version, place.start, place.end)


def proposals(
    waiting: Sequence[Waiting | WaitingMemo], *, at_least: float = 0
) -> tuple[Decision, ...]:
    """To accept every place that is proposed, or with `at_least` some of them.

    These are of words alike by so much, of 100, that the same people speak: how alike words are
    does not say whose they are.

    It is the place that was proposed here: after a further correction nobody has seen another.
    """
    return tuple(
        Decision(one.id, Segment(one.now, one.place.start, one.place.end))
        for one in waiting
        if one.place is not None
        and (not at_least or (one.likeness >= at_least and not one.other_speaker))
    )


def settle(
    store: Store,
    decisions: Sequence[Decision],
    *,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Settled:
    """Do what was decided, all in one act that one undo takes back.

    Anybody may lay a coding on its words, whoever coded; to take one off is for its own coder, and
    its memos stay on the passage. What lies there twice on the versions that are touched, for two
    copies carried it apart, lies there once afterwards.

    Raises SeveralErrors with NotWaitingError, NotAsShownError, SharedIdError, NoProposalError,
    TranscriptCorrectedError or NotYoursError for every decision that cannot be followed, or a
    PlaceError.
    """
    opened = store.rehearsing if dry_run else store.act
    with opened(SETTLE, by=by, at=at) as act:
        settling = _Settling(_Review(act.session), coder=by)
        said = settling.records(decisions)
        act.ensure(said)
        left = sum(waiting_counts(act.session).values())
    return Settled(tuple(settling.laid_on), tuple(settling.dropped), left, settling.memos)


def undo(store: Store, *, by: str, at: datetime) -> Reverted:
    """Take back what the coder settled last, where that is their latest act.

    Raises NotUndoneHereError of any other, NothingToUndoError, or ChangedSinceError.
    """
    # Whoever settles codings does not mean the import of the correction, nor what they coded.
    return undo_one_of(store, by=by, at=at, among=[SETTLE])


def redo(store: Store, *, by: str, at: datetime) -> Reverted:
    """Settle again what the coder's latest undo took back."""
    return redo_one_of(store, by=by, at=at, among=[SETTLE])


class _Review:
    """The versions that codings may wait on, and the ways from there to the current texts."""

    def __init__(self, session: Session, transcript: str | None = None) -> None:
        self._session = session
        uid = None if transcript is None else find_transcript(session, transcript).transcript
        known = versions(session, uid)
        self.versions = {one.uid: one for one in known}
        self._current = {one.transcript: one.uid for one in known if one.is_current}
        self._left = [
            one for one in known if not one.is_current and one.transcript in self._current
        ]
        self.lying = Lying(session, [one.uid for one in self._left])
        self._paths: dict[str, Paths] = {}
        self._named: dict[str, list[Coding | LooseMemos]] | None = None
        self._casts = Casts(session)

    def waiting(self) -> Iterator[Waiting]:
        """Every coding that waits, by transcript, version and place."""
        for version in self._left:
            for coding in self.lying.on(version.uid):
                carrying = self.lying.carrying(coding, self.paths(version))
                known = {one.name: getattr(carrying, one.name) for one in fields(carrying)}
                ticket = self._ticket(coding, version)
                yield Waiting(**known, **self._whose(version), id=ticket)
            # Both texts and their alignment: of a whole study they are not kept.
            self._paths.pop(version.uid, None)

    def memos(self) -> Iterator[WaitingMemo]:
        """Every memo that waits on none of the codings, by transcript and version."""
        for version in self._left:
            for loose in self.loose(version.uid):
                paths = self.paths(version)
                here = Span(loose.segment.start, loose.segment.end)
                anchored = paths.anchor(here)
                place = anchored.span
                for memo in loose.memos:
                    yield WaitingMemo(
                        memo,
                        outcome=anchored.outcome,
                        place=place,
                        old=paths.old.text[here.start : here.end],
                        new=None if place is None else paths.new.text[place.start : place.end],
                        likeness=anchored.likeness,
                        locator=paths.old.locator(here.start),
                        other_speaker=paths.voices.differ(here, place),
                        withheld=paths.withheld(here, place),
                        **self._whose(version),
                        id=self._ticket(replace(loose, memos=(memo,)), version),
                    )
            self._paths.pop(version.uid, None)

    def loose(self, version: str) -> Iterator[LooseMemos]:
        """The memos on a version but those that go along with a waiting coding."""
        taken = {coding.segment for coding in self.lying.on(version)}
        for one in self.lying.loose(version):
            if one.of is not None or one.segment not in taken:
                yield one

    def loose_memos(self) -> dict[str, LooseMemos]:
        """Every memo that waits by its uid, each alone."""
        return {
            memo.uid: replace(loose, memos=(memo,))
            for version in self._left
            for loose in self.loose(version.uid)
            for memo in loose.memos
        }

    def holder(self, ticket: str) -> Coding | LooseMemos:
        """The coding that was shown under a ticket, or the memo, alone. Raises as `holder_of`."""
        if self._named is None:
            self._named = defaultdict(list)
            every: dict[str, Coding | LooseMemos] = {**self.lying.codings, **self.loose_memos()}
            for uid, one in every.items():
                self._named[name_of(uid)].append(one)
        named = self._named.get(name_on(ticket), ())
        today = [(self._ticket(one, self.versions[one.segment.version]), one) for one in named]
        return holder_of(ticket, today)

    def _ticket(self, on: Coding | LooseMemos, version: VersionFacts) -> str:
        """The ticket of a coding on a version, or of one memo, with what is proposed for it now."""
        paths, here = self.paths(version), Span(on.segment.start, on.segment.end)
        place = paths.anchor(here).span
        others = paths.voices.differ(here, place)
        told = partial(ticket_of, now=paths.new.version, place=place, other_speaker=others)
        if isinstance(on, Coding):
            return told(on.uid)
        (memo,) = on.memos
        return told(memo.uid, words=memo.body)

    def _whose(self, version: VersionFacts) -> dict[str, Any]:
        return {
            "transcript": version.name,
            "version": version.number,
            "uid": version.transcript,
            "now": self._current[version.transcript],
        }

    def paths(self, version: VersionFacts) -> Paths:
        """The way from a version to the current one of its transcript."""
        if version.uid not in self._paths:
            current = self._current[version.transcript]
            self._paths[version.uid] = Paths(
                self._session,
                version.name,
                version.uid,
                current,
                transcript=version.transcript,
                casts=self._casts,
            )
        return self._paths[version.uid]

    def coding(self, uid: str) -> Coding:
        """The waiting coding of a uid; raises NotWaitingError."""
        if uid not in self.lying.codings:
            raise errors.NotWaitingError(uid)
        return self.lying.codings[uid]

    def paths_of(self, on: Coding | LooseMemos) -> Paths:
        """The way from where a coding or a memo lies."""
        return self.paths(self.versions[on.segment.version])


class _Settling:
    """Decisions on their way to records; what they come to is counted in what is not private."""

    def __init__(self, review: _Review, *, coder: str) -> None:
        self._review = review
        self._coder = coder
        self.laid_on: list[Coding] = []
        self.dropped: list[Coding] = []
        self.memos = 0

    def records(self, decisions: Sequence[Decision]) -> list[Record]:
        """All that is to be said; raises SeveralErrors where a decision cannot be followed."""
        said: list[Record] = []
        problems: list[errors.QualcodeError] = []
        moves: dict[str, list[Move]] = defaultdict(list)
        decided: set[str] = set()
        for decision in {one.ticket: one for one in decisions}.values():
            try:
                found = self._review.holder(decision.ticket)
                if isinstance(found, LooseMemos):
                    said += self._memo(found, decision)
                    continue
                decided.add(found.uid)
                if decision.choice == "drop":
                    said += self._dropped(found)
                else:
                    move = Move(found, self._place(found, decision))
                    moves[found.segment.version].append(move)
            except errors.QualcodeError as problem:
                problems.append(problem)
        if problems:
            raise problems[0] if len(problems) == 1 else errors.SeveralErrors(problems)
        for version, mine in moves.items():
            said += self._moved(version, mine)
        for version in moves:
            said += self._beside(version, decided=decided)
        return said

    def _place(self, on: Coding | LooseMemos, decision: Decision) -> Span:
        """Where a coding or memo is to lie in the current text."""
        paths, choice = self._review.paths_of(on), decision.choice
        if isinstance(choice, Place):
            return locate(paths.new, choice, may_lower=False).span
        if isinstance(choice, Segment) and choice.version != paths.new.version:
            raise errors.TranscriptCorrectedError(paths.new.name)
        if isinstance(choice, Span | Segment):
            return paths.new.checked(choice.start, choice.end)
        place = paths.anchor(Span(on.segment.start, on.segment.end)).span
        if place is None:
            raise errors.NoProposalError(decision.ticket, where=paths.old.locator(on.segment.start))
        return place

    def _memo(self, loose: LooseMemos, decision: Decision) -> list[Record]:
        """One memo laid on a place of the current text, or taken back by whoever wrote it."""
        (memo,) = loose.memos
        scope = self._review.versions[loose.segment.version].transcript
        if decision.choice != "drop":
            place, paths = self._place(loose, decision), self._review.paths_of(loose)
            said = list(self._review.lying.memos_laid(loose, place, paths, transcript=scope))
        elif coder_key(memo.coder) == coder_key(self._coder):
            said = [records.memo_record(memo, scope=scope, holds=False)]
        else:
            raise errors.NotYoursError("memo", owner=memo.coder, coder=self._coder)
        self.memos += 1
        return said

    def _moved(self, version: str, moves: Sequence[Move]) -> Iterator[Record]:
        facts = self._review.versions[version]
        paths = self._review.paths(facts)
        self.laid_on += [move.made(paths.new.version) for move in moves]
        yield from self._review.lying.moved(moves, paths, transcript=facts.transcript)

    def _beside(self, version: str, *, decided: Collection[str]) -> Iterator[Record]:
        """What goes along on a version without a decision: codings that stand at their place."""
        facts = self._review.versions[version]
        paths, lying = self._review.paths(facts), self._review.lying
        twice = [move for move in lying.doubles(paths) if move.coding.uid not in decided]
        yield from lying.moved(twice, paths, transcript=facts.transcript)

    def _dropped(self, coding: Coding) -> Iterator[Record]:
        if coder_key(coding.coder) != coder_key(self._coder):
            raise errors.NotYoursError("coding", owner=coding.coder, coder=self._coder)
        self.dropped.append(coding)
        scope = self._review.versions[coding.segment.version].transcript
        yield from self._review.lying.taken_off(coding, transcript=scope)
        for memo in self._review.lying.memos_of(coding):
            stays = replace(memo, target_kind=MemoTarget.SEGMENT, target=coding.segment.uid)
            yield records.memo_record(stays, scope=scope)

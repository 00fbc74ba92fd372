"""Carrying codings over to a corrected transcript, inside the act that brings the correction.

A coding whose words are there again, as they were or with a few slips set right, is taken off the
old version and laid on the new one, with its code, coder, doubt and memos. One whose words changed
much, went, or are another speaker's now, stays where it is and waits: nothing that nobody looked at
is counted or goes out. What waits is not written down anywhere, for it is what still holds on a
version that is not the current one; so codings that arrive late, from a copy that knew of no
correction, wait as well. Nor is written down which coding of the old version one was, and an act
that carries takes off and lays on hundreds of one code and coder: where a copy that knew of no
correction took one off there, nobody can tell which that is now, and what was carried stays.

Memos go with their coding or passage, and so do stars (`hanging`). Those that were left on an
earlier version, for their words were gone or another copy went on with them, are looked for anew
with each correction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qualcode.model.coding import Coding, Memo, MemoTarget, Origin, Segment
from qualcode.model.spans import Span
from qualcode.services.consent.attribution import passes
from qualcode.services.correction.hanging import Hanging
from qualcode.services.correction.voices import Casts, Respoken
from qualcode.services.places import PlacedText
from qualcode.store import codes, merging, queries, records
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.versions import versions
from qualcode.text.anchoring import Alignment, Anchored, Outcome

LAID_ON: Final = frozenset({Outcome.CARRIED, Outcome.ADJUSTED})
"""What becomes a coding on the new version without anybody being asked."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """What becomes of one coding, which is named as it was: on the old version.

    `code` is the full name. `place` is where its words are in the new text, for CHECK a proposal,
    for LOST None; `old` and `new` are the words, `likeness`, of 100, how alike they are, `locator`
    is the old place, `new_locator` the other, `memos` the number on the coding and on its passage.
    `other_speaker` is True where others speak at the place than spoke the old words, `withheld`
    where `old` or `new` holds words of somebody who leaves in nothing: no face lets the two out
    then.
    """

    coding: Coding
    code: str
    outcome: Outcome
    place: Span | None
    old: str
    new: str | None
    likeness: float
    locator: str
    new_locator: str | None
    memos: int
    other_speaker: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One corrected transcript: `version` is its new number, `parent` the uid of the old version.

    `follows` is the number of that. `carryings` are by place and code; `respoken` counts the turns
    that another speaks now.
    """

    transcript: str
    uid: str
    version: int
    parent: str
    follows: int
    carryings: tuple[Carrying, ...]
    respoken: Respoken

    def counts(self) -> Mapping[Outcome, int]:
        """How many codings were carried, adjusted, are to be checked, are lost."""
        counted = Counter(one.outcome for one in self.carryings)
        return {outcome: counted[outcome] for outcome in Outcome}


def carry(act: Act, corrected: Mapping[str, tuple[str, str]]) -> tuple[Revision, ...]:
    """Move what lies on old versions to the new ones, as far as nobody need be asked.

    `corrected` maps the uid of a transcript to those of its old and its new version, both of which
    are written already. In the order of the transcripts' names.
    """
    session = act.session
    casts = Casts(session)
    known = versions(session)
    current = {one.transcript: one for one in known if one.is_current}
    numbers = {one.uid: one.number for one in known}
    left: dict[str, list[str]] = defaultdict(list)
    for one in known:
        if not one.is_current and one.transcript in corrected:
            left[one.transcript].append(one.uid)
    lying = Lying(session, [uid for uids in left.values() for uid in uids])
    hanging = lying.hanging
    revisions = []
    said: list[Record] = []
    for new in sorted((current[uid] for uid in corrected), key=lambda v: (v.name, v.transcript)):
        old, _ = corrected[new.transcript]
        paths = Paths(session, new.name, old, new.uid, transcript=new.transcript, casts=casts)
        found = tuple(lying.carryings(paths))
        respoken = casts.respoken(new.transcript, paths.voices)
        follows = numbers[old]
        revisions.append(
            Revision(new.name, new.transcript, new.number, old, follows, found, respoken)
        )
        said += lying.moved(moves_of(found), paths, transcript=new.transcript)
        said += lying.memos_moved(paths, transcript=new.transcript)
        said += hanging.moved(old, paths.new, paths.surely, transcript=new.transcript)
        for uid in left[new.transcript]:
            if uid != old and (lying.has_any(uid) or hanging.has_any(uid)):
                paths = Paths(
                    session, new.name, uid, new.uid, transcript=new.transcript, casts=casts
                )
                said += lying.moved(lying.doubles(paths), paths, transcript=new.transcript)
                said += lying.memos_moved(paths, transcript=new.transcript)
                said += hanging.moved(uid, paths.new, paths.surely, transcript=new.transcript)
    act.ensure([*said, *hanging.relinked()])
    return tuple(revisions)


@dataclass(frozen=True, slots=True)
class Move:
    """A coding of an old version, and its place on the new one."""

    coding: Coding
    place: Span

    def made(self, version: str) -> Coding:
        """The coding as it lies on the new version (its uid)."""
        return replace(self.coding, segment=Segment(version, self.place.start, self.place.end))


def moves_of(carryings: Iterable[Carrying]) -> list[Move]:
    """What is laid on its new place without anybody being asked."""
    return [
        Move(one.coding, one.place)
        for one in carryings
        if one.outcome in LAID_ON and one.place is not None
    ]


class Paths:
    """From the places of one version of a transcript to those of another; aligned when asked."""

    def __init__(
        self, session: Session, name: str, old: str, new: str, *, transcript: str, casts: Casts
    ) -> None:
        texts = queries.texts(session, [old, new], read_as=casts.read_as)
        self.old = PlacedText(name, texts[old])
        self.new = PlacedText(name, texts[new])
        self.voices = casts.voices(transcript, self.old, self.new)
        self._closed_old = casts.closed(transcript, self.old)
        self._closed_new = casts.closed(transcript, self.new)
        self._alignment: Alignment | None = None
        self._known: dict[Span, Anchored] = {}

    def anchor(self, span: Span) -> Anchored:
        """Where a passage is now; the same words have the same places.

        Where others speak there it is to be looked at, however alike the words.
        """
        if self.old.text == self.new.text:  # speakers or times alone were set right
            return self.voices.checked(span, Anchored(Outcome.CARRIED, span, 100.0))
        if span not in self._known:
            self._alignment = self._alignment or Alignment(self.old.text, self.new.text)
            self._known[span] = self.voices.checked(span, self._alignment.anchor(span))
        return self._known[span]

    def surely(self, span: Span) -> Span | None:
        """Where a passage is now, if nobody need be asked; else None."""
        anchored = self.anchor(span)
        return anchored.span if anchored.outcome in LAID_ON else None

    def withheld(self, span: Span, place: Span | None) -> bool:
        """True where a passage, or its place now, holds words that may not leave."""
        return not passes(span.start, span.end, self._closed_old) or (
            place is not None and not passes(place.start, place.end, self._closed_new)
        )


@dataclass(frozen=True, slots=True)
class LooseMemos:
    """Memos on a passage, or on a coding that is not there any more: `of` is its code and coder."""

    segment: Segment
    of: str | None
    memos: tuple[Memo, ...]


class Lying:
    """What lies on some versions: codings, each as it is read and as it is stored, and memos."""

    def __init__(self, session: Session, versions: Sequence[str]) -> None:
        self._session = session
        self._book, _ = queries.codebook(session)
        merged = merging.survivors(session)
        self._stored: dict[str, list[Coding]] = defaultdict(list)
        read = []
        for stored in (placed.coding for placed in codes.placed_on(session, versions)):
            read.append(replace(stored, code=merged.get(stored.code, stored.code)))
            self._stored[read[-1].uid].append(stored)
        self.codings = {coding.uid: coding for coding in merging.each_once(read)}
        self._on: dict[str, list[Coding]] = defaultdict(list)
        for coding in self.codings.values():
            self._on[coding.segment.version].append(coding)
        self._new: dict[str, dict[str, Coding]] = {}
        self._memos: dict[str, list[Memo]] = {}
        self._loose: dict[str, list[str]] = defaultdict(list)
        self.hanging = Hanging(session, versions)
        wanted = set(versions)
        for memo in queries.memos(session) if versions else ():
            on_passage = memo.target_kind in (MemoTarget.SEGMENT, MemoTarget.CODING)
            version = memo.target.partition(":")[0]
            if on_passage and version in wanted:
                if memo.target not in self._memos and memo.target not in self.codings:
                    self._loose[version].append(memo.target)
                self._memos.setdefault(memo.target, []).append(memo)

    def has_any(self, version: str) -> bool:
        """Whether anything lies on a version."""
        return version in self._on or version in self._loose

    def on(self, version: str) -> Sequence[Coding]:
        """The codings on a version, by place, code and coder."""
        return self._on.get(version, ())

    def loose(self, version: str) -> Iterator[LooseMemos]:
        """The memos on a version that are on none of its codings."""
        for target in self._loose.get(version, ()):
            _, start, end, *of = target.split(":", 3)
            place = Segment(version, int(start), int(end))
            yield LooseMemos(place, of[0] if of else None, tuple(self._memos[target]))

    def carryings(self, paths: Paths) -> Iterator[Carrying]:
        """What becomes of the codings on the old one of the two versions."""
        return (self.carrying(coding, paths) for coding in self.on(paths.old.version))

    def carrying(self, coding: Coding, paths: Paths) -> Carrying:
        """What becomes of one coding."""
        here = Span(coding.segment.start, coding.segment.end)
        anchored = paths.anchor(here)
        place = anchored.span
        return Carrying(
            coding=coding,
            code=self._book.full_name(coding.code) or coding.code,
            outcome=anchored.outcome,
            place=place,
            old=paths.old.text[here.start : here.end],
            new=None if place is None else paths.new.text[place.start : place.end],
            likeness=anchored.likeness,
            locator=paths.old.locator(here.start),
            new_locator=None if place is None else paths.new.locator(place.start),
            memos=len(self.memos_of(coding)) + len(self._memos_at(coding.segment)),
            other_speaker=paths.voices.differ(here, place),
            withheld=paths.withheld(here, place),
        )

    def doubles(self, paths: Paths) -> list[Move]:
        """The codings of the old version whose code and coder stand at their new place already.

        Two copies that made corrections apart have each carried the same codings.
        """
        there = self._on_new(paths.new.version)
        moves = moves_of(self.carryings(paths))
        return [move for move in moves if move.made(paths.new.version).uid in there]

    def moved(self, moves: Sequence[Move], paths: Paths, *, transcript: str) -> Iterator[Record]:
        """The codings taken off the old version and laid on the new one, with their memos.

        Where the same code of the same coder lies at a new place already, the two become one: in
        doubt if either is, and a person's if either is. `transcript` is the uid.
        """
        there = self._on_new(paths.new.version)
        for move in moves:
            new = move.made(paths.new.version)
            same = there.get(new.uid)
            if same is not None:
                by_person = same.origin is Origin.PERSON
                origin = same.origin if by_person else new.origin
                new = replace(new, doubt=new.doubt or same.doubt, origin=origin)
            there[new.uid] = new
            yield from self.taken_off(move.coding, transcript=transcript)
            yield records.coding_record(new, transcript=transcript)
            yield from _on(self.memos_of(move.coding), new.uid, transcript)
            yield from _on(self._memos_at(move.coding.segment), new.segment.uid, transcript)
            yield from self.hanging.star_moved(
                move.coding.segment, move.place, paths.new.version, transcript=transcript
            )

    def _on_new(self, version: str) -> dict[str, Coding]:
        """What lies on a new version already, with what was moved there since."""
        if version not in self._new:
            codings = queries.codings(self._session, versions=[version])
            self._new[version] = {coding.uid: coding for coding in codings}
        return self._new[version]

    def taken_off(self, coding: Coding, *, transcript: str) -> Iterator[Record]:
        """A coding of an old version taken off, under every code with which it was written."""
        for stored in self._stored[coding.uid]:
            yield records.coding_record(stored, transcript=transcript, holds=False)

    def memos_moved(self, paths: Paths, *, transcript: str) -> Iterator[Record]:
        """The loose memos of the old version whose passages are surely there again."""
        for loose in self.loose(paths.old.version):
            anchored = paths.anchor(Span(loose.segment.start, loose.segment.end))
            if anchored.outcome in LAID_ON and anchored.span is not None:
                yield from self.memos_laid(loose, anchored.span, paths, transcript=transcript)

    def memos_laid(
        self, loose: LooseMemos, place: Span, paths: Paths, *, transcript: str
    ) -> Iterator[Record]:
        """Loose memos on a place of the new version, or on their coding where that is there."""
        passage = Segment(paths.new.version, place.start, place.end).uid
        yield from _on(loose.memos, ":".join(filter(None, (passage, loose.of))), transcript)

    def memos_of(self, coding: Coding) -> Sequence[Memo]:
        """The memos on a coding."""
        return self._memos.get(coding.uid, ())

    def _memos_at(self, segment: Segment) -> Sequence[Memo]:
        return self._memos.get(segment.uid, ())


def _on(memos: Iterable[Memo], target: str, transcript: str) -> Iterator[Record]:
    for memo in memos:
        yield records.memo_record(replace(memo, target=target), scope=transcript)

"""One coder at one transcript: what lies on it, and acts that each end in a commit.

A screen reads the session's values and hands it wishes; each act is one transaction and returns a
`Change` that says what is different now, so that nobody has to ask again. An act reads no more than
it needs to be sure of its ground: text, turns and speakers are as they were at the opening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from qualcode import errors
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, MemoType, Segment
from qualcode.model.people import Speaker, coder_key
from qualcode.model.spans import Span, Turn
from qualcode.model.transcript import StoredTranscript
from qualcode.services.book import codebook_file
from qualcode.services.memos import memo_uid
from qualcode.services.places import PlacedText, find_transcript
from qualcode.services.work import coding_ground as ground
from qualcode.services.work.answers import Answers
from qualcode.services.work.coding_layer import Layer, difference, read_layer
from qualcode.store import merging, queries, records, reverting, speaking, working
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.store.working import LogEnd
from qualcode.text import search


@dataclass(frozen=True, slots=True)
class Change:
    """What one act, or somebody else, changed in what lies on the transcript.

    `verb` is "tag", "untag", "set doubt", "move ends", "write memo", "remove memo", "finish",
    "unfinish", "undo", "redo", or "others" for a refresh. A coding that changed (its doubt) is in
    `removed` as it was and in `added` as it is. `reverted` is, of undo and redo, the verb that was
    taken back or done again, `elsewhere` the name of another transcript that it reached, and
    `file_left` True where the codebook's file could not be taken along. `records` is the number of
    records changed: 0 says that it was so already. `corrected` is True, of a refresh, where the
    transcript has another version now: nothing can be done to this one any more.
    """

    verb: str
    added: tuple[Coding, ...] = ()
    removed: tuple[Coding, ...] = ()
    memos: bool = False
    book: bool = False
    status: bool = False
    reverted: str = ""
    elsewhere: str | None = None
    file_left: bool = False
    records: int = 0
    corrected: bool = False


class CodingSession:
    """One coder's work on one transcript, as it is now; for one thread at a time.

    `record`, `name`, `text`, `speakers` and `answers` (the turns of nobody who is known to be an
    interviewer) are as they were at the opening.
    """

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        record: StoredTranscript,
        text: PlacedText,
        speakers: Mapping[str, Speaker],
        layer: Layer,
        end: LogEnd,
    ) -> None:
        self.store = store
        self.coder = coder
        self.record = record
        self.name = record.name
        self.text = text
        self.speakers = speakers
        self._answers = Answers(text, speakers)
        self.answers = self._answers.turns
        self._layer = layer
        self._end = end
        self._own_acts: set[bytes] = set()
        self._covered: frozenset[int] | None = None

    @classmethod
    def open(cls, store: Store, transcript: str, *, coder: str) -> CodingSession:
        """The session of a coder; `transcript` is a name as `find_transcript` takes it.

        Raises UnknownTranscriptError with the nearest name, or CoderNotGivenError.
        """
        if not coder.strip():
            raise errors.CoderNotGivenError
        with store.reading() as session:
            uid = find_transcript(session, transcript).transcript
            (record,) = queries.transcripts(session, [uid])
            version = record.version_uid
            known = {coder_key(one.name): one.name for one in queries.coders(session)}
            return cls(
                store,
                coder=known.get(coder_key(coder), coder.strip()),
                record=record,
                text=PlacedText(record.name, queries.texts(session, [version])[version]),
                speakers=speaking.speakers(session).get(uid, {}),
                layer=read_layer(session, version=version, transcript=uid, coder=coder),
                end=working.log_end(session),
            )

    # -- what there is ----------------------------------------------------------------------------

    @property
    def book(self) -> Codebook:
        """All codes in book order, the retired ones (`retired`) last."""
        return self._layer.book

    @property
    def retired(self) -> frozenset[str]:
        """Ids of the codes of the book that take no new codings."""
        return self._layer.retired

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        """The codes of the book by id, the retired ones too."""
        return self.book.by_id()

    @property
    def codings(self) -> tuple[Coding, ...]:
        """Everybody's codings on this version: by start, end, code and coder."""
        return self._layer.codings

    @property
    def memos(self) -> Mapping[str, tuple[Memo, ...]]:
        """Memos by what they are tied to: a coding's uid, or `version:start:end`."""
        return self._layer.memos

    @property
    def recent(self) -> tuple[str, ...]:
        """Ids of usable codes that this coder tagged with last in the project, newest first."""
        return self._layer.recent

    @property
    def finished(self) -> bool:
        """Whether this coder has said that they are done with the transcript."""
        return self._layer.finished

    def mine(self, coding: Coding) -> bool:
        """True where it is this coder's own."""
        return coder_key(coding.coder) == coder_key(self.coder)

    def counts(self, *, everyone: bool) -> Mapping[str, int]:
        """How many codings each code has here, by code id; codes without any are left out."""
        return Counter(c.code for c in self.codings if everyone or self.mine(c))

    def coverage(self) -> tuple[int, int]:
        """How many answers hold a coding of this coder, and how many answers there are."""
        return len(self._covered_answers()), len(self.answers)

    def codings_at(self, span: Span, *, everyone: bool) -> tuple[Coding, ...]:
        """Codings that overlap the span: the coder's own first, then the innermost."""
        begun = takewhile(lambda c: c.segment.start < span.end, self.codings)
        found = [c for c in begun if c.segment.end > span.start and (everyone or self.mine(c))]
        return tuple(
            sorted(found, key=lambda c: (not self.mine(c), c.segment.end - c.segment.start))
        )

    def memos_at(self, span: Span) -> tuple[Memo, ...]:
        """Memos on codings and on segments that overlap the span: by place, then by time.

        Those too whose coding an undo has taken off: a thought is not lost with it.
        """
        found: list[tuple[Span, Memo]] = []
        for target, memos in self.memos.items():
            _, start, end, *_ = target.split(":")
            place = Span(int(start), int(end))
            if place.overlaps(span):
                found += [(place, memo) for memo in memos]
        return tuple(memo for _, memo in sorted(found, key=lambda one: (one[0], one[1].written)))

    def uncoded(self, offset: int, *, back: bool = False) -> Turn | None:
        """The next answer that starts after `offset` and holds no coding of this coder's.

        With `back` the nearest that starts before it. None where there is none.
        """
        return self._answers.nearest(offset, but=self._covered_answers(), back=back)

    def search(self, query: str) -> tuple[Span, ...]:
        """Where the words stand in this transcript; raises QueryError."""
        hits = search.search(search.parse_query(query), self.text.text, self._turn_spans)
        return tuple(hit.span for hit in hits)

    # -- acts -------------------------------------------------------------------------------------

    def tag(self, code: str, span: Span, *, doubt: bool = False, at: datetime) -> Change:
        """Put a code (by id) on a span; a doubt that is there stays.

        Raises UnknownCodeError, RetiredCodeError or SpanOutsideTextError.
        """
        wanted = Coding(self._segment(span), code, self.coder, doubt)
        with self.store.act("tag", by=self.coder, at=at) as act:
            ground.check_usable(act.session, self.text, code, coder=self.coder, book=self.book)
            stored = ground.as_stored(act.session, wanted) or [wanted]
            said = [replace(one, doubt=doubt or one.doubt) for one in stored]
            act.ensure(self._coding_record(one) for one in said)
        coding = ground.as_read(said, code)
        layer = self._layer.with_codings([coding], [coding])
        if act.changed and code in self.codes:
            layer = layer.with_recent(code)
        return self._done(act, layer, added=[coding], removed=[self._layer.find(coding)])

    def untag(self, coding: Coding, *, at: datetime) -> Change:
        """Take one of this coder's own codings off; its memos stay on the passage.

        Raises NotYoursError.
        """
        self._check_mine(coding)
        with self._act("untag", at=at) as act:
            taken = ground.taking_off(act.session, coding, transcript=self.record.uid)
            act.ensure(taken.records)
        layer = self._layer.with_codings([], [coding]).with_memos(taken.memos)
        return self._done(act, layer, removed=[self._layer.find(coding)])

    def set_doubt(self, coding: Coding, *, doubt: bool, at: datetime) -> Change:
        """Say that a coding is doubted, or no longer. Raises NotYoursError, NoSuchCodingError."""
        self._check_mine(coding)
        with self._act("set doubt", at=at) as act:
            said = [replace(one, doubt=doubt) for one in self._standing(act, coding)]
            act.ensure(self._coding_record(one) for one in said)
        after = ground.as_read(said, coding.code)
        layer = self._layer.with_codings([after], [after])
        return self._done(act, layer, added=[after], removed=[self._layer.find(after)])

    def move_ends(self, coding: Coding, span: Span, *, at: datetime) -> Change:
        """Let a coding reach from here to there; its memos and star go with it, its doubt stays.

        Where the same code lies there already, the two become one. Raises NotYoursError,
        NoSuchCodingError or SpanOutsideTextError.
        """
        self._check_mine(coding)
        segment = self._segment(span)
        if segment == coding.segment:
            return Change("move ends")
        with self._act("move ends", at=at) as act:
            stored = self._standing(act, coding)
            moved = replace(ground.as_read(stored, coding.code), segment=segment)
            after = ground.as_read([*ground.as_stored(act.session, moved), moved], coding.code)
            memos = [
                replace(memo, target=after.uid) for memo in ground.memos_on(act.session, coding)
            ]
            act.ensure(self._coding_record(one, holds=False) for one in stored)
            act.ensure([self._coding_record(after)])
            act.ensure(self._memo_record(memo) for memo in memos)
            of = self.record.uid
            act.ensure(ground.star_moved(act.session, coding.segment, segment, transcript=of))
        drawn = [self._layer.find(coding), self._layer.find(after)]
        layer = self._layer.with_codings([after], [coding, after]).with_memos(memos)
        return self._done(act, layer, added=[after], removed=drawn)

    def write_memo(
        self,
        target: Coding | Span,
        body: str,
        *,
        type: MemoType = MemoType.NOTE,  # noqa: A002  the field's own name
        at: datetime,
    ) -> Change:
        """Write a memo on a coding, anybody's, or on a place; one without words is none.

        Raises NoSuchCodingError or SpanOutsideTextError.
        """
        said = body.strip()
        if not said:
            return Change("write memo")
        if isinstance(target, Coding):
            kind, uid = MemoTarget.CODING, target.uid
        else:
            kind, uid = MemoTarget.SEGMENT, self._segment(target).uid
        made = Memo(
            memo_uid(kind, uid, self.coder, said, at), type, kind, uid, self.coder, said, at
        )
        with self._act("write memo", at=at) as act:
            if isinstance(target, Coding):
                self._standing(act, target)
            act.ensure([self._memo_record(made)])
        return self._done(act, self._layer.with_memos([made]))

    def rewrite_memo(self, memo: Memo, body: str, *, goes_on: bool = False, at: datetime) -> Change:
        """Give one of this coder's own memos other words; without words it is taken back.

        It stays what it is, on what it is tied to by now. What `goes_on` with the writing before
        is one with it to undo. Raises NotYoursError, or UnknownMemoError
        where it was taken back elsewhere.
        """
        if coder_key(memo.coder) != coder_key(self.coder):
            raise errors.NotYoursError("memo", owner=memo.coder, coder=self.coder)
        said = body.strip()
        writing = "go on with memo" if goes_on else "write memo"
        with self._act(writing if said else "remove memo", at=at) as act:
            stored = queries.stored_memo(act.session, memo.uid)
            if stored is None:
                raise errors.UnknownMemoError(memo.uid)
            after = replace(stored, body=said or stored.body)
            act.ensure([self._memo_record(after, holds=bool(said))])
            read = merging.memo_as_read(after, merging.survivors(act.session))
        return self._done(act, self._layer.with_memos([read], [] if said else [read.uid]))

    def set_finished(self, *, finished: bool, at: datetime) -> Change:
        """Say that this coder is done with the transcript, or is not."""
        with self._act("finish" if finished else "unfinish", at=at) as act:
            act.ensure([records.work_record(self.record.uid, self.coder, finished=finished)])
        return self._done(act, replace(self._layer, finished=finished))

    def undo(self, *, file: Path | None = None, at: datetime) -> Change:
        """Take the coder's latest act back, wherever it was; of a new code in `file` too.

        What came from others meanwhile is in the change too. Raises NothingToUndoError,
        ChangedSinceError, NotUndoableError, CodebookReadOnlyError, TranscriptCorrectedError, or
        NotUndoneHereError for an import or the like.
        """
        return self._revert(reverting.UNDO, Act.undo_latest, file=file, at=at)

    def redo(self, *, file: Path | None = None, at: datetime) -> Change:
        """Do again what the coder's latest undo took back, of a new code in `file` too."""
        return self._revert(reverting.REDO, Act.redo_latest, file=file, at=at)

    def refresh(self) -> Change | None:
        """What came from elsewhere since; None, at the cost of one statement, where nothing did.

        Where the transcript was corrected, that is all it says, as often as it is asked.
        """
        with self.store.reading() as session:
            acts = working.acts_from(session, self._end)
            if acts is not None and acts.keys() <= self._own_acts:
                newest = max(acts.items(), key=lambda one: one[1], default=None)
                if newest is not None:
                    self._end = LogEnd(newest[1], newest[0])
                    self._own_acts.clear()
                return None
            if working.current_version(session, self.record.uid) not in (self.text.version, None):
                return Change("others", corrected=True)
            layer, end = self._read(session), working.log_end(session)
        change = self._taken("others", layer, end)
        told = change.added or change.removed or change.memos or change.book or change.status
        return change if told else None

    def place_now(self, span: Span) -> Span | None:
        """Where a passage is in the text as it stands now, or what is nearest to it.

        None where there are no words. Raises UnknownTranscriptError.
        """
        from qualcode.services.work.following import place_now  # 20 ms, and seldom needed

        with self.store.reading() as session:
            version = working.current_version(session, self.record.uid)
            if version is None:
                raise errors.UnknownTranscriptError(self.name)
            stored = queries.texts(session, [version])[version]
        return place_now(self.text, PlacedText(self.name, stored), span)

    def reload_book(self) -> None:
        """Read the codebook anew, and nothing else: `refresh` says what it makes of the codings."""
        with self.store.reading() as session:
            book, retired = queries.codebook(session)
        self._layer = self._layer.with_book(book, retired)
        self.__dict__.pop("codes", None)

    # -- how it is done ---------------------------------------------------------------------------

    @contextmanager
    def _act(self, verb: str, *, at: datetime) -> Iterator[Act]:
        """One act on this transcript; raises UnknownTranscriptError where it was taken out."""
        with self.store.act(verb, by=self.coder, at=at) as act:
            ground.check_there(act.session, self.text)
            yield act

    def _done(
        self,
        act: Act,
        layer: Layer,
        *,
        added: Sequence[Coding] = (),
        removed: Sequence[Coding | None] = (),
    ) -> Change:
        """The change that a committed act made; what was removed and is there again is none."""
        if act.id is not None:
            self._own_acts.add(act.id)
        before, self._layer = self._layer, layer
        if added or removed:
            self._covered = None
        gone = tuple(one for one in removed if one is not None)
        return Change(
            act.verb,
            tuple(one for one in added if one not in gone),
            tuple(one for one in gone if one not in added),
            memos=layer.memos is not before.memos and layer.memos != before.memos,
            status=layer.finished != before.finished,
            records=act.changed,
        )

    def _taken(self, verb: str, layer: Layer, end: LogEnd) -> Change:
        """The session stands on what was read anew; what is different."""
        told = difference(self._layer, layer)
        self._layer = layer
        self._end = end
        self._own_acts.clear()
        self._covered = None
        self.__dict__.pop("codes", None)
        return Change(
            verb, told.added, told.removed, memos=told.memos, book=told.book, status=told.status
        )

    def _revert(
        self,
        verb: str,
        way: Callable[[Act], list[Record]],
        *,
        file: Path | None,
        at: datetime,
    ) -> Change:
        def checked(act: Act) -> list[Record]:
            ground.check_not_corrected(act.session, self.text, transcript=self.record.uid)
            said = way(act)
            ground.check_coding_act(act)
            return said

        holding = nullcontext() if file is None else codebook_file.held(file)
        with holding as held, self.store.act(verb, by=self.coder, at=at) as act:
            reverted, left = codebook_file.revert(act, checked, held)
            elsewhere = ground.other_transcript(act.session, reverted, here=self.record.uid)
            layer, end = self._read(act.session), working.log_end(act.session)
        change = self._taken(verb, layer, end)
        return replace(
            change,
            reverted=act.reverted_verb,
            elsewhere=elsewhere,
            file_left=left,
            records=act.changed,
        )

    def _read(self, session: Session) -> Layer:
        return read_layer(
            session, version=self.text.version, transcript=self.record.uid, coder=self.coder
        )

    def _segment(self, span: Span) -> Segment:
        place = self.text.checked(span.start, span.end)
        return Segment(self.text.version, place.start, place.end)

    def _check_mine(self, coding: Coding) -> None:
        if not self.mine(coding):
            raise errors.NotYoursError("coding", owner=coding.coder, coder=self.coder)

    def _standing(self, act: Act, coding: Coding) -> list[Coding]:
        return ground.standing(act.session, self.text, coding, book=self.book)

    def _coding_record(self, coding: Coding, *, holds: bool = True) -> Record:
        return records.coding_record(coding, transcript=self.record.uid, holds=holds)

    def _memo_record(self, memo: Memo, *, holds: bool = True) -> Record:
        return records.memo_record(memo, scope=self.record.uid, holds=holds)

    def _covered_answers(self) -> frozenset[int]:
        """Positions of the answers that hold a coding of this coder."""
        if self._covered is None:
            self._covered = self._answers.covered(filter(self.mine, self.codings))
        return self._covered

    @cached_property
    def _turn_spans(self) -> list[Span]:
        return [Span(turn.start, turn.end) for turn in self.text.turns]

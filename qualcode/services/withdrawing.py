"""Withdrawal: what rests on a participant, and how nothing of theirs leaves, or stays, any more.

Who withdraws is set to withheld: no later output holds a word of theirs, summaries that were linked
to their passages are taken back, so that their cells are open again, and all of it can be undone.
Whoever asks for more is erased: their interviews, their name, and what was said of them leave the
files for good. What was exported before is out of reach, so it is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from qualcode import errors
from qualcode.model.coding import Coding, Memo, MemoTarget, Segment
from qualcode.model.consent import Export
from qualcode.model.people import Attribution, Participant
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.model.transcript import StoredTranscript
from qualcode.services import lying_beside
from qualcode.services.book import codebook_file
from qualcode.services.book.codebook_file import HeldFile
from qualcode.services.consent import forgetting
from qualcode.services.consent.attribution import Consent, date_as, passes
from qualcode.services.consent.linkage import Precision
from qualcode.services.people import the_participant
from qualcode.services.projects import CODEBOOK
from qualcode.services.retrieval.filters import value_of
from qualcode.store import backup, erasing, identities, leaving, queries, records, speaking
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.records import participant_scope
from qualcode.store.store import Store
from qualcode.store.summaries import summaries
from qualcode.store.versions import versions

_PARTICIPANT, _TRANSCRIPT, _DATE = "participant", "transcript", "date"
"""Kinds of case that are told by a code, by a uid, or by as much of a day as may be said."""

_Case = tuple[StoredTranscript | None, Participant | None]
"""Somebody, and an interview of theirs; without one, who was not interviewed."""

Stretches = Mapping[str, Sequence[tuple[int, int]]]
"""What is theirs of each version of their interviews, by its uid."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What rests on one participant, and what became of it.

    `was` is the level before. `interviews` are theirs alone, `shared` those in which others spoke,
    too; both by name. `taken_back` are summaries that were linked to passages of theirs: no output
    has them, and their cells are open. `summaries` are those that are drafts again, their own and
    those of places and the like in which others are, too. An interview's is told by its name.
    `exports` is what left with something of theirs, oldest first.

    Of an erasure, `taken_back` are also their own summaries and those of places and the like in
    which nobody else was, and no word of any stays. `masked` counts the places in others' words
    where their name is now shown as their code, `reworded` what the team wrote that names them no
    longer, `unsaid` earlier wordings of it that are gone from the log; `still_named` says where
    somebody has to see to it. `files` lie beside the project and hold their words or name,
    `backups` are copies of it that do. `rewritten` is False where somebody else had the project
    open, so that its files could not be written anew: deleted words are overwritten, but their
    pages are not given back. `has_name` is False where no name of theirs is known here: wherever
    it was written it stands still, until the same is said where it is known. `on_server` is True of
    a project on a server, whose own log and backups nobody but who keeps it can reach.
    """

    participant: str
    was: Attribution
    interviews: tuple[str, ...]
    shared: tuple[str, ...]
    codings: int
    memos: int
    summaries: tuple[Summary, ...]
    exports: tuple[Export, ...]
    taken_back: tuple[Summary, ...] = ()
    erased: bool = False
    masked: int = 0
    reworded: int = 0
    unsaid: int = 0
    still_named: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()
    rewritten: bool = False
    has_name: bool = True
    on_server: bool = False


@dataclass(frozen=True, slots=True)
class _Resting:
    person: Participant
    alone: tuple[StoredTranscript, ...]
    shared: tuple[StoredTranscript, ...]
    cases: tuple[_Case, ...]
    codings: int
    memos: int
    own: tuple[Summary, ...]
    linked: tuple[Summary, ...]
    grouped: tuple[Summary, ...]
    exports: tuple[Export, ...]


def withdraw(
    store: Store, code: str, *, dry_run: bool = False, by: str, at: datetime
) -> Withdrawal:
    """Set a participant to withheld, with the summaries that rest on them open again, in one act.

    Raises UnknownParticipantError, ParticipantErasedError.
    """
    opened = store.rehearsing if dry_run else store.act
    with opened("withdraw participant", by=by, at=at) as act:
        rests = _resting(act.session, code)
        closed = replace(rests.person, attribution=Attribution.WITHHELD)
        act.ensure(records.participant_records(closed))
        act.ensure(_draft(one) for one in (*rests.own, *rests.grouped))
        _take_back(act, rests.linked)
    return _withdrawal(rests, drafts=(*rests.own, *rests.grouped), taken_back=rests.linked)


def erase(
    store: Store,
    code: str,
    *,
    with_shared: bool = False,
    folder: Path | None = None,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Withdrawal:
    """Take all that is a participant's out of the project and its names, for good.

    Their name is still shown as their code where others say or wrote it. With `with_shared`
    interviews go in which others spoke, too. In `folder` lie the project's own files: the codebook
    there is written anew where it is as it was applied, and others that hold their words are named.
    Of who was erased already, as in a copy without the names, the name goes and the files are
    written anew. Raises UnknownParticipantError, IdentitiesSealedError, CodebookReadOnlyError, and
    SharedInterviewsError without `with_shared`.
    """
    with store.reading() as session:
        _check_names(session)
        known = _erased_code(session, code)
        names, at_hand = identities.read(session), identities.at_hand(session)
        is_named = known in names
    taken = _Taken(
        Withdrawal(known or "", Attribution.WITHHELD, (), (), 0, 0, (), (), erased=True),
        [participant_scope(known or "")],
    )
    if known is None or is_named:  # else nothing is to be written, and nobody need be waited for
        taken = _forgotten(
            store, code, taken if is_named else None, with_shared, folder, dry_run, by=by, at=at
        )
    identity = names.get(taken.done.participant)
    has_name = bool(identity and identity.name) or (known is not None and at_hand)
    # Files may be many and large, and nobody is to wait at the project for them.
    done = replace(taken.done, has_name=has_name, backups=_copies(store, taken, folder))
    if taken.is_in is not None and folder is not None:
        done = replace(done, files=_beside(folder, taken, taken.is_in))
    done = replace(done, on_server=store.path is None)
    return replace(done, rewritten=not dry_run and _rewritten(store))


@dataclass(frozen=True, slots=True)
class _Taken:
    """What an erasure takes: the scopes that go, single events of which no word stays, and files.

    `sources` are digests of the files from which their interviews came, `written` are the team's
    that say no more of them. `is_in` tells of any text whether their name stands in it; it is None
    where nobody knows.
    """

    done: Withdrawal
    scopes: list[str]
    wordings: list[str] = field(default_factory=list)
    sources: frozenset[str] = frozenset()
    written: tuple[str, ...] = ()
    is_in: Callable[[str], bool] | None = None


def _forgotten(
    store: Store,
    code: str,
    erased: _Taken | None,
    with_shared: bool,
    folder: Path | None,
    dry_run: bool,
    *,
    by: str,
    at: datetime,
) -> _Taken:
    """The act of an erasure, with the codebook's file beside it."""
    opened = store.rehearsing if dry_run else store.act
    book = None if folder is None else folder / CODEBOOK
    with (
        nullcontext(None) if book is None else codebook_file.held(book) as file,
        opened("erase participant", by=by, at=at) as act,
    ):
        taken = erased or _erased(act, code, with_shared=with_shared)
        name = forgetting.forget(
            act, taken.done.participant, without=taken.scopes, gone=taken.wordings
        )
        has_written = _take_along(file, name.book, dry_run=dry_run)
    done = replace(
        taken.done,
        masked=name.masked,
        reworded=name.reworded,
        unsaid=name.unsaid,
        still_named=name.still_named,
    )
    written = (CODEBOOK,) if has_written else ()
    return replace(taken, done=done, written=written, is_in=name.is_in)


def _take_along(file: HeldFile | None, book: tuple[str, str] | None, *, dry_run: bool) -> bool:
    """Write the codebook's file anew with the project's; one changed by hand is left as it is."""
    if file is None or book is None or not file.is_text(book[0]):
        return False
    if dry_run:
        file.check_replaceable()
    else:
        file.replace(book[1])
    return True


def _beside(folder: Path, taken: _Taken, is_in: Callable[[str], bool]) -> tuple[str, ...]:
    left = {one.file for one in taken.done.exports if not one.is_stream}
    found = lying_beside.files_with(folder, sources=taken.sources, called=left, is_in=is_in)
    return tuple(one for one in found if one not in taken.written)


def _copies(store: Store, taken: _Taken, folder: Path | None) -> tuple[str, ...]:
    """Copies of the project in which their words stand; those whose name says theirs are files."""
    if store.path is None:
        return ()
    files = [] if folder is None else [path for path, _ in lying_beside.files_in(folder)]
    beside = backup.beside(store.path)
    further = [one for one in backup.copies_among(store, files) if one not in beside]
    called = {one: one.name for one in beside}
    if folder is not None:
        called |= {one: one.relative_to(folder).as_posix() for one in further}
    return tuple(
        called[place]
        for place in erasing.holding(called, taken.scopes)
        if taken.is_in is None or not taken.is_in(called[place])
    )


def _erased_code(session: Session, code: str) -> str | None:
    """The code as it is written of somebody who was erased, else None."""
    gone = {one.casefold(): one for one in erasing.erased_participants(session)}
    return gone.get(code.casefold())


def _erased(act: Act, code: str, *, with_shared: bool) -> _Taken:
    """What an erasure takes, with its summaries open again."""
    rests = _resting(act.session, code)
    if rests.shared and not with_shared:
        raise errors.SharedInterviewsError(
            rests.person.code, [transcript.name for transcript in rests.shared]
        )
    uids = [transcript.uid for transcript in (*rests.alone, *rests.shared)]
    lone = _of_them_alone(act.session, rests, gone=uids)
    taken_back = tuple(dict.fromkeys([*rests.linked, *lone]))
    drafts = tuple(one for one in rests.grouped if one not in lone)
    act.ensure(_draft(one) for one in drafts)
    _take_back(act, taken_back)
    done = _withdrawal(rests, drafts=drafts, taken_back=(*rests.own, *taken_back))
    gone = [record for one in taken_back for record in records.no_summary_records(one)]
    return _Taken(
        replace(done, erased=True),
        [participant_scope(rests.person.code), *uids],
        erasing.all_wordings(act.session, gone),
        frozenset(
            one.source_sha256
            for one in queries.known_versions(act.session)
            if one.transcript in uids
        ),
    )


def _rewritten(store: Store) -> bool:
    try:
        erasing.scrub(store)
    except errors.StoreLockedError:
        return False
    return True


def _check_names(session: Session) -> None:
    if session.sealed is not None and not session.sealed.is_open:
        raise errors.IdentitiesSealedError(where=session.where)


def _withdrawal(
    rests: _Resting, *, drafts: Iterable[Summary], taken_back: Iterable[Summary]
) -> Withdrawal:
    names = {one.uid: one.name for one in (*rests.alone, *rests.shared)}
    return Withdrawal(
        participant=rests.person.code,
        was=rests.person.attribution,
        interviews=tuple(transcript.name for transcript in rests.alone),
        shared=tuple(transcript.name for transcript in rests.shared),
        codings=rests.codings,
        memos=rests.memos,
        summaries=tuple(_called(one, names) for one in drafts),
        exports=rests.exports,
        taken_back=tuple(_called(one, names) for one in taken_back),
    )


def _called(summary: Summary, names: Mapping[str, str]) -> Summary:
    """The summary under the name of its interview, where it is one's."""
    is_one = summary.case_kind == "transcript"
    return replace(summary, case=names.get(summary.case, summary.case)) if is_one else summary


def _resting(session: Session, code: str) -> _Resting:
    """All that rests on a participant, as the store has it now."""
    person = the_participant(session, code)
    alone: list[StoredTranscript] = []
    shared: list[StoredTranscript] = []
    for transcript in queries.transcripts(session):
        people = {*transcript.participants, *(one.participant for one in transcript.speakers)}
        if person.code in people:
            (shared if people - {person.code, None} else alone).append(transcript)
    theirs = _theirs(session, person.code, [*alone, *shared])
    quoted = [one for one in queries.codings(session) if _is_theirs(one.segment, theirs)]
    spoken = _themes_of(session, quoted)
    cases: tuple[_Case, ...] = ((None, person), *((one, person) for one in (*alone, *shared)))
    rests_on = summaries(session)
    own = tuple(one for one in rests_on if _is_own(one, person.code, alone))
    linked = tuple(
        one
        for one in rests_on
        if one not in own and any(_is_theirs(link, theirs) for link in one.links)
    )
    return _Resting(
        person=person,
        alone=tuple(alone),
        shared=tuple(shared),
        cases=cases,
        codings=len(quoted),
        memos=sum(_speaks_of(memo, person.code, alone, theirs) for memo in queries.memos(session)),
        own=own,
        linked=linked,
        grouped=tuple(
            one
            for one in rests_on
            if one not in (*own, *linked) and one.theme in spoken and _is_of_group(one, cases)
        ),
        exports=tuple(one for one in leaving.exports(session) if person.code in one.shown),
    )


def _theirs(session: Session, code: str, transcripts: Sequence[StoredTranscript]) -> Stretches:
    """What of each version of their interviews would leave with them."""
    only = Consent({code: Participant(code, Attribution.WITHHELD)}, {})
    by_uid = {transcript.uid: transcript for transcript in transcripts}
    places = {one.uid: one.transcript for one in versions(session) if one.transcript in by_uid}
    speakers = speaking.speakers(session)
    return {
        uid: only.closed_turns(
            text.turns,
            speakers.get(places[uid], {}),
            (*by_uid[places[uid]].participants, code),
        )
        for uid, text in queries.texts(session, list(places)).items()
    }


def _is_theirs(segment: Segment, theirs: Stretches) -> bool:
    return not passes(segment.start, segment.end, theirs.get(segment.version, ()))


def _speaks_of(memo: Memo, code: str, alone: Iterable[StoredTranscript], theirs: Stretches) -> bool:
    if memo.target_kind is MemoTarget.PARTICIPANT:
        return memo.target == code
    if memo.target_kind is MemoTarget.TRANSCRIPT:
        return memo.target in {transcript.uid for transcript in alone}
    if memo.target_kind in (MemoTarget.SEGMENT, MemoTarget.CODING):
        version, start, end, *_ = memo.target.split(":")
        return _is_theirs(Segment(version, int(start), int(end)), theirs)
    return False


def _is_own(summary: Summary, code: str, alone: Sequence[StoredTranscript]) -> bool:
    """True for a summary of them, or of an interview that is theirs alone."""
    if summary.case_kind == _PARTICIPANT:
        return summary.case == code
    return summary.case_kind == _TRANSCRIPT and summary.case in {one.uid for one in alone}


def _themes_of(session: Session, codings: Iterable[Coding]) -> frozenset[str]:
    """The codes of these codings with all that they are under."""
    book, _ = queries.codebook(session)
    used = {coding.code for coding in codings}
    return frozenset(code for one in used for code in (one, *book.path(one)))


def _is_of_group(summary: Summary, cases: Iterable[_Case]) -> bool:
    """True for a summary of a place or the like, to which one of these belongs."""
    if summary.case_kind in (_PARTICIPANT, _TRANSCRIPT):
        return False
    return any(summary.case in _values(summary.case_kind, *case) for case in cases)


def _of_them_alone(
    session: Session, rests: _Resting, *, gone: Collection[str]
) -> tuple[Summary, ...]:
    """The summaries of a place, a month or the like in which nobody is who stays.

    `gone` are the uids of the interviews that go with them.
    """
    people = {one.code: one for one in queries.participants(session)}
    del people[rests.person.code]
    staying: list[_Case] = [(None, person) for person in people.values()]
    speakers = speaking.speakers(session)
    for transcript in queries.transcripts(session):
        if transcript.uid not in gone:
            spoken = [one.participant for one in speakers.get(transcript.uid, {}).values()]
            known = [people.get(code or "") for code in (*transcript.participants, *spoken)]
            staying += [(transcript, person) for person in known or [None]]
    return tuple(
        one
        for one in summaries(session)
        if _is_of_group(one, rests.cases) and not _is_of_group(one, staying)
    )


def _values(
    name: str, transcript: StoredTranscript | None, person: Participant | None
) -> set[str | None]:
    """What is known under a name; of a day also as much of it as may be said of somebody."""
    value = value_of(name, transcript, person)
    if name != _DATE or value is None:
        return {value}
    return {date_as(value, precision) for precision in Precision} | {value}


def _draft(summary: Summary) -> Record:
    return records.summary_record(replace(summary, status=SummaryStatus.DRAFT))


def _take_back(act: Act, taken: Iterable[Summary]) -> None:
    """Take summaries away, with the words that stand beside them: nobody is to meet those again."""
    taken = list(taken)
    act.ensure(records.summary_record(_with_others_settled(one)) for one in taken if one.others)
    act.ensure(record for one in taken for record in records.no_summary_records(one))


def _with_others_settled(summary: Summary) -> Summary:
    seen = dict.fromkeys((*summary.settled, *(other.uid for other in summary.others)))
    return replace(summary, settled=tuple(seen))

"""Withdrawal: what rests on a participant, and how nothing of theirs leaves, or stays, any more.

Who withdraws is set to withheld: no later output holds a word of theirs, summaries that rested on
their passages are drafts again without those, and all of it can be undone. Whoever asks for more is
erased: their interviews, their name, and what was said of them leave the files for good. What was
exported before is out of reach, so it is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode import errors
from qualcode.model.coding import Memo, MemoTarget, Segment
from qualcode.model.consent import Edit, Export
from qualcode.model.people import Attribution, Participant
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.model.transcript import StoredTranscript
from qualcode.services.consent.attribution import Consent, passes
from qualcode.services.consent.forbidden import Forbidden, forbidden, terms_of
from qualcode.services.people import consent_of, the_participant
from qualcode.store import backup, erasing, identities, leaving, queries, records, speaking
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.records import participant_scope
from qualcode.store.store import Store
from qualcode.store.summaries import summaries
from qualcode.store.versions import versions

Stretches = Mapping[str, Sequence[tuple[int, int]]]
"""What is theirs of each version of their interviews, by its uid."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What rests on one participant, and what became of it.

    `was` is the level before. `interviews` are theirs alone, `shared` those in which others spoke,
    too; both by name. `summaries` are those that were re-opened, an interview's by its name,
    `exports` what left with something of theirs, oldest first.

    Of an erasure, `masked` counts the places in others' words where their name is now shown as
    their code, `backups` are files in which their words still stand, and `rewritten` is False where
    somebody else had the project open, so that its files could not be written anew: deleted words
    are overwritten, but their pages are not given back.
    """

    participant: str
    was: Attribution
    interviews: tuple[str, ...]
    shared: tuple[str, ...]
    codings: int
    memos: int
    summaries: tuple[Summary, ...]
    exports: tuple[Export, ...]
    erased: bool = False
    masked: int = 0
    backups: tuple[str, ...] = ()
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class _Resting:
    person: Participant
    alone: tuple[StoredTranscript, ...]
    shared: tuple[StoredTranscript, ...]
    theirs: Stretches
    codings: int
    memos: int
    summaries: tuple[Summary, ...]
    exports: tuple[Export, ...]


def withdraw(
    store: Store, code: str, *, dry_run: bool = False, by: str, at: datetime
) -> Withdrawal:
    """Set a participant to withheld and re-open the summaries that rest on them, in one act.

    Raises UnknownParticipantError, ParticipantErasedError.
    """
    opened = store.rehearsing if dry_run else store.act
    with opened("withdraw participant", by=by, at=at) as act:
        rests = _resting(act.session, code)
        closed = replace(rests.person, attribution=Attribution.WITHHELD)
        act.ensure([*records.participant_records(closed), *_reopened(rests)])
    return _withdrawal(rests)


def erase(
    store: Store,
    code: str,
    *,
    with_shared: bool = False,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> Withdrawal:
    """Take all that is a participant's out of the project and its names, for good.

    Their name is still shown as their code where others say it. With `with_shared` interviews go
    in which others spoke, too. Of who was erased already, as in a copy without the names, the name
    goes and the files are written anew. Raises UnknownParticipantError, IdentitiesSealedError, and
    SharedInterviewsError without `with_shared`.
    """
    with store.reading() as session:
        _check_names(session)
        known = _erased_code(session, code)
        is_named = known in identities.read(session)
    scopes = [participant_scope(known or "")]
    done = Withdrawal(known or "", Attribution.WITHHELD, (), (), 0, 0, (), (), erased=True)
    if known is None or is_named:  # else nothing is to be written, and nobody need be waited for
        opened = store.rehearsing if dry_run else store.act
        with opened("erase participant", by=by, at=at) as act:
            if known is None:
                done, scopes = _erased(act, code, with_shared=with_shared)
            done = replace(done, masked=_forgotten(act, done.participant, without=scopes))
            act.erase(scopes)
    places = [] if store.path is None else backup.beside(store.path)
    return replace(
        done,
        backups=tuple(place.name for place in erasing.holding(places, scopes)),
        rewritten=not dry_run and _rewritten(store),
    )


def _erased_code(session: Session, code: str) -> str | None:
    """The code as it is written of somebody who was erased, else None."""
    gone = {one.casefold(): one for one in erasing.erased_participants(session)}
    return gone.get(code.casefold())


def _erased(act: Act, code: str, *, with_shared: bool) -> tuple[Withdrawal, list[str]]:
    """What an erasure takes, with the summaries re-opened, and the scopes that are to go."""
    rests = _resting(act.session, code)
    if rests.shared and not with_shared:
        raise errors.SharedInterviewsError(
            rests.person.code, [transcript.name for transcript in rests.shared]
        )
    act.ensure(_reopened(rests))
    uids = [transcript.uid for transcript in (*rests.alone, *rests.shared)]
    scopes = [participant_scope(rests.person.code), *uids]
    return replace(_withdrawal(rests), erased=True), scopes


def _forgotten(act: Act, code: str, *, without: Sequence[str]) -> int:
    """Take the name out of the identities, masked for ever where others say it; how often."""
    masks = _masks(act.session, code, without=without)
    act.ensure(records.edit_record(uid, edit, transcript=of) for uid, edit, of in masks)
    identities.forget(act.session, code)
    return len(masks)


def _rewritten(store: Store) -> bool:
    try:
        erasing.scrub(store)
    except errors.StoreLockedError:
        return False
    return True


def _check_names(session: Session) -> None:
    if session.sealed is not None and not session.sealed.is_open:
        raise errors.IdentitiesSealedError(where=session.where)


def _withdrawal(rests: _Resting) -> Withdrawal:
    names = {one.uid: one.name for one in (*rests.alone, *rests.shared)}
    return Withdrawal(
        participant=rests.person.code,
        was=rests.person.attribution,
        interviews=tuple(transcript.name for transcript in rests.alone),
        shared=tuple(transcript.name for transcript in rests.shared),
        codings=rests.codings,
        memos=rests.memos,
        summaries=tuple(
            replace(one, case=names.get(one.case, one.case))
            if one.case_kind == "transcript"
            else one
            for one in rests.summaries
        ),
        exports=rests.exports,
    )


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
    return _Resting(
        person=person,
        alone=tuple(alone),
        shared=tuple(shared),
        theirs=theirs,
        codings=sum(_is_theirs(one.segment, theirs) for one in queries.codings(session)),
        memos=sum(_speaks_of(memo, person.code, alone, theirs) for memo in queries.memos(session)),
        summaries=tuple(
            one for one in summaries(session) if _rests_on(one, person.code, alone, theirs)
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


def _rests_on(
    summary: Summary, code: str, alone: Sequence[StoredTranscript], theirs: Stretches
) -> bool:
    if summary.case_kind == "participant" and summary.case == code:
        return True
    if summary.case_kind == "transcript" and summary.case in {one.uid for one in alone}:
        return True
    return any(_is_theirs(link, theirs) for link in summary.links)


def _reopened(rests: _Resting) -> Iterator[Record]:
    """The summaries as drafts, without links to what is gone."""
    for summary in rests.summaries:
        links = tuple(link for link in summary.links if not _is_theirs(link, rests.theirs))
        yield records.summary_record(replace(summary, status=SummaryStatus.DRAFT, links=links))


def _masks(session: Session, code: str, *, without: Iterable[str]) -> list[tuple[str, Edit, str]]:
    """Where others say the name, to be shown otherwise when nobody knows it any more.

    Version, edit and transcript; what would be masked still is not among them.
    """
    register = identities.register(session)
    consent = consent_of(session)
    people = dict(consent.participants) | {code: Participant(code, Attribution.WITHHELD)}
    closed = replace(consent, participants=people)
    now = forbidden(session, closed)
    fewer = replace(
        register,
        people=tuple(one for one in register.people if one.code != code),
        decisions=tuple(one for one in register.decisions if one.of != code),
    )
    later = Forbidden(terms_of(session, closed, fewer), names_at_hand=now.names_at_hand)
    recorded = leaving.edits(session)
    gone = set(without)
    found = []
    others = {t.version_uid: t.uid for t in queries.transcripts(session) if t.uid not in gone}
    for uid, text in queries.texts(session, list(others)).items():
        known = {(edit.span.start, edit.span.end) for edit in later.edits(text.text)}
        known |= {(edit.span.start, edit.span.end) for edit in recorded.get(uid, ())}
        found += [
            (uid, edit, others[uid])
            for edit in now.edits(text.text)
            if passes(edit.span.start, edit.span.end, tuple(known))
        ]
    return found

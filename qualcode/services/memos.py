"""Memos: dated thoughts tied to the project, a transcript, a participant, a code or a passage."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.coding import Memo, MemoTarget, MemoType, Segment
from qualcode.model.people import coder_key
from qualcode.services.places import PlacedText, TranscriptNames
from qualcode.store import queries, records
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.store.versions import versions

_SEGMENT = re.compile(r"(?P<transcript>.+):(?P<start>\d+):(?P<end>\d+)")
_CODING = re.compile(r"(?P<version>[0-9a-f]{32}):\d+:\d+:[^:]+:.+")
PROJECT = "project"


@dataclass(frozen=True, slots=True)
class ShownMemo:
    """A memo with what it is tied to in a person's words."""

    memo: Memo
    target: str


def add_memo(
    store: Store,
    target: str,
    body: str,
    *,
    type: MemoType,  # noqa: A002  the field's own name
    by: str,
    at: datetime,
) -> Memo:
    """Write a memo down.

    `target` is `project`, the name of a transcript, a participant's code, the name of a code, the
    id of a coding, or a passage as `P07:120:340`. Raises UnknownNameError where it is none.
    """
    with store.act("write memo", by=by, at=at) as act:
        kind, uid, scope = _resolve(act.session, target)
        memo = Memo(memo_uid(kind, uid, by, body, at), type, kind, uid, by, body, at)
        act.ensure([records.memo_record(memo, scope=scope)])
    return memo


def list_memos(
    store: Store,
    *,
    target: str | None = None,
    coder: str | None = None,
    type: MemoType | None = None,  # noqa: A002
) -> tuple[ShownMemo, ...]:
    """Memos in the order in which they were written, narrowed by what is given."""
    with store.reading() as session:
        wanted = None if target is None else _resolve(session, target)[:2]
        names = _Names(session)
        return tuple(
            ShownMemo(memo, names.of(memo))
            for memo in queries.memos(session)
            if (wanted is None or (memo.target_kind, memo.target) == wanted)
            and (coder is None or coder_key(memo.coder) == coder_key(coder))
            and (type is None or memo.type is type)
        )


def remove_memo(store: Store, uid: str, *, by: str, at: datetime) -> Memo:
    """Take a memo back; undo brings it back. Raises UnknownMemoError."""
    with store.act("remove memo", by=by, at=at) as act:
        found = [memo for memo in queries.memos(act.session) if memo.uid.startswith(uid)]
        if not uid or len(found) != 1:
            raise errors.UnknownMemoError(uid)
        # The scope of a record must not change: an erasure finds it by the one it began with.
        scope = _scope(act.session, found[0])
        act.ensure([records.memo_record(found[0], scope=scope, holds=False)])
    return found[0]


def memo_uid(kind: MemoTarget, target: str, coder: str, body: str, at: datetime | None) -> str:
    """The uid of a memo; without a moment, the same words by the same coder are the same memo."""
    moment = "" if at is None else at.isoformat()
    said = "\n".join(("memo", kind, target, coder_key(coder), body, moment))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def coding_memo_record(
    coding: str, body: str, *, coder: str, at: datetime, transcript: str, known: set[str]
) -> Record | None:
    """The record of a memo on a coding, or None where it is written already (`known` uids)."""
    uid = memo_uid(MemoTarget.CODING, coding, coder, body, None)
    if uid in known:
        return None
    memo = Memo(uid, MemoType.NOTE, MemoTarget.CODING, coding, coder, body, at)
    return records.memo_record(memo, scope=transcript)


class _Names:
    """What uids are called by people."""

    def __init__(self, session: Session) -> None:
        known = versions(session)
        self._transcripts = {version.transcript: version.name for version in known}
        self._versions = {version.uid: version for version in known}
        self._book, _ = queries.codebook(session)
        self._session = session
        self._texts: dict[str, PlacedText] = {}

    def of(self, memo: Memo) -> str:
        """The target of a memo in words."""
        match memo.target_kind:
            case MemoTarget.TRANSCRIPT:
                return self._transcripts.get(memo.target, memo.target)
            case MemoTarget.CODE:
                return self._book.full_name(memo.target) or memo.target
            case MemoTarget.SEGMENT | MemoTarget.CODING:
                return self._place(memo.target)
        return memo.target

    def _place(self, target: str) -> str:
        version, start, *rest = target.split(":")
        known = self._versions.get(version)
        if known is None:
            return target
        if version not in self._texts:
            stored = queries.texts(self._session, [version])[version]
            self._texts[version] = PlacedText(known.name, stored)
        place = self._texts[version].locator(int(start))
        if not known.is_current:
            place += f" of version {known.number}"
        return f"{place} {self._book.full_name(rest[1])}" if len(rest) > 1 else place


def _resolve(session: Session, target: str) -> tuple[MemoTarget, str, str | None]:
    """Kind, uid and scope of what a person named."""
    if target == PROJECT:
        return MemoTarget.PROJECT, PROJECT, None
    coding = _CODING.fullmatch(target)
    whose = {version.uid: version.transcript for version in versions(session)} if coding else {}
    if coding and coding["version"] in whose:
        if target not in {c.uid for c in queries.codings(session, versions=[coding["version"]])}:
            raise errors.UnknownNameError(target)
        return MemoTarget.CODING, target, whose[coding["version"]]
    names = TranscriptNames(session)
    segment = _SEGMENT.fullmatch(target)
    if segment:
        ref = names.find(segment["transcript"])
        placed = PlacedText(ref.name, queries.texts(session, [ref.version])[ref.version])
        span = placed.checked(int(segment["start"]), int(segment["end"]))
        passage = Segment(ref.version, span.start, span.end)
        return MemoTarget.SEGMENT, passage.uid, ref.transcript
    for ref in names.refs:
        if ref.name == target:
            return MemoTarget.TRANSCRIPT, ref.transcript, ref.transcript
    if target in {person.code for person in queries.participants(session)}:
        return MemoTarget.PARTICIPANT, target, records.participant_scope(target)
    book, _ = queries.codebook(session)
    try:
        return MemoTarget.CODE, resolve_code(book, target).id, None
    except errors.UnknownCodeError:
        ref = names.find(target)
        return MemoTarget.TRANSCRIPT, ref.transcript, ref.transcript


def _scope(session: Session, memo: Memo) -> str | None:
    match memo.target_kind:
        case MemoTarget.TRANSCRIPT:
            return memo.target
        case MemoTarget.PARTICIPANT:
            return records.participant_scope(memo.target)
        case MemoTarget.SEGMENT | MemoTarget.CODING:
            target = memo.target.split(":")[0]
            return {version.uid: version.transcript for version in versions(session)}.get(target)
    return None

"""Acts: one act of a person is one transaction, and one event for each record that it changes.

An act is named by the id of its first event. Saying what already holds writes nothing, so the same
act twice leaves one trace; undo and redo are acts of their own that put records back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from qualcode import errors
from qualcode.model.people import coder_key
from qualcode.store import clock, log, projection, readback, reverting
from qualcode.store.engine import Row, Session
from qualcode.store.fold import ERASE, Event
from qualcode.store.kinds import (
    CODE,
    CODER,
    KINDS,
    TRANSCRIPT,
    VERSION,
    Key,
    Kind,
    Pending,
    Record,
    canonical,
    canonical_key,
)
from qualcode.store.projection import Change

_NUL: Final = "\\u0000"
"""A NUL as canonical JSON writes it."""

_INSERT_TEXT: Final = (
    "INSERT INTO text (sha256, body, words_sha256, sketch) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)


class Act:
    """One open act; made by `Store.act`, which commits it or takes it back whole.

    `changed` counts the records that it changed; `reverted_verb` is what an undo took back.
    """

    def __init__(self, session: Session, *, verb: str, by: str, at_ms: int) -> None:
        self.session = session
        self.verb = verb
        self.coder = by.strip()
        if not self.coder:
            raise errors.CoderNotGivenError
        self.changed = 0
        self.reverted_verb = ""
        self._at_ms = at_ms
        self._id: bytes | None = None
        self._newest: bytes | None = None
        self._undoes: bytes | None = None
        self._silent = projection.silent_scopes(session)

    @property
    def id(self) -> bytes | None:
        """The act's id once it has changed anything."""
        return self._id

    def ensure(self, records: Iterable[Record]) -> list[Record]:
        """Make the records so; returns those that were not so already.

        A record named twice is said once, the last time it is named. Raises TranscriptCodedError
        or CodesCodedError where something would vanish that codings or memos lie on.
        """
        by_kind: dict[str, dict[Key, Record]] = defaultdict(dict)
        for record in records:
            by_kind[record.kind.name][record.key] = record
        pending = [
            change
            for name, kind in KINDS.items()
            if name in by_kind
            for change in self._changes(kind, by_kind[name])
        ]
        self._write(pending)
        return [one.record for one in pending]

    def add_texts(self, rows: Sequence[Row]) -> None:
        """Keep texts by their sha256: rows of (sha256, body, words_sha256, sketch)."""
        if any("\0" in row[1] for row in rows):
            raise errors.UnstorableTextError("a transcript")
        try:
            self.session.many(_INSERT_TEXT, rows)
        except UnicodeEncodeError as problem:
            raise errors.UnstorableTextError("a transcript") from problem

    def erase(self, scopes: Iterable[str]) -> None:
        """Take the words of these scopes out of the store for good: see `erasing`."""
        fresh = sorted(set(scopes) - projection.erased_scopes(self.session))
        if not fresh:
            return
        introduction = self._introduction([])
        if introduction:
            self._say(introduction)
        act, ids = self._numbered(len(fresh))
        actor = coder_key(self.coder)
        events = [
            Event(ev, act, actor, self.verb, ERASE, scope, None)
            for ev, scope in zip(ids, fresh, strict=True)
        ]
        log.append(self.session, events)
        projection.erase(self.session, fresh)
        log.reseal(self.session)
        self._silent |= set(fresh)
        self.changed += len(fresh)

    def revert(self, target: bytes) -> list[Record]:
        """Put back what an act changed: each record to what it was before that act.

        Raises ChangedSinceError where a record is no longer as the act left it, or would come back
        in a transcript that was taken out since, and NotUndoableError where a newer program wrote
        the act.
        """
        self._undoes = target
        self.reverted_verb = reverting.verb_of(self.session, target)
        pending = reverting.reversal(self.session, target)
        self._write(pending)
        _guard_ground(self.session, pending, self.reverted_verb)
        return [one.record for one in pending]

    def undo_latest(self) -> list[Record]:
        """Take the coder's latest act back; raises NothingToUndoError or what `revert` raises."""
        return self._revert_one(reverting.latest_to_undo)

    def redo_latest(self) -> list[Record]:
        """Do again what the coder's latest undo took back."""
        return self._revert_one(reverting.latest_to_redo)

    def check_reverted(self, among: Collection[str]) -> None:
        """Make sure that what was taken back, or done again, is an act of one of these verbs.

        Raises NotUndoneHereError, and with it nothing was taken back.
        """
        if self.reverted_verb not in among:
            raise errors.NotUndoneHereError(self.reverted_verb, redo=self.verb == reverting.REDO)

    def _revert_one(self, latest: Callable[[Session, str], bytes | None]) -> list[Record]:
        target = latest(self.session, coder_key(self.coder))
        if target is None:
            redo = latest is reverting.latest_to_redo
            raise errors.NothingToUndoError(self.coder, redo=redo)
        return self.revert(target)

    def _changes(self, kind: Kind, records: Mapping[Key, Record]) -> list[Pending]:
        """The records that differ from the store."""
        now = readback.current(self.session, kind, list(records))
        changes = []
        for key, record in records.items():
            said = None if self._is_silent(record) else kind.normal(record.body or {})
            prev, body = now.get(key, (None, None))
            if said != body:
                changes.append(Pending(record, said, prev))
        return changes

    def _is_silent(self, record: Record) -> bool:
        """True where no words may stand: the record is taken back, or was erased for good."""
        return record.body is None or record.scope in self._silent

    def _write(self, pending: Sequence[Pending]) -> None:
        if not pending:
            return
        names = _names_of_vanishing(self.session, pending)
        self._say([*self._introduction(pending), *pending])
        verb = "removed" if _gone(pending, TRANSCRIPT) else "put back to the version before"
        _guard_transcripts(self.session, names, verb=verb)
        _guard_codes(self.session, pending)
        self.changed += len(pending)

    def _introduction(self, pending: Sequence[Pending]) -> list[Pending]:
        """The coder's own record, where this act is the first thing that they do."""
        key = (coder_key(self.coder),)
        named = any(one.record.kind is CODER and one.record.key == key for one in pending)
        if named or self._id is not None:
            return []
        known = readback.current(self.session, CODER, [key]).get(key)
        if known is not None and known.body is not None:
            return []
        prev = None if known is None else known.ev
        body = {"name": self.coder}
        return [Pending(Record(CODER, key, body), body, prev)]

    def _numbered(self, count: int) -> tuple[bytes, list[bytes]]:
        """The act's id, and the ids of its next events."""
        if self._newest is None:
            self._newest = log.newest_id(self.session)
        ids = clock.new_ids(count, at_ms=self._at_ms, newest=self._newest)
        self._newest = ids[-1]
        self._id = self._id or ids[0]
        return self._id, ids

    def _say(self, pending: Sequence[Pending]) -> None:
        """Write one event for each record, and its row."""
        act, ids = self._numbered(len(pending))
        actor = coder_key(self.coder)
        events: list[Event] = []
        changes: dict[str, list[Change]] = defaultdict(list)
        for ev, (record, body, prev) in zip(ids, pending, strict=True):
            events.append(
                Event(
                    id=ev,
                    act=act,
                    actor=actor,
                    verb=self.verb,
                    kind=record.kind.name,
                    key=canonical_key(record.key),
                    body=None if body is None else canonical(body),
                    scope=record.scope,
                    prev=prev,
                    undoes=self._undoes,
                )
            )
            changes[record.kind.name].append(Change(ev, record.key, body))
        _append(self.session, events)
        for name, mine in changes.items():
            projection.set_rows(self.session, KINDS[name], mine)


def _append(session: Session, events: Sequence[Event]) -> None:
    """PostgreSQL keeps no NUL, and neither database keeps half of a surrogate pair."""
    for event in events:
        # A backslash of the text is written twice: what remains single is an escape.
        for said in (event.key, event.body or ""):
            if _NUL in said and _NUL in said.replace("\\\\", ""):
                raise errors.UnstorableTextError(f"a {event.kind}")
    try:
        log.append(session, events)
    except UnicodeEncodeError as problem:
        raise errors.UnstorableTextError("a record") from problem


def _names_of_vanishing(session: Session, pending: Sequence[Pending]) -> dict[str, str]:
    """Names, by the uid of the version, of the transcripts that are to be taken away."""
    names: dict[str, str] = {}
    for kind, column in ((VERSION, "v.uid"), (TRANSCRIPT, "t.uid")):
        gone = _gone(pending, kind)
        names |= session.rows_in(
            "SELECT v.uid, t.name FROM version v JOIN transcript t ON t.id = v.transcript_id"
            f" WHERE v.live = 1 AND {column} IN",
            gone,
        )
    return names


def _guard_transcripts(session: Session, vanished: Mapping[str, str], *, verb: str) -> None:
    """No version of a transcript vanishes while anybody's codings or memos lie on it."""
    for uid, name in vanished.items():
        start = f"{uid}:"
        codings = session.rows(
            "SELECT coalesce(k.name, e.actor) FROM coding c JOIN version v ON v.id = c.version_id"
            " JOIN event e ON e.id = c.ev LEFT JOIN coder k ON k.uid = e.actor"
            " WHERE c.live = 1 AND v.uid = ?",
            (uid,),
        )
        memos = session.rows(
            "SELECT coalesce(k.name, e.actor) FROM memo m JOIN event e ON e.id = m.ev"
            " LEFT JOIN coder k ON k.uid = e.actor"
            " WHERE m.live = 1 AND substr(m.target, 1, ?) = ?",
            (len(start), start),
        )
        if codings or memos:
            raise errors.TranscriptCodedError(
                name or uid,
                codings=len(codings),
                memos=len(memos),
                verb=verb,
                by=sorted({actor for (actor,) in (*codings, *memos)}),
            )


def _guard_ground(session: Session, pending: Sequence[Pending], verb: str) -> None:
    """Nothing comes back in a transcript that is not there."""
    scopes = {one.record.scope for one in pending if one.body is not None} - {None}
    rows = session.rows_in("SELECT uid FROM transcript WHERE live = 0 AND uid IN", [*scopes])
    gone = {uid for (uid,) in rows}
    count = sum(one.body is not None and one.record.scope in gone for one in pending)
    if count:
        raise errors.ChangedSinceError(verb, count=count)


def _guard_codes(session: Session, pending: Sequence[Pending]) -> None:
    """No code vanishes while codings hold it; one that rests is retired instead."""
    gone = _gone(pending, CODE)
    held = session.rows_in(
        "SELECT k.uid, count(*) FROM coding c JOIN code k ON k.id = c.code_id"
        " WHERE c.live = 1 AND k.live = 0 GROUP BY k.uid HAVING k.uid IN",
        gone,
    )
    if held:
        raise errors.CodesCodedError(sorted(held))


def _gone(pending: Sequence[Pending], kind: Kind) -> list[str]:
    return [one.record.key[0] for one in pending if one.record.kind is kind and one.body is None]

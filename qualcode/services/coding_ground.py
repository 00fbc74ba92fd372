"""What an act on codings makes sure of inside its transaction, before it writes.

The session that acts may have read the book and the codings a while ago; since then a code may have
come to rest, gone into another or vanished, and a coding may have been taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from qualcode import errors
from qualcode.model.codebook import Codebook
from qualcode.model.coding import Coding, Memo, MemoTarget, Segment
from qualcode.services.places import PlacedText
from qualcode.store import merging, queries, records, reverting, working
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import CODE, CODEBOOK, CODING, MEMO, WORK, Record

_OF_CODING: Final = frozenset({CODE, CODEBOOK, CODING, MEMO, WORK})
"""What acts of coding change: codings, memos, a coder's word, and codes made on the way."""


def check_usable(
    session: Session, text: PlacedText, code: str, *, coder: str, book: Codebook
) -> None:
    """Make sure that the transcript is there and that the code takes new codings.

    `book` lends names to the messages. Raises UnknownTranscriptError, UnknownCodeError (with the
    name of the code that it went into) or RetiredCodeError.
    """
    found = working.footing(session, text.version, code, coder)
    if not found.version:
        raise errors.UnknownTranscriptError(text.name)
    survivor = merging.survivors(session).get(code) if found.merged else None
    if survivor is not None or not found.code:
        nearest = None if survivor is None else _name(book, survivor)
        raise errors.UnknownCodeError(_name(book, code), nearest=nearest)
    if found.retired:
        raise errors.RetiredCodeError(_name(book, code))


def as_stored(session: Session, coding: Coding) -> list[Coding]:
    """The codings of the store that are read as this one: none, one, or after a merge several."""
    merged = merging.survivors(session)
    return [
        replace(coding, code=code)
        for code in working.codes_at(session, coding.segment, coding.coder)
        if merged.get(code, code) == coding.code
    ]


def standing(session: Session, text: PlacedText, coding: Coding, *, book: Codebook) -> list[Coding]:
    """The same; raises NoSuchCodingError where the coding has been taken off elsewhere."""
    stored = as_stored(session, coding)
    if not stored:
        raise errors.NoSuchCodingError(
            _name(book, coding.code),
            coder=coding.coder,
            where=text.locator(coding.segment.start),
            several=False,
            spans=(),
        )
    return stored


@dataclass(frozen=True, slots=True)
class TakenOff:
    """What taking a coding off means: the records to say, and its memos as they stand after it."""

    records: list[Record]
    memos: list[Memo]


def taking_off(session: Session, coding: Coding, *, transcript: str) -> TakenOff:
    """The taking off of a coding; its memos stay on the passage, for a thought is not undone.

    `transcript` is the uid. Where the coding does not stand there is nothing to say.
    """
    stored = as_stored(session, coding)
    memos = [
        replace(memo, target_kind=MemoTarget.SEGMENT, target=passage_uid(coding.segment))
        for memo in memos_on(session, stored)
    ]
    gone = [records.coding_record(one, transcript=transcript, holds=False) for one in stored]
    return TakenOff(
        [*gone, *(records.memo_record(memo, scope=transcript) for memo in memos)], memos
    )


def passage_uid(segment: Segment) -> str:
    """What a memo on a passage is tied to."""
    return f"{segment.version}:{segment.start}:{segment.end}"


def memos_on(session: Session, stored: Sequence[Coding]) -> list[Memo]:
    """The memos on codings of one version as they are stored."""
    if not stored:
        return []
    uids = {coding.uid for coding in stored}
    on_version = queries.memos(session, version=stored[0].segment.version)
    return [memo for memo in on_version if memo.target in uids]


def check_coding_act(act: Act, reverted: Iterable[Record]) -> None:
    """Make sure that an undo or redo took none but acts of coding back.

    Whoever holds down the undo key must not take the transcript away under their own eyes. Raises
    NotUndoneHereError.
    """
    if any(record.kind not in _OF_CODING for record in reverted):
        raise errors.NotUndoneHereError(act.reverted_verb, redo=act.verb == reverting.REDO)


def other_transcript(session: Session, said: Iterable[Record], *, here: str) -> str | None:
    """The name of a transcript other than `here` (a uid) that the records speak of, or None."""
    scopes = {record.scope for record in said} - {None, here}
    if not scopes:
        return None
    names = (ref.name for ref in queries.current_versions(session) if ref.transcript in scopes)
    return next(names, None)


def _name(book: Codebook, code: str) -> str:
    return book.full_name(code) or code

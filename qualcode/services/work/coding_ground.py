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
from qualcode.store import leaving, merging, queries, records, working
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.kinds import Record

_OF_CODING: Final = frozenset(
    {
        "tag",
        "untag",
        "set doubt",
        "move ends",
        "write memo",
        "remove memo",
        "finish",
        "unfinish",
        "add code",
        "settle codings",
        "star",
        "take star off",
    }
)
"""What is done with a transcript in sight: to codings, stars and memos, a coder's word that they
are done, a code made on the way, and a place given to what a correction left without one. All other
changes of the codebook are made elsewhere, for all codings.
"""


def check_there(session: Session, text: PlacedText) -> None:
    """Make sure that the transcript was neither taken out nor corrected since it was opened.

    Raises UnknownTranscriptError or TranscriptCorrectedError.
    """
    if not working.is_there(session, text.version):
        raise errors.UnknownTranscriptError(text.name)
    if not working.is_current(session, text.version):
        raise errors.TranscriptCorrectedError(text.name)


def check_not_corrected(session: Session, text: PlacedText, *, transcript: str) -> None:
    """Make sure that the transcript (its uid), if it is there, has no other version now.

    Raises TranscriptCorrectedError.
    """
    if working.current_version(session, transcript) not in (text.version, None):
        raise errors.TranscriptCorrectedError(text.name)


def check_usable(
    session: Session, text: PlacedText, code: str, *, coder: str, book: Codebook
) -> None:
    """Make sure that the transcript is there and that the code takes new codings.

    `book` lends names to the messages. Raises UnknownTranscriptError, TranscriptCorrectedError,
    UnknownCodeError (with the name of the code that it went into) or RetiredCodeError.
    """
    found = working.footing(session, text.version, code, coder)
    if not found.version:
        raise errors.UnknownTranscriptError(text.name)
    if not found.current:
        raise errors.TranscriptCorrectedError(text.name)
    survivor = merging.survivors(session).get(code) if found.merged else None
    if survivor is not None or not found.code:
        nearest = None if survivor is None else _name(book, survivor)
        raise errors.UnknownCodeError(_name(book, code), nearest=nearest)
    if found.retired:
        raise errors.RetiredCodeError(_name(book, code))


def as_stored(session: Session, coding: Coding) -> list[Coding]:
    """The codings of the store that are read as this one: none, one, or after a merge several.

    Doubt and origin are the store's, whatever the coding given says.
    """
    here = working.codings_at(session, coding.segment, coding.coder)
    merged = merging.survivors(session) if here else {}
    return [one for one in here if merged.get(one.code, one.code) == coding.code]


def as_read(stored: Sequence[Coding], code: str) -> Coding:
    """The one coding as which codings of one place, all read as of `code`, are read."""
    (coding,) = merging.each_once(replace(one, code=code) for one in stored)
    return coding


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
        replace(memo, target_kind=MemoTarget.SEGMENT, target=coding.segment.uid)
        for memo in (memos_on(session, coding) if stored else ())
    ]
    gone = [records.coding_record(one, transcript=transcript, holds=False) for one in stored]
    return TakenOff(
        [*gone, *(records.memo_record(memo, scope=transcript) for memo in memos)], memos
    )


def memos_on(session: Session, coding: Coding) -> list[Memo]:
    """The memos on a coding, those too that were written on a code before it went into this one."""
    on_version = queries.memos(session, version=coding.segment.version)
    return [memo for memo in on_version if memo.target == coding.uid]


def star_moved(session: Session, old: Segment, new: Segment, *, transcript: str) -> list[Record]:
    """A star going along with the one coding that lay on a passage; with others it stays there."""
    if old not in leaving.starred(session) or working.is_coded(session, old):
        return []
    return [
        records.star_record(old, transcript=transcript, holds=False),
        records.star_record(new, transcript=transcript),
    ]


def check_coding_act(act: Act) -> None:
    """Make sure that an undo or redo took none but an act of coding back.

    Whoever holds down the undo key must not take the transcript away under their own eyes, nor
    take back what was done to the codebook. Raises NotUndoneHereError.
    """
    act.check_reverted(_OF_CODING)


def other_transcript(session: Session, said: Iterable[Record], *, here: str) -> str | None:
    """The name of a transcript other than `here` (a uid) that the records speak of, or None."""
    scopes = {record.scope for record in said} - {None, here}
    if not scopes:
        return None
    names = (ref.name for ref in queries.current_versions(session) if ref.transcript in scopes)
    return next(names, None)


def _name(book: Codebook, code: str) -> str:
    return book.full_name(code) or code

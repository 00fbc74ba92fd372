"""A memo while somebody writes it: kept again and again, as one act, on the words it was begun on.

Where the transcript is corrected meanwhile, it is kept on the same words of the new version, or on
those next to them: nobody is to lose what they wrote.
"""

from __future__ import annotations

from datetime import datetime

from qualcode.errors import TranscriptCorrectedError
from qualcode.model.coding import Coding, Memo, Segment
from qualcode.model.people import coder_key
from qualcode.model.spans import Span
from qualcode.services.work.coding_session import Change, CodingSession

Target = Coding | Span


class OpenMemo:
    """A memo of one's own on a coding or a passage; `memo` is None until it was kept once."""

    def __init__(self, session: CodingSession, target: Target, memo: Memo | None) -> None:
        self._session = session
        self._target = target
        self._memo = memo
        self._begun = False

    def keep(self, words: str, *, at: datetime) -> Change | None:
        """Keep it as it is now, without words take it back; None where there is nothing to keep.

        Raises QualcodeErrors.
        """
        try:
            return self._keep(words, at=at)
        except TranscriptCorrectedError:
            self._go_over()
            self._keep(words, at=at)
            return Change("others", corrected=True)

    def _keep(self, words: str, *, at: datetime) -> Change | None:
        memo = self._memo
        if memo is None and not words.strip():
            return None
        if memo is not None:
            change = self._session.rewrite_memo(memo, words, goes_on=self._begun, at=at)
            if not words.strip():
                self._memo = None
        else:
            before = {one.uid for one in memos_of(self._session, self._target)}
            change = self._session.write_memo(self._target, words, at=at)
            now = memos_of(self._session, self._target)
            self._memo = next((one for one in reversed(now) if one.uid not in before), None)
        self._begun = self._memo is not None
        return change

    def _go_over(self) -> None:
        """Be on the same words of the version that the transcript has now."""
        before, target = self._session, self._target
        here = target
        if isinstance(target, Coding):
            here = Span(target.segment.start, target.segment.end)
        assert isinstance(here, Span)
        place = before.place_now(here)
        if place is None:
            raise TranscriptCorrectedError(before.name)
        self._session = CodingSession.open(before.store, before.record.uid, coder=before.coder)
        self._target = place
        if isinstance(target, Coding):
            there = (
                one
                for one in self._session.codings_at(place, everyone=True)
                if one.code == target.code
                and coder_key(one.coder) == coder_key(target.coder)
                and (one.segment.start, one.segment.end) == (place.start, place.end)
            )
            self._target = next(there, place)


def memos_of(session: CodingSession, target: Target) -> list[Memo]:
    """The coder's own memos on a coding or a passage, by the time at which they were written."""
    uid = (
        target.uid
        if isinstance(target, Coding)
        else Segment(session.text.version, target.start, target.end).uid
    )
    me = coder_key(session.coder)
    return [memo for memo in session.memos.get(uid, ()) if coder_key(memo.coder) == me]

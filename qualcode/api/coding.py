"""Coding: codes put on and taken off, the codebook behind them, memos, and undo."""

from __future__ import annotations

from pathlib import Path

from qualcode import errors
from qualcode.api.opened import Opened, Pathish, now, one_of
from qualcode.codebook import CodebookChanges
from qualcode.model.coding import Memo, MemoType
from qualcode.services import memos
from qualcode.services.book import codebook_editing, codebooks
from qualcode.services.book.codebook_editor import CodebookEditor
from qualcode.services.intake.importing import Progress
from qualcode.services.work import coders, coding, coding_table
from qualcode.services.work.progress import Overview, finish, overview


class CodingActs(Opened):
    """What coders do in a project."""

    def tag(
        self,
        transcript: str,
        code: str,
        *,
        span: tuple[int, int] | None = None,
        turn: int | tuple[int, int] | None = None,
        quote: str | None = None,
        sentence: bool = False,
        threshold: float | None = None,
        doubt: bool = False,
        memo: str | None = None,
    ) -> coding.Tagged:
        """Put a code on a span, on turns, or on quoted words."""
        place = _place(span, turn, quote, sentence, threshold)
        return coding.tag(
            self._store,
            transcript,
            code,
            place,
            doubt=doubt,
            memo=memo,
            by=self._coder(),
            at=now(),
        )

    def untag(
        self,
        transcript: str,
        code: str,
        *,
        span: tuple[int, int] | None = None,
        turn: int | tuple[int, int] | None = None,
        quote: str | None = None,
        sentence: bool = False,
        threshold: float | None = None,
    ) -> coding.Tagged:
        """Take the coder's own coding off again."""
        place = _place(span, turn, quote, sentence, threshold)
        return coding.untag(self._store, transcript, code, place, by=self._coder(), at=now())

    def tag_from(
        self, table: Pathish, *, dry_run: bool = False, progress: Progress | None = None
    ) -> coding_table.TableReport:
        """Put all codings of a CSV in, in one act."""
        return coding_table.tag_from(
            self._store, Path(table), dry_run=dry_run, by=self.coder, at=now(), progress=progress
        )

    def finish(self, transcript: str, *, finished: bool = True) -> bool:
        """Say that the coder is done with a transcript, or is not; returns whether that is new."""
        return finish(self._store, transcript, finished=finished, by=self._coder(), at=now())

    def undo(self) -> coding.Reverted:
        """Take the coder's latest act back; of an edit of the codebook, in the file too.

        `file_left` of what is returned says that the file was changed by hand, so that it stays.
        """
        return codebook_editing.undo(self._store, self._book(), by=self._coder(), at=now())

    def redo(self) -> coding.Reverted:
        """Do again what the latest undo took back."""
        return codebook_editing.redo(self._store, self._book(), by=self._coder(), at=now())

    def add_memo(self, target: str, body: str, *, type: MemoType | str = MemoType.NOTE) -> Memo:  # noqa: A002
        """Write a memo on a transcript, participant, code, coding, passage, or the project."""
        return memos.add_memo(
            self._store, target, body, type=one_of(MemoType, type), by=self._coder(), at=now()
        )

    def remove_memo(self, uid: str) -> Memo:
        """Take a memo back; undo brings it back."""
        return memos.remove_memo(self._store, uid, by=self._coder(), at=now())

    def memos(
        self,
        target: str | None = None,
        *,
        coder: str | None = None,
        type: MemoType | str | None = None,  # noqa: A002
    ) -> tuple[memos.ShownMemo, ...]:
        """Memos in the order in which they were written, narrowed by what is given."""
        wanted = None if type is None else one_of(MemoType, type)
        return memos.list_memos(self._store, target=target, coder=coder, type=wanted)

    def apply_codebook(
        self, file: Pathish | None = None, *, retire: bool = False, dry_run: bool = False
    ) -> codebooks.Applied:
        """Bring the codes in line with `codebook.yaml`, or the file given."""
        path, by = self._book(file), self._actor()
        return codebooks.apply(self._store, path, retire=retire, dry_run=dry_run, by=by, at=now())

    @property
    def edit(self) -> CodebookEditor:
        """The codes one by one, in `codebook.yaml` and the project at once."""
        return CodebookEditor(self._store, self._book(), by=self._actor(), now=now)

    def compare_codebook(self, file: Pathish | None = None) -> CodebookChanges:
        """What applying `codebook.yaml`, or the file given, would change."""
        return codebooks.compare(self._store, self._book(file))

    def codebook(self) -> codebooks.ShownCodebook:
        """The codes with their counts."""
        return codebooks.show_codebook(self._store)

    def coders(self) -> tuple[coders.CoderWork, ...]:
        """Who has done how much."""
        return coders.list_coders(self._store)

    def progress(self) -> Overview:
        """How far everybody is, and where this coder stands with each transcript."""
        return overview(self._store, coder=self.coder or None)


def _place(
    span: tuple[int, int] | None,
    turn: int | tuple[int, int] | None,
    quote: str | None,
    sentence: bool,
    threshold: float | None,
) -> coding.Place:
    if sum(one is not None for one in (span, turn, quote)) != 1:
        raise errors.UsageError(
            "a place is one of span, turn and quote", mend="Give exactly one of them."
        )
    turns = (turn, turn) if isinstance(turn, int) else turn
    return coding.Place(span, turns, quote, threshold, sentence)

"""A summary while somebody writes it: kept again and again, as one act, of the passages they saw.

Nothing is kept over words that somebody else wrote meanwhile: what is kept says what it follows,
and is refused where that is not what stands there. What a summary rests on is what its writer had
before their eyes; what came since makes it stale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.services.summaries.sheet import SheetCell
from qualcode.services.work import coding
from qualcode.services.work.coding import Reverted
from qualcode.store import records, working
from qualcode.store import summaries as stored
from qualcode.store.store import Store

_WRITE: Final = "write summary"
_GO_ON: Final = "go on with summary"
_STATUS: Final = "set summary status"
_REMOVE: Final = "remove summary"
_TABLE: Final = "write summaries from a table"
_OF_SUMMARIES: Final = frozenset({_WRITE, _STATUS, _REMOVE, _TABLE})


@dataclass(frozen=True, slots=True)
class Kept:
    """The summary as it stands now, None where it was taken away.

    `newest` is the number of the newest event, or None where there was something in the project
    already that nobody here has seen.
    """

    summary: Summary | None
    newest: int | None


def keep_words(
    store: Store,
    cell: SheetCell,
    words: str,
    *,
    began: Summary | None,
    links: Sequence[Segment],
    goes_on: bool = False,
    seen: int,
    by: str,
    at: datetime,
) -> Kept:
    """Keep the words of a cell as far as they are; without words there is no summary.

    `began` is what stood there when the writing began: its words, typed again, are its own again.
    Others are a draft of whoever writes. What `goes_on` with the writing before is one with it to
    undo; `seen` is the newest event that was seen. Raises SummaryChangedError.
    """
    said = words.strip()

    def after(now: Summary | None) -> Summary | None:
        if not said:
            return None
        if began is not None and said == began.text:
            # Words that are kept as they were say nothing new of what lies beneath them.
            return replace(began, links=tuple(links), settled=settled_in(now))
        kind, case = _subject(cell)
        same = now is not None and now.text == said
        return Summary(
            case_kind=kind,
            case=case,
            theme=cell.code,
            text=said,
            status=SummaryStatus.DRAFT,
            author=by,
            written=now.written if same and now is not None else at.astimezone(UTC).isoformat(),
            links=tuple(links),
            basis=cell.basis,
            settled=settled_in(now),
        )

    return _change(store, _GO_ON if goes_on else _WRITE, cell, after, seen=seen, by=by, at=at)


def keep_status(
    store: Store, cell: SheetCell, status: SummaryStatus, *, seen: int, by: str, at: datetime
) -> Kept:
    """Say how far the summary has come; checked or final, it holds for the passages that were seen.

    Raises NoSummaryError, SummaryChangedError.
    """

    def after(now: Summary | None) -> Summary | None:
        if now is None:
            raise errors.NoSummaryError(cell.row, cell.code)
        basis = now.basis if status is SummaryStatus.DRAFT else cell.basis
        return replace(now, status=status, basis=basis)

    return _change(store, _STATUS, cell, after, seen=seen, by=by, at=at)


def take_away(store: Store, cell: SheetCell, *, seen: int, by: str, at: datetime) -> Kept:
    """Take the summary away. Raises NoSummaryError, SummaryChangedError."""
    if cell.summary is None:
        raise errors.NoSummaryError(cell.row, cell.code)
    return _change(store, _REMOVE, cell, lambda _: None, seen=seen, by=by, at=at)


def check_writable(store: Store, cell: SheetCell, *, by: str, at: datetime) -> None:
    """Make sure, before somebody types, that words could be kept. Raises StoreErrors.

    Only what is written tells: words are, and are taken back.
    """
    kind, case = _subject(cell)
    words = f"{'' if cell.summary is None else cell.summary.text} …"
    moment = at.astimezone(UTC).isoformat()
    tried = Summary(kind, case, cell.code, words, SummaryStatus.DRAFT, by, moment)
    with store.rehearsing(_WRITE, by=by, at=at) as act:
        act.ensure([records.summary_record(tried)])


def undo(store: Store, *, by: str, at: datetime) -> Reverted:
    """Take back what the coder last did to summaries, where that is their latest act.

    Raises NotUndoneHereError of any other, NothingToUndoError, or ChangedSinceError.
    """
    # Whoever writes summaries does not mean the codings that they made before.
    return coding.undo(store, by=by, at=at, among=_OF_SUMMARIES)


def redo(store: Store, *, by: str, at: datetime) -> Reverted:
    """Do again what the coder's latest undo took back."""
    return coding.redo(store, by=by, at=at, among=_OF_SUMMARIES)


def _change(
    store: Store,
    verb: str,
    cell: SheetCell,
    after: Callable[[Summary | None], Summary | None],
    *,
    seen: int,
    by: str,
    at: datetime,
) -> Kept:
    """One act on the summary of a cell that is still what it was when it was looked at."""
    kind, case = _subject(cell)
    with store.act(verb, by=by, at=at) as act:
        was_seen = working.log_end(act.session).number == seen
        now = stored.summary(act.session, kind, case, cell.code)
        if now != cell.summary or cell.is_hidden:
            who = None if now is None else now.changed_by
            raise errors.SummaryChangedError(cell.row, who=who)
        then = after(now)
        if then is not None:
            act.ensure([records.summary_record(then)])
        elif now is not None:
            act.ensure(records.no_summary_records(now))
        written = stored.summary(act.session, kind, case, cell.code)
        newest = working.log_end(act.session).number if was_seen else None
    return Kept(written, newest)


def settled_in(now: Summary | None) -> tuple[str, ...]:
    """The wordings that whoever writes has seen beside what stands there, and those before."""
    if now is None:
        return ()
    return tuple(dict.fromkeys((*now.settled, *(one.uid for one in now.others))))


def _subject(cell: SheetCell) -> tuple[str, str]:
    """Of what the summary speaks. Raises UnknownCaseError for a row that is no case."""
    if cell.subject is None:
        raise errors.UnknownCaseError(cell.row, where=None, nearest=None)
    return cell.subject

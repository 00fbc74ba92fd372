"""Many summaries from a table, in one act: all of its rows, or none where any of them is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.summary import SummaryStatus
from qualcode.services.cases.rows import Subject
from qualcode.services.summaries.acts import case_of, written_anew, written_in
from qualcode.services.summaries.beneath import Beneath
from qualcode.services.tables import Row, read_table
from qualcode.store import records
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store

_NEEDED: Final = ("case", "theme", "text")
_COLUMNS: Final = (*_NEEDED, "status")

_Found = TypeVar("_Found")


def write_from(
    store: Store,
    table: Path,
    *,
    rows: str | None = None,
    dry_run: bool = False,
    by: str,
    at: datetime,
) -> tuple[int, int]:
    """Write all summaries of a table in one act: how many are new or changed, and how many not.

    Columns: `case`, `theme`, `text`, and `status` where it is wanted. A table settles no words that
    stand beside others: who wrote it had not seen them. Raises SeveralErrors with all that is wrong
    in every row; then nothing is written.
    """
    lines = _rows_of(table)
    opened = store.rehearsing if dry_run else store.act
    with opened("write summaries from a table", by=by, at=at) as act:
        cells = _Cells(act.session, rows, by=by, at=at)
        for row in lines:
            cells.take(row, where=f"{table}:{row.line}")
        if cells.problems:
            raise errors.SeveralErrors(cells.problems)
        changed = len(act.ensure(cells.made.values()))
    return changed, len(cells.made) - changed


class _Cells:
    """The summaries of the rows that were taken so far, and all that is wrong with them."""

    def __init__(self, session: Session, rows: str | None, *, by: str, at: datetime) -> None:
        self.made: dict[tuple[Subject, str], Record] = {}
        self.problems: list[errors.QualcodeError] = []
        self._session, self._rows = session, rows
        self._by, self._at = by, at
        self._beneath = Beneath(session)

    def take(self, row: Row, *, where: str) -> None:
        """Make the summary of a row, or put down what is wrong with it."""
        before = len(self.problems)
        self.problems += _empty(row, where)
        theme, case = row.cells.get("theme"), row.cells.get("case")
        book = self._beneath.corpus.book
        code = theme and self._tried(lambda: resolve_code(book, theme, where=where))
        subject = case and self._tried(
            lambda: case_of(self._session, self._beneath, case, self._rows, where=where)
        )
        status = self._tried(lambda: _status(row.cells.get("status"), where))
        if code and subject and len(self.problems) == before:
            self._tried(lambda: self._make((subject, code.id), row.cells["text"], status, where))

    def _make(
        self, cell: tuple[Subject, str], text: str, status: SummaryStatus | None, where: str
    ) -> None:
        if cell in self.made:
            raise _bad("an earlier row is of the same case and theme", where, "Give one.")
        before = written_in(self._session, self._beneath, cell, where)
        new = written_anew(self._beneath, cell, text, status, before, by=self._by, at=self._at)
        self.made[cell] = records.summary_record(new)

    def _tried(self, act: Callable[[], _Found]) -> _Found | None:
        try:
            return act()
        except errors.QualcodeError as problem:
            self.problems.append(problem)
            return None


def _rows_of(table: Path) -> tuple[Row, ...]:
    """The rows of a table that has the columns of summaries."""
    read = read_table(table, known=_COLUMNS)
    problems: list[errors.QualcodeError] = list(read.problems)
    problems += [
        _bad(f"there is no column '{column}'", str(table), "Name it so.")
        for column in _NEEDED
        if column not in read.columns
    ]
    if problems:
        raise errors.SeveralErrors(problems)
    return read.rows


def _empty(row: Row, where: str) -> Iterator[errors.QualcodeError]:
    for column in _NEEDED:
        if column not in row.cells:
            yield _bad(f"the cell '{column}' is empty", where, "Fill it, or strike the row.")


def _status(given: str | None, where: str) -> SummaryStatus | None:
    if given is None:
        return None
    try:
        return SummaryStatus(given.strip().lower())
    except ValueError:
        known = ", ".join(SummaryStatus)
        raise _bad("this is no status of a summary", where, f"Give one of {known}.") from None


def _bad(problem: str, where: str, mend: str) -> errors.TableError:
    return errors.TableError(problem, where=where, mend=mend)

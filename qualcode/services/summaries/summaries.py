"""Framework summaries: what a case says on a theme, charted in the words of the team.

One summary belongs to a case and a theme, and stands in every matrix that has both. It begins as a
draft; whoever checks it, or calls it final, says that it holds for what is coded beneath it now.
Where that changes it is stale, until somebody writes or checks it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.matrix import Quotation
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.readers.ground.decoding import decode
from qualcode.readers.ground.source import Source
from qualcode.services.charts.cases import PARTICIPANT, TRANSCRIPT, Subject
from qualcode.services.places import PlacedText, TranscriptNames
from qualcode.services.summaries.resting import Beneath, Change, Missing
from qualcode.services.tables import Row, read_table
from qualcode.store import queries, records
from qualcode.store import summaries as stored
from qualcode.store.engine import Session
from qualcode.store.kinds import Record
from qualcode.store.store import Store
from qualcode.text.nearest import nearest

_PASSAGE: Final = re.compile(r"(?P<transcript>.+?):(?P<start>\d+):(?P<end>\d+)(?::.*)?")
"""`P07:120:340`, or the id of a coding, which begins with the version it lies on."""

_VERSION: Final = re.compile(r"[0-9a-f]{32}")

_NEEDED: Final = ("case", "theme", "text")
_COLUMNS: Final = (*_NEEDED, "status")


@dataclass(frozen=True, slots=True)
class Link:
    """A passage that a summary rests on; `missing` says why it is not there any more, or None.

    `locator` is None for words that were corrected since.
    """

    segment: Segment
    locator: str | None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class ShownSummary:
    """A summary as it may be shown, with what it rests on.

    `case` and `theme` are what people call them, `text` is as it may be shown and `words` as they
    were written. `change` is what became of the passages beneath it, `passages` are those now.
    """

    summary: Summary
    case: str
    theme: str
    text: str
    words: str
    links: tuple[Link, ...]
    change: Change
    passages: tuple[Quotation, ...]

    @property
    def is_stale(self) -> bool:
        """True where the passages beneath it are not those that it was written of."""
        return bool(self.change)


@dataclass(frozen=True, slots=True)
class Listed:
    """The summaries by case and theme; `hidden` speak of, or rest on, what may not leave."""

    summaries: tuple[ShownSummary, ...]
    hidden: int


def list_summaries(
    store: Store,
    *,
    case: str | None = None,
    theme: str | None = None,
    status: SummaryStatus | None = None,
) -> Listed:
    """All summaries that may be shown, narrowed by what is given; a theme with all below it.

    Raises UnknownCodeError.
    """
    with store.reading() as session:
        beneath = Beneath(session)
        wanted = None if theme is None else _with_below(beneath, theme)
        every, hidden = shown_summaries(session, beneath)
    found = [
        shown
        for shown in every
        if (case is None or shown.case.casefold() == case.casefold())
        and (wanted is None or shown.summary.theme in wanted)
        and (status is None or shown.summary.status is status)
    ]
    order = {code.id: place for place, code in enumerate(beneath.corpus.book.codes)}
    found.sort(key=lambda one: (one.case, order.get(one.summary.theme, len(order)), one.theme))
    return Listed(tuple(found), hidden)


def shown_summaries(
    session: Session, beneath: Beneath | None = None
) -> tuple[list[ShownSummary], int]:
    """The summaries that may be shown, and how many may not.

    Nothing else is read of a study in which nobody has written one.
    """
    every = stored.summaries(session)
    if not every:
        return [], 0
    ground = beneath or Beneath(session)
    shown = [_shown(ground, summary) for summary in every]
    return [one for one in shown if one is not None], shown.count(None)


def show_summary(store: Store, case: str, theme: str, *, rows: str | None = None) -> ShownSummary:
    """The summary of a case on a theme.

    `rows` is the kind of case as for a matrix. Raises UnknownCaseError, UnknownCodeError,
    NoSummaryError, or WithheldError for what may not be shown.
    """
    with store.reading() as session:
        beneath = Beneath(session)
        cell = _cell(session, beneath, case, theme, rows)
        return _shown_now(beneath, _standing(session, cell, case, theme))


def write_summary(
    store: Store,
    case: str,
    theme: str,
    text: str,
    *,
    rows: str | None = None,
    status: SummaryStatus | None = None,
    links: Sequence[str] | None = None,
    by: str,
    at: datetime,
) -> ShownSummary:
    """Write the summary of a case on a theme; new words are a draft, unless `status` says more.

    `links` are passages such as `P07:120:340`, or ids of codings; None leaves those that stand.
    Raises UsageError for no words, UnknownCaseError, UnknownCodeError, LinkElsewhereError, or
    WithheldError for a case that leaves in nothing.
    """
    with store.act("write summary", by=by, at=at) as act:
        beneath = Beneath(act.session)
        cell = _cell(act.session, beneath, case, theme, rows)
        written = _written(act.session, beneath, cell, text, status, by=by, at=at)
        if links is not None:
            segments = [_segment(act.session, beneath, link, cell) for link in links]
            written = replace(written, links=tuple(dict.fromkeys(segments)))
        act.ensure([records.summary_record(written)])
        return _shown_now(beneath, replace(written, changed_by=by))


def set_status(
    store: Store,
    case: str,
    theme: str,
    status: SummaryStatus,
    *,
    rows: str | None = None,
    by: str,
    at: datetime,
) -> ShownSummary:
    """Say how far a summary has come; checked or final, it holds for what is beneath it now.

    Its author stays whoever wrote it. Raises what `show_summary` raises.
    """
    with store.act("set summary status", by=by, at=at) as act:
        beneath = Beneath(act.session)
        cell = _cell(act.session, beneath, case, theme, rows)
        summary = replace(_standing(act.session, cell, case, theme), status=status)
        if status is not SummaryStatus.DRAFT:
            summary = replace(summary, basis=beneath.basis(*cell))
        act.ensure([records.summary_record(summary)])
        return _shown_now(beneath, replace(summary, changed_by=by))


def remove_summary(
    store: Store, case: str, theme: str, *, rows: str | None = None, by: str, at: datetime
) -> Summary:
    """Take a summary away; undo brings it back. Raises what `show_summary` raises."""
    with store.act("remove summary", by=by, at=at) as act:
        beneath = Beneath(act.session)
        cell = _cell(act.session, beneath, case, theme, rows)
        gone = _standing(act.session, cell, case, theme)
        act.ensure([records.summary_record(gone, holds=False)])
    return gone


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

    Columns: `case`, `theme`, `text`, and `status` where it is wanted. Raises SeveralErrors with
    one error for every row that is wrong; then nothing is written.
    """
    lines = _rows_of(table)
    opened = store.rehearsing if dry_run else store.act
    with opened("write summaries from a table", by=by, at=at) as act:
        beneath = Beneath(act.session)
        made: dict[tuple[Subject, str], Record] = {}
        problems: list[errors.QualcodeError] = []
        for row in lines:
            where = f"{table}:{row.line}"
            try:
                cell = _cell(
                    act.session, beneath, row.cells["case"], row.cells["theme"], rows, where=where
                )
                if cell in made:
                    raise _bad("an earlier row is of the same case and theme", where, "Give one.")
                status = _status(row.cells.get("status"), where)
                words = row.cells["text"]
                new = _written(act.session, beneath, cell, words, status, by=by, at=at)
                made[cell] = records.summary_record(new)
            except errors.QualcodeError as problem:
                problems.append(problem)
        if problems:
            raise errors.SeveralErrors(problems)
        changed = len(act.ensure(made.values()))
    return changed, len(made) - changed


def words_in(file: Path) -> str:
    """The words of a file of plain text.

    Raises FileMissingError, FileUnreadableError, NotTextError, or EmptyTranscriptError.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise errors.FileMissingError(where=str(file)) from None
    except OSError:
        raise errors.FileUnreadableError(where=str(file)) from None
    return decode(Source(data, file.name, str(file))).text


# -- which cell is meant ---------------------------------------------------------------------------


def _cell(
    session: Session,
    beneath: Beneath,
    case: str,
    theme: str,
    rows: str | None,
    *,
    where: str | None = None,
) -> tuple[Subject, str]:
    """The case and the id of the theme that are meant."""
    code = beneath.corpus.code(theme).id
    cases = beneath.cases(rows)
    subjects = _by_label(beneath, cases.kind)
    if rows is None and cases.kind == PARTICIPANT:
        subjects = _by_label(beneath, TRANSCRIPT) | subjects
    found = subjects.get(case.casefold())
    if found is None:
        if any(
            person.code.casefold() == case.casefold()
            for person in queries.participants(session)
            if beneath.corpus.consent.withheld(person.code)
        ):
            raise errors.WithheldError(where=where or case)
        raise errors.UnknownCaseError(case, where=where, nearest=nearest(case, subjects))
    return found, code


def _by_label(beneath: Beneath, kind: str) -> dict[str, Subject]:
    """The cases of a kind by what they are called, in lower case."""
    cases = beneath.cases(kind)
    return {
        row.key.casefold(): subject
        for row in cases.rows()
        for subject in cases.subjects.get(row.key, ())
    }


def _standing(session: Session, cell: tuple[Subject, str], case: str, theme: str) -> Summary:
    found = _stored(session, cell)
    if found is None:
        raise errors.NoSummaryError(case, theme)
    return found


def _stored(session: Session, cell: tuple[Subject, str]) -> Summary | None:
    (kind, case), code = cell
    wanted = kind, case, code
    every = stored.summaries(session)
    return next((s for s in every if (s.case_kind, s.case, s.theme) == wanted), None)


def _with_below(beneath: Beneath, theme: str) -> set[str]:
    code = beneath.corpus.code(theme)
    return {code.id, *(below.id for below, _ in beneath.corpus.book.walk(code.id))}


# -- what is written -------------------------------------------------------------------------------


def _written(
    session: Session,
    beneath: Beneath,
    cell: tuple[Subject, str],
    text: str,
    status: SummaryStatus | None,
    *,
    by: str,
    at: datetime,
) -> Summary:
    """The summary with these words; the same words keep their author, their moment and status."""
    words = text.strip()
    if not words:
        raise errors.UsageError(
            "a summary has words", mend="To take it away: qualcode summaries remove"
        )
    (kind, case), code = cell
    basis = beneath.basis(*cell)
    before = _stored(session, cell)
    if before is not None and before.text == words:
        return replace(before, status=status or before.status, basis=basis)
    return Summary(
        case_kind=kind,
        case=case,
        theme=code,
        text=words,
        status=status or SummaryStatus.DRAFT,
        author=by,
        written=at.astimezone(UTC).isoformat(),
        links=() if before is None else before.links,
        basis=basis,
    )


def _segment(session: Session, beneath: Beneath, link: str, cell: tuple[Subject, str]) -> Segment:
    """The passage that a link names; raises LinkElsewhereError where it is not in the cell."""
    found = _PASSAGE.fullmatch(link)
    if found is None:
        raise errors.UsageError(
            "a link is a passage such as P07:120:340", mend="Or give the id of a coding."
        )
    start, end = int(found["start"]), int(found["end"])
    if _VERSION.fullmatch(found["transcript"]):
        segment = Segment(found["transcript"], start, end)
    else:
        ref = TranscriptNames(session).find(found["transcript"])
        placed = PlacedText(ref.name, queries.texts(session, [ref.version])[ref.version])
        span = placed.checked(start, end)
        segment = Segment(ref.version, span.start, span.end)
    if not beneath.is_linked(segment, *cell):
        raise errors.LinkElsewhereError(where=f"{start}:{end}")
    return segment


def _rows_of(table: Path) -> Sequence[Row]:
    """The rows of a table of summaries, each with its case, theme and words."""
    read = read_table(table, known=_COLUMNS)
    problems: list[errors.QualcodeError] = list(read.problems)
    for column in _NEEDED:
        if column not in read.columns:
            problems.append(_bad(f"there is no column '{column}'", str(table), "Name it so."))
    if not problems:
        problems += _empty(read.rows, table)
    if problems:
        raise errors.SeveralErrors(problems)
    return read.rows


def _empty(rows: Iterable[Row], table: Path) -> list[errors.QualcodeError]:
    return [
        _bad(f"the cell '{column}' is empty", f"{table}:{row.line}", "Fill it, or strike the row.")
        for row in rows
        for column in _NEEDED
        if column not in row.cells
    ]


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


# -- what is shown ---------------------------------------------------------------------------------


def _shown_now(beneath: Beneath, summary: Summary) -> ShownSummary:
    shown = _shown(beneath, summary)
    if shown is None:
        raise errors.WithheldError(where="summaries")
    return shown


def _shown(beneath: Beneath, summary: Summary) -> ShownSummary | None:
    """The summary as it may be shown; None of a withheld case, or one that rests on their words."""
    missing = dict(beneath.missing(summary))
    case = _called(beneath, summary)
    if case is None or Missing.WITHHELD in missing.values():
        return None
    corpus = beneath.corpus
    found = beneath.of((summary.case_kind, summary.case), summary.theme)
    return ShownSummary(
        summary=summary,
        case=case,
        theme=corpus.full_name(summary.theme),
        text=corpus.shown.words(summary.text),
        words=summary.text,
        links=tuple(Link(one, beneath.locator(one), missing.get(one)) for one in summary.links),
        change=beneath.change(summary),
        passages=tuple(quotation for quotation, _ in found),
    )


def _called(beneath: Beneath, summary: Summary) -> str | None:
    """What the case is called; None where it is no case now, or may not be shown."""
    if summary.case_kind not in beneath.corpus.attributes:
        return None
    cases = beneath.cases(summary.case_kind)
    subject = summary.case_kind, summary.case
    return next((row for row, those in cases.subjects.items() if subject in those), None)

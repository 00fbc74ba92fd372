"""Framework summaries: what a case says on a theme, charted in the words of the team.

One summary belongs to a case and a theme, and stands in every matrix that has both. It begins as a
draft; whoever checks it, or calls it final, says that it holds for what is coded beneath it now.
Where that changes it is stale, until somebody writes or checks it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.model.coding import Segment
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.readers.ground.decoding import decode
from qualcode.readers.ground.source import Source
from qualcode.services.cases.rows import PARTICIPANT, TRANSCRIPT, Subject
from qualcode.services.places import PlacedText, TranscriptNames
from qualcode.services.retrieval.named_quotations import coding_meant
from qualcode.services.summaries.beneath import Beneath
from qualcode.services.summaries.keeping import settled_in
from qualcode.services.summaries.shown_summary import (
    ShownSummary,
    charted_summaries,
    let_out,
    shown_now,
    shown_of,
)
from qualcode.store import queries, records
from qualcode.store import summaries as stored
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.locators import parse_locator
from qualcode.text.nearest import nearest

_PASSAGE: Final = re.compile(r"(?P<transcript>.+?):(?P<start>\d+):(?P<end>\d+)(?::.*)?")
"""`P07:120:340`, or the id of a coding, which begins with the version it lies on."""

_VERSION: Final = re.compile(r"[0-9a-f]{32}")


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

    Raises UnknownCodeError, or LeakError.
    """
    with store.reading() as session:
        beneath = Beneath(session)
        book = beneath.corpus.book
        wanted = None if theme is None else book.with_below([beneath.corpus.code(theme).id])
        every, hidden = charted_summaries(session, beneath)
        found = [
            one
            for one in every
            if (case is None or one.shown.case.casefold() == case.casefold())
            and (wanted is None or one.summary.theme in wanted)
            and (status is None or one.summary.status is status)
        ]
        order = {code.id: place for place, code in enumerate(book.codes)}
        last = len(order)
        found.sort(key=lambda one: (one.shown.case, order.get(one.summary.theme, last)))
        shown = tuple(one.shown for one in found)
        let_out(beneath, shown)
    return Listed(shown, hidden)


def show_summary(store: Store, case: str, theme: str, *, rows: str | None = None) -> ShownSummary:
    """The summary of a case on a theme.

    `rows` is the kind of case as for a matrix. Raises UnknownCaseError, UnknownCodeError,
    NoSummaryError, WithheldError for what may not be shown, or LeakError.
    """
    with store.reading() as session:
        beneath = Beneath(session)
        cell = cell_of(session, beneath, case, theme, rows, gone_too=True)
        return shown_now(beneath, _standing(session, beneath, cell, case, theme))


def write_summary(
    store: Store,
    case: str,
    theme: str,
    text: str | None,
    *,
    rows: str | None = None,
    status: SummaryStatus | None = None,
    links: Sequence[str] | None = None,
    unlinked: Sequence[str] = (),
    follows: str | None = None,
    by: str,
    at: datetime,
) -> ShownSummary:
    """Write the summary of a case on a theme; new words are a draft, unless `status` says more.

    Whoever writes settles what stood beside it in other words; the same words are written so, too,
    but say nothing new of what lies beneath them. `text` None leaves the words that stand. `links`
    are passages such as `P07:12` or `P07:120:340`, or ids of codings; None leaves those that stand,
    but for those that are `unlinked`. `follows` are the words that were seen, by their uid, "" for
    none; None follows any. Raises UsageError for no words, UnknownCaseError, UnknownCodeError,
    NoSummaryError, PlaceError, LinkElsewhereError, SummaryChangedError, WithheldError for what may
    not be shown, or LeakError; then nothing is written.
    """
    with store.act("write summary", by=by, at=at) as act:
        beneath = Beneath(act.session)
        cell = cell_of(act.session, beneath, case, theme, rows)
        before = written_in(act.session, beneath, cell, case)
        if follows is not None and follows != ("" if before is None else before.wording.uid):
            raise errors.SummaryChangedError(
                case, who=None if before is None else before.changed_by
            )
        words = text
        if words is None:
            words = _standing(act.session, beneath, cell, case, theme).text
        written = written_anew(beneath, cell, words, status, before, by=by, at=at)
        if text is not None:
            written = replace(written, settled=settled_in(before), others=())
        if links is not None:
            segments = [_segment(act.session, beneath, link, cell) for link in links]
            written = replace(written, links=tuple(dict.fromkeys(segments)))
        for link in unlinked:
            place = _place(act.session, link, cell[1])
            written = replace(written, links=_without(act.session, written.links, place))
        act.ensure([records.summary_record(written)])
        return shown_now(beneath, replace(written, changed_by=by))


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
        cell = cell_of(act.session, beneath, case, theme, rows)
        summary = replace(_standing(act.session, beneath, cell, case, theme), status=status)
        if status is not SummaryStatus.DRAFT:
            summary = replace(summary, basis=beneath.basis(*cell))
        act.ensure([records.summary_record(summary)])
        return shown_now(beneath, replace(summary, changed_by=by))


def remove_summary(
    store: Store, case: str, theme: str, *, rows: str | None = None, by: str, at: datetime
) -> ShownSummary:
    """Take a summary away; undo brings it back. Raises what `show_summary` raises."""
    with store.act("remove summary", by=by, at=at) as act:
        beneath = Beneath(act.session)
        cell = cell_of(act.session, beneath, case, theme, rows, gone_too=True)
        gone = _standing(act.session, beneath, cell, case, theme)
        shown = shown_now(beneath, gone)
        act.ensure(records.no_summary_records(gone))
    return shown


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


def cell_of(
    session: Session,
    beneath: Beneath,
    case: str,
    theme: str,
    rows: str | None,
    *,
    gone_too: bool = False,
) -> tuple[Subject, str]:
    """The case and the id of the theme that are meant; with `gone_too` a case that once was."""
    code = beneath.corpus.code(theme).id
    return case_of(session, beneath, case, rows, once_on=code if gone_too else None), code


def case_of(
    session: Session,
    beneath: Beneath,
    case: str,
    rows: str | None,
    *,
    once_on: str | None = None,
    where: str | None = None,
) -> Subject:
    """The case that is meant; with `once_on` also one that is none now, with a summary on that.

    Raises UnknownCaseError or WithheldError.
    """
    cases = beneath.cases(rows)
    subjects = _by_label(beneath, cases.kind)
    if rows is None and cases.kind == PARTICIPANT:
        subjects = _by_label(beneath, TRANSCRIPT) | subjects
    found = subjects.get(case.casefold())
    if found is None and once_on is not None:
        found = _case_of_old(session, beneath, cases.kind, case, once_on)
    if found is None:
        if beneath.is_withheld(case):
            raise errors.WithheldError(where=where or case)
        known = [row.key for row in cases.rows if row.key in cases.subjects]
        raise errors.UnknownCaseError(case, where=where, nearest=nearest(case, known))
    return found


def written_in(
    session: Session, beneath: Beneath, cell: tuple[Subject, str], where: str
) -> Summary | None:
    """What stands in a cell; raises WithheldError where it may not be shown, nor written over."""
    (kind, case), code = cell
    found = stored.summary(session, kind, case, code)
    if found is not None and shown_of(beneath, found) is None:
        raise errors.WithheldError(where=where)
    return found


def _case_of_old(
    session: Session, beneath: Beneath, kind: str, case: str, code: str
) -> Subject | None:
    """A case that is none any more, but has a summary on this theme."""
    of_kind = (
        one for one in stored.summaries(session) if (one.case_kind, one.theme) == (kind, code)
    )
    both = ((one, shown_of(beneath, one)) for one in of_kind)
    for one, shown in both:
        if shown is not None and shown.is_gone and shown.case.casefold() == case.casefold():
            return kind, one.case
    return None


def _by_label(beneath: Beneath, kind: str) -> dict[str, Subject]:
    """The cases of a kind by what they are called, in lower case."""
    cases = beneath.cases(kind)
    return {
        row.key.casefold(): subject
        for row in cases.rows
        for subject in cases.subjects.get(row.key, ())
    }


def _standing(
    session: Session, beneath: Beneath, cell: tuple[Subject, str], case: str, theme: str
) -> Summary:
    found = written_in(session, beneath, cell, case)
    if found is None:
        raise errors.NoSummaryError(case, theme)
    return found


# -- what is written -------------------------------------------------------------------------------


def written_anew(
    beneath: Beneath,
    cell: tuple[Subject, str],
    text: str,
    status: SummaryStatus | None,
    before: Summary | None,
    *,
    by: str,
    at: datetime,
) -> Summary:
    """The summary with these words, of which nobody has said that they settle others.

    The same words keep their author and their moment; they hold for what lies beneath them now only
    where they are said to have come further.
    """
    words = text.strip()
    if not words:
        raise errors.UsageError(
            "a summary has words", mend="To take it away: qualcode summaries remove"
        )
    (kind, case), code = cell
    basis = beneath.basis(*cell)
    if before is not None and before.text == words:
        now = before.status if status is None else status
        is_held = now is not before.status and now is not SummaryStatus.DRAFT
        return replace(before, status=now, basis=basis if is_held else before.basis)
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
        settled=() if before is None else before.settled,
        others=() if before is None else before.others,
    )


def _segment(session: Session, beneath: Beneath, link: str, cell: tuple[Subject, str]) -> Segment:
    """The passage that a link names; raises LinkElsewhereError where it is not in the cell."""
    segment = _place(session, link, cell[1])
    if not beneath.is_linked(segment, *cell):
        raise errors.LinkElsewhereError(where=_called_place(session, segment))
    return segment


def _without(session: Session, links: Sequence[Segment], gone: Segment) -> tuple[Segment, ...]:
    """The links without one; raises UsageError where it is none of them."""
    if gone not in links:
        raise errors.UsageError(
            f"the summary is not linked to {_called_place(session, gone)}",
            mend="What it rests on says: qualcode summaries show",
        )
    return tuple(link for link in links if link != gone)


def _called_place(session: Session, segment: Segment) -> str:
    """A passage as it is typed; of an earlier version of a transcript the characters alone."""
    names = {ref.version: ref.name for ref in queries.current_versions(session)}
    characters = f"{segment.start}:{segment.end}"
    name = names.get(segment.version)
    return characters if name is None else f"{name}:{characters}"


def _place(session: Session, link: str, theme: str) -> Segment:
    """The passage that is meant by `P07:120:340`, by the id of a coding, or by `P07 ¶12`.

    In a turn the one that is coded with the theme of the summary, by its id.
    """
    found = _PASSAGE.fullmatch(link)
    if found is None or parse_locator(link) is not None:
        uid = coding_meant(session, link, code=theme)
        found = _PASSAGE.fullmatch(uid)
    if found is None:
        raise errors.NotAQuotationError(link)
    start, end = int(found["start"]), int(found["end"])
    if _VERSION.fullmatch(found["transcript"]):
        return Segment(found["transcript"], start, end)
    ref = TranscriptNames(session).find(found["transcript"])
    placed = PlacedText(ref.name, queries.texts(session, [ref.version])[ref.version])
    span = placed.checked(start, end)
    return Segment(ref.version, span.start, span.end)

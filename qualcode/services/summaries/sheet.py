"""The sheet: all cells of cases and themes in one look, each with its passages and its summary.

It is what somebody reads who writes summaries. What may not be shown is not in it: a cell whose
summary rests on words that may not leave says that there is one, and can be written by nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from qualcode import errors
from qualcode.codebook import resolve_code
from qualcode.model.codebook import Code, Codebook
from qualcode.model.coding import Segment
from qualcode.model.matrix import MatrixRow, Quotation
from qualcode.model.summary import Emptiness, Summary, SummaryStatus, Wording
from qualcode.services.cases.joining import join_overlapping, with_coders
from qualcode.services.cases.rows import Cases, Subject
from qualcode.services.cases.silence import Heard, heard_in
from qualcode.services.cases.withheld import withheld_cells
from qualcode.services.consent.names.shown_words import NOTHING_HIDDEN, ShownWords
from qualcode.services.retrieval.browsing import Voice, voices_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.summaries.beneath import Beneath, Change
from qualcode.services.summaries.shown_summary import Charted, Link, charted_summaries
from qualcode.store import summaries as stored
from qualcode.store import working
from qualcode.store.engine import Session
from qualcode.store.store import Store
from qualcode.text.nearest import nearest

_NO_CHANGE: Final = Change()


@dataclass(frozen=True, slots=True)
class Ground:
    """One passage beneath a cell, as it may be shown, with all codes of the cell that lie on it.

    `codes` are full names. `voices` say who speaks where in it. `is_new` is one that came since the
    summary was written or checked.
    """

    quotation: Quotation
    codes: tuple[str, ...]
    voices: tuple[Voice, ...] = ()
    is_new: bool = False

    @property
    def segment(self) -> Segment:
        """Where it stands."""
        return Segment(self.quotation.version, self.quotation.start, self.quotation.end)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One case on one theme.

    `row` is the key of the case, `subject` what a summary of it speaks of, None where it can have
    none. `code` is the id of the theme, `basis` what a summary rests on that is written now.
    `emptiness` says why there is no passage. `summary` is as it was written, `text` its words as
    they may be shown. `others` are wordings beside it, as they may be shown, that nobody has
    settled. `is_hidden` is True where there is one that may not be shown.
    """

    row: str
    code: str
    subject: Subject | None
    grounds: tuple[Ground, ...] = ()
    basis: str = ""
    emptiness: Emptiness | None = None
    summary: Summary | None = None
    text: str = ""
    links: tuple[Link, ...] = ()
    change: Change = _NO_CHANGE
    others: tuple[Wording, ...] = ()
    is_hidden: bool = False

    @property
    def is_stale(self) -> bool:
        """True where the summary was written of other passages than those."""
        return self.summary is not None and bool(self.change)

    @property
    def needs_work(self) -> bool:
        """True where passages wait for a summary, it is stale, or other words stand beside it."""
        if self.subject is None or self.is_hidden:
            return False
        if self.summary is None:
            return bool(self.grounds)
        return self.is_stale or bool(self.others)

    def is_linked(self, ground: Ground) -> bool:
        """True for a passage that the summary names."""
        return any(self.is_meant(link.segment, ground) for link in self.links)

    def is_meant(self, link: Segment, ground: Ground) -> bool:
        """True where a link means this passage: exactly, or none exactly and this one lies there.

        The ends of a coding may have moved since.
        """
        if link == ground.segment:
            return True
        is_another = any(link == one.segment for one in self.grounds)
        return not is_another and _overlap(link, ground.segment)

    def where_now(self, ground: Ground) -> int | None:
        """Where a passage of an earlier look stands in this one, from 0; None where it went.

        Its ends may have moved since, and other passages may have come above it.
        """
        found = [n for n, one in enumerate(self.grounds) if one.segment == ground.segment]
        found += [n for n, one in enumerate(self.grounds) if _is_one(ground, one)]
        return next(iter(found), None)

    def with_summary(self, summary: Summary | None, text: str) -> SheetCell:
        """The same after somebody wrote it, or took it away, who saw these passages."""
        if summary is None:
            return replace(self, summary=None, text="", links=(), change=_NO_CHANGE, others=())
        known = {link.segment: link for link in self.links}
        places = {ground.segment: ground.quotation.locator for ground in self.grounds}
        links = (known.get(one) or Link(one, places.get(one)) for one in summary.links)
        change = _NO_CHANGE if summary.basis == self.basis else self.change
        return replace(
            self,
            summary=summary,
            text=text,
            links=tuple(links),
            change=change,
            others=self.others if summary.others else (),
        )


@dataclass(frozen=True)
class Sheet:
    """Cases by themes. `newest` is the number of the newest event that is in it.

    `kind` is what a case is; `kinds` are all that it could be. `theme` is the theme whose codes are
    the columns, None where the themes are. `hidden` counts summaries that may not be shown,
    `hiding` shows words as they may be.
    """

    newest: int
    kind: str
    kinds: tuple[str, ...]
    theme: str | None
    book: Codebook
    retired: frozenset[str]
    rows: tuple[MatrixRow, ...]
    columns: tuple[Code, ...]
    cells: Mapping[tuple[str, str], SheetCell]
    hidden: int = 0
    hiding: ShownWords = NOTHING_HIDDEN

    def cell(self, row: str, code: str) -> SheetCell | None:
        """The cell of a case and a theme, or None where one of them is not here."""
        return self.cells.get((row, code))

    def with_cell(self, cell: SheetCell, *, newest: int | None) -> Sheet:
        """The same with another cell in its place; None where others did something before."""
        cells = {**self.cells, (cell.row, cell.code): cell}
        return replace(self, newest=self.newest if newest is None else newest, cells=cells)

    @cached_property
    def order(self) -> tuple[tuple[str, str], ...]:
        """All cells as one reads them: case by case, each from the first theme to the last."""
        return tuple((row.key, code.id) for row in self.rows for code in self.columns)

    def beside(
        self, row: str, code: str, *, rows: int = 0, columns: int = 0
    ) -> tuple[str, str] | None:
        """The cell so many cases and themes further; None beyond the first and the last."""
        cases, themes = [one.key for one in self.rows], [one.id for one in self.columns]
        at, over = cases.index(row) + rows, themes.index(code) + columns
        if not (0 <= at < len(cases) and 0 <= over < len(themes)):
            return None
        return cases[at], themes[over]

    def next_to_do(self, row: str, code: str, *, back: bool = False) -> tuple[str, str] | None:
        """The next cell that needs work: of this case, then of those after it, then from the top.

        None where no other cell needs any.
        """
        at = self.order.index((row, code)) if (row, code) in self.cells else -1
        others = (*self.order[at + 1 :], *self.order[: max(at, 0)])
        wanted = reversed(others) if back else iter(others)
        return next((place for place in wanted if self.cells[place].needs_work), None)


def read_sheet(store: Store, *, rows: str | None = None, theme: str | None = None) -> Sheet:
    """All cells in one look.

    `rows` is what a case is, as for a matrix; `theme` the theme or code whose codes are the
    columns. Raises FilterError, UnknownCodeError.
    """
    with store.reading() as session:
        newest = working.log_end(session).number
        beneath = Beneath(session)
        corpus = beneath.corpus
        cases = beneath.cases(rows)
        charted, hidden = charted_summaries(session, beneath)
        top = None if theme is None else corpus.code(theme)
        reading = _Reading(session, beneath, cases, charted)
        columns = tuple(_columns(corpus, reading, top))
        lines = cases.rows
        cells = {(row.key, code.id): reading.cell(row, code) for row in lines for code in columns}
    return Sheet(
        newest=newest,
        kind=cases.kind,
        kinds=corpus.attributes,
        theme=None if top is None else top.id,
        book=corpus.book,
        retired=corpus.retired,
        rows=lines,
        columns=columns,
        cells=cells,
        hidden=hidden,
        hiding=corpus.shown,
    )


def written(store: Store) -> Mapping[SummaryStatus, int]:
    """How many summaries have come how far, whoever may see them; one look at their own rows."""
    with store.reading() as session:
        return Counter(one.status for one in stored.summaries(session))


def sheet_at(
    store: Store, case: str | None, theme: str | None, *, rows: str | None = None
) -> tuple[Sheet, tuple[str, str] | None]:
    """The sheet in which a case and a theme stand, and the place of their cell.

    A code below a theme stands in the sheet of its theme. Without a case no cell is meant, without
    a theme the first one is. Raises UnknownCaseError, WithheldError, and what `read_sheet` raises.
    """
    sheet = read_sheet(store, rows=rows)
    column = sheet.columns[0].id if sheet.columns else None
    if theme is not None:
        column = resolve_code(sheet.book, theme).id
        if all(code.id != column for code in sheet.columns):
            sheet = read_sheet(store, rows=rows, theme=sheet.book.path(column)[0])
    if case is None or column is None:
        return sheet, None
    known = {row.key.casefold(): row.key for row in sheet.rows}
    row = known.get(case.casefold())
    if row is None:
        with store.reading() as session:
            if Beneath(session).is_withheld(case):
                raise errors.WithheldError(where=case)
        raise errors.UnknownCaseError(
            case, where=None, nearest=nearest(case, sorted(known.values()))
        )
    return sheet, (row, column)


class _Reading:
    """What the cells of one look are made of."""

    def __init__(
        self, session: Session, beneath: Beneath, cases: Cases, charted: Sequence[Charted]
    ) -> None:
        self._beneath = beneath
        self._cases = cases
        self._heard: Heard = heard_in(session, beneath.corpus)
        self._withheld = withheld_cells(session, beneath.corpus, cases)
        self._charted = {_place_of(one.summary): one for one in charted}
        self._written = {_place_of(one) for one in stored.summaries(session)}

    def is_used(self, code: Code) -> bool:
        """True for a code beneath which a passage or a summary of these cases stands."""
        subjects = (one for those in self._cases.subjects.values() for one in those)
        return any(
            (*subject, code.id) in self._written or self._beneath.of(subject, code.id)
            for subject in subjects
        )

    def cell(self, row: MatrixRow, code: Code) -> SheetCell:
        """One cell."""
        subject = next(iter(self._cases.subjects.get(row.key, ())), None)
        emptiness = self._emptiness(row.key, code)
        if subject is None:
            # What stands in a row of several that may not be told apart is nobody's silence.
            told = emptiness if emptiness is Emptiness.NOT_INTERVIEWED else None
            return SheetCell(row.key, code.id, None, emptiness=told)
        known = self._charted.get((*subject, code.id))
        change = _NO_CHANGE if known is None else known.shown.change
        # What people say in an interview stands in their own rows, and asks for words there.
        is_asked = known is not None or self._beneath.has_own(
            row.key, subject, code.id, self._cases
        )
        grounds = tuple(self._grounds(subject, code.id, change)) if is_asked else ()
        return SheetCell(
            row=row.key,
            code=code.id,
            subject=subject,
            grounds=grounds,
            basis=self._beneath.basis(subject, code.id),
            emptiness=None if grounds else emptiness,
            summary=None if known is None else known.summary,
            text="" if known is None else known.shown.text,
            links=() if known is None else known.shown.links,
            change=change,
            others=() if known is None else tuple(self._others(known)),
            is_hidden=known is None and (*subject, code.id) in self._written,
        )

    def _grounds(self, subject: Subject, code: str, change: Change) -> Iterator[Ground]:
        """The passages of a cell, each once, however many codes and coders lie on it."""
        corpus = self._beneath.corpus
        came = [(one.version, one.start, one.end, one.code) for one in change.came]
        places: dict[Segment, Ground] = {}
        found = self._beneath.of(subject, code)
        for quotation, passage in join_overlapping(found, corpus.attribution):
            is_new = any(
                version == quotation.version
                and start < quotation.end
                and quotation.start < end
                and name == quotation.code
                for version, start, end, name in came
            )
            voices = tuple(voices_of(corpus, quotation, passage))
            made = Ground(quotation, (quotation.code,), voices, is_new)
            before = places.get(made.segment)
            if before is not None:
                said = with_coders(before.quotation, quotation.coded_by)
                codes = (*before.codes, quotation.code)
                made = Ground(said, codes, before.voices, before.is_new or is_new)
            places[made.segment] = made
        yield from places.values()

    def _others(self, known: Charted) -> Iterator[Wording]:
        """The wordings beside a summary; the team reads of its own people who wrote them."""
        for one, shown in zip(known.summary.others, known.shown.others, strict=True):
            yield replace(shown, author=one.author)

    def _emptiness(self, row: str, code: Code) -> Emptiness:
        if (row, code.id) in self._withheld:
            return Emptiness.WITHHELD
        path = self._beneath.corpus.path(code.id)
        return self._heard.silence(self._cases.interviews_of(row), path)


def _columns(corpus: Corpus, reading: _Reading, top: Code | None) -> Iterator[Code]:
    """The themes, or a theme and the codes below it; what is retired only where it is used."""
    wanted = list(corpus.book.themes)
    if top is not None:
        wanted = [top, *(code for code, _ in corpus.book.walk(top.id))]
    for code in wanted:
        if code.id not in corpus.retired or reading.is_used(code):
            yield code


def _place_of(summary: Summary) -> tuple[str, str, str]:
    return summary.case_kind, summary.case, summary.theme


def _is_one(before: Ground, now: Ground) -> bool:
    """True for a passage that can only be the same: its coding, or its code and words of it."""
    if before.quotation.coding == now.quotation.coding:
        return True
    return not {*before.codes}.isdisjoint(now.codes) and _overlap(before.segment, now.segment)


def _overlap(one: Segment, other: Segment) -> bool:
    return one.version == other.version and one.start < other.end and other.start < one.end

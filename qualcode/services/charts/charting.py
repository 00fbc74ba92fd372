"""The matrix: cases by themes or codes, with the passages in their cells and what is said of them.

A passage that two coders gave the same code stands once (`joining`); `quotes` lists each coding by
itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode import errors
from qualcode.model.codebook import SEPARATOR, Code
from qualcode.model.consent import Audience
from qualcode.model.matrix import Cell, Comparison, Matrix, MatrixReport, Quotation
from qualcode.model.summary import NO_SUMMARY, ONLY_BELOW, Emptiness
from qualcode.services.cases.counted_by import counted_by
from qualcode.services.cases.joining import join_overlapping, number_by_place
from qualcode.services.cases.rows import Cases, cases_of
from qualcode.services.cases.silence import Heard, heard_in
from qualcode.services.cases.withheld import withheld_cells
from qualcode.services.charts import comparing
from qualcode.services.charts.audiences import for_audience, without_signs
from qualcode.services.charts.balance import balance_of
from qualcode.services.charts.cells import Beside
from qualcode.services.charts.facts import (
    coding_in_words,
    facts_of,
    language_of,
    many,
    passed_over_in,
    stars_in,
)
from qualcode.services.charts.parts import WHOLE, Part
from qualcode.services.charts.placing import Chart, Placed, placed_in
from qualcode.services.charts.provenance import Asked, made_as, provenance_of
from qualcode.services.charts.ranking import best_of_cells
from qualcode.services.charts.registering import register_of
from qualcode.services.consent.joint_interviews import warnings_of
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.passages import Passage
from qualcode.services.summaries.shown_summary import Charted, charted_summaries
from qualcode.services.work.coders import find_coder
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.store import Store

TITLE = "Thematic quotation matrix"

COLUMNS = ("themes", "codes")
CELLS = ("quotes", "summary", "both", "counts")
WITH_SUMMARIES = ("summary", "both")

NO_CODE_YET = "there is no code yet, so there is nothing to set out; see: qualcode codebook add"
"""Said of a study whose codebook is empty."""

CONTEXT_WORDS = 40
"""On either side of a quotation where a document shows it in its context."""

ANOTHER_TURN = " — "
"""Stands in the context where another turn begins: a question is nobody's answer."""


def build_matrix(
    store: Store,
    *,
    rows: str | None = None,
    columns: str = "themes",
    cells: str = "quotes",
    where: Sequence[str] = (),
    coder: str | None = None,
    title: str | None = None,
    audience: Audience = Audience.TEAM,
    max_quotes: int | None = None,
    by: Sequence[str] = comparing.USUAL,
    part: Part = WHOLE,
    within: Session | None = None,
    at: datetime,
) -> MatrixReport:
    """The quotations of the study set side by side.

    `rows` is `participant`, `transcript` or the name of an attribute; by default participants
    where any are known. `columns` is `themes`, `codes`, or one theme, whose codes are then the
    columns. `cells` is `quotes`, `counts`, or with summaries `summary` or `both`; a publication
    holds those alone that are final. `max_quotes` is how many quotations a cell of these
    columns shows; the others are counted. Groups are compared `by` attributes. `part` is what of it
    one of several documents holds, all of them seen by one open look, `within`. `at` dates it.
    Raises UnknownCodeError, FilterError, or UsageError for cells of another kind.
    """
    _check_cells(cells, max_quotes)
    by = [attribute for attribute in by if attribute != part.attribute]
    asked = Asked(audience, rows or "", columns, cells, most=max_quotes, part=part.said)
    with nullcontext(within) if within is not None else store.reading() as session:
        read = _read(session, columns, where, coder, audience, part)
        project = queries.project(session)
        drawn = _drawn(session, read, rows, asked)
    corpus, themes, cases, chart = read.corpus, read.themes, drawn.cases, drawn.chart
    facts = facts_of(
        corpus,
        cases,
        coding=coding_in_words((one.quotation for one in drawn.placed), len(themes)),
        where=where,
        project=project.name,
        at=at,
    )
    asked = replace(asked, rows=cases.kind, where=dict(facts).get("Only"))
    made = made_as(asked, coders=read.coders)
    groups = counted_by(corpus, cases, read.passages)
    return MatrixReport(
        title=title or TITLE,
        subtitle=f"{project.name}: {part.name}" if part.name else project.name,
        created=at.date().isoformat(),
        language=language_of(corpus.transcripts, project.language),
        matrix=_matrix(chart, themes, columns=columns, cells=cells),
        facts=(*facts, *part.facts, *drawn.facts(asked)),
        groups=groups.names,
        grouped_by=groups.attribute,
        counts=tuple(line for theme in themes for line in chart.counts(theme, groups)),
        sections=tuple(chart.section(theme) for theme in themes),
        show=cells,
        case_noun=cases.kind.replace("_", " "),
        waiting=read.waiting,
        withheld=corpus.withheld,
        audience=audience,
        register=tuple(register_of(corpus, _passages(drawn.shown))),
        comparisons=tuple(_compared(corpus, chart, themes, by, read.heard)),
        balance=tuple(balance_of(corpus, drawn.shown, by)),
        provenance=tuple(provenance_of(corpus, made, waiting=read.waiting, at=at)),
        made=made,
        hidden=drawn.hidden,
        warnings=(
            *_of_nothing(read, cases, where),
            *warnings_of(corpus.consent.joint, cases.persons, audience),
            *drawn.beside.warnings(),
        ),
    )


def compare(
    store: Store,
    *,
    by: str = "place",
    columns: str = "codes",
    where: Sequence[str] = (),
    coder: str | None = None,
    audience: Audience = Audience.TEAM,
) -> Comparison:
    """In how many cases of each group a theme or a code comes up, and how much each group says.

    `columns` is `themes`, which leaves the codes out, `codes`, or one theme with its codes. Raises
    UnknownCodeError, or FilterError or UsageError for an attribute that makes no groups.
    """
    with store.reading() as session:
        read = _read(session, columns, where, coder, audience)
    cases = cases_of(read.corpus, None, read.passages)
    beside = Beside(read.corpus, cases, read.heard)
    placed = placed_in(cases, read.found)
    chart = Chart(read.corpus, cases.rows, placed, beside)
    found = comparing.compare(read.corpus, chart, read.themes, by, read.heard)
    lines = (line for line in found.lines if columns != "themes" or line.is_theme)
    return replace(
        found,
        lines=tuple(lines),
        balance=tuple(balance_of(read.corpus, placed, [by])) if found.groups else (),
        withheld=read.corpus.withheld,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read of the store: passages joined and numbered, and what is known of silence."""

    corpus: Corpus
    themes: Sequence[Code]
    found: Sequence[tuple[Quotation, Passage]]
    heard: Heard
    coders: int
    waiting: int

    @property
    def passages(self) -> Iterator[Passage]:
        """The passages alone."""
        return (passage for _, passage in self.found)


def _read(
    session: Session,
    columns: str,
    where: Sequence[str],
    coder: str | None,
    audience: Audience,
    part: Part = WHOLE,
) -> _Read:
    corpus = Corpus(
        session, where=where, audience=audience, between_turns=ANOTHER_TURN, within=part.within
    )
    wanted = part.theme or (None if columns in COLUMNS else columns)
    themes = corpus.book.themes if wanted is None else (corpus.code(wanted),)
    asked = [] if wanted is None else [code.id for code in themes]
    by = None if coder is None else find_coder(session, coder)
    found = quotations(session, corpus, codes=asked, coder=by, context=CONTEXT_WORDS)
    readable = for_audience(found, audience, coders=corpus.numbered_coders, stars=True)
    joined = join_overlapping(readable, corpus.attribution)
    return _Read(
        corpus=corpus,
        themes=themes,
        found=number_by_place(joined, numbers=part.numbers),
        heard=heard_in(session, corpus),
        coders=len({quotation.coder for quotation, _ in found}),
        waiting=corpus.waiting(codes=asked, coder=by),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A matrix that is laid out: whose rows, what stands in its cells, and what beside it.

    `placed` is all that is counted, `shown` what of it is read.
    """

    cases: Cases
    placed: Sequence[Placed]
    shown: Sequence[Placed]
    beside: Beside
    chart: Chart

    @property
    def hidden(self) -> int:
        """How many quotations are counted and nowhere shown."""
        return len(_passages(self.placed)) - len(_passages(self.shown))

    def facts(self, asked: Asked) -> Iterator[tuple[str, str]]:
        """The lines of the title block on what is not shown, and on stars where any are."""
        if self.hidden:
            most = many(asked.most or 0, "quotation")
            yield "Shown", f"at most {most} a cell; {self.hidden:,} more counted"
        if asked.cells != "counts":
            yield from stars_in(one.quotation for one in self.shown)


def _drawn(session: Session, read: _Read, rows: str | None, asked: Asked) -> _Drawn:
    """The rows that were wished for, with the best of each cell where it cannot hold all."""
    charted = _charted(session, read) if asked.cells in WITH_SUMMARIES else ()
    subjects = {one.subject for one in charted}
    cases = cases_of(read.corpus, rows, read.passages, summarised=subjects)
    beside = _beside(session, read, cases, charted, asked.audience)
    placed = placed_in(cases, read.found)
    best = None
    if asked.most is not None:
        places = cases_of(read.corpus, "place", read.passages)
        best = best_of_cells(
            placed,
            asked.most,
            by_theme=asked.columns == "themes",
            place_of=lambda one: places.row_of(one.passage),
        )
    placed = placed if asked.audience is Audience.TEAM else _without_signs(placed)
    shown = [one for one in placed if best is None or one.quotation.coding in best]
    chart = Chart(read.corpus, cases.rows, placed, beside, shown=best)
    return _Drawn(cases, placed, shown, beside, chart)


def _charted(session: Session, read: _Read) -> list[Charted]:
    """The summaries on what is set out here."""
    codes = read.corpus.book.with_below(theme.id for theme in read.themes)
    return [one for one in charted_summaries(session)[0] if one.summary.theme in codes]


def _beside(
    session: Session,
    read: _Read,
    cases: Cases,
    summaries: Sequence[Charted],
    audience: Audience,
) -> Beside:
    """The summaries of the cells, and why others are empty; the team alone is told of withheld."""
    withheld = frozenset[tuple[str, str]]()
    if audience is Audience.TEAM:
        withheld = withheld_cells(session, read.corpus, cases)
    return Beside(
        read.corpus,
        cases,
        read.heard,
        summaries=summaries,
        withheld=withheld,
        audience=audience,
    )


def _matrix(chart: Chart, themes: Sequence[Code], *, columns: str, cells: str) -> Matrix:
    if columns == "themes":
        matrix = chart.matrix(themes, deep=True)
    else:
        matrix = chart.matrix([code for theme in themes for code in chart.columns_of(theme)])
        matrix = _spoken_below(matrix, cells)
    if cells not in ("counts", "summary"):
        return matrix
    bare = tuple(tuple(_bare(cell, cells) for cell in row) for row in matrix.cells)
    return replace(matrix, cells=bare)


def _spoken_below(matrix: Matrix, cells: str) -> Matrix:
    """The same, where nobody is said to be silent on a theme who speaks under a code of it."""
    below = [
        [at for at, one in enumerate(matrix.columns) if one.key.startswith(whole.key + SEPARATOR)]
        for whole in matrix.columns
    ]

    def anew(row: Sequence[Cell], at: int) -> Cell:
        cell = row[at]
        is_said = cell.empty_reason == Emptiness.NOTHING_CODED and any(
            row[one].count for one in below[at]
        )
        if not is_said:
            return cell
        lacking = NO_SUMMARY if cells in WITH_SUMMARIES else ONLY_BELOW
        return replace(cell, empty_reason=None if cell.summary else lacking)

    rows = (tuple(anew(row, at) for at in range(len(row))) for row in matrix.cells)
    return replace(matrix, cells=tuple(rows))


def _bare(cell: Cell, cells: str) -> Cell:
    """A cell without its quotations; where summaries are all it shows, it says that none is there.

    The others are empty for the reason that they have.
    """
    is_unwritten = cells == "summary" and cell.count > 0 and not cell.summary
    reason = NO_SUMMARY if is_unwritten else cell.empty_reason
    return replace(cell, quotes=(), empty_reason=reason)


def _check_cells(cells: str, max_quotes: int | None) -> None:
    if cells not in CELLS:
        raise errors.UsageError(
            f"cells cannot hold '{cells}'", mend=f"Give one of {', '.join(CELLS)}."
        )
    if cells == "counts" and max_quotes is not None:
        raise errors.OptionInVainError("max_quotes", counts=True)


def _without_signs(placed: Sequence[Placed]) -> list[Placed]:
    return [replace(one, quotation=without_signs(one.quotation)) for one in placed]


def _of_nothing(read: _Read, cases: Cases, where: Sequence[str]) -> Iterator[str]:
    """Why a matrix holds nothing at all, or not all that was asked for, where that is so."""
    if not read.themes:
        yield NO_CODE_YET
    yield from passed_over_in(read.corpus)
    if where and not cases.rows:
        yield "nobody passes the filter, so nothing is in it"


def _passages(placed: Sequence[Placed]) -> list[Quotation]:
    """Each passage once, under whichever code it stands first."""
    return list({one.quotation.number: one.quotation for one in placed}.values())


def _compared(
    corpus: Corpus,
    chart: Chart,
    themes: Sequence[Code],
    by: Sequence[str],
    heard: Heard,
) -> list[Comparison]:
    """The comparisons in which there are groups to compare."""
    found = (comparing.compare(corpus, chart, themes, attribute, heard) for attribute in by)
    return [one for one in found if one.groups]

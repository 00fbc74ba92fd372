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
from qualcode.model.codebook import Code
from qualcode.model.consent import Audience
from qualcode.model.matrix import Comparison, Matrix, MatrixReport, Quotation
from qualcode.services.cases.joining import join_overlapping, number_by_place
from qualcode.services.cases.rows import Cases, cases_of
from qualcode.services.cases.silence import Heard, heard_in
from qualcode.services.cases.withheld import withheld_cells
from qualcode.services.charts import comparing
from qualcode.services.charts.audiences import for_audience
from qualcode.services.charts.balance import balance_of
from qualcode.services.charts.cells import Beside
from qualcode.services.charts.facts import coding_in_words, facts_of, language_of, many, stars_in
from qualcode.services.charts.parts import WHOLE, Part
from qualcode.services.charts.placing import Chart, Placed, placed_in
from qualcode.services.charts.provenance import Wishes, provenance_of
from qualcode.services.charts.ranking import best_of_cells
from qualcode.services.charts.registering import register_of
from qualcode.services.retrieval.corpus import Corpus, Passage, quotations
from qualcode.services.summaries.shown_summary import Charted, charted_summaries
from qualcode.services.work.coders import find_coder
from qualcode.store import queries
from qualcode.store.engine import Session
from qualcode.store.store import Store

TITLE = "Thematic quotation matrix"

COLUMNS = ("themes", "codes")
CELLS = ("quotes", "summary", "both", "counts")
WITH_SUMMARIES = ("summary", "both")

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
    with nullcontext(within) if within is not None else store.reading() as session:
        read = _read(session, columns, where, coder, audience, part)
        project = queries.project(session)
        corpus, themes = read.corpus, read.themes
        charted = charted_summaries(session)[0] if cells in WITH_SUMMARIES else ()
        subjects = {one.subject for one in charted}
        cases = cases_of(corpus, rows, read.passages, summarised=subjects)
        beside = _beside(session, read, cases, charted, audience)
    placed = placed_in(cases, read.found)
    best = None
    if max_quotes is not None:
        best = best_of_cells(placed, max_quotes, by_theme=columns == "themes")
    placed = placed if audience is Audience.TEAM else _without_stars(placed)
    shown = [one for one in placed if best is None or one.quotation.coding in best]
    chart = Chart(corpus, cases.rows, placed, beside, shown=best)
    facts = facts_of(
        corpus,
        cases,
        coding=coding_in_words(len(placed), len({one.code for one in placed}), len(themes)),
        where=where,
        project=project.name,
        at=at,
    )
    by = [attribute for attribute in by if attribute != part.attribute]
    wishes = Wishes(
        audience, cases.kind, columns, cells, where=dict(facts).get("Only"), most=max_quotes
    )
    hidden = len(placed) - len(shown)
    return MatrixReport(
        title=title or TITLE,
        subtitle=f"{project.name}: {part.name}" if part.name else project.name,
        created=at.date().isoformat(),
        language=language_of(corpus.transcripts, project.language),
        matrix=_matrix(chart, themes, columns=columns, cells=cells),
        facts=(*facts, *part.facts, *_of_hidden(hidden, max_quotes), *_of_stars(shown, cells)),
        groups=chart.groups,
        counts=tuple(line for theme in themes for line in chart.counts(theme)),
        sections=tuple(chart.section(theme) for theme in themes),
        show=cells,
        case_noun=cases.kind.replace("_", " "),
        waiting=read.waiting,
        audience=audience,
        register=tuple(register_of(corpus, _passages(shown))),
        comparisons=tuple(_compared(corpus, chart, themes, by, read.heard)),
        balance=tuple(balance_of(corpus, shown, by)),
        provenance=(
            *provenance_of(corpus, wishes, coders=read.coders, waiting=read.waiting, at=at),
            *part.facts,
        ),
        hidden=hidden,
        warnings=tuple(beside.warnings(audience)),
    )


def compare(
    store: Store,
    *,
    by: str = "place",
    columns: str = "themes",
    where: Sequence[str] = (),
    coder: str | None = None,
    audience: Audience = Audience.TEAM,
) -> Comparison:
    """In how many cases of each group a theme or a code comes up, as the documents say it.

    `columns` is `themes`, which leaves the codes out, `codes`, or one theme with its codes. Raises
    UnknownCodeError, or FilterError or UsageError for an attribute that makes no groups.
    """
    with store.reading() as session:
        read = _read(session, columns, where, coder, audience)
    cases = cases_of(read.corpus, None, read.passages)
    beside = Beside(read.corpus, cases, read.heard)
    chart = Chart(read.corpus, cases.rows, placed_in(cases, read.found), beside)
    found = comparing.compare(read.corpus, chart, read.themes, by, read.heard)
    if columns != "themes":
        return found
    return replace(found, lines=tuple(line for line in found.lines if line.is_theme))


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
    joined = join_overlapping(list(readable))
    return _Read(
        corpus=corpus,
        themes=themes,
        found=number_by_place(joined, numbers=part.numbers),
        heard=heard_in(session, corpus),
        coders=len({quotation.coder for quotation, _ in found}),
        waiting=corpus.waiting(codes=asked, coder=by),
    )


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
    if cells not in ("counts", "summary"):
        return matrix
    bare = tuple(tuple(replace(cell, quotes=()) for cell in row) for row in matrix.cells)
    return replace(matrix, cells=bare)


def _check_cells(cells: str, max_quotes: int | None) -> None:
    if cells not in CELLS:
        raise errors.UsageError(
            f"cells cannot hold '{cells}'", mend=f"Give one of {', '.join(CELLS)}."
        )
    if cells == "counts" and max_quotes is not None:
        raise errors.OptionInVainError("max_quotes", counts=True)


def _without_stars(placed: Sequence[Placed]) -> list[Placed]:
    return [replace(one, quotation=replace(one.quotation, starred=False)) for one in placed]


def _of_hidden(hidden: int, most: int | None) -> tuple[tuple[str, str], ...]:
    """The line of the title block that says what is counted but not shown."""
    if not hidden:
        return ()
    return (("Shown", f"at most {many(most or 0, 'quotation')} a cell; {hidden:,} more counted"),)


def _of_stars(shown: Sequence[Placed], cells: str) -> tuple[tuple[str, str], ...]:
    """The line on stars, where quotations are shown at all."""
    return () if cells == "counts" else stars_in(one.quotation for one in shown)


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

"""The matrix: cases by themes or codes, with the passages in their cells.

A passage that two coders gave the same code stands once, from where the first of them began to
where the last one ended; `quotes` lists each coding by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode import errors
from qualcode.model.codebook import SEPARATOR, Code
from qualcode.model.matrix import (
    Cell,
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixReport,
    MatrixRow,
    Quotation,
    ThemeSection,
)
from qualcode.model.people import Attribution
from qualcode.model.transcript import StoredTranscript
from qualcode.services.ways_out.attribution import day_of
from qualcode.services.ways_out.cases import PARTICIPANT, Cases
from qualcode.services.ways_out.corpus import Corpus, Passage, quotations
from qualcode.services.ways_out.filters import Filter
from qualcode.services.work.coders import find_coder
from qualcode.store import queries
from qualcode.store.store import Store

COLUMNS = ("themes", "codes")
CELLS = ("quotes", "counts")
NOTHING_CODED = "nothing coded"

_PLAIN_COLOUR = "#44546a"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A quotation on its way to a cell: the row, the code with all above it, whom it counts for."""

    row: str
    path: tuple[str, ...]
    case: str
    quotation: Quotation

    @property
    def code(self) -> str:
        """The id of the code itself."""
        return self.path[-1]


def build_matrix(
    store: Store,
    *,
    rows: str | None = None,
    columns: str = "themes",
    cells: str = "quotes",
    where: Sequence[str] = (),
    coder: str | None = None,
    title: str | None = None,
    at: datetime,
) -> MatrixReport:
    """The quotations of the study set side by side.

    `rows` is `participant`, `transcript` or the name of an attribute; by default participants
    where any are known. `columns` is `themes`, `codes`, or one theme, whose codes are then the
    columns. `cells` is `quotes` or `counts`. `at` dates the document. Raises UnknownCodeError,
    FilterError, or UsageError for cells of another kind.
    """
    if cells not in CELLS:
        raise errors.UsageError(
            f"cells cannot hold '{cells}'", mend=f"Give one of {', '.join(CELLS)}."
        )
    with store.reading() as session:
        corpus = Corpus(session, where=where)
        themes = corpus.book.themes if columns in COLUMNS else (corpus.code(columns),)
        asked = [code.id for code in themes] if columns not in COLUMNS else []
        by = None if coder is None else find_coder(session, coder)
        found = quotations(session, corpus, codes=asked, coder=by)
        waiting = corpus.waiting(codes=asked, coder=by)
        project = queries.project(session)
    cases = Cases(corpus, rows)
    placed = [
        _Placed(cases.row_of(p), tuple(q.code.split(SEPARATOR)), cases.case_of(p), q)
        for q, p in join_overlapping(found)
    ]
    chart = _Chart(corpus, cases.rows(), placed)
    codes = [code for theme in themes for code in chart.columns_of(theme)]
    matrix = chart.matrix(themes if columns == "themes" else codes, deep=columns == "themes")
    return MatrixReport(
        title=title or "Thematic quotation matrix",
        subtitle=project.name,
        created=at.date().isoformat(),
        language=_language(corpus.transcripts, project.language),
        matrix=_without_words(matrix) if cells == "counts" else matrix,
        facts=tuple(_facts(corpus, cases, placed, len(themes), where, project.name, at)),
        groups=chart.groups,
        counts=tuple(line for theme in themes for line in chart.counts(theme)),
        sections=tuple(chart.section(theme) for theme in themes),
        show=cells,
        case_noun=cases.kind.replace("_", " "),
        waiting=waiting,
    )


def join_overlapping(
    found: Sequence[tuple[Quotation, Passage]],
) -> list[tuple[Quotation, Passage]]:
    """Passages of one code that overlap become one, from the first character to the last."""
    merged: list[tuple[Quotation, Passage]] = []
    last: dict[tuple[str, str], int] = {}
    for quotation, passage in found:
        place = (passage.text.version, quotation.code)
        at = last.get(place)
        if at is not None and quotation.start < merged[at][0].end:
            before, text = merged[at][0], passage.text
            end = max(before.end, quotation.end)
            coders = dict.fromkeys([*before.coder.split(", "), quotation.coder])
            notes = dict.fromkeys(m for m in (before.memo, quotation.memo) if m)
            joined = replace(
                before,
                coder=", ".join(sorted(coders)),
                end=end,
                text=text.text[before.start : end],
                memo="\n".join(notes) or None,
                doubt=before.doubt or quotation.doubt,
            )
            merged[at] = (joined, merged[at][1])
        else:
            last[place] = len(merged)
            merged.append((quotation, passage))
    return merged


class _Chart:
    """Placed quotations, to be laid out by rows and codes as often as a report needs it."""

    def __init__(
        self, corpus: Corpus, rows: Sequence[MatrixRow], placed: Sequence[_Placed]
    ) -> None:
        self.rows = rows
        self.groups = tuple(dict.fromkeys(row.group for row in rows if row.group))
        self._corpus = corpus
        self._group_of = {row.key: row.group for row in rows}
        self._by_code: dict[str, list[_Placed]] = defaultdict(list)
        self._below: dict[str, list[_Placed]] = defaultdict(list)
        for one in placed:
            self._by_code[one.code].append(one)
            for code in one.path:
                self._below[code].append(one)

    def columns_of(self, theme: Code) -> list[Code]:
        """The codes below a theme in book order; the theme itself first where it was used bare.

        A retired code stands there only while it holds quotations.
        """
        below = [
            code
            for code, _ in self._corpus.book.walk(theme.id)
            if code.id not in self._corpus.retired or self._below[code.id]
        ]
        return [theme, *below] if self._by_code[theme.id] or not below else below

    def matrix(
        self, codes: Sequence[Code], *, deep: bool = False, rows: Sequence[MatrixRow] | None = None
    ) -> Matrix:
        """Cells by row and code; with `deep` a code's cell holds all below it as well."""
        shown = self.rows if rows is None else rows
        cells: dict[tuple[str, str], list[_Placed]] = defaultdict(list)
        for code in codes:
            for one in self._below[code.id] if deep else self._by_code[code.id]:
                cells[one.row, code.id].append(one)
        return Matrix(
            rows=tuple(shown),
            columns=tuple(self._column(code) for code in codes),
            cells=tuple(
                tuple(_cell(cells.get((row.key, code.id), ())) for code in codes) for row in shown
            ),
        )

    def section(self, theme: Code) -> ThemeSection:
        """One theme of the report, without the rows that say nothing in it."""
        spoken = {one.row for one in self._below[theme.id]}
        return ThemeSection(
            key=self._full_name(theme),
            name=theme.name,
            definition=theme.definition,
            colour=self._colour(theme),
            matrix=self.matrix(
                self.columns_of(theme), rows=[row for row in self.rows if row.key in spoken]
            ),
            silent=tuple(row.label for row in self.rows if row.key not in spoken),
        )

    def counts(self, theme: Code) -> list[CountLine]:
        """The summary of codings of one theme: itself with all below it, then code by code."""
        lines = [self._count_line(theme, self._below[theme.id], is_theme=True)]
        return lines + [
            self._count_line(code, self._by_code[code.id], is_theme=False)
            for code in self.columns_of(theme)
            if code is not theme
        ]

    def _count_line(self, code: Code, placed: Sequence[_Placed], *, is_theme: bool) -> CountLine:
        by_group: dict[str | None, list[_Placed]] = defaultdict(list)
        for one in placed:
            by_group[self._group_of[one.row]].append(one)
        return CountLine(
            key=self._full_name(code),
            name=code.name,
            is_theme=is_theme,
            colour=self._colour(code),
            counts=tuple(_count(by_group[group]) for group in self.groups),
            total=_count(placed),
        )

    def _column(self, code: Code) -> MatrixColumn:
        path = self._corpus.path(code.id)
        return MatrixColumn(SEPARATOR.join(path), code.name, path[0], code.definition)

    def _full_name(self, code: Code) -> str:
        return SEPARATOR.join(self._corpus.path(code.id))

    def _colour(self, code: Code) -> str:
        theme = self._corpus.book.by_id()[self._corpus.path(code.id)[0]]
        return code.colour or theme.colour or _PLAIN_COLOUR


def _without_words(matrix: Matrix) -> Matrix:
    """The same matrix with its figures alone."""
    cells = tuple(tuple(replace(cell, quotes=()) for cell in row) for row in matrix.cells)
    return replace(matrix, cells=cells)


def _cell(placed: Sequence[_Placed]) -> Cell:
    return Cell(
        quotes=tuple(one.quotation for one in placed),
        count=len(placed),
        cases=len({one.case for one in placed}),
        empty_reason=None if placed else NOTHING_CODED,
    )


def _count(placed: Sequence[_Placed]) -> tuple[int, int]:
    return len(placed), len({one.quotation.transcript for one in placed})


def _facts(
    corpus: Corpus,
    cases: Cases,
    placed: Sequence[_Placed],
    themes: int,
    where: Sequence[str],
    project: str,
    at: datetime,
) -> list[tuple[str, str]]:
    """The lines of the title block; nothing of who or what is withheld."""
    days = sorted(t.interviewed for t in cases.transcripts.values() if t.interviewed)
    corpus_line = _many(len(cases.transcripts), "interview")
    if cases.kind == PARTICIPANT and len(cases.persons) != len(cases.transcripts):
        corpus_line += f" with {_many(len(cases.persons), 'participant')}"
    if days:
        corpus_line += f", {_span_of_days(days[0], days[-1])}"
    codes = {one.code for one in placed}
    coding = (
        f"{_many(len(placed), 'quotation')} under {_many(len(codes), 'code')} of "
        f"{_many(themes, 'theme')}"
    )
    facts = [
        ("Project", project),
        ("Exported", day_of(at.date().isoformat(), whole=True)),
        ("Corpus", corpus_line),
        ("Coding", coding),
    ]
    levels = Counter(
        corpus.consent.level(code) for code in cases.persons if code in corpus.consent.participants
    )
    if levels:
        said = ", ".join(f"{levels[level]} {words}" for level, words in _LEVELS if levels[level])
        facts.append(("Attribution", f"{said}, as agreed with each participant"))
    if where:
        facts.append(("Only", "; ".join(_shown_filters(corpus, cases, where))))
    return facts


def _shown_filters(corpus: Corpus, cases: Cases, where: Sequence[str]) -> Iterator[str]:
    """The filters as far as they may be said: one on a hidden attribute would give it away."""
    people = [corpus.consent.participants.get(code) for code in sorted(cases.persons)]
    for text in where:
        name = Filter.name_of(text)
        hidden = any(
            (name == "date" and not corpus.consent.shows_days(person.code))
            or (
                getattr(person, name, None) is not None
                and not corpus.consent.shows(person.code, name)
            )
            for person in people
            if person is not None
        )
        yield f"{name} (not shown)" if hidden else text


_LEVELS = (
    (Attribution.NAMED, "named"),
    (Attribution.PSEUDONYM, "by pseudonym"),
    (Attribution.ROLE_ORGANISATION, "by role and organisation"),
    (Attribution.ROLE, "by role"),
    (Attribution.ANONYMOUS, "anonymous"),
)


def _span_of_days(first: str, last: str) -> str:
    if first == last:
        return day_of(first, whole=True)
    start = day_of(first, whole=True)
    same_year = first[:4] == last[:4]
    return f"{start.rpartition(' ')[0] if same_year else start} to {day_of(last, whole=True)}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _language(transcripts: Sequence[StoredTranscript], default: str) -> str:
    """The language of most transcripts, for the document's own setting."""
    known = [t.language for t in transcripts if t.language]
    return max(sorted(set(known)), key=known.count) if known else default

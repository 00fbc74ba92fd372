"""Placed quotations, laid out by rows and codes as often as a report needs it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.model.codebook import SEPARATOR, Code
from qualcode.model.matrix import (
    Cell,
    CountLine,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Quotation,
    Silent,
    ThemeSection,
)
from qualcode.model.summary import NONE_SHOWN
from qualcode.services.cases.counted_by import CountedBy
from qualcode.services.cases.rows import Cases, last
from qualcode.services.charts.cells import Beside
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.passages import Passage

PLAIN_COLOUR = "#44546a"
"""Of a theme to which the codebook gives none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A quotation on its way to a cell: the row, the code with all above it, whom it counts for.

    `case` is the participant, or the transcript where the words are nobody's in particular.
    """

    row: str
    path: tuple[str, ...]
    case: str
    quotation: Quotation
    passage: Passage

    @property
    def code(self) -> str:
        """The id of the code itself."""
        return self.path[-1]


def placed_in(cases: Cases, found: Iterable[tuple[Quotation, Passage]]) -> list[Placed]:
    """Quotations with the rows that they stand in."""
    return [
        Placed(
            row=cases.row_of(passage),
            path=tuple(quotation.code.split(SEPARATOR)),
            case=cases.case_of(passage),
            quotation=quotation,
            passage=passage,
        )
        for quotation, passage in found
    ]


class Chart:
    """Placed quotations, to be laid out by rows and codes.

    `shown` are the uids of the codings whose words stand in the cells; None means all of them.
    Those that are not shown are counted all the same. `passages` are those of all that is placed.
    """

    def __init__(
        self,
        corpus: Corpus,
        rows: Sequence[MatrixRow],
        placed: Sequence[Placed],
        beside: Beside,
        *,
        shown: Collection[str] | None = None,
    ) -> None:
        self.rows = rows
        self.passages = tuple(one.passage for one in placed)
        self._corpus = corpus
        self._beside = beside
        self._shown = shown
        self._by_code: dict[str, list[Placed]] = defaultdict(list)
        self._below: dict[str, list[Placed]] = defaultdict(list)
        self._interviews: dict[tuple[str, str], int] = {}
        for one in placed:
            self._interviews.setdefault(_interview(one), len(self._interviews) + 1)
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
            if code.id not in self._corpus.retired
            or self._below[code.id]
            or self._beside.rows_with([code.id])
        ]
        is_used = self._by_code[theme.id] or self._beside.rows_with([theme.id])
        return [theme, *below] if is_used or not below else below

    def lines_of(self, theme: Code) -> Iterator[tuple[Code, Sequence[Placed], bool]]:
        """A theme with all below it, then its codes each by itself; True marks the theme."""
        yield theme, self._below[theme.id], True
        for code in self.columns_of(theme):
            if code is not theme:
                yield code, self._by_code[code.id], False

    def matrix(
        self, codes: Sequence[Code], *, deep: bool = False, rows: Sequence[MatrixRow] | None = None
    ) -> Matrix:
        """Cells by row and code; with `deep` a code's cell holds all below it as well."""
        wanted = self.rows if rows is None else rows
        cells: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for code in codes:
            for one in self._below[code.id] if deep else self._by_code[code.id]:
                cells[one.row, code.id].append(one)
        return Matrix(
            rows=tuple(wanted),
            columns=tuple(self._column(code) for code in codes),
            cells=tuple(
                tuple(self._cell(row, code, cells.get((row.key, code.id), ())) for code in codes)
                for row in wanted
            ),
        )

    def section(self, theme: Code) -> ThemeSection:
        """One theme of the report, without the rows that say nothing in it."""
        columns = self.columns_of(theme)
        spoken = {one.row for one in self._below[theme.id]}
        spoken |= self._beside.rows_with(code.id for code in columns)
        return ThemeSection(
            key=self.full_name(theme),
            name=theme.name,
            definition=theme.definition,
            colour=self._colour(theme),
            matrix=self.matrix(columns, rows=[row for row in self.rows if row.key in spoken]),
            silent=tuple(self._silent(theme, (row for row in self.rows if row.key not in spoken))),
        )

    def counts(self, theme: Code, groups: CountedBy) -> Iterator[CountLine]:
        """The summary of codings of one theme: itself with all below it, then code by code."""
        for code, placed, is_theme in self.lines_of(theme):
            by_group: dict[str | None, list[Placed]] = defaultdict(list)
            for one in placed:
                by_group[groups.group_of(one.passage)].append(one)
            yield CountLine(
                key=self.full_name(code),
                name=code.name,
                is_theme=is_theme,
                colour=self._colour(code),
                counts=tuple(_count(by_group[group]) for group in groups.names),
                total=_count(placed),
            )

    def full_name(self, code: Code) -> str:
        """The ids from theme to code, as scripts name it."""
        return self._corpus.full_name(code.id)

    def _silent(self, theme: Code, rows: Iterable[MatrixRow]) -> Iterator[Silent]:
        """Cases that say nothing in a theme, in the order in which one looks somebody up."""
        for row in sorted(rows, key=lambda row: (last(row.label), row.label)):
            yield Silent(row.label, str(self._beside.emptiness(row.key, theme.id)))

    def _cell(self, row: MatrixRow, code: Code, placed: Sequence[Placed]) -> Cell:
        shown = self._shown
        passages = tuple(dict.fromkeys(one.quotation.number for one in placed))
        quotes = tuple(
            one.quotation for one in placed if shown is None or one.quotation.coding in shown
        )
        summary = self._beside.summary(row.key, code.id)
        if placed:
            reason = None if quotes or summary else NONE_SHOWN
        else:
            reason = str(self._beside.emptiness(row.key, code.id))
        return Cell(
            quotes=quotes,
            count=len(passages),
            passages=passages,
            interviews=tuple(dict.fromkeys(self._interviews[_interview(one)] for one in placed)),
            cases=len({one.case for one in placed}),
            summary=summary,
            empty_reason=reason,
        )

    def _column(self, code: Code) -> MatrixColumn:
        path = self._corpus.path(code.id)
        return MatrixColumn(SEPARATOR.join(path), code.name, path[0], code.definition)

    def _colour(self, code: Code) -> str:
        theme = self._corpus.book.by_id()[self._corpus.path(code.id)[0]]
        return code.colour or theme.colour or PLAIN_COLOUR


def _count(placed: Sequence[Placed]) -> tuple[int, int]:
    """The passages, each once whatever codes it stands under, and their interviews."""
    numbers = {one.quotation.number for one in placed}
    return len(numbers), len({_interview(one) for one in placed})


def _interview(one: Placed) -> tuple[str, str]:
    """What is one interview: of several, one for each where nobody may read that it is one."""
    return one.quotation.version, one.quotation.transcript

"""Quotations and what they are set out in: the matrix of cases and codes, and its Word report.

Everything here has passed the consent service: attributions are final text, and no passage is
here that may not leave.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Quotation:
    """One coded passage with its words, where they stand, and how they may be attributed.

    `start`, `end` are code points in the transcript's text; `turn` counts from 1; `start_ms` is
    the nearest known time at or before the start, in ms, or None. `before`, `after` are words of
    context. `code`, `theme` are full names (`funding/grant-aid`, `funding`). `speaker` is the
    label only where consent allows it.
    """

    coding: str
    code: str
    theme: str
    coder: str
    transcript: str
    participant: str | None
    attribution: str
    turn: int | None
    speaker: str | None
    start: int
    end: int
    start_ms: int | None
    locator: str
    text: str
    before: str = ""
    after: str = ""
    memo: str | None = None
    doubt: bool = False
    origin: str = "person"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One case: a participant, a transcript, or a value of an attribute.

    `key` is stable and unique in the matrix, `label` is what stands in bold, `details` the lines
    under it (attribution, place), `group` the heading under which it is gathered, or None.
    """

    key: str
    label: str
    details: tuple[str, ...] = ()
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """One theme or code. `key` is its full name; `theme` the full name of its theme."""

    key: str
    label: str
    theme: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one case says on one code, in the order of the transcripts.

    `count` is the number of quotations, `cases` the number of participants (or of transcripts
    where none are known) behind them. `empty_reason` says why nothing stands here, else None.
    """

    quotes: tuple[Quotation, ...] = ()
    summary: str | None = None
    count: int = 0
    cases: int = 0
    empty_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cases by columns; `cells[row][column]`."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """One theme of the report: its table of cases by the codes of the theme.

    `silent` are the labels of the cases of the study without a quotation in this theme; they are
    not rows of `matrix`. `colour` is `#rrggbb`.
    """

    key: str
    name: str
    definition: str
    colour: str
    matrix: Matrix
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of the summary of codings: a theme (`is_theme`) or a code, by group of cases.

    `counts[i]` is (quotations, interviews) of the i-th group; `total` the same for all.
    """

    key: str
    name: str
    is_theme: bool
    colour: str
    counts: tuple[tuple[int, int], ...]
    total: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """A matrix with all that a document around it says.

    `matrix` is what was asked for by rows and columns; `sections` are the same quotations by
    theme, with the theme's codes as columns. `facts` are the lines of the title block in order
    (Project, Corpus, Coding, Attribution, Filter …); the writer adds the content check.
    `created` is an ISO date and becomes the date of the document. `language` is a BCP 47 tag.
    `case_noun` is what a row is, in lower case and the singular (participant, transcript, place).
    `waiting` counts codings that are not in it, because their transcript was corrected and nobody
    has said yet where they belong.
    """

    title: str
    subtitle: str
    created: str
    language: str
    matrix: Matrix
    facts: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    counts: tuple[CountLine, ...] = ()
    sections: tuple[ThemeSection, ...] = ()
    show: str = "quotes"
    case_noun: str = "case"
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a writer did: counts, and all that was replaced or shortened, with its place."""

    quotations: int = 0
    rows: int = 0
    replaced_characters: int = 0
    digest: str = ""
    warnings: tuple[str, ...] = field(default_factory=tuple)

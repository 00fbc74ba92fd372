"""Quotations and what they are set out in: the matrix of cases and codes, and its Word report.

Everything here has passed the consent service: attributions are final text, and no passage is
here that may not leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.model.consent import Audience
from qualcode.model.manifest import NOT_SAID, Made


@dataclass(frozen=True, slots=True)
class Quotation:
    """One coded passage with its words, where they stand, and how they may be attributed.

    `start`, `end` are code points in the transcript's text; `turn` counts from 1; `start_ms` is
    the nearest known time at or before the start, in ms, or None. `before`, `after` are words of
    context. `code`, `theme` are full names (`funding/grant-aid`, `funding`). `speaker` is the
    label only where consent allows it. `version` is the uid of the version of the transcript.
    `coders` are all who gave a passage its code where several codings of it are shown as one, and
    `coder` says them in words. `number` is the same for the same passage under every code of one
    report, from 1; 0 where nothing is numbered. `edits` counts the stretches of `text` that are
    shown otherwise than they were said, each in brackets. `starred` is True where somebody called
    the passage worth quoting. `placed` is False where nobody may read in which interview the words
    stand, nor where: then `transcript` and `locator` are whose they are, and `version`, `start` and
    `end` are blank once it leaves.
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
    version: str = ""
    number: int = 0
    edits: int = 0
    notes: tuple[QuotedMemo, ...] = ()
    starred: bool = False
    coders: tuple[str, ...] = ()
    placed: bool = True

    @property
    def coded_by(self) -> tuple[str, ...]:
        """Everyone who gave it its code."""
        return self.coders or (self.coder,)


@dataclass(frozen=True, slots=True)
class QuotedMemo:
    """A memo on a quotation, with who wrote it and when (an ISO time)."""

    type: str
    coder: str
    written: str
    body: str


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
    where none are known) behind them. A passage under two codes of one theme is one quotation of
    the theme, and stands among `quotes` under both. `passages` are the numbers of all that is
    counted, and `interviews` those of where it was said, by which it can be counted with other
    cells. `empty_reason` says why nothing stands here, else None.
    """

    quotes: tuple[Quotation, ...] = ()
    summary: str | None = None
    count: int = 0
    cases: int = 0
    empty_reason: str | None = None
    passages: tuple[int, ...] = ()
    interviews: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cases by columns; `cells[row][column]`."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A case without a quotation in a theme, by its label, and why as cells say it."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """One theme of the report: its table of cases by the codes of the theme.

    `silent` are the cases of the study without a quotation in this theme, by label; they are not
    rows of `matrix`. `colour` is `#rrggbb`.
    """

    key: str
    name: str
    definition: str
    colour: str
    matrix: Matrix
    silent: tuple[Silent, ...] = ()


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of the summary of codings: a theme (`is_theme`) or a code, by group of cases.

    `counts[i]` is (quotations, interviews) of the i-th group; `total` the same for all. In the line
    of a theme a passage under several of its codes is one quotation.
    """

    key: str
    name: str
    is_theme: bool
    colour: str
    counts: tuple[tuple[int, int], ...]
    total: tuple[int, int]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One interview in the register: who took part as they may be cited, and what was quoted.

    `agreed` is the form of consent in words (`named`, `by role`), `quotations` how many of this
    report are theirs, 0 among them.
    """

    case: str
    attribution: str
    agreed: str
    place: str | None
    stakeholder: str | None
    quotations: int


@dataclass(frozen=True, slots=True)
class Variation:
    """One theme or code across the groups of the study: who shares it, who does not.

    `groups[i]` is (cases with it, cases in all) of the i-th group, for places and for stakeholders
    alike. `shared_by` are the groups that share it, and `is_shared_by_all` says that they are all
    that have a name. `against` are the labels of the cases that go against the pattern of their
    group, and `against_in` the same by group.
    """

    key: str
    name: str
    is_theme: bool
    groups: tuple[tuple[int, int], ...]
    total: tuple[int, int]
    shared_by: tuple[str, ...] = ()
    only_in: str | None = None
    against: tuple[str, ...] = ()
    is_shared_by_all: bool = False
    against_in: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """How much one group, or one person, speaks in the output beside how many were interviewed.

    `attribute` is what makes the group, such as place; of one person it is `participant`.
    """

    label: str
    quotations: int
    cases: int
    warning: str | None = None
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Continuity and variation of all themes and codes by one attribute, such as place.

    `rule` says in words what makes a group share something, and when a case goes against it.
    `cases` are all who are counted, by code, or by uid of an interview of nobody known: no document
    says them, but each is asked for when it leaves. `balance` says how much each group speaks in
    what is compared; in a matrix it stands once, for all its comparisons. `withheld` codings, of
    which no document says anything, are not in it.
    """

    attribute: str
    groups: tuple[str, ...]
    lines: tuple[Variation, ...]
    rule: str = ""
    cases: tuple[str, ...] = ()
    balance: tuple[BalanceLine, ...] = ()
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """A matrix with all that a document around it says.

    `matrix` is what was asked for by rows and columns; `sections` are the same quotations by
    theme, with the theme's codes as columns. `facts` are the lines of the title block in order
    (Project, Corpus, Coding, Attribution, Filter …); the writer adds the content check.
    `created` is an ISO date and becomes the date of the document. `language` is a BCP 47 tag.
    `case_noun` is what a row is, in lower case and the singular (participant, transcript, place).
    `waiting` counts codings that are not in it, because their transcript was corrected and nobody
    has said yet where they belong. `register` names every interview of the corpus, `comparisons`
    and `balance` say who speaks of what and how much, `provenance` is what one needs to make the
    same document again, `made` that of it which was asked for. `hidden` counts quotations beyond
    `--max-quotes`, `audience` is whom it is for. `groups` are what `counts` are counted by, values
    of the attribute `grouped_by`. `warnings` are for whoever makes it, as is the number of codings
    `withheld`, and stand in no document.
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
    audience: Audience = Audience.TEAM
    register: tuple[RegisterLine, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    balance: tuple[BalanceLine, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    made: Made = NOT_SAID
    hidden: int = 0
    warnings: tuple[str, ...] = ()
    grouped_by: str = ""
    withheld: int = 0

    @property
    def quotations(self) -> Iterator[Quotation]:
        """All that its sections show, each as often as it stands there."""
        for section in self.sections:
            for row in section.matrix.cells:
                for cell in row:
                    yield from cell.quotes


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What a writer did: counts, and all that was replaced or shortened, with its place.

    `long_cells` counts cells of a spreadsheet whose words go on in the row below; `changed` are
    the keys of rows in which words that look like a formula were given an apostrophe, and
    `changed_at` says of the same rows where people find them. `layout` is
    that of a matrix as a document, `matrix` or `list`, and `choice` says in words why a list was
    taken where nobody had asked for one.
    """

    quotations: int = 0
    rows: int = 0
    replaced_characters: int = 0
    digest: str = ""
    warnings: tuple[str, ...] = field(default_factory=tuple)
    long_cells: int = 0
    changed: tuple[str, ...] = ()
    changed_at: tuple[str, ...] = ()
    layout: str = ""
    choice: str = ""

"""The matrix as a workbook: a sheet for each theme, cases by its codes, quotations in the cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.exporters.colours import theme_colour
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import check_of, spaced
from qualcode.exporters.headings import (
    cells_of,
    heading_of,
    in_the_cell,
    reason_of,
    silent_in_words,
)
from qualcode.exporters.references import of_cases, reference, says_places, variation_in_words
from qualcode.exporters.reports import report_of
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.workbook.book import (
    Column,
    Properties,
    Sheet,
    continued,
    write_workbook,
)
from qualcode.exporters.workbook.cells import Look, Said
from qualcode.exporters.workbook.interviews import interviews
from qualcode.exporters.workbook.read_me import GROUND, long_cells_said, read_me
from qualcode.exporters.workbook.sheet_names import names_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from qualcode.exporters.workbook.cells import Value
    from qualcode.model.document import DocumentOptions
    from qualcode.model.matrix import (
        BalanceLine,
        Cell,
        Comparison,
        ExportReport,
        MatrixReport,
        MatrixRow,
        ThemeSection,
    )

_CASE, _CITED, _PLACE, _STAKEHOLDER, _CODE, _FIGURES = 14, 30, 16, 20, 52, 14
"""Widths in letters."""

_MOST_LINES = 28
"""Of one row. Excel draws no row higher than 409 points, and hides what does not fit."""

Blocks = list[tuple[str, int]]
"""What stands in a cell, one below the other, each with the lines that it takes."""


def write(report: MatrixReport, out: BinaryIO, _options: DocumentOptions) -> ExportReport:
    """Write the workbook. The same report gives the same bytes."""
    clean = Cleaner()
    check = check_of(report)
    sheets = [_front(report, check.digest)]
    if report.counts:
        sheets.append(_summary(report))
    sheets += [
        _theme(section, theme_colour(section.colour, number), report)
        for number, section in enumerate(report.sections)
    ]
    sheets += [_compared(compared) for compared in report.comparisons]
    if report.balance:
        sheets.append(_balance(report.balance))
    if report.register:
        sheets.append(interviews(report.register))
    properties = Properties(
        title=f"{report.title}: {report.subtitle}" if report.subtitle else report.title,
        subject="Matrix of interview quotations by theme",
        project=dict(report.facts).get("Project", report.title),
        created=report.created,
        language=report.language,
    )
    long = write_workbook(out, sheets, properties, clean, listed=listing.of_matrix(report))
    warnings = (
        *clean.warnings(),
        *long_cells_said(long),
        *names_said(sheet.name for sheet in sheets),
    )
    done = report_of(check, clean, rows=len(report.matrix.rows), warnings=warnings)
    return replace(done, long_cells=long)


def _front(report: MatrixReport, digest: str) -> Sheet:
    facts = [*report.facts, ("Content check", spaced(digest))]
    silent = [
        (section.name, silent_in_words(section)) for section in report.sections if section.silent
    ]
    rules = [(f"By {one.attribute}", one.rule) for one in report.comparisons]
    return read_me(
        report.title,
        report.subtitle,
        (
            ("About this export", facts),
            ("How to read it", _guide(report)),
            (f"Without a row: each {report.case_noun} without a word on a theme", silent),
            ("Continuity and variation", rules),
            ("How it was made", report.provenance),
        ),
    )


def _guide(report: MatrixReport) -> Iterator[tuple[str, str]]:
    noun = report.case_noun
    yield "Sheets", f"One for each theme, with a row for each {noun} and a column for each code."
    if report.show == "counts":
        yield (
            "Cells",
            "The number of quotations; 0 where nothing was coded. Words say why there is none.",
        )
    else:
        where = ", the turn of the transcript (¶) and, where it is known, the time in the recording"
        if not says_places(report.quotations):
            where = ""
        yield (
            "Cells",
            "Quotations, each in quotation marks, and behind it where it comes from: who speaks"
            f"{where}. What stands in square brackets was not said so.",
        )
        yield (
            "Long cells",
            "What is too much for one row goes on in the next one, of the same name with "
            "(continued 2/3) behind it.",
        )
        yield "Empty cells", "The reason why nothing stands there, as far as it is known."
    yield "Counts", "They show where to look, not how widely a view is held."


def _summary(report: MatrixReport) -> Sheet:
    """The summary of codings: quotations and interviews, by group and in all."""
    columns = [Column("Theme and code", 48), Column("Full name", 42)]
    for group in (*report.groups, "All"):
        columns += [Column(f"{group}\nquotations", 13), Column(f"{group}\ninterviews", 13)]

    def rows() -> Iterator[Sequence[Value]]:
        for line in report.counts:
            name = Said(line.name, Look.BOLD) if line.is_theme else line.name
            figures = [figure for pair in (*line.counts, line.total) for figure in pair]
            yield (name, line.key, *figures)

    return Sheet("Summary of codings", columns, rows(), GROUND)


def _compared(compared: Comparison) -> Sheet:
    """Continuity and variation: in how many cases of each group a theme or a code comes up."""
    columns = [Column("Theme and code", 48), Column("Full name", 42)]
    columns += [Column(group, 14) for group in (*compared.groups, "All")]
    columns.append(Column("Shared by, and cases against the pattern", 60))

    def rows() -> Iterator[Sequence[Value]]:
        for line in compared.lines:
            name = Said(line.name, Look.BOLD) if line.is_theme else line.name
            yield (
                name,
                line.key,
                *map(of_cases, line.groups),
                of_cases(line.total),
                variation_in_words(line),
            )

    return Sheet(f"By {compared.attribute}", columns, rows(), GROUND)


def _balance(lines: Sequence[BalanceLine]) -> Sheet:
    """Who speaks, beside who was interviewed."""
    columns = [Column("Group or person", 40), Column("By", 16)]
    columns += [Column("Quotations", 13), Column("Cases", 13), Column("To think about", 60)]
    rows = (
        (line.label, line.attribute or None, line.quotations, line.cases, line.warning)
        for line in lines
    )
    return Sheet("Who speaks", columns, rows, GROUND)


def _theme(section: ThemeSection, ground: str, report: MatrixReport) -> Sheet:
    places = {row.group for row in section.matrix.rows} - {None}
    stakeholders = {line.case: line.stakeholder for line in report.register}
    told = any(stakeholders.get(row.key) for row in section.matrix.rows)
    noun = report.case_noun
    columns = [Column(noun[:1].upper() + noun[1:], _CASE)]
    columns += [Column("Cited as", _CITED)]
    columns += [Column("Place", _PLACE)] if places else []
    columns += [Column("Stakeholder", _STAKEHOLDER)] if told else []
    width = _FIGURES if report.show == "counts" else _CODE
    columns += [
        Column(f"{heading_of(section, at)}\n{code.key}", width)
        for at, code in enumerate(section.matrix.columns)
    ]

    def rows() -> Iterator[Sequence[Value]]:
        for row, cells in zip(section.matrix.rows, section.matrix.cells, strict=True):
            known: list[Value] = ["; ".join(row.details)]
            known += [row.group] if places else []
            known += [stakeholders.get(row.key)] if told else []
            if report.show == "counts":
                yield (row.label, *known, *map(_figure, cells))
            else:
                said = cells_of(section, cells, report.show)
                yield from _broken(row, known, said, with_words=report.show != "summary")

    return Sheet(section.name, columns, rows(), ground)


def _figure(cell: Cell) -> Value:
    reason = reason_of(cell)
    return Said(reason, Look.QUIET) if reason and not cell.count else cell.count


def _broken(
    row: MatrixRow, known: Sequence[Value], cells: Sequence[Cell], *, with_words: bool
) -> Iterator[Sequence[Value]]:
    """One case in rows that can be seen whole, the first with what is known of it."""
    chunks = [list(_chunks(_blocks(cell, row, with_words=with_words))) for cell in cells]
    parts = max((len(one) for one in chunks), default=0) or 1
    for part in range(parts):
        label = row.label if part == 0 else f"{row.label} {continued(part + 1, parts)}"
        said: list[Value] = [one[part] if part < len(one) else None for one in chunks]
        if part == 0:
            said = [
                words or (Said(in_the_cell(cell), Look.QUIET) if cell.empty_reason else None)
                for words, cell in zip(said, cells, strict=True)
            ]
        yield (label, *known, *said)


def _blocks(cell: Cell, row: MatrixRow, *, with_words: bool) -> Blocks:
    blocks = [f"Summary: {cell.summary}"] if cell.summary else []
    for quote in cell.quotes:
        said = reference(quote, row)
        blocks.append(f"“{quote.text}” {said}" if with_words else said)
    return [(block, _lines(block)) for block in blocks]


def _lines(words: str) -> int:
    """About how many lines words take in a column of codes, with the blank one behind them."""
    return 1 + sum(1 + len(line) // _CODE for line in words.split("\n"))


def _chunks(blocks: Blocks) -> Iterator[str]:
    """Blocks put together as long as they can be seen in one row; one alone always is."""
    waiting: list[str] = []
    lines = 0
    for words, size in blocks:
        if waiting and lines + size > _MOST_LINES:
            yield "\n\n".join(waiting)
            waiting, lines = [], 0
        waiting.append(words)
        lines += size
    if waiting:
        yield "\n\n".join(waiting)

"""Reports with all that a document can hold: numbers, context, memos, register, comparison."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from exporters.reports import PLACES, WORDS, cell, quotations_of, sample_report, with_summaries

from qualcode.model.matrix import (
    BalanceLine,
    Cell,
    Comparison,
    MatrixReport,
    QuotedMemo,
    RegisterLine,
    Variation,
)
from qualcode.model.summary import Emptiness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from qualcode.model.matrix import Quotation, ThemeSection

MEMOS = (
    QuotedMemo(
        "query", "Amina Idris", "2024-06-12T09:30:00+00:00", "Is this the drop-in on Fore Street?"
    ),
    QuotedMemo("note", "joel", "2024-06-13T16:02:11Z", "Compare with P07.\nAnd with P11."),
)

RULE = "A group shares what half of its cases or more speak of."

PROVENANCE = (
    ("Command", "qualcode matrix matrix.docx --rows participant"),
    ("Program", "qualcode 0.5.0"),
    ("Codebook", "version 14 of 12 June 2024"),
    ("Last change of the project", "27 June 2024, 18:40 UTC"),
)


def full_report(*, interviews: int = 24, quotations: int = 190, seed: int = 7) -> MatrixReport:
    """The sample study, as a lead researcher would send it round the team."""
    chance = Random(seed)
    bare = sample_report(interviews=interviews, quotations=quotations, seed=seed)
    places = sorted((q.transcript, q.start, q.end) for q in quotations_of(bare))
    number_of = {place: number for number, place in enumerate(places, 1)}

    cited = {
        row.key: f"{row.details[0]}, interviewed {at % 28 + 1} May 2024"
        for at, row in enumerate(bare.matrix.rows)
    }

    def full(quotation: Quotation) -> Quotation:
        number = number_of[quotation.transcript, quotation.start, quotation.end]
        return replace(
            quotation,
            number=number,
            version=f"v-{quotation.transcript}",
            attribution=cited[str(quotation.participant)],
            before=chance.choice(WORDS)[-180:],
            after=f"{chance.choice(WORDS)[:140]}\nAnd how was that for you?",
            notes=MEMOS if number % 40 == 1 else MEMOS[:1] if number % 17 == 1 else (),
        )

    report = with_summaries(each_quotation(bare, full))
    sections = (_with_reasons(_cited(section, cited)) for section in report.sections)
    report = replace(report, sections=tuple(sections))
    return replace(
        report,
        register=_register(report),
        comparisons=(_by_place(report),),
        balance=_balance(report),
        provenance=PROVENANCE,
    )


def each_quotation(report: MatrixReport, change: Callable[[Quotation], Quotation]) -> MatrixReport:
    """The report with each quotation of its sections changed."""

    def changed(held: Cell) -> Cell:
        return replace(held, quotes=tuple(map(change, held.quotes)))

    return replace(report, sections=tuple(_each(section, changed) for section in report.sections))


def under_two_codes(report: MatrixReport) -> MatrixReport:
    """The report with its first quotation under the code of another cell of its theme, too."""
    first = quotations_of(report)[0]
    section = report.sections[0]
    row = next(at for at, row in enumerate(section.matrix.cells) if _holds(row, first))
    column = next(at for at, held in enumerate(section.matrix.cells[row]) if not held.quotes)
    again = replace(first, code=section.matrix.columns[column].key, coding="again")
    cells = [list(row) for row in section.matrix.cells]
    cells[row][column] = cell(again)
    matrix = replace(section.matrix, cells=tuple(map(tuple, cells)))
    return replace(report, sections=(replace(section, matrix=matrix), *report.sections[1:]))


def _holds(row: tuple[Cell, ...], quotation: Quotation) -> bool:
    return any(quotation in held.quotes for held in row)


def _each(section: ThemeSection, change: Callable[[Cell], Cell]) -> ThemeSection:
    cells = tuple(tuple(map(change, row)) for row in section.matrix.cells)
    return replace(section, matrix=replace(section.matrix, cells=cells))


def _cited(section: ThemeSection, cited: Mapping[str, str]) -> ThemeSection:
    """With the attribution of each case below its label, as charting gives it."""
    rows = tuple(replace(row, details=(cited[row.key],)) for row in section.matrix.rows)
    return replace(section, matrix=replace(section.matrix, rows=rows))


def _with_reasons(section: ThemeSection) -> ThemeSection:
    """Every third empty cell was never asked about, the others were asked in vain."""
    empty = 0

    def reasoned(held: Cell) -> Cell:
        nonlocal empty
        if held.quotes:
            return held
        empty += 1
        reason = Emptiness.NOTHING_CODED if empty % 3 else Emptiness.NOT_ASKED
        return replace(held, empty_reason=str(reason))

    return _each(section, reasoned)


def _register(report: MatrixReport) -> tuple[RegisterLine, ...]:
    found = quotations_of(report)
    agreed = ("by role", "named", "anonymous")
    return tuple(
        RegisterLine(
            case=row.label,
            attribution=", ".join(row.details),
            agreed=agreed[at % 3],
            place=row.group,
            stakeholder="local authority" if at % 2 else "voluntary sector",
            quotations=sum(quotation.participant == row.key for quotation in found),
        )
        for at, row in enumerate(report.matrix.rows)
    )


def _by_place(report: MatrixReport) -> Comparison:
    whole = len(report.matrix.rows) // len(PLACES)
    lines = tuple(
        Variation(
            key=line.key,
            name=line.name,
            is_theme=line.is_theme,
            groups=tuple((min(cases, whole), whole) for _, cases in line.counts),
            total=(line.total[1], len(report.matrix.rows)),
            shared_by=PLACES[:2] if at % 3 == 0 else (),
            only_in=PLACES[2] if at % 7 == 1 else None,
            against=("P03", "P11") if at % 5 == 2 else (),
        )
        for at, line in enumerate(report.counts)
    )
    return Comparison("place", PLACES, lines, RULE)


def _balance(report: MatrixReport) -> tuple[BalanceLine, ...]:
    warning = "A third of the quotations come from one case in ten."
    return tuple(
        BalanceLine(place, 20 * at, 6, warning if at == len(PLACES) else None, "place")
        for at, place in enumerate(PLACES, 1)
    )

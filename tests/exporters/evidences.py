"""Evidence to write: the plausible study of `reports`, and small ones for single facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from exporters.reports import quotations_of, report_of, sample_report

from qualcode.model.book import BookCode, BookTheme, QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.evidence import Evidence, EvidenceCode
from qualcode.model.matrix import MatrixReport, RegisterLine

if TYPE_CHECKING:
    from collections.abc import Sequence


def evidence_of(report: MatrixReport) -> Evidence:
    """The same quotations and cases as tables, with a place for each case."""
    return Evidence(
        title="Evidence",
        created=report.created,
        language=report.language,
        audience=Audience.TEAM,
        quotations=tuple(quotations_of(report)),
        matrix=report.matrix,
        register=tuple(
            RegisterLine(row.key, "; ".join(row.details), "by role", row.group, None, 1)
            for row in report.matrix.rows
        ),
        codes=tuple(
            EvidenceCode(column.key, column.label, column.theme, column.definition)
            for column in report.matrix.columns
        ),
        attributes=tuple(
            (row.key, (("place", row.group),)) for row in report.matrix.rows if row.group
        ),
        facts=report.facts,
        provenance=(("Program", "qualcode"),),
    )


def sample_evidence(*, quotations: int = 190) -> Evidence:
    """A study as a lead researcher would export it."""
    return evidence_of(sample_report(quotations=quotations))


def small_evidence(texts: Sequence[str], *, columns: int = 1, rows: int = 1) -> Evidence:
    """These texts, dealt out over cases and codes in turn."""
    return evidence_of(report_of(texts, columns=columns, rows=rows))


def book_of(report: MatrixReport) -> QuotationBook:
    """The same quotations under their codes."""
    themes = []
    for section in report.sections:
        codes = [
            BookCode(
                column.key,
                column.label,
                column.definition,
                tuple(quote for row in section.matrix.cells for quote in row[place].quotes),
            )
            for place, column in enumerate(section.matrix.columns)
        ]
        themes.append(
            BookTheme(section.key, section.name, section.definition, section.colour, tuple(codes))
        )
    return QuotationBook(
        title=report.title,
        subtitle=report.subtitle,
        created=report.created,
        language=report.language,
        audience=Audience.TEAM,
        themes=tuple(themes),
        facts=report.facts,
    )


def small_book(texts: Sequence[str]) -> QuotationBook:
    """These texts under one code."""
    return book_of(replace(report_of(texts), subtitle=""))

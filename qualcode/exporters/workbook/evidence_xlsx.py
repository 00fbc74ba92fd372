"""The evidence as a workbook: codings, cases by codes, interviews, codebook."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from qualcode.exporters import tidy_tables
from qualcode.exporters.contents import listing
from qualcode.exporters.contents.check import ContentCheck, spaced
from qualcode.exporters.textsafe import Cleaner
from qualcode.exporters.workbook.book import Column, Properties, Sheet, write_workbook
from qualcode.exporters.workbook.interviews import interviews
from qualcode.exporters.workbook.read_me import GROUND, long_cells_said, read_me
from qualcode.model.matrix import ExportReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from qualcode.model.evidence import Evidence, TableOptions

_WIDTHS: Mapping[str, float] = {
    "version": 34,
    "coding": 70,
    "code": 42,
    "theme": 18,
    "name": 32,
    "coder": 12,
    "transcript": 12,
    "participant": 12,
    "case": 14,
    "attribution": 34,
    "speaker": 12,
    "stakeholder": 20,
    "locator": 20,
    "text": 80,
    "before": 40,
    "after": 40,
    "memo": 40,
    "definition": 80,
}
"""In letters, of columns that hold words."""

_NARROW, _FIGURES, _COUNTS = 14, 10, 16

_SHEETS = (
    ("Quotations", "One row a coding: a passage under one code by one coder, with its words."),
    (
        "Matrix counts",
        "Cases by codes: how many passages there are. A passage to which several coders gave the "
        "same code counts once, so that the sums may be smaller than the rows of Quotations.",
    ),
    (
        "Matrix 0-1",
        "The same as 1 and 0. An empty cell is one of which nobody can tell: not interviewed, not "
        "asked, not yet coded, or withheld.",
    ),
    ("Interviews", "Who took part, as they may be cited, and how much of this is theirs."),
    ("Codebook", "The codes, what they mean, and how often they were used."),
)


def write(evidence: Evidence, out: BinaryIO, _options: TableOptions) -> ExportReport:
    """Write the workbook. The same evidence gives the same bytes."""
    clean = Cleaner()
    check = ContentCheck(evidence.quotations)
    quotations = tidy_tables.quotations_table(evidence)
    columns = [(field.name, field.meaning) for field in quotations.fields]
    facts = [*evidence.facts, ("Content check", spaced(check.digest))]
    sheets = (
        read_me(
            evidence.title,
            "",
            (
                ("About this export", facts),
                ("Sheets", _SHEETS),
                ("Columns of Quotations", columns),
                ("How it was made", evidence.provenance),
            ),
        ),
        _sheet("Quotations", _to_be_read(quotations)),
        _sheet("Matrix counts", tidy_tables.counts_table(evidence)),
        _sheet("Matrix 0-1", tidy_tables.cases_table(evidence)),
        interviews(evidence.register),
        _sheet("Codebook", tidy_tables.codes_table(evidence)),
    )
    project = dict(evidence.facts).get("Project", evidence.title)
    properties = Properties(
        title=evidence.title,
        subject="Coded passages of interviews, as tables",
        project=project,
        created=evidence.created,
        language=evidence.language,
    )
    long = write_workbook(out, sheets, properties, clean, listed=listing.of_evidence(evidence))
    return ExportReport(
        quotations=check.count,
        rows=len(evidence.quotations),
        replaced_characters=clean.replaced,
        digest=check.digest,
        warnings=(*clean.warnings(), *long_cells_said(long)),
        long_cells=long,
    )


_FIRST = ("locator", "code", "text", "attribution")
_LAST = ("version", "coding")
"""Columns of the codings in the order in which people, not scripts, ask for them."""


def _to_be_read(table: tidy_tables.Table) -> tidy_tables.Table:
    """The same table with the words in front, and the long identifiers behind."""
    names = [field.name for field in table.fields]
    between = [name for name in names if name not in (*_FIRST, *_LAST)]
    order = [names.index(name) for name in (*_FIRST, *between, *_LAST)]
    ordered = itemgetter(*order)
    return replace(table, fields=ordered(table.fields), rows=map(ordered, table.rows))


def _sheet(name: str, table: tidy_tables.Table) -> Sheet:
    return Sheet(name, list(_columns(table)), table.rows, GROUND)


def _columns(table: tidy_tables.Table) -> Iterator[Column]:
    for field in table.fields:
        if field.code:
            yield Column(f"{field.label}\n{field.code}", _COUNTS)
        elif field.type == tidy_tables.TEXT:
            yield Column(field.name, _WIDTHS.get(field.name, _NARROW))
        else:
            yield Column(field.name, _FIGURES)

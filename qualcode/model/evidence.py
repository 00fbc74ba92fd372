"""The evidence of a study as tables for those who count: one row a coding, a case, a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.consent import Audience
from qualcode.model.manifest import NOT_SAID, Made
from qualcode.model.matrix import Matrix, Quotation, RegisterLine


@dataclass(frozen=True, slots=True)
class EvidenceCode:
    """One code of the codebook: full name, what it is called, and its definition."""

    key: str
    name: str
    theme: str
    definition: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the workbook and the tidy tables hold.

    `matrix` is participants (or transcripts) by codes with counts; `register` the interviews.
    `attributes` are the facts of each case that may stand beside its words, by the case's key.
    """

    title: str
    created: str
    language: str
    audience: Audience
    quotations: tuple[Quotation, ...]
    matrix: Matrix
    register: tuple[RegisterLine, ...]
    codes: tuple[EvidenceCode, ...]
    attributes: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    made: Made = NOT_SAID


class EvidenceTable(StrEnum):
    """A tidy table: one row a coding, a case with a column for each code, or a code."""

    QUOTATIONS = "quotations"
    CASES = "cases"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class TableOptions:
    """Which table, where a file holds one, and whether it is for a spreadsheet.

    `for_excel` puts an apostrophe before what a spreadsheet would take for a formula.
    """

    table: EvidenceTable = EvidenceTable.QUOTATIONS
    for_excel: bool = False


QUOTATIONS = TableOptions()
"""What is written where nobody chose."""

"""The sheet of interviews: who took part, as they may be cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporters.workbook.book import Column, Sheet
from qualcode.exporters.workbook.read_me import GROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.model.matrix import RegisterLine

_COLUMNS = (
    Column("case", 14),
    Column("attribution", 60),
    Column("agreed", 24),
    Column("place", 18),
    Column("stakeholder", 20),
    Column("quotations", 10),
)


def interviews(register: Sequence[RegisterLine]) -> Sheet:
    """One row an interview or participant, those without a quotation among them."""
    rows = (
        (line.case, line.attribution, line.agreed, line.place, line.stakeholder, line.quotations)
        for line in register
    )
    return Sheet("Interviews", _COLUMNS, rows, GROUND)

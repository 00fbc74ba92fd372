"""Ways out: quotations, hits and matrices, each attributed as its participant agreed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.api.opened import Opened, Pathish, Where, now, one_of
from qualcode.model.matrix import ExportReport, MatrixReport, Quotation
from qualcode.model.people import Role
from qualcode.services.ways_out import charting, exporting, retrieving


@dataclass(frozen=True)
class MatrixTable:
    """A matrix as a value (`report`), to be looked at or written."""

    report: MatrixReport

    def write(self, file: Pathish, *, format: str | None = None) -> ExportReport:  # noqa: A002
        """Write it as the ending says, `.docx`, `.csv` or `.json`; whole or not at all."""
        return exporting.save_matrix(self.report, Path(file), format=format)


class WaysOut(Opened):
    """What can leave a project."""

    def quotes(
        self,
        *codes: str,
        where: Where | None = None,
        coder: str | None = None,
        context: int = 0,
    ) -> tuple[Quotation, ...]:
        """Coded passages of these codes and all below them; what is withheld is not among them."""
        return retrieving.quotes(
            self._store, codes, where=_filters(where), coder=coder, context=context
        ).quotations

    def search(
        self,
        query: str,
        *,
        where: Where | None = None,
        role: Role | str | None = None,
        width: int = 60,
    ) -> tuple[retrieving.Hit, ...]:
        """Where words, a "phrase", fund* or /a regular expression/ stand, in `width` characters."""
        wanted = None if role is None else one_of(Role, role)
        found = retrieving.search(
            self._store, query, where=_filters(where), role=wanted, width=width
        )
        return found.hits

    def matrix(
        self,
        *,
        rows: str | None = None,
        columns: str = "themes",
        cells: str = "quotes",
        where: Where | None = None,
        coder: str | None = None,
        title: str | None = None,
    ) -> MatrixTable:
        """Quotations side by side: cases by themes or codes."""
        report = charting.build_matrix(
            self._store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=_filters(where),
            coder=coder,
            title=title,
            at=now(),
        )
        return MatrixTable(report)


def _filters(where: Where | None) -> list[str]:
    return [
        f"{name}={value}"
        for name, values in (where or {}).items()
        for value in ([values] if isinstance(values, str) else values)
    ]

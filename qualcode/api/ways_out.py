"""Ways out: quotations, hits and matrices, each attributed as its participant agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.api.opened import Opened, Pathish, Where, now, one_of
from qualcode.model.book import QuotationBook
from qualcode.model.consent import Audience
from qualcode.model.evidence import Evidence, EvidenceTable, TableOptions
from qualcode.model.matrix import Comparison, ExportReport, MatrixReport, Quotation
from qualcode.model.people import Role
from qualcode.services.charts import booking, charting, comparing, evidencing
from qualcode.services.retrieval import retrieving
from qualcode.services.ways_out import exporting
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class _From:
    """The project that a value comes from: it is asked once more before the value leaves."""

    store: Store
    by: str


@dataclass(frozen=True)
class MatrixTable:
    """A matrix as a value (`report`), to be looked at or written."""

    report: MatrixReport
    _from: _From = field(repr=False)

    def write(self, file: Pathish, *, format: str | None = None) -> ExportReport:  # noqa: A002
        """Write it as the ending says, such as `.docx`, `.xlsx` or `.html`; whole or not at all."""
        return exporting.save_matrix(
            self._from.store, self.report, Path(file), format=format, by=self._from.by, at=now()
        )


@dataclass(frozen=True)
class Book:
    """A quotation book as a value (`book`), to be looked at or written."""

    book: QuotationBook
    _from: _From = field(repr=False)

    def write(self, file: Pathish, *, format: str | None = None) -> ExportReport:  # noqa: A002
        """Write it as the ending says, `.docx`, `.md` or `.html`; whole or not at all."""
        return exporting.save_book(
            self._from.store, self.book, Path(file), format=format, by=self._from.by, at=now()
        )


@dataclass(frozen=True)
class EvidenceTables:
    """The evidence of a study as a value (`evidence`), to be counted or written."""

    evidence: Evidence
    _from: _From = field(repr=False)

    def write(
        self,
        file: Pathish,
        *,
        table: EvidenceTable | str = EvidenceTable.QUOTATIONS,
        for_excel: bool = False,
    ) -> ExportReport:
        """Write all of it as `.xlsx`, or one table as `.csv` with its data dictionary beside it.

        `for_excel` puts an apostrophe before what a spreadsheet would take for a formula; the
        report says in which rows.
        """
        wanted = TableOptions(one_of(EvidenceTable, table), for_excel)
        report, _ = exporting.save_evidence(
            self._from.store,
            self.evidence,
            Path(file),
            options=wanted,
            by=self._from.by,
            at=now(),
        )
        return report


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
        found = retrieving.quotes(
            self._store, codes, where=_filters(where), coder=coder, context=context
        ).quotations
        exporting.check_quotations(self._store, found)
        return found

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
        exporting.check_words(self._store, retrieving.words_of(found.hits), where="the hits")
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
        audience: Audience | str = Audience.TEAM,
        max_quotes: int | None = None,
        by: Sequence[str] = comparing.USUAL,
    ) -> MatrixTable:
        """Quotations side by side: cases by themes or codes.

        `max_quotes` is how many a cell shows, the best of them; groups are compared by `by`.
        """
        report = charting.build_matrix(
            self._store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=_filters(where),
            coder=coder,
            title=title,
            audience=one_of(Audience, audience),
            max_quotes=max_quotes,
            by=by,
            at=now(),
        )
        return MatrixTable(report, self._leaving())

    def compare(
        self,
        by: str = "place",
        *,
        columns: str = "codes",
        where: Where | None = None,
        coder: str | None = None,
        audience: Audience | str = Audience.TEAM,
    ) -> Comparison:
        """In how many cases of each group a theme or code comes up, n of N, and who differs."""
        readers = one_of(Audience, audience)
        found = charting.compare(
            self._store,
            by=by,
            columns=columns,
            where=_filters(where),
            coder=coder,
            audience=readers,
        )
        exporting.comparison_bytes(self._store, found, "json", readers)  # what leaves is checked
        return found

    def book(
        self,
        *codes: str,
        where: Where | None = None,
        coder: str | None = None,
        context: int = 25,
        audience: Audience | str = Audience.TEAM,
        title: str | None = None,
    ) -> Book:
        """The quotations of these codes and all below them as a book, with words around them."""
        booked = booking.build_book(
            self._store,
            codes,
            where=_filters(where),
            coder=coder,
            context=context,
            audience=one_of(Audience, audience),
            title=title,
            at=now(),
        )
        return Book(booked.book, self._leaving())

    def evidence(
        self,
        *,
        where: Where | None = None,
        coder: str | None = None,
        context: int = 0,
        audience: Audience | str = Audience.TEAM,
        title: str | None = None,
    ) -> EvidenceTables:
        """Every coding, cases by codes, interviews and codebook, for those who count."""
        gathered = evidencing.build_evidence(
            self._store,
            where=_filters(where),
            coder=coder,
            context=context,
            audience=one_of(Audience, audience),
            title=title,
            at=now(),
        )
        return EvidenceTables(gathered.evidence, self._leaving())

    def _leaving(self) -> _From:
        return _From(self._store, self._actor())


def _filters(where: Where | None) -> list[str]:
    return [
        f"{name}={value}"
        for name, values in (where or {}).items()
        for value in ([values] if isinstance(values, str) else values)
    ]

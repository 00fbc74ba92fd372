"""Which module writes which format: one line each, loaded when it is asked for.

To add a format, write a module with `write(value, out) -> ExportReport` and name it here; matrices,
books and evidence come with options, as a third argument.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from qualcode.errors import UnknownSuffixError
from qualcode.model.document import PLAIN, DocumentOptions
from qualcode.model.evidence import QUOTATIONS, Evidence, TableOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from qualcode.model.book import QuotationBook
    from qualcode.model.matrix import Comparison, ExportReport, MatrixReport, Quotation

MATRIX_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "qualcode.exporters.word.matrix_docx",
        "xlsx": "qualcode.exporters.workbook.matrix_xlsx",
        "html": "qualcode.exporters.html.matrix_html",
        "md": "qualcode.exporters.markdown.matrix_md",
        "csv": "qualcode.exporters.csv.matrix_csv",
        "json": "qualcode.exporters.json.matrix_json",
    }
)

QUOTATION_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "json": "qualcode.exporters.json.quotations_json",
        "csv": "qualcode.exporters.csv.quotations_csv",
    }
)

BOOK_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "qualcode.exporters.word.quotations_docx",
        "md": "qualcode.exporters.markdown.book_md",
        "html": "qualcode.exporters.html.book_html",
    }
)

EVIDENCE_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": "qualcode.exporters.workbook.evidence_xlsx",
        "csv": "qualcode.exporters.csv.evidence_csv",
    }
)


COMPARISON_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "json": "qualcode.exporters.json.comparison_json",
        "csv": "qualcode.exporters.csv.comparison_csv",
        "md": "qualcode.exporters.markdown.comparison_md",
    }
)


class MatrixExporter(Protocol):
    """A module that writes a matrix."""

    def write(self, report: MatrixReport, out: BinaryIO, options: DocumentOptions) -> ExportReport:
        """Write the report to a binary stream that need not be seekable."""


class QuotationExporter(Protocol):
    """A module that writes quotations."""

    def write(self, quotations: Iterable[Quotation], out: BinaryIO) -> ExportReport:
        """Write the quotations in their order to a binary stream that need not be seekable."""


class BookExporter(Protocol):
    """A module that writes a quotation book."""

    def write(self, book: QuotationBook, out: BinaryIO, options: DocumentOptions) -> ExportReport:
        """Write the book to a binary stream that need not be seekable."""


class EvidenceExporter(Protocol):
    """A module that writes evidence, or one table of it."""

    def write(self, evidence: Evidence, out: BinaryIO, options: TableOptions) -> ExportReport:
        """Write the evidence to a binary stream that need not be seekable."""


class ComparisonExporter(Protocol):
    """A module that writes a comparison."""

    def write(self, comparison: Comparison, out: BinaryIO) -> ExportReport:
        """Write the comparison to a binary stream that need not be seekable."""


def write_matrix(
    report: MatrixReport,
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
    options: DocumentOptions = PLAIN,
) -> ExportReport:
    """Write a matrix as `format`, a suffix with or without its dot, in any case.

    `options` are wishes for its layout; formats that are no document have none of them.

    A failure leaves the stream half-written: give a temporary file and put it in place after.
    Raises UnknownSuffixError.
    """
    module = _module(MATRIX_EXPORTERS, format, "a matrix")
    return cast(MatrixExporter, import_module(module)).write(report, out, options)


def write_quotations(
    quotations: Iterable[Quotation],
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
) -> ExportReport:
    """Write quotations in their order as `format`; otherwise like `write_matrix`."""
    module = _module(QUOTATION_EXPORTERS, format, "a list of quotations")
    return cast(QuotationExporter, import_module(module)).write(quotations, out)


def write_book(
    book: QuotationBook,
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
    options: DocumentOptions = PLAIN,
) -> ExportReport:
    """Write a quotation book as `format`; otherwise like `write_matrix`."""
    module = _module(BOOK_EXPORTERS, format, "a book")
    return cast(BookExporter, import_module(module)).write(book, out, options)


def write_evidence(
    evidence: Evidence,
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
    options: TableOptions = QUOTATIONS,
) -> ExportReport:
    """Write evidence as `format`; `options` choose the table where the format holds one."""
    module = _module(EVIDENCE_EXPORTERS, format, "evidence")
    return cast(EvidenceExporter, import_module(module)).write(evidence, out, options)


def write_comparison(
    comparison: Comparison,
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
) -> ExportReport:
    """Write a comparison as `format`; otherwise like `write_matrix`."""
    module = _module(COMPARISON_EXPORTERS, format, "a comparison")
    return cast(ComparisonExporter, import_module(module)).write(comparison, out)


def _module(exporters: Mapping[str, str], format_: str, what: str) -> str:
    module = exporters.get(format_.lower().removeprefix("."))
    if module is None:
        raise UnknownSuffixError(format_, what=what, known=[f".{suffix}" for suffix in exporters])
    return module

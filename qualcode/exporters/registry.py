"""Which module writes which format: one line each, loaded when it is asked for.

To add a format, write a module with `write(value, out) -> ExportReport` and name it here.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from qualcode.errors import UnknownSuffixError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from qualcode.model.matrix import ExportReport, MatrixReport, Quotation

MATRIX_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "docx": "qualcode.exporters.word.matrix_docx",
        "csv": "qualcode.exporters.matrix_csv",
        "json": "qualcode.exporters.matrix_json",
    }
)

QUOTATION_EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "json": "qualcode.exporters.quotations_json",
        "csv": "qualcode.exporters.quotations_csv",
        "md": "qualcode.exporters.quotations_md",
    }
)


class MatrixExporter(Protocol):
    """A module that writes a matrix."""

    def write(self, report: MatrixReport, out: BinaryIO) -> ExportReport:
        """Write the report to a binary stream that need not be seekable."""


class QuotationExporter(Protocol):
    """A module that writes quotations."""

    def write(self, quotations: Iterable[Quotation], out: BinaryIO) -> ExportReport:
        """Write the quotations in their order to a binary stream that need not be seekable."""


def write_matrix(report: MatrixReport, out: BinaryIO, *, format: str) -> ExportReport:  # noqa: A002
    """Write a matrix as `format`, a suffix with or without its dot, in any case.

    A failure leaves the stream half-written: give a temporary file and put it in place after.
    Raises UnknownSuffixError.
    """
    module = _module(MATRIX_EXPORTERS, format)
    return cast(MatrixExporter, import_module(module)).write(report, out)


def write_quotations(
    quotations: Iterable[Quotation],
    out: BinaryIO,
    *,
    format: str,  # noqa: A002  the word that people type
) -> ExportReport:
    """Write quotations in their order as `format`; otherwise like `write_matrix`."""
    module = _module(QUOTATION_EXPORTERS, format)
    return cast(QuotationExporter, import_module(module)).write(quotations, out)


def _module(exporters: Mapping[str, str], format_: str) -> str:
    module = exporters.get(format_.lower().removeprefix("."))
    if module is None:
        raise UnknownSuffixError(format_, known=[f".{suffix}" for suffix in exporters])
    return module

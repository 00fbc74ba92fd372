"""Ways out: a finished value in, bytes and a report out; one room for each format.

Consent is settled before a value comes here: what it holds is written, and nothing else.
"""

from qualcode.exporters.registry import (
    BOOK_EXPORTERS,
    COMPARISON_EXPORTERS,
    EVIDENCE_EXPORTERS,
    MATRIX_EXPORTERS,
    QUOTATION_EXPORTERS,
    write_book,
    write_comparison,
    write_evidence,
    write_matrix,
    write_quotations,
)

__all__ = [
    "BOOK_EXPORTERS",
    "COMPARISON_EXPORTERS",
    "EVIDENCE_EXPORTERS",
    "MATRIX_EXPORTERS",
    "QUOTATION_EXPORTERS",
    "write_book",
    "write_comparison",
    "write_evidence",
    "write_matrix",
    "write_quotations",
]

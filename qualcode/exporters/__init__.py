"""Ways out: a finished value in, bytes and a report out; one module per format.

Consent is settled before a value comes here: what it holds is written, and nothing else.
"""

from qualcode.exporters.registry import (
    MATRIX_EXPORTERS,
    QUOTATION_EXPORTERS,
    write_matrix,
    write_quotations,
)

__all__ = ["MATRIX_EXPORTERS", "QUOTATION_EXPORTERS", "write_matrix", "write_quotations"]

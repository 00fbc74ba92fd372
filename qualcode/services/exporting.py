"""Writing a finished value to a file, whole or not at all."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from qualcode import errors
from qualcode.exporters import write_matrix, write_quotations
from qualcode.model.matrix import ExportReport, MatrixReport, Quotation

Writer = Callable[[BinaryIO], ExportReport]


def save_matrix(report: MatrixReport, target: Path, *, format: str | None = None) -> ExportReport:  # noqa: A002
    """Write a matrix in the format of the file's ending, or the one given."""
    chosen = format or _suffix(target)
    return _save(target, lambda out: write_matrix(report, out, format=chosen))


def matrix_bytes(report: MatrixReport, format: str) -> bytes:  # noqa: A002
    """The same bytes, for a stream."""
    out = io.BytesIO()
    write_matrix(report, out, format=format)
    return out.getvalue()


def save_quotations(
    quotations: Sequence[Quotation],
    target: Path,
    *,
    format: str | None = None,  # noqa: A002
) -> ExportReport:
    """Write quotations in the format of the file's ending, or the one given."""
    chosen = format or _suffix(target)
    return _save(target, lambda out: write_quotations(quotations, out, format=chosen))


def quotations_bytes(quotations: Sequence[Quotation], format: str) -> bytes:  # noqa: A002
    """The same bytes, for a stream."""
    out = io.BytesIO()
    write_quotations(quotations, out, format=format)
    return out.getvalue()


def _suffix(target: Path) -> str:
    return target.suffix.lower().removeprefix(".") or target.name


def _save(target: Path, write: Writer) -> ExportReport:
    """Write beside the target, then put it in its place: a failure leaves the old file.

    Raises OutputError where the folder cannot be written to or the disk is full.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".qualcode-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            report = write(out)
            out.flush()
            os.fsync(out.fileno())
        # mkstemp lets only the owner read; a document is shared as any new file would be.
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        temporary.replace(target)
    except OSError as problem:
        why = problem.strerror or "no access"
        raise errors.OutputError(where=str(target), why=why.lower()) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return report

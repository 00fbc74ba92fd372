"""Writing a finished value to a file, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qualcode import errors
from qualcode.exporters import write_matrix, write_quotations
from qualcode.exporters.registry import QUOTATION_EXPORTERS
from qualcode.model.matrix import ExportReport, MatrixReport, Quotation
from qualcode.services.intake.manifest import looks_like_a_manifest
from qualcode.services.ways_out import retrieving
from qualcode.services.work.coding_rows import looks_like_codings
from qualcode.store.store import Store

_HEAD_BYTES = 4096

Writer = Callable[[BinaryIO], ExportReport]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written of the codings that were asked for, and how many were not.

    `withheld` may not leave, `gone` are no longer there. `waiting` counts the codings of the whole
    study that were not to be asked for, because their transcript was corrected.
    """

    report: ExportReport
    withheld: int
    gone: int
    waiting: int = 0


def save_matrix(report: MatrixReport, target: Path, *, format: str | None = None) -> ExportReport:  # noqa: A002
    """Write a matrix in the format of the file's ending, or the one given."""
    chosen = format or _suffix(target)
    return _save(target, chosen, lambda out: write_matrix(report, out, format=chosen))


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
    return _save(target, chosen, lambda out: write_quotations(quotations, out, format=chosen))


def save_codings(
    store: Store, codings: Collection[str], target: Path, *, context: int = 0
) -> Saved:
    """Write the quotations of these codings, by uid, with what consent lets leave at this moment.

    `context` is the number of words on either side; the file's ending says the format.
    """
    found = retrieving.quotes_of(store, codings, context=context)
    report = save_quotations(found.quotations, target)
    gone = len(codings) - len(found.quotations) - found.withheld
    return Saved(report, found.withheld, gone, found.waiting)


def stands_there(target: Path) -> bool:
    """True where something would be written over. Raises OutputError for what can be no file."""
    try:
        target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as problem:
        raise _no_output(str(target), problem) from None
    return True


def check_target(target: Path) -> None:
    """Refuse a file that `save_codings` would refuse, before anything is asked or written.

    Raises UnknownSuffixError, OutputError, or FileExistsAlreadyError.
    """
    suffix = _suffix(target)
    if suffix not in QUOTATION_EXPORTERS:
        raise errors.UnknownSuffixError(suffix, known=[f".{one}" for one in QUOTATION_EXPORTERS])
    stands_there(target)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has that name")
        target.parent.stat()
        _refuse_to_replace(target, suffix, str(target))
    except OSError as problem:
        raise _no_output(str(target), problem) from None


def quotations_bytes(quotations: Sequence[Quotation], format: str) -> bytes:  # noqa: A002
    """The same bytes, for a stream."""
    out = io.BytesIO()
    write_quotations(quotations, out, format=format)
    return out.getvalue()


def _refuse_to_replace(target: Path, format: str, shown: str) -> None:  # noqa: A002
    """Nothing is lost to a slip of the pen: only a file of the same format gives way.

    A manifest and a table of codings are CSV files too, and are never what an export left.
    """
    if not target.is_file():
        return
    with target.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    is_ours = b"attribution" in head and b"locator" in head.split(b"\n", 1)[0]
    is_source = not is_ours and (looks_like_a_manifest(head) or looks_like_codings(head))
    same_format = target.suffix.lower().removeprefix(".") == format.lower().removeprefix(".")
    if head and (is_source or not same_format):
        raise errors.FileExistsAlreadyError(where=shown)


def _suffix(target: Path) -> str:
    return target.suffix.lower().removeprefix(".") or target.name


def _save(target: Path, format: str, write: Writer) -> ExportReport:  # noqa: A002
    """Write beside the target, then put it in its place: a failure leaves the old file.

    A pipe or a device is written into as it is. Raises OutputError where the folder cannot be
    written to or the disk is full, FileExistsAlreadyError where something else than an earlier
    export stands there.
    """
    shown = str(target)
    temporary: Path | None = None
    try:
        target = _resolved(target)
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                return write(stream)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".qualcode-", suffix=".tmp")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            report = write(out)
            out.flush()
            os.fsync(out.fileno())
        _refuse_to_replace(target, format, shown)
        # mkstemp lets only the owner read; a document is shared as any new file would be.
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        temporary.replace(target)
    except OSError as problem:
        raise _no_output(shown, problem) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return report


def _resolved(target: Path) -> Path:
    """The path behind all links."""
    try:
        return target.resolve()
    except (RuntimeError, ValueError) as problem:  # links in a ring, or what can be no path
        raise _no_output(str(target), problem) from None


def _no_output(shown: str, problem: Exception) -> errors.OutputError:
    """Why nothing can be written there."""
    if isinstance(problem, OSError):
        why = problem.strerror or "no access"
    else:
        why = "there can be no such path"
    return errors.OutputError(where=shown, why=why.lower())

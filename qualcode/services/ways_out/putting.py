"""A file put in its place, whole or not at all: it is written beside the target first."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from qualcode import errors
from qualcode.model.matrix import ExportReport
from qualcode.services.intake.manifest import looks_like_a_manifest
from qualcode.services.work.coding_rows import looks_like_codings

_HEAD_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that stands beside its place: `path` is written to, read, and then put there."""

    path: Path
    target: Path
    format: str
    shown: str

    def write(self, write: Callable[[BinaryIO], ExportReport]) -> ExportReport:
        """Write it, down to the disk. Raises OutputError where that is full."""
        with _saying(self.shown), self.path.open("wb") as out:
            report = write(out)
            out.flush()
            os.fsync(out.fileno())
        return report

    def check(self) -> None:
        """Raises FileExistsAlreadyError where something else than an earlier export stands."""
        with _saying(self.shown):
            refuse_to_replace(self.target, self.format, self.shown)

    def put(self) -> None:
        """Put it in its place."""
        with _saying(self.shown):
            if _is_no_file(self.target):
                with self.path.open("rb") as written, self.target.open("wb") as stream:
                    shutil.copyfileobj(written, stream)
                return
            # mkstemp lets only the owner read; a document is shared as any new file would be.
            there = self.target.exists()
            self.path.chmod(self.target.stat().st_mode & 0o777 if there else 0o644)
            self.path.replace(self.target)


@contextmanager
def beside(target: Path, format: str) -> Iterator[Beside]:  # noqa: A002  the word that people type
    """An empty file beside a target, gone at the end unless it was put in its place.

    For a pipe or a device it lies among the temporary files. Raises OutputError where the folder
    cannot be written to or the disk is full.
    """
    shown = str(target)
    with _saying(shown):
        target = _resolved(target)
        folder = None if _is_no_file(target) else target.parent
        handle, name = tempfile.mkstemp(dir=folder, prefix=".qualcode-", suffix=".tmp")
        os.close(handle)
        try:
            yield Beside(Path(name), target, format, shown)
        finally:
            Path(name).unlink(missing_ok=True)


def stands_there(target: Path) -> bool:
    """True where something would be written over. Raises OutputError for what can be no file."""
    try:
        target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as problem:
        raise _no_output(str(target), problem) from None
    return True


def check_place(target: Path, format: str) -> None:  # noqa: A002
    """Refuse a place that cannot be written to, before the work.

    Raises OutputError or FileExistsAlreadyError.
    """
    stands_there(target)
    with _saying(str(target)):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has that name")
        target.parent.stat()
        refuse_to_replace(target, format, str(target))


def refuse_to_replace(target: Path, format: str, shown: str) -> None:  # noqa: A002
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


def _is_no_file(target: Path) -> bool:
    """True for what is there and is neither a file nor a folder, such as a pipe."""
    return target.exists() and not target.is_file() and not target.is_dir()


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


@contextmanager
def _saying(shown: str) -> Iterator[None]:
    """What the system says of a file, said by us."""
    try:
        yield
    except OSError as problem:
        raise _no_output(shown, problem) from None

"""Putting a finished file in its place: whole or not at all, and never over another."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualcode import errors


@contextmanager
def appearing(target: Path, *, mode: int = 0o666) -> Iterator[Path]:
    """An empty file beside `target` to write into; at the end it appears as `target`.

    Raises FileExistsAlreadyError where something is there already, and OutputError where the
    folder takes no files. On any exception nothing is left behind.
    """
    where = str(target)
    if target.exists():
        raise errors.FileExistsAlreadyError(where=where)
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield draft
        _to_disk(draft)
        _name(draft, target)
        _to_disk(target.parent)
    except FileExistsError:
        raise errors.FileExistsAlreadyError(where=where) from None
    except OSError as problem:
        raise errors.OutputError(where=where, why=problem.strerror or "no access") from None
    finally:
        for left in (draft, Path(f"{draft}-journal")):
            with contextlib.suppress(OSError):
                left.unlink()


def _name(draft: Path, target: Path) -> None:
    try:
        target.hardlink_to(draft)  # fails where the target exists, without a moment in between
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no second name for a file.
        if target.exists():
            raise FileExistsError from None
        draft.rename(target)


def _to_disk(path: Path) -> None:
    """Wait until a file's words, or a folder's names, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

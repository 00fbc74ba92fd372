"""Putting a finished file in its place: whole or not at all, and never over another."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualcode import errors


@contextmanager
def appearing(target: Path, *, mode: int = 0o666) -> Iterator[Path]:
    """An empty file beside `target` to write into; at the end it appears as `target`.

    Raises FileExistsAlreadyError where something is there already, and OutputError where the
    folder takes no files. On any exception nothing is left behind; what a process left that was
    killed meanwhile is swept as soon as the target stands.
    """
    where = str(target)
    if target.exists():
        sweep(target)
        raise errors.FileExistsAlreadyError(where=where)
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield draft
        to_disk(draft)
        _name(draft, target)
        to_disk(target.parent)
        sweep(target)
    except FileExistsError:
        raise errors.FileExistsAlreadyError(where=where) from None
    except OSError as problem:
        raise errors.OutputError(where=where, why=problem.strerror or "no access") from None
    finally:
        for left in (draft, Path(f"{draft}-journal")):
            with contextlib.suppress(OSError):
                left.unlink()


def sweep(target: Path) -> None:
    """Take away the drafts of a file that stands: nothing can come of them any more.

    Of a file that does not stand, a draft may be what another process is just writing.
    """
    if not target.exists():
        return
    draft = re.compile(rf"\.{re.escape(target.name)}-[0-9a-f]{{8}}(-journal)?")
    with contextlib.suppress(OSError):  # a folder that may not be listed, or written in
        for path in target.parent.iterdir():
            if draft.fullmatch(path.name):
                path.unlink(missing_ok=True)


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


def to_disk(path: Path) -> None:
    """Wait until a file's words, or a folder's names, are on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

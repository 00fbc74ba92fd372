"""What every part of an open project needs: its store, its folder, and who acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Self, TypeVar

from qualcode import errors
from qualcode.model.people import SCRIPT
from qualcode.services import projects
from qualcode.store.store import Store

Pathish = str | PathLike[str]
Where = Mapping[str, str | Sequence[str]]
_Word = TypeVar("_Word", bound=StrEnum)


class Opened:
    """A project that is open; use it in `with`, or close it."""

    def __init__(self, store: Store, folder: Path, coder: str | None) -> None:
        self._store = store
        self.folder = folder
        self.coder = coder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or the server."""
        self._store.close()

    def _coder(self) -> str:
        if not self.coder:
            raise errors.CoderNotGivenError
        return self.coder

    def _book(self, file: Pathish | None = None) -> Path:
        return self.folder / projects.CODEBOOK if file is None else Path(file)

    def _actor(self) -> str:
        return self.coder or SCRIPT


def one_of(kind: type[_Word], given: str) -> _Word:
    """The word of a closed list; raises UsageError with the list."""
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(str(word) for word in kind)
        raise errors.UsageError(
            f"'{given}' is none of them", mend=f"Give one of {known}."
        ) from None


def now() -> datetime:
    """This moment; no room below asks a clock."""
    return datetime.now(UTC)

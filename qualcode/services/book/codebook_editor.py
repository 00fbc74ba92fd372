"""The edits of one codebook by one coder, for who makes several: a script, a command line.

What each does is in `codebook_editing.py`, the file in `codebook_file.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from qualcode.services.book import codebook_editing
from qualcode.services.book.codebook_editing import Edited
from qualcode.services.book.codebook_file import FileState, fetch, state
from qualcode.services.work.coding import Reverted
from qualcode.store.store import Store


class _Signed(TypedDict):
    by: str
    at: datetime


class CodebookEditor:
    """Codes are named by their id or full name; every edit is one act and can be undone."""

    def __init__(self, store: Store, path: Path, *, by: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self._path = path
        self._by = by
        self._now = now

    def state(self) -> FileState:
        """How codebook.yaml stands to what was applied."""
        return state(self._store, self._path)

    def fetch(self) -> bool:
        """Bring codebook.yaml up to date where it is behind the project."""
        return fetch(self._store, self._path)

    def add(
        self, name: str, *, under: str | None = None, definition: str = "", proposed: bool = False
    ) -> Edited:
        """A new code under another, or a new theme."""
        return codebook_editing.add(
            self._store,
            self._path,
            name,
            parent=under,
            definition=definition,
            proposed=proposed,
            **self._signed(),
        )

    def rename(self, code: str, name: str) -> Edited:
        """Another name for a code; its id stays."""
        return codebook_editing.rename(self._store, self._path, code, name, **self._signed())

    def define(self, code: str, definition: str) -> Edited:
        """Another definition of a code."""
        return codebook_editing.define(self._store, self._path, code, definition, **self._signed())

    def accept(self, code: str) -> Edited:
        """A proposed code becomes one like any other."""
        return codebook_editing.accept(self._store, self._path, code, **self._signed())

    def move(self, code: str, *, under: str | None = None, before: str | None = None) -> Edited:
        """A code elsewhere, with all under it; without `under` it becomes a theme."""
        return codebook_editing.move(
            self._store, self._path, code, parent=under, before=before, **self._signed()
        )

    def merge(self, code: str, into: str, *, dry_run: bool = False) -> Edited:
        """One code of two: `into` takes over the codings, memos and codes of `code`.

        With `dry_run` nothing is written, and `merged` says what would be moved.
        """
        return codebook_editing.merge(
            self._store, self._path, code, into, dry_run=dry_run, **self._signed()
        )

    def retire(self, code: str) -> Edited:
        """A code leaves the file: it keeps its codings and takes no new ones."""
        return codebook_editing.retire(self._store, self._path, code, **self._signed())

    def restore(self, code: str) -> Edited:
        """A retired code takes codings again."""
        return codebook_editing.restore(self._store, self._path, code, **self._signed())

    def set_key(self, theme: str, key: str | None) -> Edited:
        """The letter that opens a theme in the coding screen; None takes it off."""
        return codebook_editing.set_key(self._store, self._path, theme, key, **self._signed())

    def undo(self) -> Reverted:
        """Take the coder's latest act back, be it an edit or not; of an edit, in the file too."""
        return codebook_editing.undo(self._store, self._path, **self._signed())

    def redo(self) -> Reverted:
        """Do again what the latest undo took back, in the file too."""
        return codebook_editing.redo(self._store, self._path, **self._signed())

    def _signed(self) -> _Signed:
        return {"by": self._by, "at": self._now()}

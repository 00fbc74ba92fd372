"""codebook.yaml beside the store: whether both say the same, and a new text put in its place.

A file is replaced whole, and only while it still is what was read; who edited it by hand meanwhile
finds their words untouched.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qualcode import errors
from qualcode.codebook import CodebookChanges, compare_codebooks, load_codebook
from qualcode.model.codebook import Codebook
from qualcode.services.codebooks import read_text
from qualcode.store import codes, queries
from qualcode.store.engine import Session
from qualcode.store.store import Store

EDITS = frozenset(
    f"{verb} code"
    for verb in ("add", "rename", "define", "accept", "move", "merge", "retire", "restore", "key")
)
"""The verbs of the acts that write the file too, so that taking them back does so as well."""

_MARK = b"\xef\xbb\xbf"


class FileKind(StrEnum):
    """How the file stands to what was applied."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class FileState:
    """How the file stands to what was applied, with what differs or what is to be mended.

    A changed file without a change is one in which only comments or blanks are others. `behind` is
    True where it says what once was applied: on a shared server, somebody else edited the codebook
    since, and applying the file would take that back.
    """

    kind: FileKind
    changes: CodebookChanges | None = None
    errors: tuple[errors.QualcodeError, ...] = ()
    behind: bool = False


def state(store: Store, path: Path) -> FileState:
    """How the file stands to what was applied; the file is read as YAML only where it differs."""
    return Watch(store, path).look()


class Watch:
    """The file, looked at again and again: it is read only where it or the store has changed."""

    def __init__(self, store: Store, path: Path) -> None:
        self._store = store
        self._path = path
        self._seen: object = None
        self._state = FileState(FileKind.MISSING)

    def look(self) -> FileState:
        """How the file stands now; mostly one look at the folder and one statement."""
        with self._store.reading() as session:
            seen = (_facts_of(self._path), codes.source_event(session))
            if seen != self._seen:
                self._state = _state(session, self._path)
                self._seen = seen
        return self._state


def differs_in_comments(store: Store, path: Path) -> bool:
    """True where another text stands in the file, and yet the same codes."""
    with store.reading() as session:
        found = _state(session, path)
    return found.kind is FileKind.CHANGED and not found.changes and not found.behind


def _facts_of(path: Path) -> tuple[int, int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def _state(session: Session, path: Path) -> FileState:
    if not path.is_file():
        return FileState(FileKind.MISSING)
    try:
        text = read_text(path)
        if text == codes.source(session):
            return FileState(FileKind.SAME)
        book = load_codebook(text, where=str(path))
    except errors.SeveralErrors as problems:
        return FileState(FileKind.BROKEN, errors=problems.errors)
    except errors.CodebookError as problem:
        return FileState(FileKind.BROKEN, errors=(problem,))
    changes = compare_codebooks(living(session), book)
    return FileState(FileKind.CHANGED, changes, behind=codes.was_applied(session, text))


def living(session: Session) -> Codebook:
    """The codes that take new codings: those that the file has when it is as it was applied."""
    book, retired = queries.codebook(session)
    kept = tuple(code for code in book.codes if code.id not in retired)
    return Codebook(book.name, book.version, kept)


class HeldFile:
    """The file during one act: read once, replaced at most once, put back if the act fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: bytes | None = None
        self._wrote: bytes | None = None

    def applied_text(self, session: Session) -> str:
        """Its text, which is what was applied last.

        Raises CodebookBehindError where it is what was applied before that, else
        CodebookChangedError.
        """
        text = self._text()
        if text != codes.source(session):
            found = _state(session, self._path)
            if found.behind:
                raise errors.CodebookBehindError(where=str(self._path))
            count = 0 if found.changes is None else found.changes.count
            raise errors.CodebookChangedError(where=str(self._path), changes=count)
        return text

    def is_text(self, text: str | None) -> bool:
        """True where the file is there and says just this."""
        return text is not None and self._path.is_file() and self._text() == text

    def replace(self, text: str) -> None:
        """Put a text in its place, atomically.

        Raises CodebookReadOnlyError, and CodebookChangedError where it is not what was read.
        """
        assert self._read is not None  # who has not read it does not know what goes
        target = self._path.resolve()  # a link stays one
        if _bytes_of(target) != self._read:
            raise errors.CodebookChangedError(where=str(self._path), changes=0)
        mark = _MARK if self._read.startswith(_MARK) else b""
        written = mark + text.encode()
        _replace(target, written, where=str(self._path))
        self._wrote = written

    def put_back(self) -> None:
        """Undo `replace`, unless somebody has changed the file since."""
        if self._wrote is None or self._read is None:
            return
        target = self._path.resolve()
        if _bytes_of(target) == self._wrote:
            # What cannot be put back shows as a change that is not applied yet: nothing is lost.
            with contextlib.suppress(errors.CodebookReadOnlyError):
                _replace(target, self._read, where=str(self._path))

    def _text(self) -> str:
        self._read = _bytes_of(self._path)
        return read_text(self._path)


@contextmanager
def held(path: Path) -> Iterator[HeldFile]:
    """The file for the time of an act, which is to be committed within."""
    file = HeldFile(path)
    try:
        yield file
    except BaseException:
        file.put_back()
        raise


def fetch(store: Store, path: Path) -> bool:
    """Write the project's codebook into a file that is behind it; False where it is not.

    What was written by hand is never replaced: raises CodebookChangedError. What goes was applied
    once, and is in the project's log.
    """
    with store.reading() as session, held(path) as file:
        text = codes.source(session)
        if text is None or file.is_text(text):
            return False
        with contextlib.suppress(errors.CodebookBehindError):
            file.applied_text(session)
        file.replace(text)
    return True


def follow(store: Store, path: Path) -> bool:
    """Bring the file up to date after an undo or redo of an edit; True where it was written.

    It is left alone unless it stands as it did before that undo: what was changed by hand stays,
    and so does the file of who took `codebook apply` back. Raises CodebookReadOnlyError.
    """
    with store.reading() as session, held(path) as file:
        return follow_within(session, file)


def follow_within(session: Session, file: HeldFile) -> bool:
    """The same within an act, before it is committed."""
    newest = codes.newest_change(session)
    if newest is None or not newest.is_reversal or newest.verb not in EDITS:
        return False
    if newest.after in (None, newest.before) or not file.is_text(newest.before):
        return False
    file.replace(newest.after or "")
    return True


def _bytes_of(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except OSError:
        return None


def _replace(target: Path, content: bytes, *, where: str) -> None:
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        if not mode & 0o222 or not os.access(target, os.W_OK):
            # A folder that takes files would let it be replaced; but it was closed by intent.
            raise errors.CodebookReadOnlyError(where=where, why="it is closed to changes")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(mode)  # the process may have a mask of its own
        draft.replace(target)
    except OSError as problem:
        why = (problem.strerror or "no access").lower()
        raise errors.CodebookReadOnlyError(where=where, why=why) from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()

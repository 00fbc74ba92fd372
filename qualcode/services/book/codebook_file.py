"""codebook.yaml beside the store: whether both say the same, and a new text put in its place.

A file is replaced whole, and only while it still is what was read; who edited it by hand meanwhile
finds their words untouched. What a whole file does to the store is in `codebooks.py`, what an edit
of one code does in `codebook_editing.py`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qualcode import errors
from qualcode.codebook import CodebookChanges, compare_codebooks, load_codebook
from qualcode.services.book.codebooks import decoded, living, read_bytes, read_text
from qualcode.store import codes, queries
from qualcode.store.acts import Act
from qualcode.store.engine import Session
from qualcode.store.files import appearing
from qualcode.store.kinds import Record
from qualcode.store.store import Store

EDITS = frozenset(
    f"{verb} code"
    for verb in ("add", "rename", "define", "accept", "move", "merge", "retire", "restore", "key")
)
"""The verbs of the acts that write the file too, so that taking them back does so as well."""

LEFT = "codebook.yaml was left alone and differs now"
"""What a face says where an undo or redo could not take the file along."""

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
    except errors.CodebookError as problem:
        return FileState(FileKind.BROKEN, errors=(problem,))
    return _state_of(session, text, where=str(path))


def _state_of(session: Session, text: str, *, where: str) -> FileState:
    if text == codes.source(session):
        return FileState(FileKind.SAME)
    try:
        book = load_codebook(text, where=where)
    except errors.SeveralErrors as problems:
        return FileState(FileKind.BROKEN, errors=problems.errors)
    changes = compare_codebooks(living(*queries.codebook(session)), book)
    return FileState(FileKind.CHANGED, changes, behind=codes.was_applied(session, text))


class HeldFile:
    """The file during one act: read once, replaced at most once, put back if the act fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: bytes | None = None
        self._wrote: bytes | None = None

    def text_to_edit(self, session: Session) -> str:
        """Its text, which holds the codes that were applied last, whatever its comments are.

        Raises CodebookMissingError, CodebookBehindError where it is what was applied before, else
        CodebookChangedError.
        """
        text = self._text()
        found = _state_of(session, text, where=str(self._path))
        if found.behind:
            raise errors.CodebookBehindError(where=str(self._path))
        if found.kind is FileKind.BROKEN or found.changes:
            count = 0 if found.changes is None else found.changes.count
            raise errors.CodebookChangedError(where=str(self._path), changes=count)
        return text

    def check_behind(self, session: Session) -> None:
        """Make sure that it says what was applied once; else raises CodebookChangedError."""
        found = _state_of(session, self._text(), where=str(self._path))
        if found.kind is not FileKind.SAME and not found.behind:
            count = 0 if found.changes is None else found.changes.count
            raise errors.CodebookChangedError(where=str(self._path), changes=count)

    def is_text(self, text: str | None) -> bool:
        """True where the file is there and says just this."""
        if text is None or not self._path.is_file():
            return False
        with contextlib.suppress(errors.CodebookError):  # what is no text is not this one
            return self._text() == text
        return False

    def replace(self, text: str) -> None:
        """Put a text in its place, atomically.

        Raises CodebookReadOnlyError, and CodebookChangedError where it is not what was read.
        """
        target = self.check_replaceable()
        assert self._read is not None
        mark = _MARK if self._read.startswith(_MARK) else b""
        written = mark + text.encode()
        _replace(target, written, where=str(self._path))
        self._wrote = written

    def check_replaceable(self) -> Path:
        """Where `replace` writes; raises what it would raise, as far as a look can tell."""
        assert self._read is not None  # who has not read it does not know what goes
        target = self._path.resolve()  # a link stays one
        if _bytes_of(target) != self._read:
            raise errors.CodebookChangedError(where=str(self._path), changes=0)
        _mode_of(target, where=str(self._path))
        return target

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
        if not os.path.exists(self._path):  # which fails on no folder
            raise errors.CodebookMissingError(where=str(self._path))
        self._read = read_bytes(self._path)
        return decoded(self._read, where=str(self._path))


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
    """Write the project's codebook where no file is, or one that is behind it; else False.

    What was written by hand is never replaced: raises CodebookChangedError. What goes was applied
    once, and is in the project's log. Raises OutputError where the folder takes no file.
    """
    with store.reading() as session, held(path) as file:
        text = codes.source(session)
        if text is None or file.is_text(text):
            return False
        if not os.path.exists(path):
            with appearing(path.resolve()) as draft:  # a link that leads nowhere gets its file
                draft.write_text(text, encoding="utf-8", newline="")
            return True
        file.check_behind(session)
        file.replace(text)
    return True


def revert(
    act: Act, way: Callable[[Act], list[Record]], file: HeldFile | None
) -> tuple[list[Record], bool]:
    """Take an act back or do it again, of an edit of the codebook in the file too.

    Returns what was put back, and whether the file was left though the codebook is another now: it
    is written only where it stands as the act left it. What was changed by hand stays, and so does
    the file of who took `codebook apply` back. Raises CodebookReadOnlyError.
    """
    before = codes.source_event(act.session)
    said = way(act)
    if codes.source_event(act.session) == before:
        return said, False
    return said, file is None or not _follows(act.session, file)


def _follows(session: Session, file: HeldFile) -> bool:
    """Take the file along with an undo or redo; True where it says what the project has."""
    done = codes.newest_reversal(session)
    if done is not None and done.verb in EDITS:
        before = {done.before} if done.is_undo else {done.before, done.begun_with}
        after = done.begun_with if done.is_undo else done.after
        if after is not None and any(map(file.is_text, before)):
            file.replace(after)
            return True
    return file.is_text(codes.source(session))


def _bytes_of(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except OSError:
        return None


def _mode_of(target: Path, *, where: str) -> int:
    """The rights on a file; raises CodebookReadOnlyError where they let nobody change it."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except OSError as problem:
        why = (problem.strerror or "no access").lower()
        raise errors.CodebookReadOnlyError(where=where, why=why) from None
    if not mode & 0o222 or not os.access(target, os.W_OK):
        # A folder that takes files would let it be replaced; but it was closed by intent.
        raise errors.CodebookReadOnlyError(where=where, why="it is closed to changes")
    return mode


def _replace(target: Path, content: bytes, *, where: str) -> None:
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    mode = _mode_of(target, where=where)
    try:
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

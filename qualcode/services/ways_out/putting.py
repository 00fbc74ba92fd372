"""Files put in their places, whole or not at all: each is written beside its target first.

What the gate has not seen yet must not stay behind if the process dies. On Linux the file has no
name until it is put in its place, so that the system itself takes it away. Of several files all
stand in their places in the end, or what stood there before.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from qualcode import errors
from qualcode.model.matrix import ExportReport
from qualcode.services.intake.manifest import looks_like_a_manifest
from qualcode.services.work.coding_rows import looks_like_codings

_HEAD_BYTES: Final = 4096
_HANDLES: Final = Path("/proc/self/fd")
"""Where Linux shows the open files of a process."""

_OF_ANY_FILE: Final = 0o666
"""What a program asks for; the system takes from it what the person (umask) or the folder says."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file that stands beside its place: `path` is written to, read, and then put there.

    `rights` are those of any new file in that folder; until then only its owner may read it.
    """

    path: Path
    target: Path
    format: str
    shown: str
    rights: int

    def write(self, write: Callable[[BinaryIO], ExportReport]) -> ExportReport:
        """Write it, down to the disk. Raises OutputError where that is full."""
        with _saying(self.shown), self.path.open("wb") as out:
            report = write(out)
            out.flush()
            os.fsync(out.fileno())
        return report

    @property
    def is_stream(self) -> bool:
        """True where its place is a pipe or a device: what goes there cannot be called back."""
        return _is_no_file(self.target)

    def check(self) -> None:
        """Raises OutputError for a folder, FileExistsAlreadyError for what is no earlier export."""
        with _saying(self.shown):
            refuse_to_replace(self.target, self.format, self.shown)

    def put(self) -> None:
        """Put it in its place. A file that stands there keeps who may read it."""
        with _saying(self.shown):
            if self.is_stream:
                with self.path.open("rb") as written, self.target.open("wb") as stream:
                    shutil.copyfileobj(written, stream)
                return
            there = self.target.exists()
            self.path.chmod(self.target.stat().st_mode & 0o777 if there else self.rights)
            path = self._path_with_name()
            try:
                if path != self.path:
                    _link(self.path, path)
                path.replace(self.target)
            except OSError:
                path.unlink(missing_ok=True)
                raise

    def _path_with_name(self) -> Path:
        """Where the file has a name, or is to have one for a moment."""
        if not self.path.is_relative_to(_HANDLES):
            return self.path
        return self.target.with_name(f".qualcode-{os.getpid()}-{self.path.name}.tmp")


def _link(file: Path, path: Path) -> None:
    """Give a file without a name one."""
    path.unlink(missing_ok=True)  # of a process of that number that died in such a moment
    try:
        # With a folder given, though a whole path needs none, the link is to what it leads to.
        os.link(file, path, src_dir_fd=0, follow_symlinks=True)
    except OSError:  # a disk that knows no links
        shutil.copy(file, path)


@contextmanager
def all_or_none(files: Sequence[Beside]) -> Iterator[Callable[[], None]]:
    """What puts all of them in their places; on any error what stood there stands there again.

    What goes into a pipe goes last, when all that was to be done besides is done.
    """
    placed = [file for file in files if not file.is_stream]
    done: list[tuple[Beside, Beside | None]] = []
    with ExitStack() as stack:
        before = [stack.enter_context(_kept(file)) for file in placed]

        def put() -> None:
            for file, old in zip(placed, before, strict=True):
                file.put()
                done.append((file, old))

        try:
            yield put
            for file in files:
                if file.is_stream:
                    file.put()
        except BaseException:
            for file, old in reversed(done):
                with suppress(errors.OutputError, OSError):  # said is what went wrong first
                    file.target.unlink() if old is None else old.put()
            raise


@contextmanager
def _kept(file: Beside) -> Iterator[Beside | None]:
    """A copy of what stands in the place of a file, beside it; None where nothing does."""
    if not file.target.exists():
        yield None
        return
    with beside(file.target, file.format) as old:
        with _saying(file.shown):
            shutil.copyfile(file.target, old.path)
        yield old


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
        with _empty_file(folder) as (path, rights):
            yield Beside(path, target, format, shown, rights)


@contextmanager
def _empty_file(folder: Path | None) -> Iterator[tuple[Path, int]]:
    """The path of a file that is gone at the end, and the rights of a new file in that folder."""
    handle = None if folder is None else _without_name(folder)
    if handle is not None:
        path = _HANDLES / str(handle)
        try:
            yield path, _held_back(path)
        finally:
            os.close(handle)
        return
    path = Path(folder or tempfile.gettempdir()) / f".qualcode-{secrets.token_hex(8)}.tmp"
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OF_ANY_FILE))
    try:
        yield path, _held_back(path)
    finally:
        path.unlink(missing_ok=True)


def _held_back(path: Path) -> int:
    """Let only its owner read a new file, and say which rights the system gave it."""
    rights = path.stat().st_mode & 0o777
    path.chmod(0o600)
    return rights


def _without_name(folder: Path) -> int | None:
    """An open file in a folder that has no name; None where there is no such, or no access."""
    flag = getattr(os, "O_TMPFILE", None)  # Linux alone, and not on every disk
    if flag is None or not _HANDLES.is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_RDWR, _OF_ANY_FILE)
    except OSError:
        return None


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
        target.parent.stat()
        refuse_to_replace(target, format, str(target))


def refuse_to_replace(target: Path, format: str, shown: str) -> None:  # noqa: A002
    """Nothing is lost to a slip of the pen: only a file of the same format gives way.

    A manifest and a table of codings are CSV files too, and are never what an export left.
    """
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder has that name")
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

"""A zip of XML parts, streamed, and the same bytes each time: what Word and Excel files lie in."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # a bz2 that is none
    NotImplementedError,  # packed in a way that Python does not know
    RuntimeError,  # with a password
)
"""What Python says of a package that is damaged, or packed as no program of offices does."""

# What a zip can say earliest; the date of the document stands in its properties.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READ_WRITE_FOR_OWNER = 0o600 << 16

# zlib's own default: level 9 takes twice the time and saves one byte in a hundred.
_DEFLATE_LEVEL = 6

# Large enough that neither zlib nor the stream is called for crumbs, small enough to be nothing.
_BUFFER_CHARACTERS = 64 * 1024


class Package:
    """A package that is being written; its parts stand in it in the order in which they come."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """One part, to be written into; the next one begins after this has ended."""
        entry = zipfile.ZipInfo(name, _EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = _UNIX
        entry.external_attr = _READ_WRITE_FOR_OWNER
        with self._archive.open(entry, "w") as part:
            yield part

    def add(self, name: str, pieces: Iterable[str]) -> None:
        """One part that is all of these pieces."""
        with self.part(name) as part:
            pour(pieces, part)


@contextmanager
def package(out: BinaryIO) -> Iterator[Package]:
    """A package on a stream that need not be seekable; whoever opened the stream closes it."""
    # The level of an entry is the archive's, unless the entry has one of its own.
    with zipfile.ZipFile(
        _Onward(out), "w", zipfile.ZIP_DEFLATED, compresslevel=_DEFLATE_LEVEL
    ) as archive:
        yield Package(archive)


def pour(pieces: Iterable[str], part: IO[bytes]) -> None:
    """Write strings as UTF-8, never more than a buffer of them at once."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _BUFFER_CHARACTERS:
            part.write("".join(waiting).encode())
            waiting.clear()
            size = 0
    part.write("".join(waiting).encode())


class _Onward:
    """Hides that a file can be wound back, as a pipe cannot: zipfile then writes both alike."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, content: bytes) -> int:
        return self._out.write(content)

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """Leave the stream open: who opened it closes it."""

"""Fills the marks of a saved document with streams and zips it, to the same bytes each time.

A mark is the processing instruction `<?qualcode NAME?>`: user text is escaped and cannot produce
one. Marks and streams have to match exactly, which is known before the first byte is written.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

MARK_TARGET = "qualcode"
_MARK = re.compile(rb"<\?qualcode ([a-z0-9-]+)\?>")

# What a zip can say earliest; the date of the document stands in its properties.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READ_WRITE_FOR_OWNER = 0o600 << 16

# zlib's own default: level 9 takes twice the time and saves one byte in a hundred.
_DEFLATE_LEVEL = 6

# Large enough that neither zlib nor the stream is called for crumbs, small enough to be nothing.
_BUFFER_CHARACTERS = 64 * 1024


def write_package(skeleton: IO[bytes], streams: Mapping[str, Iterable[str]], out: BinaryIO) -> None:
    """Copy the zip `skeleton` to `out`, sorted by name, with each mark replaced by its stream.

    Raises ValueError, before anything is written, where marks and streams do not match.
    """
    with zipfile.ZipFile(skeleton) as source:
        members = {name: source.read(name) for name in sorted(source.namelist())}
    _match(members, streams)
    with zipfile.ZipFile(
        _Onward(out), "w", zipfile.ZIP_DEFLATED, compresslevel=_DEFLATE_LEVEL
    ) as target:
        for name, content in members.items():
            with target.open(_member(name), "w") as member:
                _fill(content, streams, member)


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


def _match(members: Mapping[str, bytes], streams: Mapping[str, Iterable[str]]) -> None:
    marks = [found.decode() for content in members.values() for found in _MARK.findall(content)]
    if sorted(marks) != sorted(streams):
        raise ValueError(f"marks {sorted(marks)} and streams {sorted(streams)} do not match")


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EARLIEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _READ_WRITE_FOR_OWNER
    return info


def _fill(content: bytes, streams: Mapping[str, Iterable[str]], member: IO[bytes]) -> None:
    # re.split with one group gives text, name, text, name, text.
    for number, piece in enumerate(_MARK.split(content)):
        if number % 2 == 0:
            member.write(piece)
        else:
            _pour(streams[piece.decode()], member)


def _pour(stream: Iterable[str], member: IO[bytes]) -> None:
    waiting: list[str] = []
    size = 0
    for piece in stream:
        waiting.append(piece)
        size += len(piece)
        if size >= _BUFFER_CHARACTERS:
            member.write("".join(waiting).encode())
            waiting.clear()
            size = 0
    member.write("".join(waiting).encode())

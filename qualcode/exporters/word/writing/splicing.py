"""Fills the marks of a saved document with streams and zips it, to the same bytes each time.

A mark is the processing instruction `<?qualcode NAME?>`: user text is escaped and cannot produce
one. Marks and streams have to match exactly, which is known before the first byte is written.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO, TYPE_CHECKING

from qualcode.exporters.zipped import package, pour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

MARK_TARGET = "qualcode"
_MARK = re.compile(rb"<\?qualcode ([a-z0-9-]+)\?>")


def write_package(skeleton: IO[bytes], streams: Mapping[str, Iterable[str]], out: BinaryIO) -> None:
    """Copy the zip `skeleton` to `out` with each mark replaced by its stream.

    Members without marks come first, sorted by name, then those with marks in the order of the
    streams, so that a stream may follow from what the ones before it met.

    Raises ValueError, before anything is written, where marks and streams do not match.
    """
    with zipfile.ZipFile(skeleton) as source:
        members = {name: source.read(name) for name in sorted(source.namelist())}
    _match(members, streams)
    order = {mark: place for place, mark in enumerate(streams)}
    with package(out) as target:
        for name, content in sorted(members.items(), key=lambda member: _turn(member[1], order)):
            with target.part(name) as member:
                _fill(content, streams, member)


def _match(members: Mapping[str, bytes], streams: Mapping[str, Iterable[str]]) -> None:
    marks = [found.decode() for content in members.values() for found in _MARK.findall(content)]
    if sorted(marks) != sorted(streams):
        raise ValueError(f"marks {sorted(marks)} and streams {sorted(streams)} do not match")


def _turn(content: bytes, order: Mapping[str, int]) -> int:
    """When a member is written: -1 without a mark, else the place of its first stream."""
    return min((order[mark.decode()] for mark in _MARK.findall(content)), default=-1)


def _fill(content: bytes, streams: Mapping[str, Iterable[str]], member: IO[bytes]) -> None:
    # re.split with one group gives text, name, text, name, text.
    for number, piece in enumerate(_MARK.split(content)):
        if number % 2 == 0:
            member.write(piece)
        else:
            pour(streams[piece.decode()], member)

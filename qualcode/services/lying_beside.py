"""What lies beside a project and still holds somebody's words or name: files of the team's own.

No file is changed: what was imported, what was written and what a person keeps is theirs to delete.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.exporters.zipped import DAMAGED
from qualcode.services.consent.read_back.xml_parts import BREAK, XmlPart
from qualcode.services.intake.recordings import SOUND_AND_FILM
from qualcode.services.intake.sorting import LARGEST_BYTES
from qualcode.store.identities import SUFFIX

_TABLES: Final = frozenset({".csv", ".tsv", ".yaml", ".yml"})
_WORKBOOKS: Final = frozenset({".xlsx", ".ods"})
"""Files in which the team keeps lists of people: looked into for the name."""

_LARGEST_UNPACKED_BYTES: Final = 100_000_000
"""Of a workbook. A list of 100,000 people unpacks to some 60 MB."""

_DEEPEST: Final = 2
"""Folders below the project's own that are looked into, such as `transcripts/first/round`."""

Place = tuple[Path, int]
"""A file, and its size in bytes."""


def files_with(
    folder: Path, *, sources: Collection[str], called: Collection[str], is_in: Callable[[str], bool]
) -> tuple[str, ...]:
    """What lies in a project's folder that was imported of somebody, names them, or left with them.

    `sources` are digests of imported files, `called` the names of written ones, and `is_in` tells
    whether the name stands in a text. Paths from the folder on, in order; one that holds the name
    itself is `1 file in transcripts/`. Recordings and the project's own files are not opened, nor
    what is larger than any transcript: digests of eighty recordings take minutes.
    """
    named: list[str] = []
    hidden: Counter[str] = Counter()
    for path, size_bytes in files_in(folder):
        place = path.relative_to(folder)
        can_be_read = size_bytes <= LARGEST_BYTES and not _is_of_project(path)
        if is_in(path.stem) or is_in(" ".join(place.parts)):
            hidden[place.parent.as_posix()] += 1
        elif path.name in called or (
            can_be_read and (_is_source(path, sources) or _tells(path, is_in))
        ):
            named.append(place.as_posix())
    return (*named, *(_counted(count, where, is_in) for where, count in sorted(hidden.items())))


def files_in(folder: Path) -> Iterator[Place]:
    """The files of a folder and of those in it; a pipe, in which nobody may ever write, is none."""
    for parent, folders, files in os.walk(folder):
        depth = len(Path(parent).relative_to(folder).parts)
        folders[:] = sorted(one for one in folders if depth < _DEEPEST and one[0] != ".")
        for path in (Path(parent, name) for name in sorted(files)):
            try:
                about = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(about.st_mode):
                yield path, about.st_size


def _is_of_project(path: Path) -> bool:
    """True for a project, its journal, its copies and its names.

    SQLite's locks on a file are lost when the same program opens and closes it by itself.
    """
    return path.suffix == SUFFIX or ".qualcode" in path.name


def _is_source(path: Path, sources: Collection[str]) -> bool:
    if not sources or path.suffix.lower() in SOUND_AND_FILM:
        return False
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() in sources
    except OSError:
        return False


def _tells(path: Path, is_in: Callable[[str], bool]) -> bool:
    suffix = path.suffix.lower()
    try:
        if suffix in _WORKBOOKS:
            return any(map(is_in, _words_of_workbook(path)))
        content = path.read_bytes() if suffix in _TABLES else b""
    except (*DAMAGED, OSError, errors.UncheckedError):
        return False
    try:
        return is_in(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return is_in(content.decode("cp1252", errors="replace"))


def _words_of_workbook(path: Path) -> Iterator[str]:
    """What stands in its cells, notes and headings, of all sheets; the cells as if in one line."""
    with zipfile.ZipFile(path) as archive:
        parts = [one for one in archive.infolist() if one.filename.endswith(".xml")]
        if sum(one.file_size for one in parts) > _LARGEST_UNPACKED_BYTES:
            return
        for entry in parts:
            with archive.open(entry) as part:
                for words, values in XmlPart(entry.filename).said(part):
                    yield words.replace(BREAK, " ")
                    yield "\n".join(values)


def _counted(count: int, where: str, is_in: Callable[[str], bool]) -> str:
    files = "1 file" if count == 1 else f"{count:,} files"
    is_told = where != "." and not is_in(where)
    return f"{files} in {where}/" if is_told else f"{files} in the project's folder"

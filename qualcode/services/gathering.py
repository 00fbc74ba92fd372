"""The files of an import, in a stated order: the manifest's, then those of the paths, by name."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode import errors
from qualcode.model.transcript import ReadingWarning
from qualcode.services import manifest as manifests
from qualcode.services.coding_rows import looks_like_codings
from qualcode.services.manifest import Manifest
from qualcode.services.manifest_rows import ManifestRow
from qualcode.services.projects import CODEBOOK
from qualcode.store import identities, store

_PASSED_OVER = ("~$", ".")
"""How the names of lock files and hidden files begin."""

_OWN_SUFFIXES = (store.SUFFIX, f"{store.SUFFIX}-journal", identities.SUFFIX)
_TABLES = (".csv", ".tsv")
_OPENING_BYTES = 4096
_UNSEEN = frozenset({"Cc", "Cs"})


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: its path, how people name it, its transcript's name, its manifest rows."""

    path: Path
    shown: str
    name: str
    rows: tuple[ManifestRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found: files to read, what cannot be one of them, and what is odd, by file."""

    files: tuple[File, ...]
    rejected: tuple[tuple[str, errors.QualcodeError], ...]
    warnings: tuple[tuple[str, ReadingWarning], ...]


def gather(paths: Sequence[Path], manifest: Manifest | None) -> Gathered:
    """The files of a manifest, and those of paths; a folder stands for all below it.

    Of a folder, hidden files, lock files of open documents, tables of interviews or codings and
    the project's own files are passed over; links that lead out of it are rejected.
    """
    gathering = _Gathering(manifest)
    for path in paths:
        gathering.add(path)
    return Gathered(
        tuple(gathering.files.values()), tuple(gathering.rejected), tuple(gathering.warnings)
    )


class _Gathering:
    def __init__(self, manifest: Manifest | None) -> None:
        self.files: dict[Path, File] = {}
        self.rejected: list[tuple[str, errors.QualcodeError]] = []
        self.warnings: list[tuple[str, ReadingWarning]] = []
        self._manifest = None if manifest is None else manifest.path.resolve()
        for interview, rows in (manifest.interviews() if manifest else {}).items():
            path = rows[0].file
            assert manifest is not None
            self.files[path] = File(path, _as_named(path, manifest), _plain(interview), rows)

    def add(self, path: Path) -> None:
        """A file or a folder that a person named."""
        if path.is_dir():
            for one, place in self._below(path):
                self._take(one, place)
        elif path.exists():
            self._take(path, path.resolve())
        else:
            self._reject(path, errors.FileMissingError(where=_shown(path)))

    def _take(self, path: Path, place: Path) -> None:
        if place in self.files:
            return
        self.files[place] = File(path, _shown(path), _plain(path.stem))
        if self._manifest is not None:
            self._warn(path, "not-in-manifest", "no row of the manifest names it")

    def _below(self, folder: Path) -> Iterator[tuple[Path, Path]]:
        """The files below a folder, each with the place where it really lies."""
        home = folder.resolve()
        for path, walked_to in self._walked(folder):
            is_link = path.is_symlink()
            if is_link and not path.exists():
                self._reject(path, errors.FileMissingError(where=_shown(path)))
                continue
            place = path.resolve() if is_link else walked_to
            if not place.is_relative_to(home):
                self._reject(path, errors.OutsideFolderError("", where=_shown(path), link=True))
            elif place.is_file() and not self._is_a_table(path):
                yield path, place

    def _walked(self, folder: Path) -> list[tuple[Path, Path]]:
        """Everything below a folder but hidden and own files; folders only where they are links.

        Each with its place in the resolved folder: resolving every path costs as much as reading.
        """
        found: list[tuple[Path, Path]] = []

        def closed(problem: OSError) -> None:
            path = Path(problem.filename)
            self._reject(path, errors.FileUnreadableError(where=_shown(path)))

        for place, folders, files in os.walk(folder, onerror=closed):
            folders[:] = [name for name in folders if not name.startswith(_PASSED_OVER)]
            here, home = Path(place), Path(place).resolve()
            links = [name for name in folders if (here / name).is_symlink()]
            found += [(here / name, home / name) for name in (*links, *_transcripts(files))]
        return sorted(found)

    def _is_a_table(self, path: Path) -> bool:
        """True for the manifest and for a table of codings: they lie beside the transcripts."""
        if path.suffix.lower() not in _TABLES:
            return False
        if path.resolve() == self._manifest:
            return True
        try:
            with path.open("rb") as file:
                opening = file.read(_OPENING_BYTES)
        except OSError:
            return False
        if manifests.looks_like_a_manifest(opening):
            message = "this looks like a manifest; to use it, give it with --manifest"
            self._warn(path, "manifest-not-used", message)
            return True
        return looks_like_codings(opening)

    def _reject(self, path: Path, error: errors.QualcodeError) -> None:
        self.rejected.append((_shown(path), error))

    def _warn(self, path: Path, code: str, message: str) -> None:
        self.warnings.append((_shown(path), ReadingWarning(code, message)))


def _transcripts(names: Iterable[str]) -> list[str]:
    return [
        name
        for name in names
        if not name.startswith(_PASSED_OVER)
        and not name.endswith(_OWN_SUFFIXES)
        and name != CODEBOOK
    ]


def _as_named(path: Path, manifest: Manifest) -> str:
    """A manifest's file as its row names it: from the folder of the manifest on."""
    folder = manifest.path.parent
    return _shown(folder / path.relative_to(folder.resolve()))


def _shown(path: Path) -> str:
    """A path that can be printed, whatever bytes the disk has for its name."""
    return os.fsencode(path).decode("utf-8", "replace")


def _plain(name: str) -> str:
    """A name that can be typed and stored: composed letters, single blanks, no control signs."""
    printable = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in name)
    return unicodedata.normalize("NFC", " ".join(printable.split())) or "transcript"

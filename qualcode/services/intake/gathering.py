"""The files of an import, in a stated order: the manifest's, then those of the paths, by name."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode import errors
from qualcode.model.transcript import ReadingWarning
from qualcode.services import tables
from qualcode.services.intake import manifest as manifests
from qualcode.services.intake.aliases import looks_like_aliases
from qualcode.services.intake.manifest import Manifest
from qualcode.services.intake.manifest_rows import ManifestRow
from qualcode.services.intake.recordings import SOUND_AND_FILM
from qualcode.services.projects import CODEBOOK
from qualcode.services.work.coding_rows import looks_like_codings
from qualcode.store import backup, identities, store

_PASSED_OVER = ("~$", ".")
"""How the names of lock files and hidden files begin."""

_OF_A_PROJECT = re.compile(
    rf"({re.escape(store.SUFFIX)}|{re.escape(identities.SUFFIX)})"
    rf"(-journal|-mj\w+|\.[^.]+({re.escape(backup.SUFFIX)}|{re.escape(backup.AUTOMATIC_SUFFIX)}))?$"
)
"""A project, its names, the journals that SQLite lays beside them for a moment, and backups."""

_HERE = f"{os.curdir}{os.sep}"
_TABLES = (".csv", ".tsv", ".xlsx", ".ods")
_UNSEEN = frozenset({"Cc", "Cs"})


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: where it lies, how people name it, its transcript's name, manifest rows.

    The place is a string, for a path of thousands of files is taken apart for few of them.
    """

    place: str
    shown: str
    name: str
    rows: tuple[ManifestRow, ...] = ()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.place)

    @property
    def file_name(self) -> str:
        """Its own name, without the folder."""
        return os.path.basename(self.place)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found: files to read, what cannot be one of them, and what is odd, by file."""

    files: tuple[File, ...]
    rejected: tuple[tuple[str, errors.QualcodeError], ...]
    warnings: tuple[tuple[str, ReadingWarning], ...]


def gather(paths: Sequence[Path], manifest: Manifest | None) -> Gathered:
    """The files of a manifest, and those of paths; a folder stands for all below it.

    Of a folder, hidden files, lock files of open documents, recordings, tables of interviews, of
    codings or of spellings and the project's own files are passed over; links that lead out of it
    are rejected, and a link to what lies in it is the file itself.
    """
    gathering = _Gathering(manifest)
    for path in paths:
        gathering.add(path)
    return Gathered(
        tuple(gathering.files.values()), tuple(gathering.rejected), tuple(gathering.warnings)
    )


class _Gathering:
    def __init__(self, manifest: Manifest | None) -> None:
        self.files: dict[str, File] = {}  # by the place where each really lies
        self.rejected: list[tuple[str, errors.QualcodeError]] = []
        self.warnings: list[tuple[str, ReadingWarning]] = []
        self._manifest = None if manifest is None else str(manifest.path.resolve())
        for interview, rows in (manifest.interviews() if manifest else {}).items():
            path = rows[0].file
            assert manifest is not None
            place = str(path)
            named = _as_named(path, manifest)
            self.files[place] = File(place, named, _plain(interview), rows)

    def add(self, path: Path) -> None:
        """A file or a folder that a person named."""
        try:
            if path.is_dir():
                self._look_into(path)
            elif path.exists():
                place = str(path.resolve())
                if place != self._manifest:  # a shell's `transcripts/*` names it as well
                    self._take(str(path), path.name, place)
            else:
                self._reject(path, errors.FileMissingError(where=shown(path)))
        except OSError:  # on the way to it lies a folder that is closed
            self._reject(path, errors.FileUnreadableError(where=shown(path)))

    def _take(self, found: str, name: str, place: str) -> None:
        """A file, by the way on which it was found; `place` is where it really lies."""
        if place in self.files:
            return
        self.files[place] = File(found, shown(found), transcript_name(name))
        if self._manifest is not None:
            self._warn(found, "not-in-manifest", "no row of the manifest names it")

    def _look_into(self, folder: Path) -> None:
        """All files below a folder, in the order of their names."""
        home = os.path.realpath(folder)
        waiting = [(str(folder), home)]
        # By names folder after folder: the sign that parts them comes before all others.
        found: list[tuple[str, os.DirEntry[str], str]] = []
        while waiting:
            here, place = waiting.pop()
            for entry in self._entries(here):
                lies = f"{place}{os.sep}{entry.name}"
                if not entry.is_dir(follow_symlinks=False):
                    found.append((lies.replace(os.sep, "\0"), entry, lies))
                elif not entry.name.startswith(_PASSED_OVER):
                    waiting.append((entry.path, lies))
        for _, entry, lies in sorted(found, key=lambda one: one[0]):
            try:
                self._look_at(entry, lies, home)
            except OSError:
                path = Path(entry.path)
                self._reject(path, errors.FileUnreadableError(where=shown(path)))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return [entry for entry in entries if _may_be_a_transcript(entry)]
        except OSError:
            path = Path(folder)
            self._reject(path, errors.FileUnreadableError(where=shown(path)))
            return []

    def _look_at(self, entry: os.DirEntry[str], place: str, home: str) -> None:
        """One entry of a folder that is no folder itself; `place` is where it really lies."""
        path = entry.path.removeprefix(_HERE)
        if entry.is_symlink():
            if not os.path.exists(path):
                self._reject(path, errors.FileMissingError(where=shown(path)))
                return
            place = os.path.realpath(path)
            if place != home and not place.startswith(f"{home.rstrip(os.sep)}{os.sep}"):
                self._reject(path, errors.OutsideFolderError("", where=shown(path), link=True))
                return
        if entry.is_file():
            if not self._is_a_table(path, entry.name, place):
                self._take(path, entry.name, place)
        elif not entry.is_dir():  # a link to a folder: what is in there is met where it lies
            self._warn(path, "not-a-file", "passed over: it is a pipe, a socket or a device")

    def _is_a_table(self, path: str, name: str, place: str) -> bool:
        """True for the manifest, and for tables of codings or spellings that lie beside it."""
        if place == self._manifest:
            return True
        if not name.lower().endswith(_TABLES):
            return False
        opening = tables.opening_of(Path(path), known=manifests.KNOWN)
        if manifests.looks_like_a_manifest(opening):
            message = "this looks like a manifest; to use it, give it with --manifest"
            self._warn(path, "manifest-not-used", message)
            return True
        return looks_like_codings(opening) or looks_like_aliases(opening)

    def _reject(self, path: Path | str, error: errors.QualcodeError) -> None:
        self.rejected.append((shown(path), error))

    def _warn(self, path: Path | str, code: str, message: str) -> None:
        self.warnings.append((shown(path), ReadingWarning(code, message)))


def _may_be_a_transcript(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if name.startswith(_PASSED_OVER) or name == CODEBOOK or _OF_A_PROJECT.search(name):
        return False
    return os.path.splitext(name)[1].lower() not in SOUND_AND_FILM


def _as_named(path: Path, manifest: Manifest) -> str:
    """A manifest's file as its row names it: from the folder of the manifest on."""
    folder = manifest.path.parent
    return shown(folder / path.relative_to(folder.resolve()))


def shown(path: Path | str) -> str:
    """A path that can be printed on one line, whatever the disk has for its name."""
    name = str(path)
    if name.isprintable():
        return name
    name = os.fsencode(path).decode("utf-8", "replace")
    return "".join("\N{REPLACEMENT CHARACTER}" if _is_unseen(sign) else sign for sign in name)


def transcript_name(file_name: str) -> str:
    """The name that a file gives its transcript: its own, without the ending."""
    stem, dot, _ = file_name.rpartition(".")
    return _plain(stem if dot and stem else file_name)


def _plain(name: str) -> str:
    """A name that can be typed and stored: composed letters, single blanks, no control signs."""
    if not name.isprintable():
        name = "".join(" " if _is_unseen(sign) else sign for sign in name)
    return unicodedata.normalize("NFC", " ".join(name.split())) or "transcript"


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN

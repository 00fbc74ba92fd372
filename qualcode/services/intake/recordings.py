"""The recording of an interview: where its file lies, how long it is, and whether the times fit.

Recordings are linked and never copied. The project keeps the way to one from its own folder on:
whole where it lies below that, with `..` where it lies beside the study, at most two steps up. A
path from the root would name the owner of the machine to everybody who gets a copy, and lead
nowhere there. A recording further away is kept by its file's name alone, which is said. What is
wrong with one is a warning, for nothing but listening needs it. A project may come from anybody,
so nothing but sound and film is looked for, and nothing behind links or further up than that.
"""

from __future__ import annotations

import io
import math
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PureWindowsPath
from typing import Final

from qualcode import errors
from qualcode.model.transcript import ReadingWarning, StoredTranscript, Transcript
from qualcode.services.intake.shortened import shortened

FOLDERS: Final = ("", "recordings", "transcripts")
"""Where a recording may lie, from the project's folder on."""

MOST_STEPS_UP: Final = 2
"""From the folder of a project up to one that holds its transcripts too: study/qualcode/P07."""

_OF_PEOPLE: Final = frozenset({"", "home", "media", "users"})
"""Folders, the root among them, in which each person of a machine has one of their own."""

_SUFFIXES: Final = tuple(
    f".{kind}"
    for kind in (
        *("aac", "aif", "aiff", "amr", "caf", "ds2", "dss", "flac", "m4a", "mp3", "oga", "ogg"),
        *("opus", "wav", "wma"),
        *("3gp", "avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "ogv", "webm", "wmv"),
    )
)
SOUND_AND_FILM: Final = frozenset(_SUFFIXES)
"""What is handed to a player. A playlist is not: it may hold addresses, which would be opened."""

LATER_THAN_THE_END_MS: Final = 2_000
"""How far the last word may lie behind the end: players and engines round differently."""

WITHOUT_WORDS: Final = 1 / 3
"""Share of a recording after the last word from which the transcript may not be whole."""

_MEASURED: Final = frozenset(
    f".{kind}"
    for kind in (
        *("aif", "aiff", "flac", "m4a", "m4v", "mov", "mp3", "mp4"),
        *("oga", "ogg", "ogv", "opus", "wav", "wma", "wmv"),
    )
)
"""Kinds whose length is in their headers; of others none is known, and none is missed."""

_LONGEST_MS: Final = 100 * 3_600_000
"""No interview lasts longer: a header that says so is damaged, or was never finished."""

# Lengths stand in headers and, of MP3 and Ogg, in the frames that follow. A damaged file would be
# read to its end, four bytes at a time; an Ogg file of ten hours takes some 80,000 reads.
_MOST_BYTES: Final = 32_000_000
_MOST_READS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as the project knows it. `file` is the way to it, from the project's folder on.

    `found` is whether it is there; `ms` its length, or None where that cannot be told.
    """

    file: str
    found: bool
    ms: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """The recording of a transcript on its way in: the name that is kept, and what is odd.

    `missing` is true of one that was named and is not there.
    """

    file: str | None = None
    warnings: tuple[ReadingWarning, ...] = ()
    missing: bool = False


class Shelves:
    """The folders in which the recordings of one project are looked for.

    `home` is the project's folder, or None where it has none; `more` are others that a person
    named, such as that of the manifest. A folder is read once, however many transcripts ask.
    """

    def __init__(self, home: Path | None, more: Iterable[Path] = ()) -> None:
        self._home = None if home is None else home.resolve()
        own = () if self._home is None else tuple(self._home / name for name in FOLDERS)
        self._own = (*own, *(folder.resolve() for folder in more))
        self._places: dict[Path, Path] = {}
        self._listed: dict[Path, Mapping[str, Sequence[str]]] = {}
        self._filled: dict[Path, tuple[Path, ...]] = {}

    def link(
        self, file: Path, given: str | None = None, *, transcript: Transcript | None = None
    ) -> Link:
        """The recording that is given, else one with the name of the transcript's file.

        With `transcript`, what was read of the file, its times are compared. Nothing is said of a
        recording that is neither given nor there.
        """
        if given and _suffix(given) not in SOUND_AND_FILM:
            return Link(as_kept(given), (_odd_kind(),))
        path = self._among(_as_path(given), file.parent) if given else self.beside(file)
        if path is None:
            return Link(as_kept(given), missing=True) if given else Link()
        odd = () if transcript is None else check(path, last_ms(transcript))
        kept = self.name_of(path)
        if self._home is not None and self.find(kept) is None:
            odd = (*odd, _out_of_reach())
        return Link(kept, odd)

    def find(self, name: str) -> Path | None:
        """The file of a recording that the project knows by a name or a way; else None."""
        wanted = _as_path(name)
        if wanted.parts[:1] == ("..",):
            path = self._outward(wanted)
            if path is not None:
                return path
            wanted = Path(wanted.name)  # the study was moved, and the recording put into it
        return self._among(wanted)

    def _among(self, wanted: Path, *more: Path) -> Path | None:
        """The file of a name in the folders of this project, or in another; never above them.

        What a manifest names goes no further: it may come from anybody.
        """
        for folder in dict.fromkeys((*self._own, *map(self._resolved, more))):
            path = self._below(folder, wanted)
            if path is not None:
                return path
        return None

    def kept(self, name: str) -> str:
        """What is kept of a recording that a person names: their words, if they name nobody."""
        path = self.find(name) if _as_path(name).parts[:1] == ("..",) else None
        return as_kept(name) if path is None else self.name_of(path)

    def beside(self, file: Path) -> Path | None:
        """The sound or film with the name of a transcript, in its folder or the project's."""
        filled = self._filled_beside(file.parent)
        if not filled:
            return None
        stem = file.stem
        # Some engines keep the name of the recording whole: P04.mp3.txt.
        wanted = _folded(Path(stem).stem if _suffix(stem) in SOUND_AND_FILM else stem)
        for folder in filled:
            for name in self._listing(folder).get(wanted, ()):
                path = _inside(folder, Path(name))
                if path is not None:
                    return path
        return None

    def _filled_beside(self, folder: Path) -> tuple[Path, ...]:
        """Those of a folder and the project's own in which any sound or film lies."""
        if folder not in self._filled:
            own = dict.fromkeys((self._resolved(folder), *self._own))
            self._filled[folder] = tuple(one for one in own if self._listing(one))
        return self._filled[folder]

    def name_of(self, path: Path) -> str:
        """What is kept of a path: the way from the project's folder on, or the file's name alone.

        No way leads through the folder of a person, or through one that is called like them.
        """
        for steps, base in enumerate(self._bases()):
            if path.is_relative_to(base):
                way = path.relative_to(base)
                if steps == 0 or not _names_somebody(base, way):
                    return Path(*[".."] * steps, way).as_posix()
                break
        return path.name

    def _bases(self) -> tuple[Path, ...]:
        """The project's folder, and those above it from which a recording may be reached."""
        return () if self._home is None else (self._home, *self._home.parents[:MOST_STEPS_UP])

    def _outward(self, way: Path) -> Path | None:
        """The recording to which a way with `..` leads, where it is one that may be gone."""
        steps = sum(1 for part in way.parts if part == "..")
        bases = self._bases()
        if steps >= len(bases) or ".." in way.parts[steps:]:
            return None
        return self._below(bases[steps], Path(*way.parts[steps:]))

    def _below(self, folder: Path, wanted: Path) -> Path | None:
        return _inside(folder, wanted) if self._is_listed(folder / wanted) else None

    def _resolved(self, folder: Path) -> Path:
        """Where a folder really lies; asking for every file costs as much as reading it."""
        if folder not in self._places:
            self._places[folder] = folder.resolve()
        return self._places[folder]

    def _is_listed(self, path: Path) -> bool:
        """Whether it may be there; asking the disk for each of hundreds costs more than reading."""
        names = self._listing(path.parent).get(_folded(path.stem), ())
        return any(_folded(name) == _folded(path.name) for name in names)

    def _listing(self, folder: Path) -> Mapping[str, Sequence[str]]:
        """The sound and film in a folder by their folded stems, sound before film."""
        if folder not in self._listed:
            found: dict[str, list[str]] = defaultdict(list)
            try:
                names = os.listdir(folder)
            except (OSError, ValueError):  # not there, closed, or no name of a folder at all
                names = []
            sounds = (name for name in names if _suffix(name) in SOUND_AND_FILM)
            for name in sorted(sounds, key=lambda name: (_SUFFIXES.index(_suffix(name)), name)):
                found[_folded(Path(name).stem)].append(name)
            self._listed[folder] = found
        return self._listed[folder]


def find_recording(recording: str | None, folder: Path, *, where: str) -> Path:
    """The recording of an interview, in the project's folder and nowhere else.

    `recording` is the name that is kept, `where` the transcript's. Raises NoRecordingError,
    RecordingKindError or RecordingMissingError.
    """
    if not recording:
        raise errors.NoRecordingError(where=where)
    if _suffix(recording) not in SOUND_AND_FILM:
        raise errors.RecordingKindError(where=where, suffix=_suffix(recording))
    path = Shelves(folder).find(recording)
    if path is None:
        raise errors.RecordingMissingError(
            where=where, folders=[f"{folder.name or 'this folder'}/{one}" for one in FOLDERS[:2]]
        )
    return path


def recordings_of(
    transcripts: Iterable[StoredTranscript], folder: Path | None
) -> dict[str, Recording]:
    """The recordings of transcripts by the uid; those of which none is known are left out."""
    shelves = Shelves(folder)
    found = {}
    for transcript in transcripts:
        if transcript.recording:
            path = shelves.find(transcript.recording)
            ms = None if path is None else length_ms(path)
            found[transcript.uid] = Recording(transcript.recording, path is not None, ms)
    return found


def last_ms(transcript: Transcript) -> int | None:
    """The last time that a transcript says."""
    times = [ms for turn in transcript.turns for ms in (turn.start_ms, turn.end_ms)]
    times += [mark.at_ms for mark in transcript.marks]
    return max((ms for ms in times if ms is not None), default=None)


def check(recording: Path, last: int | None) -> tuple[ReadingWarning, ...]:
    """What a person should look at: a length that cannot be read, or that does not fit.

    `last` is the last time of the transcript in ms.
    """
    ms = length_ms(recording)
    if ms is not None:
        return () if last is None else tuple(_compare(ms, last))
    if _suffix(recording.name) not in _MEASURED:
        return ()
    message = "the length of the recording cannot be read: listen whether it is whole"
    return (ReadingWarning("recording-unreadable", message),)


def length_ms(recording: Path) -> int | None:
    """How long a recording is, as its headers say; None where they do not, or are damaged."""
    from tinytag import TinyTag, TinyTagException  # 7 ms

    try:
        with _Sparing(io.FileIO(recording)) as file:
            # Its library makes one error of whatever goes wrong in a parser.
            said = TinyTag.get(recording.name, file_obj=file, tags=False).duration
    except (TinyTagException, OSError):
        return None
    if said is None or not math.isfinite(said) or not 0 < said * 1000 <= _LONGEST_MS:
        return None
    return round(said * 1000)


class _Sparing(io.BufferedReader):
    """A file of which only so much is read as the length of any recording takes."""

    _bytes = _reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """As usual; raises OSError where it was too much."""
        left = _MOST_BYTES - self._bytes
        content = super().read(left if size is None or not 0 <= size <= left else size)
        self._bytes += len(content)
        self._reads += 1
        if self._bytes >= _MOST_BYTES or self._reads > _MOST_READS:
            raise OSError("more was read than a length takes")
        return content


def _compare(ms: int, last: int) -> Iterator[ReadingWarning]:
    from qualcode.text.locators import clock

    if last > ms + LATER_THAN_THE_END_MS:
        yield ReadingWarning(
            "recording-too-short",
            f"the recording ends at {clock(ms)}, and the last time in the transcript is "
            f"{clock(last)}: is it another recording?",
        )
    elif last < ms * (1 - WITHOUT_WORDS):
        yield ReadingWarning(
            "recording-too-long",
            f"the last time in the transcript is {clock(last)}, and the recording ends at "
            f"{clock(ms)}: is the transcript whole?",
        )


def as_kept(name: str) -> str:
    """A recording's name without the folders of one machine: they may hold the name of its owner.

    Of a path into the project's own folders all is kept.
    """
    path = _as_path(name)
    elsewhere = (
        path.is_absolute()
        or PureWindowsPath(name).drive
        or ".." in path.parts
        or name.startswith(("file:", "~"))
    )
    return path.name if elsewhere else path.as_posix()


def _names_somebody(base: Path, way: Path) -> bool:
    """True where a way from a folder on goes through somebody's own folder, or bears their name."""
    if base.name.casefold() in _OF_PEOPLE:
        return True
    parts = [_folded(part) for part in base.parts]
    owners = [whose for above, whose in pairwise(parts) if above in _OF_PEOPLE]
    names = {word for owner in owners for word in _words(owner)}
    return any(names & _words(_folded(part)) for part in way.parent.parts)


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[\W_\d]+", name) if len(word) > 2}


def missing(interviews: Sequence[str], line: int) -> ReadingWarning:
    """That the recordings of these interviews are not there: often they are kept elsewhere.

    `line` is that of the first of them in the manifest.
    """
    what = "recordings named for {} are" if len(interviews) > 1 else "recording named for {} is"
    them = "them" if len(interviews) > 1 else "it"
    message = (
        f"the {what.format(shortened(interviews))} not there; to listen while coding, put {them} "
        "into the folder recordings"
    )
    return ReadingWarning("recording-missing", message, line)


def _out_of_reach() -> ReadingWarning:
    message = (
        "the recording is there, but too far from the project's folder to be found again; to "
        "listen while coding, put it into the folder recordings"
    )
    return ReadingWarning("recording-out-of-reach", message)


def _odd_kind() -> ReadingWarning:
    message = "what is named as the recording is neither sound nor film, and will not be played"
    return ReadingWarning("recording-kind", message)


def _as_path(name: str) -> Path:
    return Path(name.replace("\\", "/"))  # manifests come from Windows too


def _inside(folder: Path, name: Path) -> Path | None:
    """The file of a name below a folder; what lies elsewhere must not be fetched from there."""
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, a loop of links
        return None


def _suffix(name: str) -> str:
    return _as_path(name).suffix.lower()


def _folded(name: str) -> str:
    """A name as people mean it: Macs store accents apart, and cameras write capitals."""
    return unicodedata.normalize("NFC", name).casefold()

"""The recordings of one import: which belongs to which file, and how many of them are missing."""

from __future__ import annotations

from pathlib import Path

from qualcode.model.transcript import ReadingWarning, Transcript
from qualcode.services.intake import recordings
from qualcode.services.intake.gathering import File
from qualcode.services.intake.offered import offered
from qualcode.services.intake.recordings import Link, Shelves
from qualcode.store.store import Store


class Links:
    """Links the files of one import to their recordings.

    They are looked for in the project's folder, beside each file, and in the manifest's folder; a
    project on a server has no folder of its own.
    """

    def __init__(self, store: Store, manifest: Path | None) -> None:
        home = None if store.path is None else store.path.resolve().parent
        self._shelves = Shelves(home, () if manifest is None else (manifest.parent,))
        self.manifest = manifest
        self._missing: dict[str, int] = {}  # by interview: the line that names its recording

    def link(self, file: File, transcript: Transcript | None = None) -> Link:
        """The recording that the manifest names, else the file itself, else one beside it.

        Without `transcript` the file is known already, and only the manifest has something to say.
        """
        given = file.rows[0].recording if file.rows else None
        if transcript is None and not given:
            return Link()
        said = None if transcript is None else offered(transcript.facts).recording
        link = self._shelves.link(file.path, given or said, transcript=transcript)
        if link.missing and not given:
            # Often the file was made from a recording of another name or kind than the one kept.
            beside = self._shelves.link(file.path, transcript=transcript)
            link = link if beside.file is None else beside
        if link.missing and given:
            self._missing[file.name] = file.rows[0].line
        return link

    def missing(self) -> list[tuple[str, ReadingWarning]]:
        """What to say of the manifest whose recordings are not there: once, however many they are.

        Nothing of those that only a file speaks of: nobody asked for them yet.
        """
        if self.manifest is None or not self._missing:
            return []
        said = recordings.missing([*self._missing], min(self._missing.values()))
        return [(str(self.manifest), said)]

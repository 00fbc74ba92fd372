"""What lies on one coder's desk at one machine: where they stopped, and which codes they pinned.

A file for each project and coder. It holds no words and no name: codes, places, ids. Two windows
of one coder share it, so a change reads it again and puts in only what is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.model.people import coder_key
from qualcode.tui import own_files

if TYPE_CHECKING:
    from qualcode.tui.transcript.units import Unit

FOLDER = "desk"


class Place(NamedTuple):
    """Where the cursor stood: code points from `start` to `end`, and by which unit it moved."""

    start: int
    end: int
    unit: Unit


class Desk:
    """Places, pins and what was shown once already.

    Where the file cannot be kept, it holds until the end: that costs a preference, never work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: Mapping[str, Any] = own_files.read(path).values

    @classmethod
    def of(cls, config: Path, *, project: str, coder: str) -> Desk:
        """The desk of one coder in one project, by its uid."""
        key = hashlib.sha256(coder_key(coder).encode()).hexdigest()[:16]
        return cls(config / FOLDER / f"{project}-{key}.json")

    @property
    def last(self) -> str | None:
        """The uid of the transcript that was open last."""
        last = self._values.get("last")
        return last if isinstance(last, str) else None

    def place(self, transcript: str, version: str) -> Place | None:
        """Where the coder stopped in this version of a transcript, both by uid."""
        from qualcode.tui.transcript.units import Unit

        match _mapping(self._values.get("places")).get(transcript):
            case [str(known), int(start), int(end), str(unit)] if known == version:
                if 0 <= start < end and unit in list(Unit):
                    return Place(start, end, Unit(unit))
        return None

    def keep_place(self, transcript: str, version: str, start: int, end: int, unit: Unit) -> None:
        """Remember where the coder is; this transcript is the last one now."""
        place = [version, start, end, str(unit)]
        if self.last == transcript and self._places().get(transcript) == place:
            return
        values = self._fresh()
        places = {**_mapping(values.get("places")), transcript: place}
        self._keep({**values, "last": transcript, "places": places})

    @property
    def pins(self) -> tuple[str, ...]:
        """The ids of the pinned codes, in the order in which they were pinned."""
        return tuple(_strings(self._values.get("pins")))

    def pin(self, code: str) -> None:
        """Keep a code on its number."""
        values = self._fresh()
        self._keep({**values, "pins": [*dict.fromkeys([*_strings(values.get("pins")), code])]})

    def unpin(self, code: str) -> None:
        """Let a code go again."""
        values = self._fresh()
        self._keep({**values, "pins": [p for p in _strings(values.get("pins")) if p != code]})

    def seen(self, what: str) -> bool:
        """True where a tour was shown already."""
        return what in _strings(self._values.get("seen"))

    def keep_seen(self, what: str) -> None:
        """Remember that a tour was shown."""
        values = self._fresh()
        self._keep({**values, "seen": [*dict.fromkeys([*_strings(values.get("seen")), what])]})

    def _places(self) -> Mapping[str, Any]:
        return _mapping(self._values.get("places"))

    def _fresh(self) -> Mapping[str, Any]:
        """What the file says now; where it cannot be read, what is known."""
        file = own_files.read(self.path)
        return self._values if file.bad or not file.values else file.values

    def _keep(self, values: Mapping[str, Any]) -> None:
        self._values = values
        own_files.write(self.path, values)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

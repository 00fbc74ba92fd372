"""What lies on one coder's desk at one machine: where they stopped, which codes have which number.

A file for each project and coder. It holds no words and no name: places, uids, and of codes a hash,
for an id can be made of words that somebody said. Two windows of one coder share it, so a change
reads it again and puts in only what is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.model.people import coder_key
from qualcode.tui.keys import DIGITS
from qualcode.tui.own import files as own_files

if TYPE_CHECKING:
    from qualcode.tui.transcript.units import Unit

FOLDER = "desk"


class Stop(NamedTuple):
    """Where the cursor stood: code points from `start` to `end`, and by which unit it moved."""

    start: int
    end: int
    unit: Unit


class Desk:
    """Places, pins, numbers of codes, and what was shown once already.

    Where the file cannot be kept, it holds until the end: that costs a preference, never work.
    `bad` is the sentence on a file that stands there and cannot be read; it is not written over.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        file = own_files.read(path)
        self.bad = file.bad
        self._values: Mapping[str, Any] = file.values

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

    def place(self, transcript: str, version: str) -> Stop | None:
        """Where the coder stopped in this version of a transcript, both by uid."""
        from qualcode.tui.transcript.units import Unit

        match _mapping(self._values.get("places")).get(transcript):
            case [str(known), int(start), int(end), str(unit)] if known == version:
                if 0 <= start < end and unit in list(Unit):
                    return Stop(start, end, Unit(unit))
        return None

    def keep_place(self, transcript: str, version: str, start: int, end: int, unit: Unit) -> None:
        """Remember where the coder is; this transcript is the last one now."""
        place = [version, start, end, str(unit)]
        if self.last == transcript and self._places().get(transcript) == place:
            return
        values = self._fresh()
        places = {**_mapping(values.get("places")), transcript: place}
        self._keep({**values, "last": transcript, "places": places})

    def pinned(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of these codes, by id, that are pinned, in the order in which they were pinned."""
        known = {_hashed(code): code for code in codes}
        return tuple(known[pin] for pin in _strings(self._values.get("pins")) if pin in known)

    def pin(self, code: str) -> None:
        """Keep a code on its number."""
        values = self._fresh()
        pins = [*_strings(values.get("pins")), _hashed(code)]
        self._keep({**values, "pins": [*dict.fromkeys(pins)]})

    def unpin(self, code: str) -> None:
        """Let a code go again."""
        values, pin = self._fresh(), _hashed(code)
        self._keep({**values, "pins": [p for p in _strings(values.get("pins")) if p != pin]})

    @property
    def has_numbers(self) -> bool:
        """True where codes were given numbers here before, also where none has one any more."""
        return "numbers" in self._values

    def numbers(self, codes: Iterable[str]) -> dict[str, str]:
        """Those of these codes, by id, that were given a number, under that number."""
        known = {_hashed(code): code for code in codes}
        given = _mapping(self._values.get("numbers"))
        found: dict[str, str] = {}
        for digit in DIGITS:
            code = known.pop(str(given.get(digit)), None)  # a code has one number
            if code is not None:
                found[digit] = code
        return found

    def give_number(self, digit: str, code: str | None) -> None:
        """Put a code on a number, or none; whatever had that number has none any more."""
        values = self._fresh()
        numbers = {**_mapping(values.get("numbers"))}
        numbers.pop(digit, None)
        self._keep({**values, "numbers": numbers | ({digit: _hashed(code)} if code else {})})

    def look_again(self) -> None:
        """Take in what another window has put down since."""
        self._values = self._fresh()

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
        if own_files.read(self.path).bad is None:
            own_files.write(self.path, values)


@lru_cache(4096)
def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

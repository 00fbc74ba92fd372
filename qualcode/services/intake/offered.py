"""What a file says of its interview, sorted: what may be kept, and what a person only looks at.

Date, language, place, length and recording are taken where nobody said otherwise. A title and the
people of a header may hold names, which have no place in a project: they are shown where the file
comes in, and forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import unquote

from qualcode.services.intake.recordings import SOUND_AND_FILM
from qualcode.text.languages import is_usual_language, language_named

_LENGTH_BEHIND: Final = re.compile(r"\s*[(\[]\s*([^()\[\]]*\d[^()\[\]]*?)\s*[)\]]$")
_PATH: Final = re.compile(r".*[/\\]")


@dataclass(frozen=True, slots=True)
class Offered:
    """What is taken where nobody said otherwise.

    The date is ISO; the attributes are the interview's place and its length.
    """

    language: str | None = None
    interviewed: str | None = None
    recording: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


NOTHING: Final = Offered()
"""What a file offers that says nothing of itself, as most do."""


def offered(facts: Mapping[str, str]) -> Offered:
    """What can be relied on of what a file says; the rest is left where it is."""
    if not facts:
        return NOTHING
    recording, length = split_recording(facts.get("recording", ""))
    said = {"place": facts.get("place"), "duration": facts.get("duration") or length}
    return Offered(
        language=_language_of(facts.get("language", "")),
        interviewed=day_of(facts.get("date", "")),
        recording=recording,
        attributes={name: value for name, value in said.items() if value},
    )


def split_recording(fact: str) -> tuple[str | None, str | None]:
    """Name and length of a recording as headers give them: `INT-A.m4a (4:37)`.

    A name without an ending of sound or film says which device it was, or how well it went. Of a
    path or an address only the file's name is taken: it leads through somebody's own folders.
    """
    behind = _LENGTH_BEHIND.search(fact)
    name = fact[: behind.start()] if behind else fact
    if name.startswith("file:"):
        name = unquote(name)
    name = _PATH.sub("", name).strip()
    known = name.lower().endswith(tuple(SOUND_AND_FILM))
    return (name if known else None), (behind[1] if behind and known else None)


def _language_of(text: str) -> str | None:
    return text if is_usual_language(text) else language_named(text)


def day_of(text: str) -> str | None:
    """The ISO date that a text is, or None."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None

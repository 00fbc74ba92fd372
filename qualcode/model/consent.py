"""What may leave and how it is shown: audiences, stretches that are shown otherwise, what left.

Names themselves are never here: they stand in the identities file alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from qualcode.model.spans import Span

STREAM: Final = "-"
"""Stands for the name of a file where there was none."""


CUT: Final = "[…]"
"""Stands for words that are left out."""


class Audience(StrEnum):
    """Who reads an output: the research team, or anybody.

    Participants are cited alike for both. A publication holds no memos, no coders' names and no
    summaries that are not final.
    """

    TEAM = "team"
    PUBLICATION = "publication"


class Shown(StrEnum):
    """A fact of a participant that an attribution gave away."""

    NAME = "name"
    PSEUDONYM = "pseudonym"
    ROLE = "role"
    ORGANISATION = "organisation"
    DAY = "day"
    MONTH = "month"
    PLACE = "place"
    STAKEHOLDER = "stakeholder"


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a transcript's version that is shown otherwise than it was said.

    `span` counts code points of the version's text. `shown` stands in its place and says by its
    brackets that it was not said so: `[…]` for a cut, `[word]` for a word put right, `[P07]` for a
    name that may not leave. The stored text stays as it is, so that no offset ever moves.
    """

    span: Span
    shown: str


@dataclass(frozen=True, slots=True)
class Export:
    """What left the project once, without a word of it.

    `written` is an ISO time, `file` the file's own name without its folder, or `STREAM`. `shown`
    says of each participant in it, by code, which facts were given away; `digest` is the content
    check.
    """

    uid: str
    written: str
    by: str
    file: str
    format: str
    audience: Audience
    digest: str
    quotations: int
    shown: Mapping[str, frozenset[Shown]] = field(default_factory=dict)

    @property
    def is_stream(self) -> bool:
        """True where it went nowhere that the project knows of, such as through a pipe."""
        return self.file == STREAM

    @property
    def called(self) -> str:
        """Its file, in words where it had none."""
        return f"a stream of {self.format}" if self.is_stream else self.file

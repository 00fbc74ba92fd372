"""Who speaks, who took part, who codes; and what each participant agreed to."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache


class Attribution(StrEnum):
    """How a participant agreed to be cited, from the most open to the most closed."""

    NAMED = "named"
    PSEUDONYM = "pseudonym"
    ROLE_ORGANISATION = "role-organisation"
    ROLE = "role"
    ANONYMOUS = "anonymous"
    WITHHELD = "withheld"


class Role(StrEnum):
    """What a speaker is in the interview."""

    INTERVIEWER = "interviewer"
    PARTICIPANT = "participant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Participant:
    """Who was interviewed, without their name: that stands in the identities file alone.

    `attributes` are what the manifest says of them besides. `consent_date` is ISO.
    """

    code: str
    attribution: Attribution = Attribution.ANONYMOUS
    pseudonym: str | None = None
    role: str | None = None
    organisation: str | None = None
    place: str | None = None
    stakeholder: str | None = None
    consent_date: str | None = None
    consent_note: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """The name behind a participant's code; it never leaves the identities file but by consent."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    contacts: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label of one transcript, what it is, and who it is.

    `same_as` is the label that this one is another spelling of: whatever is said under this label
    is read as said under that one. It is None for a label that stands for itself.
    """

    label: str
    role: Role = Role.OTHER
    participant: str | None = None
    same_as: str | None = None


SCRIPT = "script"
"""Who acts where nobody is named and the act needs no coder, such as an import."""


@lru_cache(maxsize=256)  # a table of codings names few coders, thousands of times
def coder_key(name: str) -> str:
    """What makes a coder the same: the name, whatever its case and the encoding of accents."""
    composed = unicodedata.normalize("NFC", name.strip())
    return unicodedata.normalize("NFC", composed.casefold())


@dataclass(frozen=True, slots=True)
class Coder:
    """Who codes; always named."""

    name: str

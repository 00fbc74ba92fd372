"""What looking a store over gives: the facts, and all that is not as it should be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    `code` is stable for scripts; `what` and `mend` are sentences for people that name counts and
    kinds and never words of an interview; `where` is the file or the table. `mendable` is true
    where the program can set it right by itself.
    """

    code: str
    what: str
    where: str
    mend: str
    mendable: bool = False


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store says of itself; None where it could not be asked.

    `database` names the engine with its version, `journal` is SQLite's journal mode. `identities`
    is true where the names are at hand, `sealed` where their file is sealed. `unknown_events`
    counts the events of a newer program, which are kept and left alone.
    """

    database: str
    size_bytes: int | None = None
    store_version: int | None = None
    events: int | None = None
    unknown_events: int | None = None
    transcripts: int | None = None
    codings: int | None = None
    journal: str | None = None
    identities: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Examination:
    """The facts of a store, and what was found, in the order of the checks."""

    facts: StoreFacts
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """True where nothing was found."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Mending:
    """What was found before and after mending, and the backup made in between, or None.

    `upgraded_from` is the store version that an older store had, or None where it was of this one.
    """

    before: Examination
    after: Examination
    backup: str | None
    upgraded_from: int | None = None

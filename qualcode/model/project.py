"""What a project says of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Name, main language (BCP 47) and day of making of one project; `uid` never changes."""

    uid: str
    name: str
    language: str
    created: str

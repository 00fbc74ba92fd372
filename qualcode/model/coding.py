"""What people lay over a transcript: segments, codings, memos."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.model.people import coder_key


class Origin(StrEnum):
    """How a coding came about."""

    PERSON = "person"
    RULE = "rule"
    SUGGESTION = "suggestion"
    IMPORT = "import"


@dataclass(frozen=True, order=True, slots=True)
class Segment:
    """A span of one transcript version that somebody chose; its place is its key."""

    version: str
    start: int
    end: int

    @property
    def uid(self) -> str:
        """What a memo on the passage is tied to: its place in one string."""
        return f"{self.version}:{self.start}:{self.end}"


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one segment by one coder."""

    segment: Segment
    code: str
    coder: str
    doubt: bool = False
    origin: Origin = Origin.PERSON

    @property
    def uid(self) -> str:
        """A name for this coding that scripts can hand back: its natural key in one string."""
        return f"{self.segment.uid}:{self.code}:{coder_key(self.coder)}"

    @property
    def key(self) -> tuple[str, int, int, str, str]:
        """The same to compare by: codings of equal key are one, and lists are in its order."""
        s = self.segment
        return s.version, s.start, s.end, self.code, coder_key(self.coder)


class MemoType(StrEnum):
    """What a memo is for."""

    NOTE = "note"
    QUERY = "query"
    REFLEXIVE = "reflexive"
    DECISION = "decision"


class MemoTarget(StrEnum):
    """What a memo is tied to."""

    PROJECT = "project"
    TRANSCRIPT = "transcript"
    PARTICIPANT = "participant"
    CODE = "code"
    SEGMENT = "segment"
    CODING = "coding"


@dataclass(frozen=True, slots=True)
class Memo:
    """A dated thought of one coder, tied to a record. `target` is the uid of that record."""

    uid: str
    type: MemoType
    target_kind: MemoTarget
    target: str
    coder: str
    body: str
    written: datetime

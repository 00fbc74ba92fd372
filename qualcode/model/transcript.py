"""What a reader hands on: the transcript of one interview, and the account of what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.model.spans import Mark, Turn


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview's words, as read from one file and before anything is stored.

    `text` is what was said: no labels, no times; NFC, paragraphs of a turn parted by one newline,
    turns by one blank line. `turns` are in the order of the text and cover it but for the blank
    lines between them. `facts` are what the file says of itself (title, date, place, language,
    participants, interviewer, duration), offered to the record; a manifest overrules them.
    """

    name: str
    text: str
    turns: tuple[Turn, ...]
    marks: tuple[Mark, ...] = ()
    format: str = "text"
    producer: str | None = None
    encoding: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The labels in the order in which they first speak; each once."""
        return tuple(filter(None, dict.fromkeys([turn.speaker for turn in self.turns])))

    def words_of(self, turn: Turn) -> str:
        """The words of one turn."""
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something odd that was kept or set right, said so that a person can look.

    `line` counts lines of the source from 1 (paragraphs in a document, rows in a sheet, segments in
    JSON), or is None where it concerns the whole file. `code` is stable for scripts, `message` is
    for people and quotes no words of the interview.
    """

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A unit of the source that is not speech: front matter, a notice, a page number, a note."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class LossReport:
    """The account of one reading; both sums hold for every file.

    units_read = turns + merged + len(set_aside), where a unit is what the format is made of: a
    cue, a paragraph or line with words, a table row, a header block. characters_read =
    characters_kept + sum(dropped.values()), where characters_read are the code points of the
    decoded source (for Word: of the visible text) and characters_kept those of them that stand
    in the transcript's text. `added` counts the characters of the text that no source character
    gave (the breaks between paragraphs and turns): len(text) = characters_kept + added.
    """

    units_read: int
    turns: int
    merged: int
    characters_read: int
    characters_kept: int
    added: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader returns: the transcript and the account of what was left out."""

    transcript: Transcript
    report: LossReport


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A speaker of a stored transcript with the number of turns they have.

    `spellings` are the labels of the source that are read as this one, in order.
    """

    label: str
    role: str
    participant: str | None
    turns: int
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredTranscript:
    """The record of one transcript at its current version, without its words.

    `version` counts from 1; `version_uid` is what segments refer to. `sha256` is of the source's
    bytes, `text_sha256` of the text in UTF-8. `interviewed` is an ISO date. `first_ms`, `last_ms`
    are the earliest start and the latest known moment, or None. `codings` counts those that hold.
    `participants` are the codes of those who were interviewed, in order. `waiting` counts codings
    on earlier versions that nobody has found a place for on this one.
    """

    uid: str
    name: str
    version_uid: str
    version: int
    file: str
    format: str
    encoding: str | None
    producer: str | None
    language: str | None
    interviewed: str | None
    recording: str | None
    characters: int
    words: int
    turns: int
    speakers: tuple[SpeakerCount, ...]
    first_ms: int | None
    last_ms: int | None
    sha256: str
    text_sha256: str
    attributes: Mapping[str, str]
    codings: int
    participants: tuple[str, ...] = ()
    waiting: int = 0

"""The kinds of record, each with its table: how a key and a body become a row and come back.

A record is `(kind, key, body)`: the key a tuple of uids and numbers, the body a mapping of the
fields that are set. What is None, or the field's default, is left out of a body, so that a field
added later does not change old events.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from json.encoder import encode_basestring as _quoted
from typing import Any, Final, NamedTuple

from sqlalchemy import Table

from qualcode.store import tables
from qualcode.store.sayings import BrokenRowError

Key = tuple[Any, ...]
Body = Mapping[str, Any]


_ENCODER: Final = json.JSONEncoder(
    sort_keys=True,
    separators=(",", ":"),
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,  # bodies are built here, and the check costs as much as the encoding
)


def canonical(value: object) -> str:
    """JSON text that is the same for equal values: sorted keys, no blanks, letters as they are."""
    return _ENCODER.encode(value)


def canonical_key(key: Key) -> str:
    """The same for a key, whose parts are strings and whole numbers; a third of the time."""
    return f"[{','.join([_quoted(part) if isinstance(part, str) else str(part) for part in key])}]"


def parsed(text: str) -> Any:
    """The value of a JSON text of the store; raises BrokenRowError where it is none."""
    try:
        return json.loads(text)
    except (TypeError, ValueError) as problem:
        raise BrokenRowError from problem


def key_of(text: str) -> Key:
    """The key that an event names."""
    key = parsed(text)
    if not isinstance(key, list):
        raise BrokenRowError
    return tuple(key)


def body_of(text: str | None) -> dict[str, Any] | None:
    """The body that an event holds; None where it takes the record back."""
    body = None if text is None else parsed(text)
    if not isinstance(body, dict | None):
        raise BrokenRowError
    return body


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body and its column; `json` fields are stored as canonical JSON text.

    `refers` names the table whose local id stands in the column for the uid in the body.
    """

    name: str
    column: str
    default: Any = None
    json: bool = False
    refers: Table | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Kind:
    """One kind of record.

    `key` are the key's columns in order; `refers` maps the position of a key part to the table
    whose local id stands for it. `constant` are columns that are always the same. `derived` are
    fields of a body that are rows of a table of their own.
    """

    name: str
    table: Table
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    refers: Mapping[int, Table] = field(default_factory=dict)
    constant: Mapping[str, int] = field(default_factory=dict)
    derived: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Kind {self.name}>"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns of a row in the order in which rows are written and read."""
        own = tuple(f.column for f in self.fields)
        return (*self.constant, *self.key, *own, "live", "ev")

    @cached_property
    def conflict(self) -> tuple[str, ...]:
        """The columns of the natural key in the table."""
        return self.key or tuple(self.constant)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What each field is where a body does not name it."""
        return {f.name: f.default for f in self.fields} | {name: [] for name in self.derived}

    def normal(self, body: Body) -> dict[str, Any]:
        """The body with only what is set and not the default.

        Raises KeyError for a field that this kind does not have.
        """
        defaults = self.defaults
        return {k: v for k, v in body.items() if v is not None and v != defaults[k]}

    def known(self, body: Body) -> dict[str, Any]:
        """The body without the fields that only a newer program knows."""
        return self.normal({k: v for k, v in body.items() if k in self.defaults})


def _plain(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, name) for name in names)


PROJECT = Kind(
    "project",
    tables.project,
    (),
    _plain("uid", "name", "language", "created"),
    constant={"id": 1},
)
CODEBOOK = Kind(
    "codebook", tables.codebook, (), _plain("name", "version", "source"), constant={"id": 1}
)
CODER = Kind("coder", tables.coder, ("uid",), _plain("name"))
CODE = Kind(
    "code",
    tables.code,
    ("uid",),
    (
        *_plain("name"),
        Field("parent", "parent_uid"),
        *_plain("position", "key", "colour", "definition"),
        Field("guidance", "guidance", json=True),
        *_plain("merged_into"),
        Field("retired", "retired", default=False),
        Field("proposed", "proposed", default=False),
    ),
)
PARTICIPANT = Kind(
    "participant",
    tables.participant,
    ("uid",),
    _plain(
        "attribution",
        "pseudonym",
        "role",
        "organisation",
        "place",
        "stakeholder",
        "consent_date",
        "consent_note",
    ),
)
PARTICIPANT_ATTRIBUTE = Kind(
    "participant-attribute",
    tables.participant_attribute,
    ("participant_id", "name"),
    _plain("value"),
    refers={0: tables.participant},
)
TRANSCRIPT = Kind(
    "transcript",
    tables.transcript,
    ("uid",),
    _plain("name", "language", "interviewed", "recording"),
)
TRANSCRIPT_ATTRIBUTE = Kind(
    "transcript-attribute",
    tables.transcript_attribute,
    ("transcript_id", "name"),
    _plain("value"),
    refers={0: tables.transcript},
)
TRANSCRIPT_PARTICIPANT = Kind(
    "transcript-participant",
    tables.transcript_participant,
    ("transcript_id", "participant_id"),
    (),
    refers={0: tables.transcript, 1: tables.participant},
)
SPEAKER = Kind(
    "speaker",
    tables.speaker,
    ("transcript_id", "label"),
    (*_plain("role"), Field("participant", "participant_id", refers=tables.participant)),
    refers={0: tables.transcript},
)
SPELLING = Kind(
    "spelling",
    tables.spelling,
    ("transcript_id", "label"),
    _plain("same_as"),
    refers={0: tables.transcript},
)
VERSION = Kind(
    "version",
    tables.version,
    ("uid",),
    (
        Field("transcript", "transcript_id", refers=tables.transcript),
        Field("parent", "parent_uid"),
        *_plain(
            "text_sha256",
            "source_sha256",
            "characters",
            "words",
            "file",
            "format",
            "producer",
            "encoding",
        ),
        Field("marks", "marks", json=True),
    ),
    derived=("turns",),
)
CODING = Kind(
    "coding",
    tables.coding,
    ("version_id", "start_cp", "end_cp", "code_id", "coder_id"),
    (Field("doubt", "doubt", default=False), Field("origin", "origin", default="person")),
    refers={0: tables.version, 3: tables.code, 4: tables.coder},
)
MEMO = Kind(
    "memo",
    tables.memo,
    ("uid",),
    _plain("type", "target_kind", "target", "coder", "body", "written"),
)
WORK = Kind(
    "work",
    tables.work,
    ("transcript_id", "coder_id"),
    (),
    refers={0: tables.transcript, 1: tables.coder},
)
LEFT_OUT = Kind(
    "left-out",
    tables.left_out,
    ("transcript_id", "source_sha256"),
    _plain("sameness"),
    refers={0: tables.transcript},
)
SUMMARY = Kind(
    "summary",
    tables.summary,
    ("case_kind", "case_key", "code_id"),
    (
        *_plain("words", "status", "author", "written"),
        Field("links", "links", json=True),
        *_plain("basis"),
        Field("settled", "settled", json=True),
    ),
    refers={2: tables.code},
)
NOT_ASKED = Kind(
    "not-asked",
    tables.not_asked,
    ("transcript_id", "code_id"),
    (),
    refers={0: tables.transcript, 1: tables.code},
)
EDIT = Kind(
    "edit",
    tables.edit,
    ("version_id", "start_cp", "end_cp"),
    _plain("shown"),
    refers={0: tables.version},
)
MASK = Kind(
    "mask",
    tables.mask,
    ("version_id", "start_cp", "end_cp"),
    _plain("shown"),
    refers={0: tables.version},
)
STAR = Kind(
    "star",
    tables.star,
    ("version_id", "start_cp", "end_cp"),
    (),
    refers={0: tables.version},
)
EXPORT = Kind(
    "export",
    tables.export,
    ("uid",),
    (
        *_plain("written", "author", "file", "format", "audience", "digest", "quotations"),
        Field("shown", "shown", json=True),
    ),
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        # Referred-to tables before those that refer to them: rows are written in this order.
        PROJECT,
        CODEBOOK,
        CODER,
        CODE,
        PARTICIPANT,
        PARTICIPANT_ATTRIBUTE,
        TRANSCRIPT,
        TRANSCRIPT_ATTRIBUTE,
        TRANSCRIPT_PARTICIPANT,
        SPEAKER,
        SPELLING,
        VERSION,
        CODING,
        MEMO,
        WORK,
        LEFT_OUT,
        SUMMARY,
        NOT_ASKED,
        EDIT,
        MASK,
        STAR,
        EXPORT,
    )
}


@dataclass(frozen=True, slots=True)
class Record:
    """What an act says of one record; a body of None takes it back.

    `scope` is the uid of the transcript or participant with which it would be erased, or None.
    """

    kind: Kind
    key: Key
    body: Body | None
    scope: str | None = None


class Pending(NamedTuple):
    """A record that is to change, the body that it will have, and the event that set it last."""

    record: Record
    body: Body | None
    prev: bytes | None

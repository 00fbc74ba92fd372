"""The tables of the store, once for SQLite and PostgreSQL.

`event` is the only source: every other table but `text`, `meta` and `erased` is a projection of it
that can be dropped and rebuilt. In a projection `ev` is the id of the event that last set the row
(zero bytes for a stub whose event has not arrived yet), and `live` is 0 for what was taken back:
rows are never deleted, so that a late, older event cannot bring them back.

Offsets (`start_cp`, `end_cp`) count code points of the version's text, half-open. Local integer
ids never leave the store: events, exports and people speak in uids.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.schema import SchemaItem

STORE_VERSION = 4
"""Number of the newest Alembic revision; `PRAGMA user_version` in SQLite. A test ties the two."""

APPLICATION_ID = 0x51434F44
"""`QCOD`: what `PRAGMA application_id` says in a file of ours."""

IDENTITIES_APPLICATION_ID = 0x51434944
"""`QCID`: the same in an identities file."""

IDENTITIES_VERSION = 3
"""`PRAGMA user_version` of an identities file; its shape changes apart from the store's."""

STUB = bytes(16)
"""The `ev` of a row that something refers to and whose own event has not arrived."""

# Named constraints: Alembic's batch mode silently drops the unnamed ones.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Id = BigInteger().with_variant(Integer, "sqlite")

# Sorted by code point on both databases: PostgreSQL would sort by the language of its server.
_Text = Text().with_variant(Text(collation="C"), "postgresql")


def _projection(name: str, *columns: SchemaItem, rowid: bool = True) -> Table:
    """A table with the two columns that every projection ends in."""
    return Table(
        name,
        metadata,
        *columns,
        Column("live", SmallInteger, nullable=False),
        Column("ev", LargeBinary(16), nullable=False),
        CheckConstraint("live IN (0, 1)", name="live"),
        sqlite_with_rowid=rowid,
    )


def _shown_otherwise(name: str) -> Table:
    """Stretches of a version's text, each with the words that are shown in its place."""
    return _projection(
        name,
        Column("version_id", _Id, ForeignKey("version.id"), nullable=False),
        Column("start_cp", Integer, nullable=False),
        Column("end_cp", Integer, nullable=False),
        Column("shown", _Text),
        PrimaryKeyConstraint("version_id", "start_cp", "end_cp"),
        CheckConstraint("0 <= start_cp AND start_cp < end_cp", name="span"),
        rowid=False,
    )


meta = Table(
    "meta",
    metadata,
    Column("key", _Text, primary_key=True),
    Column("value", _Text, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("seq", _Id, primary_key=True, autoincrement=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("act", LargeBinary(16), nullable=False),
    Column("actor", _Text, nullable=False),
    Column("verb", _Text, nullable=False),
    Column("undoes", LargeBinary(16)),
    Column("kind", _Text, nullable=False),
    Column("key", _Text, nullable=False),
    Column("scope", _Text),
    Column("prev", LargeBinary(16)),
    Column("body", _Text),
)

erased = Table("erased", metadata, Column("scope", _Text, primary_key=True))

text = Table(
    "text",
    metadata,
    Column("sha256", _Text, primary_key=True),
    # Before the body: what stands behind 60 kB of text costs a walk through all its pages.
    Column("words_sha256", _Text, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("body", _Text, nullable=False),
)

project = _projection(
    "project",
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("uid", _Text),
    Column("name", _Text),
    Column("language", _Text),
    Column("created", _Text),
    CheckConstraint("id = 1", name="one"),
)

codebook = _projection(
    "codebook",
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("name", _Text),
    Column("version", _Text),
    Column("source", _Text),
    CheckConstraint("id = 1", name="one"),
)

coder = _projection(
    "coder",
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("uid", _Text, nullable=False, unique=True),
    Column("name", _Text),
)

code = _projection(
    "code",
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("uid", _Text, nullable=False, unique=True),
    Column("name", _Text),
    Column("parent_uid", _Text),
    Column("position", Integer),
    Column("key", _Text),
    Column("colour", _Text),
    Column("definition", _Text),
    Column("guidance", _Text),
    Column("merged_into", _Text),
    Column("retired", SmallInteger),
    Column("proposed", SmallInteger),
)

participant = _projection(
    "participant",
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("uid", _Text, nullable=False, unique=True),
    Column("attribution", _Text),
    Column("pseudonym", _Text),
    Column("role", _Text),
    Column("organisation", _Text),
    Column("place", _Text),
    Column("stakeholder", _Text),
    Column("consent_date", _Text),
    Column("consent_note", _Text),
)

participant_attribute = _projection(
    "participant_attribute",
    Column("participant_id", _Id, ForeignKey("participant.id"), nullable=False),
    Column("name", _Text, nullable=False),
    Column("value", _Text),
    PrimaryKeyConstraint("participant_id", "name"),
    rowid=False,
)

transcript = _projection(
    "transcript",
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("uid", _Text, nullable=False, unique=True),
    Column("name", _Text),
    Column("language", _Text),
    Column("interviewed", _Text),
    Column("recording", _Text),
)

transcript_attribute = _projection(
    "transcript_attribute",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("name", _Text, nullable=False),
    Column("value", _Text),
    PrimaryKeyConstraint("transcript_id", "name"),
    rowid=False,
)

# Who took part in an interview, whether or not a speaker's label is known to be theirs.
transcript_participant = _projection(
    "transcript_participant",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("participant_id", _Id, ForeignKey("participant.id"), nullable=False),
    PrimaryKeyConstraint("transcript_id", "participant_id"),
    rowid=False,
)

speaker = _projection(
    "speaker",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("label", _Text, nullable=False),
    Column("role", _Text),
    Column("participant_id", _Id, ForeignKey("participant.id")),
    PrimaryKeyConstraint("transcript_id", "label"),
    rowid=False,
)

# Apart from who the speaker is: two copies may say the one and the other of the same label.
spelling = _projection(
    "spelling",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("label", _Text, nullable=False),
    Column("same_as", _Text),
    PrimaryKeyConstraint("transcript_id", "label"),
    rowid=False,
)

version = _projection(
    "version",
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("uid", _Text, nullable=False, unique=True),
    Column("transcript_id", _Id, ForeignKey("transcript.id"), index=True),
    Column("parent_uid", _Text),
    Column("text_sha256", _Text),
    Column("source_sha256", _Text),
    Column("characters", Integer),
    Column("words", Integer),
    Column("file", _Text),
    Column("format", _Text),
    Column("producer", _Text),
    Column("encoding", _Text),
    Column("marks", _Text),
)

turn = Table(
    "turn",
    metadata,
    Column("version_id", _Id, ForeignKey("version.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    Column("speaker", _Text),
    Column("start_ms", BigInteger),
    Column("end_ms", BigInteger),
    PrimaryKeyConstraint("version_id", "n"),
    CheckConstraint("0 <= start_cp AND start_cp < end_cp", name="span"),
    sqlite_with_rowid=False,
)

segment = Table(
    "segment",
    metadata,
    Column("version_id", _Id, ForeignKey("version.id"), nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    PrimaryKeyConstraint("version_id", "start_cp", "end_cp"),
    CheckConstraint("0 <= start_cp AND start_cp < end_cp", name="span"),
    sqlite_with_rowid=False,
)

# The natural key in clustered order: no surrogate, and no second index to keep.
coding = _projection(
    "coding",
    Column("version_id", _Id, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    Column("code_id", _Id, ForeignKey("code.id"), nullable=False),
    Column("coder_id", _Id, ForeignKey("coder.id"), nullable=False),
    Column("doubt", SmallInteger),
    Column("origin", _Text),
    PrimaryKeyConstraint("version_id", "start_cp", "end_cp", "code_id", "coder_id"),
    ForeignKeyConstraint(
        ["version_id", "start_cp", "end_cp"],
        ["segment.version_id", "segment.start_cp", "segment.end_cp"],
    ),
    rowid=False,
)

memo = _projection(
    "memo",
    Column("uid", _Text, primary_key=True),
    Column("type", _Text),
    Column("target_kind", _Text),
    Column("target", _Text),
    Column("coder", _Text),
    Column("body", _Text),
    Column("written", _Text),
    rowid=False,
)

# A coder's own word that they are done with a transcript; without it there is no row.
work = _projection(
    "work",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("coder_id", _Id, ForeignKey("coder.id"), nullable=False),
    PrimaryKeyConstraint("transcript_id", "coder_id"),
    rowid=False,
)

# A person's word that a file is a transcript's double and stays out; known by its bytes.
left_out = _projection(
    "left_out",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("source_sha256", _Text, nullable=False),
    Column("sameness", _Text),
    PrimaryKeyConstraint("transcript_id", "source_sha256"),
    rowid=False,
)

# The charted words of one cell: a case by a theme.
summary = _projection(
    "summary",
    Column("case_kind", _Text, nullable=False),
    Column("case_key", _Text, nullable=False),
    Column("code_id", _Id, ForeignKey("code.id"), nullable=False),
    Column("words", _Text),
    Column("status", _Text),
    Column("author", _Text),
    Column("written", _Text),
    Column("links", _Text),
    Column("basis", _Text),
    Column("settled", _Text),
    PrimaryKeyConstraint("case_kind", "case_key", "code_id"),
    rowid=False,
)

# A person's word that an interview did not ask about a theme.
not_asked = _projection(
    "not_asked",
    Column("transcript_id", _Id, ForeignKey("transcript.id"), nullable=False),
    Column("code_id", _Id, ForeignKey("code.id"), nullable=False),
    PrimaryKeyConstraint("transcript_id", "code_id"),
    rowid=False,
)

# A stretch that is shown otherwise than it was said; the words themselves stay.
edit = _shown_otherwise("edit")

# Where the name stands of somebody who was erased: nobody knows it any more, or shows it again.
mask = _shown_otherwise("mask")

# A person's word that a passage is worth quoting, whichever codes lie on it.
star = _projection(
    "star",
    Column("version_id", _Id, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    PrimaryKeyConstraint("version_id", "start_cp", "end_cp"),
    ForeignKeyConstraint(
        ["version_id", "start_cp", "end_cp"],
        ["segment.version_id", "segment.start_cp", "segment.end_cp"],
    ),
    rowid=False,
)

# What left the project once: whose facts, never whose words.
export = _projection(
    "export",
    Column("uid", _Text, primary_key=True),
    Column("written", _Text),
    Column("author", _Text),
    Column("file", _Text),
    Column("format", _Text),
    Column("audience", _Text),
    Column("digest", _Text),
    Column("quotations", Integer),
    Column("shown", _Text),
    rowid=False,
)

identities = MetaData(schema="identity", naming_convention=metadata.naming_convention)
"""Kept apart: a second file beside the project, attached; the schema `identity` on PostgreSQL."""

person = Table(
    "person",
    identities,
    Column("code", _Text, primary_key=True),
    Column("name", _Text, nullable=False),
    Column("aliases", _Text, nullable=False),
    Column("contacts", _Text, nullable=False),
)

# Names that may not leave and are no participant's; `shown` is empty for what is usual.
listed_name = Table(
    "listed_name",
    identities,
    Column("name", _Text, primary_key=True),
    Column("kind", _Text, nullable=False),
    Column("shown", _Text, nullable=False),
    Column("aliases", _Text, nullable=False),
)

# What somebody said that a form in the texts is, and the code or listed name that it stands for.
decision = Table(
    "decision",
    identities,
    Column("form", _Text, primary_key=True),
    Column("verdict", _Text, nullable=False),
    Column("stands_for", _Text, nullable=False),
)

# Who decided it and when, apart because files of version 2 have decisions of which nobody knows.
decided = Table(
    "decided",
    identities,
    Column("form", _Text, primary_key=True),
    Column("settled_by", _Text, nullable=False),
    Column("settled_at", _Text, nullable=False),
)

"""The first store: the event log, the texts, and the tables that are projected from the log."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _sources()
    _single_rows()
    _people_and_codes()
    _transcripts()
    _codings_and_memos()


def _sources() -> None:
    op.create_table(
        "meta",
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("value", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "event",
        sa.Column("seq", _ID, autoincrement=True, nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("act", sa.LargeBinary(16), nullable=False),
        sa.Column("actor", _TEXT, nullable=False),
        sa.Column("verb", _TEXT, nullable=False),
        sa.Column("undoes", sa.LargeBinary(16)),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("key", _TEXT, nullable=False),
        sa.Column("scope", _TEXT),
        sa.Column("prev", sa.LargeBinary(16)),
        sa.Column("body", _TEXT),
        sa.PrimaryKeyConstraint("seq", name="pk_event"),
        sa.UniqueConstraint("id", name="uq_event_id"),
    )
    op.create_table(
        "erased",
        sa.Column("scope", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_erased"),
    )
    op.create_table(
        "text",
        sa.Column("sha256", _TEXT, nullable=False),
        sa.Column("words_sha256", _TEXT, nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.Column("body", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_text"),
    )


def _single_rows() -> None:
    for name, facts in (
        ("project", ("uid", "name", "language", "created")),
        ("codebook", ("name", "version", "source")),
    ):
        _projection(
            name,
            sa.Column("id", sa.SmallInteger, autoincrement=False, nullable=False),
            *(sa.Column(fact, _TEXT) for fact in facts),
            sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
            sa.CheckConstraint("id = 1", name=op.f(f"ck_{name}_one")),
        )


def _people_and_codes() -> None:
    _projection("coder", *_identified("coder"), sa.Column("name", _TEXT))
    _projection(
        "code",
        *_identified("code"),
        sa.Column("name", _TEXT),
        sa.Column("parent_uid", _TEXT),
        sa.Column("position", sa.Integer),
        sa.Column("key", _TEXT),
        sa.Column("colour", _TEXT),
        sa.Column("definition", _TEXT),
        sa.Column("guidance", _TEXT),
        sa.Column("merged_into", _TEXT),
        sa.Column("retired", sa.SmallInteger),
    )
    _projection(
        "participant",
        *_identified("participant"),
        sa.Column("attribution", _TEXT),
        sa.Column("pseudonym", _TEXT),
        sa.Column("role", _TEXT),
        sa.Column("organisation", _TEXT),
        sa.Column("place", _TEXT),
        sa.Column("stakeholder", _TEXT),
        sa.Column("consent_date", _TEXT),
        sa.Column("consent_note", _TEXT),
    )
    _projection("participant_attribute", *_attribute("participant"), rowid=False)


def _transcripts() -> None:
    _projection(
        "transcript",
        *_identified("transcript"),
        sa.Column("name", _TEXT),
        sa.Column("language", _TEXT),
        sa.Column("interviewed", _TEXT),
        sa.Column("recording", _TEXT),
    )
    _projection("transcript_attribute", *_attribute("transcript"), rowid=False)
    _projection(
        "transcript_participant",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("participant_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint(
            "transcript_id", "participant_id", name="pk_transcript_participant"
        ),
        *_refers("transcript_participant", "transcript", "participant"),
        rowid=False,
    )
    _projection(
        "speaker",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("label", _TEXT, nullable=False),
        sa.Column("role", _TEXT),
        sa.Column("participant_id", _ID),
        sa.PrimaryKeyConstraint("transcript_id", "label", name="pk_speaker"),
        *_refers("speaker", "transcript", "participant"),
        rowid=False,
    )
    _projection(
        "version",
        *_identified("version"),
        sa.Column("transcript_id", _ID),
        sa.Column("parent_uid", _TEXT),
        sa.Column("text_sha256", _TEXT),
        sa.Column("source_sha256", _TEXT),
        sa.Column("characters", sa.Integer),
        sa.Column("words", sa.Integer),
        sa.Column("file", _TEXT),
        sa.Column("format", _TEXT),
        sa.Column("producer", _TEXT),
        sa.Column("encoding", _TEXT),
        sa.Column("marks", _TEXT),
        *_refers("version", "transcript"),
    )
    op.create_index("ix_version_transcript_id", "version", ["transcript_id"])
    op.create_table(
        "turn",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        *_span("turn"),
        sa.Column("speaker", _TEXT),
        sa.Column("start_ms", sa.BigInteger),
        sa.Column("end_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("version_id", "n", name="pk_turn"),
        *_refers("turn", "version"),
        sqlite_with_rowid=False,
    )


def _codings_and_memos() -> None:
    op.create_table(
        "segment",
        sa.Column("version_id", _ID, nullable=False),
        *_span("segment"),
        sa.PrimaryKeyConstraint("version_id", "start_cp", "end_cp", name="pk_segment"),
        *_refers("segment", "version"),
        sqlite_with_rowid=False,
    )
    place = ["version_id", "start_cp", "end_cp"]
    _projection(
        "coding",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("start_cp", sa.Integer, nullable=False),
        sa.Column("end_cp", sa.Integer, nullable=False),
        sa.Column("code_id", _ID, nullable=False),
        sa.Column("coder_id", _ID, nullable=False),
        sa.Column("doubt", sa.SmallInteger),
        sa.Column("origin", _TEXT),
        sa.PrimaryKeyConstraint(*place, "code_id", "coder_id", name="pk_coding"),
        sa.ForeignKeyConstraint(
            place,
            [f"segment.{column}" for column in place],
            name="fk_coding_version_id_start_cp_end_cp",
        ),
        *_refers("coding", "code", "coder"),
        rowid=False,
    )
    _projection(
        "memo",
        sa.Column("uid", _TEXT, nullable=False),
        sa.Column("type", _TEXT),
        sa.Column("target_kind", _TEXT),
        sa.Column("target", _TEXT),
        sa.Column("coder", _TEXT),
        sa.Column("body", _TEXT),
        sa.Column("written", _TEXT),
        sa.PrimaryKeyConstraint("uid", name="pk_memo"),
        rowid=False,
    )


def _projection(name: str, *items: SchemaItem, rowid: bool = True) -> None:
    op.create_table(
        name,
        *items,
        sa.Column("live", sa.SmallInteger, nullable=False),
        sa.Column("ev", sa.LargeBinary(16), nullable=False),
        sa.CheckConstraint("live IN (0, 1)", name=op.f(f"ck_{name}_live")),
        sqlite_with_rowid=rowid,
    )


def _identified(name: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("uid", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("uid", name=f"uq_{name}_uid"),
    )


def _attribute(of: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column(f"{of}_id", _ID, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("value", _TEXT),
        sa.PrimaryKeyConstraint(f"{of}_id", "name", name=f"pk_{of}_attribute"),
        *_refers(f"{of}_attribute", of),
    )


def _refers(table: str, *others: str) -> tuple[SchemaItem, ...]:
    return tuple(
        sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=f"fk_{table}_{other}_id")
        for other in others
    )


def _span(table: str) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("start_cp", sa.Integer, nullable=False),
        sa.Column("end_cp", sa.Integer, nullable=False),
        sa.CheckConstraint("0 <= start_cp AND start_cp < end_cp", name=op.f(f"ck_{table}_span")),
    )

"""Summaries, themes not asked about, edits, passages worth quoting, and what left the project."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _create(
        "summary",
        sa.Column("case_kind", _TEXT, nullable=False),
        sa.Column("case_key", _TEXT, nullable=False),
        sa.Column("code_id", _ID, nullable=False),
        *(
            sa.Column(name, _TEXT)
            for name in ("words", "status", "author", "written", "links", "basis", "settled")
        ),
        sa.PrimaryKeyConstraint("case_kind", "case_key", "code_id", name="pk_summary"),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name="fk_summary_code_id"),
    )
    _create(
        "not_asked",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("code_id", _ID, nullable=False),
        sa.PrimaryKeyConstraint("transcript_id", "code_id", name="pk_not_asked"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name="fk_not_asked_transcript_id"
        ),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name="fk_not_asked_code_id"),
    )
    for name in ("edit", "mask"):
        _create(
            name,
            sa.Column("version_id", _ID, nullable=False),
            sa.Column("start_cp", sa.Integer, nullable=False),
            sa.Column("end_cp", sa.Integer, nullable=False),
            sa.Column("shown", _TEXT),
            sa.PrimaryKeyConstraint("version_id", "start_cp", "end_cp", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=f"fk_{name}_version_id"),
            sa.CheckConstraint("0 <= start_cp AND start_cp < end_cp", name=op.f(f"ck_{name}_span")),
        )
    _create(
        "star",
        sa.Column("version_id", _ID, nullable=False),
        sa.Column("start_cp", sa.Integer, nullable=False),
        sa.Column("end_cp", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("version_id", "start_cp", "end_cp", name="pk_star"),
        sa.ForeignKeyConstraint(
            ["version_id", "start_cp", "end_cp"],
            ["segment.version_id", "segment.start_cp", "segment.end_cp"],
            name="fk_star_version_id_start_cp_end_cp",
        ),
    )
    _create(
        "export",
        sa.Column("uid", _TEXT, nullable=False),
        *(
            sa.Column(name, _TEXT)
            for name in ("written", "author", "file", "format", "audience", "digest")
        ),
        sa.Column("quotations", sa.Integer),
        sa.Column("shown", _TEXT),
        sa.PrimaryKeyConstraint("uid", name="pk_export"),
    )


def _create(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A projection: its own columns, and the two that every one ends in."""
    op.create_table(
        name,
        *columns,
        sa.Column("live", sa.SmallInteger, nullable=False),
        sa.Column("ev", sa.LargeBinary(16), nullable=False),
        sa.CheckConstraint("live IN (0, 1)", name=op.f(f"ck_{name}_live")),
        sqlite_with_rowid=False,
    )

"""Labels that are another spelling of a speaker's label, and files left out as doubles."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "spelling",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("label", _TEXT, nullable=False),
        sa.Column("same_as", _TEXT),
        sa.Column("live", sa.SmallInteger, nullable=False),
        sa.Column("ev", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("transcript_id", "label", name="pk_spelling"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name="fk_spelling_transcript_id"
        ),
        sa.CheckConstraint("live IN (0, 1)", name=op.f("ck_spelling_live")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "left_out",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("source_sha256", _TEXT, nullable=False),
        sa.Column("sameness", _TEXT),
        sa.Column("live", sa.SmallInteger, nullable=False),
        sa.Column("ev", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("transcript_id", "source_sha256", name="pk_left_out"),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name="fk_left_out_transcript_id"
        ),
        sa.CheckConstraint("live IN (0, 1)", name=op.f("ck_left_out_live")),
        sqlite_with_rowid=False,
    )

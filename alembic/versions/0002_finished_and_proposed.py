"""Each coder's own word that they are done with a transcript, and codes that are only proposed."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("transcript_id", _ID, nullable=False),
        sa.Column("coder_id", _ID, nullable=False),
        sa.Column("live", sa.SmallInteger, nullable=False),
        sa.Column("ev", sa.LargeBinary(16), nullable=False),
        sa.PrimaryKeyConstraint("transcript_id", "coder_id", name="pk_work"),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name="fk_work_transcript_id"),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name="fk_work_coder_id"),
        sa.CheckConstraint("live IN (0, 1)", name=op.f("ck_work_live")),
        sqlite_with_rowid=False,
    )
    op.add_column("code", sa.Column("proposed", sa.SmallInteger))

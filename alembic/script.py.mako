"""${message}

A revision's id is the store version that it leads to: set both ids by hand, and STORE_VERSION in
qualcode/store/tables.py with them. Name every constraint: batch mode drops those without a name.
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}

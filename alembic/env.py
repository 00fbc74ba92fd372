"""Runs the steps of an upgrade on the connection that the store hands over.

The store's own version number says where to begin. Alembic's table exists for the length of the
upgrade alone, so that there is one number and not two that could disagree.
"""

from __future__ import annotations

from sqlalchemy import text

from alembic import context
from qualcode.store import tables

VERSION_TABLE = "alembic_version"


def run() -> None:
    """Bring the store from `version` to the newest revision, in the caller's transaction."""
    connection = context.config.attributes["connection"]
    version = context.config.attributes["version"]
    connection.execute(
        text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    if version:
        connection.execute(
            text(f"INSERT INTO {VERSION_TABLE} (version_num) VALUES (:revision)"),
            {"revision": f"{version:04d}"},
        )
    context.configure(
        connection=connection,
        target_metadata=tables.metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
    )
    context.run_migrations()
    connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))


run()

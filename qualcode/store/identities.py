"""The names behind the codes: a second file beside the project, or a schema of its own.

It is held by the lead alone. One transaction covers both files, because the rollback journals of
attached files commit together. Nothing of it is in the event log, in a message or in a backup of
the project.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from qualcode import errors
from qualcode.model.people import Identity
from qualcode.store import tables
from qualcode.store.engine import Session
from qualcode.store.files import appearing
from qualcode.store.kinds import canonical, parsed
from qualcode.store.sayings import saying

SUFFIX = ".identities"


def beside(project: Path) -> Path:
    """Where the identities of a project file lie."""
    real = project.resolve()  # SQLite too keeps its journal beside what a link points to
    return real.with_name(real.name.removesuffix(".qualcode") + SUFFIX)


def create_file(path: Path) -> None:
    """Make an empty identities file that only its owner may read."""
    ddl = str(CreateTable(tables.person).compile(dialect=sqlite.dialect()))
    with (
        saying(str(path)),
        appearing(path, mode=0o600) as draft,
        closing(sqlite3.connect(draft, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(ddl.replace("identity.person", "person"))
        connection.execute(f"PRAGMA application_id={tables.IDENTITIES_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={tables.IDENTITIES_VERSION}")
        connection.execute("COMMIT")


def create_schema(session: Session) -> None:
    """Make the place for the names in a database; for the project's own role alone."""
    schema = _table(session).removesuffix(".person")
    if session.row("SELECT 1 FROM pg_namespace WHERE nspname = ?", (schema.strip('"'),)):
        # They are another project's, whose participants would lend their names to this one's.
        raise errors.FileExistsAlreadyError(where=f"{session.where} (schema {schema})")
    session.run(f"CREATE SCHEMA {schema}")
    named = session.connection.execution_options(
        schema_translate_map={"identity": schema.strip('"')}
    )
    tables.identities.create_all(named)


def at_hand(session: Session) -> bool:
    """True where this copy of the project comes with its identities."""
    if session.is_sqlite:
        return any(row[1] == "identity" for row in session.rows("PRAGMA database_list"))
    table = _table(session)
    schema = table.removesuffix(".person")
    return session.row(
        "SELECT CASE WHEN has_schema_privilege(?, 'USAGE')"
        " THEN has_table_privilege(?, 'SELECT') ELSE false END",
        (schema.strip('"'), table),
    ) == (True,)


def read(session: Session) -> dict[str, Identity]:
    """Identities by participant code; empty where they are not at hand."""
    if not at_hand(session):
        return {}
    rows = session.rows(
        f"SELECT code, name, aliases, contacts FROM {_table(session)} ORDER BY code"
    )
    return {
        code: Identity(code, name, tuple(parsed(aliases)), contacts)
        for code, name, aliases, contacts in rows
    }


def write(session: Session, people: Iterable[Identity]) -> int:
    """Set names by code; returns how many were new or changed.

    Raises IdentitiesMissingError where the names have no place; a rehearsal only counts.
    """
    known = read(session)
    changed = [one for one in people if known.get(one.code) != one]
    if not changed:
        return 0
    if not at_hand(session):
        if session.rehearsal:
            return len(changed)
        raise errors.IdentitiesMissingError(where=session.where)
    session.many(
        f"INSERT INTO {_table(session)} (code, name, aliases, contacts) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name, aliases = excluded.aliases,"
        " contacts = excluded.contacts",
        [(p.code, p.name, canonical(p.aliases), p.contacts) for p in changed],
    )
    return len(changed)


def _table(session: Session) -> str:
    """The attached file's table; on a server, that of the project's own schema."""
    if session.is_sqlite:
        return "identity.person"
    (schema,) = session.rows("SELECT current_schema()")[0]
    return "identity.person" if schema == "public" else f'"{schema}_identity".person'

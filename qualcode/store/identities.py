"""The names behind the codes: a second file beside the project, or a schema of its own.

It is held by the lead alone: the participants' names, the other names that may not leave, and what
was decided on forms in the texts. One transaction covers both files, because the rollback journals
of attached files commit together. Nothing of it is in the event log, in a message or in a backup of
the project. A file may be sealed with a passphrase: then `sealed` keeps it, and who has opened it
finds the same here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from qualcode import errors
from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Identity
from qualcode.store import tables
from qualcode.store.engine import Session
from qualcode.store.files import appearing
from qualcode.store.kinds import canonical, parsed
from qualcode.store.sayings import saying
from qualcode.store.sealed import Register

SUFFIX = ".identities"


def beside(project: Path) -> Path:
    """Where the identities of a project file lie."""
    real = project.resolve()  # SQLite too keeps its journal beside what a link points to
    return real.with_name(real.name.removesuffix(".qualcode") + SUFFIX)


def create_file(path: Path, register: Register | None = None) -> None:
    """Make an identities file that only its owner may read, empty or with what a register holds."""
    with (
        saying(str(path)),
        appearing(path, mode=0o600) as draft,
        closing(sqlite3.connect(draft, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        for table in tables.identities.sorted_tables:
            ddl = str(CreateTable(table).compile(dialect=sqlite.dialect()))
            connection.execute(ddl.replace(f"identity.{table.name}", table.name))
        for name, rows in _rows(register or Register()).items():
            places = ", ".join("?" * len(tables.identities.tables[f"identity.{name}"].columns))
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
        connection.execute(f"PRAGMA application_id={tables.IDENTITIES_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={tables.IDENTITIES_VERSION}")
        connection.execute("COMMIT")


def create_schema(session: Session) -> None:
    """Make the place for the names in a database; for the project's own role alone."""
    schema = _schema(session)
    if session.row("SELECT 1 FROM pg_namespace WHERE nspname = ?", (schema.strip('"'),)):
        # They are another project's, whose participants would lend their names to this one's.
        raise errors.FileExistsAlreadyError(where=f"{session.where} (schema {schema})")
    session.run(f"CREATE SCHEMA {schema}")
    _lay_tables(session)


def at_hand(session: Session) -> bool:
    """True where this copy of the project comes with its identities, and they are open."""
    if session.sealed is not None:
        return session.sealed.is_open
    if session.is_sqlite:
        return any(row[1] == "identity" for row in session.rows("PRAGMA database_list"))
    # Of a schema that is not there, as in a dump made without it, a right cannot even be asked.
    return session.row(
        "SELECT CASE WHEN to_regnamespace(?) IS NULL THEN false"
        " WHEN NOT has_schema_privilege(?, 'USAGE') THEN false"
        " WHEN to_regclass(?) IS NULL THEN false"
        " ELSE has_table_privilege(?, 'SELECT') END",
        (
            _schema(session),
            _schema(session).strip('"'),
            _table(session, "person"),
            _table(session, "person"),
        ),
    ) == (True,)


def read(session: Session) -> dict[str, Identity]:
    """Identities by participant code; empty where they are not at hand."""
    return {person.code: person for person in register(session).people}


def register(session: Session) -> Register:
    """All that is known of names; empty where they are not at hand."""
    if not at_hand(session):
        return Register()
    if session.sealed is not None:
        return session.sealed.register()
    person, listed, decision, decided = (_table(session, name) for name in _COLUMNS)
    people = session.rows(f"SELECT {_COLUMNS['person']} FROM {person} ORDER BY code")
    names: list[tuple[str, ...]] = []
    decisions: list[tuple[str, ...]] = []
    who: dict[str, tuple[str, str]] = {}
    if _has_table(session, "decision"):
        names = session.rows(f"SELECT {_COLUMNS['listed_name']} FROM {listed} ORDER BY name")
        decisions = session.rows(f"SELECT {_COLUMNS['decision']} FROM {decision} ORDER BY form")
    if _has_table(session, "decided"):
        rows = session.rows(f"SELECT {_COLUMNS['decided']} FROM {decided}")
        who = {form: (by, at) for form, by, at in rows}
    return Register(
        people=tuple(Identity(c, name, tuple(parsed(also)), how) for c, name, also, how in people),
        listed=tuple(
            ListedName(name, NameKind(kind), shown or None, tuple(parsed(aliases)))
            for name, kind, shown, aliases in names
        ),
        decisions=tuple(
            Decision(form, Verdict(verdict), of or None, *who.get(form, ()))
            for form, verdict, of in decisions
        ),
    )


def write(session: Session, people: Iterable[Identity]) -> int:
    """Set names by code; returns how many were new or changed.

    Raises IdentitiesMissingError or IdentitiesSealedError where they cannot be written; a rehearsal
    only counts.
    """
    known = read(session)
    changed = {one.code: one for one in people if known.get(one.code) != one}
    if changed and _may_write(session):
        if session.sealed is not None:
            session.sealed.put(people=changed.values())
        else:
            _upsert(session, "person", _rows(Register(people=tuple(changed.values())))["person"])
    return len(changed)


def put(
    session: Session, *, listed: Iterable[ListedName] = (), decisions: Iterable[Decision] = ()
) -> int:
    """Set listed names by their name and decisions by their form; returns how many changed.

    Raises IdentitiesMissingError or IdentitiesSealedError.
    """
    known = register(session)
    fresh = Register(
        listed=tuple(name for name in listed if name not in known.listed),
        decisions=tuple(one for one in decisions if one not in known.decisions),
    )
    changed = len(fresh.listed) + len(fresh.decisions)
    if changed and _may_write(session):
        if session.sealed is not None:
            session.sealed.put(listed=fresh.listed, decisions=fresh.decisions)
        else:
            _bring_up_to_date(session)
            for table, rows in _rows(fresh).items():
                _upsert(session, table, rows)
    return changed


def take_out(session: Session, *, listed: str | None = None, form: str | None = None) -> bool:
    """Forget a listed name, or the decision on a form; returns whether it was known."""
    known = register(session)
    is_known = any(name.name == listed for name in known.listed) or any(
        one.form == form for one in known.decisions
    )
    if is_known and _may_write(session):
        if session.sealed is not None:
            session.sealed.take_out(listed=listed, form=form)
        else:
            _bring_up_to_date(session)
            session.run(f"DELETE FROM {_table(session, 'listed_name')} WHERE name = ?", (listed,))
            session.run(f"DELETE FROM {_table(session, 'decision')} WHERE form = ?", (form,))
            session.run(f"DELETE FROM {_table(session, 'decided')} WHERE form = ?", (form,))
    return is_known


def keep_only(session: Session, rest: Register) -> None:
    """Take out what is not in `rest`, and let what is there be as it says.

    Raises IdentitiesMissingError or IdentitiesSealedError where anything is to be changed.
    """
    known = register(session)
    if known == rest or not _may_write(session):
        return
    for name in {one.name for one in known.listed} - {one.name for one in rest.listed}:
        take_out(session, listed=name)
    for form in {one.form for one in known.decisions} - {one.form for one in rest.decisions}:
        take_out(session, form=form)
    for code in {one.code for one in known.people} - {one.code for one in rest.people}:
        if session.sealed is not None:
            session.sealed.take_out(person=code)
        else:
            session.run(f"DELETE FROM {_table(session, 'person')} WHERE code = ?", (code,))
    write(session, rest.people)
    put(session, listed=rest.listed, decisions=rest.decisions)


_COLUMNS = {
    "person": "code, name, aliases, contacts",
    "listed_name": "name, kind, shown, aliases",
    "decision": "form, verdict, stands_for",
    "decided": "form, settled_by, settled_at",
}


def _rows(register: Register) -> dict[str, list[tuple[str, ...]]]:
    """A register as rows of the tables, in the order of their columns."""
    return {
        "person": [(p.code, p.name, canonical(p.aliases), p.contacts) for p in register.people],
        "listed_name": [
            (n.name, str(n.kind), n.shown or "", canonical(n.aliases)) for n in register.listed
        ],
        "decision": [(d.form, str(d.verdict), d.of or "") for d in register.decisions],
        "decided": [(d.form, d.by, d.at) for d in register.decisions if d.by and d.at],
    }


def _upsert(session: Session, table: str, rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    key, *others = _COLUMNS[table].split(", ")
    session.many(
        f"INSERT INTO {_table(session, table)} ({_COLUMNS[table]})"
        f" VALUES ({', '.join('?' * (len(others) + 1))}) ON CONFLICT ({key}) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in others),
        rows,
    )


def _may_write(session: Session) -> bool:
    """True where names can be written; False in a rehearsal that has no place for them."""
    if at_hand(session):
        return True
    if session.rehearsal:
        return False
    if session.sealed is not None:
        raise errors.IdentitiesSealedError(where=session.where)
    raise errors.IdentitiesMissingError(where=session.where)


_SINCE = {"decision": 2, "decided": 3}
"""The version from which identities have what; those of the first know the participants alone."""


def _has_table(session: Session, name: str) -> bool:
    if session.is_sqlite:
        return session.number("PRAGMA identity.user_version") >= _SINCE[name]
    return session.row("SELECT to_regclass(?)", (_table(session, name),)) not in (None, (None,))


def _bring_up_to_date(session: Session) -> None:
    """Give identities of an older version what they lack, within the act that first needs it.

    Nothing that is there is touched, so who may only read an older file reads it as it is.
    """
    if _has_table(session, "decided"):
        return
    _lay_tables(session)
    if session.is_sqlite:
        session.run(f"PRAGMA identity.user_version={tables.IDENTITIES_VERSION}")


def _lay_tables(session: Session) -> None:
    """The tables that are not there yet."""
    schema = {"identity": _schema(session).strip('"')}
    connection = session.connection.execution_options(schema_translate_map=schema)
    tables.identities.create_all(connection)


def _table(session: Session, name: str) -> str:
    """The attached file's table; on a server, that of the project's own schema."""
    return f"{_schema(session)}.{name}"


def _schema(session: Session) -> str:
    if session.is_sqlite:
        return "identity"
    (schema,) = session.rows("SELECT current_schema()")[0]
    return "identity" if schema == "public" else f'"{schema}_identity"'

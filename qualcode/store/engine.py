"""Engines and transactions: one on a file, one on a server, the same for those who use them.

The program owns its transactions: the driver is told to start none (`isolation_level=None`), and
every transaction says at its start whether it writes. A writing one takes the lock at once, so two
writers wait for each other instead of failing half-way. The journal is a rollback journal with
full sync: WAL files were lost by plain copies and corrupted by a known bug of many linked SQLites.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError

from qualcode import errors
from qualcode.store import tables
from qualcode.store.sayings import saying
from qualcode.store.sealed import SealedNames, is_sealed

LOCK_WAIT_MS: Final = 15_000
"""How long a writer waits for another; measured: six writers flat out never waited 2 seconds."""

_PRAGMAS: Final = (
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA mmap_size=0",
)

_WRITERS_LOCK: Final = tables.APPLICATION_ID
"""On PostgreSQL one writer at a time, so that the log's order is the order of commits."""

_READS: Final = "qualcode_reads"

_BLOCK: Final = 50

Row = tuple[Any, ...]

Kept = dict[str, tuple[object, Any]]
"""What was worked out of a project, by name, with all that it was made of."""

_Made = TypeVar("_Made")


class Session:
    """One transaction. SQL is written with `?`; PostgreSQL gets `%s`.

    Statements go to the driver itself: SQLAlchemy's own execution costs ten times the statement.
    `local_ids` and `uids` remember what the transaction has looked up. `sealed` are the identities
    where they lie in a sealed file, and None where they are tables. `kept` is what transactions of
    one store leave to the next.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        where: str,
        rehearsal: bool = False,
        sealed: SealedNames | None = None,
        kept: Kept | None = None,
    ) -> None:
        self._kept: Kept = {} if kept is None else kept
        self.where = where
        self.rehearsal = rehearsal
        self.sealed = sealed
        self.local_ids: dict[str, dict[str, int]] = {}
        self.uids: dict[str, dict[int, str]] = {}
        self._connection = connection
        self._driver = connection.connection
        self._percent = connection.dialect.paramstyle != "qmark"

    @property
    def connection(self) -> Connection:
        """The SQLAlchemy connection, for what needs more than a statement."""
        return self._connection

    @property
    def is_sqlite(self) -> bool:
        """True on SQLite, False on PostgreSQL."""
        return not self._percent

    def worked_out(self, name: str, key: object, work: Callable[[], _Made]) -> _Made:
        """What an earlier transaction of the same store made of an equal key, else made now.

        Of each name the latest is kept, as long as the store is open.
        """
        known = self._kept.get(name)
        if known is not None and known[0] == key:
            made: _Made = known[1]
            return made
        made = work()
        self._kept[name] = (key, made)
        return made

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query; no cursor stays open."""
        cursor = self._driver.cursor()
        cursor.execute(self._sql(sql), parameters)
        found = cursor.fetchall()
        cursor.close()
        return found  # type: ignore[return-value]  # both drivers give tuples

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def number(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """The one number that a query asks for."""
        return int(self.rows(sql, parameters)[0][0])

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """One statement."""
        cursor = self._driver.cursor()
        cursor.execute(self._sql(sql), parameters)
        cursor.close()

    def many(self, sql: str, rows: Iterable[Row]) -> None:
        """One statement for many rows, by the driver's own executemany."""
        cursor = self._driver.cursor()
        cursor.executemany(self._sql(sql), rows)  # type: ignore[arg-type]  # takes any iterable
        cursor.close()

    def insert(
        self, table: str, columns: Sequence[str], rows: Iterable[Row], *, otherwise: str = ""
    ) -> None:
        """Rows, fifty in a statement: that takes SQLite half as long as fifty statements.

        `otherwise` is what is to be done where a row is there already.
        """
        row = f"({', '.join('?' * len(columns))})"
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        one = self._sql(f"{into}{row} {otherwise}")
        many = self._sql(f"{into}{', '.join([row] * _BLOCK)} {otherwise}")
        cursor = self._driver.cursor()
        waiting = iter(rows)
        while block := list(islice(waiting, _BLOCK)):
            if len(block) == _BLOCK:
                cursor.execute(many, list(chain.from_iterable(block)))
            else:
                cursor.executemany(one, block)
        cursor.close()

    def rows_in(self, sql: str, values: Sequence[object], *, chunk: int = 500) -> list[Row]:
        """All rows of a query that ends in `IN`, for any number of values."""
        found: list[Row] = []
        for at in range(0, len(values), chunk):
            part = values[at : at + chunk]
            found += self.rows(f"{sql} ({', '.join('?' * len(part))})", part)
        return found

    def _sql(self, sql: str) -> str:
        return sql.replace("%", "%%").replace("?", "%s") if self._percent else sql


class _FileConnection(sqlite3.Connection):
    """A connection that waits a second time for readers before it gives up what it did."""

    def commit(self) -> None:
        try:
            super().commit()
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            super().commit()


def sqlite_engine(
    path: Path,
    *,
    identities: Path | None = None,
    create: bool = False,
    foreign_keys: bool = True,
    lock_wait_ms: int = LOCK_WAIT_MS,
) -> Engine:
    """An engine on one project file, joined by its identities where they are at hand.

    With `create` the file is made. Without `foreign_keys` tables may be rebuilt: only an upgrade
    does that, and checks the keys before it commits.
    """
    place = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = open_file(place, lock_wait_ms=lock_wait_ms)
        try:
            connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            if identities is not None and identities.is_file() and not is_sealed(identities):
                _attach(connection, identities)
            if create:
                connection.execute("PRAGMA journal_mode=DELETE")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool, max_overflow=-1
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(_READS, False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def open_file(uri: str, *, lock_wait_ms: int = LOCK_WAIT_MS) -> sqlite3.Connection:
    """A bare connection that starts no transaction of its own and may be used in any thread."""
    extra: dict[str, Any] = {}
    if sys.version_info >= (3, 12):  # the default of this argument is going to change
        extra["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    return sqlite3.connect(
        uri,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=lock_wait_ms / 1000,
        factory=_FileConnection,
        **extra,
    )


def _attach(connection: sqlite3.Connection, identities: Path) -> None:
    """Join the identities file, so that one transaction covers both.

    A coder who may not read it works on without names. Anything else that is wrong with it is
    said: who believes that nobody has a name would let names out.
    """
    where = str(identities)
    try:
        connection.execute(
            "ATTACH DATABASE ? AS identity", (f"{identities.absolute().as_uri()}?mode=rw",)
        )
        application = connection.execute("PRAGMA identity.application_id").fetchone()[0]
        version = connection.execute("PRAGMA identity.user_version").fetchone()[0]
        connection.execute("SELECT code FROM identity.person LIMIT 1").fetchone()
    except sqlite3.DatabaseError as problem:
        code = problem.sqlite_errorcode & 0xFF
        if code == sqlite3.SQLITE_CANTOPEN:
            return
        if code == sqlite3.SQLITE_BUSY:
            raise
        raise errors.IdentitiesNotOursError(where=where) from None
    if application != tables.IDENTITIES_APPLICATION_ID:
        raise errors.IdentitiesNotOursError(where=where)
    if version > tables.IDENTITIES_VERSION:
        raise errors.StoreNewerError(where=where, version=version, known=tables.IDENTITIES_VERSION)


def postgres_engine(url: URL, *, lock_wait_ms: int = LOCK_WAIT_MS) -> Engine:
    """An engine on a PostgreSQL database by URL.

    Raises ExtraMissingError where the driver is not installed.
    """
    try:
        import psycopg  # noqa: F401  0.2 s; only where a project lives on a server
    except ImportError as missing:
        raise errors.ExtraMissingError("PostgreSQL", extra="postgres") from missing
    given = str(url.query.get("options", ""))
    engine = sa.create_engine(
        url.update_query_dict({"options": f"{given} -c lock_timeout={lock_wait_ms}".strip()}),
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": 10},
        pool_pre_ping=True,  # a laptop that slept finds its connections dead
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_READS, False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")

    return engine


@contextmanager
def reading(
    engine: Engine, *, where: str, sealed: SealedNames | None = None, kept: Kept | None = None
) -> Iterator[Session]:
    """A transaction that only reads, and sees one state throughout."""
    with saying(where), engine.connect() as raw:
        connection = raw.execution_options(**{_READS: True})
        with connection.begin():
            yield Session(connection, where=where, sealed=sealed, kept=kept)


@contextmanager
def writing(
    engine: Engine,
    *,
    where: str,
    rehearsal: bool = False,
    sealed: SealedNames | None = None,
    kept: Kept | None = None,
) -> Iterator[Session]:
    """A transaction that holds the write lock; rolled back whole on any exception.

    A rehearsal is rolled back whatever happens. Sealed identities are written just before the
    commit: a name without its participant harms nobody, a participant without a name could be
    taken for one who has none.
    """
    names = None if sealed is None else sealed.in_act()
    with saying(where), engine.connect() as connection, connection.begin() as transaction:
        yield Session(connection, where=where, rehearsal=rehearsal, sealed=names, kept=kept)
        if rehearsal:
            transaction.rollback()
        elif names is not None:
            names.write_back()


def is_url(project: str) -> bool:
    """True for a database URL, False for a path."""
    return project.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def without_password(url: str) -> str:
    """A URL as it may be shown."""
    shown = _parsed(url).difference_update_query(("password", "sslpassword"))
    return shown.render_as_string(hide_password=True)


def driver_url(url: str) -> URL:
    """The URL with the driver that we use."""
    return _parsed(url).set(drivername="postgresql+psycopg")


def _parsed(url: str) -> URL:
    try:
        return sa.make_url(url)
    except (ArgumentError, ValueError):
        # The text may hold a password, so it is not shown.
        raise errors.StoreUnreachableError(where="the project's URL") from None

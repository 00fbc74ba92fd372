"""The store of one project: open it, read in one transaction, act in another.

Who wants rows asks `queries`; who changes something opens an act. Nothing of SQLAlchemy or of a
driver leaves this room.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from qualcode import errors
from qualcode.store import acts, clock, engine, identities, log, reverting, tables
from qualcode.store.engine import Session
from qualcode.store.files import appearing
from qualcode.store.kinds import PROJECT, Record
from qualcode.store.sealed import SealedNames, is_sealed

SUFFIX = ".qualcode"


class Store:
    """One open project, for any number of threads. Close it, or use it in `with`.

    An act within an act, or one that ends while its own thread is still reading, waits for itself:
    within an act, read by the act's session.
    """

    def __init__(
        self,
        raw: Engine,
        *,
        where: str,
        path: Path | None,
        lock_wait_ms: int = engine.LOCK_WAIT_MS,
        passphrase: str | None = None,
    ) -> None:
        self.where = where
        self.path = path
        self.lock_wait_ms = lock_wait_ms
        self._engine = raw
        self._place = None if path is None else path.absolute()
        self._file = _file_at(self._place)
        self._passphrase = passphrase
        self._names_place = None if path is None else identities.beside(path)
        self._names_file = _file_at(self._names_place)
        self._sealed = self._sealed_names()
        self._kept: engine.Kept = {}

    @property
    def engine(self) -> Engine:
        """The engine, for this room only."""
        return self._engine

    @property
    def names_place(self) -> Path | None:
        """Where the identities file lies or would lie; None on a server."""
        return self._names_place

    @property
    def sealed_names(self) -> SealedNames | None:
        """The identities where they lie in a sealed file, open or not; else None."""
        self._follow_names()
        return self._sealed

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the store; raises StoreMissingError or StoreReplacedError."""
        self._check_place()
        self._follow_names()
        with engine.reading(
            self._engine, where=self.where, sealed=self._sealed, kept=self._kept
        ) as session:
            _check_version(session)
            yield session

    @contextmanager
    def act(self, verb: str, *, by: str, at: datetime) -> Iterator[acts.Act]:
        """One act of one coder: all of it is saved at the end, or nothing.

        Raises StoreMissingError or StoreReplacedError where the file that was opened no longer
        stands at its path: what is written into it, nobody would find.
        """
        self._check_place()
        self._follow_names()
        with engine.writing(
            self._engine, where=self.where, sealed=self._sealed, kept=self._kept
        ) as session:
            yield self._begun(session, verb, by=by, at=at)
            self._check_place()

    @contextmanager
    def rehearsing(self, verb: str, *, by: str, at: datetime) -> Iterator[acts.Act]:
        """The same act, taken back at its end whatever happens: a dry run cannot disagree."""
        self._check_place()
        self._follow_names()
        with engine.writing(
            self._engine,
            where=self.where,
            rehearsal=True,
            sealed=self._sealed,
            kept=self._kept,
        ) as session:
            yield self._begun(session, verb, by=by, at=at)
            self._check_place()

    @contextmanager
    def names_written(self) -> Iterator[Session]:
        """A transaction that writes the identities alone: it leaves nothing in the log of changes.

        Raises StoreMissingError or StoreReplacedError.
        """
        self._check_place()
        self._follow_names()
        with engine.writing(
            self._engine, where=self.where, sealed=self._sealed, kept=self._kept
        ) as session:
            _check_version(session)
            yield session
            self._check_place()

    def undo(self, *, by: str, at: datetime, among: Collection[str] | None = None) -> acts.Act:
        """Take the coder's latest act back, where it is one of these verbs; by default any.

        Raises NothingToUndoError, ChangedSinceError, or NotUndoneHereError of another verb.
        """
        with self.act(reverting.UNDO, by=by, at=at) as act:
            act.undo_latest()
            if among is not None:
                act.check_reverted(among)
        return act

    def redo(self, *, by: str, at: datetime, among: Collection[str] | None = None) -> acts.Act:
        """Do again what the coder's latest undo took back; otherwise as `undo`."""
        with self.act(reverting.REDO, by=by, at=at) as act:
            act.redo_latest()
            if among is not None:
                act.check_reverted(among)
        return act

    def hold_identities(self) -> None:
        """Make sure that names have a place of their own; once for a project.

        It stays, empty, where the act that needed it does not come to its end.
        """
        with self.reading() as session:
            if self.path is None or identities.at_hand(session):
                return
        beside = identities.beside(self.path)
        if not beside.exists():
            with contextlib.suppress(errors.FileExistsAlreadyError):  # another process was quicker
                identities.create_file(beside)
        self._engine.dispose()  # connections made before know nothing of the new file

    @contextmanager
    def apart(self) -> Iterator[Engine]:
        """An engine on the project without its identities, for this room only."""
        if self.path is None:
            yield self._engine
            return
        raw = engine.sqlite_engine(self.path, lock_wait_ms=self.lock_wait_ms)
        try:
            yield raw
        finally:
            raw.dispose()

    def close(self) -> None:
        """Let go of the file or the server, and of what was worked out of its names."""
        self._engine.dispose()
        self._kept.clear()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_place(self) -> None:
        """Make sure that the file which was opened still stands at its path."""
        if self._place is None or self._file is None:
            return
        now = _file_at(self._place)
        if now is None:
            raise errors.StoreMissingError(where=self.where, gone=True)
        if now != self._file:
            raise errors.StoreReplacedError(where=self.where)

    def _follow_names(self) -> None:
        """Take in that the identities were sealed, opened for good, made or put back meanwhile."""
        now = _file_at(self._names_place)
        if now == self._names_file:
            return
        self._names_file = now
        self._kept.clear()
        sealed = self._sealed_names()
        if sealed is None or self._sealed is None:  # else it reads the file anew by itself
            self._sealed = sealed
            self._engine.dispose()  # connections made before hold the file that was there

    def _sealed_names(self) -> SealedNames | None:
        place = self._names_place
        if place is None or not is_sealed(place):
            return None
        return SealedNames(place, self._passphrase)

    def _begun(self, session: Session, verb: str, *, by: str, at: datetime) -> acts.Act:
        _check_version(session)
        return acts.Act(session, verb=verb, by=by, at_ms=clock.milliseconds(at))


def _file_at(place: Path | None) -> tuple[int, int] | None:
    """What makes the file at a path the same as before: its device and inode; None without one.

    Some file systems of Windows number no files: there it is only looked whether one is there.
    """
    if place is None:
        return None
    try:
        facts = place.stat()
    except OSError:
        return None
    return (facts.st_dev, facts.st_ino) if facts.st_ino else (0, 0)


def create_store(
    place: str,
    *,
    name: str,
    language: str,
    first_act: tuple[str, Callable[[acts.Act], object]] | None = None,
    by: str,
    at: datetime,
) -> Store:
    """A new project at a path or in a database, empty but for what its first act says.

    The act, a verb and what it does, is in it before anybody can find it: killed at any moment,
    there is a project with it, or none.

    Raises FileExistsAlreadyError where a project, or the names of another, are there already.
    """
    uid = uuid.UUID(bytes=clock.new_ids(1, at_ms=clock.milliseconds(at), newest=None)[0]).hex
    created = at.astimezone(UTC).isoformat()
    facts = Record(
        PROJECT, (), {"uid": uid, "name": name, "language": language, "created": created}
    )

    def found(session: Session) -> None:
        _lay_tables(session)
        at_ms = clock.milliseconds(at)
        acts.Act(session, verb=reverting.FOUND, by=by, at_ms=at_ms).ensure([facts])
        if first_act is not None:
            verb, doing = first_act
            doing(acts.Act(session, verb=verb, by=by, at_ms=at_ms))

    if engine.is_url(place):
        _found_in_database(place, found)
    else:
        _found_in_file(Path(place), found)
    return open_store(place)


def open_store(
    place: str,
    *,
    lock_wait_ms: int = engine.LOCK_WAIT_MS,
    as_found: bool = False,
    passphrase: str | None = None,
) -> Store:
    """The project at a path or in a database, upgraded if it was made by an older program.

    Raises StoreMissingError, StoreNotOursError, StoreDamagedError, StoreNewerError,
    StoreOlderError (PostgreSQL: an upgrade is asked for by hand) or StoreUnreachableError. With
    `as_found` nothing is checked or upgraded, which is for the doctor alone. `passphrase` opens
    sealed identities; without it everything works but naming.
    """
    if engine.is_url(place):
        store = Store(
            engine.postgres_engine(engine.driver_url(place), lock_wait_ms=lock_wait_ms),
            where=engine.without_password(place),
            path=None,
            lock_wait_ms=lock_wait_ms,
        )
        settle = _settle_database
    else:
        path = Path(place)
        if not _is_file(path):
            raise errors.StoreMissingError(where=place)
        store = Store(
            engine.sqlite_engine(
                path, identities=identities.beside(path), lock_wait_ms=lock_wait_ms
            ),
            where=place,
            path=path,
            lock_wait_ms=lock_wait_ms,
            passphrase=passphrase,
        )
        settle = _settle_file
    try:
        settle(store, as_found=as_found)
    except BaseException:
        store.close()
        raise
    return store


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError as problem:  # a folder on the way that may not be entered
        raise errors.StoreUnreadableError(where=str(path)) from problem


def stored_version(session: Session) -> int | None:
    """The version that a database says it has, or None where no project is there."""
    return _said_version(session) if session.is_sqlite or _has_a_project(session) else None


def _said_version(session: Session) -> int | None:
    row = session.row("SELECT value FROM meta WHERE key = 'store_version'")
    return int(row[0]) if row is not None and row[0].isdigit() else None


def _has_a_project(session: Session) -> bool:
    """True where a PostgreSQL database holds the tables of a project."""
    return session.row("SELECT to_regclass('meta')") not in (None, (None,))


def _found_in_file(path: Path, found: Callable[[Session], None]) -> None:
    names = identities.beside(path)
    if names.exists():
        # They are another project's, and its participants would lend their names to this one's.
        raise errors.FileExistsAlreadyError(where=str(names))
    with appearing(path) as draft:
        raw = engine.sqlite_engine(draft, create=True)
        try:
            with engine.writing(raw, where=str(path)) as session:
                found(session)
                session.run(f"PRAGMA application_id={tables.APPLICATION_ID}")
                session.run(f"PRAGMA user_version={tables.STORE_VERSION}")
        finally:
            raw.dispose()


def _found_in_database(url: str, found: Callable[[Session], None]) -> None:
    where = engine.without_password(url)
    raw = engine.postgres_engine(engine.driver_url(url))
    try:
        with engine.writing(raw, where=where) as session:
            (encoding,) = session.rows("SHOW server_encoding")[0]
            if encoding != "UTF8":
                raise errors.StoreEncodingError(encoding, where=where)
            if stored_version(session) is not None:
                raise errors.FileExistsAlreadyError(where=where)
            identities.create_schema(session)
            found(session)
    finally:
        raw.dispose()


def _lay_tables(session: Session) -> None:
    """The tables of the newest version, empty."""
    # What is in a database already is somebody else's, and not to be taken for ours.
    tables.metadata.create_all(session.connection, checkfirst=False)
    session.many(
        "INSERT INTO meta (key, value) VALUES (?, ?)",
        [("store_version", str(tables.STORE_VERSION)), ("log_seal", log.EMPTY_SEAL)],
    )


def _settle_file(store: Store, *, as_found: bool) -> None:
    """Make sure that a file is a project of this version, upgrading an older one."""
    if as_found:
        return
    with engine.reading(store.engine, where=store.where) as session:
        if session.number("PRAGMA application_id") != tables.APPLICATION_ID:
            raise errors.StoreNotOursError(where=store.where)
        version = session.number("PRAGMA user_version")
        if is_cut_off(session, store.path):
            raise errors.StoreDamagedError(where=store.where)
    if version > tables.STORE_VERSION:
        raise errors.StoreNewerError(where=store.where, version=version, known=tables.STORE_VERSION)
    if version < tables.STORE_VERSION:
        from qualcode.store.upgrade import upgrade_file  # Alembic costs 0.1 s; seldom needed

        upgrade_file(store)


def is_cut_off(session: Session, path: Path | None) -> bool:
    """True of a file that lacks the end of its last page, which SQLite takes for zeros unsaid.

    Raises StoreMissingError where the file was taken away since it was opened.
    """
    if path is None or session.rows("PRAGMA main.journal_mode") == [("wal",)]:
        return False  # another program's journal may hold pages that the file does not hold yet
    pages = session.number("PRAGMA main.page_count")
    try:
        size_bytes = path.stat().st_size
    except OSError:
        raise errors.StoreMissingError(where=session.where, gone=True) from None
    return size_bytes < pages * session.number("PRAGMA main.page_size")


def _settle_database(store: Store, *, as_found: bool) -> None:
    """Make sure that a database holds a project, of this version unless `as_found`."""
    with engine.reading(store.engine, where=store.where) as session:
        if not _has_a_project(session) or (stored_version(session) is None and not as_found):
            raise errors.StoreMissingError(where=store.where)
        if not as_found:
            _check_version(session)


def _check_version(session: Session) -> None:
    """Another process may have upgraded the store since it was opened: never act on that."""
    version = _said_version(session)
    known = tables.STORE_VERSION
    if version is None:
        raise errors.StoreDamagedError(where=session.where)
    if version > known:
        raise errors.StoreNewerError(where=session.where, version=version, known=known)
    if version < known:
        raise errors.StoreOlderError(where=session.where, version=version, known=known)

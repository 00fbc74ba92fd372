"""The driver's errors in our words.

Every way into a database goes through `saying`. A driver's own message may quote words of an
interview, so it is never passed on: what counts is its code.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from qualcode import errors


class BrokenRowError(Exception):
    """A row or an event that no program of ours could have written."""


@contextmanager
def saying(where: str) -> Iterator[None]:
    """Turn a driver's exception into the sentence for a store at `where`."""
    try:
        yield
    except BrokenRowError:
        raise errors.StoreDamagedError(where=where) from None
    except _driver_errors() as problem:
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        said = None if cause is None else _in_our_words(cause, where)
        if said is None:
            raise
        raise said from None


def _driver_errors() -> tuple[type[Exception], ...]:
    psycopg = sys.modules.get("psycopg")  # where it was never imported, nothing of it was raised
    ours = (DBAPIError, sqlite3.Error)
    return ours if psycopg is None else (*ours, psycopg.Error)


_Said = Callable[..., errors.StoreError]

_BY_SQLITE_CODE: Final[dict[int, _Said]] = {
    sqlite3.SQLITE_BUSY: errors.StoreLockedError,
    sqlite3.SQLITE_LOCKED: errors.StoreLockedError,
    sqlite3.SQLITE_PROTOCOL: errors.StoreLockedError,
    sqlite3.SQLITE_READONLY: errors.StoreReadOnlyError,
    sqlite3.SQLITE_PERM: errors.StoreReadOnlyError,
    sqlite3.SQLITE_FULL: errors.StoreFullError,
    sqlite3.SQLITE_IOERR: errors.StoreDiskError,
    sqlite3.SQLITE_CORRUPT: errors.StoreDamagedError,
    sqlite3.SQLITE_CANTOPEN: errors.StoreUnreadableError,
    sqlite3.SQLITE_NOTADB: errors.StoreNotOursError,
    # SQLite itself looks, before it writes, whether the file still stands at its path.
    sqlite3.SQLITE_READONLY_DBMOVED: errors.StoreReplacedError,
    # A limit on a user's room fails the write; the message has no words for whose limit it was.
    sqlite3.SQLITE_IOERR_WRITE: errors.StoreFullError,
    sqlite3.SQLITE_IOERR_SHORT_READ: errors.StoreDamagedError,
    sqlite3.SQLITE_IOERR_CORRUPTFS: errors.StoreDamagedError,
}

_UNFINISHED: Final = frozenset({sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY})
"""A journal lies beside the file and has to be rolled back, where nobody may write."""

_BY_POSTGRES_STATE: Final[dict[str, _Said]] = {
    "08": errors.StoreUnreachableError,
    "25006": errors.StoreReadOnlyError,
    "28": errors.StoreUnreachableError,
    "3D000": errors.StoreMissingError,
    "3F000": errors.StoreMissingError,
    "40P01": errors.StoreLockedError,
    "42501": errors.StoreReadOnlyError,
    "42P01": errors.StoreMissingError,
    "42P07": errors.StoreNotOursError,
    "53100": errors.StoreFullError,
    "53300": errors.StoreUnreachableError,
    "55P03": errors.StoreLockedError,
    "57P": errors.StoreUnreachableError,
    "XX001": errors.StoreDamagedError,
    "XX002": errors.StoreDamagedError,
}
"""By the whole state, or by the class that it begins with."""


def _in_our_words(problem: BaseException, where: str) -> errors.StoreError | None:
    if isinstance(problem, sqlite3.Error):
        return _of_sqlite(problem, where)
    state = getattr(problem, "sqlstate", None)
    if state is None:
        # A connection that could not be made, or broke, has no state of the server's.
        return errors.StoreUnreachableError(where=where) if _is_lost(problem) else None
    for length in (5, 3, 2):
        said = _BY_POSTGRES_STATE.get(state[:length])
        if said is not None:
            return said(where=where)
    return None


def _is_lost(problem: BaseException) -> bool:
    psycopg = sys.modules.get("psycopg")
    return psycopg is not None and isinstance(problem, psycopg.OperationalError)


def _of_sqlite(problem: sqlite3.Error, where: str) -> errors.StoreError | None:
    code = getattr(problem, "sqlite_errorcode", None)
    if code is None:
        # The driver itself complains of bytes that are not UTF-8; the rest would be our mistakes.
        undecodable = isinstance(problem, sqlite3.OperationalError)
        return errors.StoreDamagedError(where=where) if undecodable else None
    if code in _UNFINISHED:
        return errors.StoreReadOnlyError(where=where, unfinished=True)
    said = _BY_SQLITE_CODE.get(code) or _BY_SQLITE_CODE.get(code & 0xFF)
    if said is None and code & 0xFF == sqlite3.SQLITE_ERROR and _lacks_a_table(problem):
        said = errors.StoreDamagedError
    return None if said is None else said(where=where)


def _lacks_a_table(problem: sqlite3.Error) -> bool:
    return str(problem).startswith(("no such table", "no such column"))

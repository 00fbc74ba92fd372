"""Looking a store over, telling the truth about it, and mending what the log can mend.

The log and the texts are the sources: where they are whole, every other table can be made anew.
Where they are not, there is only the backup, and the doctor says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from qualcode import errors
from qualcode.model.examination import Examination, Finding, Mending, StoreFacts
from qualcode.store import backup, checks, engine, identities, log, projection, sealed, tables
from qualcode.store.engine import Session
from qualcode.store.fold import ERASE
from qualcode.store.kinds import KINDS
from qualcode.store.store import Store, stored_version


@dataclass(frozen=True, slots=True)
class _Check:
    """One check, what is said where it cannot even read, and whether that rules mending out."""

    name: str
    look: Callable[[Session], Iterable[Finding]]
    unreadable: str
    decides: bool = False


_STRUCTURE: Final = _Check(
    "structure",
    checks.structure,
    "the file cannot be read as a database: it is damaged, or something else",
    decides=True,
)
_CHECKS: Final = (
    _Check("shape", checks.shape, "the list of tables cannot be read", decides=True),
    _Check("seal", checks.seal, "the log of changes cannot be read to its end", decides=True),
    _Check("texts", checks.texts, "the texts cannot all be read", decides=True),
    _Check("markings", checks.markings, "what the store says of itself cannot be read"),
    _Check("references", checks.references, "what records refer to cannot be read"),
    _Check("places", checks.places, "turns or codings cannot all be read"),
    _Check("agreement", checks.agreement, "the records cannot all be read"),
    _Check("journal", checks.journal, "the kind of journal cannot be read"),
)
_NO_GROUND: Final = frozenset({"integrity", "shape", "log-seal"}) | {
    f"{check.name}-unreadable" for check in (_STRUCTURE, *_CHECKS) if check.decides
}
"""Findings after which there is nothing to build on."""

_LEFT_OVER: Final = "identities-left-over"

_DAMAGE: Final = (
    errors.StoreDamagedError,
    errors.StoreDiskError,
    errors.StoreMissingError,
    errors.StoreNotOursError,
    DBAPIError,
    sqlite3.Error,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
)
"""What reading bytes that nobody wrote can end in."""

_Answer = TypeVar("_Answer")


def examine(store: Store) -> Examination:
    """Everything that can be found out about a store; changes nothing, and believes nothing.

    Raises only what keeps it from looking at all: StoreLockedError, StoreNewerError,
    StoreOlderError, StoreReadOnlyError (a journal to roll back) or StoreUnreachableError.
    """
    with store.apart() as raw:
        _check_version(store, raw)
        findings = _found(store, raw, _STRUCTURE)
        if all(finding.code != "structure-unreadable" for finding in findings):
            for check in _CHECKS:
                findings += _found(store, raw, check)
            findings += _names(store)
        findings += _left_over(store)
        return Examination(_facts(store, raw), tuple(findings))


def mend(store: Store, *, at: datetime) -> Mending:
    """Make the tables anew from the log, after a verified backup, where there is ground for it.

    A store of an older version is upgraded first, on a server too: who asks for mending has backed
    it up. Damage to the log, the texts or the file itself stays, and is among the findings after.
    """
    older, kept = _upgraded(store)
    before = examine(store)
    codes = {finding.code for finding in before.findings}
    if _LEFT_OVER in codes:
        _sweep(store)
    mendable = {finding.code for finding in before.findings if finding.mendable} - {_LEFT_OVER}
    if codes & _NO_GROUND or not mendable:
        return Mending(before, examine(store) if _LEFT_OVER in codes else before, kept, older)
    if store.path is not None:
        kept = str(backup.automatic(store, at=at))
    with store.apart() as raw:
        with engine.writing(raw, where=store.where) as session:
            projection.rebuild(session)
            checks.refresh_sketches(session)
        if "journal-mode" in codes:
            _return_to_rollback_journal(store, raw)
    return Mending(before, examine(store), kept, older)


def _upgraded(store: Store) -> tuple[int | None, str | None]:
    """The version that an older store had before it was upgraded here, and the backup of it."""
    with store.apart() as raw:
        version = _asked(store, raw, stored_version)
    if version is None or version >= tables.STORE_VERSION:
        return None, None
    from qualcode.store import upgrade  # Alembic costs 0.1 s; seldom needed

    if store.path is None:
        return (version if upgrade.upgrade_url(store) else None), None
    kept = upgrade.upgrade_file(store)
    return (None, None) if kept is None else (version, str(kept))


def _found(store: Store, raw: Engine, check: _Check) -> list[Finding]:
    """What a check finds, or that it could not be made."""
    try:
        with engine.reading(raw, where=store.where) as session:
            return list(check.look(session))
    except _DAMAGE:
        mend = checks.GO_BACK if check.decides else checks.FIX
        code = f"{check.name}-unreadable"
        return [Finding(code, check.unreadable, store.where, mend, mendable=not check.decides)]


def _names(store: Store) -> list[Finding]:
    """The identities are looked at with the store's own engine, which joins them."""
    names = store.sealed_names
    try:
        if names is not None and names.is_open:
            names.register()
        with engine.reading(store.engine, where=store.where) as session:
            return list(checks.names(session))
    except (errors.IdentitiesNotOursError, errors.WrongPassphraseError) as problem:
        return [Finding("identities", problem.what, problem.where or "", problem.mend or "")]


def _left_over(store: Store) -> list[Finding]:
    """Files of names that a write left which was cut off: in them names can lie open."""
    names = store.names_place
    return [
        Finding(
            _LEFT_OVER,
            "names can lie open in it: a write of the identities left it when it was cut off",
            left.name,
            "qualcode doctor --fix overwrites and deletes it.",
            mendable=True,
        )
        for left in (() if names is None else sealed.left_overs(names))
    ]


def _sweep(store: Store) -> None:
    names = store.names_place
    if names is not None:
        with store.apart() as raw, engine.writing(raw, where=store.where):
            sealed.sweep(names)


def _return_to_rollback_journal(store: Store, raw: Engine) -> None:
    store.close()  # the mode is changed only while nobody else has the file open
    raw.dispose()
    with closing(raw.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA main.journal_mode=DELETE")


def _check_version(store: Store, raw: Engine) -> None:
    """A store of another version is not damaged, and its tables are not ours to judge."""

    def versions(session: Session) -> set[int | None]:
        marked = {session.number("PRAGMA user_version")} if session.is_sqlite else set()
        return marked | {stored_version(session)}

    found = _asked(store, raw, versions) or set()
    if len(found) != 1 or found <= {None, tables.STORE_VERSION}:
        return  # damage to either number is for the checks to say
    (version,) = found
    assert version is not None
    said = errors.StoreNewerError if version > tables.STORE_VERSION else errors.StoreOlderError
    raise said(where=store.where, version=version, known=tables.STORE_VERSION)


def _facts(store: Store, raw: Engine) -> StoreFacts:
    known = [*KINDS, ERASE]

    def number(sql: str, parameters: Iterable[str] = ()) -> int | None:
        return _asked(store, raw, lambda session: session.number(sql, tuple(parameters)))

    def text(sql: str) -> str | None:
        return _asked(store, raw, lambda session: str(session.rows(sql)[0][0]))

    if store.path is not None:
        database: str = f"SQLite {sqlite3.sqlite_version}"
        size: int | None = store.path.stat().st_size
        journal = text("PRAGMA main.journal_mode")
    else:
        database = f"PostgreSQL {text('SHOW server_version') or ''}".strip()
        size = number("SELECT pg_database_size(current_database())")
        journal = None
    names = store.sealed_names
    return StoreFacts(
        database=database,
        size_bytes=size,
        store_version=_asked(store, raw, stored_version),
        events=_asked(store, raw, log.count),
        unknown_events=number(
            f"SELECT count(*) FROM event WHERE kind NOT IN ({', '.join('?' * len(known))})", known
        ),
        transcripts=number("SELECT count(*) FROM transcript WHERE live = 1"),
        codings=number("SELECT count(*) FROM coding WHERE live = 1"),
        journal=journal,
        identities=bool(_asked(store, store.engine, identities.at_hand))
        or (names is not None and names.is_open),
        sealed=names is not None,
    )


def _asked(store: Store, raw: Engine, question: Callable[[Session], _Answer]) -> _Answer | None:
    """The answer of a store, or None where it can give none."""
    try:
        with engine.reading(raw, where=store.where) as session:
            return question(session)
    except (*_DAMAGE, errors.IdentitiesNotOursError):
        return None

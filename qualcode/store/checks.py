"""The single checks of a store, each a function that reads and says what it found.

A check believes nothing: it may meet any bytes, and whatever it trips over is for `doctor` to
catch. Sentences name counts and kinds of records, never their words.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy.dialects import sqlite

from qualcode.model.examination import Finding
from qualcode.store import log, readback, tables
from qualcode.store.engine import Session
from qualcode.store.fold import fold
from qualcode.store.identities import at_hand
from qualcode.store.kinds import KINDS, Kind, body_of, canonical
from qualcode.store.versions import current_uid, stands
from qualcode.text.similarity import fingerprint

GO_BACK: Final = "Go back to the last backup."
FIX: Final = "Run: qualcode doctor --fix"

_TEXTS_CHUNK: Final = 200
"""Texts read at a time: some 12 MB."""


def structure(session: Session) -> Iterator[Finding]:
    """The file as SQLite sees it."""
    damaged = damaged_places(session)
    if damaged:
        yield Finding("integrity", f"damaged places in the file: {damaged}", session.where, GO_BACK)


def shape(session: Session) -> Iterator[Finding]:
    """The tables against those that this program makes."""
    if not session.is_sqlite:
        return
    changed = []
    for name, table in tables.metadata.tables.items():
        expected = {column.name: column.type.compile(sqlite.dialect()) for column in table.columns}
        found = {row[1]: row[2] for row in session.rows(f"PRAGMA main.table_info({name})")}
        if found != expected:
            changed.append(name)
    if changed:
        yield Finding(
            "shape", "tables that are not as this program made them", ", ".join(changed), GO_BACK
        )


def references(session: Session) -> Iterator[Finding]:
    """Rows that refer to something which is not there."""
    if not session.is_sqlite:
        return  # PostgreSQL does not let them come about
    counts = Counter(row[0] for row in session.rows("PRAGMA main.foreign_key_check"))
    if counts:
        yield Finding(
            "references",
            f"rows that refer to something missing: {_listed(counts)}",
            ", ".join(sorted(counts)),
            FIX,
            mendable=True,
        )


def markings(session: Session) -> Iterator[Finding]:
    """What the store says of its own version and project."""
    stored = session.row("SELECT value FROM meta WHERE key = 'store_version'")
    says = {stored[0] if stored else None}
    if session.is_sqlite:
        says.add(str(session.number("PRAGMA user_version")))
        if session.number("PRAGMA application_id") != tables.APPLICATION_ID:
            yield Finding(
                "application-id",
                "the file no longer says that it is a qualcode project",
                session.where,
                GO_BACK,
            )
    if says != {str(tables.STORE_VERSION)}:
        yield Finding("store-version", "the store's version is unclear", "meta", GO_BACK)
    uid = session.row("SELECT uid FROM project WHERE live = 1")
    if uid is None or not uid[0]:
        yield Finding(
            "project-uid", "the project does not say which one it is", "project", FIX, mendable=True
        )


def seal(session: Session) -> Iterator[Finding]:
    """The log against its seal."""
    if log.stored_seal(session) != log.computed_seal(session):
        yield Finding(
            "log-seal",
            "the log of changes is not as it was written: something was altered or is missing",
            "event",
            GO_BACK,
        )


def texts(session: Session) -> Iterator[Finding]:
    """Every text against its sha256, and what was computed from it against the text."""
    altered = stale = 0
    for sha256, words_sha256, sketch, body in _texts(session):
        fresh = fingerprint(body)
        if hashlib.sha256(body.encode()).hexdigest() != sha256:
            altered += 1
        elif (words_sha256, sketch) != (fresh.words_digest, fresh.sketch):
            stale += 1
    if altered:
        yield Finding(
            "text-sha256",
            f"texts that are no longer what was imported: {altered}",
            "text",
            GO_BACK,
        )
    if stale:
        yield Finding(
            "text-sketch",
            f"texts whose sketch, by which doubles are found, is wrong: {stale}",
            "text",
            FIX,
            mendable=True,
        )


def places(session: Session) -> Iterator[Finding]:
    """Turns and codings inside their text, and every version with its text."""
    lengths: dict[str, int] = dict(session.rows("SELECT sha256, length(body) FROM text"))
    versions = session.rows(
        f"SELECT v.id, v.text_sha256, v.characters FROM version v WHERE {stands('v')}"
    )
    missing = sum(sha256 not in lengths for _, sha256, _ in versions)
    if missing:
        yield Finding(
            "text-missing", f"transcripts whose text is not there: {missing}", "version", GO_BACK
        )
    held = {local: lengths[sha256] for local, sha256, _ in versions if sha256 in lengths}
    miscounted = sum(local in held and held[local] != said for local, _, said in versions)
    if miscounted:
        yield Finding(
            "characters",
            f"transcripts whose text is longer or shorter than was said: {miscounted}",
            "version",
            GO_BACK,
        )
    for table, live in (("turn", ""), ("coding", " WHERE live = 1")):
        ends = session.rows(f"SELECT version_id, end_cp FROM {table}{live}")
        outside = sum(local in held and end > held[local] for local, end in ends)
        if outside:
            yield Finding(
                f"{table}-outside",
                f"{table}s that leave their text: {outside}",
                table,
                GO_BACK,
            )
    astray = session.number(
        "SELECT count(*) FROM coding c JOIN version v ON v.id = c.version_id"
        " LEFT JOIN transcript t ON t.id = v.transcript_id"
        " WHERE c.live = 1 AND (t.live IS NULL OR t.live = 0"
        f" OR {current_uid('v.transcript_id')} IS NULL)"
    )
    if astray:
        yield Finding(
            "coding-astray",
            f"codings on transcripts that are not in the project: {astray}",
            "coding",
            "Import the transcripts' files again: the codings are on them.",
        )


def agreement(session: Session) -> Iterator[Finding]:
    """The tables against what the log means."""
    state = fold(log.read(session))
    said: dict[str, dict[str, tuple[bytes, str | None]]] = defaultdict(dict)
    for (name, key), record in state.records.items():
        said[name][key] = record
    differing: Counter[str] = Counter()
    for name, kind in KINDS.items():
        expected = said[name]
        for place, (ev, body) in readback.of_kind(session, kind):
            meant_ev, meant = expected.pop(canonical(place), (b"", None))
            differing[name] += meant_ev != ev or _meant(kind, meant) != body
        differing[name] += len(expected)
    erased = {scope for (scope,) in session.rows("SELECT scope FROM erased")}
    differing["erasure"] = len(erased ^ state.erased)
    if differing.total():
        yield Finding(
            "projection",
            f"records that are not what the log of changes says: {_listed(+differing)}",
            ", ".join(sorted(+differing)),
            FIX,
            mendable=True,
        )


def names(session: Session) -> Iterator[Finding]:
    """The identities, where they are at hand."""
    if session.is_sqlite and at_hand(session):
        found = session.rows("PRAGMA identity.integrity_check")
        if found != [("ok",)]:
            yield Finding(
                "identities",
                f"damaged places in the identities file: {len(found)}",
                "identity",
                "Put back the last copy of the identities file.",
            )


def journal(session: Session) -> Iterator[Finding]:
    """The kind of journal; one that a killed program left behind is cleared away by SQLite."""
    mode = session.rows("PRAGMA main.journal_mode")[0][0] if session.is_sqlite else "delete"
    if mode != "delete":
        yield Finding(
            "journal-mode",
            f"another program has set the journal to '{mode}': a copy of the file alone may lack "
            "the last acts",
            session.where,
            FIX,
            mendable=True,
        )


def damaged_places(session: Session) -> int:
    """How many faults SQLite itself finds in the structure of the file, up to a hundred."""
    if not session.is_sqlite:
        return 0
    found = session.rows("PRAGMA main.integrity_check")
    return 0 if found == [("ok",)] else len(found)


def altered_texts(session: Session) -> int:
    """How many texts are no longer what their sha256 says."""
    return sum(
        hashlib.sha256(body.encode()).hexdigest() != sha256
        for sha256, _, _, body in _texts(session)
    )


def refresh_sketches(session: Session) -> None:
    """Compute anew what is kept beside each text."""
    for sha256, _, _, body in _texts(session):
        fresh = fingerprint(body)
        session.run(
            "UPDATE text SET words_sha256 = ?, sketch = ? WHERE sha256 = ?",
            (fresh.words_digest, fresh.sketch, sha256),
        )


def _texts(session: Session) -> Iterator[tuple[Any, ...]]:
    keys = [sha256 for (sha256,) in session.rows("SELECT sha256 FROM text ORDER BY sha256")]
    for at in range(0, len(keys), _TEXTS_CHUNK):
        yield from session.rows_in(
            "SELECT sha256, words_sha256, sketch, body FROM text WHERE sha256 IN",
            keys[at : at + _TEXTS_CHUNK],
        )


def _meant(kind: Kind, body: str | None) -> dict[str, Any] | None:
    """An event's body as the tables can hold it."""
    meant = body_of(body)
    return None if meant is None else kind.known(meant)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))

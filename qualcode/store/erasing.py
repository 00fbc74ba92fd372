"""Erasing for good: what was said of somebody leaves the log, the tables, the names and the disk.

A scope is the uid of a transcript, a participant's own, or one event in which somebody else is
spoken of. Its events stay as tombstones that say when something was done and no longer what; the
scope itself stays in the log, so that a copy which still holds the words does not bring them back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from qualcode.store import kinds, log, readback
from qualcode.store.engine import Session
from qualcode.store.fold import KNOWN_CASES, scope_alone
from qualcode.store.kinds import Key, Kind, Record, body_of, canonical_key, key_of
from qualcode.store.records import participant_scope
from qualcode.store.sayings import saying
from qualcode.store.store import Store


def erased_participants(session: Session) -> tuple[str, ...]:
    """The codes of those who were erased, in order."""
    prefix = participant_scope("")
    return tuple(
        sorted(
            scope.removeprefix(prefix)
            for (scope,) in session.rows("SELECT scope FROM erased")
            if scope.startswith(prefix)
        )
    )


Anew = Callable[[Kind, str, str], str | None]
"""How words are to be from now on, by the kind, the field and what stands there."""


def reworded(
    session: Session, anew: Anew, *, without: Collection[str], with_book: bool
) -> list[Record]:
    """The records in which the team wrote, as `anew` says each of their words are to be.

    Records of the scopes `without` are left out, and so are those in which nothing changes; with
    `with_book` codes and the codebook are among them. A summary goes with its case: where a place
    or an attribute is called otherwise now, it is under that name.
    """
    found = []
    for kind, names in _written(with_book).items():
        for key, standing in readback.of_kind(session, kind):
            if standing.body is None:
                continue
            new = {**standing.body, **_said_anew(kind, names, standing.body, anew)}
            new_key = _new_key(kind, key, anew)
            if new == standing.body and new_key == key:
                continue
            scope = log.scope_of(session, standing.ev)
            if scope not in without:
                found += [Record(kind, key, None, scope)] if new_key != key else []
                found.append(Record(kind, new_key, new, scope))
    return found


def earlier_wordings(
    session: Session, anew: Anew, *, without: Collection[str], with_book: bool
) -> list[str]:
    """The events, each as a scope of its own, in which words stand that `anew` says otherwise.

    Those of the scopes `without` are left out. Asked once the records say what they are to say:
    then no event is among them that holds.
    """
    written = {kind.name: (kind, names) for kind, names in _written(with_book).items()}
    found = []
    for ev, name, key, text, scope in session.rows_in(
        "SELECT id, kind, key, body, scope FROM event WHERE kind IN", list(written)
    ):
        if scope in without:
            continue
        kind, names = written[name]
        body = body_of(text) or {}
        said = {field: body[field] for field in names if body.get(field)}
        if (
            _said_anew(kind, names, body, anew) != said
            or canonical_key(_new_key(kind, key_of(key), anew)) != key
        ):
            found.append(scope_alone(ev))
    return found


class WordsLeft(NamedTuple):
    """What the log still says of people, interviews and codes; `attributes` are names of such."""

    words: frozenset[str]
    attributes: frozenset[str]


def words_left(session: Session) -> WordsLeft:
    """What the log still says, of whatever time: nothing of it names who was erased."""
    words: set[str] = set()
    attributes: set[str] = set()
    for name, key, text in session.rows_in(
        "SELECT kind, key, body FROM event WHERE body IS NOT NULL AND kind IN",
        [kind.name for kind in (*_WITH_ATTRIBUTES, *_OF_PEOPLE)],
    ):
        said = (body_of(text) or {}).values()
        words |= {word for word in said if isinstance(word, str)}
        if name in {kind.name for kind in _WITH_ATTRIBUTES}:
            attributes.add(key_of(key)[1])
    return WordsLeft(frozenset(words), frozenset(attributes))


_WITH_ATTRIBUTES: Final = (kinds.PARTICIPANT_ATTRIBUTE, kinds.TRANSCRIPT_ATTRIBUTE)
"""Kinds whose key ends in the name of an attribute."""

_OF_PEOPLE: Final = (kinds.PARTICIPANT, kinds.TRANSCRIPT, kinds.CODE)


def all_wordings(session: Session, records: Iterable[Record]) -> list[str]:
    """The events, each as a scope of its own, in which anything was ever said of these records."""
    found = []
    for record in records:
        rows = session.rows(
            "SELECT id FROM event WHERE kind = ? AND key = ? AND body IS NOT NULL ORDER BY id",
            (record.kind.name, canonical_key(record.key)),
        )
        found += [scope_alone(ev) for (ev,) in rows]
    return found


_WRITTEN: Final = {
    kinds.PROJECT: ("name",),
    kinds.MEMO: ("body",),
    kinds.SUMMARY: ("words",),
    kinds.EDIT: ("shown",),
    kinds.PARTICIPANT: (
        "pseudonym",
        "role",
        "organisation",
        "place",
        "stakeholder",
        "consent_note",
    ),
    kinds.PARTICIPANT_ATTRIBUTE: ("value",),
    kinds.TRANSCRIPT: ("name", "recording"),
    kinds.TRANSCRIPT_ATTRIBUTE: ("value",),
    kinds.VERSION: ("file",),
    kinds.EXPORT: ("file",),
}
"""The fields in which somebody may have named another, by kind."""

_BOOK: Final = {
    kinds.CODEBOOK: ("name", "source"),
    kinds.CODE: ("name", "definition", "guidance"),
}
"""The same of the codebook, which is also a file of the team's own."""


def _written(with_book: bool) -> dict[Kind, tuple[str, ...]]:
    return _WRITTEN | _BOOK if with_book else _WRITTEN


def _said_anew(
    kind: Kind, names: Iterable[str], body: Mapping[str, Any], anew: Anew
) -> dict[str, Any]:
    """The fields of a body that hold words, as they are to be."""
    return {name: _each(kind, name, body[name], anew) for name in names if body.get(name)}


def _each(kind: Kind, field: str, said: Any, anew: Anew) -> Any:
    """Words as they are to be, though they are lists of words by name, such as those of a code."""
    if isinstance(said, dict):
        return {name: _each(kind, field, one, anew) for name, one in said.items()}
    if isinstance(said, list):
        return [_each(kind, field, one, anew) for one in said]
    return anew(kind, field, said) if isinstance(said, str) else said


def _new_key(kind: Kind, key: Key, anew: Anew) -> Key:
    """The key with the words in it as they are to be; `attribute` is the name of one."""
    if kind in _WITH_ATTRIBUTES:
        whose, name = key
        return whose, anew(kind, "attribute", name) or name
    if kind is not kinds.SUMMARY or key[0] in KNOWN_CASES:
        return key
    name, case, *rest = key
    return anew(kind, "attribute", name) or name, anew(kind, "case", case) or case, *rest


def holding(places: Iterable[Path], scopes: Iterable[str]) -> tuple[Path, ...]:
    """Those of some project files in which words of the scopes still stand.

    A file that cannot be looked into is taken for one that has them.
    """
    wanted = list(scopes)
    return tuple(place for place in places if _holds(place, wanted))


def _holds(place: Path, scopes: list[str]) -> bool:
    marks = ", ".join("?" * len(scopes))
    try:
        with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            sql = f"SELECT 1 FROM event WHERE body IS NOT NULL AND scope IN ({marks}) LIMIT 1"
            return raw.execute(sql, scopes).fetchone() is not None
    except sqlite3.Error:
        return True


def scrub(store: Store) -> None:
    """Write the project and its names anew, so that no page of the files holds what was deleted.

    It needs as much room again as the project has, and nobody else in it for that moment.
    """
    with saying(store.where), closing(store.engine.raw_connection()) as connection:
        if store.path is None:
            driver: Any = connection.driver_connection
            driver.rollback()
            driver.autocommit = True
            try:
                driver.execute("VACUUM FULL")
            finally:
                driver.autocommit = False  # else what follows on this connection is no transaction
            return
        cursor = connection.cursor()
        attached = cursor.execute("PRAGMA database_list").fetchall()
        for _, name, _ in attached:
            if name in ("main", "identity"):
                cursor.execute(f"VACUUM {name}")
        cursor.close()

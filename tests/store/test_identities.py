"""The second file: who bears which name, what else may not leave, what was decided on forms."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from store.samples import AT, apply_codes, import_transcripts, later, tag

from qualcode import errors
from qualcode.model.names import Decision, ListedName, NameKind, Verdict
from qualcode.model.people import Identity
from qualcode.store import backup, identities, tables
from qualcode.store.doctor import examine
from qualcode.store.engine import Session
from qualcode.store.sealed import Register
from qualcode.store.store import Store, create_store, open_store

ANN = Identity("P01", "Wanda Fairweather", ("Wan",), "0123 45")
KOFI = ListedName("Kofi Mensah", NameKind.PERSON, "a neighbour", ("Kof",))
FOLD = ListedName("The Fold", NameKind.ORGANISATION)
TOMAS = Decision("Fairwether", Verdict.PARTICIPANT, "P01")
WORD = Decision("Pendle", Verdict.WORD)
NAMES = (b"Wanda", b"Fairweather", b"Fairwether", b"0123 45", b"Kofi", b"Kof", b"Mensah", b"Fold")


def put_all(store: Store) -> None:
    """Names of every kind."""
    store.hold_identities()
    with store.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [ANN])
        identities.put(act.session, listed=[KOFI, FOLD], decisions=[TOMAS, WORD])


def known(store: Store) -> Register:
    with store.reading() as session:
        return identities.register(session)


def test_what_is_put_is_read_back_in_order(store: Store) -> None:
    put_all(store)
    assert known(store) == Register((ANN,), (KOFI, FOLD), (TOMAS, WORD))


def test_putting_the_same_again_changes_nothing(store: Store) -> None:
    put_all(store)
    with store.names_written() as session:
        assert identities.put(session, listed=[FOLD], decisions=[WORD]) == 0
        assert identities.write(session, [ANN]) == 0
        assert identities.put(session, decisions=[Decision("Pendle", Verdict.OTHER_PERSON)]) == 1
    assert known(store).decisions[1].verdict is Verdict.OTHER_PERSON


def test_what_is_taken_out_is_gone_and_nothing_else(store: Store) -> None:
    put_all(store)
    with store.names_written() as session:
        assert identities.take_out(session, listed="Kofi Mensah")
        assert identities.take_out(session, form="Pendle")
        assert not identities.take_out(session, listed="Pendle")
    assert known(store) == Register((ANN,), (FOLD,), (TOMAS,))


def test_names_written_apart_leave_nothing_in_the_log(store: Store) -> None:
    put_all(store)
    with store.reading() as session:
        before = session.number("SELECT count(*) FROM event")
    with store.names_written() as session:
        identities.put(session, listed=[ListedName("Ada")])
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM event") == before
    assert len(known(store).listed) == 3


@contextmanager
def version_1(place: str, tmp_path: Path) -> Iterator[Store]:
    """A project whose identities are as the first version of the program made them."""
    with create_store(place, name="x", language="en", by="Amina", at=AT) as store:
        if store.path is not None:
            names = identities.beside(store.path)
            with closing(sqlite3.connect(names)) as raw:
                raw.execute(
                    "CREATE TABLE person (code TEXT NOT NULL, name TEXT NOT NULL,"
                    " aliases TEXT NOT NULL, contacts TEXT NOT NULL,"
                    " CONSTRAINT pk_person PRIMARY KEY (code))"
                )
                raw.execute(f"PRAGMA application_id={tables.IDENTITIES_APPLICATION_ID}")
                raw.execute("PRAGMA user_version=1")
        else:
            with store.names_written() as session:
                session.run(f"DROP TABLE {schema_of(session)}.listed_name")
                session.run(f"DROP TABLE {schema_of(session)}.decision")
                session.run(f"DROP TABLE {schema_of(session)}.decided")
    with open_store(place) as store:
        with store.names_written() as session:
            identities.write(session, [ANN])
        yield store


def schema_of(session: Session) -> str:
    if session.is_sqlite:
        return "identity"
    (schema,) = session.rows("SELECT current_schema()")[0]
    return "identity" if schema == "public" else f'"{schema}_identity"'


def test_a_copy_that_comes_without_the_names_is_read_and_takes_none(place: str) -> None:
    with create_store(place, name="x", language="en", by="Amina", at=AT) as store:
        if store.path is None:
            with store.names_written() as session:
                session.run(f"DROP SCHEMA {schema_of(session)} CASCADE")
    with open_store(place) as store:
        assert known(store) == Register()
        assert examine(store).is_whole
        with pytest.raises(errors.IdentitiesMissingError), store.names_written() as session:
            identities.write(session, [ANN])


def test_names_of_the_first_version_are_read_as_they_are(place: str, tmp_path: Path) -> None:
    with version_1(place, tmp_path) as store:
        assert known(store) == Register((ANN,))
        if store.path is not None:
            with closing(sqlite3.connect(identities.beside(store.path))) as raw:
                assert raw.execute("PRAGMA user_version").fetchone() == (1,)


def test_what_the_first_version_cannot_hold_brings_it_up_to_date(
    place: str, tmp_path: Path
) -> None:
    with version_1(place, tmp_path) as store:
        with store.names_written() as session:
            identities.put(session, listed=[KOFI], decisions=[WORD])
        assert known(store) == Register((ANN,), (KOFI,), (WORD,))
        if store.path is not None:
            with closing(sqlite3.connect(identities.beside(store.path))) as raw:
                assert raw.execute("PRAGMA user_version").fetchone() == (3,)
    with open_store(place) as again:
        assert known(again) == Register((ANN,), (KOFI,), (WORD,))


def test_what_the_second_version_decided_is_kept_and_who_decides_next_is_known(
    place: str, tmp_path: Path
) -> None:
    said = Decision("Hollas", Verdict.OTHER_PERSON, None, "Bo", "2024-07-01T09:00:00+00:00")
    with version_1(place, tmp_path) as store:
        with store.names_written() as session:
            identities.put(session, decisions=[WORD])
        with store.names_written() as session:
            session.run(f"DROP TABLE {schema_of(session)}.decided")
            if store.path is not None:
                session.run("PRAGMA identity.user_version=2")
    with open_store(place) as store:
        assert [one.by for one in known(store).decisions] == [None]
        with store.names_written() as session:
            identities.put(session, decisions=[said])
        assert [(one.form, one.by, one.at) for one in known(store).decisions] == [
            ("Hollas", "Bo", said.at),
            (WORD.form, None, None),
        ]


def test_an_upgrade_that_is_not_finished_leaves_the_first_version(
    place: str, tmp_path: Path
) -> None:
    def failing(store: Store) -> None:
        with store.names_written() as session:
            identities.put(session, listed=[KOFI])
            raise RuntimeError

    with version_1(place, tmp_path) as store:
        with pytest.raises(RuntimeError):
            failing(store)
        assert known(store) == Register((ANN,))
        with store.names_written() as session:
            assert identities.put(session, listed=[KOFI]) == 1


def test_no_name_is_in_the_project_its_backup_or_its_log(file_store: Store) -> None:
    import_transcripts(file_store, "p01")
    apply_codes(file_store, "fairs")
    put_all(file_store)
    tag(file_store, "p01", "fairs", by="Bo", at=later(1))
    made = backup.back_up(file_store, at=AT)
    automatic = backup.automatic(file_store, at=AT)
    assert file_store.path is not None
    names = identities.beside(file_store.path)
    file_store.close()

    assert all(name in names.read_bytes() for name in NAMES)
    for path in (file_store.path, made, automatic):
        content = path.read_bytes()
        assert b"fairs" in content
        assert not any(name in content for name in NAMES)


def test_where_names_have_no_place_it_is_said_and_a_rehearsal_counts(file_store: Store) -> None:
    with (
        pytest.raises(errors.IdentitiesMissingError) as said,
        file_store.names_written() as session,
    ):
        identities.put(session, listed=[KOFI])
    assert "Kofi" not in str(said.value)
    with file_store.rehearsing("x", by="Amina", at=AT) as act:
        assert identities.put(act.session, listed=[KOFI]) == 1


def test_the_doctor_is_content_with_names_of_every_kind(store: Store) -> None:
    put_all(store)
    found = examine(store)
    assert found.is_whole
    assert (found.facts.identities, found.facts.sealed) == (True, False)

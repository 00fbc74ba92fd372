"""Opening what is there, and saying in a sentence what is not a project, or not whole."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import postgres
import pytest
from store.processes import open_folder, running, said_by_nobody
from store.samples import AT, apply_codes, coded, import_transcripts, later, state_of

from qualcode import errors
from qualcode.model.people import Identity
from qualcode.store import engine, identities, queries, tables
from qualcode.store.store import Store, create_store, is_cut_off, open_store


def file_of(store: Store) -> Path:
    """The path of a file store, closed."""
    assert store.path is not None
    store.close()
    return store.path


def test_what_was_made_is_there_when_opened_again(store: Store, place: str) -> None:
    import_transcripts(store, "p01")
    before = state_of(store)
    store.close()
    with open_store(place) as again:
        assert state_of(again) == before
        with again.reading() as session:
            facts = queries.project(session)
    assert (facts.name, facts.language, len(facts.uid)) == ("Fairs", "en", 32)
    assert facts.created == "2026-03-02T09:30:00+00:00"


def test_no_project_is_made_over_another(store: Store, place: str) -> None:
    before = state_of(store)
    with pytest.raises(errors.FileExistsAlreadyError):
        create_store(place, name="Other", language="en", by="Bo", at=AT)
    assert state_of(store) == before


def test_a_new_project_is_not_given_the_names_of_another(tmp_path: Path) -> None:
    names = tmp_path / "study.identities"
    identities.create_file(names)
    with pytest.raises(errors.FileExistsAlreadyError, match=r"study\.identities"):
        create_store(str(tmp_path / "study.qualcode"), name="x", language="en", by="Bo", at=AT)
    assert [path.name for path in tmp_path.iterdir()] == ["study.identities"]


def test_where_no_folder_is_no_project_is_made(tmp_path: Path) -> None:
    with pytest.raises(errors.OutputError, match="No such file or directory"):
        create_store(str(tmp_path / "a" / "b.qualcode"), name="x", language="en", by="Bo", at=AT)


def test_a_project_without_a_maker_is_not_half_made(place: str, tmp_path: Path) -> None:
    with pytest.raises(errors.CoderNotGivenError):
        create_store(place, name="x", language="en", by="", at=AT)
    assert list(tmp_path.iterdir()) == []
    create_store(place, name="x", language="en", by="Bo", at=AT).close()


def test_there_is_no_project_where_nothing_is(place: str) -> None:
    with pytest.raises(errors.StoreMissingError):
        open_store(place)


@pytest.mark.parametrize(
    "content",
    [b"", b"S", b"not a database, only words\n" * 100, b"SQLite format 3\0", bytes(5_000)],
    ids=["empty", "one byte", "words", "a bare header", "zeros"],
)
def test_a_file_of_something_else_is_not_a_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "study.qualcode"
    path.write_bytes(content)
    with pytest.raises(errors.StoreNotOursError) as said:
        open_store(str(path))
    assert said.value.exit_code == 3
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_not_a_project(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        raw.commit()
    before = path.read_bytes()
    with pytest.raises(errors.StoreNotOursError):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_cut_off_file_is_damaged(file_store: Store) -> None:
    import_transcripts(file_store, "p01")
    path = file_of(file_store)
    whole = path.read_bytes()
    for size in (len(whole) - 1, len(whole) - 4096, len(whole) // 2 + 7, 4096):
        path.write_bytes(whole[:size])
        with pytest.raises(errors.StoreDamagedError):
            open_store(str(path))


def test_a_file_that_is_taken_away_while_it_is_opened_is_missing(file_store: Store) -> None:
    path = file_store.path
    assert path is not None
    with file_store.reading() as session:
        assert not is_cut_off(session, path)
        with pytest.raises(errors.StoreMissingError, match="no longer here"):
            is_cut_off(session, path.with_name("taken-away.qualcode"))


def test_a_newer_store_is_refused_and_not_touched(file_store: Store) -> None:
    path = file_of(file_store)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version={tables.STORE_VERSION + 1}")
    before = path.read_bytes()
    known = tables.STORE_VERSION
    said = f"store version {known + 1}, this program knows up to {known}"
    with pytest.raises(errors.StoreNewerError, match=said):
        open_store(str(path))
    assert path.read_bytes() == before


def test_a_store_that_was_upgraded_meanwhile_is_not_written(store: Store) -> None:
    with engine.writing(store.engine, where=store.where) as session:
        newer = str(tables.STORE_VERSION + 1)
        session.run("UPDATE meta SET value = ? WHERE key = 'store_version'", (newer,))
    with pytest.raises(errors.StoreNewerError), store.act("x", by="Bo", at=AT):
        pass
    with pytest.raises(errors.StoreNewerError), store.reading():
        pass


def test_a_server_keeps_the_version_rule_too(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.new_database()
    create_store(url, name="x", language="en", by="Bo", at=AT).close()
    newer = tables.STORE_VERSION + 1
    for version, said in ((newer, errors.StoreNewerError), (0, errors.StoreOlderError)):
        postgres_server.run(url, f"UPDATE meta SET value = '{version}' WHERE key = 'store_version'")
        with pytest.raises(said):
            open_store(url)
    postgres_server.drop_database(url)


def test_who_holds_the_lock_too_long_is_named_as_the_reason(store: Store, place: str) -> None:
    with (
        open_store(place, lock_wait_ms=100) as other,
        store.act("slow", by="Amina", at=AT),
        pytest.raises(errors.StoreLockedError),
        other.act("x", by="Bo", at=AT),
    ):
        pass
    with open_store(place, lock_wait_ms=100) as other:
        apply_codes(other, "fairs", by="Bo")


def test_reading_goes_on_while_somebody_writes(store: Store, place: str) -> None:
    import_transcripts(store, "p01")
    with open_store(place) as other, store.act("x", by="Amina", at=AT) as act:
        act.ensure([])
        assert len(coded(other)) == 0
        with other.reading() as session:
            assert [one.name for one in queries.transcripts(session)] == ["P01"]


def test_a_reader_sees_one_state_throughout_on_a_server(
    postgres_server: postgres.Server,
) -> None:
    # On SQLite a reader makes writers wait, so there is no other state to see.
    url = postgres_server.new_database()
    with create_store(url, name="x", language="en", by="Amina", at=AT) as store:
        import_transcripts(store, "p01")
        with open_store(url) as other, other.reading() as session:
            before = queries.transcripts(session)
            import_transcripts(store, "p02", at=later(1))
            assert queries.transcripts(session) == before
    postgres_server.drop_database(url)


def test_a_commit_waits_twice_for_a_reader(file_store: Store) -> None:
    place = str(file_store.path)
    with open_store(place, lock_wait_ms=50) as writer:
        with file_store.reading() as session:
            assert queries.transcripts(session) == []
            with pytest.raises(errors.StoreLockedError):
                apply_codes(writer, "fairs", by="Bo")
        apply_codes(writer, "fairs", by="Bo")
    state_of(file_store)


OPENING = """
try:
    store = open_store(sys.argv[1], lock_wait_ms=200)
    with store.reading() as session:
        print("reads", len(queries.transcripts(session)))
    apply_codes(store, "halls", by="Bo")
except errors.QualcodeError as said:
    print(type(said).__name__, said.exit_code)
"""


def test_a_read_only_folder_can_be_read_and_says_why_it_cannot_be_written() -> None:
    with open_folder() as folder:
        place = folder / "study.qualcode"
        with create_store(str(place), name="x", language="en", by="Amina", at=AT) as store:
            import_transcripts(store, "p01")
        place.chmod(0o444)
        folder.chmod(0o555)
        assert said_by_nobody(OPENING, place).split() == ["reads", "1", "StoreReadOnlyError", "3"]


def test_a_file_that_may_be_written_in_a_folder_that_may_not_says_why() -> None:
    with open_folder() as folder:
        place = folder / "study.qualcode"
        create_store(str(place), name="x", language="en", by="Amina", at=AT).close()
        place.chmod(0o666)
        folder.chmod(0o555)
        assert said_by_nobody(OPENING, place).split() == ["reads", "0", "StoreReadOnlyError", "3"]


def test_a_file_that_may_not_be_read_says_so() -> None:
    with open_folder() as folder:
        place = folder / "study.qualcode"
        create_store(str(place), name="x", language="en", by="Amina", at=AT).close()
        place.chmod(0o000)
        assert said_by_nobody(OPENING, place).split() == ["StoreUnreadableError", "3"]
        place.chmod(0o666)
        folder.chmod(0o600)
        assert said_by_nobody(OPENING, place).split() == ["StoreUnreadableError", "3"]


def test_an_unfinished_act_in_a_read_only_folder_says_what_to_do(file_store: Store) -> None:
    import_transcripts(file_store, "p01")
    path = file_of(file_store)
    with running(KILLED_IN_AN_ACT, path) as killed:
        killed.wait(timeout=60)
    journal = Path(f"{path}-journal")
    assert journal.stat().st_size > 0
    with open_folder() as folder:
        place = folder / path.name
        shutil.copy(path, place)
        shutil.copy(journal, folder)
        for one in folder.iterdir():
            one.chmod(0o444)
        folder.chmod(0o555)
        said = said_by_nobody(OPENING, place).split()
        assert said == ["StoreReadOnlyError", "3"]
    with open_store(str(path)) as again:
        assert len(state_of(again)) == 4
    assert not journal.exists()


KILLED_IN_AN_ACT = """
import os, signal
with open_store(sys.argv[1]) as store:
    with store.act("import", by="Bo", at=AT) as act:
        act.session.run("PRAGMA cache_size=5")
        for n in range(50):
            act.add_texts([text_row(WORDS * 100 + str(n))])
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_names_are_in_reach_only_beside_their_project(file_store: Store, tmp_path: Path) -> None:
    file_store.hold_identities()
    who = Identity("P01", "Wanda Fairweather")
    with file_store.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [who])
    path = file_of(file_store)
    names = identities.beside(path)
    assert names.stat().st_mode & 0o777 == 0o600
    away = tmp_path / "elsewhere"
    away.mkdir()
    names.rename(away / names.name)
    with open_store(str(path)) as without, without.reading() as session:
        assert not identities.at_hand(session)
        assert identities.read(session) == {}
    with (
        open_store(str(path)) as without,
        pytest.raises(errors.IdentitiesMissingError),
        without.act("x", by="Amina", at=AT) as act,
    ):
        identities.write(act.session, [who])
    with open_store(str(path)) as without, without.rehearsing("x", by="Amina", at=AT) as act:
        assert identities.write(act.session, [who]) == 1
    (away / names.name).rename(names)
    with open_store(str(path)) as again, again.reading() as session:
        assert identities.read(session) == {"P01": who}


def test_names_and_records_are_saved_together_or_not_at_all(store: Store) -> None:
    store.hold_identities()

    def failing() -> None:
        with store.act("x", by="Amina", at=AT) as act:
            identities.write(act.session, [Identity("P01", "Wanda Fairweather")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    with store.reading() as session:
        assert identities.read(session) == {}


def test_a_project_that_was_open_before_its_names_came_finds_them(file_store: Store) -> None:
    with file_store.reading() as session:
        assert not identities.at_hand(session)
    with open_store(str(file_store.path)) as other:
        other.hold_identities()
    file_store.hold_identities()
    with file_store.reading() as session:
        assert identities.at_hand(session)


def test_something_else_in_the_place_of_the_names_is_not_taken_for_nobody(
    file_store: Store,
) -> None:
    path = file_of(file_store)
    names = identities.beside(path)
    for content in (b"names, in words" * 99, path.read_bytes(), b""):
        names.write_bytes(content)
        with pytest.raises(errors.IdentitiesNotOursError, match=r"study\.identities"):
            open_store(str(path))
    names.unlink()
    identities.create_file(names)
    with closing(sqlite3.connect(names)) as raw:
        raw.execute("PRAGMA user_version=9")
    with pytest.raises(errors.StoreNewerError, match=r"study\.identities"):
        open_store(str(path))


def test_names_that_a_coder_may_not_read_do_not_stop_the_coder() -> None:
    with open_folder() as folder:
        place = folder / "study.qualcode"
        with create_store(str(place), name="x", language="en", by="Amina", at=AT) as store:
            store.hold_identities()
        for one in (folder, place):
            one.chmod(0o777)
        script = """
from qualcode.store import identities
with open_store(sys.argv[1]) as store:
    with store.reading() as session:
        print(identities.at_hand(session))
    apply_codes(store, "halls", by="Bo")
"""
        # Where the tests are not run by root, who made the file may always read it.
        assert said_by_nobody(script, place).strip() in ("False", "True")
        with open_store(str(place)) as store, store.reading() as session:
            assert [code.id for code in queries.codebook(session)[0].codes] == ["halls"]


def test_two_projects_on_one_server_keep_their_names_apart(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.new_database()
    postgres_server.run(url, "CREATE SCHEMA second")
    sign = "&" if "?" in url else "?"
    other = f"{url}{sign}options=-csearch_path%3Dsecond"
    for place, name in ((url, "Wanda"), (other, "Hugo")):
        with (
            create_store(place, name="x", language="en", by="Amina", at=AT) as store,
            store.act("x", by="Amina", at=AT) as act,
        ):
            identities.write(act.session, [Identity("P01", name)])
    for place, name in ((url, "Wanda"), (other, "Hugo")):
        with open_store(place) as store, store.reading() as session:
            assert identities.read(session) == {"P01": Identity("P01", name)}
    postgres_server.drop_database(url)


def test_no_project_is_made_among_somebody_elses_tables(
    postgres_server: postgres.Server,
) -> None:
    for theirs in ("CREATE TABLE text (body TEXT)", "CREATE SCHEMA identity"):
        url = postgres_server.new_database()
        postgres_server.run(url, theirs)
        with pytest.raises((errors.StoreNotOursError, errors.FileExistsAlreadyError)):
            create_store(url, name="x", language="en", by="Bo", at=AT)
        assert postgres_server.run(url, "SELECT to_regclass('event')") == [(None,)]
        postgres_server.drop_database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:secret@127.0.0.1:1/study",
        "postgresql://nobody@127.0.0.1:1/study?password=secret",
        "postgresql://nobody:secret@nowhere.invalid/study",
        "postgresql://a:secret@b:no-port/c",
    ],
)
def test_a_server_that_does_not_answer_is_said_without_the_password(url: str) -> None:
    with pytest.raises(errors.StoreUnreachableError) as problem:
        open_store(url)
    assert "secret" not in str(problem.value)


def test_a_login_that_is_refused_and_a_database_that_is_not_there(
    postgres_server: postgres.Server,
) -> None:
    refused = postgres_server.with_parts(username="stranger", password="secret")
    with pytest.raises(errors.StoreUnreachableError) as problem:
        open_store(refused)
    assert "secret" not in str(problem.value)
    with pytest.raises((errors.StoreMissingError, errors.StoreUnreachableError)):
        open_store(postgres_server.with_parts(database="nothing_here"))


def test_a_database_that_cannot_hold_every_language_is_refused(
    postgres_server: postgres.Server,
) -> None:
    postgres_server.run(
        postgres_server.url,
        "CREATE DATABASE qualcode_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    )
    url = postgres_server.with_parts(database="qualcode_latin")
    with pytest.raises(errors.StoreEncodingError, match="LATIN1"):
        create_store(url, name="x", language="en", by="Bo", at=AT)
    postgres_server.drop_database(url)


def test_a_role_that_may_only_read_says_so(postgres_server: postgres.Server) -> None:
    url = postgres_server.new_database()
    create_store(url, name="x", language="en", by="Amina", at=AT).close()
    postgres_server.run(url, "CREATE ROLE qualcode_reader LOGIN PASSWORD 'secret'")
    postgres_server.run(url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO qualcode_reader")
    reader = postgres_server.with_parts(url, username="qualcode_reader", password="secret")
    with open_store(reader) as store:
        with store.reading() as session:
            assert queries.project(session).name == "x"
            assert not identities.at_hand(session)
        with pytest.raises(errors.StoreReadOnlyError):
            apply_codes(store, "fairs", by="Bo")
    postgres_server.drop_database(url)
    postgres_server.run(postgres_server.url, "DROP ROLE qualcode_reader")


def test_lists_are_in_the_order_of_code_points_on_every_server(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.new_database()
    create_store(url, name="x", language="en", by="Amina", at=AT).close()
    loose = postgres_server.run(
        url,
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('public', 'identity') AND data_type = 'text'"
        " AND collation_name IS DISTINCT FROM 'C'",
    )
    assert loose == []
    postgres_server.drop_database(url)


def test_a_lists_order_does_not_depend_on_the_database(store: Store) -> None:
    import_transcripts(store, "p2", "p10", "é1", "z1", "_a")
    with store.reading() as session:
        names = [one.name for one in queries.transcripts(session)]
    assert names == ["P10", "P2", "Z1", "_A", "É1"]

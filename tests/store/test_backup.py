"""Backups: whole, checked, never over anything, and without the names."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import postgres
import pytest
from store.samples import (
    AT,
    apply_codes,
    coded,
    events_of,
    import_transcripts,
    later,
    state_of,
    tag,
)

from qualcode import errors
from qualcode.model.people import Identity
from qualcode.store import backup, engine, identities
from qualcode.store.doctor import examine
from qualcode.store.store import Store, create_store, open_store


@pytest.fixture
def study(file_store: Store) -> Store:
    """A project with something to lose."""
    import_transcripts(file_store, "p01", "p02")
    apply_codes(file_store, "fairs")
    tag(file_store, "p01", "fairs", by="Bo")
    return file_store


def test_a_backup_is_the_project_and_opens_as_one(study: Store, tmp_path: Path) -> None:
    made = backup.back_up(study, tmp_path / "copy.qualcode", at=AT)
    with open_store(str(made)) as copy:
        assert state_of(copy) == state_of(study)
        assert events_of(copy) == events_of(study)
        assert examine(copy).is_whole
        copy.undo(by="Bo", at=later(1))
    assert coded(study) != []


def test_without_a_name_it_lies_beside_the_project_under_its_moment(study: Store) -> None:
    made = backup.back_up(study, at=AT)
    assert made.name == "study.qualcode.20260302T093000Z.backup"
    assert study.path is not None
    assert made.parent == study.path.parent
    assert [path.name for path in made.parent.glob("*.qualcode")] == ["study.qualcode"]


def test_a_folder_takes_a_backup_under_its_moment(study: Store, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    made = backup.back_up(study, tmp_path / "stick", at=AT)
    assert made == tmp_path / "stick" / "study.qualcode.20260302T093000Z.backup"


def test_a_backup_never_replaces_anything(study: Store, tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    with pytest.raises(errors.FileExistsAlreadyError):
        backup.back_up(study, target, at=AT)
    backup.back_up(study, at=AT)
    with pytest.raises(errors.FileExistsAlreadyError):
        backup.back_up(study, at=AT)
    assert target.read_text() == "precious"


def test_names_are_in_no_backup(study: Store) -> None:
    study.hold_identities()
    with study.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [Identity("P01", "Wanda Fairweather")])
    made = backup.back_up(study, at=AT)
    assert b"Fairweather" not in made.read_bytes()
    assert not identities.beside(made).exists()
    with open_store(str(made)) as copy, copy.reading() as session:
        assert not identities.at_hand(session)


def test_a_backup_is_made_while_others_work(study: Store, tmp_path: Path) -> None:
    over = threading.Event()

    def work() -> None:
        n = 0
        while not over.is_set():
            n += 1
            tag(study, "p02", "fairs", by="Cleo", start=n % 80, end=n % 80 + 5, at=later(n))

    worker = threading.Thread(target=work)
    worker.start()
    try:
        copies = [backup.back_up(study, tmp_path / f"{n}.qualcode", at=AT) for n in range(5)]
    finally:
        over.set()
        worker.join()
    for made in copies:
        with open_store(str(made)) as copy:
            assert examine(copy).is_whole
            assert set(events_of(copy)) <= set(events_of(study))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET body = '{}' WHERE seq = 3",
        "DELETE FROM event WHERE seq = 3",
        "UPDATE text SET body = 'other words'",
    ],
)
def test_what_is_not_whole_is_not_passed_off_as_a_backup(
    study: Store, tmp_path: Path, sql: str
) -> None:
    with engine.writing(study.engine, where=study.where) as session:
        session.run(sql)
    with pytest.raises(errors.StoreDamagedError):
        backup.back_up(study, tmp_path / "copy.qualcode", at=AT)
    assert [path.name for path in tmp_path.iterdir()] == ["study.qualcode"]


def test_where_nothing_may_be_written_no_backup_is_made(study: Store, tmp_path: Path) -> None:
    with pytest.raises(errors.OutputError, match="No such file"):
        backup.back_up(study, tmp_path / "nowhere" / "copy.qualcode", at=AT)


def test_a_backup_may_be_read_by_whom_the_project_may_be_read(study: Store) -> None:
    assert study.path is not None
    study.path.chmod(0o640)
    assert backup.back_up(study, at=AT).stat().st_mode & 0o777 == 0o640


def test_a_backup_keeps_the_marks_of_a_project(study: Store) -> None:
    made = backup.back_up(study, at=AT)
    with closing(sqlite3.connect(made)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (0x51434F44,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_of_automatic_backups_the_last_three_stay_and_those_by_hand_all(study: Store) -> None:
    by_hand = backup.back_up(study, at=AT)
    made = [backup.automatic(study, at=AT) for _ in range(2)]
    made += [backup.automatic(study, at=later(n)) for n in range(3)]
    assert [path.exists() for path in made] == [False, False, True, True, True]
    assert made[1].name == "study.qualcode.20260302T093000Z-2.auto-backup"
    assert by_hand.exists()


def test_a_projects_automatic_backups_are_its_own(tmp_path: Path) -> None:
    kept = []
    for name in ("a.qualcode", "[ab].qualcode"):
        with create_store(str(tmp_path / name), name="x", language="en", by="Bo", at=AT) as store:
            kept += [backup.automatic(store, at=later(n)) for n in range(3)]
    assert all(path.exists() for path in kept)


def test_a_server_is_backed_up_by_its_own_program(postgres_server: postgres.Server) -> None:
    url = postgres_server.new_database()
    with (
        create_store(url, name="x", language="en", by="Bo", at=AT) as store,
        pytest.raises(errors.BackupByServerError, match="pg_dump") as said,
    ):
        backup.back_up(store, at=AT)
    assert said.value.exit_code == 2
    postgres_server.drop_database(url)

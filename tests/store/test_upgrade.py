"""Upgrades: a backup first, all or nothing, and the same shape by steps as at once."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa
from conftest import AT, NewPlace
from store.processes import ROOT, running, said_by
from store.samples import apply_codes, coded, events_of, import_transcripts, state_of, tag

from qualcode import errors
from qualcode.model.people import Role, Speaker
from qualcode.shipped import alembic_folder, example_folder
from qualcode.store import engine, left_out, queries, records, speaking, tables, upgrade, working
from qualcode.store.doctor import examine, mend
from qualcode.store.store import Store, create_store, open_store
from qualcode.store.upgrade import newest_version, upgrade_file, upgrade_url

NEXT_STEP = '''
"""Made up for tests: transcripts get a shelf mark, and the tables of codings are laid anew."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None


def upgrade():
    op.add_column("transcript", sa.Column("shelf", sa.Text))
    with op.batch_alter_table("code", recreate="auto") as batch:
        batch.add_column(sa.Column("icon", sa.Text))
        batch.create_check_constraint("icon", "icon <> ''")
'''


@pytest.fixture
def next_steps(tmp_path: Path) -> Path:
    """The revisions of a program that is one version further."""
    folder = tmp_path / "steps"
    shutil.copytree(alembic_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0005_made_up.py").write_text(NEXT_STEP)
    return folder


def add_step(folder: Path, body: str) -> None:
    """Make the newest revision do something else."""
    head = NEXT_STEP.partition("def upgrade")[0]
    (folder / "versions" / "0005_made_up.py").write_text(f"{head}def upgrade():\n    {body}\n")


def test_the_newest_revision_is_the_version_that_the_program_writes() -> None:
    assert newest_version() == tables.STORE_VERSION


def test_the_steps_lead_where_a_new_store_begins(new_place: NewPlace) -> None:
    at_once, by_steps = new_place(), new_place()
    create_store(at_once, name="x", language="en", by="Amina", at=AT).close()
    if engine.is_url(by_steps):
        raw = engine.postgres_engine(engine.driver_url(by_steps))
    else:
        raw = engine.sqlite_engine(Path(by_steps), create=True)
    try:
        with engine.writing(raw, where=by_steps) as session:
            lay(session.connection)
    finally:
        raw.dispose()
    assert shape(by_steps) == shape(at_once)
    assert len(shape(at_once)) > 15


def lay(connection: sa.Connection) -> None:
    """All steps from nothing."""
    from alembic.config import Config

    from alembic import command

    config = Config()
    config.set_main_option("script_location", str(alembic_folder()))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version=0)
    command.upgrade(config, "head")


def shape(place: str) -> dict[str, object]:
    """What a database itself says of its tables."""
    if not engine.is_url(place):
        with closing(sqlite3.connect(place)) as raw:
            rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {name: sorted(sql.replace(",", " , ").split()) for name, sql in rows}
    raw_engine = engine.postgres_engine(engine.driver_url(place))
    try:
        looks = sa.inspect(raw_engine)
        return {
            name: (
                # A column that a step added stands last.
                sorted(
                    (
                        c["name"],
                        str(c["type"]),
                        getattr(c["type"], "collation", None) or "",
                        c["nullable"],
                    )
                    for c in looks.get_columns(name)
                ),
                looks.get_pk_constraint(name),
                sorted(map(str, looks.get_foreign_keys(name))),
                sorted(map(str, looks.get_unique_constraints(name))),
                sorted(map(str, looks.get_check_constraints(name))),
                sorted(map(str, looks.get_indexes(name))),
            )
            for name in looks.get_table_names()
        }
    finally:
        raw_engine.dispose()


def fill(store: Store) -> None:
    """Something to lose."""
    import_transcripts(store, "p01", "p02")
    apply_codes(store, "fairs", "halls")
    for n in range(20):
        tag(store, "p01", "fairs", by="Bo", start=n, end=n + 5)


def test_an_upgrade_keeps_everything_and_a_backup_of_before(
    file_store: Store, next_steps: Path
) -> None:
    fill(file_store)
    before = state_of(file_store)
    kept = upgrade_file(file_store, folder=next_steps)
    assert kept is not None
    assert kept.name.endswith(".auto-backup")
    with open_store(str(kept)) as backup:
        assert state_of(backup) == before
        assert examine(backup).is_whole
    with closing(sqlite3.connect(str(file_store.path))) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (5,)
        assert raw.execute("SELECT value FROM meta WHERE key = 'store_version'").fetchone() == (
            "5",
        )
        assert raw.execute("SELECT count(*) FROM coding").fetchone() == (20,)
        names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
        code = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'code'").fetchone()[0]
        coding = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'coding'").fetchone()[0]
    assert "alembic_version" not in names
    assert "ck_code_live" in code
    assert "icon" in code
    assert "WITHOUT ROWID" in coding
    with pytest.raises(errors.StoreNewerError):
        open_store(str(file_store.path))


def test_what_is_of_this_version_is_left_alone(file_store: Store) -> None:
    assert file_store.path is not None
    before = file_store.path.read_bytes()
    assert upgrade_file(file_store) is None
    assert file_store.path.read_bytes() == before
    assert [path.name for path in file_store.path.parent.iterdir()] == ["study.qualcode"]


def test_no_upgrade_begins_while_somebody_writes(file_store: Store, next_steps: Path) -> None:
    fill(file_store)
    with (
        open_store(str(file_store.path), lock_wait_ms=100) as other,
        file_store.act("x", by="Bo", at=AT),
        pytest.raises(errors.StoreLockedError),
    ):
        upgrade_file(other, folder=next_steps)
    assert version_of(file_store) == 4


@pytest.mark.parametrize(
    "step",
    [
        'op.execute("DELETE FROM text")',
        "op.execute(\"UPDATE event SET body = '{}' WHERE kind = 'version'\")",
        "op.execute(\"UPDATE text SET body = replace(body, 'fair', 'fare')\")",
        'op.execute("nonsense")',
    ],
)
def test_a_step_that_would_lose_something_is_taken_back(
    file_store: Store, next_steps: Path, step: str
) -> None:
    fill(file_store)
    before = state_of(file_store)
    add_step(next_steps, step)
    with pytest.raises((errors.UpgradeFailedError, sa.exc.OperationalError)):
        upgrade_file(file_store, folder=next_steps)
    assert version_of(file_store) == 4
    assert state_of(file_store) == before
    assert examine(file_store).is_whole


def test_rows_that_a_step_loses_are_made_anew_from_the_log(
    file_store: Store, next_steps: Path
) -> None:
    fill(file_store)
    add_step(next_steps, "op.execute('DELETE FROM coding'); op.execute('DELETE FROM code')")
    upgrade_file(file_store, folder=next_steps)
    with closing(sqlite3.connect(str(file_store.path))) as raw:
        assert raw.execute("SELECT count(*) FROM coding").fetchone() == (20,)
        assert raw.execute("SELECT count(*) FROM code").fetchone() == (2,)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_kill_in_the_middle_leaves_the_old_version(file_store: Store, next_steps: Path) -> None:
    fill(file_store)
    before = state_of(file_store)
    place = str(file_store.path)
    file_store.close()
    script = """
from pathlib import Path
from qualcode.store.upgrade import upgrade_file
with open_store(sys.argv[1]) as store:
    upgrade_file(store, folder=Path(sys.argv[2]))
"""
    for pause in ("before", "after"):
        first, last = ("", NEXT_STEP.partition("def upgrade():")[2])
        stop = "    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
        body = first + (stop + last if pause == "before" else last + stop)
        head = NEXT_STEP.partition("def upgrade")[0]
        (next_steps / "versions" / "0005_made_up.py").write_text(f"{head}def upgrade():\n{body}")
        with running(script, place, next_steps) as killed:
            assert killed.wait(timeout=60) == -signal.SIGKILL
        with open_store(place) as again:
            assert state_of(again) == before
            assert examine(again).is_whole
    (next_steps / "versions" / "0005_made_up.py").write_text(NEXT_STEP)
    said_by(script, place, next_steps)
    assert version_of(file_store) == 5


def test_a_damaged_store_is_not_upgraded(file_store: Store, next_steps: Path) -> None:
    fill(file_store)
    with engine.writing(file_store.engine, where="x") as session:
        session.run("UPDATE event SET verb = 'x' WHERE seq = 3")
    with pytest.raises(errors.StoreDamagedError):
        upgrade_file(file_store, folder=next_steps)
    assert version_of(file_store) == 4


def test_a_server_is_upgraded_when_somebody_asks(
    postgres_server: postgres.Server, next_steps: Path
) -> None:
    url = postgres_server.new_database()
    with create_store(url, name="x", language="en", by="Amina", at=AT) as store:
        fill(store)
        before = events_of(store)
        assert not upgrade_url(store)
        assert upgrade_url(store, folder=next_steps)
        assert not upgrade_url(store, folder=next_steps)
    said = postgres_server.run(url, "SELECT value FROM meta WHERE key = 'store_version'")
    assert said == [("5",)]
    assert postgres_server.run(url, "SELECT count(*) FROM event") == [(len(before),)]
    assert postgres_server.run(url, "SELECT to_regclass('alembic_version')") == [(None,)]
    postgres_server.drop_database(url)


@pytest.fixture
def later_program(next_steps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program as it will be one version further."""
    monkeypatch.setattr(tables, "STORE_VERSION", 5)
    monkeypatch.setattr(upgrade, "alembic_folder", lambda: next_steps)


def test_a_later_program_upgrades_a_file_when_it_opens_it(
    file_store: Store, request: pytest.FixtureRequest
) -> None:
    fill(file_store)
    before = state_of(file_store)
    file_store.close()
    request.getfixturevalue("later_program")
    with open_store(str(file_store.path)) as store:
        assert state_of(store) == before
        tag(store, "p02", "halls", by="Bo")
    assert version_of(file_store) == 5


def test_a_later_program_upgrades_a_server_only_for_the_doctor(
    postgres_server: postgres.Server, request: pytest.FixtureRequest
) -> None:
    url = postgres_server.new_database()
    with create_store(url, name="x", language="en", by="Amina", at=AT) as store:
        fill(store)
    request.getfixturevalue("later_program")
    with pytest.raises(errors.StoreOlderError, match="qualcode doctor --fix"):
        open_store(url)
    with open_store(url, as_found=True) as store:
        with pytest.raises(errors.StoreOlderError):
            examine(store)
        done = mend(store, at=AT)
    assert (done.upgraded_from, done.after.findings) == (4, ())
    with open_store(url) as store:
        assert len(coded(store)) == 20
    postgres_server.drop_database(url)


@pytest.mark.parametrize("version", range(1, tables.STORE_VERSION + 1))
def test_a_store_of_every_version_since_the_first_opens(tmp_path: Path, version: int) -> None:
    kept = ROOT / "tests" / "vectors" / "stores" / f"version-{version}.qualcode"
    path = tmp_path / "study.qualcode"
    shutil.copy(kept, path)
    with open_store(str(path)) as store:
        state_of(store)
        assert len(coded(store)) == 3
        assert examine(store).is_whole
        assert store.undo(by="Bo", at=AT).reverted_verb == "tag"
    kept_aside = list(tmp_path.glob("*.auto-backup"))
    assert len(kept_aside) == (version < tables.STORE_VERSION)
    for copy in kept_aside:
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("PRAGMA user_version").fetchone() == (version,)


def test_the_first_version_knew_nothing_of_finished_and_proposed(tmp_path: Path) -> None:
    known = {}
    for version in (1, 2):
        kept = ROOT / "tests" / "vectors" / "stores" / f"version-{version}.qualcode"
        path = tmp_path / f"{version}.qualcode"
        shutil.copy(kept, path)
        with open_store(str(path)) as store, store.reading() as session:
            book, _ = queries.codebook(session)
            known[version] = (
                [code.id for code in book.codes if code.proposed],
                working.is_finished(session, "p01", "Amina"),
            )
    assert known == {1: ([], False), 2: (["buckets"], True)}


def test_the_second_version_knew_no_spellings_of_speakers(tmp_path: Path) -> None:
    known = {}
    for version in (2, 3):
        path = tmp_path / f"{version}.qualcode"
        shutil.copy(ROOT / "tests" / "vectors" / "stores" / f"version-{version}.qualcode", path)
        with open_store(str(path)) as store, store.reading() as session:
            known[version] = speaking.read_labels(session)
    assert known == {2: {}, 3: {"p01": {"Informant": "P"}}}


def test_the_second_version_knew_of_no_file_left_out(tmp_path: Path) -> None:
    known = {}
    for version in (2, 3):
        path = tmp_path / f"{version}.qualcode"
        shutil.copy(ROOT / "tests" / "vectors" / "stores" / f"version-{version}.qualcode", path)
        with open_store(str(path)) as store, store.reading() as session:
            known[version] = left_out.left_out(session)
    assert known == {2: {}, 3: {"2" * 64: left_out.LeftOut("p01", "same-words")}}


def test_a_server_of_the_second_version_learns_all_that_came_since(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.new_database()
    with create_store(url, name="x", language="en", by="Amina", at=AT) as store:
        fill(store)
        before = state_of(store)
    postgres_server.run(url, "DROP TABLE spelling")
    for table in ("left_out", "summary", "not_asked", "edit", "mask", "star", "export"):
        postgres_server.run(url, f"DROP TABLE {table}")
    postgres_server.run(url, "UPDATE meta SET value = '2' WHERE key = 'store_version'")
    with open_store(url, as_found=True) as store:
        assert upgrade_url(store)
    with open_store(url) as store:
        said = Speaker("Informant", Role.PARTICIPANT, None, "P")
        with store.act("set speaker", by="Amina", at=AT) as act:
            act.ensure(
                [
                    *records.label_records("p01", said),
                    records.speaker_record("p01", Speaker("P", Role.PARTICIPANT)),
                ]
            )
        with store.reading() as session:
            assert speaking.read_labels(session) == {"p01": {"Informant": "P"}}
        assert before.items() < state_of(store).items()
    postgres_server.drop_database(url)


def test_opening_a_project_does_not_load_alembic(tmp_path: Path) -> None:
    script = """
with create_store(sys.argv[1], name="x", language="en", by="Amina", at=AT) as store:
    import_transcripts(store, "p01")
with open_store(sys.argv[1]) as store:
    apply_codes(store, "fairs")
print([name for name in ("alembic", "psycopg", "mako", "spacy") if name in sys.modules])
"""
    assert said_by(script, tmp_path / "study.qualcode").strip() == "[]"


def test_what_is_shipped_is_found_in_a_checkout() -> None:
    assert (alembic_folder() / "env.py").is_file()
    assert (example_folder() / "codebook.yaml").is_file()
    assert (example_folder() / "transcripts").is_dir()


def version_of(store: Store) -> int:
    """The version that the file says it has."""
    with closing(sqlite3.connect(str(store.path))) as raw:
        return int(raw.execute("PRAGMA user_version").fetchone()[0])

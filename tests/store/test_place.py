"""The file that was opened is the file that is written, or nothing is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import AT
from store.samples import apply_codes, coded, coding, import_transcripts, later, state_of, tag

from qualcode import errors
from qualcode.store import engine, records
from qualcode.store.doctor import examine
from qualcode.store.store import Store, open_store


@pytest.fixture
def study(file_store: Store) -> Store:
    """Something to write into."""
    import_transcripts(file_store, "p01")
    apply_codes(file_store, "fairs")
    return file_store


def path_of(store: Store) -> Path:
    """Where a file store lies."""
    assert store.path is not None
    return store.path


def test_nothing_is_read_or_written_where_the_file_is_gone(study: Store) -> None:
    path_of(study).rename(path_of(study).with_name("moved.qualcode"))

    with pytest.raises(errors.StoreMissingError, match="no longer here"), study.reading():
        pass
    with pytest.raises(errors.StoreMissingError, match="Nothing was written"):
        tag(study, "p01", "fairs", by="Bo")
    path_of(study).with_name("moved.qualcode").rename(path_of(study))
    tag(study, "p01", "fairs", by="Bo")
    assert len(coded(study)) == 1


def test_nothing_is_written_into_another_file_nor_into_the_lost_one(
    study: Store, tmp_path: Path
) -> None:
    copy, lost = tmp_path / "copy", tmp_path / "lost"
    shutil.copy(path_of(study), copy)
    os.link(path_of(study), lost)
    before = copy.read_bytes()
    os.replace(copy, path_of(study))

    with pytest.raises(errors.StoreReplacedError, match="another file") as said:
        tag(study, "p01", "fairs", by="Bo")
    assert said.value.exit_code == 3
    with pytest.raises(errors.StoreReplacedError), study.reading():
        pass
    with pytest.raises(errors.StoreReplacedError):
        study.undo(by="Amina", at=AT)
    assert path_of(study).read_bytes() == lost.read_bytes() == before


def test_sqlite_itself_writes_into_no_lost_file(study: Store, tmp_path: Path) -> None:
    lost = tmp_path / "lost"
    with study.reading():  # a connection stays open
        pass
    path_of(study).rename(lost)
    before = lost.read_bytes()

    def write() -> None:
        with engine.writing(study.engine, where="here") as session:
            session.run("UPDATE meta SET value = 'x' WHERE key = 'log_seal'")

    with pytest.raises(errors.StoreReplacedError):
        write()
    assert lost.read_bytes() == before


def test_an_act_in_which_the_file_is_replaced_is_taken_back(study: Store, tmp_path: Path) -> None:
    before = state_of(study)
    copy, lost = tmp_path / "copy", tmp_path / "lost.qualcode"
    shutil.copy(path_of(study), copy)
    os.link(path_of(study), lost)

    def act_while_the_file_is_replaced() -> None:
        with study.act("tag", by="Bo", at=later(1)) as act:
            act.ensure([records.coding_record(coding("p01", "fairs", "Bo"), transcript="p01")])
            os.replace(copy, path_of(study))

    with pytest.raises(errors.StoreReplacedError):
        act_while_the_file_is_replaced()
    for place in (path_of(study), lost):
        with open_store(str(place)) as again:
            assert state_of(again) == before
            assert examine(again).is_whole


def test_a_link_to_the_file_and_a_changed_folder_are_the_same_place(
    study: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.close()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link.qualcode").symlink_to(path_of(study))
    monkeypatch.chdir(tmp_path)
    with open_store("link.qualcode") as opened:
        monkeypatch.chdir(tmp_path / "elsewhere")
        tag(opened, "p01", "fairs", by="Bo")
        assert len(coded(opened)) == 1


def test_a_rehearsal_refuses_where_the_act_would(study: Store) -> None:
    path_of(study).rename(path_of(study).with_name("moved.qualcode"))

    with (
        pytest.raises(errors.StoreMissingError, match="no longer here"),
        study.rehearsing("tag", by="Bo", at=AT),
    ):
        pass
    path_of(study).with_name("moved.qualcode").rename(path_of(study))
    with (
        pytest.raises(errors.StoreMissingError, match="no longer here"),
        study.rehearsing("tag", by="Bo", at=AT),
    ):
        path_of(study).unlink()

"""Names under a passphrase: used where it is given, missing where not, never open on the disk."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import postgres
import pyrage
import pytest
from store.samples import AT, apply_codes, coded, import_transcripts, later, tag
from store.test_identities import ANN, FOLD, KOFI, NAMES, TOMAS, WORD, known, put_all

from qualcode import errors
from qualcode.model.names import ListedName
from qualcode.model.people import Identity
from qualcode.store import identities, sealed, sealing
from qualcode.store.doctor import examine, mend
from qualcode.store.sealed import Register
from qualcode.store.store import Store, create_store, open_store

WORDS = "correct horse"
ALL = Register((ANN,), (KOFI, FOLD), (TOMAS, WORD))


@pytest.fixture(scope="session")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with sealed names, for all tests, which copy it: sealing is slow."""
    folder = tmp_path_factory.mktemp("sealed") / "study"
    folder.mkdir()
    place = str(folder / "study.qualcode")
    with create_store(place, name="Fairs", language="en", by="Amina", at=AT) as store:
        put_all(store)
        sealing.seal(store, WORDS)
    return folder


@pytest.fixture
def closed(sealed_once: Path, tmp_path: Path) -> Iterator[Store]:
    """A project with sealed names, open without the passphrase."""
    folder = tmp_path / "study"
    shutil.copytree(sealed_once, folder)
    with open_store(str(folder / "study.qualcode")) as store:
        yield store


@pytest.fixture
def opened(closed: Store) -> Iterator[Store]:
    """The same, open with it."""
    with open_store(str(closed.path), passphrase=WORDS) as store:
        yield store


def file_of(store: Store) -> Path:
    assert store.path is not None
    return identities.beside(store.path)


def in_the_folder(store: Store) -> list[str]:
    return sorted(path.name for path in file_of(store).parent.iterdir())


def test_with_the_passphrase_all_names_are_there(opened: Store) -> None:
    assert known(opened) == ALL
    with opened.reading() as session:
        assert identities.at_hand(session)


def test_without_it_everything_works_but_naming(closed: Store) -> None:
    with closed.reading() as session:
        assert not identities.at_hand(session)
        assert identities.read(session) == {}
    import_transcripts(closed, "p01")
    apply_codes(closed, "fairs")
    tag(closed, "p01", "fairs", by="Bo", at=later(1))
    assert len(coded(closed)) == 1
    assert examine(closed).is_whole
    with pytest.raises(errors.IdentitiesSealedError) as said, closed.names_written() as session:
        identities.write(session, [Identity("P02", "Ada Holt")])
    assert "Ada" not in str(said.value)


def test_no_name_is_left_in_the_folder(closed: Store) -> None:
    assert in_the_folder(closed) == ["study.identities", "study.qualcode"]
    for path in file_of(closed).parent.iterdir():
        assert not any(name in path.read_bytes() for name in NAMES)
    assert file_of(closed).stat().st_mode & 0o777 == 0o600


def test_the_file_that_was_open_is_overwritten_before_it_goes(file_store: Store) -> None:
    put_all(file_store)
    also = file_of(file_store).with_name("another name of the same file")
    also.hardlink_to(file_of(file_store))
    sealing.seal(file_store, WORDS)
    assert set(also.read_bytes()) == {0}


def test_what_is_sealed_any_program_for_age_opens(closed: Store) -> None:
    plain = json.loads(pyrage.passphrase.decrypt(file_of(closed).read_bytes(), WORDS))
    assert (plain["format"], plain["version"]) == ("qualcode-identities", 3)
    assert plain["people"][0]["name"] == "Wanda Fairweather"


def test_a_change_is_written_back_sealed(opened: Store, closed: Store) -> None:
    before = file_of(opened).read_bytes()
    with opened.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [Identity("P02", "Ada Holt")])
        identities.take_out(act.session, listed="The Fold")
        identities.take_out(act.session, form="Pendle")
        assert file_of(opened).read_bytes() == before
    assert b"Ada" not in file_of(opened).read_bytes()
    wanted = Register((ANN, Identity("P02", "Ada Holt")), (KOFI,), (TOMAS,))
    assert known(opened) == wanted
    with open_store(str(closed.path), passphrase=WORDS) as another:
        assert known(another) == wanted


def test_an_act_that_fails_changes_no_name(opened: Store) -> None:
    def failing() -> None:
        with opened.act("x", by="Amina", at=AT) as act:
            identities.write(act.session, [Identity("P02", "Ada Holt")])
            assert len(identities.read(act.session)) == 2
            raise RuntimeError

    before = file_of(opened).read_bytes()
    with pytest.raises(RuntimeError):
        failing()
    with opened.rehearsing("x", by="Amina", at=AT) as act:
        assert identities.write(act.session, [Identity("P02", "Ada Holt")]) == 1
    assert file_of(opened).read_bytes() == before
    assert known(opened) == ALL


def test_nobody_reads_a_name_before_it_is_written(opened: Store) -> None:
    seen: list[Register] = []
    with opened.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [Identity("P02", "Ada Holt")])
        reader = threading.Thread(target=lambda: seen.append(known(opened)))
        reader.start()
        reader.join()
    assert seen == [ALL]


def test_what_another_process_wrote_is_read(opened: Store, closed: Store) -> None:
    assert known(opened) == ALL
    with (
        open_store(str(closed.path), passphrase=WORDS) as another,
        another.names_written() as session,
    ):
        identities.put(session, listed=[ListedName("Ada Holt")])
    assert len(known(opened).listed) == 3


def test_a_project_that_is_open_follows_when_its_names_are_sealed_or_opened(
    file_store: Store,
) -> None:
    put_all(file_store)
    with open_store(str(file_store.path), passphrase=WORDS) as other:
        assert known(other) == ALL
        sealing.seal(file_store, WORDS)
        assert known(file_store) == Register()
        assert known(other) == ALL
        sealing.unseal(file_store, WORDS)
        assert known(other) == known(file_store) == ALL


def test_unsealing_leaves_an_identities_file_as_any(closed: Store) -> None:
    sealing.unseal(closed, WORDS)
    assert known(closed) == ALL
    assert in_the_folder(closed) == ["study.identities", "study.qualcode"]
    assert file_of(closed).stat().st_mode & 0o777 == 0o600
    with closed.names_written() as session:
        assert identities.put(session, listed=[ListedName("Ada Holt")]) == 1


def test_sealing_anew_takes_another_passphrase(opened: Store, closed: Store) -> None:
    sealing.seal(opened, "battery staple")
    with open_store(str(closed.path), passphrase="battery staple") as store:
        assert known(store) == ALL
    with pytest.raises(errors.IdentitiesSealedError):
        sealing.seal(closed, "mine")


def test_a_wrong_passphrase_is_said_and_changes_nothing(closed: Store) -> None:
    before = file_of(closed).read_bytes()
    with open_store(str(closed.path), passphrase="wrong") as store:
        with pytest.raises(errors.WrongPassphraseError, match=r"study\.identities"):
            known(store)
        assert [finding.code for finding in examine(store).findings] == ["identities"]
    with pytest.raises(errors.WrongPassphraseError):
        sealing.unseal(closed, "wrong")
    assert file_of(closed).read_bytes() == before


def test_damage_to_a_sealed_file_is_no_empty_list_of_names(closed: Store) -> None:
    whole = file_of(closed).read_bytes()
    other = pyrage.passphrase.encrypt(b'{"format": "something else"}', WORDS)
    for content in (whole[:-9], whole[:70], whole[:-1] + b"\0", other):
        file_of(closed).write_bytes(content)
        with (
            open_store(str(closed.path), passphrase=WORDS) as store,
            pytest.raises((errors.WrongPassphraseError, errors.IdentitiesNotOursError)),
        ):
            known(store)


def test_what_cannot_be_sealed_or_opened_is_said(file_store: Store) -> None:
    with pytest.raises(errors.IdentitiesMissingError):
        sealing.seal(file_store, WORDS)
    file_store.hold_identities()
    with pytest.raises(errors.NamesNotSealedError):
        sealing.unseal(file_store, WORDS)


def test_names_on_a_server_are_not_sealed(postgres_server: postgres.Server) -> None:
    url = postgres_server.new_database()
    with (
        create_store(url, name="x", language="en", by="Bo", at=AT) as store,
        pytest.raises(errors.SealingByServerError) as said,
    ):
        sealing.seal(store, WORDS)
    assert said.value.exit_code == 2
    postgres_server.drop_database(url)


def test_a_file_that_is_not_there_or_not_age_is_not_sealed(tmp_path: Path) -> None:
    assert not sealed.is_sealed(tmp_path / "nothing")
    assert not sealed.is_sealed(tmp_path)


_CUT_OFF = """
import os, sys
from pathlib import Path
from qualcode.store import sealed, sealing
from qualcode.store.store import open_store

put = Path.replace
def cut(self, target):
    if AFTER:
        put(self, target)
    os._exit(9)
Path.replace = cut
with open_store(sys.argv[1]) as store:
    sealing.seal(store, "correct horse")
"""


@pytest.mark.parametrize("after", [False, True])
def test_what_a_sealing_left_that_was_cut_off_is_found_and_swept_away(
    file_store: Store, after: bool
) -> None:
    put_all(file_store)
    file_store.close()
    script = _CUT_OFF.replace("AFTER", str(after))
    cut = subprocess.run([sys.executable, "-c", script, str(file_store.path)], check=False)
    assert cut.returncode == 9
    names = file_of(file_store)
    left = [path for path in sealed.left_overs(names) if NAMES[0] in path.read_bytes()]
    assert len(left) == 1
    also = names.with_name("another name of the same file")
    also.hardlink_to(left[0])

    with open_store(str(file_store.path), passphrase=WORDS if after else None) as store:
        said = [one for one in examine(store).findings if one.code == "identities-left-over"]
        assert left[0].name in {one.where for one in said}
        assert mend(store, at=AT).after.is_whole
        assert known(store) == ALL
    assert sealed.left_overs(names) == ()
    assert (set(also.read_bytes()) == {0}) is after, (
        "before it took its place it is the file itself"
    )


def test_sealing_sweeps_away_what_an_earlier_one_left(file_store: Store) -> None:
    put_all(file_store)
    names = file_of(file_store)
    left = names.with_name(f".{names.name}-0a1b2c3d.old")
    shutil.copy(names, left)
    assert any(name in left.read_bytes() for name in NAMES)
    sealing.seal(file_store, WORDS)
    assert in_the_folder(file_store) == [names.name, "study.qualcode"]

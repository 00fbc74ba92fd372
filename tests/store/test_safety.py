"""What was acknowledged stays: kills, rivals, full disks, plain copies, threads, every Python."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from store.processes import running, said_by
from store.samples import (
    AT,
    WORDS,
    apply_codes,
    coded,
    events_of,
    import_transcripts,
    state_of,
    tag,
)

from qualcode import errors
from qualcode.store import queries
from qualcode.store.doctor import examine
from qualcode.store.store import Store, create_store, open_store

KILLS = int(os.environ.get("QUALCODE_TEST_KILLS", "4"))
"""How often a process is killed in each test of that."""

PYTHONS = os.environ.get("QUALCODE_TEST_PYTHONS", "python3.11:python3.12:python3.13")
"""Interpreters to try the engine on besides this one; each needs SQLAlchemy."""

TAGGING = """
first = int(sys.argv[2])
with open_store(sys.argv[1]) as store:
    for n in range(first, first + 5_000):
        tag(store, "p01", "fairs", by="Bo", start=n, end=n + 5)
        print(n)
"""

IMPORTING = """
first = int(sys.argv[2])
with open_store(sys.argv[1]) as store:
    for n in range(first, first + 500):
        import_transcripts(store, f"t{n:04d}", text=WORDS * 300)
        print(n)
"""


def acknowledged(script: str, place: str, first: int, chance: random.Random) -> int:
    """Start a process, let it go on for a while, kill it; the last number that it said was done."""
    last = first - 1
    with running(script, place, first) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = int(line)
            if last >= first + chance.randrange(3, 25):
                break
        time.sleep(chance.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split("\n")[:-1]  # a line that was cut off promises nothing
        assert process.wait() == -signal.SIGKILL
    return int(rest[-1]) if rest else last


def test_no_tag_that_was_acknowledged_is_lost_to_a_kill(store: Store, place: str) -> None:
    import_transcripts(store, "p01", text=WORDS * 900)
    apply_codes(store, "fairs")
    chance = random.Random(1)
    promised = 0
    for _ in range(KILLS):
        last = acknowledged(TAGGING, place, promised, chance)
        with open_store(place) as again:
            state_of(again)
            starts = {start for _, start, *_ in coded(again)}
        assert starts >= set(range(last + 1))
        assert len(starts) <= last + 2, "at most the one under way is there as well"
        promised = max(starts) + 1
    assert promised >= 3 * KILLS
    assert examine(store).is_whole


def test_no_transcript_that_was_acknowledged_is_lost_or_half_there(
    store: Store, place: str
) -> None:
    chance = random.Random(2)
    promised = 0
    for _ in range(KILLS):
        last = acknowledged(IMPORTING, place, promised, chance)
        with open_store(place) as again, again.reading() as session:
            found = queries.transcripts(session)
            texts = queries.texts(session, [one.version_uid for one in found])
        assert {one.uid for one in found} >= {f"t{n:04d}" for n in range(last + 1)}
        assert {one.turns for one in found} == {1}
        assert all(texts[one.version_uid].text.endswith(one.uid) for one in found)
        promised = len(found)
    assert examine(store).is_whole


def test_two_processes_tag_at_once_without_an_error_or_a_gap(store: Store, place: str) -> None:
    import_transcripts(store, "p01", text=WORDS * 900)
    apply_codes(store, "fairs")
    before = len(events_of(store))
    script = """
who, first = sys.argv[2], int(sys.argv[3])
with open_store(sys.argv[1]) as store:
    for n in range(first, first + 60):
        tag(store, "p01", "fairs", by=who, start=n, end=n + 5)
"""
    with ExitStack() as stack:
        rivals = [
            stack.enter_context(running(script, place, who, first))
            for who, first in (("Bo", 0), ("Cleo", 0), ("bo", 30))
        ]
        ends = [rival.communicate(timeout=120)[1] for rival in rivals]
        assert [rival.returncode for rival in rivals] == [0, 0, 0], ends
    # Bo tagged on two machines: what both said was said once.
    assert len(coded(store)) == 60 + 90
    assert len(events_of(store)) == before + 60 + 90 + 2
    state_of(store)
    assert examine(store).is_whole


def test_an_import_that_is_interrupted_leaves_nothing_of_it(store: Store, place: str) -> None:
    before = state_of(store)
    script = """
import time
with open_store(sys.argv[1]) as store, store.act("import", by="Bo", at=AT) as act:
    for n in range(10_000):
        act.add_texts([text_row(f"{WORDS} {n}")])
        act.ensure(transcript_records(f"t{n}", f"{WORDS} {n}"))
        print(n)
"""
    with running(script, place) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) > 50:
                break
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert state_of(store) == before
    assert examine(store).is_whole


def test_a_plain_copy_of_the_file_between_two_acts_is_whole(
    file_store: Store, tmp_path: Path
) -> None:
    import_transcripts(file_store, "p01")
    apply_codes(file_store, "fairs")
    for n in range(12):
        tag(file_store, "p01", "fairs", by="Bo", start=n, end=n + 5)
        assert file_store.path is not None
        shutil.copy(file_store.path, tmp_path / "copy.qualcode")
        with open_store(str(tmp_path / "copy.qualcode")) as copy:
            assert len(coded(copy)) == n + 1
            assert examine(copy).is_whole


FILLING = """
import itertools, resource
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
with open_store(sys.argv[1]) as store:
    done = 0
    try:
        for done in itertools.count():
            import_transcripts(store, f"t{done}", text=WORDS * 100)
    except errors.QualcodeError as said:
        print(type(said).__name__, done)
    with store.reading() as session:
        print(len(queries.transcripts(session)))
"""


def test_on_a_full_disk_the_last_act_is_refused_and_all_before_is_there(
    small_disk: Path,
) -> None:
    place = small_disk / "study.qualcode"
    create_store(str(place), name="x", language="en", by="Amina", at=AT).close()
    said, done, found = said_by(FILLING, place).split()
    assert (said, done) == ("StoreFullError", found)
    assert int(done) > 5
    with open_store(str(place)) as store:
        state_of(store)
        assert examine(store).is_whole
        with store.reading() as session:
            assert len(queries.transcripts(session)) == int(done)


def test_past_a_limit_on_ones_room_the_last_act_is_refused(file_store: Store) -> None:
    place = str(file_store.path)
    file_store.close()
    said, done, found = said_by(FILLING, place, 1_500_000).split()
    assert (said, done) == ("StoreFullError", found)
    assert int(done) > 5
    with open_store(place) as store:
        state_of(store)
        assert examine(store).is_whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a small disk; the test of a limit stands in for it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_one_open_project_serves_many_threads(store: Store) -> None:
    import_transcripts(store, "p01", text=WORDS * 9)
    apply_codes(store, "fairs")
    failed: list[BaseException] = []

    def work(who: str) -> None:
        try:
            for n in range(15):
                tag(store, "p01", "fairs", by=who, start=n, end=n + 5)
                assert sum(one[-1] == who for one in coded(store)) == n + 1
        except BaseException as problem:  # noqa: BLE001  told to the thread that asks
            failed.append(problem)

    threads = [threading.Thread(target=work, args=(f"Coder {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(coded(store)) == 90
    state_of(store)


CONTRACT = """
with create_store(sys.argv[1], name="x", language="en", by="Amina", at=AT) as store:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    store.undo(by="Bo", at=later(1))
    store.redo(by="Bo", at=later(2))
    try:
        with store.act("x", by="Bo", at=AT) as act:
            act.ensure(transcript_records("p02"))
            raise RuntimeError
    except RuntimeError:
        pass
    print(sys.version_info[:2])
"""


@pytest.mark.parametrize("python", [sys.executable, *PYTHONS.split(os.pathsep)])
def test_what_was_written_is_in_the_file_on_every_python(tmp_path: Path, python: str) -> None:
    found = shutil.which(python)
    if found is None or not _has_sqlalchemy(found):
        pytest.skip(f"{python} is not here, or has no SQLAlchemy")
    path = tmp_path / "study.qualcode"
    said_by(CONTRACT, path, python=found)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT start_cp, end_cp, live FROM coding").fetchall() == [(0, 6, 1)]
        assert raw.execute("SELECT uid FROM transcript").fetchall() == [("p01",)]
        assert raw.execute("SELECT count(DISTINCT act) FROM event").fetchone() == (6,)
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _has_sqlalchemy(python: str) -> bool:
    command = [python, "-c", "import sqlalchemy, sys; assert sys.version_info >= (3, 11)"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_a_lock_that_ends_in_time_is_waited_for(file_store: Store) -> None:
    place = str(file_store.path)
    script = """
import time
with open_store(sys.argv[1]) as store, store.act("slow", by="Bo", at=AT) as act:
    print("holding")
    time.sleep(1)
    act.ensure(transcript_records("p01"))
"""
    with running(script, place) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with (
            open_store(place, lock_wait_ms=50) as hasty,
            pytest.raises(errors.StoreLockedError),
            hasty.act("x", by="Amina", at=AT),
        ):
            pass
        apply_codes(file_store, "fairs")
        assert holder.wait(timeout=30) == 0
    state_of(file_store)

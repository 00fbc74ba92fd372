"""The doctor: finds what is wrong, believes nothing, mends what the log can mend."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import postgres
import pytest
from store.processes import open_folder, running, said_by_nobody
from store.samples import (
    AT,
    WORDS,
    apply_codes,
    dump,
    events_of,
    import_transcripts,
    later,
    state_of,
    tag,
)

from qualcode import errors
from qualcode.model.coding import Memo, MemoTarget, MemoType
from qualcode.model.examination import Examination
from qualcode.model.people import Identity, Participant, Role, Speaker
from qualcode.store import engine, identities, kinds, queries, records, tables
from qualcode.store.doctor import examine, mend
from qualcode.store.kinds import Record
from qualcode.store.receiving import absorb
from qualcode.store.store import Store, create_store, open_store

DAMAGED = int(os.environ.get("QUALCODE_TEST_DAMAGED", "60"))
"""How many damaged copies are examined."""


@pytest.fixture
def study(store: Store) -> Store:
    """A store with something of every kind."""
    fill(store)
    return store


def fill(store: Store) -> None:
    """Three transcripts, two codes, thirty codings by two coders, people, a memo."""
    import_transcripts(store, "p01", "p02", "p03", text=WORDS * 6)
    apply_codes(store, "fairs", "halls")
    with store.act("describe", by="Amina", at=later(1)) as act:
        act.ensure(
            [
                *records.participant_records(
                    Participant("P01", place="Thornwick", attributes={"strand": "in depth"})
                ),
                records.speaker_record("p01", Speaker("P", Role.PARTICIPANT, "P01")),
                records.taking_part_record("p01", "P01"),
                records.memo_record(
                    Memo("m1", MemoType.NOTE, MemoTarget.TRANSCRIPT, "p01", "amina", "Loud!", AT),
                    scope="p01",
                ),
            ]
        )
    for n in range(30):
        who, code = ("Amina", "Bo")[n % 2], ("fairs", "halls")[n % 3 % 2]
        tag(store, f"p0{n % 3 + 1}", code, by=who, start=n * 7, end=n * 7 + 20, at=later(n))
    store.undo(by="Bo", at=later(90))


def codes_of(examination: Examination) -> list[str]:
    """What was found, by its stable names."""
    return [finding.code for finding in examination.findings]


def run(store: Store, sql: str) -> None:
    """Change rows behind the program's back."""
    with engine.writing(store.engine, where=store.where) as session:
        session.run(sql)


def test_a_sound_store_is_whole_and_its_facts_are_told(study: Store) -> None:
    found = examine(study)
    assert found.findings == ()
    assert found.is_whole
    facts = found.facts
    assert (facts.transcripts, facts.codings, facts.store_version) == (3, 29, tables.STORE_VERSION)
    assert facts.events == len(events_of(study))
    assert (facts.size_bytes or 0) > 10_000
    assert facts.unknown_events == 0
    if study.path is not None:
        assert facts.database == f"SQLite {sqlite3.sqlite_version}"
        assert (facts.journal, facts.identities) == ("delete", False)
    else:
        assert facts.database.startswith("PostgreSQL 1")
        assert (facts.journal, facts.identities) == (None, True)


def test_examining_changes_nothing(file_store: Store) -> None:
    fill(file_store)
    assert file_store.path is not None
    before = file_store.path.read_bytes()
    examine(file_store)
    assert file_store.path.read_bytes() == before
    assert sorted(path.name for path in file_store.path.parent.iterdir()) == ["study.qualcode"]


ROWS_BEHIND_OUR_BACK = {
    "a coding's doubt": "UPDATE coding SET doubt = 1 WHERE start_cp = 7",
    "a coding gone": "DELETE FROM coding WHERE start_cp = 7",
    "a coding moved": "UPDATE coding SET ev = (SELECT ev FROM project) WHERE start_cp = 7",
    "a dead coding alive": "UPDATE coding SET live = 1",
    "a name": "UPDATE transcript SET name = 'P09' WHERE uid = 'p01'",
    "a turn": "UPDATE turn SET speaker = 'I' WHERE n = 1",
    "a memo's words": "UPDATE memo SET body = 'Quiet'",
    "an erasure": "INSERT INTO erased (scope) VALUES ('p02')",
    "a participant": "DELETE FROM participant_attribute",
}


@pytest.mark.parametrize("what", ROWS_BEHIND_OUR_BACK)
def test_a_row_that_the_log_does_not_mean_is_found_and_mended(study: Store, what: str) -> None:
    before = state_of(study)
    run(study, ROWS_BEHIND_OUR_BACK[what])
    found = examine(study)
    assert codes_of(found) == ["projection"]
    assert found.findings[0].mendable
    done = mend(study, at=later(100))
    assert (codes_of(done.before), codes_of(done.after)) == (["projection"], [])
    assert state_of(study) == before
    assert (done.backup is None) == (study.path is None)


def test_findings_name_kinds_and_numbers_and_never_words(study: Store) -> None:
    run(study, "UPDATE memo SET body = 'Quetzal'")
    run(study, "UPDATE coding SET doubt = 1 WHERE start_cp < 20 AND live = 1")
    (finding,) = examine(study).findings
    assert finding.what == "records that are not what the log of changes says: coding 3, memo 1"
    assert "Quetzal" not in str(finding)
    assert "Loud" not in str(finding)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET body = '{}' WHERE kind = 'memo'",
        "UPDATE event SET actor = 'cleo' WHERE seq = 9",
        "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
        "DELETE FROM event WHERE seq = 5",
        "UPDATE meta SET value = 'no seal' WHERE key = 'log_seal'",
        "DELETE FROM meta WHERE key = 'log_seal'",
    ],
)
def test_a_log_that_was_altered_is_found_and_not_built_on(study: Store, sql: str) -> None:
    run(study, sql)
    found = codes_of(examine(study))
    assert found[0] in ("log-seal", "seal-unreadable")
    done = mend(study, at=later(100))
    assert done.before == done.after
    assert done.backup is None


def test_a_text_that_was_altered_is_found_and_left_to_the_backup(study: Store) -> None:
    run(study, "UPDATE text SET body = replace(body, 'fair', 'fare')")
    found = examine(study)
    assert codes_of(found) == ["text-sha256"]
    assert found.findings[0].what == "texts that are no longer what was imported: 3"
    assert codes_of(mend(study, at=later(100)).after) == ["text-sha256"]


def test_a_text_that_is_missing_is_found(study: Store) -> None:
    run(study, "DELETE FROM text")
    assert codes_of(examine(study)) == ["text-missing"]


def test_a_sketch_that_was_altered_is_computed_anew(study: Store) -> None:
    run(study, "UPDATE text SET words_sha256 = 'x'")
    assert codes_of(examine(study)) == ["text-sketch"]
    assert codes_of(mend(study, at=later(100)).after) == []


def test_places_outside_their_text_are_found(study: Store) -> None:
    tag(study, "p01", "fairs", by="Bo", start=10_000, end=10_010)
    with study.act("x", by="Bo", at=AT) as act:
        act.add_texts([])
        said = Record(
            kinds.VERSION,
            ("p04-v1",),
            {
                "transcript": "p04",
                "text_sha256": queries.known_texts(act.session)[0].text_sha256,
                "characters": 5,
                "turns": [[0, 9_999, "P", None, None]],
            },
        )
        act.ensure([said])
    assert codes_of(examine(study)) == ["characters", "turn-outside", "coding-outside"]


def test_what_a_newer_program_wrote_is_counted_and_kept(study: Store) -> None:
    last = events_of(study)[-1]
    newer = last._replace(id=last.id[:15] + bytes([last.id[15] ^ 1]), kind="constellation")
    with study.act("receive", by="Bo", at=AT) as act:
        absorb(act.session, [newer])
    found = examine(study)
    assert (found.findings, found.facts.unknown_events) == ((), 1)
    run(study, "UPDATE memo SET body = 'x'")
    done = mend(study, at=later(100))
    assert (done.after.findings, done.after.facts.unknown_events) == ((), 1)


def test_rows_that_refer_to_nothing_are_found_and_mended(file_store: Store) -> None:
    fill(file_store)
    path = closed(file_store)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM code WHERE uid = 'fairs'")
        raw.commit()
    with open_store(str(path)) as store:
        assert "references" in codes_of(examine(store))
        assert codes_of(mend(store, at=later(100)).after) == []


def test_a_store_that_lost_its_marks_is_found(file_store: Store) -> None:
    path = closed(file_store)
    for sql, code in (
        ("PRAGMA application_id=7", "application-id"),
        ("PRAGMA user_version=7", "store-version"),
    ):
        spoilt = path.with_name("spoilt.qualcode")
        shutil.copy(path, spoilt)
        with closing(sqlite3.connect(spoilt)) as raw:
            raw.execute(sql)
            raw.commit()
        with open_store(str(spoilt), as_found=True) as store:
            assert codes_of(examine(store)) == [code]


def test_a_store_of_another_version_is_not_called_damaged(file_store: Store) -> None:
    path = closed(file_store)
    for version, said in ((7, errors.StoreNewerError), (0, errors.StoreOlderError)):
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(f"PRAGMA user_version={version}")
            raw.execute(f"UPDATE meta SET value = '{version}' WHERE key = 'store_version'")
            raw.commit()
        with open_store(str(path), as_found=True) as store, pytest.raises(said):
            examine(store)


def test_a_journal_that_another_program_chose_is_found_and_put_back(file_store: Store) -> None:
    fill(file_store)
    path = closed(file_store)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
    with open_store(str(path)) as store:
        found = examine(store)
        assert (codes_of(found), found.facts.journal) == (["journal-mode"], "wal")
        done = mend(store, at=later(100))
        assert (codes_of(done.after), done.after.facts.journal) == ([], "delete")


def test_a_journal_left_by_a_kill_is_nothing_to_report(file_store: Store) -> None:
    fill(file_store)
    path = closed(file_store)
    script = """
import os, signal
with open_store(sys.argv[1]) as store, store.act("x", by="Bo", at=AT) as act:
    act.ensure(transcript_records("p09"))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with running(script, path) as killed:
        killed.wait(timeout=60)
    left = Path(f"{path}-journal")
    assert left.stat().st_size > 0
    with open_store(str(path)) as store:
        assert examine(store).is_whole
        apply_codes(store, "fields")
    assert not left.exists()


def test_a_store_can_be_examined_while_somebody_writes(store: Store, place: str) -> None:
    fill(store)
    with open_store(place) as other, store.act("x", by="Bo", at=AT) as act:
        act.ensure([records.no_attribute_record("P01", "strand")])
        assert examine(other).is_whole


def test_damaged_identities_are_found_and_hide_nothing_else(file_store: Store) -> None:
    fill(file_store)
    file_store.hold_identities()
    with file_store.act("x", by="Amina", at=AT) as act:
        identities.write(act.session, [Identity("P01", "Wanda Fairweather")])
    assert examine(file_store).facts.identities
    run(file_store, "UPDATE memo SET body = 'x'")
    path = closed(file_store)
    identities.beside(path).write_bytes(b"names" * 999)
    with open_store(str(path), as_found=True) as store:
        found = examine(store)
    assert codes_of(found) == ["projection", "identities"]
    assert not found.facts.identities
    with open_store(str(path), as_found=True) as store:
        assert codes_of(mend(store, at=later(100)).after) == ["identities"]


@pytest.mark.parametrize(
    "content", [b"", b"words " * 5_000, bytes(8_192)], ids=["empty", "words", "zeros"]
)
def test_a_file_of_something_else_is_said_to_be_that(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "study.qualcode"
    path.write_bytes(content)
    with open_store(str(path), as_found=True) as store:
        found = examine(store)
    assert not found.is_whole
    assert not any(finding.mendable for finding in found.findings[:1])
    assert path.read_bytes() == content


def test_a_read_only_store_can_be_examined() -> None:
    with open_folder() as folder:
        place = folder / "study.qualcode"
        with create_store(str(place), name="x", language="en", by="Amina", at=AT) as store:
            fill(store)
        place.chmod(0o444)
        folder.chmod(0o555)
        script = """
from qualcode.store.doctor import examine
with open_store(sys.argv[1]) as store:
    print(examine(store).findings)
"""
        assert said_by_nobody(script, place).strip() == "()"


def test_mending_keeps_a_backup_and_of_those_the_last_three(file_store: Store) -> None:
    fill(file_store)
    kept = []
    for n in range(5):
        run(file_store, "UPDATE memo SET body = 'x'")
        kept.append(mend(file_store, at=later(100 + n)).backup)
    assert file_store.path is not None
    found = sorted(str(path) for path in file_store.path.parent.glob("*.auto-backup"))
    assert found == kept[2:]
    assert kept[0] == str(file_store.path) + ".20260302T111000Z.auto-backup"


def test_on_a_server_an_unreadable_table_is_said_and_the_rest_is_examined(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.new_database()
    with create_store(url, name="x", language="en", by="Amina", at=AT) as store:
        fill(store)
        postgres_server.run(url, "DROP TABLE turn")
        found = codes_of(examine(store))
    assert found == ["places-unreadable", "agreement-unreadable"]
    postgres_server.drop_database(url)


def everything_readable(store: Store) -> list[object]:
    """All rows of all tables, and what people see of them."""
    with engine.reading(store.engine, where=store.where) as session:
        return [
            dump(session, [name for name in tables.metadata.tables if name != "segment"]),
            queries.transcripts(session),
            queries.codings(session),
            queries.memos(session),
        ]


def test_eight_overwritten_bytes_anywhere_are_found_or_change_nothing(file_store: Store) -> None:
    fill(file_store)
    import_transcripts(file_store, "p04", "p05", text=WORDS * 600, at=later(95))
    whole = everything_readable(file_store)
    path = closed(file_store)
    content = path.read_bytes()
    spoilt = path.with_name("spoilt.qualcode")
    chance = random.Random(20260302)
    found = 0
    for _ in range(DAMAGED):
        at = chance.randrange(len(content) - 8)
        damaged = content[:at] + chance.randbytes(8) + content[at + 8 :]
        spoilt.write_bytes(damaged)
        with open_store(str(spoilt), as_found=True) as store:
            examination = examine(store)
            if examination.is_whole:
                assert everything_readable(store) == whole, f"8 bytes at {at}"
            found += not examination.is_whole
    assert found > DAMAGED // 4, "a good part of a file is something that can be read"


def test_letters_changed_in_a_words_place_are_found(file_store: Store) -> None:
    fill(file_store)
    path = closed(file_store)
    content = path.read_bytes()
    places = [at for at in range(len(content)) if content.startswith(b"The hall", at)]
    assert len(places) >= 18
    for at in places[:10]:
        path.write_bytes(content[:at] + b"The mall" + content[at + 8 :])
        with open_store(str(path)) as store:
            assert "text-sha256" in codes_of(examine(store))


def test_a_file_that_was_cut_off_is_found(file_store: Store) -> None:
    fill(file_store)
    path = closed(file_store)
    content = path.read_bytes()
    for size in (len(content) - 4096, len(content) // 2, 4096, 100):
        path.write_bytes(content[:size])
        with open_store(str(path), as_found=True) as store:
            found = examine(store)
        assert found.findings[0].code in ("structure-unreadable", "integrity")


def closed(store: Store) -> Path:
    """The path of a file store, closed."""
    assert store.path is not None
    store.close()
    return store.path

"""Rows from events: few statements for many records, stubs, erasure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from store.samples import (
    AT,
    WORDS,
    apply_codes,
    coding,
    dump,
    events_of,
    import_transcripts,
    later,
    state_of,
    tag,
    text_row,
    transcript_records,
)

from qualcode.model.codebook import Code
from qualcode.store import engine, log, projection, queries, readback, records, tables
from qualcode.store.engine import Session
from qualcode.store.kinds import CODING, KINDS, Record
from qualcode.store.receiving import absorb
from qualcode.store.store import Store


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked and written, once however many rows it is."""
    sent: list[str] = []

    def noting(name: str) -> Callable[..., object]:
        plain = getattr(Session, name)

        def noted(self: Session, sql: str, *rest: object, **more: object) -> object:
            sent.append(sql if name == "rows" else f"{name} {sql}")
            return plain(self, sql, *rest, **more)

        return noted

    for name in ("rows", "many", "insert"):
        monkeypatch.setattr(Session, name, noting(name))
    return sent


def tag_many(store: Store, count: int) -> None:
    """One act with `count` codings."""
    with store.act("tag from table", by="Bo", at=AT) as act:
        act.ensure(
            records.coding_record(coding("p01", "fairs", "Bo", n, n + 9), transcript="p01")
            for n in range(count)
        )


def test_a_thousand_codings_take_no_more_statements_than_two(
    store: Store, statements: list[str]
) -> None:
    import_transcripts(store, "p01", text="We came. " * 200)
    apply_codes(store, "fairs")
    statements.clear()
    tag_many(store, 2)
    few = len(statements)
    assert 5 < few < 20
    statements.clear()
    tag_many(store, 1_000)
    assert len(statements) <= few + 2


def test_saying_a_thousand_codings_again_writes_nothing(
    store: Store, statements: list[str]
) -> None:
    import_transcripts(store, "p01", text="We came. " * 200)
    apply_codes(store, "fairs")
    tag_many(store, 1_000)
    statements.clear()
    tag_many(store, 1_000)
    assert not [sql for sql in statements if not sql.startswith("SELECT")]
    assert len(statements) < 12


def test_many_rows_at_once_may_all_lack_a_value(store: Store) -> None:
    text = "We. " * 120
    with store.act("import", by="Amina", at=AT) as act:
        turns = [(n * 4, n * 4 + 3, None) for n in range(120)]
        act.add_texts([text_row(text)])
        act.ensure(transcript_records("p01", text, turns=turns))
        act.ensure(Record(KINDS["code"], (f"code-{n}",), {"name": "x"}) for n in range(120))
    state_of(store)
    with store.reading() as session:
        assert len(queries.texts(session, ["p01-v1"])["p01-v1"].turns) == 120


def test_asking_for_records_that_are_unknown_makes_no_stubs(store: Store) -> None:
    with store.reading() as session:
        key = ("p77-v1", 0, 6, "nothing", "nobody")
        assert readback.current(session, CODING, [key]) == {}
        for table in ("version", "code"):
            assert session.number(f"SELECT count(*) FROM {table}") == 0


def test_a_stub_refers_and_says_nothing(store: Store) -> None:
    tag(store, "p01", "fairs", by="Bo")
    with store.reading() as session:
        assert session.rows("SELECT uid, live, ev FROM version") == [("p01-v1", 0, tables.STUB)]
        assert ("version", '["p01-v1"]') not in readback.everything(session)


def test_every_kind_comes_back_from_its_rows_as_it_was_said(store: Store) -> None:
    said: dict[str, tuple[tuple[object, ...], dict[str, object]]] = {
        "project": ((), {"uid": "u", "name": "n", "language": "de", "created": "c"}),
        "codebook": ((), {"name": "n", "version": "3", "source": "codebook: n\n"}),
        "coder": (("bo",), {"name": "Bo"}),
        "code": (
            ("fairs",),
            {
                "name": "Fairs",
                "parent": "halls",
                "position": 4,
                "key": "f",
                "colour": "#8a4b1f",
                "definition": "d",
                "guidance": {"include": ["a"], "look_for": ["fair*"]},
                "merged_into": "halls",
                "retired": True,
                "proposed": True,
            },
        ),
        "participant": (
            ("P01",),
            {
                name: name
                for name in (
                    "attribution",
                    "pseudonym",
                    "role",
                    "organisation",
                    "place",
                    "stakeholder",
                    "consent_date",
                    "consent_note",
                )
            },
        ),
        "participant-attribute": (("P01", "strand"), {"value": "in depth"}),
        "transcript": (
            ("p01",),
            {"name": "P01", "language": "en", "interviewed": "2026-01-02", "recording": "r.wav"},
        ),
        "transcript-attribute": (("p01", "place"), {"value": "Thornwick"}),
        "transcript-participant": (("p01", "P01"), {}),
        "speaker": (
            ("p01", "P"),
            {"role": "participant", "participant": "P01"},
        ),
        "spelling": (("p01", "P"), {"same_as": "Q"}),
        "version": (
            ("p01-v2",),
            {
                "transcript": "p01",
                "parent": "p01-v1",
                "text_sha256": "0" * 64,
                "source_sha256": "1" * 64,
                "characters": 12,
                "words": 3,
                "file": "p01.vtt",
                "format": "webvtt",
                "producer": "Zoom",
                "encoding": "utf-8",
                "marks": [[0, 10], [5, 900]],
                "turns": [[0, 4, "I", 10, 20], [6, 12, None, None, None]],
            },
        ),
        "coding": (("p01-v2", 0, 4, "fairs", "bo"), {"doubt": True, "origin": "import"}),
        "memo": (
            ("m1",),
            {name: name for name in ("type", "target_kind", "target", "coder", "body", "written")},
        ),
        "work": (("p01", "bo"), {}),
        "left-out": (("p01", "2" * 64), {"sameness": "same-words"}),
        "summary": (
            ("participant", "P01", "fairs"),
            {
                "words": "w",
                "status": "draft",
                "author": "Bo",
                "written": "2026-01-02T10:00:00+00:00",
                "links": [["p01-v2", 0, 4]],
                "basis": "b",
                "settled": ["0123456789ab"],
            },
        ),
        "not-asked": (("p01", "fairs"), {}),
        "edit": (("p01-v2", 0, 4), {"shown": "[…]"}),
        "mask": (("p01-v2", 5, 9), {"shown": "[P09]"}),
        "star": (("p01-v2", 0, 4), {}),
        "export": (
            ("e01",),
            {
                "written": "2026-01-02T10:00:00+00:00",
                "author": "Bo",
                "file": "f.docx",
                "format": "docx",
                "audience": "team",
                "digest": "0" * 16,
                "quotations": 3,
                "shown": {"P01": ["role"]},
            },
        ),
    }
    assert set(said) == set(KINDS)
    with store.act("say it all", by="Amina", at=later(1)) as act:
        act.ensure(Record(KINDS[name], key, body) for name, (key, body) in said.items())
    with store.reading() as session:
        for name, (key, body) in said.items():
            kind = KINDS[name]
            assert readback.current(session, kind, [key])[key].body == body, name
            assert set(body) == set(kind.defaults), name
    state_of(store)


def erase(store: Store, scope: str) -> None:
    """Erase what belongs to somebody who withdrew."""
    with engine.writing(store.engine, where=store.where) as session:
        projection.erase(session, [scope])
        log.reseal(session)


def test_erasing_takes_the_words_out_of_every_corner(store: Store) -> None:
    import_transcripts(store, "p01", text="Nobody may ever read of the Quetzal")
    import_transcripts(store, "p02")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    with store.act("describe", by="Bo", at=later(1)) as act:
        act.ensure(
            records.transcript_records(
                "p01",
                name="Quetzal one",
                language="en",
                interviewed=None,
                recording="Quetzal.wav",
                attributes={"nickname": "Quetzal"},
            )
        )
    everywhere = [*tables.metadata.tables]
    with store.reading() as session:
        assert sum("Quetzal" in str(row) for row in dump(session, everywhere)) > 4
    erase(store, "p01")
    with store.reading() as session:
        assert not [row for row in dump(session, everywhere) if "Quetzal" in str(row)]
        assert log.stored_seal(session) == log.computed_seal(session)
        assert [one.uid for one in queries.transcripts(session)] == ["p02"]
        assert queries.codings(session) == []
        assert session.number("SELECT count(*) FROM turn") == 1
    assert [event.verb for event in events_of(store)].count("describe") == 2
    if store.path is not None:
        assert b"Quetzal" not in store.path.read_bytes()


def test_what_is_said_of_something_erased_stays_unsaid(store: Store) -> None:
    import_transcripts(store, "p01")
    erase(store, "p01")
    with store.act("describe", by="Bo", at=later(1)) as act:
        said = act.ensure(
            records.transcript_records(
                "p01", name="Again", language=None, interviewed=None, recording=None, attributes={}
            )
        )
    assert said == []
    assert not [event for event in events_of(store) if "Again" in str(event.body)]


def test_a_text_that_another_transcript_shares_outlives_an_erasure(store: Store) -> None:
    with store.act("import", by="Amina", at=AT) as act:
        act.add_texts([text_row(WORDS)])
        act.ensure([*transcript_records("p01"), *transcript_records("p02")])
    erase(store, "p01")
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM text") == 1
    erase(store, "p02")
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM text") == 0


def test_a_code_that_a_newer_program_wrote_keeps_its_unknown_fields_in_the_log(
    store: Store,
) -> None:
    apply_codes(store, "fairs")
    mine = events_of(store)[-1]
    newer = mine._replace(
        id=mine.id[:6] + b"\x7f" + mine.id[7:],
        key='["halls"]',
        body='{"icon":"tent","name":"Halls"}',
    )
    with store.act("receive", by="Bo", at=AT) as act:
        absorb(act.session, [newer])
    with store.reading() as session:
        book, _ = queries.codebook(session)
        assert Code("halls", "Halls") in book.codes
        assert '"icon":"tent"' in str(list(log.read(session))[-1].body)

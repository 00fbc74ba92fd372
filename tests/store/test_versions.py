"""Versions of transcripts: which is current, which number it has, and what waits on the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from store.samples import (
    AT,
    apply_codes,
    import_transcripts,
    later,
    sha256,
    tag,
    text_row,
    version_of,
)

from qualcode.model.codebook import Code
from qualcode.store import (
    clock,
    engine,
    kinds,
    projection,
    queries,
    receiving,
    records,
    working,
)
from qualcode.store.doctor import examine
from qualcode.store.fold import Event
from qualcode.store.kinds import Record, canonical, canonical_key
from qualcode.store.store import Store
from qualcode.store.versions import outdated, version_numbers, versions, waiting_counts

FIRST = version_of("p01")


def correct(store: Store, uid: str, *, parent: str, minutes: float, holds: bool = True) -> None:
    """Say of p01 that this version follows another, or that it does not any more."""
    text = f"The words of {uid}."
    body = {
        "transcript": "p01",
        "parent": parent,
        "text_sha256": sha256(text),
        "source_sha256": sha256(uid),
        "characters": len(text),
        "words": len(text.split()),
        "turns": [[0, len(text), "P", None, None]],
    }
    with store.act("import", by="Amina", at=later(minutes)) as act:
        act.add_texts([text_row(text)])
        act.ensure([Record(kinds.VERSION, (uid,), body if holds else None, "p01")])


def known(store: Store) -> list[tuple[str, int, bool]]:
    """The versions of p01 with their numbers, and whether each is current; all answers agree."""
    with store.reading() as session:
        found = versions(session, "p01")
        (current,) = [one.uid for one in found if one.is_current]
        assert [ref.version for ref in queries.current_versions(session)] == [current]
        assert working.is_current(session, current)
        assert set(outdated(session).values()) == {one.uid for one in found} - {current}
        assert version_numbers(session) == {one.uid: one.number for one in found}
        (record,) = queries.transcripts(session)
        assert (record.version_uid, record.version) == (current, version_numbers(session)[current])
    assert examine(store).is_whole
    return [(one.uid, one.number, one.is_current) for one in found]


def test_a_correction_is_current_and_has_the_next_number(store: Store) -> None:
    import_transcripts(store, "p01")
    assert known(store) == [(FIRST, 1, True)]
    correct(store, "v2", parent=FIRST, minutes=1)
    correct(store, "v3", parent="v2", minutes=2)
    assert known(store) == [(FIRST, 1, False), ("v2", 2, False), ("v3", 3, True)]


def test_the_one_before_is_current_again_when_a_correction_is_taken_back(store: Store) -> None:
    import_transcripts(store, "p01")
    correct(store, "v2", parent=FIRST, minutes=1)
    correct(store, "v2", parent=FIRST, minutes=2, holds=False)
    assert known(store) == [(FIRST, 1, True)]


def test_a_version_that_another_follows_is_not_current_however_late_it_was_said(
    store: Store,
) -> None:
    import_transcripts(store, "p01")
    correct(store, "v2", parent=FIRST, minutes=1)
    correct(store, "v3", parent="v2", minutes=2)
    correct(store, "v2", parent=FIRST, minutes=3, holds=False)
    assert known(store) == [(FIRST, 1, False), ("v3", 2, True)]
    correct(store, "v2", parent=FIRST, minutes=4)
    assert known(store) == [(FIRST, 1, False), ("v2", 2, False), ("v3", 3, True)]


def test_of_two_corrections_made_apart_the_later_is_current(store: Store) -> None:
    import_transcripts(store, "p01")
    correct(store, "v2b", parent=FIRST, minutes=2)
    correct(store, "v2a", parent=FIRST, minutes=3)
    assert known(store) == [(FIRST, 1, False), ("v2b", 2, False), ("v2a", 3, True)]


def test_no_two_versions_have_one_number_and_the_current_one_has_the_last(store: Store) -> None:
    import_transcripts(store, "p01")
    correct(store, "v2", parent=FIRST, minutes=1)
    correct(store, "v3", parent="v2", minutes=2)
    correct(store, "v2b", parent=FIRST, minutes=3)
    assert known(store) == [
        (FIRST, 1, False),
        ("v2", 2, False),
        ("v3", 3, False),
        ("v2b", 4, True),
    ]


def test_of_the_known_versions_the_current_one_is_the_last_though_another_was_said_later(
    store: Store,
) -> None:
    import_transcripts(store, "p01")
    correct(store, "v2", parent=FIRST, minutes=1)
    correct(store, "v3", parent="v2", minutes=2)
    correct(store, "v2", parent=FIRST, minutes=3, holds=False)
    correct(store, "v2", parent=FIRST, minutes=4)
    assert known(store)[-1] == ("v3", 3, True)
    with store.reading() as session:
        assert [one.version for one in queries.known_versions(session)] == [FIRST, "v2", "v3"]


# -- versions that were taken back ----------------------------------------------------------------


def correction_taken_back_and_coded_elsewhere(store: Store) -> list[Event]:
    """Events of another copy: a correction, a coding on it, and the correction taken back."""
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    text = "The words of v2."
    body = {
        "transcript": "p01",
        "parent": FIRST,
        "text_sha256": sha256(text),
        "source_sha256": sha256("v2"),
        "characters": len(text),
        "words": 4,
        "turns": [[0, len(text), "P", None, None]],
    }
    with store.act("take in", by="Amina", at=later(0.5)) as act:
        act.add_texts([text_row(text)])
    key = canonical_key(("v2",))
    place = canonical_key(("v2", 4, 9, "fairs", "bo"))
    return [
        event("version", key, canonical(body), minutes=1),
        event("coding", place, "{}", minutes=2),
        event("version", key, None, minutes=3),
    ]


def event(kind: str, key: str, body: str | None, *, minutes: float) -> Event:
    at_ms = int(later(minutes).timestamp() * 1000)
    (ev,) = clock.new_ids(1, at_ms=at_ms, newest=None)
    return Event(ev, ev, "bo", "act of another copy", kind, key, body, "p01")


def absorb(store: Store, events: Sequence[Event]) -> None:
    with engine.writing(store.engine, where=store.where) as session:
        receiving.absorb(session, events)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_what_lies_on_a_version_that_was_taken_back_waits_with_its_words(
    store: Store, order: tuple[int, ...]
) -> None:
    events = correction_taken_back_and_coded_elsewhere(store)
    for at in order:
        absorb(store, [events[at]])
    assert known(store) == [(FIRST, 1, True), ("v2", 2, False)]
    with store.reading() as session:
        text = queries.texts(session, ["v2"])["v2"]
        assert (text.text, [turn.speaker for turn in text.turns]) == ("The words of v2.", ["P"])
        assert waiting_counts(session) == {"p01": 1}
        assert queries.coding_counts(session) == {}
        assert queries.coding_counts(session, with_waiting=True) == {"fairs": 1}
        assert queries.codings(session) == []
        assert [one.code for one in queries.codings(session, versions=["v2"])] == ["fairs"]
    with engine.writing(store.engine, where=store.where) as session:
        projection.rebuild(session)
    assert known(store) == [(FIRST, 1, True), ("v2", 2, False)]
    with store.reading() as session:
        assert queries.texts(session, ["v2"])["v2"] == text


def test_a_version_that_was_taken_back_is_gone_when_nothing_stands_on_it(store: Store) -> None:
    absorb(store, correction_taken_back_and_coded_elsewhere(store))
    assert len(known(store)) == 2
    gone = canonical_key(("v2", 4, 9, "fairs", "bo"))
    absorb(store, [event("coding", gone, None, minutes=4)])
    assert known(store) == [(FIRST, 1, True)]


def test_the_words_of_a_version_that_was_taken_back_go_with_an_erasure(store: Store) -> None:
    absorb(store, correction_taken_back_and_coded_elsewhere(store))
    with engine.writing(store.engine, where=store.where) as session:
        assert session.number("SELECT count(*) FROM turn") == 2
        projection.erase(session, ["p01"])
        assert session.number("SELECT count(*) FROM turn") == 0
        assert session.number("SELECT count(*) FROM text") == 0
        assert session.rows("SELECT DISTINCT parent_uid, text_sha256 FROM version") == [
            (None, None)
        ]


def test_codings_on_a_transcript_that_is_not_in_the_project_are_found(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo")
    assert examine(store).is_whole
    absorb(store, [event("transcript", canonical_key(("p01",)), None, minutes=9)])
    assert [one.code for one in examine(store).findings] == ["coding-astray"]


def test_what_lies_on_a_version_that_is_not_current_waits(store: Store) -> None:
    import_transcripts(store, "p01", "p02")
    apply_codes(store, "fairs", "halls", "songs")
    tag(store, "p01", "fairs", by="Bo")
    tag(store, "p01", "halls", by="Bo")
    tag(store, "p01", "halls", by="Amina")
    tag(store, "p02", "fairs", by="Bo")
    with store.reading() as session:
        assert waiting_counts(session) == {}
        assert queries.coding_counts(session) == {"fairs": 2, "halls": 2}
    correct(store, "v2", parent=FIRST, minutes=1)
    with store.reading() as session:
        assert waiting_counts(session) == {"p01": 3}
        assert waiting_counts(session, codes=["halls"]) == {"p01": 2}
        assert waiting_counts(session, codes=["halls"], coder="bo") == {"p01": 1}
        assert waiting_counts(session, coder="zoe") == {}
        assert queries.coding_counts(session) == {"fairs": 1}
        assert queries.coding_counts(session, with_waiting=True) == {"fairs": 2, "halls": 2}
        assert len(queries.codings(session)) == 1
        assert len(queries.codings(session, versions=[FIRST])) == 3
        assert [t.waiting for t in queries.transcripts(session)] == [3, 0]


def test_what_a_merge_of_codes_made_one_waits_once(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls")
    tag(store, "p01", "fairs", by="Bo")
    tag(store, "p01", "halls", by="Bo")
    correct(store, "v2", parent=FIRST, minutes=1)
    with store.act("merge codes", by="Amina", at=AT) as act:
        act.ensure([records.code_record(Code("halls", "Halls"), position=1, merged_into="fairs")])
    with store.reading() as session:
        assert waiting_counts(session, codes=["fairs"]) == {"p01": 1}
        assert queries.coding_counts(session) == {}
        assert queries.coding_counts(session, with_waiting=True) == {"fairs": 1}

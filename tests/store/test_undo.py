"""Undo and redo: read from the log, one act at a time, each coder their own."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store.samples import (
    AT,
    apply_codes,
    coded,
    coding,
    events_of,
    holding,
    import_transcripts,
    later,
    reset,
    state_of,
    tag,
    untag,
)

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.store import kinds, log, projection, records
from qualcode.store.clock import new_ids
from qualcode.store.fold import Event
from qualcode.store.kinds import Record
from qualcode.store.receiving import absorb
from qualcode.store.store import Store, open_store


def ready(store: Store) -> None:
    """Two transcripts and two codes to work with, by somebody else."""
    import_transcripts(store, "p01", "p02")
    apply_codes(store, "fairs", "halls")


def test_undo_takes_the_last_act_back_and_redo_does_it_again(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo")
    tag(store, "p02", "halls", by="Bo")
    both = coded(store)
    act = store.undo(by="Bo", at=later(1))
    assert (act.changed, act.reverted_verb) == (1, "tag")
    assert coded(store) == both[:1]
    act = store.redo(by="Bo", at=later(2))
    assert (act.changed, act.reverted_verb) == (1, "tag")
    assert coded(store) == both
    state_of(store)


def test_an_act_of_many_records_is_undone_in_one_step(store: Store) -> None:
    ready(store)
    with store.act("tag from table", by="Bo", at=AT) as act:
        act.ensure(
            records.coding_record(coding("p01", "fairs", "Bo", n, n + 5), transcript="p01")
            for n in range(50)
        )
    assert store.undo(by="Bo", at=later(1)).changed == 50
    assert coded(store) == []


def test_undo_puts_back_what_a_record_was_before(store: Store) -> None:
    ready(store)
    with store.act("reword", by="Bo", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "Village fairs"), position=7)])
    store.undo(by="Bo", at=later(1))
    assert '{"name":"Fairs","position":0}' in holding(store).values()


def test_a_record_changed_twice_in_one_act_goes_back_to_before_the_act(store: Store) -> None:
    ready(store)
    before = holding(store)
    with store.act("reword", by="Amina", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "First"), position=0)])
        act.ensure([records.code_record(Code("fairs", "Second"), position=0)])
    store.undo(by="Amina", at=later(1))
    assert holding(store) == before


def test_an_act_that_came_back_to_where_it_began_is_undone_and_then_the_one_before(
    store: Store,
) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Amina")
    with store.act("to and fro", by="Amina", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "Other"), position=0)])
        act.ensure([records.code_record(Code("fairs", "Fairs"), position=0)])
    assert store.undo(by="Amina", at=later(1)).reverted_verb == "to and fro"
    assert store.undo(by="Amina", at=later(1)).reverted_verb == "tag"


def test_each_coder_undoes_their_own(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo")
    tag(store, "p01", "fairs", by="Cleo")
    store.undo(by="BO", at=later(1))
    assert [one[-1] for one in coded(store)] == ["Cleo"]
    with pytest.raises(errors.NothingToUndoError, match="Bo"):
        store.undo(by="Bo", at=later(1))


def test_nothing_to_redo_after_something_new(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo")
    store.undo(by="Bo", at=later(1))
    tag(store, "p02", "halls", by="Bo", at=later(2))
    with pytest.raises(errors.NothingToUndoError, match="redo"):
        store.redo(by="Bo", at=later(3))


def test_what_somebody_built_on_since_is_not_undone(store: Store) -> None:
    ready(store)
    with store.act("reword", by="Bo", at=AT) as act:
        act.ensure([records.code_record(Code("fairs", "Village fairs"), position=0)])
    with store.act("reword", by="Cleo", at=later(1)) as act:
        act.ensure([records.code_record(Code("fairs", "Town fairs"), position=0)])
    before = state_of(store)
    with pytest.raises(errors.ChangedSinceError, match="'reword' is not undone: 1 record has"):
        store.undo(by="Bo", at=later(2))
    assert state_of(store) == before


def test_an_import_is_not_undone_under_somebodys_codings(store: Store) -> None:
    ready(store)
    store.undo(by="Amina", at=later(1))  # the codes
    store.redo(by="Amina", at=later(1))
    import_transcripts(store, "p03", at=later(2))
    tag(store, "p03", "fairs", by="Bo", at=later(3))
    before = state_of(store)
    with pytest.raises(errors.TranscriptCodedError, match=r"'P03'.* 1 coding, put there by 'Bo'"):
        store.undo(by="Amina", at=later(4))
    assert state_of(store) == before


def test_a_codebook_is_not_undone_under_somebodys_codings(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo")
    with pytest.raises(errors.CodesCodedError, match=r"fairs \(1\)"):
        store.undo(by="Amina", at=later(1))


def test_no_undo_goes_behind_the_making_of_the_project(store: Store) -> None:
    before = state_of(store)
    with pytest.raises(errors.NothingToUndoError):
        store.undo(by="Amina", at=later(1))
    assert state_of(store) == before


def test_a_coder_stays_known_when_their_first_act_is_undone(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo")
    store.undo(by="Bo", at=later(1))
    assert ("coder", '["bo"]') in holding(store)


def test_a_text_outlives_the_undo_of_its_import(store: Store) -> None:
    import_transcripts(store, "p01")
    store.undo(by="Amina", at=later(1))
    with store.act("erase another", by="Amina", at=later(2)) as act:
        projection.erase(act.session, ["p99"])
        log.reseal(act.session)
    store.redo(by="Amina", at=later(3))
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM text") == 1


def test_an_act_of_a_newer_program_is_not_half_undone(store: Store) -> None:
    ready(store)
    one = tag(store, "p01", "fairs", by="Bo")
    last = events_of(store)[-1]
    foreign = last._replace(
        id=last.id[:-1] + bytes([last.id[-1] ^ 1]), kind="constellation", key='["x"]', prev=None
    )
    with store.act("receive", by="Amina", at=later(1)) as act:
        assert absorb(act.session, [foreign]) == 1
    with pytest.raises(errors.NotUndoableError, match="newer qualcode"):
        store.undo(by="Bo", at=later(2))
    untag(store, one, transcript="p01", at=later(3))


def test_undo_knows_the_newest_act_though_an_older_one_arrived_later(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo", at=later(10))
    newest = events_of(store)[-1]
    old_id = bytes(6) + newest.id[6:]
    older = Event(
        old_id, old_id, "bo", "tag", "coding", '["p02-v1",0,6,"halls","bo"]', "{}", scope="p02"
    )
    with store.act("receive", by="Amina", at=later(20)) as act:
        absorb(act.session, [older])
    store.undo(by="Bo", at=later(30))
    assert coded(store) == [("p02-v1", 0, 6, "halls", "Bo")]


def test_an_act_whose_before_is_not_here_is_not_undone(store: Store) -> None:
    ready(store)
    tag(store, "p01", "fairs", by="Bo", at=later(10))
    newest = events_of(store)[-1]
    elsewhere = bytes(range(16))
    another = new_ids(1, at_ms=0, newest=newest.id)[0]
    changed = newest._replace(
        id=another,
        act=another,
        kind="memo",
        key='["m"]',
        body='{"body":"after"}',
        prev=elsewhere,
    )
    with store.act("receive", by="Amina", at=later(20)) as act:
        absorb(act.session, [changed])
    with pytest.raises(errors.ChangedSinceError):
        store.undo(by="Bo", at=later(30))


CODERS = ("Amina", "Bo")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("tag", "untag", "reword", "memo")),
        st.sampled_from(CODERS),
        st.sampled_from(("p01", "p02")),
        st.sampled_from(("fairs", "halls")),
    ),
    max_size=8,
)


def do(store: Store, step: tuple[str, str, str, str], minute: int) -> None:
    """One random act."""
    what, who, transcript, code = step
    one = coding(transcript, code, who)
    said = {
        "tag": records.coding_record(one, transcript=transcript),
        "untag": records.coding_record(one, transcript=transcript, holds=False),
        "reword": records.code_record(Code(code, f"{who} {minute}"), position=0),
        "memo": Record(kinds.MEMO, (f"{who}-{code}",), {"body": f"at {minute}"}),
    }
    with store.act(what, by=who, at=later(minute)) as act:
        act.ensure([said[what]])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, many=st.integers(0, 5))
def test_undoing_and_redoing_as_often_ends_where_it_began(
    store: Store, place: str, steps: list[tuple[str, str, str, str]], many: int
) -> None:
    reset(store)
    for minute, step in enumerate(steps):
        do(store, step, minute)
    for who in CODERS:
        there = [holding(store)]
        for _ in range(many):
            try:
                store.undo(by=who, at=later(100))
            except (
                errors.NothingToUndoError,
                errors.ChangedSinceError,
                errors.CodesCodedError,
            ):
                break
            there.append(holding(store))
        with open_store(place) as again:
            for expected in reversed(there[:-1]):
                again.redo(by=who, at=later(200))
                assert holding(again) == expected
            with pytest.raises(errors.NothingToUndoError):
                again.redo(by=who, at=later(300))

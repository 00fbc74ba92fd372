"""What a coder at work asks again and again, on both databases."""

from __future__ import annotations

from store.samples import (
    AT,
    apply_codes,
    coding,
    events_of,
    import_transcripts,
    later,
    state_of,
    tag,
    untag,
    version_of,
)

from qualcode.model.codebook import Code
from qualcode.model.coding import Memo, MemoTarget, MemoType
from qualcode.store import engine, projection, queries, records, working
from qualcode.store.doctor import examine
from qualcode.store.store import Store
from qualcode.store.working import Footing, LogEnd


def study(store: Store) -> None:
    """Two transcripts and three codes, of which one rests."""
    import_transcripts(store, "p01", "p02")
    apply_codes(store, "fairs", "halls")
    with store.act("retire", by="Amina", at=AT) as act:
        resting = Code("songs", "Songs", proposed=True)
        act.ensure([records.code_record(resting, position=2, retired=True)])


def test_what_a_coding_would_stand_on_is_told_in_one_look(store: Store) -> None:
    study(store)
    with store.reading() as session:
        told = [
            working.footing(session, version, code, "Bo")
            for version, code in (
                (version_of("p01"), "fairs"),
                (version_of("p01"), "songs"),
                ("nowhere", "nothing"),
            )
        ]
        assert told == [
            Footing(version=True, current=True, code=True, retired=False, merged=False),
            Footing(version=True, current=True, code=True, retired=True, merged=False),
            Footing(version=False, current=False, code=False, retired=False, merged=False),
        ]
        assert set(session.local_ids["version"]) == {version_of("p01")}


def test_a_stub_is_no_footing(store: Store) -> None:
    study(store)
    tag(store, "p01", "of another copy", by="Bo")
    with store.reading() as session:
        found = working.footing(session, version_of("p01"), "of another copy", "Bo")
    assert not found.code


def test_what_a_coder_has_on_a_segment_is_told_by_code(store: Store) -> None:
    study(store)
    for code, by in (("halls", "Bo"), ("fairs", "BO"), ("fairs", "Amina")):
        tag(store, "p01", code, by=by)
    tag(store, "p01", "songs", by="Bo", end=7)
    untag(store, coding("p01", "halls", "Bo"), transcript="p01", at=later(1))
    with store.reading() as session:
        found = working.codings_at(session, coding("p01", "x", "x").segment, "bo")
    assert [(one.code, one.coder) for one in found] == [("fairs", "bo")]


def test_recent_codes_are_the_coders_own_tags_newest_first(store: Store) -> None:
    study(store)
    for at, (code, by) in enumerate([("fairs", "Bo"), ("halls", "Bo"), ("songs", "Amina")]):
        tag(store, "p01", code, by=by, at=later(at))
    one = tag(store, "p02", "fairs", by="Bo", at=later(5))
    untag(store, one, transcript="p02", at=later(6))
    with store.reading() as session:
        assert working.recent_codes(session, "bo") == ["fairs", "halls"]
        assert working.recent_codes(session, "Cleo") == []


def test_acts_that_arrived_since_are_told_whatever_their_age(store: Store) -> None:
    study(store)
    with store.reading() as session:
        end = working.log_end(session)
        assert working.acts_from(session, end) == {}
    tag(store, "p01", "fairs", by="Bo", at=later(-10_000))
    tag(store, "p01", "halls", by="Bo")
    numbers = [event.act for event in events_of(store)]
    with store.reading() as session:
        acts = working.acts_from(session, end)
        now = working.log_end(session)
        assert working.acts_from(session, LogEnd(now.number + 1, now.act)) is None
        assert working.acts_from(session, LogEnd(end.number, b"another")) is None
    assert acts is not None
    assert set(acts) == set(numbers[-2:])
    assert now == LogEnd(max(acts.values()), numbers[-1])


def test_memos_of_one_version_are_those_on_its_passages(store: Store) -> None:
    study(store)
    targets = {
        f"{version_of('p01')}:0:6": MemoTarget.SEGMENT,
        f"{version_of('p01')}:0:6:fairs:bo": MemoTarget.CODING,
        f"{version_of('p02')}:0:6": MemoTarget.SEGMENT,
        "p01": MemoTarget.TRANSCRIPT,
    }
    with store.act("write memo", by="Bo", at=AT) as act:
        act.ensure(
            records.memo_record(
                Memo(target, MemoType.NOTE, kind, target, "Bo", "x", AT), scope="p01"
            )
            for target, kind in targets.items()
        )
    with store.reading() as session:
        found = [memo.target for memo in queries.memos(session, version=version_of("p01"))]
        assert found == list(targets)[:2]
        assert len(queries.memos(session)) == 4


def test_being_done_goes_with_an_erased_transcript(store: Store) -> None:
    study(store)
    with store.act("finish", by="Bo", at=later(1)) as act:
        act.ensure([records.work_record(uid, "Bo", finished=True) for uid in ("p01", "p02")])
    with store.reading() as session:
        assert working.is_finished(session, "p01", "BO")
        assert not working.is_finished(session, "p01", "Amina")
    with engine.writing(store.engine, where="x") as session:
        projection.erase(session, ["p01"])
    with store.reading() as session:
        assert not working.is_finished(session, "p01", "Bo")
        assert working.is_finished(session, "p02", "Bo")


def test_what_is_finished_and_proposed_is_made_anew_from_the_log(store: Store) -> None:
    study(store)
    with store.act("finish", by="Bo", at=later(1)) as act:
        act.ensure([records.work_record("p01", "Bo", finished=True)])
    before = state_of(store)
    with engine.writing(store.engine, where="x") as session:
        session.run("DELETE FROM work")
        session.run("UPDATE code SET proposed = 0")
    assert [finding.code for finding in examine(store).findings] == ["projection"]
    with engine.writing(store.engine, where="x") as session:
        projection.rebuild(session)
    assert state_of(store) == before
    with store.reading() as session:
        book, _ = queries.codebook(session)
        assert [code.id for code in book.codes if code.proposed] == ["songs"]
        assert working.is_finished(session, "p01", "Bo")

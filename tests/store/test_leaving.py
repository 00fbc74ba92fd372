"""Summaries, edits, stars, exports: what is recorded is read, and the log gives it back."""

from __future__ import annotations

from dataclasses import replace

from store.samples import AT, apply_codes, import_transcripts, later, state_of, tag, version_of

from qualcode.model.coding import Segment
from qualcode.model.consent import Audience, Edit, Export, Shown
from qualcode.model.spans import Span
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.store import engine, leaving, projection, records, summaries
from qualcode.store.doctor import examine
from qualcode.store.store import Store

CHARTED = Summary(
    case_kind="participant",
    case="P01",
    theme="fairs",
    text="Fairs paid for the roof.",
    status=SummaryStatus.DRAFT,
    author="Amina",
    written=AT.isoformat(),
    links=(Segment(version_of("p01"), 0, 9), Segment(version_of("p01"), 3, 12)),
    basis="b",
)
LEFT = Export(
    uid="e01",
    written=AT.isoformat(),
    by="Amina",
    file="fairs.docx",
    format="docx",
    audience=Audience.PUBLICATION,
    digest="0123456789abcdef",
    quotations=3,
    shown={"P01": frozenset({Shown.ROLE, Shown.DAY}), "P02": frozenset()},
)


def test_a_summary_is_read_as_it_was_written(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    checked = replace(CHARTED, status=SummaryStatus.CHECKED, links=(), basis="")
    for n, summary in enumerate((CHARTED, checked)):
        with store.act("summarise", by="Amina", at=later(n)) as act:
            act.ensure([records.summary_record(summary)])
        with store.reading() as session:
            assert summaries.summaries(session) == [replace(summary, changed_by="Amina")]
    store.undo(by="Amina", at=later(2))
    with store.reading() as session:
        assert summaries.summaries(session) == [replace(CHARTED, changed_by="Amina")]
    with store.act("remove summary", by="Amina", at=later(3)) as act:
        act.ensure([records.summary_record(CHARTED, holds=False)])
    with store.reading() as session:
        assert summaries.summaries(session) == []
    assert examine(store).is_whole


def test_a_star_is_the_passages_and_a_rebuild_keeps_it(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs")
    tag(store, "p01", "fairs", by="Bo", start=0, end=9, at=later(1))
    places = [Segment(version_of("p01"), 0, 9), Segment(version_of("p01"), 3, 12)]
    with store.act("star", by="Amina", at=later(2)) as act:
        act.ensure(records.star_record(place, transcript="p01") for place in places)
    with store.act("take star off", by="Bo", at=later(3)) as act:
        act.ensure([records.star_record(places[1], transcript="p01", holds=False)])
    with store.reading() as session:
        assert leaving.starred(session) == {places[0]}
    before = state_of(store)
    with engine.writing(store.engine, where=store.where) as session:
        projection.rebuild(session)
    assert state_of(store) == before
    with store.reading() as session:
        assert leaving.starred(session) == {places[0]}
    assert examine(store).is_whole


def test_what_was_not_asked_holds_until_it_is_taken_back(store: Store) -> None:
    import_transcripts(store, "p01", "p02")
    apply_codes(store, "fairs", "halls")
    with store.act("not asked", by="Amina", at=AT) as act:
        act.ensure([records.not_asked_record(uid, "halls") for uid in ("p01", "p02")])
    with store.act("asked", by="Amina", at=later(1)) as act:
        act.ensure([records.not_asked_record("p01", "halls", holds=False)])
    with store.reading() as session:
        assert summaries.not_asked(session) == {("p02", "halls")}
    assert examine(store).is_whole


def test_edits_are_read_by_version_in_the_order_of_their_places(store: Store) -> None:
    import_transcripts(store, "p01", "p02")
    made = [Edit(Span(5, 8), "[word]"), Edit(Span(0, 3), "[…]")]
    with store.act("edit", by="Amina", at=AT) as act:
        act.ensure(
            [
                *(records.edit_record(version_of("p01"), e, transcript="p01") for e in made),
                records.edit_record(version_of("p02"), made[0], transcript="p02"),
            ]
        )
    with store.act("edit", by="Amina", at=later(1)) as act:
        taken_back = records.edit_record(version_of("p02"), made[0], transcript="p02", holds=False)
        act.ensure([taken_back])
    with store.reading() as session:
        assert leaving.edits(session) == {version_of("p01"): (made[1], made[0])}
    assert examine(store).is_whole


def test_what_left_is_read_with_the_facts_that_it_gave_away(store: Store) -> None:
    later_one = replace(LEFT, uid="e00", written=later(1).isoformat(), shown={})
    with store.act("export", by="Amina", at=AT) as act:
        act.ensure([records.export_record(one) for one in (later_one, LEFT)])
    with store.reading() as session:
        assert leaving.exports(session) == [LEFT, later_one]
    assert examine(store).is_whole

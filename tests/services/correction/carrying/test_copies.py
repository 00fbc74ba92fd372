"""Copies of a study that are corrected apart become one, and what either held is found again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from services.correcting import correct, lay_down
from services.correction.carrying.corrected_study import (
    BY,
    FAIR,
    MAREK,
    NEW,
    OTHER,
    correct_it,
    held,
    quoted,
    tag,
)
from services.study import take_in, tick

from qualcode.model.coding import Coding, Origin, Segment
from qualcode.services import listing, memos
from qualcode.services.correction import reviewing
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import log, queries, records
from qualcode.store.doctor import examine
from qualcode.store.fold import fold
from qualcode.store.store import Store, create_store
from qualcode.text.anchoring import Outcome


def state(store: Store) -> object:
    with store.reading() as session:
        return fold(log.read(session)).records


@pytest.fixture
def copy(store: Store, new_place: Callable[[], str]) -> Iterator[Store]:
    """Another copy of the same study."""
    with create_store(new_place(), name="Fairs", language="en", by=BY, at=tick()) as made:
        take_in(made, store)
        yield made


def test_two_copies_that_take_the_same_correction_become_one(store: Store, copy: Store) -> None:
    correct(store, "P01", NEW, by=BY, at=tick())
    correct(copy, "P01", NEW, by=OTHER, at=tick())
    expected, held_there = quoted(store), held(store)
    take_in(store, copy)
    take_in(copy, store)
    assert state(store) == state(copy)
    assert quoted(store) == quoted(copy) == expected
    assert held(store) == held(copy) == held_there


def test_a_coding_of_a_copy_that_knew_no_correction_waits_with_its_place(
    store: Store, copy: Store
) -> None:
    correct_it(store)
    tag(copy, "trading", "nobody knew why", by=OTHER)
    before = quoted(store)
    take_in(store, copy)
    assert quoted(store) == before
    late = [one for one in reviewing.waiting(store) if one.coding.coder == OTHER]
    assert [(one.outcome, one.new, one.version) for one in late] == [
        (Outcome.CARRIED, "nobody knew why", 1)
    ]


def test_of_two_corrections_made_apart_the_later_counts_and_the_other_waits(
    store: Store, copy: Store
) -> None:
    correct(store, "P01", NEW, by=BY, at=tick())
    correct(copy, "P01", NEW.replace("stayed", "stayed on"), by=OTHER, at=tick())
    count = len(held(store))
    take_in(store, copy)
    take_in(copy, store)
    assert state(store) == state(copy)
    assert "stayed on" in listing.show_transcript(store, "P01").text.text
    assert len(held(store)) == 2 * (count - 1) + 1
    assert {one.version for one in reviewing.waiting(store)} == {1, 2}
    (fair,) = [one for one in quoted(store) if one[4] is not None]
    assert (fair[0], fair[1], fair[4]) == ("bonding", BY, "who is all?")
    shown = {one.memo.body: one.target for one in memos.list_memos(store)}
    assert shown["whose tools?"] == "P01 ¶6 of version 1 trading"
    assert "version" not in shown["who is all?"]


def test_what_was_coded_on_a_correction_that_another_copy_took_back_waits(
    store: Store, copy: Store
) -> None:
    before = quoted(store)
    correct(store, "P01", NEW, by=BY, at=tick())
    correct(copy, "P01", NEW, by=OTHER, at=tick())
    tag(copy, "trading", "nobody knew why", by=OTHER, memo="who did?")
    coding.undo(store, by=BY, at=tick())
    take_in(store, copy)
    take_in(copy, store)
    assert state(store) == state(copy)
    assert quoted(store) == before
    (waits,) = reviewing.waiting(store)
    assert (waits.outcome, waits.old, waits.new) == (Outcome.CARRIED, *["nobody knew why"] * 2)
    shown = {one.memo.body: one.target for one in memos.list_memos(store)}
    assert shown["who did?"] == "P01 ¶2 of version 2 trading"
    assert listing.show_transcript(store, "P01", version=2).record.codings == 1
    assert examine(store).is_whole

    reviewing.settle(store, reviewing.proposals([waits]), by=BY, at=tick())
    assert ("trading", OTHER, "nobody knew why", False, "who did?") in quoted(store)
    assert [one.number for one in listing.show_transcript(store, "P01").versions] == [1]


def test_what_two_copies_carried_apart_stands_once_after_a_further_correction(
    store: Store, copy: Store
) -> None:
    correct(store, "P01", NEW, by=BY, at=tick())
    correct(copy, "P01", NEW.replace("stayed", "stayed on"), by=OTHER, at=tick())
    take_in(store, copy)
    before = quoted(store)
    assert len(reviewing.waiting(store)) == 4
    correct_it(store, NEW.replace("stayed", "stayed on").replace("knew why", "knew the reason"))
    assert quoted(store) == before
    assert [one.old for one in reviewing.waiting(store)] == [MAREK]


def test_of_two_codings_that_become_one_a_persons_stays_a_persons(
    store: Store, copy: Store
) -> None:
    tag(store, "trading", "nobody knew why")
    correct_it(store)
    version = current_of(copy)
    text = listing.show_transcript(copy, "P01").text.text
    start = text.index("nobody knew why")
    with copy.act("tag from table", by=BY, at=tick()) as act:
        place = Segment(version.version, start, start + len("nobody knew why"))
        imported = Coding(place, "trading", BY, origin=Origin.IMPORT)
        act.ensure([records.coding_record(imported, transcript=version.transcript)])
    take_in(store, copy)
    (late,) = [one for one in reviewing.waiting(store) if one.old == "nobody knew why"]
    assert late.coding.origin is Origin.IMPORT
    reviewing.settle(store, reviewing.proposals([late]), by=BY, at=tick())
    with store.reading() as session:
        found = [one for one in queries.codings(session) if one.code == "trading"]
    assert [one.origin for one in found] == [Origin.PERSON]


def current_of(store: Store) -> queries.VersionRef:
    with store.reading() as session:
        return queries.current_versions(session)[0]


def test_the_review_tells_two_transcripts_of_one_name_apart(store: Store, copy: Store) -> None:
    words = {BY: "Ours is the first one here", OTHER: "Quite another one is this"}
    for one, by in ((store, BY), (copy, OTHER)):
        uid = f"{by:0<32}"
        lay_down(one, "P09", f"I: Who?\n\nP09: {words[by]}.\n", uid=uid, by=by, at=tick())
        coding.tag(one, "P09", "bonding", Place(quote=words[by]), by=by, at=tick())
        correct(one, "P09", f"I: Who?\n\nP09: Gone with {by}.\n", by=by, at=tick())
    take_in(store, copy)
    page = reviewing.review_page(store)
    assert {one.old: page.now[one.uid].text for one in page.waiting} == {
        words[by]: f"Who?\n\nGone with {by}." for by in words
    }


def test_a_memo_that_another_copy_went_on_with_comes_to_its_coding_again(
    store: Store, copy: Store
) -> None:
    correct_it(store)
    assert ("bonding", BY, FAIR, True, "who is all?") in quoted(store)
    with copy.act("go on with memo", by=BY, at=tick()) as act:
        (memo,) = [m for m in queries.memos(act.session) if m.body == "who is all?"]
        whose = queries.current_versions(act.session)[0].transcript
        longer = replace(memo, body="who is all? all who came")
        act.ensure([records.memo_record(longer, scope=whose)])
    take_in(store, copy)
    (waits,) = reviewing.waiting_memos(store)
    assert (waits.outcome, waits.new) == (Outcome.CARRIED, FAIR)
    correct_it(store, NEW.replace("knew why", "knew the reason"))
    assert reviewing.waiting_memos(store) == ()
    assert ("bonding", BY, FAIR, True, "who is all? all who came") in quoted(store)

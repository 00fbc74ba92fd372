"""Codings go along when a transcript is corrected, or wait; nothing is lost or counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from services.correcting import OLD, correct, lay_down, open_study
from services.study import tick
from text.corrections import HEAVY, Corrected, invented, spans_of

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoType, Origin, Segment
from qualcode.model.spans import Span
from qualcode.services import (
    browsing,
    charting,
    codebooks,
    coders,
    coding,
    listing,
    memos,
    progress,
    retrieving,
    reviewing,
)
from qualcode.services.carrying import LAID_ON, Revision
from qualcode.services.coding import Place
from qualcode.services.coding_session import CodingSession
from qualcode.store import codes, engine, log, queries, receiving, records
from qualcode.store.doctor import examine
from qualcode.store.fold import fold
from qualcode.store.store import Store, create_store
from qualcode.text.anchoring import Outcome

BY, OTHER = "amina", "tomasz"

GRANT = "The council gave us a grant, once"
FAIR = "We all came to the fair and stayed"
MAREK = "Marek left his tools behind in the hall"

NEW = (
    OLD.replace("gave us a grant", "gave us the grant")
    .replace(MAREK, "XXXX")
    .replace("I: And then?", "I: And then, tell me?", 1)
)
"""One answer as it was, one with a word set right, one taken out."""


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A study of one coded transcript, on SQLite and on PostgreSQL."""
    with open_study(place, by=BY, at=tick()) as opened:
        tag(opened, "funding", GRANT)
        tag(opened, "bonding", FAIR, doubt=True, memo="who is all?")
        tag(opened, "bonding", FAIR, by=OTHER)
        tag(opened, "trading", MAREK, memo="whose tools?")
        yield opened


def tag(
    store: Store,
    code: str,
    words: str,
    *,
    by: str = BY,
    doubt: bool = False,
    memo: str | None = None,
) -> coding.Tagged:
    """Put a code on quoted words of P01."""
    return coding.tag(
        store, "P01", code, Place(quote=words), doubt=doubt, memo=memo, by=by, at=tick()
    )


def correct_it(store: Store, text: str = NEW) -> Revision:
    return correct(store, "P01", text, by=BY, at=tick())


def quoted(store: Store) -> list[tuple[str, str, str, bool, str | None]]:
    """What leaves the study: code, coder, words, doubt, memo."""
    found = retrieving.quotes(store).quotations
    return [(q.code, q.coder, q.text, q.doubt, q.memo) for q in found]


def held(store: Store) -> set[tuple[str, int, int, str, str]]:
    """Every coding that holds, wherever."""
    with store.reading() as session:
        rows = session.rows("SELECT uid FROM version WHERE live = 1")
        return {one.coding.key for one in codes.placed_on(session, [uid for (uid,) in rows])}


# -- what goes along ------------------------------------------------------------------------------


def test_what_stayed_goes_along_with_code_coder_doubt_and_memo(store: Store) -> None:
    before = quoted(store)
    assert len(before) == 4
    correct_it(store)
    assert quoted(store) == [
        ("funding", BY, GRANT.replace("a grant", "the grant"), False, None),
        ("bonding", BY, FAIR, True, "who is all?"),
        ("bonding", OTHER, FAIR, False, None),
    ]


def test_each_coding_is_in_the_account_with_old_and_new_words(store: Store) -> None:
    revision = correct_it(store)
    assert (revision.transcript, revision.version) == ("P01", 2)
    assert [(one.outcome, one.code, one.old, one.new, one.memos) for one in revision.carryings] == [
        (Outcome.ADJUSTED, "funding", GRANT, GRANT.replace("a grant", "the grant"), 0),
        (Outcome.CARRIED, "bonding", FAIR, FAIR, 1),
        (Outcome.CARRIED, "bonding", FAIR, FAIR, 0),
        (Outcome.LOST, "trading", MAREK, None, 1),
    ]
    assert revision.counts() == {
        Outcome.CARRIED: 2,
        Outcome.ADJUSTED: 1,
        Outcome.CHECK: 0,
        Outcome.LOST: 1,
    }
    assert [one.locator for one in revision.carryings] == ["P01 ¶2", "P01 ¶4", "P01 ¶4", "P01 ¶6"]


def test_as_many_codings_hold_after_a_correction_as_before(store: Store) -> None:
    before = held(store)
    revision = correct_it(store)
    assert len(revision.carryings) == len(before) == len(held(store)) == 4
    assert examine(store).is_whole


def test_the_same_words_with_other_speakers_carry_everything_as_it_is(store: Store) -> None:
    before = quoted(store)
    revision = correct_it(store, OLD.replace("P01:", "Speaker 2:"))
    assert {one.outcome for one in revision.carryings} == {Outcome.CARRIED}
    assert quoted(store) == before
    assert listing.show_transcript(store, "P01").text.turns[1].speaker == "Speaker 2"


def test_memos_on_a_bare_passage_go_along(store: Store) -> None:
    text = listing.show_transcript(store, "P01").text.text
    start = text.index(FAIR)
    target = f"P01:{start}:{start + 6}"
    memos.add_memo(store, target, "all of them?", type=MemoType.QUERY, by=BY, at=tick())
    correct_it(store)
    (shown,) = memos.list_memos(store, type=MemoType.QUERY)
    place = int(shown.memo.target.split(":")[1])
    assert listing.show_transcript(store, "P01").text.text[place : place + 6] == "We all"
    assert shown.target == "P01 ¶4"


def test_a_memo_on_what_waits_says_which_version_it_is_on(store: Store) -> None:
    correct_it(store)
    shown = {one.memo.body: one.target for one in memos.list_memos(store)}
    assert shown["whose tools?"] == "P01 ¶6 of version 1 trading"


def test_a_merged_code_is_carried_as_the_one_that_it_is_read_as(store: Store) -> None:
    with store.act("merge codes", by=BY, at=tick()) as act:
        gone = records.code_record(Code("bonding", "Bonding"), position=1, merged_into="funding")
        act.ensure([gone])
    correct_it(store)
    assert ("funding", BY, FAIR, True, "who is all?") in quoted(store)
    with store.reading() as session:
        assert {c.code for c in queries.codings(session)} == {"funding"}


# -- what waits -----------------------------------------------------------------------------------


def test_what_waits_is_counted_nowhere(store: Store) -> None:
    correct_it(store)
    (record,) = listing.list_transcripts(store)
    assert (record.version, record.codings, record.waiting) == (2, 3, 1)
    assert codebooks.show_codebook(store).counts == {"bonding": 2, "funding": 1}
    assert browsing.codebook_page(store, coder=BY).everyone == {"bonding": 2, "funding": 1}
    assert {w.name: w.codings for w in coders.list_coders(store)}[BY] == 2
    overview = progress.overview(store, coder=BY)
    assert {one.name: one.codings for one in overview.coders} == {BY: 2, OTHER: 1}


def test_every_way_out_says_how_many_wait(store: Store) -> None:
    correct_it(store)
    assert retrieving.quotes(store).waiting == 1
    assert retrieving.quotes(store, ["trading"]).waiting == 1
    assert retrieving.quotes(store, ["bonding"]).waiting == 0
    assert retrieving.quotes(store, coder=OTHER).waiting == 0
    assert charting.build_matrix(store, at=tick()).waiting == 1


def test_a_coder_who_only_has_waiting_codings_has_begun_nothing(store: Store) -> None:
    tag(store, "trading", "his tools behind", by="zoe")
    correct_it(store)
    assert "zoe" not in {one.name for one in progress.overview(store, coder=BY).coders}


def test_a_transcript_with_a_waiting_coding_is_not_removed(store: Store) -> None:
    for quote in (FAIR, GRANT):
        for by in (BY, OTHER):
            code = "bonding" if quote == FAIR else "funding"
            if (quote, by) != (GRANT, OTHER):
                coding.untag(store, "P01", code, Place(quote=quote), by=by, at=tick())
    correct_it(store)
    assert listing.list_transcripts(store)[0].codings == 0
    with pytest.raises(errors.TranscriptCodedError):
        listing.remove_transcript(store, "P01", by=BY, at=tick())


def test_a_code_that_only_waiting_codings_hold_is_in_use(store: Store) -> None:
    correct_it(store)
    with store.reading() as session:
        assert "trading" not in queries.coding_counts(session)
        assert queries.coding_counts(session, with_waiting=True)["trading"] == 1


# -- versions -------------------------------------------------------------------------------------


def test_versions_are_counted_along_the_way_and_the_old_ones_stay(store: Store) -> None:
    correct_it(store)
    revision = correct_it(store, OLD)
    assert revision.version == 3
    assert listing.show_transcript(store, "P01").record.version == 3
    with store.reading() as session:
        assert session.number("SELECT count(*) FROM version WHERE live = 1") == 3


def test_going_back_to_the_first_words_finds_a_place_for_what_waited(store: Store) -> None:
    before = held(store)
    correct_it(store)
    correct_it(store, OLD)
    (waits,) = reviewing.waiting(store)
    assert (waits.outcome, waits.old, waits.new) == (Outcome.CARRIED, MAREK, MAREK)
    assert len(held(store)) == len(before)


def test_an_open_coding_session_is_told_of_a_correction(store: Store) -> None:
    session = CodingSession.open(store, "P01", coder=BY)
    doubted = next(one for one in session.codings if one.coder == BY)
    correct_it(store)
    with pytest.raises(errors.TranscriptCorrectedError):
        session.tag("funding", Span(0, 5), at=tick())
    with pytest.raises(errors.TranscriptCorrectedError):
        session.set_doubt(doubted, doubt=True, at=tick())


# -- undo -----------------------------------------------------------------------------------------


def test_one_undo_brings_all_back_and_redo_does_it_again(store: Store) -> None:
    before, held_before = quoted(store), held(store)
    correct_it(store)
    after, held_after = quoted(store), held(store)
    assert after != before
    coding.undo(store, by=BY, at=tick())
    assert (quoted(store), held(store)) == (before, held_before)
    assert reviewing.waiting(store) == ()
    assert listing.list_transcripts(store)[0].version == 1
    coding.redo(store, by=BY, at=tick())
    assert (quoted(store), held(store)) == (after, held_after)
    assert len(reviewing.waiting(store)) == 1


def test_a_correction_that_somebody_coded_on_is_not_undone(store: Store) -> None:
    correct_it(store)
    tag(store, "trading", "nobody knew why", by=OTHER)
    before = held(store)
    with pytest.raises(errors.TranscriptCodedError, match="not put back to the version before"):
        coding.undo(store, by=BY, at=tick())
    assert held(store) == before


# -- copies ---------------------------------------------------------------------------------------


def state(store: Store) -> object:
    with store.reading() as session:
        return fold(log.read(session)).records


def take_in(store: Store, other: Store) -> None:
    """Everything that another copy knows."""
    with other.reading() as session:
        events = list(log.read(session))
        texts = session.rows("SELECT sha256, body, words_sha256, sketch FROM text")
    with store.act("merge", by=BY, at=tick()) as act:
        act.add_texts(texts)
    with engine.writing(store.engine, where=store.where) as session:
        receiving.absorb(session, events)


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


# -- memos that were left behind ------------------------------------------------------------------


def on_passage(store: Store, words: str, body: str, *, by: str = BY) -> None:
    """A memo on words of P01 as it is now."""
    start = listing.show_transcript(store, "P01").text.text.index(words)
    target = f"P01:{start}:{start + len(words)}"
    memos.add_memo(store, target, body, type=MemoType.NOTE, by=by, at=tick())


def where(store: Store, body: str) -> str:
    (found,) = [one.target for one in memos.list_memos(store) if one.memo.body == body]
    return found


def test_a_correction_that_somebody_wrote_a_memo_on_is_not_undone(store: Store) -> None:
    correct_it(store)
    on_passage(store, FAIR, "really all?", by=OTHER)
    with pytest.raises(errors.TranscriptCodedError, match="it holds 1 memo"):
        coding.undo(store, by=BY, at=tick())
    assert where(store, "really all?") == "P01 ¶4"


def test_a_memo_whose_words_come_back_goes_back_to_them(store: Store) -> None:
    on_passage(store, "his tools behind", "which tools?")
    correct_it(store)
    assert where(store, "which tools?") == "P01 ¶6 of version 1"
    (waits,) = reviewing.waiting_memos(store)
    assert (waits.memo.body, waits.outcome, waits.old) == (
        "which tools?",
        Outcome.LOST,
        "his tools behind",
    )
    correct_it(store, NEW.replace("knew why", "knew the reason"))
    assert [one.version for one in reviewing.waiting_memos(store)] == [1]
    correct_it(store, NEW.replace("XXXX", MAREK))
    assert where(store, "which tools?") == "P01 ¶6"
    assert reviewing.waiting_memos(store) == ()


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


# -- many at once ---------------------------------------------------------------------------------


def test_of_many_codings_each_goes_along_or_waits_and_none_is_lost(place: str) -> None:
    text = "\n\n".join(f"P01: {turn}" for turn in invented(3, words=1_500).split("\n\n"))
    with open_study(place, by=BY, at=tick()) as opened:
        correct(opened, "P01", text, by=BY, at=tick())
        shown = listing.show_transcript(opened, "P01").text
        spans = sorted(set(spans_of(shown.text, 80, seed=4)))
        with opened.act("tag", by=BY, at=tick()) as act:
            act.ensure(
                records.coding_record(
                    Coding(Segment(shown.version, one.start, one.end), "funding", BY),
                    transcript=listing.list_transcripts(opened)[0].uid,
                )
                for one in spans
            )
        before = held(opened)
        new = "\n\n".join(
            f"P01: {turn}" for turn in Corrected(shown.text, HEAVY, seed=4).new.split("\n\n")
        )
        revision = correct(opened, "P01", new, by=BY, at=tick())
        after, waits = held(opened), {one.coding.key for one in reviewing.waiting(opened)}
    assert len(revision.carryings) == len(before) == len(spans)
    assert all(count for outcome, count in revision.counts().items() if outcome is not Outcome.LOST)
    for one in revision.carryings:
        if one.outcome in LAID_ON:
            assert one.place is not None
            assert one.coding.key not in after
            assert any(key[1:3] == (one.place.start, one.place.end) for key in after)
        else:
            assert one.coding.key in after & waits

"""Codings go along when a transcript is corrected, or wait; nothing is lost or counted twice."""

from __future__ import annotations

import pytest
from services.correcting import OLD, correct, open_study
from services.correction.carrying.corrected_study import (
    BY,
    FAIR,
    GRANT,
    MAREK,
    NEW,
    OTHER,
    correct_it,
    held,
    quoted,
    tag,
)
from services.study import tick
from text.corrections import HEAVY, Corrected, invented, spans_of

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoType, Segment
from qualcode.model.spans import Span
from qualcode.services import listing, memos
from qualcode.services.book import codebooks
from qualcode.services.charts import charting
from qualcode.services.correction import reviewing
from qualcode.services.correction.carrying import LAID_ON
from qualcode.services.retrieval import browsing, retrieving
from qualcode.services.work import coders, coding, progress
from qualcode.services.work.coding import Place
from qualcode.services.work.coding_session import CodingSession
from qualcode.store import queries, records
from qualcode.store.doctor import examine
from qualcode.store.store import Store
from qualcode.text.anchoring import Outcome

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

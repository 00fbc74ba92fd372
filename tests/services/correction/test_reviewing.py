"""What a correction left without a place is looked at and settled, all in one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from services.correcting import OLD, correct, open_study
from services.study import tick

from qualcode import errors
from qualcode.model.coding import MemoTarget
from qualcode.model.people import Role
from qualcode.model.spans import Span
from qualcode.services import listing, memos
from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Decision, Waiting
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import records
from qualcode.store.store import Store
from qualcode.text.anchoring import Outcome

BY, OTHER = "amina", "tomasz"

GRANT = "The council gave us a grant, once, and nobody knew why"
FAIR = "We all came to the fair and stayed"
MAREK = "Marek left his tools behind in the hall"
CHANGED = "The councillors gave us some money, and nobody knew why"

NEW = OLD.replace(GRANT, CHANGED).replace(f"{MAREK}.", "The rest of it he told me later.")
"""One answer as it was, one in other words, one taken out."""


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A corrected study in which two codings wait, on SQLite and on PostgreSQL."""
    with open_study(place, by=BY, at=tick()) as opened:
        for code, words, by in (
            ("funding", GRANT, BY),
            ("bonding", FAIR, BY),
            ("trading", MAREK, OTHER),
        ):
            place_ = Place(quote=words)
            coding.tag(opened, "P01", code, place_, memo=f"on {code}", by=by, at=tick())
        correct(opened, "P01", NEW, by=BY, at=tick())
        yield opened


def settle(store: Store, *decisions: Decision, by: str = BY) -> reviewing.Settled:
    return reviewing.settle(store, decisions, by=by, at=tick())


def of_code(store: Store, code: str) -> Waiting:
    """The one waiting coding of a code."""
    (found,) = [one for one in reviewing.waiting(store) if one.code == code]
    return found


def quoted(store: Store) -> dict[str, str]:
    """What leaves, by code."""
    return {q.code: q.text for q in retrieving.quotes(store).quotations}


def test_what_waits_is_listed_with_its_old_and_its_proposed_words(store: Store) -> None:
    found = reviewing.waiting(store)
    assert [(one.outcome, one.code, one.old, one.new) for one in found] == [
        (Outcome.CHECK, "funding", GRANT, CHANGED),
        (Outcome.LOST, "trading", MAREK, None),
    ]
    assert [(one.transcript, one.version, one.locator, one.memos) for one in found] == [
        ("P01", 1, "P01 ¶2", 1),
        ("P01", 1, "P01 ¶6", 1),
    ]
    assert reviewing.waiting(store, "p01") == found
    with pytest.raises(errors.UnknownTranscriptError):
        reviewing.waiting(store, "P02")


def test_nothing_waits_where_nothing_was_corrected(place: str) -> None:
    with open_study(place, by=BY, at=tick()) as opened:
        coding.tag(opened, "P01", "funding", Place(quote=GRANT), by=BY, at=tick())
        assert reviewing.waiting(opened) == ()


def test_an_accepted_proposal_is_a_coding_with_its_memo(store: Store) -> None:
    done = settle(store, Decision(of_code(store, "funding").id, "accept"))
    assert (len(done.laid_on), done.dropped, done.waiting) == (1, (), 1)
    assert quoted(store) == {"funding": CHANGED, "bonding": FAIR}
    (shown,) = memos.list_memos(store, target=done.laid_on[0].uid)
    assert shown.memo.body == "on funding"


def test_a_coding_is_laid_on_a_place_that_somebody_gives(store: Store) -> None:
    waits = of_code(store, "trading").id
    settle(store, Decision(waits, Place(quote="he told me later")))
    assert quoted(store)["trading"] == "he told me later"
    coding.undo(store, by=BY, at=tick())
    settle(store, Decision(waits, Span(0, 3)))
    assert quoted(store)["trading"] == "And"


def test_whoever_settles_the_coding_stays_its_coders(store: Store) -> None:
    settle(store, Decision(of_code(store, "trading").id, Span(0, 3)), by=BY)
    (found,) = [q for q in retrieving.quotes(store).quotations if q.code == "trading"]
    assert found.coder == OTHER


def test_a_dropped_coding_is_gone_and_its_memo_stays_on_the_passage(store: Store) -> None:
    done = settle(store, Decision(of_code(store, "funding").id, "drop"))
    assert (done.laid_on, len(done.dropped), done.waiting) == ((), 1, 1)
    (shown,) = [m for m in memos.list_memos(store) if m.memo.body == "on funding"]
    assert (shown.memo.target_kind, shown.target) == (MemoTarget.SEGMENT, "P01 ¶2 of version 1")


def test_only_its_own_coder_drops_a_coding(store: Store) -> None:
    waits = of_code(store, "trading").id
    with pytest.raises(errors.NotYoursError):
        settle(store, Decision(waits, "drop"), by=BY)
    assert settle(store, Decision(waits, "drop"), by=OTHER).waiting == 1


def test_what_cannot_be_done_is_said_together_and_nothing_is_done(store: Store) -> None:
    accepted = Decision(of_code(store, "funding").id, "accept")
    lost = Decision(of_code(store, "trading").id, "accept")
    with pytest.raises(errors.NoProposalError):
        settle(store, accepted, lost)
    with pytest.raises(errors.SeveralErrors) as raised:
        settle(store, accepted, lost, Decision("nothing", "accept"))
    assert [type(one) for one in raised.value.errors] == [
        errors.NoProposalError,
        errors.NotWaitingError,
    ]
    assert len(reviewing.waiting(store)) == 2


def test_a_place_outside_the_corrected_text_is_refused(store: Store) -> None:
    with pytest.raises(errors.SpanOutsideTextError):
        settle(store, Decision(of_code(store, "trading").id, Span(0, 9_999)))


def test_a_coding_that_stands_waits_for_nothing(store: Store) -> None:
    (stands,) = retrieving.quotes(store).quotations
    with pytest.raises(errors.NotWaitingError):
        settle(store, Decision(stands.coding, "drop"))


def test_one_undo_takes_back_all_that_was_settled_at_once(store: Store) -> None:
    before = reviewing.waiting(store)
    decisions = (
        Decision(before[0].id, "accept"),
        Decision(before[1].id, Span(0, 3)),
    )
    assert settle(store, *decisions).waiting == 0
    assert reviewing.waiting(store) == ()
    coding.undo(store, by=BY, at=tick())
    assert reviewing.waiting(store) == before
    coding.redo(store, by=BY, at=tick())
    assert reviewing.waiting(store) == ()


def test_a_rehearsal_says_the_same_and_changes_nothing(store: Store) -> None:
    decision = Decision(of_code(store, "funding").id, "accept")
    said = reviewing.settle(store, [decision], dry_run=True, by=BY, at=tick())
    assert len(reviewing.waiting(store)) == 2
    assert settle(store, decision) == said


def test_two_codings_that_come_to_one_place_are_one_and_doubted_if_either(store: Store) -> None:
    waits = of_code(store, "funding")
    assert waits.place is not None
    span = (waits.place.start, waits.place.end)
    coding.tag(store, "P01", "funding", Place(span=span), doubt=True, by=BY, at=tick())
    settle(store, Decision(waits.id, "accept"))
    (found,) = [q for q in retrieving.quotes(store).quotations if q.code == "funding"]
    assert found.doubt


def test_all_proposals_are_accepted_that_are_alike_enough(store: Store) -> None:
    found = reviewing.waiting(store)
    assert [one.ticket for one in reviewing.proposals(found)] == [found[0].id]
    assert reviewing.proposals(found, at_least=99) == ()
    settle(store, *reviewing.proposals(found))
    assert [one.code for one in reviewing.waiting(store)] == ["trading"]


def test_a_later_correction_finds_a_place_for_what_still_waits(store: Store) -> None:
    correct(store, "P01", NEW.replace("The rest of it", f"{MAREK}. The rest"), by=BY, at=tick())
    waits = of_code(store, "trading")
    assert (waits.outcome, waits.new, waits.version) == (Outcome.CARRIED, MAREK, 1)


def test_a_proposal_is_taken_only_while_it_is_what_was_proposed(store: Store) -> None:
    seen = reviewing.proposals(reviewing.waiting(store))
    correct(store, "P01", NEW.replace(CHANGED, "Our council had money"), by=BY, at=tick())
    with pytest.raises(errors.NotAsShownError):
        settle(store, *seen)
    assert "funding" not in quoted(store)


@pytest.mark.parametrize("choice", ["accept", "drop", Span(0, 3), Place(quote="We all came")])
def test_an_id_names_what_was_shown_and_nothing_that_is_proposed_later(
    store: Store, choice: reviewing.Choice
) -> None:
    seen = of_code(store, "funding")
    correct(store, "P01", NEW.replace(CHANGED, f"{CHANGED}, none"), by=BY, at=tick())
    now = of_code(store, "funding")
    assert (seen.coding, seen.id.partition("-")[0]) == (now.coding, now.id.partition("-")[0])
    with pytest.raises(errors.NotAsShownError, match=seen.id):
        settle(store, Decision(seen.id, choice))
    assert of_code(store, "funding") == now
    settle(store, Decision(now.id, choice))
    assert [one.code for one in reviewing.waiting(store)] == ["trading"]


def test_an_id_of_a_passage_that_another_is_said_to_speak_since_names_nothing(
    store: Store,
) -> None:
    listing.set_speaker(store, "P01", "P01", role=Role.PARTICIPANT, by=BY, at=tick())
    correct(store, "P01", NEW.replace(f"P01: {CHANGED}", f"Q: {CHANGED}"), by=BY, at=tick())
    seen = of_code(store, "funding")
    assert seen.other_speaker
    listing.set_speaker(store, "P01", "Q", same_as="P01", by=BY, at=tick())
    assert not of_code(store, "funding").other_speaker
    with pytest.raises(errors.NotAsShownError):
        settle(store, Decision(seen.id, "accept"))


def test_an_id_of_what_somebody_settled_meanwhile_names_nothing(store: Store) -> None:
    seen = of_code(store, "funding")
    settle(store, Decision(seen.id, "accept"), by=OTHER)
    with pytest.raises(errors.NotWaitingError, match=seen.id):
        settle(store, Decision(seen.id, "drop"))


# -- memos ----------------------------------------------------------------------------------------


def test_the_memo_of_a_dropped_coding_waits_for_its_place(store: Store) -> None:
    assert reviewing.waiting_memos(store) == ()
    settle(store, Decision(of_code(store, "funding").id, "drop"))
    (waits,) = reviewing.waiting_memos(store, "P01")
    assert (waits.memo.body, waits.old, waits.new) == ("on funding", GRANT, CHANGED)
    done = settle(store, *reviewing.proposals([waits]))
    assert (done.memos, done.laid_on, reviewing.waiting_memos(store)) == (1, (), ())
    (shown,) = [m for m in memos.list_memos(store) if m.memo.body == "on funding"]
    assert (shown.memo.target_kind, shown.target) == (MemoTarget.SEGMENT, "P01 ¶2")
    coding.undo(store, by=BY, at=tick())
    assert reviewing.waiting_memos(store) == (waits,)


def test_only_whoever_wrote_a_memo_takes_it_back(store: Store) -> None:
    settle(store, Decision(of_code(store, "funding").id, "drop"))
    (waits,) = reviewing.waiting_memos(store)
    with pytest.raises(errors.NotYoursError, match="this memo"):
        settle(store, Decision(waits.id, "drop"), by=OTHER)
    settle(store, Decision(waits.id, "drop"))
    assert "on funding" not in {m.memo.body for m in memos.list_memos(store)}


def test_an_id_of_a_memo_that_was_rewritten_since_names_nothing(store: Store) -> None:
    settle(store, Decision(of_code(store, "funding").id, "drop"))
    (seen,) = reviewing.waiting_memos(store)
    rewritten = replace(seen.memo, body="on money")
    with store.act("write memo", by=BY, at=tick()) as act:
        act.ensure([records.memo_record(rewritten, scope=seen.uid)])
    with pytest.raises(errors.NotAsShownError, match=seen.id):
        settle(store, Decision(seen.id, "drop"))
    (now,) = reviewing.waiting_memos(store)
    assert now.memo.body == "on money"
    settle(store, Decision(now.id, "drop"))
    assert reviewing.waiting_memos(store) == ()


# -- what a screen asks for -----------------------------------------------------------------------


def test_the_page_holds_the_texts_on_both_sides(store: Store) -> None:
    page = reviewing.review_page(store)
    assert page.waiting == reviewing.waiting(store)
    for one in page.waiting:
        here = one.coding.segment
        assert page.old[here.version].text[here.start : here.end] == one.old
        if one.place is not None:
            assert page.now[one.uid].text[one.place.start : one.place.end] == one.new


def test_a_place_of_the_version_that_was_shown_is_taken_and_of_no_other(store: Store) -> None:
    waits = of_code(store, "trading")
    place = reviewing.place_for(store, waits.coding.uid)
    page = reviewing.review_page(store)
    assert page.now[waits.uid].text[place.start : place.end] == "The rest of it he told me later."

    correct(store, "P01", NEW.replace("I: And then?", "I: And?"), by=BY, at=tick())
    with pytest.raises(errors.NotAsShownError):
        settle(store, Decision(waits.id, place))
    waits = of_code(store, "trading")
    with pytest.raises(errors.TranscriptCorrectedError):
        settle(store, Decision(waits.id, place))
    settle(store, Decision(waits.id, reviewing.place_for(store, waits.coding.uid)))
    assert quoted(store)["trading"] == "The rest of it he told me later."


def test_the_place_to_begin_with_is_the_proposal_where_there_is_one(store: Store) -> None:
    waits = of_code(store, "funding")
    place = reviewing.place_for(store, waits.coding.uid)
    assert waits.place == Span(place.start, place.end)
    with pytest.raises(errors.NotWaitingError):
        reviewing.place_for(store, "nobody")


def test_undo_and_redo_reach_what_was_settled_and_nothing_else(store: Store) -> None:
    with pytest.raises(errors.NotUndoneHereError, match="import"):
        reviewing.undo(store, by=BY, at=tick())
    before = reviewing.waiting(store)
    settle(store, *reviewing.proposals(before))
    after = reviewing.waiting(store)
    assert reviewing.undo(store, by=BY, at=tick()).verb == reviewing.SETTLE
    assert reviewing.waiting(store) == before
    assert reviewing.redo(store, by=BY, at=tick()).verb == reviewing.SETTLE
    assert reviewing.waiting(store) == after
    with pytest.raises(errors.NothingToUndoError):
        reviewing.redo(store, by=BY, at=tick())

"""One coder at one transcript: acts that end in a commit, and what they say has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from services.study import apply_codebook, bring_in, dialogue, event_count, tick, write
from services.work.coding_session.sessions import ANSWERS, laid, listening, stored, words

from qualcode import errors
from qualcode.model.coding import Coding, MemoType
from qualcode.model.people import Role
from qualcode.model.spans import Span
from qualcode.services.work.coding_session import Change, CodingSession
from qualcode.store import records
from qualcode.store.doctor import examine
from qualcode.store.store import Store

# -- what there is --------------------------------------------------------------------------------


def test_a_session_opens_at_what_people_call_a_transcript(study: Store) -> None:
    session = CodingSession.open(study, "p01", coder="  Amina ")

    assert (session.name, session.record.name, session.coder) == ("P01", "P01", "amina")
    assert session.text.text.startswith("And then?")
    assert session.speakers["I"].role is Role.INTERVIEWER
    with pytest.raises(errors.UnknownTranscriptError, match="P01"):
        CodingSession.open(study, "P011", coder="Amina")
    with pytest.raises(errors.CoderNotGivenError):
        CodingSession.open(study, "P01", coder=" ")


def test_answers_are_the_turns_of_nobody_who_asks(amina: CodingSession) -> None:
    said = [amina.text.text[turn.start : turn.end] for turn in amina.answers]

    assert tuple(said) == ANSWERS
    assert amina.coverage() == (0, 4)


def test_the_next_uncoded_answer_is_found_in_both_directions(amina: CodingSession) -> None:
    first, second, third, fourth = amina.answers
    amina.tag("grant-aid", words(amina, "raffles now"), at=tick())

    assert amina.coverage() == (1, 4)
    assert amina.uncoded(0) == first
    assert amina.uncoded(first.start) == third
    assert amina.uncoded(third.start) == fourth
    assert amina.uncoded(fourth.start) is None
    assert amina.uncoded(third.start, back=True) == first
    assert amina.uncoded(first.start, back=True) is None
    assert second not in (amina.uncoded(at) for at in range(len(amina.text.text)))


def test_codings_under_the_cursor_come_innermost_and_own_first(
    study: Store, amina: CodingSession
) -> None:
    sentence, word = words(amina, ANSWERS[0]), words(amina, "grant")
    amina.tag("funding", sentence, at=tick())
    amina.tag("grant-aid", word, at=tick())
    bo = stored(study, "Bo")
    bo.tag("bonding", word, at=tick())
    amina.refresh()

    at_word = amina.codings_at(word, everyone=True)
    assert [one.code for one in at_word] == ["grant-aid", "funding", "bonding"]
    assert [amina.mine(one) for one in at_word] == [True, True, False]
    assert [one.code for one in amina.codings_at(word, everyone=False)] == ["grant-aid", "funding"]
    assert amina.codings_at(Span(word.end, word.end + 1), everyone=True) == (at_word[1],)
    assert amina.counts(everyone=True) == {"funding": 1, "grant-aid": 1, "bonding": 1}
    assert amina.counts(everyone=False) == {"funding": 1, "grant-aid": 1}


def test_a_search_finds_places_in_this_transcript(amina: CodingSession) -> None:
    assert amina.search("RAFFLES") == (words(amina, "raffles"),)
    assert amina.search("bucket") == ()
    with pytest.raises(errors.QueryError):
        amina.search("/(/")


# -- tagging --------------------------------------------------------------------------------------


def test_a_tag_is_in_the_store_before_the_change_is_told(
    study: Store, amina: CodingSession
) -> None:
    change = amina.tag("grant-aid", words(amina, "a grant"), at=tick())

    assert (change.verb, change.records, change.removed) == ("tag", 1, ())
    assert change.added == amina.codings == stored(study).codings
    assert amina.recent == stored(study).recent == ("grant-aid",)


def test_the_same_tag_again_changes_nothing(study: Store, amina: CodingSession) -> None:
    span = words(amina, "a grant")
    amina.tag("grant-aid", span, doubt=True, at=tick())
    amina.tag("trading", span, at=tick())
    before = event_count(study)

    assert amina.tag("grant-aid", span, at=tick()) == Change("tag")
    assert event_count(study) == before
    assert amina.codings[0].doubt
    assert amina.recent == stored(study).recent == ("trading", "grant-aid")


def test_a_tag_outside_the_text_is_refused(amina: CodingSession) -> None:
    end = len(amina.text.text)

    with pytest.raises(errors.SpanOutsideTextError):
        amina.tag("grant-aid", Span(end - 1, end + 1), at=tick())
    assert amina.codings == ()


def test_a_code_that_rests_or_is_gone_takes_no_coding(
    study: Store, amina: CodingSession, folder: Path
) -> None:
    span = words(amina, "a grant")
    amina.tag("trading", span, at=tick())
    book = "codebook: Fairs\nversion: 2\nthemes:\n  - id: funding\n    name: Funding\n"
    apply_codebook(study, folder, book, retire=True)

    with pytest.raises(errors.RetiredCodeError, match="funding/trading"):
        amina.tag("trading", words(amina, "raffles"), at=tick())
    with pytest.raises(errors.UnknownCodeError, match="cohesion/bonding"):
        amina.tag("bonding", span, at=tick())
    with pytest.raises(errors.UnknownCodeError, match="nonsense"):
        amina.tag("nonsense", span, at=tick())
    assert (
        laid(amina.codings)
        == laid(stored(study).codings)
        == [("trading", span.start, span.end, False)]
    )
    assert amina.book.by_id().keys() >= {"bonding"}
    assert amina.recent == ("trading",)
    amina.reload_book()
    assert (set(amina.retired), set(amina.codes)) == ({"trading"}, {"funding", "trading"})
    assert amina.recent == stored(study).recent == ()


def test_a_tag_costs_the_same_in_a_large_transcript(store: Store, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", *["We got a grant once."] * 60)})
    bring_in(store, folder)
    session = CodingSession.open(store, "P01", coder="Amina")
    session.tag("bonding", Span(0, 3), at=tick())
    costs = []
    for codings in (10, 1_000):
        fill(store, session, codings)
        session = CodingSession.open(store, "P01", coder="Amina")
        assert len(session.codings) > codings
        with listening(store) as asked:
            session.tag("bonding", Span(300, 310 + codings), at=tick())
        assert asked.statements.count("COMMIT") == 1
        assert (asked.statements[0], asked.statements[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
        costs.append((len(asked.statements) - 2, asked.steps))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 12


def fill(store: Store, session: CodingSession, count: int) -> None:
    """Codings of somebody else, in one act."""
    with store.act("tag", by="Bo", at=tick()) as act:
        act.ensure(
            records.coding_record(
                Coding(session._segment(Span(n, n + 2)), code, "Bo"), transcript=session.record.uid
            )
            for n in range(count // 4 + 1)
            for code in ("funding", "grant-aid", "trading", "cohesion")
        )


# -- taking off, doubting, moving -----------------------------------------------------------------


def test_a_coding_is_taken_off_and_brought_back(study: Store, amina: CodingSession) -> None:
    one = amina.tag("grant-aid", words(amina, "a grant"), at=tick()).added[0]
    change = amina.untag(one, at=tick())

    assert (change.removed, change.added, change.records) == ((one,), (), 1)
    assert amina.codings == stored(study).codings == ()
    assert amina.untag(one, at=tick()) == Change("untag")
    back = amina.undo(at=tick())
    assert (back.added, back.reverted) == ((one,), "untag")


def test_only_its_own_coder_changes_a_coding(study: Store, amina: CodingSession) -> None:
    one = stored(study, "Bo").tag("bonding", words(amina, "grant"), at=tick()).added[0]
    memo = stored(study, "Bo")
    memo.write_memo(one, "Bo's own.", at=tick())
    amina.refresh()
    (theirs,) = amina.memos[one.uid]
    before = event_count(study)

    wishes: list[Callable[[], object]] = [
        lambda: amina.untag(one, at=tick()),
        lambda: amina.set_doubt(one, doubt=True, at=tick()),
        lambda: amina.move_ends(one, Span(0, 3), at=tick()),
        lambda: amina.rewrite_memo(theirs, "mine", at=tick()),
    ]
    for refused in wishes:
        with pytest.raises(errors.NotYoursError, match="Bo's"):
            refused()
    assert event_count(study) == before


def test_a_doubt_is_said_and_taken_back(study: Store, amina: CodingSession) -> None:
    one = amina.tag("grant-aid", words(amina, "a grant"), at=tick()).added[0]
    doubted = amina.set_doubt(one, doubt=True, at=tick())

    assert (doubted.removed, [c.doubt for c in doubted.added]) == ((one,), [True])
    assert amina.codings == stored(study).codings == doubted.added
    assert amina.set_doubt(one, doubt=True, at=tick()) == Change("set doubt")
    assert amina.set_doubt(one, doubt=False, at=tick()).added == (one,)


def test_moved_ends_keep_the_doubt_and_take_the_memos_along(
    study: Store, amina: CodingSession
) -> None:
    one = amina.tag("grant-aid", words(amina, "a grant"), doubt=True, at=tick()).added[0]
    amina.write_memo(one, "Which grant?", type=MemoType.QUERY, at=tick())
    wider = words(amina, ANSWERS[0])
    change = amina.move_ends(one, wider, at=tick())

    (after,) = change.added
    assert (change.removed, change.memos) == ((one,), True)
    assert laid(amina.codings) == [("grant-aid", wider.start, wider.end, True)]
    assert [memo.body for memo in amina.memos[after.uid]] == ["Which grant?"]
    assert (stored(study).codings, stored(study).memos) == (amina.codings, amina.memos)
    assert amina.move_ends(after, wider, at=tick()) == Change("move ends")

    back = amina.undo(at=tick())
    assert (back.added, back.removed, back.reverted) == ((one,), (after,), "move ends")
    assert list(amina.memos) == [one.uid]


def test_ends_moved_onto_the_same_code_make_one_coding(amina: CodingSession) -> None:
    short = amina.tag("grant-aid", words(amina, "grant"), doubt=True, at=tick()).added[0]
    long = amina.tag("grant-aid", words(amina, "a grant once"), at=tick()).added[0]
    change = amina.move_ends(short, words(amina, "a grant once"), at=tick())

    assert set(change.removed) == {short, long}
    assert laid(amina.codings) == [("grant-aid", long.segment.start, long.segment.end, True)]


def test_what_was_taken_off_elsewhere_is_neither_moved_nor_doubted(
    study: Store, amina: CodingSession
) -> None:
    one = amina.tag("grant-aid", words(amina, "a grant"), at=tick()).added[0]
    other = stored(study)
    other.untag(one, at=tick())

    with pytest.raises(errors.NoSuchCodingError):
        amina.move_ends(one, Span(0, 3), at=tick())
    with pytest.raises(errors.NoSuchCodingError):
        amina.set_doubt(one, doubt=True, at=tick())
    with pytest.raises(errors.NoSuchCodingError):
        amina.write_memo(one, "x", at=tick())
    assert amina.codings == (one,)
    assert amina.refresh() == Change("others", removed=(one,))


# -- memos, and being done ------------------------------------------------------------------------


def test_a_memo_that_is_kept_while_it_is_written_is_one_act(
    study: Store, amina: CodingSession
) -> None:
    place = Span(0, 9)
    amina.tag("bonding", place, at=tick())
    amina.write_memo(place, "Ask", at=tick())
    for body in ("Ask whom", "Ask whom?"):
        (memo,) = amina.memos_at(place)
        amina.rewrite_memo(memo, body, goes_on=True, at=tick())
    assert amina.undo(at=tick()).reverted == "write memo"
    assert amina.memos_at(place) == ()
    amina.redo(at=tick())
    assert [one.body for one in amina.memos_at(place)] == ["Ask whom?"]
    amina.undo(at=tick())
    assert amina.undo(at=tick()).reverted == "tag"
    assert stored(study).codings == amina.codings == ()


def test_going_on_with_a_memo_takes_no_other_act_back(amina: CodingSession) -> None:
    place = Span(0, 9)
    amina.write_memo(place, "Ask", at=tick())
    amina.tag("bonding", place, at=tick())
    (memo,) = amina.memos_at(place)
    amina.rewrite_memo(memo, "Ask whom?", goes_on=True, at=tick())
    amina.undo(at=tick())
    assert [one.body for one in amina.memos_at(place)] == ["Ask"]
    assert amina.undo(at=tick()).reverted == "tag"
    assert amina.undo(at=tick()).reverted == "write memo"


def test_a_memo_is_written_rewritten_and_taken_back(study: Store, amina: CodingSession) -> None:
    place = words(amina, "raffles")
    assert amina.write_memo(place, "  ", at=tick()) == Change("write memo")
    assert amina.write_memo(place, "Ask again.", at=tick()).memos
    (memo,) = amina.memos_at(place)
    amina.rewrite_memo(memo, "Ask whom?", at=tick())

    (again,) = amina.memos_at(Span(place.end - 1, place.end))
    assert (again.uid, again.body, again.written) == (memo.uid, "Ask whom?", memo.written)
    assert stored(study).memos == amina.memos
    change = amina.rewrite_memo(again, "", at=tick())
    assert (change.verb, change.memos, change.records) == ("remove memo", True, 1)
    assert amina.memos == stored(study).memos == {}
    assert amina.undo(at=tick()).reverted == "remove memo"
    assert amina.memos_at(place) == (again,)


def test_a_memo_stays_on_the_passage_when_its_coding_is_taken_off(
    study: Store, amina: CodingSession
) -> None:
    place = words(amina, "a grant")
    one = amina.tag("grant-aid", place, at=tick()).added[0]
    amina.write_memo(one, "Which grant?", at=tick())
    change = amina.untag(one, at=tick())

    assert change.memos
    assert [memo.body for memo in amina.memos_at(place)] == ["Which grant?"]
    assert stored(study).memos == amina.memos
    amina.undo(at=tick())
    assert list(amina.memos) == [one.uid]


def test_anybodys_coding_takes_a_memo(study: Store, amina: CodingSession) -> None:
    one = stored(study, "Bo").tag("bonding", words(amina, "grant"), at=tick()).added[0]
    amina.refresh()
    amina.write_memo(one, "Is it?", at=tick())

    assert [memo.coder for memo in stored(study).memos[one.uid]] == ["amina"]


def test_being_done_is_each_coders_own_word(study: Store, amina: CodingSession) -> None:
    change = amina.set_finished(finished=True, at=tick())

    assert (change.verb, change.status, change.records) == ("finish", True, 1)
    assert amina.finished
    assert stored(study).finished
    assert not stored(study, "Bo").finished
    assert not CodingSession.open(study, "P02", coder="Amina").finished
    assert amina.set_finished(finished=True, at=tick()) == Change("finish")
    undone = amina.undo(at=tick())
    assert (undone.status, undone.reverted, amina.finished) == (True, "finish", False)
    amina.redo(at=tick())
    assert amina.set_finished(finished=False, at=tick()).status
    assert examine(study).is_whole

"""One coder at one transcript: acts that end in a commit, and what they say has changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import NewPlace
from services.study import CODEBOOK, apply_codebook, bring_in, dialogue, event_count, tick, write

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoType
from qualcode.model.people import Role
from qualcode.model.spans import Span
from qualcode.services import coding, listing
from qualcode.services.coding_session import Change, CodingSession
from qualcode.services.progress import overview
from qualcode.store import records
from qualcode.store.doctor import examine
from qualcode.store.store import Store, create_store, open_store

ANSWERS = ("We got a grant once.", "We hold raffles now.", "Nobody pays us.", "The hall is cold.")


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """Two short transcripts, I being known as the interviewer."""
    write(folder, {"P01.txt": dialogue("P01", *ANSWERS), "P02.txt": dialogue("P02", *ANSWERS)})
    bring_in(store, folder)
    return store


@pytest.fixture
def amina(study: Store) -> CodingSession:
    """Amina at P01."""
    return CodingSession.open(study, "P01", coder="Amina")


def words(session: CodingSession, said: str) -> Span:
    """Where words stand first."""
    start = session.text.text.index(said)
    return Span(start, start + len(said))


def stored(store: Store, coder: str = "Amina") -> CodingSession:
    """What somebody who opens P01 now finds there."""
    return CodingSession.open(store, "P01", coder=coder)


def laid(codings: Sequence[Coding]) -> list[tuple[str, int, int, bool]]:
    """Codings in short."""
    return [(c.code, c.segment.start, c.segment.end, c.doubt) for c in codings]


class Asked:
    """The statements that a store's connections ran, and how many steps SQLite took for them."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.steps = 0

    def step(self) -> int:
        """Called by SQLite at each of its own instructions."""
        self.steps += 1
        return 0


@contextmanager
def listening(store: Store) -> Iterator[Asked]:
    """What is asked of the database meanwhile."""
    asked = Asked()

    def listen(connection: sqlite3.Connection, _: object) -> None:
        connection.set_trace_callback(asked.statements.append)
        connection.set_progress_handler(asked.step, 1)

    store.close()  # only new connections are heard
    sa.event.listen(store.engine, "connect", listen)
    try:
        with store.reading():
            pass
        asked.statements.clear()
        asked.steps = 0
        yield asked
    finally:
        sa.event.remove(store.engine, "connect", listen)
        store.close()


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


# -- undo -----------------------------------------------------------------------------------------


def test_undo_and_redo_go_all_the_way_and_outlive_the_session(
    study: Store, amina: CodingSession
) -> None:
    spans = [words(amina, said) for said in ("grant", "raffles", "hall")]
    bo = stored(study, "Bo")
    for span in spans:
        bo.tag("bonding", span, at=tick())
    again = stored(study, "Bo")
    assert [len(again.undo(at=tick()).removed) for _ in spans] == [1, 1, 1]
    with pytest.raises(errors.NothingToUndoError):
        again.undo(at=tick())
    assert [laid(again.redo(at=tick()).added)[0][1] for _ in spans] == [s.start for s in spans]
    with pytest.raises(errors.NothingToUndoError):
        again.redo(at=tick())
    assert again.codings == stored(study).codings


def test_undo_does_not_take_the_transcript_away_under_the_coders_eyes(
    study: Store, amina: CodingSession
) -> None:
    amina.tag("bonding", words(amina, "grant"), at=tick())
    amina.undo(at=tick())
    before = event_count(study)

    with pytest.raises(errors.NotUndoneHereError, match="'import'"):
        amina.undo(at=tick())
    assert event_count(study) == before
    assert stored(study).text.text == amina.text.text


def test_undo_names_the_transcript_that_it_reached(study: Store, amina: CodingSession) -> None:
    amina.tag("bonding", words(amina, "grant"), at=tick())
    other = CodingSession.open(study, "P02", coder="Amina")
    other.tag("bonding", words(other, "hall"), at=tick())

    change = amina.undo(at=tick())
    assert (change.elsewhere, change.reverted, change.removed) == ("P02", "tag", ())
    assert change.records == 1
    assert other.refresh() is not None
    assert amina.undo(at=tick()).elsewhere is None


def test_another_book_is_told_and_not_taken_back_while_coding(study: Store, folder: Path) -> None:
    session = CodingSession.open(study, "P01", coder="amina")
    apply_codebook(study, folder, "codebook: Fairs\nversion: 2\nthemes: []\n")
    change = session.refresh()

    assert change is not None
    assert (change.verb, change.book, session.book.codes) == ("others", True, ())
    with pytest.raises(errors.NotUndoneHereError, match="'apply codebook'"):
        session.undo(at=tick())
    assert session.book.codes == stored(study).book.codes == ()


def test_undo_of_a_code_made_on_the_way_says_that_the_book_is_another(
    study: Store, amina: CodingSession
) -> None:
    with study.act("add code", by="Amina", at=tick()) as act:
        act.ensure([records.code_record(Code("songs", "Songs"), position=9)])
    amina.reload_book()
    assert "songs" in amina.codes

    undone = amina.undo(at=tick())
    assert (undone.book, undone.reverted) == (True, "add code")
    assert "songs" not in amina.codes


def test_undo_is_refused_where_somebody_built_on_it(study: Store, amina: CodingSession) -> None:
    one = amina.tag("bonding", words(amina, "grant"), at=tick()).added[0]
    with study.act("x", by="Bo", at=tick()) as act:
        act.ensure([records.coding_record(one, transcript=amina.record.uid, holds=False)])
    with pytest.raises(errors.ChangedSinceError):
        amina.undo(at=tick())
    assert amina.codings == (one,)


# -- others ---------------------------------------------------------------------------------------


def test_what_others_do_arrives_and_ones_own_acts_do_not(
    study: Store, amina: CodingSession
) -> None:
    bo = stored(study, "Bo")
    assert amina.refresh() is None
    mine = amina.tag("bonding", words(amina, "grant"), at=tick()).added[0]
    assert amina.refresh() is None
    theirs = bo.tag("bridging", words(bo, "hall"), at=tick()).added[0]
    amina.tag("bonding", words(amina, "raffles"), at=tick())

    assert amina.refresh() == Change("others", added=(theirs,))
    assert amina.refresh() is None
    change = bo.refresh()
    assert change is not None
    assert mine in change.added
    bo.untag(theirs, at=tick())
    assert amina.refresh() == Change("others", removed=(theirs,))


def test_a_look_for_others_costs_one_statement_where_nothing_happened(
    study: Store, amina: CodingSession
) -> None:
    amina.tag("bonding", words(amina, "grant"), at=tick())
    for _ in range(2):
        with listening(study) as asked:
            assert amina.refresh() is None
        begin, version, look, commit = asked.statements
        assert (begin, commit) == ("BEGIN", "COMMIT")
        assert "store_version" in version
        assert "FROM event WHERE seq >=" in look


def test_a_change_elsewhere_is_no_change_here(study: Store, amina: CodingSession) -> None:
    other = CodingSession.open(study, "P02", coder="Bo")
    other.tag("bonding", words(other, "hall"), at=tick())

    assert amina.refresh() is None


def test_codes_used_last_come_first_over_the_whole_project(
    study: Store, amina: CodingSession
) -> None:
    other = CodingSession.open(study, "P02", coder="Amina")
    for code in ("bonding", "trading", "bonding", "bridging"):
        other.tag(code, words(other, ANSWERS[len(code) % 4]), at=tick())
    other.tag("trading", words(other, "cold"), at=tick())
    stored(study, "Bo").tag("cohesion", words(amina, "hall"), at=tick())
    amina.refresh()

    assert amina.recent == other.recent == ("trading", "bridging", "bonding")


def test_the_other_name_of_a_coder_is_the_same_coder(study: Store, amina: CodingSession) -> None:
    amina.tag("bonding", words(amina, "grant"), at=tick())
    again = stored(study, "AMINA")

    assert again.mine(again.codings[0])
    assert again.coverage() == (1, 4)
    again.tag("trading", words(amina, "hall"), at=tick())
    assert amina.refresh() is not None
    assert amina.refresh() is None


def test_a_merged_code_is_read_as_the_one_it_went_into(study: Store, amina: CodingSession) -> None:
    span = words(amina, "grant")
    amina.tag("trading", span, doubt=True, at=tick())
    amina.tag("bonding", span, at=tick())
    amina.write_memo(amina.codings[1], "Sold?", at=tick())
    merge(study, "trading", "bonding")
    change = amina.refresh()

    assert change is not None
    assert change.book
    assert laid(amina.codings) == [("bonding", span.start, span.end, True)]
    assert [memo.body for memo in amina.memos_at(span)] == ["Sold?"]
    with pytest.raises(errors.UnknownCodeError, match="bonding"):
        amina.tag("trading", words(amina, "hall"), at=tick())
    amina.set_doubt(amina.codings[0], doubt=False, at=tick())
    assert stored(study).codings == amina.codings
    amina.untag(amina.codings[0], at=tick())
    assert stored(study).codings == amina.codings == ()
    assert stored(study).memos == amina.memos
    assert [memo.body for memo in amina.memos_at(span)] == ["Sold?"]


def merge(store: Store, code: str, into: str) -> None:
    """The record of a code that went into another, whose codings still name it."""
    with store.act("merge codes", by="Amina", at=tick()) as act:
        act.ensure(
            [records.code_record(Code(code, code), position=9, retired=True, merged_into=into)]
        )


# -- what goes wrong ------------------------------------------------------------------------------


def test_nothing_changes_while_another_program_writes(study: Store, amina: CodingSession) -> None:
    with open_store(str(study.path), lock_wait_ms=50) as quick:
        session = CodingSession.open(quick, "P01", coder="Amina")
        with (
            study.act("slow", by="Bo", at=tick()),
            pytest.raises(errors.StoreLockedError),
        ):
            session.tag("bonding", Span(0, 3), at=tick())
        assert session.codings == ()
        assert session.tag("bonding", Span(0, 3), at=tick()).records == 1


@pytest.mark.parametrize("replaced", [False, True], ids=["gone", "replaced"])
def test_no_act_goes_into_a_file_that_nobody_would_find(
    study: Store, amina: CodingSession, tmp_path: Path, replaced: bool
) -> None:
    assert study.path is not None
    one = amina.tag("bonding", words(amina, "grant"), at=tick()).added[0]
    aside = tmp_path / "aside.qualcode"
    shutil.copy(study.path, aside)
    before = aside.read_bytes()
    study.path.unlink()
    said: type[errors.StoreError] = errors.StoreMissingError
    if replaced:
        os.replace(aside, study.path)
        aside, said = study.path, errors.StoreReplacedError

    for wish in (
        lambda: amina.tag("trading", Span(0, 3), at=tick()),
        lambda: amina.undo(at=tick()),
        amina.refresh,
        amina.reload_book,
    ):
        with pytest.raises(said, match="Nothing was written"):
            wish()
    assert (amina.codings, amina.recent) == ((one,), ("bonding",))
    assert aside.read_bytes() == before
    if replaced:
        with open_store(str(study.path)) as again:
            assert stored(again).codings == (one,)


def test_an_older_copy_in_the_files_place_is_seen(study: Store, amina: CodingSession) -> None:
    assert study.path is not None
    old = study.path.read_bytes()
    one = amina.tag("bonding", words(amina, "grant"), at=tick()).added[0]
    assert amina.refresh() is None
    study.close()
    study.path.write_bytes(old)

    assert amina.refresh() == Change("others", removed=(one,))


def test_a_transcript_that_was_taken_out_takes_no_coding(
    study: Store, amina: CodingSession
) -> None:
    listing.remove_transcript(study, "P01", by="amina", at=tick())

    with pytest.raises(errors.UnknownTranscriptError):
        amina.tag("bonding", Span(0, 3), at=tick())


def test_a_session_is_the_same_on_a_server(new_place: NewPlace, folder: Path) -> None:
    write(folder, {"P01.txt": dialogue("P01", *ANSWERS)})
    place = new_place()
    with create_store(place, name="Fairs", language="en", by="Bo", at=tick()) as store:
        apply_codebook(store, folder, CODEBOOK)
        bring_in(store, folder)
        cleo, bo = (CodingSession.open(store, "P01", coder=who) for who in ("Cleo", "Bo"))
        one = cleo.tag("bonding", words(cleo, "grant"), at=tick()).added[0]
        cleo.write_memo(one, "Which?", at=tick())
        moved = cleo.move_ends(one, words(cleo, "a grant"), at=tick()).added
        cleo.set_finished(finished=True, at=tick())

        assert bo.refresh() == Change("others", added=moved, memos=True)
        assert cleo.refresh() is None
        assert [cleo.undo(at=tick()).reverted for _ in range(2)] == ["finish", "move ends"]
        assert cleo.codings == (one,)
        assert cleo.memos == CodingSession.open(store, "P01", coder="Bo").memos
        seen = overview(store, coder="Cleo")
        assert [coder.name for coder in seen.coders] == ["Cleo"]
        assert seen.transcripts[0].memos == 1
        assert examine(store).is_whole


def test_what_a_session_tags_the_command_line_takes_off(study: Store, amina: CodingSession) -> None:
    place = words(amina, "grant")
    one = amina.tag("trading", place, at=tick()).added[0]
    amina.write_memo(one, "Sold?", at=tick())
    merge(study, "trading", "bonding")
    coding.untag(study, "P01", "bonding", coding.Place(quote="grant"), by="Amina", at=tick())

    assert amina.refresh() is not None
    assert amina.codings == stored(study).codings == ()
    assert [memo.body for memo in amina.memos_at(place)] == ["Sold?"]

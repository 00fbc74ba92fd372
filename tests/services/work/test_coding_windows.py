"""A transcript in two windows: what was done in the other one stands, though this one knows not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from services.study import bring_in, dialogue, event_count, tick, write

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoTarget, MemoType, Origin
from qualcode.model.spans import Span
from qualcode.services import listing
from qualcode.services.work.coding_session import CodingSession
from qualcode.store import engine, log, projection, queries, records
from qualcode.store.store import Store

HERE, WIDER = Span(0, 5), Span(0, 9)
OF_CODING = (
    "tag",
    "untag",
    "set doubt",
    "move ends",
    "write memo",
    "remove memo",
    "finish",
    "unfinish",
    "add code",
)
OF_OTHERS = (
    "apply codebook",
    "rename code",
    "define code",
    "accept code",
    "move code",
    "merge code",
    "retire code",
    "restore code",
    "key code",
    "import",
    "tag from a table",
    "set speaker",
    "remove transcript",
    "what a newer program does",
)


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """One short transcript."""
    write(folder, {"P01.txt": dialogue("P01", "We got a grant once.", "The hall is cold.")})
    bring_in(store, folder)
    return store


def window(store: Store, coder: str = "Amina") -> CodingSession:
    """P01 as it is now."""
    return CodingSession.open(store, "P01", coder=coder)


def stored(store: Store) -> list[Coding]:
    """All codings of the study."""
    with store.reading() as session:
        return queries.codings(session)


# -- doubt and origin -----------------------------------------------------------------------------


def test_a_doubt_said_in_the_other_window_stays_when_it_is_tagged_again(study: Store) -> None:
    here, other = window(study), window(study)
    doubted = other.tag("trading", HERE, doubt=True, at=tick()).added
    change = here.tag("trading", HERE, at=tick())

    assert (change.added, change.removed, change.records) == (doubted, (), 0)
    assert stored(study) == list(doubted)
    assert here.codings == doubted


def test_a_doubt_said_in_the_other_window_goes_along_with_the_ends(study: Store) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    window(study).set_doubt(one, doubt=True, at=tick())
    change = here.move_ends(one, WIDER, at=tick())

    assert change.removed == (one,)
    assert [(c.segment.end, c.doubt) for c in stored(study)] == [(WIDER.end, True)]
    assert here.codings == window(study).codings == change.added


def test_ends_moved_onto_what_the_other_window_doubts_are_in_doubt(study: Store) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    window(study).tag("trading", WIDER, doubt=True, at=tick())
    here.move_ends(one, WIDER, at=tick())

    assert [(c.segment.end, c.doubt) for c in stored(study)] == [(WIDER.end, True)]
    assert here.codings == window(study).codings


def test_what_came_from_a_table_stays_so_when_it_is_doubted_or_moved(study: Store) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    with study.act("tag from a table", by="Amina", at=tick()) as act:
        imported = replace(one, origin=Origin.IMPORT)
        act.ensure([records.coding_record(imported, transcript=here.record.uid)])

    here.set_doubt(one, doubt=True, at=tick())
    assert stored(study) == [replace(imported, doubt=True)]
    here.move_ends(one, WIDER, at=tick())
    assert [(c.origin, c.doubt) for c in stored(study)] == [(Origin.IMPORT, True)]
    assert here.codings == window(study).codings


def test_a_doubt_on_a_merged_code_is_taken_back_on_all_that_is_read_as_one(study: Store) -> None:
    here = window(study)
    for code in ("bonding", "bridging"):
        here.tag(code, HERE, doubt=True, at=tick())
    merge(study, "bonding", "bridging")
    (one,) = window(study).codings
    here = window(study)

    assert here.tag("bridging", HERE, at=tick()).records == 0
    here.set_doubt(one, doubt=False, at=tick())
    assert [c.doubt for c in stored(study)] == [False]
    assert here.codings == window(study).codings


def merge(store: Store, code: str, into: str) -> None:
    """The record of a code that went into another, whose codings still name it."""
    with store.act("merge code", by="Bo", at=tick()) as act:
        gone = Code(code, code)
        act.ensure([records.code_record(gone, position=9, retired=True, merged_into=into)])


# -- memos ----------------------------------------------------------------------------------------


def test_a_memo_that_the_other_window_moved_to_the_passage_is_rewritten_there(
    study: Store,
) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    here.write_memo(one, "Sold?", type=MemoType.QUERY, at=tick())
    (memo,) = here.memos_at(HERE)
    window(study).untag(one, at=tick())
    here.rewrite_memo(memo, "Sold whom?", at=tick())

    (after,) = window(study).memos_at(HERE)
    assert (after.body, after.type, after.target_kind) == (
        "Sold whom?",
        MemoType.QUERY,
        MemoTarget.SEGMENT,
    )
    assert after.target == one.segment.uid
    assert here.memos_at(HERE) == (after,)


def test_a_memo_taken_back_in_the_other_window_does_not_come_back(study: Store) -> None:
    here = window(study)
    here.write_memo(HERE, "Sold?", at=tick())
    (memo,) = here.memos_at(HERE)
    window(study).rewrite_memo(memo, "", at=tick())
    before = event_count(study)

    for words in ("Sold whom?", ""):
        with pytest.raises(errors.UnknownMemoError):
            here.rewrite_memo(memo, words, at=tick())
    assert event_count(study) == before
    assert window(study).memos == {}


def test_a_memo_on_a_merged_code_is_rewritten_on_the_survivor(study: Store) -> None:
    here = window(study)
    (one,) = here.tag("bonding", HERE, at=tick()).added
    here.write_memo(one, "Sold?", at=tick())
    merge(study, "bonding", "bridging")
    here = window(study)
    ((target, (memo,)),) = here.memos.items()
    here.rewrite_memo(memo, "Sold whom?", at=tick())

    assert target == here.codings[0].uid
    assert [(at, [one.body for one in on]) for at, on in here.memos.items()] == [
        (target, ["Sold whom?"])
    ]
    assert window(study).memos == here.memos


def test_a_memo_stays_in_sight_when_an_undo_takes_its_coding_off(study: Store) -> None:
    here, bo = window(study), window(study, "Bo")
    (one,) = here.tag("trading", HERE, at=tick()).added
    bo.refresh()
    bo.write_memo(one, "Is it?", at=tick())
    here.undo(at=tick())

    assert here.codings == ()
    assert [memo.body for memo in here.memos_at(HERE)] == ["Is it?"]


# -- a transcript that is gone --------------------------------------------------------------------


@pytest.mark.parametrize("erased", [False, True], ids=["removed", "erased"])
def test_a_transcript_that_was_taken_out_takes_no_act(study: Store, erased: bool) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    here.write_memo(HERE, "Sold?", at=tick())
    (memo,) = here.memos_at(HERE)
    window(study).untag(one, at=tick())
    if erased:
        with engine.writing(study.engine, where="x") as session:
            projection.erase(session, [here.record.uid])
            log.reseal(session)
    else:
        listing.remove_transcript(study, "P01", by="Bo", at=tick())
    before = (event_count(study), here.codings, here.memos, here.finished)

    wishes: list[Callable[[], object]] = [
        lambda: here.tag("trading", WIDER, at=tick()),
        lambda: here.untag(one, at=tick()),
        lambda: here.set_doubt(one, doubt=True, at=tick()),
        lambda: here.move_ends(one, WIDER, at=tick()),
        lambda: here.write_memo(one, "x", at=tick()),
        lambda: here.write_memo(HERE, "x", at=tick()),
        lambda: here.rewrite_memo(memo, "x", at=tick()),
        lambda: here.set_finished(finished=True, at=tick()),
    ]
    for wish in wishes:
        with pytest.raises(errors.UnknownTranscriptError, match="P01"):
            wish()
    assert (event_count(study), here.codings, here.memos, here.finished) == before


def test_undo_brings_no_coding_back_on_a_transcript_that_was_taken_out(study: Store) -> None:
    here = window(study)
    (one,) = here.tag("trading", HERE, at=tick()).added
    here.untag(one, at=tick())
    listing.remove_transcript(study, "P01", by="Bo", at=tick())

    with pytest.raises(errors.ChangedSinceError, match="'untag'"):
        here.undo(at=tick())
    with pytest.raises(errors.ChangedSinceError, match="'untag'"):
        study.undo(by="Amina", at=tick())
    study.undo(by="Bo", at=tick())
    assert here.undo(at=tick()).reverted == "untag"
    assert stored(study) == [one]


# -- undo, by what was done -----------------------------------------------------------------------


def done(store: Store, verb: str) -> None:
    """An act of Amina's that is called so; what it changes is all the same."""
    with store.act(verb, by="Amina", at=tick()) as act:
        act.ensure([records.code_record(Code("songs", "Songs"), position=9)])


@pytest.mark.parametrize("verb", OF_CODING)
def test_undo_and_redo_while_coding_reach_what_is_done_while_coding(
    study: Store, verb: str
) -> None:
    here = window(study)
    done(study, verb)

    assert here.undo(at=tick()).reverted == verb
    assert "songs" not in here.codes
    assert here.redo(at=tick()).reverted == verb
    assert "songs" in here.codes


@pytest.mark.parametrize("verb", OF_OTHERS)
def test_undo_and_redo_while_coding_leave_every_other_act(study: Store, verb: str) -> None:
    here = window(study)
    done(study, verb)

    with pytest.raises(errors.NotUndoneHereError, match=verb):
        here.undo(at=tick())
    study.undo(by="Amina", at=tick())
    with pytest.raises(errors.NotUndoneHereError, match=verb):
        here.redo(at=tick())

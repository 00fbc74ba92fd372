"""Memos tied to anything, found again, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import BY, bring_in, dialogue, tick, write

from qualcode import errors
from qualcode.model.coding import Coding, Memo, MemoTarget, MemoType, Segment
from qualcode.services import listing, memos, people
from qualcode.services.book import code_merging
from qualcode.services.retrieval import browsing, retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import queries, records
from qualcode.store.store import Store


@pytest.fixture
def fair(store: Store, folder: Path) -> Store:
    """A project with a transcript, a participant and a coding."""
    bring_in(store, write(folder, {"INT-1.txt": dialogue("Ama", "The tent leaked.")}))
    people.set_participant(store, "P07", {"place": "Marle"}, new=True, by=BY, at=tick())
    coding.tag(store, "INT-1", "grant-aid", Place(span=(0, 9)), by=BY, at=tick())
    return store


def add(store: Store, target: str, body: str = "a thought", *, by: str = BY) -> Memo:
    return memos.add_memo(store, target, body, type=MemoType.NOTE, by=by, at=tick())


def coding_uid(store: Store) -> str:
    tagged = coding.tag(store, "INT-1", "grant-aid", Place(span=(0, 9)), by=BY, at=tick())
    return tagged.coding.uid


@pytest.mark.parametrize(
    ("target", "kind", "shown"),
    [
        ("project", MemoTarget.PROJECT, "project"),
        ("INT-1", MemoTarget.TRANSCRIPT, "INT-1"),
        ("P07", MemoTarget.PARTICIPANT, "P07"),
        ("grant-aid", MemoTarget.CODE, "funding/grant-aid"),
        ("funding/trading", MemoTarget.CODE, "funding/trading"),
        ("INT-1:11:15", MemoTarget.SEGMENT, "INT-1 ¶2"),
    ],
)
def test_a_memo_is_tied_to_what_is_named(
    fair: Store, target: str, kind: MemoTarget, shown: str
) -> None:
    memo = add(fair, target)

    assert memo.target_kind is kind
    assert [(m.memo, m.target) for m in memos.list_memos(fair)] == [(memo, shown)]
    assert [m.memo for m in memos.list_memos(fair, target=target)] == [memo]


def test_a_memo_is_tied_to_a_coding_by_its_id(fair: Store) -> None:
    uid = coding_uid(fair)
    memo = add(fair, uid)

    assert memo.target == uid
    assert [m.target for m in memos.list_memos(fair)] == ["INT-1 ¶1 funding/grant-aid"]


@pytest.mark.parametrize(
    ("target", "error"),
    [
        ("nothing", errors.UnknownNameError),
        ("INT-1:5:5", errors.EmptySpanError),
        ("INT-1:0:9999", errors.SpanOutsideTextError),
        ("INT-9:0:5", errors.UnknownTranscriptError),
    ],
)
def test_what_nothing_is_called_is_refused(
    fair: Store, target: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(fair, target)
    assert memos.list_memos(fair) == ()


def test_a_coding_that_was_taken_back_takes_no_memo(fair: Store) -> None:
    uid = coding_uid(fair)
    coding.untag(fair, "INT-1", "grant-aid", Place(span=(0, 9)), by=BY, at=tick())

    with pytest.raises(errors.UnknownNameError):
        add(fair, uid)


def test_memos_are_listed_in_the_order_of_writing_and_narrowed(fair: Store) -> None:
    first = add(fair, "INT-1", "one")
    second = memos.add_memo(fair, "P07", "two", type=MemoType.QUERY, by="tomasz", at=tick())

    assert [m.memo for m in memos.list_memos(fair)] == [first, second]
    assert [m.memo for m in memos.list_memos(fair, coder="Tomasz")] == [second]
    assert [m.memo for m in memos.list_memos(fair, type=MemoType.NOTE)] == [first]


def test_a_memo_is_taken_back_by_its_id_or_the_beginning_of_it(fair: Store) -> None:
    memo, other = add(fair, "INT-1", "one"), add(fair, "INT-1", "two")
    length = next(n for n in range(1, 32) if memo.uid[:n] != other.uid[:n])

    assert memos.remove_memo(fair, memo.uid[:length], by=BY, at=tick()) == memo
    assert [m.memo for m in memos.list_memos(fair)] == [other]
    coding.undo(fair, by=BY, at=tick())
    assert len(memos.list_memos(fair)) == 2


@pytest.mark.parametrize("uid", ["", "zzz"])
def test_an_unknown_memo_is_refused_even_where_there_is_one_alone(fair: Store, uid: str) -> None:
    add(fair, "INT-1")
    with pytest.raises(errors.UnknownMemoError):
        memos.remove_memo(fair, uid, by=BY, at=tick())


def test_all_memos_on_a_coding_stand_beside_its_quotation(fair: Store) -> None:
    place = Place(turns=(2, 2))
    tagged = coding.tag(fair, "INT-1", "grant-aid", place, memo="first", by="Amina", at=tick())
    add(fair, tagged.coding.uid, "second", by="amina")

    by_amina = retrieving.quotes(fair, coder="amina").quotations

    assert [quotation.memo for quotation in by_amina] == [None, "first\nsecond"]


def merge(store: Store, code: str, into: str) -> None:
    """One code of two, as the codebook is edited."""
    with store.act("merge code", by=BY, at=tick()) as act:
        book, _ = queries.codebook(act.session)
        gone, stays = book.by_id()[code], book.by_id()[into]
        act.ensure(
            [
                *code_merging.moved(act.session, gone, stays),
                records.code_record(gone, position=9, retired=True, merged_into=into),
            ]
        )


def told(store: Store) -> list[tuple[str, str]]:
    """What the memos say and what they are tied to, for a person."""
    return [(shown.memo.body, shown.target) for shown in memos.list_memos(store)]


def test_memos_that_come_late_on_a_merged_code_are_the_survivors_everywhere(fair: Store) -> None:
    transcript = listing.show_transcript(fair, "INT-1").record
    merge(fair, "bonding", "bridging")
    late = Coding(Segment(transcript.version_uid, 11, 15), "bonding", "Tomasz")
    on = {late.uid: MemoTarget.CODING, "bonding": MemoTarget.CODE}
    with fair.act("tag", by="Tomasz", at=tick()) as act:
        act.ensure([records.coding_record(late, transcript=transcript.uid)])
        act.ensure(
            records.memo_record(
                Memo(f"m {kind}", MemoType.NOTE, kind, target, "Tomasz", f"on a {kind}", tick()),
                scope=transcript.uid if kind is MemoTarget.CODING else None,
            )
            for target, kind in on.items()
        )

    for survivor in ("bridging", "trading"):
        if survivor == "trading":
            merge(fair, "bridging", "trading")
        name = {"bridging": "cohesion/bridging", "trading": "funding/trading"}[survivor]
        assert told(fair) == [("on a coding", f"INT-1 ¶2 {name}"), ("on a code", name)]
        page = browsing.codebook_page(fair, coder=BY)
        assert [(code, [m.body for m in on]) for code, on in page.memos.items()] == [
            (survivor, ["on a code"])
        ]
        found = retrieving.quotes(fair, coder="tomasz").quotations
        assert [(quotation.code, quotation.memo) for quotation in found] == [(name, "on a coding")]


def test_memos_go_with_a_transcript_and_come_back_with_it(fair: Store) -> None:
    coding.undo(fair, by=BY, at=tick())  # a transcript with codings is not removed
    add(fair, "INT-1", "read again", by="amina")
    listing.remove_transcript(fair, "INT-1", by="amina", at=tick())
    assert memos.list_memos(fair) == ()
    coding.undo(fair, by="amina", at=tick())
    assert [shown.memo.body for shown in memos.list_memos(fair)] == ["read again"]

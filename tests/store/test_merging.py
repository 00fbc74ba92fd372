"""Codes that went into another: whatever still names them is read as the one that survived."""

from __future__ import annotations

from dataclasses import replace

from store.samples import AT, apply_codes, coded, import_transcripts, later, tag

from qualcode.model.codebook import Code
from qualcode.model.coding import Memo, MemoTarget, MemoType
from qualcode.store import queries, records
from qualcode.store.doctor import examine
from qualcode.store.kinds import CODE, Record
from qualcode.store.merging import survivors
from qualcode.store.store import Store


def merge(store: Store, code: str, into: str | None) -> None:
    """Say of a code that it went into another, or that it did not."""
    with store.act("merge codes", by="Amina", at=AT) as act:
        one = Code(code, code.title())
        act.ensure([records.code_record(one, position=0, merged_into=into)])


def in_book(store: Store) -> list[str]:
    """Ids of the codes of the book."""
    with store.reading() as session:
        return [code.id for code in queries.codebook(session)[0].codes]


def test_a_merged_code_leaves_the_book_and_its_codings_are_the_survivors(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls", "songs")
    tag(store, "p01", "fairs", by="Bo")
    tag(store, "p01", "songs", by="Bo", start=9, end=12)
    assert in_book(store) == ["fairs", "halls", "songs"]
    merge(store, "fairs", "halls")

    assert in_book(store) == ["halls", "songs"]
    assert coded(store) == [("p01-v1", 0, 6, "halls", "Bo"), ("p01-v1", 9, 12, "songs", "Bo")]
    with store.reading() as session:
        assert queries.coding_counts(session) == {"halls": 1, "songs": 1}
        assert len(queries.codings(session, codes=["halls"])) == 1
        assert queries.codings(session, codes=["fairs"]) == []
        assert queries.codings(session, codes=[]) == []
    assert examine(store).is_whole
    merge(store, "fairs", None)
    assert in_book(store) == ["fairs", "halls", "songs"]


def test_two_codings_that_a_merge_made_the_same_are_one_and_doubted_if_either(
    store: Store,
) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls", "songs")
    tag(store, "p01", "halls", by="Bo")
    doubted = replace(tag(store, "p01", "songs", by="Bo"), doubt=True)
    with store.act("set doubt", by="Bo", at=later(1)) as act:
        act.ensure([records.coding_record(doubted, transcript="p01")])
    tag(store, "p01", "halls", by="Amina")
    merge(store, "halls", "fairs")
    merge(store, "songs", "halls")

    with store.reading() as session:
        assert survivors(session) == {"halls": "fairs", "songs": "fairs"}
        found = queries.codings(session, versions=["p01-v1"])
        assert queries.coding_counts(session) == {"fairs": 2}
    assert [(one.code, one.coder, one.doubt) for one in found] == [
        ("fairs", "Amina", False),
        ("fairs", "Bo", True),
    ]


def test_what_a_merge_made_one_is_counted_once_of_its_transcript(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls")
    for code, coder in (("fairs", "Bo"), ("halls", "Bo"), ("halls", "Amina")):
        tag(store, "p01", code, by=coder)
    with store.reading() as session:
        assert [one.codings for one in queries.transcripts(session)] == [3]
    merge(store, "fairs", "halls")

    with store.reading() as session:
        assert [one.codings for one in queries.transcripts(session)] == [2]
        assert len(queries.codings(session)) == 2


def test_codes_that_two_copies_merged_into_each_other_survive_as_one(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls", "songs")
    for code in ("fairs", "halls", "songs"):
        tag(store, "p01", code, by="Bo")
    merge(store, "fairs", "halls")
    merge(store, "halls", "fairs")
    merge(store, "songs", "halls")

    assert in_book(store) == ["fairs"]
    assert coded(store) == [("p01-v1", 0, 6, "fairs", "Bo")]


def test_memos_on_a_merged_code_and_its_codings_are_the_survivors(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls", "songs")
    one = tag(store, "p01", "fairs", by="Bo: a name")
    other = tag(store, "p01", "songs", by="Bo")
    targets = {
        one.uid: MemoTarget.CODING,
        other.uid: MemoTarget.CODING,
        one.segment.uid: MemoTarget.SEGMENT,
        "fairs": MemoTarget.CODE,
        "songs": MemoTarget.CODE,
        "p01": MemoTarget.TRANSCRIPT,
    }
    written = [
        Memo(f"m{at}", MemoType.NOTE, kind, target, "Bo", "x", later(at))
        for at, (target, kind) in enumerate(targets.items())
    ]
    with store.act("write memo", by="Bo", at=later(9)) as act:
        act.ensure(records.memo_record(memo, scope=None) for memo in written)
    merge(store, "fairs", "halls")

    with store.reading() as session:
        (read,) = queries.codings(session, codes=["halls"])
        found = [memo.target for memo in queries.memos(session)]
        assert found == [read.uid, *list(targets)[1:3], "halls", *list(targets)[4:]]
        assert queries.stored_memo(session, "m0") == written[0]
        assert queries.stored_memo(session, "m") is None
    assert one.uid != read.uid


def test_a_code_whose_survivor_is_gone_is_read_as_itself_and_rests(store: Store) -> None:
    import_transcripts(store, "p01")
    apply_codes(store, "fairs", "halls", "songs")
    with store.act("merge codes", by="Amina", at=AT) as act:
        gone = Code("fairs", "Fairs")
        act.ensure([records.code_record(gone, position=0, merged_into="halls", retired=True)])
    merge(store, "songs", "fairs")
    assert in_book(store) == ["halls"]
    with store.act("apply codebook", by="Amina", at=later(1)) as act:
        act.ensure([Record(CODE, ("halls",), None)])
    for code in ("fairs", "songs"):  # they come late, from a copy that knows of none of it
        tag(store, "p01", code, by="Bo")

    with store.reading() as session:
        assert survivors(session) == {"songs": "fairs"}
        book, retired = queries.codebook(session)
        assert [code.id for code in book.codes] == ["fairs"] == list(retired)
        assert [one.code for one in queries.codings(session)] == ["fairs"]
    assert examine(store).is_whole

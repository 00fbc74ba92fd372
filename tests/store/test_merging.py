"""Codes that went into another: whatever still names them is read as the one that survived."""

from __future__ import annotations

from dataclasses import replace

from store.samples import AT, apply_codes, coded, import_transcripts, later, tag

from qualcode.model.codebook import Code
from qualcode.store import queries, records
from qualcode.store.doctor import examine
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

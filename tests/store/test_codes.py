"""What hangs on the codebook: its text, and the codings under each code's own id."""

from __future__ import annotations

from store.samples import apply_codes, import_transcripts, later, tag

from qualcode.model.codebook import Code, Codebook
from qualcode.store import codes, queries
from qualcode.store.codes import Reversal
from qualcode.store.records import code_record, codebook_record
from qualcode.store.store import Store


def apply_text(store: Store, text: str, *, verb: str = "apply codebook", minute: int = 0) -> None:
    with store.act(verb, by="Amina", at=later(minute)) as act:
        act.ensure([codebook_record(Codebook("Fairs", "1", ()), text)])


def test_the_text_that_was_applied_is_known_with_its_event(store: Store) -> None:
    with store.reading() as session:
        assert codes.source(session) is None
        assert codes.source_event(session) is None
    apply_text(store, "one")
    with store.reading() as session:
        first = codes.source_event(session)
        assert codes.source(session) == "one"
    apply_text(store, "two", verb="add code", minute=1)
    with store.reading() as session:
        assert codes.source_event(session) != first


def test_an_undo_of_the_codebook_is_known_with_its_texts(store: Store) -> None:
    def newest() -> Reversal | None:
        with store.reading() as session:
            return codes.newest_reversal(session)

    assert newest() is None
    apply_text(store, "one")
    apply_text(store, "two", verb="add code", minute=1)
    assert newest() is None
    store.undo(by="Amina", at=later(2))
    assert newest() == Reversal("add code", True, "two", "one", begun_with="one")
    store.redo(by="Amina", at=later(3))
    assert newest() == Reversal("add code", False, "one", "two", begun_with="one")
    store.undo(by="Amina", at=later(4))
    assert newest() == Reversal("add code", True, "two", "one", begun_with="one")
    store.undo(by="Amina", at=later(5))
    assert newest() == Reversal("apply codebook", True, "one", None, begun_with=None)


def test_what_an_act_began_with_is_known_and_was_never_applied(store: Store) -> None:
    apply_text(store, "one")
    with store.act("add code", by="Amina", at=later(1)) as act:
        for text in ("one # more", "two # more"):
            act.ensure([codebook_record(Codebook("Fairs", "1", ()), text)])
    store.undo(by="Amina", at=later(2))
    with store.reading() as session:
        assert codes.newest_reversal(session) == Reversal(
            "add code", True, "two # more", "one", begun_with="one # more"
        )
        assert [
            codes.was_applied(session, text) for text in ("one", "one # more", "two # more")
        ] == [True, False, True]


def test_codings_are_found_under_the_id_they_were_written_with(store: Store) -> None:
    import_transcripts(store, "t1")
    apply_codes(store, "old", "new")
    ours = [tag(store, "t1", "old", by=coder) for coder in ("Amina", "Ben")]
    tag(store, "t1", "new", by="Amina")
    with store.act("merge code", by="Amina", at=later(1)) as act:
        gone = Code("old", "Old")
        act.ensure([code_record(gone, position=2, retired=True, merged_into="new")])
    with store.reading() as session:
        found = codes.placed_codings(session, ["old"])
        assert [one.coding for one in found] == ours
        assert {one.transcript for one in found} == {"t1"}
        assert {one.code for one in queries.codings(session)} == {"new"}
        assert codes.known_ids(session) == {"old", "new"}
        assert codes.placed_codings(session, []) == []

"""Undo and redo at one transcript: how far they go, and what they say they reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import apply_codebook, event_count, tick
from services.work.coding_session.sessions import laid, stored, words

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.services.work.coding_session import CodingSession
from qualcode.store import records
from qualcode.store.store import Store


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

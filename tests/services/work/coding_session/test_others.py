"""What others do to a project in which somebody codes: it arrives, or it is said in words."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import NewPlace
from services.study import CODEBOOK, apply_codebook, bring_in, dialogue, tick, write
from services.work.coding_session.sessions import ANSWERS, laid, listening, stored, words

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.spans import Span
from qualcode.services import listing
from qualcode.services.work import coding
from qualcode.services.work.coding_session import Change, CodingSession
from qualcode.services.work.progress import overview
from qualcode.store import records
from qualcode.store.doctor import examine
from qualcode.store.store import Store, create_store, open_store

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

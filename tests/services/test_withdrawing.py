"""Withdrawal: nothing of theirs leaves, and of who is erased no word stays in any file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from services.study import (
    BY,
    bring_in,
    copy_of,
    dialogue,
    event_count,
    new_store,
    take_in,
    tick,
    write,
)
from services.withdrawn import (
    LEFT,
    MANIFEST,
    OTHER,
    SAID,
    SECRET,
    SHARED,
    erase,
    summary,
    tag,
    words_in,
)

from qualcode import errors
from qualcode.model.coding import MemoType
from qualcode.model.people import Attribution
from qualcode.services import keeping, listing, lying_beside, memos, people, withdrawing
from qualcode.services.charts import charting
from qualcode.services.consent.agreed import consent_of
from qualcode.services.consent.names.forbidden import forbidden
from qualcode.services.retrieval import retrieving
from qualcode.services.summaries import acts as writing
from qualcode.services.work import coding
from qualcode.store import erasing, identities, leaving, log, queries, records, summaries
from qualcode.store.receiving import absorb
from qualcode.store.sealing import seal
from qualcode.store.store import Store, open_store


@pytest.fixture
def study(store: Store, folder: Path) -> Store:
    """Two interviews, with codings, memos, summaries and an export that rest on P17."""
    write(folder, {"Quetzalline.txt": SAID, "other.txt": OTHER, "interviews.csv": MANIFEST})
    assert bring_in(store, manifest=folder / "interviews.csv").written
    theirs = tag(store, "Quetzalline", "A grant came", memo="Is it windmillish?")
    others = tag(store, "other", "We sell tea")
    for target in ("P17", "Quetzalline"):
        memos.add_memo(store, target, "So windmillish.", type=MemoType.NOTE, by=BY, at=tick())
    with store.act("chart", by=BY, at=tick()) as act:
        act.ensure(
            [
                records.summary_record(summary("place", "Marle", theirs, others)),
                records.summary_record(summary("participant", "P17", theirs)),
                records.summary_record(summary("transcript", _uid(store), theirs)),
                records.summary_record(summary("participant", "P18", others)),
                records.export_record(LEFT),
            ]
        )
    return store


def _uid(store: Store) -> str:
    """The transcript of P17."""
    return listing.show_transcript(store, "Quetzalline").record.uid


def _withdraw(store: Store, code: str = "P17", **more: bool) -> withdrawing.Withdrawal:
    return withdrawing.withdraw(store, code, by=BY, at=tick(), **more)


def _statuses(store: Store) -> dict[tuple[str, str], tuple[str, int]]:
    with store.reading() as session:
        return {
            (one.case_kind, one.case): (str(one.status), len(one.links))
            for one in summaries.summaries(session)
        }


# -- withdrawing ----------------------------------------------------------------------------------


def test_a_withdrawal_lists_what_rests_on_the_participant(study: Store) -> None:
    would = _withdraw(study, dry_run=True)

    assert (would.participant, would.was) == ("P17", Attribution.ROLE)
    assert (would.interviews, would.shared) == (("Quetzalline",), ())
    assert (would.codings, would.memos) == (1, 3)
    assert {(one.case_kind, one.case) for one in would.summaries} == {
        ("participant", "P17"),
        ("transcript", "Quetzalline"),
    }
    assert [(one.case_kind, one.case) for one in would.taken_back] == [("place", "Marle")]
    assert [one.file for one in would.exports] == ["matrix.docx"]


def test_a_rehearsal_writes_nothing(study: Store) -> None:
    before = event_count(study)
    _withdraw(study, dry_run=True)
    erase(study, dry_run=True)

    assert event_count(study) == before
    assert people.show_participant(study, "P17").has_name


def test_after_a_withdrawal_nothing_of_theirs_leaves(study: Store) -> None:
    assert len(retrieving.quotes(study).quotations) == 2
    assert retrieving.search(study, "then").hits
    _withdraw(study, "p17")

    assert [one.participant for one in retrieving.quotes(study).quotations] == ["P18"]
    assert {hit.participant for hit in retrieving.search(study, "then").hits} <= {"P18", None}
    assert "Quetzalline" not in {hit.transcript for hit in retrieving.search(study, "then").hits}


def test_a_summary_linked_to_their_words_is_taken_back_and_its_cell_is_open(study: Store) -> None:
    _withdraw(study)

    assert _statuses(study) == {
        ("participant", "P17"): ("draft", 1),
        ("participant", "P18"): ("final", 1),
        ("transcript", _uid(study)): ("draft", 1),
    }
    charted = charting.build_matrix(study, rows="place", cells="both", at=tick()).matrix
    cells = [cell for row in charted.cells for cell in row if cell.quotes]
    assert cells
    assert [cell.summary for cell in cells] == [None] * len(cells)
    anew = writing.write_summary(study, "Marle", "funding", "Tea.", rows="place", by=BY, at=tick())
    assert anew.text == "Tea."


def test_words_that_stood_beside_a_summary_taken_back_do_not_come_again(
    study: Store, tmp_path: Path
) -> None:
    copy = copy_of(study, tmp_path)
    with open_store(str(copy)) as other:
        for store, words in ((other, "Windmillish, they say."), (study, "Thimblerig, they say.")):
            writing.write_summary(
                store, "Marle", "funding", words, rows="place", by=words[:4], at=tick()
            )
        take_in(study, other)
    with study.reading() as session:
        (both,) = (one for one in summaries.summaries(session) if one.case == "Marle")
    assert [one.text for one in both.others] == ["Windmillish, they say."]
    _withdraw(study)
    writing.write_summary(study, "Marle", "funding", "Tea.", rows="place", by=BY, at=tick())

    def beside() -> list[str]:
        with study.reading() as session:
            (one,) = (one for one in summaries.summaries(session) if one.case == "Marle")
            return [other.text for other in one.others]

    assert beside() == []
    for _ in range(2):
        coding.undo(study, by=BY, at=tick())
    assert beside() == ["Windmillish, they say."]


def test_a_withdrawal_is_one_act_and_undone_whole(study: Store) -> None:
    before = _statuses(study)
    _withdraw(study)
    assert coding.undo(study, by=BY, at=tick()).verb == "withdraw participant"

    assert people.show_participant(study, "P17").participant.attribution is Attribution.ROLE
    assert _statuses(study) == before


def test_nobody_of_that_code_is_said(study: Store) -> None:
    with pytest.raises(errors.UnknownParticipantError):
        _withdraw(study, "P71")


def test_in_an_interview_with_others_only_their_own_words_are_closed(
    store: Store, folder: Path
) -> None:
    write(folder, {"both.txt": SHARED})
    assert bring_in(store, folder / "both.txt").written
    for code in ("P17", "P18"):
        people.set_participant(store, code, {"role": "Chair"}, new=True, by=BY, at=tick())
        listing.set_speaker(store, "both", code, participant=code, by=BY, at=tick())
    tag(store, "both", "Both of us")
    tag(store, "both", "All of us")
    done = _withdraw(store)

    assert (done.interviews, done.shared, done.codings) == ((), ("both",), 1)
    assert [one.text for one in retrieving.quotes(store).quotations] == ["All of us"]


# -- erasing --------------------------------------------------------------------------------------


def test_no_byte_of_any_file_holds_a_word_of_who_was_erased(study: Store) -> None:
    assert words_in(study) == set(SECRET)
    with study.reading() as session:
        masks = forbidden(session, consent_of(session)).edits(OTHER)
    assert len(masks) == 2
    done = erase(study)
    study.close()

    assert done.erased
    left = words_in(study)
    assert left == {"Quetzalline", "Ostrander"}  # as Bea said them, in her own interview


@pytest.mark.parametrize(
    ("kind", "case", "goes"),
    [
        ("place", "Wenbury", True),
        ("hobby", "thimblerig", True),
        ("date", "4 March 2024", True),
        ("date", "March 2024", False),
        ("hobby", "tea", False),
    ],
)
def test_a_summary_of_a_group_goes_with_the_last_who_is_in_it(
    study: Store, kind: str, case: str, goes: bool
) -> None:
    people.set_participant(study, "P17", {"place": "Wenbury"}, by=BY, at=tick())
    with study.act("chart", by=BY, at=tick()) as act:
        act.ensure([records.summary_record(summary(kind, case))])
    done = erase(study)

    assert ((kind, case) in {(one.case_kind, one.case) for one in done.taken_back}) is goes
    assert ((kind, case) not in _statuses(study)) is goes


def test_what_others_say_of_them_stays_masked_when_nobody_knows_the_name(study: Store) -> None:
    done = erase(study)

    assert done.masked == 2
    with study.reading() as session:
        assert "P17" not in identities.read(session)
        shown = [mask.shown for masks in leaving.masks(session).values() for mask in masks]
    assert shown == ["[P17]", "[P17]"]


def test_who_was_erased_where_the_names_are_not_is_forgotten_where_they_are(
    study: Store,
) -> None:
    project = str(study.path)
    study.close()
    names = Path(project).with_suffix(".identities")
    away = names.rename(names.with_suffix(".away"))
    with open_store(project) as without:
        done = erase(without)
        assert (done.masked, done.has_name) == (0, False)
    away.rename(names)
    with open_store(project) as with_names:
        done = erase(with_names)
        assert (done.masked, done.has_name) == (2, True)
        with with_names.reading() as session:
            assert set(identities.read(session)) == {"P18"}
        assert erase(with_names).has_name, "all that was known is forgotten"
        assert keeping.examine(with_names).is_whole
    assert b"Ostrander" not in names.read_bytes()


def test_the_rest_of_the_study_stands_and_the_project_is_whole(study: Store) -> None:
    erase(study)

    assert [one.name for one in listing.list_transcripts(study)] == ["other"]
    assert [one.code for one in people.list_participants(study)] == ["P18"]
    assert [one.participant for one in retrieving.quotes(study).quotations] == ["P18"]
    assert _statuses(study) == {
        ("participant", "P18"): ("final", 1),
    }
    assert keeping.examine(study).is_whole


def test_an_erasure_is_not_undone(study: Store) -> None:
    erase(study)

    with pytest.raises(errors.ErasedForGoodError):
        coding.undo(study, by=BY, at=tick())


def test_a_copy_that_still_has_the_words_does_not_bring_them_back(study: Store) -> None:
    with study.reading() as session:
        before = list(log.read(session))
    erase(study)
    late = [
        event._replace(id=event.id[:-1] + bytes([event.id[-1] ^ 1]))
        for event in before
        if event.scope is not None
    ]
    with study.act("receive", by=BY, at=tick()) as act:
        assert absorb(act.session, late)

    with study.reading() as session:
        said = [f"{event.key}{event.body}" for event in log.read(session)]
        known = queries.participants(session)
    assert not [text for text in said if any(word in text for word in SECRET)]
    assert [one.code for one in known] == ["P18"]
    assert keeping.examine(study).is_whole


def test_backups_that_still_hold_the_words_are_named(study: Store) -> None:
    place = keeping.back_up(study, None, at=tick())
    done = erase(study)
    assert done.backups == (place.name,)

    later = keeping.back_up(study, None, at=tick())
    assert later != place
    assert erasing.holding([later], ["participant:P17"]) == ()


def test_copies_in_the_project_s_folder_are_named_whatever_they_are_called(
    study: Store, folder: Path
) -> None:
    (folder / "kept").mkdir()
    for name in ("mine.db", "kept/study.qualcode"):
        keeping.back_up(study, folder / name, at=tick())
    with new_store(folder / "another") as another:
        people.set_participant(another, "P17", {"role": "Chair"}, new=True, by=BY, at=tick())
    done = erase(study, folder=folder, dry_run=True)

    assert done.backups == ("mine.db", "kept/study.qualcode")
    assert "mine.db" not in done.files


def test_nobody_waits_at_the_project_while_files_beside_it_are_looked_into(
    study: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert study.path is not None
    free: list[bool] = []
    look = lying_beside.files_with

    def looking(*args: Any, **more: Any) -> tuple[str, ...]:
        with closing(sqlite3.connect(str(study.path), timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            free.append(True)
            other.execute("ROLLBACK")
        return look(*args, **more)

    monkeypatch.setattr(lying_beside, "files_with", looking)
    erase(study, folder=folder)
    assert free == [True]


def test_their_file_does_not_come_in_again_and_the_others_of_its_folder_do(
    study: Store, folder: Path
) -> None:
    erase(study)
    write(folder, {"new.txt": dialogue("Cem", "Tea."), "again.txt": SAID + "More."})
    table = "interview_id,file,participant\nnew,new.txt,\nagain,again.txt,p17\n"
    write(folder, {"new.csv": table})
    for report in (
        bring_in(study, folder / "Quetzalline.txt", folder / "new.txt"),
        bring_in(study, manifest=folder / "new.csv"),
    ):
        (out,) = report.left_out
        told = {one.message for one in report.warnings if one.code == "erased" and one.file == out}
        assert "erased" in next(iter(told))
        assert not report.rejected
    names = [one.name for one in listing.list_transcripts(study)]
    assert names == ["new", "other"]
    study.close()
    assert "windmillish" not in words_in(study)


def test_their_code_is_given_to_nobody_else(study: Store, folder: Path) -> None:
    erase(study)

    with pytest.raises(errors.ParticipantErasedError):
        _withdraw(study)
    with pytest.raises(errors.ParticipantErasedError):
        people.set_participant(study, "p17", {"role": "Chair"}, new=True, by=BY, at=tick())
    table = "interview_id,file,name\nnew,new.txt,Cem Ay\n"
    write(folder, {"new.txt": dialogue("Cem", "Tea."), "new.csv": table})
    assert bring_in(study, manifest=folder / "new.csv").written
    assert "P17" not in {one.code for one in people.list_participants(study)}


def test_where_somebody_has_the_project_open_its_files_are_written_anew_another_time(
    study: Store,
) -> None:
    assert study.path is not None
    assert erase(study).rewritten
    before = event_count(study)
    study.close()
    with (
        open_store(str(study.path), lock_wait_ms=50) as quick,
        closing(sqlite3.connect(study.path, isolation_level=None)) as reader,
    ):
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM event").fetchone()
        assert not erase(quick, "p17").rewritten
        reader.execute("COMMIT")
        again = erase(quick, "p17")

    assert (again.participant, again.erased, again.rewritten) == ("P17", True, True)
    assert event_count(study) == before


def test_who_was_erased_leaves_in_nothing_that_arrives_later(study: Store) -> None:
    erase(study)

    with study.reading() as session:
        assert consent_of(session).withheld("P17")


def test_an_interview_with_others_is_erased_only_where_that_is_said(
    study: Store, folder: Path
) -> None:
    write(folder, {"both.txt": SHARED})
    assert bring_in(study, folder / "both.txt").written
    for code in ("P17", "P18"):
        listing.set_speaker(study, "both", code, participant=code, by=BY, at=tick())
    before = event_count(study)
    with pytest.raises(errors.SharedInterviewsError, match="both"):
        erase(study)
    assert event_count(study) == before

    assert erase(study, with_shared=True).shared == ("both",)
    assert [one.name for one in listing.list_transcripts(study)] == ["other"]


def test_from_sealed_names_theirs_goes_too(study: Store) -> None:
    seal(study, "a long passphrase")
    assert study.path is not None
    study.close()
    with open_store(str(study.path)) as closed, pytest.raises(errors.IdentitiesSealedError):
        erase(closed)
    with open_store(str(study.path), passphrase="a long passphrase") as opened:
        erase(opened)
        with opened.reading() as session:
            assert set(identities.read(session)) == {"P18"}

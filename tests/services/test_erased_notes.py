"""Of who was erased no word of the team's stays: not in the project, its log, or a copy of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services.study import (
    BY,
    CODEBOOK,
    apply_codebook,
    bring_in,
    copy_of,
    dialogue,
    take_in,
    tick,
    write,
)
from services.withdrawn import LEFT, MANIFEST, SAID, SECRET, erase, summary, tag, words_in

from qualcode import errors
from qualcode.model.coding import MemoType
from qualcode.services import keeping, memos, people
from qualcode.services.work import coding
from qualcode.store import kinds, leaving, log, queries, readback, records, summaries
from qualcode.store.kinds import Record
from qualcode.store.store import Store, create_store, open_store


@pytest.fixture
def noted(store: Store, folder: Path) -> Store:
    """Nobody else says the name of P17, but the team wrote it wherever anybody can write."""
    files = {
        "Quetzalline.txt": SAID,
        "tea with Ostrander.txt": dialogue("Bea", "We sell tea."),
        "interviews.csv": MANIFEST.replace("other.txt", "tea with Ostrander.txt"),
    }
    assert bring_in(store, manifest=write(folder, files) / "interviews.csv").written
    apply_codebook(store, folder, CODEBOOK.replace("Trading", "Ostrander's trade"))
    memo = memos.add_memo(
        store, "grant-aid", "As Ostrander said.", type=MemoType.NOTE, by=BY, at=tick()
    )
    with store.act("go on with memo", by=BY, at=tick()) as act:
        act.ensure([records.memo_record(replace(memo, body="As somebody said."), scope=None)])
    gone = memos.add_memo(
        store, "other", "Quetzalline again.", type=MemoType.QUERY, by="ben", at=tick()
    )
    memos.remove_memo(store, gone.uid, by="ben", at=tick())
    theirs, others = tag(store, "Quetzalline", "A grant came"), tag(store, "other", "We sell tea")
    linked = replace(summary("place", "Marle", theirs, others), text="Only thimblerig pays.")
    named = replace(summary("hobby", "tea", others), text="Tea, says Quetzalline.")
    for written in (linked, replace(linked, text="Windmillish."), named):
        with store.act("write summary", by=BY, at=tick()) as act:
            act.ensure([records.summary_record(written)])
    for facts in (
        {"role": "Aunt of Ostrander", "Quetzalline's friend": "yes", "knows Ostrander": "well"},
        {"role": "Aunt", "consent_note": "Ostrander saw", "Quetzalline's friend": None},
    ):
        people.set_participant(store, "P18", facts, by=BY, at=tick())
    known = summary("knows_ostrander", "well", others)
    with store.act("write summary", by=BY, at=tick()) as act:
        act.ensure([records.summary_record(replace(known, text="They know."))])
        uid = next(one.uid for one in queries.transcripts(act.session) if one.name == "other")
        key = (uid, "ostrander_there")
        act.ensure([Record(kinds.TRANSCRIPT_ATTRIBUTE, key, {"value": "no"}, uid)])
    with store.act("export", by=BY, at=tick()) as act:
        act.ensure([records.export_record(replace(LEFT, file="Ostrander.docx"))])
    return store


def test_no_byte_of_the_project_holds_what_the_team_wrote_of_who_was_erased(
    noted: Store, folder: Path
) -> None:
    assert words_in(noted) == set(SECRET)
    would = erase(noted, folder=folder, dry_run=True)
    done = erase(noted, folder=folder)

    assert (would.reworded, would.unsaid, would.files) == (done.reworded, done.unsaid, done.files)
    assert done.still_named == ()
    assert {(one.case_kind, one.case) for one in done.taken_back} == {("place", "Marle")}
    assert done.summaries == ()
    with noted.reading() as session:
        left = {(one.case_kind, one.case, one.text) for one in summaries.summaries(session)}
        assert left == {("hobby", "tea", "Tea, says [P17]."), ("knows_p17", "well", "They know.")}
        aunt = next(one for one in queries.participants(session) if one.code == "P18")
        assert aunt.attributes["knows_p17"] == "well"
        assert [one.attributes["p17_there"] for one in queries.transcripts(session)] == ["no"]
        assert {one.body for one in queries.memos(session)} == {"As somebody said."}
        assert [one.file for one in leaving.exports(session)] == ["[P17].docx"]
        assert [one.file for one in queries.known_versions(session)] == ["tea with [P17].txt"]
    assert keeping.examine(noted).is_whole
    noted.close()
    assert words_in(noted) == set()


def test_a_copy_made_before_forgets_with_the_log_and_brings_nothing_back(
    noted: Store, tmp_path: Path
) -> None:
    copy = copy_of(noted, tmp_path)
    erase(noted)
    with open_store(str(copy)) as other:
        take_in(noted, other)
        with noted.reading() as session:
            mine = readback.everything(session)
        take_in(other, noted)
        for store in (noted, other):
            with store.reading() as session:
                said = f"{[*log.read(session)]}".lower()
                assert not [word for word in SECRET if word.lower() in said]
                assert readback.everything(session) == mine
            assert keeping.examine(store).is_whole


def test_an_act_of_another_copy_that_followed_what_was_erased_is_not_undone_to_nothing(
    noted: Store, tmp_path: Path
) -> None:
    copy = copy_of(noted, tmp_path)
    erase(noted)
    with open_store(str(copy)) as other:
        people.set_participant(other, "P18", {"role": "Chair"}, by="ben", at=tick())
        take_in(noted, other)
    assert people.show_participant(noted, "P18").participant.role == "Chair"

    with pytest.raises(errors.ErasedForGoodError):
        coding.undo(noted, by="ben", at=tick())
    assert people.show_participant(noted, "P18").participant.role == "Chair"


def test_files_beside_the_project_that_hold_their_words_are_named_and_not_their_name(
    noted: Store, folder: Path
) -> None:
    for name in ("matrix.docx", "other.docx"):
        (folder / name).write_bytes(b"written")
    with noted.act("export", by=BY, at=tick()) as act:
        act.ensure([records.export_record(replace(LEFT, uid="e2"))])
    done = erase(noted, folder=folder, dry_run=True)

    assert done.files == ("interviews.csv", "matrix.docx", "2 files in the project's folder")
    assert not [word for word in SECRET if word in f"{done.files}"]


def test_of_a_project_on_a_server_it_is_said_that_the_server_has_a_log_of_its_own(
    place: str,
) -> None:
    with create_store(place, name="Fairs", language="en", by=BY, at=tick()) as store:
        people.set_participant(store, "P17", {"role": "Clerk"}, new=True, by=BY, at=tick())
        assert erase(store).on_server is (store.path is None)

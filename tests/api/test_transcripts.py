"""Transcripts, people and memos, looked at and looked after from Python."""

from __future__ import annotations

from datetime import date

import pytest

from qualcode import api, errors
from qualcode.model.coding import MemoType
from qualcode.model.people import Attribution, Role
from qualcode.services.intake.recordings import Recording


def test_participants_speakers_and_memos_are_looked_after(project: api.Project) -> None:
    project.set_participant("P01", new=True, attribution="anonymous", ward="North", name="Ama B.")
    speaker = project.set_speaker("P01", "P01", role="participant", participant="P01")
    memo = project.add_memo("P01", "a thought", type="query")

    assert project.participants()[0].attribution is Attribution.ANONYMOUS
    assert project.participants()[0].attributes == {"ward": "North"}
    assert speaker.role is Role.PARTICIPANT
    assert memo.type is MemoType.QUERY
    assert [shown.memo.body for shown in project.memos("P01")] == ["a thought"]


def test_participants_are_checked_withdrawn_and_erased(project: api.Project) -> None:
    codes = [person.code for person in project.participants()]
    odd = project.check_participants(first=date(2024, 1, 1))
    assert {one.kind for one in odd} == {"linkage"}
    would = project.withdraw_participant(codes[0], dry_run=True)
    assert would.participant == codes[0]
    assert project.participant(codes[0]).participant.attribution is would.was

    assert not project.withdraw_participant(codes[0]).erased
    assert project.participant(codes[0]).participant.attribution == "withheld"
    assert project.withdraw_participant(codes[0], erase=True).erased
    assert [person.code for person in project.participants()] == codes[1:]


def test_two_labels_are_said_to_be_one_speaker(project: api.Project) -> None:
    assert project.suggest_aliases() == ()
    spelling = project.set_speaker("P01", "P01", same_as="Ama")

    assert (spelling.label, spelling.same_as) == ("P01", "Ama")
    labels = {turn.speaker for turn in project.transcript("P01").text.turns}
    assert "Ama" in labels
    assert "P01" not in labels


def test_transcripts_and_codebook_are_looked_at(project: api.Project) -> None:
    assert [t.name for t in project.transcripts()] == ["P01", "P02"]
    assert project.transcript("P01").text.text.startswith("Who pays")
    assert dict(project.codebook().counts) == {"grant": 1}
    assert project.remove_transcript("P02").name == "P02"
    with pytest.raises(errors.TranscriptCodedError):
        project.remove_transcript("P01")


def test_an_interview_is_described_and_its_recording_found(project: api.Project) -> None:
    assert project.recording("P01") is None
    (project.folder / "recordings").mkdir()
    (project.folder / "recordings" / "P01.amr").write_bytes(b"#!AMR")
    after = project.set_transcript("P01", date="2024-03-14", recording="P01.amr", mood="good")

    assert (after.interviewed, after.attributes["mood"]) == ("2024-03-14", "good")
    assert project.recording("P01") == Recording("P01.amr", found=True, ms=None)
    assert project.transcript("P01", version=1).record == after
    project.undo()
    assert project.transcript("P01").record.interviewed is None

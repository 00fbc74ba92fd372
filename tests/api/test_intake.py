"""Transcripts that come in from Python, and what is done with doubles and corrections."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import qualcode
from qualcode import api, errors
from qualcode.services.intake.duplicates import Treatment


def corrected(file: Path) -> None:
    """The transcript as somebody wrote it anew, who had listened again."""
    said = file.read_text()
    better = said.replace("The council gave us a grant, once", "The council paid a grant, twice")
    assert better != said
    file.write_text(better)


def test_transcripts_come_in_from_the_projects_own_folder(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        rehearsed = opened.import_transcripts(dry_run=True)
        done = opened.import_transcripts()
        again = opened.import_transcripts([folder / "transcripts"])

    assert (rehearsed.imported, rehearsed.written) == (2, False)
    assert (done.imported, again.imported, again.unchanged) == (2, 0, 2)


def test_a_changed_file_is_taken_with_a_yes(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        file.write_text(file.read_text(encoding="utf-8").replace("grant", "loan"))

        assert opened.import_transcripts().unconfirmed
        assert opened.revise("P01", file, dry_run=True).revised == 1
        assert opened.transcript("P01").record.version == 1
        assert opened.import_transcripts(yes=True).revised == 1
        assert opened.transcript("P01").record.version == 2
        assert opened.revise("P01", file, yes=True).unchanged == 1


def test_doubles_are_treated_as_told(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))

        assert len(opened.import_transcripts(duplicates="leave", dry_run=True).left_out) == 1
        assert opened.import_transcripts(duplicates=lambda _: Treatment.LEAVE).imported == 0
        for untold in (opened.import_transcripts(), opened.import_transcripts(duplicates="leave")):
            assert (untold.imported, len(untold.left_out)) == (0, 1)
        assert opened.import_transcripts(duplicates=lambda _: Treatment.KEEP).imported == 1
        with pytest.raises(errors.UsageError):
            opened.import_transcripts(duplicates="perhaps")


def test_what_was_left_out_comes_in_where_a_script_says_so(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))
        opened.import_transcripts(duplicates="leave")

        assert opened.import_transcripts(duplicates="keep").imported == 1


@pytest.mark.parametrize("answer", [*Treatment, *map(str, Treatment)])
def test_a_function_answers_of_a_double_in_a_word_or_its_text(
    folder: Path, answer: Treatment | str
) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        words = file.read_text(encoding="utf-8")
        file.with_name("P01 copy.txt").write_text(f"{words}\n", encoding="utf-8")

        [judged] = opened.import_transcripts(duplicates=lambda _: answer, yes=True).doubles
        assert judged.treatment is Treatment(answer)
        assert opened.transcript("P01").record.version == (2 if answer == "revise" else 1)
        assert len(opened.transcripts()) == (3 if answer == "keep" else 2)


def test_a_function_that_answers_with_no_such_word_changes_nothing(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.import_transcripts()
        file = folder / "transcripts" / "P01.txt"
        shutil.copy(file, file.with_name("P01 copy.txt"))

        with pytest.raises(errors.UsageError, match="'perhaps' is none of them"):
            opened.import_transcripts(duplicates=lambda _: "perhaps")
        assert len(opened.transcripts()) == 2


def test_codings_of_a_corrected_transcript_are_reviewed_and_settled(
    project: api.Project,
) -> None:
    corrected(project.folder / "transcripts" / "P01.txt")
    assert project.review() == ()
    assert project.import_transcripts(yes=True).revised == 1
    (waits,) = project.review("P01")
    assert (waits.old, waits.new) == ("The council gave us a grant", "The council paid a grant")
    with pytest.raises(errors.UsageError):
        project.settle(waits.id, accept=True, drop=True)
    assert project.settle(waits.id, accept=True).waiting == 0
    assert [(q.text, q.memo) for q in project.quotes()] == [("The council paid a grant", "once?")]
    project.undo()
    assert project.settle(waits.id, quote="paid a grant", dry_run=True).waiting == 0
    assert project.review() == (waits,)
    assert project.settle(waits.id, quote="paid a grant").waiting == 0


def test_proposals_that_were_seen_are_accepted_at_once(project: api.Project) -> None:
    corrected(project.folder / "transcripts" / "P01.txt")
    project.import_transcripts(yes=True)
    seen = project.review()
    assert project.review_memos() == ()
    assert project.accept_proposals(seen, at_least=100).laid_on == ()
    assert project.accept_proposals(seen, dry_run=True).waiting == 0
    assert project.accept_proposals(seen).waiting == 0
    assert [q.text for q in project.quotes()] == ["The council paid a grant"]


def test_one_place_is_not_for_two_codings(project: api.Project) -> None:
    with pytest.raises(errors.UsageError, match="the place of one coding"):
        project.settle("one", "other", span=(0, 3))

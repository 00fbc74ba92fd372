"""Coding from Python: places, tables, undo, the codebook, who is done with what."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode import api, errors


def test_tagging_by_span_turn_and_words(project: api.Project) -> None:
    assert project.tag("P01", "ties", span=(0, 25)).text == "Who pays for the fair?\n\nT"
    assert project.tag("P01", "ties", turn=2).text == "The council gave us a grant, once."
    assert project.tag("P01", "money", turn=(2, 4)).text.endswith("bucket round.")
    assert project.tag("P01", "money", quote="we passed a bucket", threshold=60).score
    assert project.untag("P01", "ties", turn=2).changed
    assert not project.tag("P01", "grant", quote="The council gave us a grant", doubt=True).changed


@pytest.mark.parametrize("place", [{}, {"span": (0, 5), "turn": 1}, {"turn": 1, "quote": "x"}])
def test_a_place_is_given_in_one_way(project: api.Project, place: dict[str, object]) -> None:
    with pytest.raises(errors.UsageError):
        project.tag("P01", "grant", **place)  # type: ignore[arg-type]


def test_undo_and_redo(project: api.Project) -> None:
    before = project.quotes()

    assert project.undo().changed == 2
    assert project.quotes() == ()
    assert project.redo().changed == 2
    assert project.quotes() == before


def test_many_codings_come_from_a_table(project: api.Project, tmp_path: Path) -> None:
    table = tmp_path / "codings.csv"
    table.write_text("transcript,start,end,code\nP01,0,22,ties\nP01,24,40,money\n")

    assert project.tag_from(table, dry_run=True).codings == 2
    assert project.tag_from(table).codings == 2
    assert project.tag_from(table).codings == 0
    assert [work.codings for work in project.coders() if work.name == "amina"] == [3]


def test_a_coder_says_that_a_transcript_is_done(project: api.Project) -> None:
    assert project.finish("P01")
    assert not project.finish("P01")
    assert [t.status for t in project.progress().transcripts] == ["finished", "new"]
    assert project.finish("P01", finished=False)
    assert [t.status for t in project.progress().transcripts] == ["started", "new"]
    assert [coder.name for coder in project.progress().coders] == ["amina"]
    assert project.undo().verb == "unfinish"


def test_the_codebook_is_edited_with_its_file(project: api.Project) -> None:
    file = project.folder / "codebook.yaml"
    before = file.read_text()
    done = project.edit.add("Raffles", under="money", proposed=True)
    assert done.code.id == "raffles"
    assert "proposed: true" in file.read_text()
    tried = project.edit.merge("grant", "raffles", dry_run=True)
    assert tried.merged is not None
    assert (tried.codings_moved, tried.merged.doubled) == (tried.merged.codings, 0)
    project.edit.merge("grant", "raffles")
    assert [q.code for q in project.quotes("money")] == ["money/raffles"] * len(
        project.quotes("money")
    )
    assert project.edit.state().kind == "same"
    assert project.undo().verb == "merge code"
    assert project.undo().verb == "add code"
    assert file.read_text() == before
    assert project.redo().verb == "add code"
    assert "raffles" in file.read_text()
    file.write_text(f"{file.read_text()}# mine\n")
    assert project.undo().file_left
    assert project.edit.redo().file_left


def test_what_a_changed_codebook_would_do_is_told_before_it_is_applied(
    project: api.Project,
) -> None:
    file = project.folder / "codebook.yaml"
    assert not project.compare_codebook()
    file.write_text(file.read_text().replace("name: Grant", "name: Grant aid"))
    told = project.compare_codebook()
    assert [(one.full_name, one.fields) for one in told.changed] == [("money/grant", ("name",))]
    assert project.codebook().codebook.by_id()["grant"].name == "Grant"
    project.apply_codebook()
    assert not project.compare_codebook()

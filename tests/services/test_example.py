"""The worked example, made in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.study import tick

from qualcode import errors
from qualcode.services import example, listing, projects
from qualcode.services.book import codebooks
from qualcode.services.work import coders


def test_the_example_is_a_project_with_codings_and_a_matrix(tmp_path: Path) -> None:
    made = example.make_demo(tmp_path / "demo", at=tick())

    assert made.transcripts == 8
    assert made.codings > 150
    assert made.matrix.read_bytes().startswith(b"PK")
    assert {path.name for path in made.folder.iterdir()} == {
        "codebook.yaml",
        "demo.identities",
        "demo.qualcode",
        "theme-matrix.docx",
        "transcripts",
    }
    with projects.open_project(made.place) as store:
        work = {one.name: one for one in coders.list_coders(store)}
        assert {"amina", "tomasz"} <= set(work)
        assert sum(one.codings for one in work.values()) == made.codings
        assert sum(codebooks.show_codebook(store).counts.values()) == made.codings
        assert sum(t.codings for t in listing.list_transcripts(store)) == made.codings
        assert min(work[name].transcripts for name in ("amina", "tomasz")) > 4


def test_the_example_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(errors.FileExistsAlreadyError):
        example.make_demo(tmp_path, at=tick())
    with pytest.raises(errors.FileExistsAlreadyError):
        example.make_demo(tmp_path / "mine.txt", at=tick())

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_interruption_leaves_no_half_example(tmp_path: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        example.make_demo(tmp_path / "demo", at=tick(), progress=interrupt)

    assert list(tmp_path.iterdir()) == []

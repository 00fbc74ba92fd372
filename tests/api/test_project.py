"""A project from Python: made, found, opened, examined, documented."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import qualcode
from qualcode import api, errors


def test_the_examples_of_the_documentation_run() -> None:
    for module in (api, qualcode):
        result = doctest.testmod(module)
        assert (result.failed, result.attempted > 0) == (0, True)


def test_a_project_is_opened_by_file_folder_or_text(folder: Path) -> None:
    for place in (folder, str(folder), folder / "fair.qualcode"):
        with qualcode.open(place) as opened:
            assert opened.folder == folder
            assert opened.transcripts() == ()


def test_a_project_is_found_from_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder / "transcripts")
    with qualcode.open() as opened:
        assert opened.folder.resolve() == folder.resolve()


def test_what_is_no_project_raises_the_family(tmp_path: Path) -> None:
    (tmp_path / "x.qualcode").write_text("not a database, whatever it is called")
    with pytest.raises(qualcode.QualcodeError):
        qualcode.open(tmp_path / "x.qualcode")
    with pytest.raises(errors.StoreMissingError):
        qualcode.open(tmp_path / "none.qualcode")


def test_who_codes_has_to_be_known(folder: Path) -> None:
    with qualcode.open(folder) as opened:
        opened.apply_codebook()
        opened.import_transcripts()
        for act in (
            lambda: opened.tag("P01", "grant", turn=2),
            opened.undo,
            lambda: opened.add_memo("P01", "a thought"),
        ):
            with pytest.raises(errors.CoderNotGivenError):
                act()


def test_the_store_is_examined_and_backed_up(project: api.Project, tmp_path: Path) -> None:
    assert project.examine().is_whole
    copy = project.back_up(tmp_path / "copy.qualcode")
    with qualcode.open(copy) as opened:
        assert len(opened.transcripts()) == 2


def test_every_act_of_the_face_is_documented() -> None:
    public = [name for name in dir(api.Project) if not name.startswith("_")]

    assert len(public) > 20
    assert all(getattr(api.Project, name).__doc__ for name in public)


def test_a_project_reached_by_a_link_has_the_codebook_beside_its_file(
    project: api.Project, tmp_path: Path
) -> None:
    link = tmp_path / "link.qualcode"
    link.symlink_to(next(project.folder.glob("*.qualcode")))
    with api.open(link, coder="amina") as opened:
        assert opened.folder == project.folder
        opened.edit.add("Raffles", under="money")
    assert "raffles" in (project.folder / "codebook.yaml").read_text()


def test_a_project_is_renamed(project: api.Project) -> None:
    before = project.name
    assert project.rename("Another study")
    assert (before != project.name, project.name) == (True, "Another study")
    assert not project.rename("Another study")

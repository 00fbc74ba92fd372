"""Making a project and finding it again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from services.study import BY, CODEBOOK, tick
from store.processes import said_by

from qualcode import errors
from qualcode.services import keeping, projects
from qualcode.services.book import codebooks
from qualcode.services.projects import NewProject
from qualcode.services.work import coding


def new(folder: Path, *, codebook: Path | None = None, name: str | None = None) -> NewProject:
    return projects.new_project(folder, name=name, codebook=codebook, by=BY, at=tick())


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_new_project_has_a_store_a_codebook_and_a_place_for_transcripts(tmp_path: Path) -> None:
    made = new(tmp_path / "fair-study")

    assert everything(tmp_path / "fair-study") == [
        "codebook.yaml",
        "fair-study.qualcode",
        "transcripts",
    ]
    assert made.place == str(tmp_path / "fair-study" / "fair-study.qualcode")
    with projects.open_project(made.place) as store:
        shown = codebooks.show_codebook(store)
    assert len(shown.codebook.codes) == made.codes
    assert codebooks.check_codebook(made.codebook).name == shown.codebook.name


def test_a_codebook_is_taken_along(tmp_path: Path) -> None:
    given = tmp_path / "book.yaml"
    given.write_text(f"# kept\n{CODEBOOK}")
    made = new(tmp_path / "fair", codebook=given)

    assert made.codes == 7
    assert made.codebook.read_text().startswith("# kept\n")


def test_what_lies_in_the_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "codebook.yaml").write_text(CODEBOOK)
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "P01.txt").write_text("I: Hello?")
    made = new(tmp_path)

    assert made.codes == 7
    assert (tmp_path / "transcripts" / "P01.txt").exists()


@pytest.mark.parametrize("broken", ["not: a codebook", "themes:\n  - id: a\n  - id: a\n", "["])
def test_a_broken_codebook_makes_no_project(tmp_path: Path, broken: str) -> None:
    given = tmp_path / "book.yaml"
    given.write_text(broken)
    with pytest.raises(errors.QualcodeError):
        new(tmp_path / "fair", codebook=given)

    assert everything(tmp_path) == ["book.yaml"]


def test_a_second_project_in_a_folder_and_a_second_codebook_are_refused(tmp_path: Path) -> None:
    new(tmp_path / "fair")
    before = everything(tmp_path)
    with pytest.raises(errors.FileExistsAlreadyError):
        new(tmp_path / "fair")
    other = tmp_path / "book.yaml"
    other.write_text(f"# another\n{CODEBOOK}")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "codebook.yaml").write_text(CODEBOOK)
    with pytest.raises(errors.FileExistsAlreadyError):
        new(tmp_path / "other", codebook=other)

    assert everything(tmp_path / "fair") == [
        path.removeprefix("fair/") for path in before if path.startswith("fair/")
    ]


def test_a_place_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(errors.OutputError):
        new(tmp_path / "file")
    with pytest.raises(errors.OutputError):
        new(tmp_path / "file" / "below")

    assert everything(tmp_path) == ["file"]


def test_a_store_that_cannot_be_made_leaves_nothing_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "fair").mkdir()
    (tmp_path / "fair" / "fair.identities").write_text("somebody else's names")
    with pytest.raises(errors.QualcodeError):
        new(tmp_path / "fair")

    assert everything(tmp_path / "fair") == ["fair.identities"]


CREATING = """
import os, signal
from datetime import UTC, datetime
from pathlib import Path
import qualcode.store.upgrade
from qualcode.services import projects
from qualcode.services.book import codebooks

AT = datetime(2024, 3, 1, tzinfo=UTC)
home = sys.argv[1]
projects.new_project(Path(home) / "warm", by="x", at=AT)

def kill_at(step, folder):
    left = step

    def hook(event, arguments):
        nonlocal left
        if event != "os.listdir" and any(folder in str(one) for one in arguments):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)

for step in range(200):
    folder = os.path.join(home, f"at-{step:03d}", "fair")
    os.mkdir(os.path.dirname(folder))
    child = os.fork()
    if not child:
        kill_at(step, folder)
        projects.new_project(Path(folder), codebook=Path(sys.argv[2]), by="x", at=AT)
        os._exit(0)
    if not os.waitpid(child, 0)[1]:
        break
    print(folder)
"""
"""Begins a project in a folder of its own for each step on the way, and is killed at that step."""


def test_a_project_that_was_killed_while_it_was_made_is_made_by_the_same_call(
    tmp_path: Path,
) -> None:
    given = tmp_path / "book.yaml"
    given.write_text(CODEBOOK)
    killed = [Path(line) for line in said_by(CREATING, tmp_path, given).splitlines()]
    whole, left = ["codebook.yaml", "fair.qualcode", "transcripts"], set()
    for folder in killed:
        left.add(tuple(name.split("-")[0] for name in everything(folder)))
        if (folder / "fair.qualcode").exists():
            with pytest.raises(errors.FileExistsAlreadyError):
                new(folder, codebook=given)
        else:
            assert new(folder, codebook=given).codes == 7
        assert everything(folder) == whole
        with projects.open_project(str(folder / "fair.qualcode")) as store:
            assert len(codebooks.show_codebook(store).codebook.codes) == 7
    assert left >= {
        ("transcripts",),
        (".codebook.yaml", "transcripts"),
        (".codebook.yaml", "codebook.yaml", "transcripts"),
        (".fair.qualcode", "codebook.yaml", "transcripts"),
        (".fair.qualcode", "codebook.yaml", "fair.qualcode", "transcripts"),
    }


def test_another_codebook_than_the_one_that_lies_there_is_refused(tmp_path: Path) -> None:
    given, lies = tmp_path / "book.yaml", tmp_path / "fair" / "codebook.yaml"
    given.write_text(CODEBOOK)
    lies.parent.mkdir()
    lies.write_text(CODEBOOK + "# ours\n")
    with pytest.raises(errors.FileExistsAlreadyError):
        new(lies.parent, codebook=given)
    assert everything(lies.parent) == ["codebook.yaml"]


# -- finding --------------------------------------------------------------------------------------


def find(given: str | None, folder: Path, environment: str | None = None) -> str:
    return projects.find_project(given, environment=environment, folder=folder)


def test_a_project_is_found_in_the_folder_or_its_nearest_parent(tmp_path: Path) -> None:
    outer, inner = new(tmp_path), new(tmp_path / "a" / "b")

    assert find(None, tmp_path / "transcripts") == outer.place
    assert find(None, tmp_path / "a") == outer.place
    assert find(None, tmp_path / "a" / "b" / "transcripts") == inner.place


def test_what_is_given_comes_before_the_environment_and_that_before_the_folder(
    tmp_path: Path,
) -> None:
    here, there = new(tmp_path / "here"), new(tmp_path / "there")

    assert find(None, tmp_path / "here") == here.place
    assert find(None, tmp_path / "here", environment=there.place) == there.place
    assert find(here.place, tmp_path, environment=there.place) == here.place
    assert find(str(tmp_path / "here"), tmp_path) == here.place
    assert find("postgresql://host/study", tmp_path) == "postgresql://host/study"


def test_none_several_or_an_empty_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(errors.ProjectNotGivenError, match="qualcode new DIR"):
        find(None, Path(tmp_path.anchor))  # below it, anybody may have left a project
    with pytest.raises(errors.StoreMissingError):
        find(str(tmp_path), tmp_path)
    new(tmp_path)
    (tmp_path / "copy.qualcode").write_bytes(b"x")
    with pytest.raises(errors.ProjectNotGivenError, match=r"several projects .* copy\.qualcode"):
        find(None, tmp_path)


def test_a_project_has_the_folder_of_its_file_wherever_links_to_it_lie(tmp_path: Path) -> None:
    made = new(tmp_path / "fair")
    link = tmp_path / "elsewhere" / "link.qualcode"
    link.parent.mkdir()
    link.symlink_to(made.place)
    for place in (made.place, str(link)):
        assert projects.project_folder(place, working_folder=link.parent) == tmp_path / "fair"
    server = projects.project_folder("postgresql://host/fair", working_folder=link.parent)
    assert server == link.parent


def test_a_projects_file_is_made_beside_its_codebook_and_nowhere_else(tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere.qualcode")
    with pytest.raises(errors.ProjectElsewhereError, match="to lie in its folder"):
        projects.new_project(tmp_path / "fair", place=elsewhere, by=BY, at=tick())
    assert everything(tmp_path) == []
    named = str(tmp_path / "fair" / "other.qualcode")
    assert projects.new_project(tmp_path / "fair", place=named, by=BY, at=tick()).place == named


def test_a_project_is_called_otherwise_by_one_act_that_can_be_undone(tmp_path: Path) -> None:
    made = new(tmp_path / "fair", name="The fair")
    with projects.open_project(made.place) as store:
        before = projects.project_facts(store)
        assert projects.rename_project(store, " The  new\nfair ", by=BY, at=tick())
        assert projects.project_facts(store) == replace(before, name="The new fair")
        assert not projects.rename_project(store, "The new fair", by=BY, at=tick())
        with pytest.raises(errors.ProjectUnnamedError):
            projects.rename_project(store, " \n", by=BY, at=tick())
        coding.undo(store, by=BY, at=tick())
        assert projects.project_facts(store) == before
        coding.redo(store, by=BY, at=tick())
        assert projects.project_facts(store).name == "The new fair"
        assert keeping.examine(store).is_whole
    assert everything(tmp_path / "fair") == ["codebook.yaml", "fair.qualcode", "transcripts"]


def test_a_missing_store_is_said_on_opening(tmp_path: Path) -> None:
    with pytest.raises(errors.StoreMissingError):
        projects.open_project(str(tmp_path / "none.qualcode"))


def test_a_project_is_opened_with_as_much_patience_as_is_given(tmp_path: Path) -> None:
    made = new(tmp_path / "fair-study")

    with (
        projects.open_project(made.place) as slow,
        projects.open_project(made.place, lock_wait_ms=50) as quick,
        slow.act("slow", by=BY, at=tick()),
        pytest.raises(errors.StoreLockedError),
        quick.act("x", by=BY, at=tick()),
    ):
        pass

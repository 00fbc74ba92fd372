"""Whether codebook.yaml says what was applied, and an undo that takes it along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.study import BY, CODEBOOK, apply_codebook, new_store, tick

from qualcode import errors
from qualcode.services import codebook_editing, coding
from qualcode.services.codebook_file import FileKind, Watch, fetch, follow, state
from qualcode.store.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the project."""
    return tmp_path / "project"


@pytest.fixture
def study(home: Path) -> Iterator[Store]:
    """A project with a codebook of two themes."""
    with new_store(home) as opened:
        yield opened


@pytest.fixture
def file(home: Path, study: Store) -> Path:
    """Its codebook."""
    return home / "codebook.yaml"


def test_a_file_is_what_was_applied_or_it_is_said_how_not(study: Store, file: Path) -> None:
    assert state(study, file).kind is FileKind.SAME
    file.write_text(CODEBOOK.replace("name: Trading", "name: Trade"))
    changed = state(study, file)
    assert changed.kind is FileKind.CHANGED
    assert changed.changes is not None
    assert changed.changes.count == 1
    assert changed.changes.lines() == ("~ funding/trading", "    name: Trading → Trade")
    file.write_text(CODEBOOK + "# a comment\n")
    commented = state(study, file)
    assert (commented.kind, bool(commented.changes)) == (FileKind.CHANGED, False)
    file.write_text(CODEBOOK.replace("id: trading", "id: bonding").replace("name: Bridging", ""))
    broken = state(study, file)
    assert (broken.kind, len(broken.errors)) == (FileKind.BROKEN, 2)
    file.write_bytes(b"codebook: K\xf6ln\n")
    assert "UTF-8" in str(state(study, file).errors[0])
    file.unlink()
    assert state(study, file).kind is FileKind.MISSING


def test_a_watched_file_is_read_only_where_it_or_the_store_has_changed(
    study: Store, file: Path
) -> None:
    watch = Watch(study, file)
    first = watch.look()
    assert first.kind is FileKind.SAME
    facts = file.stat()
    with file.open("r+b") as opened:  # what no clock and no length tells is not looked for
        opened.write(b"# xx")
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert watch.look() is first
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert watch.look().kind is FileKind.BROKEN
    file.write_text(CODEBOOK.replace("name: Trading", "name: Trade"))
    assert watch.look().kind is FileKind.CHANGED
    apply_codebook(study, file.parent, file.read_text())
    assert watch.look().kind is FileKind.SAME


def test_a_file_that_is_behind_is_brought_up_to_date_when_asked(study: Store, file: Path) -> None:
    theirs = file.with_name("theirs.yaml")
    theirs.write_text(CODEBOOK)
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    assert state(study, theirs).behind
    assert not state(study, file).behind
    with pytest.raises(errors.CodebookBehindError, match="codebook fetch"):
        codebook_editing.add(study, theirs, "Tombola", parent="funding", by="ben", at=tick())
    assert fetch(study, theirs)
    assert theirs.read_text() == file.read_text()
    assert not fetch(study, theirs)
    assert codebook_editing.rename(study, theirs, "raffles", "Luck", by="ben", at=tick()).changed
    file.write_text(file.read_text() + "# by hand\n")
    with pytest.raises(errors.CodebookChangedError):
        fetch(study, file)
    assert "# by hand" in file.read_text()


def test_a_file_without_the_latest_comments_is_behind_too(study: Store, file: Path) -> None:
    file.write_text(CODEBOOK + "# more\n")
    apply_codebook(study, file.parent, file.read_text())
    file.write_text(CODEBOOK)
    assert state(study, file).behind
    with pytest.raises(errors.CodebookBehindError):
        codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())


def test_the_file_follows_an_undo_that_was_made_without_it(study: Store, file: Path) -> None:
    before = file.read_text()
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    after = file.read_text()
    assert not follow(study, file)
    coding.undo(study, by=BY, at=tick())
    assert state(study, file).kind is FileKind.CHANGED
    assert follow(study, file)
    assert file.read_text() == before
    assert not follow(study, file)
    coding.redo(study, by=BY, at=tick())
    assert follow(study, file)
    assert file.read_text() == after


def test_a_file_that_was_not_in_step_does_not_follow(study: Store, file: Path) -> None:
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    file.write_text("# mine\n")
    coding.undo(study, by=BY, at=tick())
    assert not follow(study, file)
    assert file.read_text() == "# mine\n"
    file.unlink()
    assert not follow(study, file)


def test_a_file_that_cannot_follow_is_said(study: Store, file: Path) -> None:
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    coding.undo(study, by=BY, at=tick())
    file.chmod(0o444)
    with pytest.raises(errors.CodebookReadOnlyError, match="closed to changes"):
        follow(study, file)


def test_taking_the_first_codebook_back_leaves_the_file(study: Store, file: Path) -> None:
    coding.undo(study, by=BY, at=tick())
    assert not follow(study, file)
    assert file.read_text() == CODEBOOK
    assert state(study, file).kind is FileKind.CHANGED

"""Whether codebook.yaml says what was applied, and an undo that takes it along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from services.study import (
    BY,
    CODEBOOK,
    apply_codebook,
    bring_in,
    dialogue,
    event_count,
    new_store,
    tick,
    write,
)

from qualcode import errors
from qualcode.services.book import codebook_editing
from qualcode.services.book.codebook_file import FileKind, Watch, fetch, state
from qualcode.services.work.coding_session import CodingSession
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


@pytest.fixture
def session(home: Path, study: Store) -> CodingSession:
    """Somebody at a transcript of that project."""
    bring_in(study, write(home / "in", {"P01.txt": dialogue("P01", "The tent leaked.")}))
    return CodingSession.open(study, "P01", coder=BY)


def test_the_file_follows_an_undo_while_coding(
    study: Store, file: Path, session: CodingSession
) -> None:
    before = file.read_text()
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    after = file.read_text()
    assert not session.undo(file=file, at=tick()).file_left
    assert file.read_text() == before
    assert not session.redo(file=file, at=tick()).file_left
    assert file.read_text() == after
    assert state(study, file).kind is FileKind.SAME


@pytest.mark.parametrize("how", ["changed", "not text", "gone", "not named"])
def test_an_undo_while_coding_says_that_the_file_was_left(
    study: Store, file: Path, session: CodingSession, how: str
) -> None:
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    session.refresh()
    if how == "gone":
        file.unlink()
    elif how != "not named":
        file.write_bytes(b"# mine\n" if how == "changed" else b"K\xf6ln")
    change = session.undo(file=None if how == "not named" else file, at=tick())
    assert (change.reverted, change.book, change.file_left) == ("add code", True, True)
    assert "raffles" not in session.codes
    assert file.exists() is (how != "gone")


def test_an_undo_while_coding_that_cannot_reach_the_file_is_not_done(
    study: Store, file: Path, session: CodingSession
) -> None:
    codebook_editing.add(study, file, "Raffles", parent="funding", by=BY, at=tick())
    session.refresh()
    file.chmod(0o444)
    events = event_count(study)
    with pytest.raises(errors.CodebookReadOnlyError, match="closed to changes"):
        session.undo(file=file, at=tick())
    assert event_count(study) == events
    assert "raffles" in session.codes
    assert state(study, file).kind is FileKind.SAME


def test_an_undo_while_coding_of_what_is_no_coding_leaves_the_file(
    study: Store, file: Path, session: CodingSession
) -> None:
    codebook_editing.retire(study, file, "trading", by=BY, at=tick())
    after, events = file.read_text(), event_count(study)
    with pytest.raises(errors.NotUndoneHereError):
        session.undo(file=file, at=tick())
    assert (file.read_text(), event_count(study)) == (after, events)


def test_taking_the_first_codebook_back_leaves_the_file(study: Store, file: Path) -> None:
    undone = codebook_editing.undo(study, file, by=BY, at=tick())
    assert (undone.verb, undone.file_left) == ("apply codebook", True)
    assert file.read_text() == CODEBOOK
    assert state(study, file).kind is FileKind.CHANGED


def test_a_missing_file_is_written_where_a_link_leads(study: Store, file: Path) -> None:
    file.unlink()
    with pytest.raises(errors.CodebookMissingError, match="qualcode codebook fetch"):
        codebook_editing.rename(study, file, "trading", "Trade", by=BY, at=tick())
    file.symlink_to("shared.yaml")
    with pytest.raises(errors.CodebookMissingError):
        codebook_editing.rename(study, file, "trading", "Trade", by=BY, at=tick())
    assert fetch(study, file)
    assert file.is_symlink()
    assert file.with_name("shared.yaml").read_text() == CODEBOOK
    assert not fetch(study, file)


def test_a_file_with_comments_of_its_own_is_not_fetched(study: Store, file: Path) -> None:
    file.write_text(CODEBOOK + "# mine\n")
    with pytest.raises(errors.CodebookChangedError):
        fetch(study, file)
    assert file.read_text() == CODEBOOK + "# mine\n"

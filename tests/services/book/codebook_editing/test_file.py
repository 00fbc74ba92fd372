"""What is done to codebook.yaml by hand, and what keeps it from being written, is respected."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from services.book.codebook_editing.edited_study import BOOK, all_codings, in_step, names
from services.study import BY, ROOT, event_count, new_store, tick

from qualcode import errors
from qualcode.codebook import CodebookChanges
from qualcode.services import listing
from qualcode.services.book import codebook_editing as editing
from qualcode.services.book import codebook_file, codebooks
from qualcode.services.book.codebook_editor import CodebookEditor
from qualcode.services.book.codebook_file import FileKind, FileState
from qualcode.store.doctor import examine
from qualcode.store.store import Store, open_store


def test_undo_and_redo_take_the_file_along(study: Store, file: Path, edit: CodebookEditor) -> None:
    before, codings = file.read_bytes(), all_codings(study)
    edit.merge("small-grants", "trading")
    edit.rename("trading", "Trade")
    after, merged = file.read_bytes(), all_codings(study)
    for _ in range(2):
        assert editing.undo(study, file, by=BY, at=tick()).verb in ("merge code", "rename code")
    assert (file.read_bytes(), all_codings(study)) == (before, codings)
    assert in_step(study, file)
    for _ in range(2):
        editing.redo(study, file, by=BY, at=tick())
    assert (file.read_bytes(), all_codings(study)) == (after, merged)
    assert in_step(study, file)


@pytest.mark.parametrize("how", ["commented", "gone"])
def test_an_undo_says_that_it_left_a_file_changed_by_hand(
    study: Store, file: Path, edit: CodebookEditor, how: str
) -> None:
    edit.add("Raffles", under="funding")
    by_hand = file.read_text() + "# mine\n"
    if how == "gone":
        file.unlink()
    else:
        file.write_text(by_hand)
    undone = edit.undo()
    assert (undone.verb, undone.file_left) == ("add code", True)
    assert "funding/raffles" not in names(study)
    assert file.exists() is (how == "commented")
    if how == "commented":
        assert file.read_text() == by_hand
        with pytest.raises(errors.CodebookChangedError, match="qualcode codebook diff"):
            edit.add("Tombola", under="funding")
        assert edit.redo().file_left, "the comment is not in what was applied"
    else:
        assert edit.fetch()
        assert in_step(study, file)


def test_an_undo_that_the_file_follows_says_nothing_of_it(edit: CodebookEditor) -> None:
    edit.add("Raffles", under="funding")
    assert not edit.undo().file_left
    assert not edit.redo().file_left


def test_undo_of_an_apply_leaves_the_file_to_who_wrote_it(study: Store, file: Path) -> None:
    by_hand = file.read_text().replace("name: Trading", "name: Trade")
    file.write_text(by_hand)
    codebooks.apply(study, file, by=BY, at=tick())
    editing.undo(study, file, by=BY, at=tick())
    assert codebooks.show_codebook(study).codebook.by_id()["trading"].name == "Trading"
    assert file.read_text() == by_hand


def test_an_undo_that_cannot_reach_the_file_is_not_done(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    edit.add("Raffles", under="funding")
    file.chmod(0o444)
    with pytest.raises(errors.CodebookReadOnlyError):
        editing.undo(study, file, by=BY, at=tick())
    assert "funding/raffles" in names(study)
    file.chmod(0o644)
    assert in_step(study, file)


def test_an_undo_of_other_things_needs_no_codebook(study: Store, file: Path) -> None:
    file.unlink()
    assert editing.undo(study, file, by=BY, at=tick()).verb == "tag"


def test_a_file_changed_by_hand_is_never_overwritten(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    by_hand = file.read_text().replace("name: Trading", "name: Trade")
    events = event_count(study)
    for text, said in ((by_hand, "in 1 place, and nothing"), ("codebook: [", "applied, and")):
        file.write_text(text)
        with pytest.raises(errors.CodebookChangedError, match=said):
            edit.add("Raffles", under="funding")
        assert file.read_text() == text
    assert event_count(study) == events


def test_comments_written_since_are_taken_along(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    commented = BOOK.replace("# the end", "# the very end")
    file.write_text(commented)
    edit.add("Raffles", under="funding")
    after = file.read_bytes()
    assert b"# the very end" in after
    assert in_step(study, file)
    for _ in range(2):
        assert edit.undo().verb == "add code"
        assert file.read_text() == commented
        assert edit.state() == FileState(FileKind.CHANGED, CodebookChanges())
        assert edit.redo().verb == "add code"
        assert file.read_bytes() == after
        assert in_step(study, file)
    edit.undo()
    edit.rename("trading", "Trade")
    assert file.read_text() == commented.replace("name: Trading", "name: Trade")
    assert in_step(study, file)
    assert examine(study).is_whole


def test_an_edit_is_one_act_also_where_comments_are_taken_along(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    file.write_text(BOOK + "# more\n")
    edit.rename("trading", "Trade")
    assert edit.undo().verb == "rename code"
    assert edit.undo().verb == "tag"


def test_an_edit_that_is_refused_takes_no_comments_along(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    file.write_text(BOOK + "# more\n")
    events = event_count(study)
    with pytest.raises(errors.UnknownCodeError):
        edit.rename("nosuch", "Trade")
    assert not edit.rename("trading", "Trading").changed
    assert event_count(study) == events


def test_what_is_saved_by_hand_during_an_edit_is_not_applied(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    file.write_text(BOOK + "# more\n")
    by_hand = BOOK.replace("name: Bonding", "name: By hand")
    events = event_count(study)

    def save(text: str) -> str:
        file.write_text(by_hand)
        return text.replace("name: Trading", "name: Trade")

    with pytest.raises(errors.CodebookChangedError):
        change_text(study, file, save)
    assert event_count(study) == events
    assert file.read_text() == by_hand


def change_text(study: Store, file: Path, change: Callable[[str], str]) -> None:
    """The steps of every edit, with room between reading the file and replacing it."""
    with codebook_file.held(file) as held, study.act("rename code", by=BY, at=tick()) as act:
        held.replace(change(held.text_to_edit(act.session)))


@pytest.mark.parametrize("how", ["missing", "read-only", "not text"])
def test_what_cannot_be_written_is_said_in_one_sentence_and_nothing_is_done(
    study: Store, file: Path, edit: CodebookEditor, how: str
) -> None:
    events = event_count(study)
    if how == "missing":
        file.unlink()
    elif how == "read-only":
        file.chmod(0o444)
    else:
        file.write_bytes(b"codebook: K\xf6ln\n")
    with pytest.raises(errors.CodebookError, match=r"codebook.yaml: .*(fetch$|cannot|not saved)"):
        edit.add("Raffles", under="funding")
    assert event_count(study) == events
    assert [one.name for one in file.parent.iterdir() if one.name.startswith(".")] == []


def test_a_commit_that_fails_puts_the_old_file_back(place: Path, file: Path) -> None:
    before = file.read_bytes()
    with open_store(str(place / "study.qualcode"), lock_wait_ms=10) as store:
        events = event_count(store)
        reader = sqlite3.connect(place / "study.qualcode", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()  # who reads holds a commit up
        with pytest.raises(errors.StoreLockedError):
            editing.add(store, file, "Raffles", parent="funding", by=BY, at=tick())
        assert file.read_bytes() == before
        reader.close()
        assert event_count(store) == events
        assert editing.add(store, file, "Raffles", parent="funding", by=BY, at=tick()).changed
        assert file.read_bytes() != before


def test_what_was_written_by_hand_after_a_failed_commit_stays(study: Store, file: Path) -> None:
    def fail() -> None:
        with codebook_file.held(file) as held, study.act("add code", by=BY, at=tick()) as act:
            held.replace(held.text_to_edit(act.session) + "# more\n")
            file.write_text("by hand")
            file.with_name("study.qualcode").rename(file.with_name("gone.qualcode"))

    with pytest.raises(errors.StoreMissingError):
        fail()
    assert file.read_text() == "by hand"


def test_a_link_stays_a_link_and_a_mode_a_mode(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    real = file.rename(file.with_name("shared.yaml"))
    file.symlink_to(real.name)
    real.write_bytes(b"\xef\xbb\xbf" + real.read_bytes().replace(b"\n", b"\r\n"))
    real.chmod(0o640)
    codebooks.apply(study, file, by=BY, at=tick())
    edit.add("Raffles", under="funding")
    assert file.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    written = real.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# The book")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert in_step(study, file)


def test_a_blank_codebook_takes_its_first_theme_and_keeps_its_model(tmp_path: Path) -> None:
    from qualcode.codebook import blank_codebook

    blank = blank_codebook("Fairs")
    with new_store(tmp_path / "new", codebook=blank) as store:
        file = tmp_path / "new" / "codebook.yaml"
        editing.add(store, file, "Money", parent=None, by=BY, at=tick())
        assert file.read_text() == blank.replace(
            "themes:\n", "themes:\n  - id: money\n    name: Money\n"
        )
        editing.retire(store, file, "money", by=BY, at=tick())
        assert file.read_text() == blank


def test_the_worked_example_is_edited_line_by_line(example: Store) -> None:
    file = Path(str(example.path)).with_name("codebook.yaml")
    lines = (ROOT / "codebook.yaml").read_text(encoding="utf-8").splitlines()
    editing.move(example, file, "bonding", parent="funding", by=BY, at=tick())
    after = file.read_text(encoding="utf-8").splitlines()
    assert sorted(after) == sorted(lines)
    assert after != lines
    assert listing.list_transcripts(example)

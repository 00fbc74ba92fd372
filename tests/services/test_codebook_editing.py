"""An edit of the codebook changes the file and the store, or neither."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.study import BY, ROOT, bring_in, dialogue, event_count, new_store, tick, write

from qualcode import errors
from qualcode.codebook import CodebookChanges, load_codebook
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoTarget, MemoType, Origin
from qualcode.services import codebook_editing as editing
from qualcode.services import codebook_file, codebooks, coding, listing, memos
from qualcode.services.codebook_editor import CodebookEditor
from qualcode.services.codebook_file import FileKind, FileState
from qualcode.services.codebooks import living
from qualcode.services.coding import Place
from qualcode.store import codes, queries, records
from qualcode.store.doctor import examine
from qualcode.store.store import Store, open_store

BOOK = """\
# The book of the fair.
codebook: Fairs
version: 1
themes:
  # money
  - id: funding      # keep this id
    name: Funding
    key: f
    codes:
      # the oldest code
      - id: grant-aid
        name: Grant aid
        codes:
          - id: small-grants
            name: Small grants
      - id: trading
        name: Trading
  # people
  - id: cohesion
    name: Cohesion
    codes:
      - id: bonding
        name: Bonding
# the end
"""
OWNERS = {
    "# The book of the fair.": None,
    "# money": "funding",
    "# keep this id": "funding",
    "# the oldest code": "grant-aid",
    "# people": "cohesion",
    "# the end": None,
}
"""The comments of the book, and the code that each belongs to."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of a project with one coded transcript of two coders."""
    home = tmp_path / "fair"
    with new_store(home, codebook=BOOK) as store:
        bring_in(store, write(tmp_path / "in", {"P01.txt": dialogue("P01", "The tent leaked.")}))
        for code, who, span, doubt in (
            ("small-grants", "amina", (0, 9), False),
            ("small-grants", "ben", (0, 9), True),
            ("small-grants", "amina", (2, 6), True),
            ("trading", "amina", (2, 6), False),
        ):
            coding.tag(
                store, "P01", code, Place(span=span), doubt=doubt, memo="why?", by=who, at=tick()
            )
    return home


@pytest.fixture
def study(place: Path) -> Iterator[Store]:
    """That project, open."""
    with open_store(str(place / "study.qualcode")) as opened:
        yield opened


@pytest.fixture
def file(place: Path) -> Path:
    """Its codebook."""
    return place / "codebook.yaml"


@pytest.fixture
def edit(study: Store, file: Path) -> CodebookEditor:
    """Its codebook in Amina's hands."""
    return CodebookEditor(study, file, by=BY, now=tick)


def names(store: Store) -> list[str]:
    book = codebooks.show_codebook(store).codebook
    return [book.full_name(code.id) for code in book.codes]


def all_codings(store: Store) -> list[tuple[str, str, int, int, bool]]:
    with store.reading() as session:
        return [
            (c.code, c.coder, c.segment.start, c.segment.end, c.doubt)
            for c in queries.codings(session)
        ]


def in_step(store: Store, file: Path) -> bool:
    """The file says what the store has, to the letter and to the code."""
    text = codebooks.read_text(file)
    with store.reading() as session:
        same = codes.source(session) == text
        living_book = living(*queries.codebook(session))
        return same and living_book == load_codebook(text, where="codebook.yaml")


def test_a_code_is_added_to_the_file_and_the_store(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    done = edit.add("  Raffles &\n draws ", under="funding", definition="Luck.")

    assert done.code == Code("raffles-draws", "Raffles & draws", "funding", definition="Luck.")
    assert done.said == "code added: funding/raffles-draws"
    assert done.book == codebooks.show_codebook(study).codebook
    assert in_step(study, file)
    assert file.read_text() == BOOK.replace(
        "  # people",
        "      - id: raffles-draws\n        name: Raffles & draws\n        definition: Luck.\n"
        "  # people",
    )
    assert coding.tag(study, "P01", "raffles-draws", Place(span=(0, 3)), by=BY, at=tick()).changed


def test_two_codes_may_have_one_name_and_never_one_id(study: Store, edit: CodebookEditor) -> None:
    edit.retire("bonding")
    edit.merge("trading", "grant-aid")
    assert [edit.add(name, under="cohesion").code.id for name in ("Trading", "Bonding", "...")] == [
        "trading-2",
        "bonding-2",
        "code",
    ]
    assert edit.add("x" * 200).code.id == "x" * 64
    assert edit.add("x" * 200).code.id == "x" * 59 + "-2"


def test_a_proposed_code_is_used_like_any_other_and_accepted(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    done = edit.add("the tent leaked", under="funding", proposed=True)
    assert done.code.proposed
    assert done.said == "code proposed: funding/the-tent-leaked"
    assert "        proposed: true\n" in file.read_text()
    assert coding.tag(study, "P01", "the-tent-leaked", Place(span=(0, 3)), by=BY, at=tick()).changed
    assert not edit.accept("the-tent-leaked").code.proposed
    assert "proposed" not in file.read_text()
    assert in_step(study, file)
    with pytest.raises(errors.SeveralErrors, match="never a theme"):
        edit.add("Weather", proposed=True)
    edit.add("Weather", under="funding", proposed=True)
    assert edit.move("weather").code == Code("weather", "Weather")


def test_saying_what_is_so_already_writes_nothing(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    events, facts = event_count(study), file.stat()
    for done in (
        edit.rename("trading", "Trading"),
        edit.accept("trading"),
        edit.set_key("funding", "f"),
        edit.move("cohesion"),
    ):
        assert (done.changed, done.said) == (False, "nothing to change: it is so already")
    assert event_count(study) == events
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (facts.st_ino, facts.st_mtime_ns)


def test_names_definitions_and_keys_are_changed(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    assert edit.rename("funding/trading", "Trade").code.name == "Trade"
    assert edit.define("trading", "What is sold: tea.").code.definition == "What is sold: tea."
    assert edit.set_key("cohesion", "c").code.key == "c"
    assert edit.set_key("funding", None).said == "no key opens funding now"
    assert in_step(study, file)
    with pytest.raises(errors.KeyTakenError, match=r"opens 'cohesion' already\. Free are: a d"):
        edit.set_key("funding", "c")
    for theme, key, why in (
        ("funding", "u", "undoes"),
        ("trading", "w", "only a theme has a key"),
        ("funding", "F", "not one small letter"),
    ):
        with pytest.raises(errors.SeveralErrors, match=why) as caught:
            edit.set_key(theme, key)
        assert f"{file}: " in str(caught.value), "no line of a draft that nobody sees"
    with pytest.raises(errors.CodeUnnamedError, match="the name is empty"):
        edit.rename("trading", "  ")
    with pytest.raises(errors.CodeUnnamedError, match="the name is empty"):
        edit.add(" \n", under="funding")
    assert in_step(study, file)


def test_a_code_moves_with_its_codes_and_comments(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    done = edit.move("grant-aid", under="cohesion", before="bonding")
    assert done.said == "funding/grant-aid is cohesion/grant-aid now"
    assert "      # the oldest code\n      - id: grant-aid\n" in file.read_text()
    assert names(study)[2:] == [
        "cohesion",
        "cohesion/grant-aid",
        "cohesion/grant-aid/small-grants",
        "cohesion/bonding",
    ]
    assert in_step(study, file)
    with pytest.raises(errors.CodebookEditError, match="has a key, which only"):
        edit.move("funding", under="cohesion")
    with pytest.raises(errors.CodebookEditError, match="cannot stand under itself"):
        edit.move("cohesion", under="small-grants")


@pytest.mark.parametrize(("code", "under"), [("grant-aid", "funding"), ("funding", None)])
def test_a_code_that_is_where_it_is_to_be_is_not_moved(
    code: str, under: str | None, study: Store, file: Path, edit: CodebookEditor
) -> None:
    done = edit.move(code, under=under)
    assert (done.changed, done.said) == (False, "nothing to change: it is so already")
    assert file.read_text() == BOOK


def test_a_retired_code_leaves_the_file_and_keeps_its_codings(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    before = all_codings(study)
    done = edit.retire("grant-aid")
    assert "with 1 under it" in done.said
    assert done.retired == {"grant-aid", "small-grants"}
    assert all_codings(study) == before
    assert "grant" not in file.read_text()
    assert in_step(study, file)
    with pytest.raises(errors.RetiredCodeError):
        edit.rename("small-grants", "Small")
    codebooks.apply(study, file, by=BY, at=tick())
    assert codebooks.show_codebook(study).retired == {"grant-aid", "small-grants"}

    back = edit.restore("small-grants")
    assert (back.retired, back.said) == (
        frozenset(),
        "funding/grant-aid/small-grants takes codings again",
    )
    assert file.read_text() == BOOK, "with its comments, where it stood"
    assert not edit.restore("small-grants").changed
    assert in_step(study, file)


def test_a_code_is_restored_as_it_was_written_as_far_as_that_can_be(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    edit.retire("small-grants")
    edit.retire("grant-aid")
    edit.retire("trading")
    edit.restore("trading")
    edit.restore("grant-aid")
    assert file.read_text() == BOOK.replace(
        "        codes:\n          - id: small-grants\n            name: Small grants\n", ""
    ), "a code comes without those under it that were retired before it"
    edit.restore("small-grants")
    assert file.read_text() == BOOK
    edit.retire("cohesion")
    edit.add("Voice", under="funding")
    edit.set_key("funding", None)
    edit.restore("bonding")
    assert "  # people\n  - id: cohesion\n" in file.read_text()
    assert in_step(study, file)


def test_what_was_retired_with_a_theme_comes_back_with_it(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    gone = edit.retire("funding")
    assert gone.retired == {"funding", "grant-aid", "small-grants", "trading"}
    edit.add("Voice", under="cohesion")  # which says the retired codes again, at other places
    edit.undo()

    back = edit.restore("funding")

    assert file.read_text() == BOOK, "with its comments, where it stood"
    assert (back.retired, back.said) == (
        frozenset(),
        "funding takes codings again, with 3 under it",
    )
    assert in_step(study, file)
    edit.undo()
    assert codebooks.show_codebook(study).retired == gone.retired
    edit.redo()
    assert file.read_text() == BOOK


def test_what_was_retired_before_a_theme_stays_retired_which_is_said(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    edit.retire("grant-aid")
    edit.retire("funding")

    back = edit.restore("funding")

    assert back.retired == {"grant-aid", "small-grants"}
    assert back.said == (
        "funding takes codings again, with 1 under it;"
        " 2 under it stay retired, as they were before it"
    )
    assert in_step(study, file)
    assert edit.restore("grant-aid").retired == frozenset()
    assert file.read_text() == BOOK


def test_a_retired_code_without_codings_outlives_the_next_apply(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    edit.retire("bonding")
    file.write_text(file.read_text().replace("name: Trading", "name: Trade"))
    codebooks.apply(study, file, by=BY, at=tick())
    assert edit.restore("bonding").code.name == "Bonding"


def test_a_theme_that_comes_back_leaves_its_key_to_who_has_it_now(
    study: Store, edit: CodebookEditor
) -> None:
    edit.retire("funding")
    edit.set_key("cohesion", "f")
    assert edit.restore("funding").code.key is None
    assert edit.retire("funding").retired >= {"funding", "trading"}


def test_a_merge_moves_codings_memos_and_codes_and_says_so_before(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    for target in ("small-grants", "trading"):
        memos.add_memo(study, target, "mine", type=MemoType.NOTE, by="ben", at=tick())
    edit.add("Tiny", under="small-grants")
    preview = edit.preview_merge("small-grants", "trading")
    assert (preview.codings, preview.coders, preview.doubled) == (3, ("amina", "ben"), 1)
    assert (preview.memos, len(preview.examples)) == (4, 2)
    assert preview.children == ("funding/grant-aid/small-grants/tiny",)
    assert preview.sentence() == (
        "3 codings of 2 coders (1 of them where funding/trading lies already), 4 memos, 1 code"
        " from funding/grant-aid/small-grants to funding/trading"
    )
    done = edit.merge("small-grants", "trading")
    assert (done.code.id, done.codings_moved) == ("trading", 3)
    assert done.said == f"merged: {preview.sentence()}"
    assert all_codings(study) == [
        ("trading", "amina", 0, 9, False),
        ("trading", "ben", 0, 9, True),
        ("trading", "amina", 2, 6, True),
    ]
    assert names(study)[:4] == [
        "funding",
        "funding/grant-aid",
        "funding/trading",
        *names(study)[3:4],
    ]
    assert names(study)[3] == "funding/trading/tiny"
    with study.reading() as session:
        uids = {c.uid for c in queries.codings(session)}
        found = queries.memos(session)
    assert len(found) == 6
    assert {m.target for m in found if m.target_kind is MemoTarget.CODING} == uids
    assert {m.target for m in found if m.target_kind is MemoTarget.CODE} == {"trading"}
    assert in_step(study, file)
    assert examine(study).is_whole


def test_a_merge_is_refused_in_a_rehearsal_where_it_would_be(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    before, events = file.read_bytes(), event_count(study)
    said = edit.merge("small-grants", "trading", dry_run=True)
    assert (said.changed, said.codings_moved, said.merged) == (
        True,
        3,
        edit.preview_merge("small-grants", "trading"),
    )
    assert (file.read_bytes(), event_count(study)) == (before, events)
    file.chmod(0o444)
    with pytest.raises(errors.CodebookReadOnlyError):
        edit.preview_merge("small-grants", "trading")
    file.chmod(0o644)
    file.write_text(BOOK.replace("name: Trading", "name: Trade"))
    with pytest.raises(errors.CodebookChangedError):
        edit.preview_merge("small-grants", "trading")


def test_what_arrives_late_under_a_merged_code_is_read_as_the_others(
    study: Store, edit: CodebookEditor
) -> None:
    edit.merge("small-grants", "trading")
    with study.reading() as session:
        ref = queries.current_versions(session)[0]
        old = queries.codings(session)[0]
    late = Coding(old.segment, "small-grants", "cleo", doubt=False, origin=Origin.PERSON)
    with study.act("tag", by="cleo", at=tick()) as act:
        act.ensure([records.coding_record(late, transcript=ref.transcript)])
    assert ("trading", "cleo", 0, 9, False) in all_codings(study)
    edit.merge("trading", "bonding")
    assert {one[0] for one in all_codings(study)} == {"bonding"}
    assert ("bonding", "cleo", 0, 9, False) in all_codings(study)
    taken = coding.untag(study, "P01", "bonding", Place(span=(0, 9)), by="cleo", at=tick())
    assert taken.changed
    assert "cleo" not in {one[1] for one in all_codings(study)}


def test_a_theme_can_be_merged_and_a_retired_code_too(
    study: Store, file: Path, edit: CodebookEditor
) -> None:
    edit.retire("small-grants")
    edit.merge("small-grants", "bonding")
    assert {one[0] for one in all_codings(study)} == {"bonding", "trading"}
    edit.retire("trading")
    done = edit.merge("funding", "cohesion")
    assert names(study) == [
        "cohesion",
        "cohesion/bonding",
        "cohesion/grant-aid",
        "cohesion/trading",
    ]
    assert done.retired == {"trading"}
    assert in_step(study, file)
    for code, into, why in (
        ("cohesion", "cohesion", "into itself"),
        ("cohesion", "bonding", "stands under 'cohesion'"),
    ):
        with pytest.raises(errors.CodebookEditError, match=why):
            edit.preview_merge(code, into)
    with pytest.raises(errors.RetiredCodeError):
        edit.merge("bonding", "trading")


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


# -- any run of edits -----------------------------------------------------------------------------

STEPS = (
    *("add", "propose", "rename", "define", "accept", "move", "theme", "merge"),
    *("retire", "restore", "key", "undo", "redo"),
)
EDIT = st.tuples(
    st.sampled_from(STEPS),
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from(("Tea", "A: b", "# no", "- x", "ßé", "x" * 70)),
)


def living_ids(text: str) -> set[str | None]:
    """The ids of the codes in a file."""
    return {code.id for code in load_codebook(text, where="codebook.yaml").codes}


def do(edit: CodebookEditor, store: Store, file: Path, step: tuple[str, int, int, str]) -> None:
    """One edit on the codes that there are; a refusal in words is an outcome too."""
    verb, one, other, text = step
    book = codebooks.show_codebook(store).codebook
    code, into = (book.codes[at % len(book.codes)].id for at in (one, other))
    acts: dict[str, Callable[[], object]] = {
        "add": lambda: edit.add(text, under=code),
        "propose": lambda: edit.add(text, under=code, proposed=True),
        "rename": lambda: edit.rename(code, text),
        "define": lambda: edit.define(code, text),
        "accept": lambda: edit.accept(code),
        "move": lambda: edit.move(code, under=into),
        "theme": lambda: edit.move(code),
        "merge": lambda: edit.merge(code, into),
        "retire": lambda: edit.retire(code),
        "restore": lambda: edit.restore(code),
        "key": lambda: edit.set_key(code, "fcw"[other % 3]),
        "undo": edit.undo,
        "redo": edit.redo,
    }
    with contextlib.suppress(errors.QualcodeError):
        acts[verb]()


@given(st.lists(EDIT, min_size=1, max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_run_of_edits_leaves_file_and_store_in_step(
    place: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, str]]
) -> None:
    home = tmp_path_factory.mktemp("run") / "fair"
    shutil.copytree(place, home)
    file = home / "codebook.yaml"
    with open_store(str(home / "study.qualcode")) as store:
        edit = CodebookEditor(store, file, by=BY, now=tick)
        spots = {one[1:4] for one in all_codings(store)}
        for step in steps:
            before = codebooks.read_text(file)
            do(edit, store, file, step)
            after = codebooks.read_text(file)
            assert in_step(store, file)
            gone = living_ids(before) - living_ids(after)
            lost = {said for said in OWNERS if said in before and said not in after}
            assert {OWNERS[said] for said in lost} <= gone
        if not any(step[0] == "undo" for step in steps):
            assert {one[1:4] for one in all_codings(store)} == spots
        assert examine(store).is_whole

"""An edit of the codebook changes the file and the store, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from services.book.codebook_editing.edited_study import BOOK, all_codings, in_step, names
from services.study import BY, event_count, tick

from qualcode import errors
from qualcode.model.codebook import Code
from qualcode.model.coding import Coding, MemoTarget, MemoType, Origin
from qualcode.services import memos
from qualcode.services.book import codebooks
from qualcode.services.book.codebook_editor import CodebookEditor
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import queries, records
from qualcode.store.doctor import examine
from qualcode.store.store import Store


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
    assert edit.add("x" * 200, under="cohesion").code.id == "x" * 59 + "-2"
    again = edit.add("Bonding", under="cohesion", definition="Otherwise.")
    assert again.said == "code added: cohesion/bonding-3; cohesion/bonding-2 is called so, too"


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
    edit.add("Raffles", under="funding", definition="Luck.")
    edit.retire("bonding")
    events, facts = event_count(study), file.stat()
    for done in (
        edit.add("Raffles", under="funding"),
        edit.add("Raffles", under="funding", definition="Luck."),
        edit.retire("bonding"),
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
    preview = edit.merge("small-grants", "trading", dry_run=True).merged
    assert preview is not None
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
    assert (said.changed, said.codings_moved) == (True, 3)
    assert (file.read_bytes(), event_count(study)) == (before, events)
    file.chmod(0o444)
    with pytest.raises(errors.CodebookReadOnlyError):
        edit.merge("small-grants", "trading", dry_run=True)
    file.chmod(0o644)
    file.write_text(BOOK.replace("name: Trading", "name: Trade"))
    with pytest.raises(errors.CodebookChangedError):
        edit.merge("small-grants", "trading", dry_run=True)


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
            edit.merge(code, into, dry_run=True)
    with pytest.raises(errors.RetiredCodeError):
        edit.merge("bonding", "trading")

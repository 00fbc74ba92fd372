"""After any run of edits file and store say the same, and no coding is lost."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from services.book.codebook_editing.edited_study import OWNERS, all_codings, in_step
from services.study import BY, tick

from qualcode import errors
from qualcode.codebook import load_codebook
from qualcode.services.book import codebooks
from qualcode.services.book.codebook_editor import CodebookEditor
from qualcode.store.doctor import examine
from qualcode.store.store import Store, open_store

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

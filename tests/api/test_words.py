"""Each word has one place: some are said of a value, the others of the file that holds it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from qualcode import api, errors
from qualcode.api.values import BookWishes, MatrixWishes
from qualcode.api.words import OF_FILES, OF_VALUES

MAKERS = ["matrix", "book", "evidence", "compare"]
USED: dict[str, dict[str, Any]] = {
    "write": {"title": "x", "audience": "publication", "rows": "place", "coder": "amina"},
    "make": {"template": "house.docx", "layout": "list", "format": "docx", "table": "cases"},
}


def taken_by(function: Any) -> set[str]:
    """The words of a function of the face, but for those that it refuses."""
    found = inspect.signature(function).parameters.values()
    return {one.name for one in found if one.kind is not one.VAR_KEYWORD} - {"self", "file"}


@pytest.mark.parametrize("maker", MAKERS)
def test_the_words_of_each_place_are_those_that_it_takes(maker: str, project: api.Project) -> None:
    made = getattr(project, maker)
    writing = taken_by(getattr(made(), "write"))  # noqa: B009
    laid = {"matrix": MatrixWishes, "book": BookWishes}.get(maker)
    wishes = set() if laid is None else set(inspect.get_annotations(laid))
    if maker == "matrix":
        wishes |= set(inspect.get_annotations(BookWishes))
    assert set(OF_FILES[maker]) == writing | wishes
    assert set(OF_VALUES[maker]) == taken_by(made) - {"codes"}


@pytest.mark.parametrize("maker", MAKERS)
def test_a_word_at_the_other_place_is_refused_with_its_own(
    maker: str, project: api.Project, tmp_path: Path
) -> None:
    make = getattr(project, maker)
    value = make()
    for word, given in USED["write"].items():
        if word in OF_VALUES[maker]:
            with pytest.raises(errors.SaidElsewhereError, match=rf"project\.{maker}\({word}="):
                value.write(tmp_path / "x.docx", **{word: given})
    for word, given in USED["make"].items():
        if word in OF_FILES[maker]:
            with pytest.raises(errors.SaidElsewhereError, match=rf"write\({word}="):
                make(**{word: given})
    for act in (make, lambda **more: value.write(tmp_path / "x.docx", **more)):
        with pytest.raises(TypeError, match="titel"):
            act(titel="x")
    assert not list(tmp_path.glob("x*"))


def test_a_stream_and_parts_refuse_them_too(project: api.Project, tmp_path: Path) -> None:
    """`audience` belongs to what is written: given here, it left the team's file for a reader."""
    team: Any = {"audience": "publication"}
    for value in (project.matrix(), project.book()):
        with pytest.raises(errors.SaidElsewhereError, match="audience"):
            value.to_bytes("docx", **team)
    with pytest.raises(errors.SaidElsewhereError, match="audience"):
        project.matrix().write_parts(tmp_path / "x.docx", **team)
    assert project.exports() == ()
    assert not list(tmp_path.glob("x*"))

"""What a new study begins with."""

from __future__ import annotations

import re

import pytest

from qualcode.codebook import add_code, blank_codebook, check_codebook, load_codebook
from qualcode.model.codebook import Code, Codebook

NAMES = ["Fairs", 'The "big" study: 2024 # x', "Études – éà", "👍", "no", "\\n", "a\u2028b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_book_is_valid_and_empty_whatever_the_study_is_called(name: str) -> None:
    assert load_codebook(blank_codebook(name), where="x") == Codebook(name, "1", ())


def test_the_model_in_it_is_a_book_once_its_marks_are_taken_away() -> None:
    written = re.sub(r"(?m)^# (?= )", "", blank_codebook("Fairs"))
    assert check_codebook(written, where="x") == ()
    book = load_codebook(written, where="x")
    assert [book.full_name(code.id) for code in book.codes] == [
        "meeting-places",
        "meeting-places/fairs",
        "getting-about",
    ]
    assert book.codes[0].key
    assert book.codes[1].examples


def test_the_first_theme_is_written_above_the_model() -> None:
    blank = blank_codebook("Fairs")
    text = add_code(blank, Code("money", "Money"), where="x")
    assert text.replace("\n  - id: money\n    name: Money", "") == blank
    assert "themes:\n  - id: money\n    name: Money\n# Below" in text

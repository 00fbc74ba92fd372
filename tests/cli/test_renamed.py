"""Corrections that leave codings waiting: for a label, and since before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.study import P01

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Person

WAYS = (
    "      qualcode transcripts speaker P01 Trader --participant P01\n"
    "      qualcode transcripts settle --accept-all --transcript P01\n"
)


def correct(study: Path, text: str) -> None:
    (study / "transcripts" / "P01.txt").write_text(text, encoding="utf-8")


def test_a_participant_under_a_new_label_is_said_with_the_commands_that_settle_it(
    study: Path, qualcode: Person
) -> None:
    correct(study, P01.replace("P01:", "Trader:"))
    done = qualcode("import", "transcripts/P01.txt", "--yes")
    assert "the label of P01 is gone, and Trader is new: their codings wait." in done.out
    assert WAYS in done.out
    assert "Trader" not in done.err
    assert WAYS in qualcode("transcripts", "review").out

    for line in WAYS.splitlines():
        assert qualcode("--coder", "amina", *line.split()[1:]).code == 0
    assert qualcode("transcripts", "review", "--json").json == []


def test_the_account_of_a_correction_says_what_waits_since_before(
    study: Path, qualcode: Person
) -> None:
    correct(study, P01.replace("P01:", "Trader:"))
    assert "more wait" not in qualcode("import", "transcripts/P01.txt", "--yes").err
    correct(study, P01.replace("P01:", "Trader:") + "\nTrader: And that is that.\n")
    done = qualcode("import", "transcripts/P01.txt", "--yes")

    waiting = len(qualcode("transcripts", "review", "--json").json)
    assert waiting > 0
    assert f"{waiting} more wait{'s' if waiting == 1 else ''} since before\n" in done.err
    assert done.err.endswith("next:\n  qualcode transcripts review\n")


@pytest.mark.parametrize("quote", ["nothing of the kind was ever said", "We all came to a fairy"])
def test_words_that_are_not_found_are_settled_without_an_option_that_is_not_there(
    study: Path, qualcode: Person, quote: str
) -> None:
    correct(study, P01.replace("P01:", "Trader:"))
    qualcode("import", "transcripts/P01.txt", "--yes")
    (waits, *_) = qualcode("transcripts", "review", "--json").json
    done = qualcode("--coder", "amina", "transcripts", "settle", waits["id"], "--quote", quote)

    assert done.code == 1
    assert "were not found" in done.err
    assert "--threshold" not in done.err

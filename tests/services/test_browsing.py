"""What the screens show of the codebook, and what quotations can be filtered by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from services.fair import OTHER, new_fair
from services.study import BY, bring_in, tick, write

from qualcode.services import browsing, coding, retrieving
from qualcode.store.store import Store


@pytest.fixture
def fair(tmp_path: Path) -> Iterator[Store]:
    with new_fair(tmp_path / "fair") as store:
        yield store


def test_codings_are_counted_for_one_coder_and_for_everyone(fair: Store) -> None:
    page = browsing.codebook_page(fair, coder=BY.upper())

    assert page.mine == {"grant-aid": 1, "bonding": 1, "funding": 2}
    assert page.everyone == {"grant-aid": 2, "small-grants": 1, "bonding": 1, "funding": 2}
    assert browsing.codebook_page(fair, coder=None).mine == {}


def test_memos_on_codes_stand_beside_them(fair: Store) -> None:
    page = browsing.codebook_page(fair, coder=BY)

    assert [(code, memo.body) for code, (memo,) in page.memos.items()] == [
        ("grant-aid", "Ask who decides.")
    ]


def test_a_coding_that_was_taken_back_is_not_counted(fair: Store) -> None:
    coding.undo(fair, by=OTHER, at=tick())

    assert browsing.codebook_page(fair, coder=BY).everyone["grant-aid"] == 1


def test_values_are_offered_of_whom_may_be_cited_only(fair: Store) -> None:
    choices = browsing.filter_choices(fair)

    assert choices.coders == (BY, OTHER)
    assert choices.values["place"] == ("Marle", "Wenbury")
    assert choices.values["participant"] == ("P01", "P03")
    assert choices.values["strand"] == ("case study", "follow-up")
    said = " ".join(value for values in choices.values.values() for value in values)
    assert "Saltmarsh" not in said
    assert "Smuggler" not in said


def test_every_value_that_is_offered_is_one_that_filters(fair: Store) -> None:
    for name, values in browsing.filter_choices(fair).values.items():
        for value in values:
            assert retrieving.quotes(fair, where=[f"{name}={value}"]).quotations, (name, value)


def test_an_attribute_that_nobody_has_is_not_offered(store: Store, folder: Path) -> None:
    bring_in(store, write(folder, {"talk.txt": "Ama: We met.\n"}))

    choices = browsing.filter_choices(store)

    assert "organisation" not in choices.values
    assert choices.values["transcript"] == ("talk",)

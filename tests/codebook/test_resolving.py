"""The code that a name means, or the one that was probably meant."""

from __future__ import annotations

import pytest
from codebook.books import PLAIN

from qualcode.codebook import load_codebook, resolve_code
from qualcode.errors import UnknownCodeError

BOOK = load_codebook(PLAIN, where="codebook.yaml")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("funding", "funding"),
        ("grant-aid", "grant-aid"),
        ("funding/grant-aid", "grant-aid"),
        (" funding/grant-aid ", "grant-aid"),
    ],
)
def test_a_code_answers_to_its_id_and_its_full_name(name: str, code: str) -> None:
    assert resolve_code(BOOK, name).id == code


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("grantaid", "funding/grant-aid"),
        ("Grant aid", "funding/grant-aid"),
        ("Tradin", "funding/trading"),
        ("cohesion/trading", "funding/trading"),
        ("structures/trading", "funding/trading"),
        ("fundign", "funding"),
        ("funding/", "funding"),
        ("quorum", None),
        ("", None),
        ("/", None),
    ],
)
def test_another_name_is_refused_with_the_nearest(name: str, nearest: str | None) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        resolve_code(BOOK, name, where="codings.csv:14")
    assert caught.value.where == "codings.csv:14"
    said = str(caught.value)
    assert f"'{nearest}'?" in said if nearest else "qualcode codebook show" in said

"""Records as text: the same for equal values, and nothing that says nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.store.kinds import (
    CODING,
    KINDS,
    VERSION,
    body_of,
    canonical,
    canonical_key,
    key_of,
)
from qualcode.store.sayings import BrokenRowError

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
BODIES = st.recursive(
    st.one_of(WORDS, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(WORDS, inner)),
    max_leaves=12,
)


@given(key=st.lists(st.one_of(WORDS, st.integers())).map(tuple))
def test_a_key_is_written_as_any_other_value_and_comes_back(key: tuple[object, ...]) -> None:
    assert canonical_key(key) == canonical(key)
    assert key_of(canonical_key(key)) == key


@given(body=st.dictionaries(WORDS, BODIES))
def test_a_body_comes_back_and_has_one_text(body: dict[str, object]) -> None:
    turned = dict(reversed(body.items()))
    assert canonical(turned) == canonical(body)
    assert body_of(canonical(body)) == body
    assert json.loads(canonical(body)) == body


def test_what_is_unset_or_the_default_is_left_out() -> None:
    assert CODING.normal({"doubt": False, "origin": "person"}) == {}
    assert VERSION.normal({"words": 0, "marks": None, "turns": []}) == {"words": 0}


def test_what_only_a_newer_program_knows_is_no_field() -> None:
    with pytest.raises(KeyError):
        CODING.normal({"certainty": 3})
    assert CODING.known({"certainty": 3, "doubt": True}) == {"doubt": True}


@pytest.mark.parametrize("text", ["", "{", "7", '"x"', "{}"])
def test_a_key_that_is_no_list_was_not_written_by_us(text: str) -> None:
    with pytest.raises(BrokenRowError):
        key_of(text)


@pytest.mark.parametrize("text", ["", "{", "7", '"x"', "[]"])
def test_a_body_that_is_no_mapping_was_not_written_by_us(text: str) -> None:
    with pytest.raises(BrokenRowError):
        body_of(text)


def test_every_kind_comes_after_those_that_it_refers_to() -> None:
    laid: set[str] = set()
    for kind in KINDS.values():
        refers = [*kind.refers.values(), *(f.refers for f in kind.fields if f.refers is not None)]
        assert {table.name for table in refers} <= laid
        laid.add(kind.table.name)

"""Names of which no two are alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.text.told_apart import told_apart

NAMES = st.sampled_from(["b", "b (2)", "b (3)", "b (2) (2)", "c"])


def test_the_first_of_a_name_keeps_it_and_the_next_has_a_number() -> None:
    called = {1: "b", 2: "b", 3: "c", 4: "b"}
    assert told_apart(called) == {1: "b", 2: "b (2)", 3: "c", 4: "b (3)"}


def test_nobody_is_given_a_name_that_another_has() -> None:
    assert told_apart({1: "b", 2: "b", 3: "b (2)"}) == {1: "b", 2: "b (3)", 3: "b (2)"}
    assert told_apart({1: "none given"}, taken=["none given"]) == {1: "none given (2)"}


@given(st.lists(NAMES), st.sets(NAMES))
def test_no_two_are_alike(called: list[str], taken: set[str]) -> None:
    names = told_apart(dict(enumerate(called)), taken=taken)

    assert list(names) == list(range(len(called)))
    assert len({*names.values(), *taken}) == len(called) + len(taken)
    # Who alone has a name keeps it.
    assert all(
        names[one] == name
        for one, name in enumerate(called)
        if called.count(name) == 1 and name not in taken
    )

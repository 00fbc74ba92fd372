"""Which key puts which code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.codebook.loading import TAKEN_KEYS
from qualcode.model.codebook import Code, Codebook
from qualcode.tui.numbers import (
    COMMAND_LETTERS,
    MENU_KEYS,
    SPARE_LETTERS,
    Numbers,
    codes_of,
    themes_by_key,
)
from qualcode.tui.own.desk import Desk

ALL = [f"c{n}" for n in range(12)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk.json")


def opened(desk: Desk, recent: Sequence[str] = (), known: Iterable[str] = ALL) -> Numbers:
    """The numbers as a transcript that is opened finds them."""
    numbers = Numbers(desk)
    numbers.settle(recent, known)
    return numbers


def again(desk: Desk) -> Desk:
    """The same desk after a restart, or in another window."""
    return Desk(desk.path)


def held(numbers: Numbers) -> str:
    return " ".join(f"{digit}{code}" for digit, code in numbers.items())


def test_who_has_no_numbers_yet_gets_them_for_the_recent_codes_the_newest_first(
    desk: Desk,
) -> None:
    numbers = opened(desk, ["c2", "c1"])
    assert held(numbers) == "1c2 2c1"
    assert numbers.code("2") == "c1"
    assert numbers.code("3") is None
    assert numbers.by_code() == {"c2": "1", "c1": "2"}


def test_what_was_pinned_before_there_were_numbers_comes_first(desk: Desk) -> None:
    desk.pin("c3")
    assert held(opened(desk, ["c1", "c3"])) == "1c3 2c1"


@given(
    st.lists(
        st.tuples(st.sampled_from(ALL), st.sampled_from(["use", "pin", "unpin", "undo", "open"])),
        max_size=40,
    )
)
def test_a_number_changes_hands_only_where_a_code_needs_one_or_gives_one_back(
    steps: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder) / "desk.json")
        numbers, recent = opened(desk), list[str]()
        for at, (code, what) in enumerate(steps):
            before = numbers.by_code()
            if what == "use":
                recent = [code, *(one for one in recent if one != code)]
                numbers.used(code, by=str(at))
            elif what in ("pin", "unpin"):
                (desk.pin if what == "pin" else desk.unpin)(code)
            elif what == "undo":
                numbers.undone(str(at - 1))
            else:
                numbers = opened(desk, recent)
            numbers.settle(recent, ALL)
            after = numbers.by_code()
            kept = {one for one in before if before[one] == after.get(one)}
            gave_way = before.keys() - kept
            assert len(gave_way) <= (what != "open")
            assert not gave_way or what == "undo" or (len(before) == 9 and code in after)
            assert held(opened(again(desk), recent)) == held(numbers)


def test_a_code_keeps_its_number_in_other_transcripts_and_when_others_are_used(desk: Desk) -> None:
    numbers = opened(desk)
    for code in ("c5", "c3", "c5", "c7"):
        numbers.used(code, by=code)
    assert held(numbers) == "1c5 2c3 3c7"
    assert held(opened(again(desk), ["c9", "c7", "c3"])) == "1c5 2c3 3c7"


def test_the_tenth_code_takes_the_number_of_the_one_used_longest_ago_that_is_not_pinned(
    desk: Desk,
) -> None:
    numbers = opened(desk, ALL[:9][::-1])
    assert held(numbers).startswith("1c8 2c7")
    desk.pin("c0")
    numbers.used("c9", by="one")
    assert numbers.code("8") == "c9"
    assert numbers.code("9") == "c0"
    assert "c1" not in numbers.by_code()


def test_where_all_nine_are_pinned_a_new_code_has_no_number(desk: Desk) -> None:
    for code in ALL[:9]:
        desk.pin(code)
    numbers = opened(desk)
    numbers.used("c9", by="one")
    assert numbers.by_code().keys() == set(ALL[:9])


def test_a_pin_does_not_move_a_number_and_gives_one_to_a_code_without(desk: Desk) -> None:
    numbers = opened(desk, ["c1", "c2"])
    for code in ("c2", "c4"):
        desk.pin(code)
        numbers.settle(["c1", "c2"], ALL)
    assert held(numbers) == "1c1 2c2 3c4"


def test_an_undone_tag_gives_back_the_number_that_was_given_for_it(desk: Desk) -> None:
    numbers = opened(desk, ["c1"])
    numbers.used("c2", by="first")
    numbers.used("c2", by="second")
    numbers.undone("second")
    assert held(numbers) == "1c1 2c2"
    numbers.undone("first")
    numbers.settle(["c2", "c1"], ALL)
    assert held(numbers) == "1c1"
    assert held(opened(again(desk), ["c2", "c1"])) == "1c1"


def test_an_undone_tag_gives_the_number_back_to_the_code_that_gave_way(desk: Desk) -> None:
    numbers = opened(desk, ALL[:9])
    before = held(numbers)
    numbers.used("c9", by="one")
    assert numbers.code("9") == "c9"
    numbers.undone("one")
    assert held(numbers) == before


def test_a_code_that_was_pinned_meanwhile_keeps_its_number_when_its_tag_is_undone(
    desk: Desk,
) -> None:
    numbers = opened(desk)
    numbers.used("c1", by="one")
    desk.pin("c1")
    numbers.undone("one")
    assert held(numbers) == "1c1"


def test_a_code_that_takes_no_codings_any_more_has_no_number_until_it_comes_back(
    desk: Desk,
) -> None:
    numbers = opened(desk, ["c1", "c2"])
    numbers.settle((), ["c2"])
    assert held(numbers) == "2c2"
    numbers.settle((), ALL)
    assert held(numbers) == "1c1 2c2"


def test_two_windows_do_not_give_one_number_twice(desk: Desk) -> None:
    one, other = opened(desk), opened(again(desk))
    one.used("c1", by="one")
    other.used("c2", by="other")
    assert held(other) == "1c1 2c2"
    one.used("c3", by="third")
    assert held(one) == "1c1 2c2 3c3"


def book(*codes: tuple[str, str | None, str | None]) -> Codebook:
    made = tuple(Code(id=name.lower(), name=name, parent=up, key=key) for name, up, key in codes)
    return Codebook("Fairs", "1", made)


def test_a_theme_without_a_letter_gets_the_first_free_one_of_its_name() -> None:
    themes = themes_by_key(
        book(("Money", None, None), ("Old", None, "e"), ("Bell", None, None), ("Myth", None, None)),
        frozenset(),
    )
    assert {letter: theme.name for letter, theme in themes.items()} == {
        "e": "Old",
        "o": "Money",
        "a": "Bell",
        "d": "Myth",
    }


def test_where_no_letter_is_left_a_theme_has_none() -> None:
    many = book(*((f"{sign}{sign}", None, None) for sign in "abcdefghijklmnopqrstuvwxyz"))
    assert set(themes_by_key(many, frozenset())) == set(SPARE_LETTERS)


def test_retired_themes_and_codes_have_no_key() -> None:
    small = book(("Funding", None, None), ("Aid", "funding", None), ("Loan", "funding", None))
    assert themes_by_key(small, frozenset({"funding"})) == {}
    keyed = codes_of(small, small.themes[0], "f", frozenset({"aid"}))
    assert [(key, code.name) for key, code, _ in keyed] == [("1", "Loan")]


def test_codes_at_any_depth_are_numbered_in_book_order_without_the_themes_own_letter() -> None:
    many: list[tuple[str, str | None, str | None]] = [("Funding", None, None)]
    many += [(f"N{n:02}", "funding", None) for n in range(20)]
    many += [("Deep", "n00", None)]
    theme = book(*many)
    keyed = codes_of(theme, theme.themes[0], "f", frozenset())
    assert [(code.name, depth) for _, code, depth in keyed[:3]] == [
        ("N00", 0),
        ("Deep", 1),
        ("N01", 0),
    ]
    keys = [key for key, _, _ in keyed]
    assert keys[:10] == [*"123456789a"]
    assert "f" not in keys
    assert len(set(keys)) == len(keys)


def test_codes_beyond_the_last_key_have_none() -> None:
    many = book(("T", None, None), *((f"N{n:02}", "t", None) for n in range(70)))
    keys = [key for key, _, _ in codes_of(many, many.themes[0], "t", frozenset())]
    assert keys.count("") == 70 - (len(MENU_KEYS) - 1)


def test_the_letters_of_commands_are_those_the_codebook_refuses() -> None:
    assert set(TAKEN_KEYS) == COMMAND_LETTERS
    assert not COMMAND_LETTERS & set(SPARE_LETTERS)
    assert len(COMMAND_LETTERS) + len(SPARE_LETTERS) == 26

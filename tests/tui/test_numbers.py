"""Which key puts which code."""

from __future__ import annotations

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

ALL = {"a", "b", "c", "d"}


def held(numbers: Numbers) -> str:
    return " ".join(f"{digit}{code}" for digit, code in numbers.items())


def test_recent_codes_are_numbered_the_newest_first() -> None:
    numbers = Numbers()
    numbers.update((), ["b", "a"], ALL)
    assert held(numbers) == "1b 2a"
    assert numbers.code("2") == "a"
    assert numbers.code("3") is None
    assert numbers.by_code() == {"b": "1", "a": "2"}


def test_a_code_keeps_its_number_when_another_is_used() -> None:
    numbers = Numbers()
    numbers.update((), ["b", "a"], ALL)
    numbers.update((), ["a", "b"], ALL)
    assert held(numbers) == "1b 2a"
    numbers.update((), ["c", "a", "b"], ALL)
    assert held(numbers) == "1b 2a 3c"


def test_the_tenth_code_takes_the_number_of_the_one_used_longest_ago() -> None:
    codes = [f"c{n}" for n in range(10)]
    numbers = Numbers()
    numbers.update((), codes[:9], codes)
    numbers.update((), [codes[9], *codes[:8]], codes)
    assert numbers.code("9") == "c9"
    assert numbers.code("1") == "c0"


def test_pinned_codes_come_first_and_once() -> None:
    numbers = Numbers()
    numbers.update((), ["a", "b"], ALL)
    numbers.update(["b", "gone"], ["a", "b"], ALL)
    assert held(numbers) == "1b 2a"


def test_a_code_that_takes_no_codings_any_more_has_no_number() -> None:
    numbers = Numbers()
    numbers.update((), ["a", "b"], ALL)
    numbers.update((), ["a", "b"], {"b"})
    assert held(numbers) == "2b"


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

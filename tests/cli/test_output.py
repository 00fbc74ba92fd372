from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from qualcode.cli import output

if TYPE_CHECKING:
    import pytest

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(texts, st.integers(min_value=2, max_value=60))
def test_wrapping_keeps_every_word_and_the_width(text: str, size: int) -> None:
    pieces = output.wrapped(text, size)
    assert "".join("".join(pieces).split()) == "".join(output.plain(text).split())
    assert all(output.cells(piece) <= size for piece in pieces)


@given(st.text(st.characters()))
def test_nothing_plain_gives_a_terminal_an_order(text: str) -> None:
    shown = output.plain(text)
    assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in shown)
    assert not any("\u202a" <= sign <= "\u202e" for sign in shown)


def test_an_order_to_the_terminal_is_shown_as_a_sign() -> None:
    assert output.plain("red \x1b[31mink\x07") == "red \ufffd[31mink\ufffd"


@given(st.lists(st.tuples(texts, st.none() | st.integers(0, 10**9), texts), min_size=1))
def test_a_table_keeps_to_its_width_and_loses_nothing(
    rows: list[tuple[str, int | None, str]],
) -> None:
    lines = list(output.table_lines(("NAME", "N", "TEXT"), rows, width=60))
    assert all(output.cells(line) <= 60 for line in lines)
    given = [one for row in rows for one in row if one is not None]
    said = "".join(["NAME", "N", "TEXT", *(output.plain(str(one)) for one in given)])
    assert sorted("".join(lines).replace(" ", "")) == sorted(said.replace(" ", ""))


def test_a_table_stands_in_columns() -> None:
    rows = [("P01", 7, "one two three four five six seven"), ("P02", None, "")]
    assert [
        line.rstrip() for line in output.table_lines(("NAME", "N", "TEXT"), rows, width=30)
    ] == [
        "NAME  N  TEXT",
        "P01   7  one two three four",
        "         five six seven",
        "P02",
    ]


def test_numbers_stand_to_the_right() -> None:
    lines = list(output.table_lines(("N", "NAME"), [(7, "a"), (1200, "b")], width=30))
    assert lines == ["   N  NAME", "   7  a   ", "1200  b   "]


def test_wide_letters_count_two_cells() -> None:
    assert output.cells("東京") == 4
    assert output.cells("e\u0301") == 1
    assert output.wrapped("東京東京", 4) == ["東京", "東京"]


def test_json_is_one_value_in_utf_8(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.json_value({"text": "naïve \ud800 東京"})
    out = capfdbinary.readouterr().out
    assert "naïve".encode() in out
    assert json.loads(out) == {"text": "naïve \ud800 東京"}


def test_head_and_tail_cut_cells_and_not_letters() -> None:
    assert output.head("東京都", 5) == "東京"
    assert output.tail("東京都", 5) == "京都"
    assert output.head("abc", None) == "abc"

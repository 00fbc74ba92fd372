"""Which regular expressions are let in, and that those come to an end."""

from __future__ import annotations

import random
import re

import pytest

from qualcode.model.spans import Span
from qualcode.text.patterns import (
    REACH_CHARACTERS,
    WINDOW_CHARACTERS,
    compile_pattern,
    matches,
)


def places(source: str, text: str, within: Span | None = None) -> list[str]:
    pattern = compile_pattern(source)
    assert isinstance(pattern, re.Pattern), pattern
    spans = matches(pattern, text, within or Span(0, len(text)))
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    "source",
    [
        r"evict\w*",
        r"fund(?:\W+\w+){0,5}\W+council",  # within five words
        r"(\w+) \1",  # a word said twice
        r"(?P<w>\w+) (?P=w)",
        r"(?:um|uh|er)+",
        r"(?:very )+good",
        r"(?:\w+\s)*fair",
        r"council.{0,40}money",
        r"grant.*cut.*",
        r"^so\b",
        r"clicker\.$",
        r"[A-Z]{2,}\d+",
        r"(?i:abc)(?#what)",
        r"a{,3}b{2}c{1,}",
        r"\(.*?\)",
        r"[]a]+\]",
        r"(?<=the )grant(?! aid)",
        r"\N{EN DASH}|\u2014|\x2d",
    ],
)
def test_what_people_search_for_is_let_in(source: str) -> None:
    assert isinstance(compile_pattern(source), re.Pattern)


# Each of these runs longer than anybody waits on a text of forty letters or so.
WITHOUT_END = [
    r"(a+)+$",
    r"(a|aa)+$",
    r"(a|ab|b)*c",
    r"(a*)*b",
    r"(?:a?){30}a{30}",
    r"(\w+\s?)*$",
    r"(\w+\b)*!",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(x+x+)+y",
    r"(?:很+)*x",
    r"((ab)+c*)*d",
    r"(\w+)(?:\1+)*x",
    r"(?P<n>a+)+(?:b)$",
]


@pytest.mark.parametrize("source", WITHOUT_END)
def test_what_could_run_for_ever_is_refused(source: str) -> None:
    assert compile_pattern(source) == (
        "nothing in its repeated group parts one repetition from the next"
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (r".*fair", "it begins with .*, which matches anywhere"),
        (r"([^.]+)fair", "it begins with [^.]+, which matches anywhere"),
        (r"a.*b.*c.*d", "more than 2 of its pieces match any number of words"),
        (r"a.{3,900}b.*c.*d", "more than 2 of its pieces match any number of words"),
        (r"\w*\w*\w*\w*x", "more than 2 of its pieces match any number of words"),
        (r"(fair", "the regular expression cannot be read at its character 1"),
        (r"*fair", "the regular expression cannot be read at its character 1"),
        (r"a{99999999999}", "the regular expression is too large"),
        (r"[[a]&&b", None),  # may mean something else in a later Python; now it is a set
    ],
)
def test_a_refusal_says_why(source: str, problem: str | None) -> None:
    compiled = compile_pattern(source)
    if problem is None:
        assert isinstance(compiled, re.Pattern)
    else:
        assert isinstance(compiled, str)
        assert compiled.startswith(problem)


def test_matches_are_those_of_the_engine_across_windows() -> None:
    chance = random.Random(3)
    text = "".join(chance.choices("ab \n", weights=(5, 5, 3, 1), k=3 * WINDOW_CHARACTERS))
    for source in (r"ab+", r"(?:a|b)+", r"\bb\w*", r"a b", r"^b", r"b$", r"a\nb", r"[ab]{2,6}?"):
        expected = [found[0] for found in re.finditer(source, text, re.MULTILINE) if found[0]]
        assert expected
        assert places(source, text) == expected


def test_a_match_ends_where_it_would_without_windows() -> None:
    text = "x" * (WINDOW_CHARACTERS - 3) + "fair" + "y" * (REACH_CHARACTERS + 50) + " z"
    assert places(r"fairy*", text) == [text[WINDOW_CHARACTERS - 3 : -2]]
    assert places(r"y$", text) == []
    assert places(r"z$", text) == ["z"]


def test_matches_stay_in_their_stretch_and_are_never_empty() -> None:
    text = "a grant\n\nb grant"
    assert places(r"\w \w+", text, Span(9, 16)) == ["b grant"]
    assert places(r"t\s+b", text, Span(0, 7)) == []
    assert places(r"^\w", text, Span(9, 16)) == ["b"]
    assert places(r"x*", text) == []


def test_a_text_of_one_letter_is_searched_to_an_end() -> None:
    assert places(r"\w+x", "a" * 20_000) == []
    assert places(r"a.*b.*c", "ab " * 300) == []

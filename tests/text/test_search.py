"""What a query means, where it hits, and the words around a hit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text.samples import NASTY_STRINGS, texts, texts_with_spans, texts_with_turns

from qualcode.errors import QueryError
from qualcode.model.spans import Span
from qualcode.text.folding import fold
from qualcode.text.search import on_one_line, parse_query, search, window
from qualcode.text.words import LETTER, UNSPACED

TURNS = (
    "We had eviction notices. The Eviction notice came.",
    "Funding, core   funding – the café’s Fund.",
    "很好谢谢 fund-raising, don’t you think? Core\nfunding!",
    "The council’s core",
    "funding was cut.",
)


def spans_of(turns: tuple[str, ...]) -> tuple[str, list[Span]]:
    text, spans = "\n\n".join(turns), []
    at = 0
    for turn in turns:
        spans.append(Span(at, at + len(turn)))
        at += len(turn) + 2
    return text, spans


def hits(query: str, turns: tuple[str, ...] = TURNS) -> list[tuple[int, str]]:
    text, spans = spans_of(turns)
    found = search(parse_query(query), text, spans)
    return [(hit.turn, text[hit.span.start : hit.span.end]) for hit in found]


def around(
    text: str, span: Span, *, width: int, within: Span | None = None
) -> tuple[str, str, str]:
    """A hit with the words to its left and right, each on one line."""
    begin, finish = window(text, span, width=width, within=within)
    left, right = on_one_line(text[begin : span.start]), on_one_line(text[span.end : finish])
    return left.lstrip(), on_one_line(text[span.start : span.end]), right.rstrip()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("eviction", [(0, "eviction"), (0, "Eviction")]),
        ("notice eviction", [(0, "eviction"), (0, "Eviction"), (0, "notice")]),
        ("fund", [(1, "Fund"), (2, "fund")]),
        (
            "fund*",
            [
                *((1, word) for word in ("Funding", "funding", "Fund")),
                *((2, word) for word in ("fund", "funding")),
                (4, "funding"),
            ],
        ),
        ('"core funding"', [(1, "core   funding"), (2, "Core\nfunding")]),
        ("“core fund*”", [(1, "core   funding"), (2, "Core\nfunding")]),
        ("cafe", [(1, "café")]),
        ("don't", [(2, "don’t")]),
        ("council", [(3, "council")]),
        ("很好", [(2, "很好")]),
        ("fund -core", []),
        ("funding -cafe -think", [(4, "funding")]),
        ('notice* -"eviction notice"', []),
        (r"/evict\w*/", [(0, "eviction"), (0, "Eviction")]),
        (r"/t$/", []),
        (r"/cut\.$/", [(4, "cut.")]),
        (r"/no\w+s/ came", [(0, "notices"), (0, "came")]),
        ("eviction,", [(0, "eviction"), (0, "Eviction")]),
        ("nothing", []),
    ],
)
def test_a_query_hits_what_it_says(query: str, expected: list[tuple[int, str]]) -> None:
    assert hits(query) == expected


def test_a_phrase_does_not_reach_from_one_turn_into_the_next() -> None:
    assert hits('"core funding"', ("the core", "funding")) == []
    assert hits('"very very"', ("very", "very very")) == [(1, "very very")]
    assert hits(r"/core\s+funding/", ("the core", "funding")) == []


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", "it holds no word"),
        ("  ", "it holds no word"),
        ("-council", "it only says what is not looked for"),
        ("*", "'*' holds no word"),
        ('"?!"', "'?!' holds no word"),
        ("fu*nd", "the star stands at the end of a word"),
        ("*fund", "the star stands at the end of a word"),
        ("/fund", "a regular expression ends with a / too"),
        ("/(a+)+/", "nothing in its repeated group parts one repetition from the next"),
        ("/(a/", "the regular expression cannot be read at its character 1"),
    ],
)
def test_a_query_that_means_nothing_is_refused_with_the_reason(query: str, problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert problem in str(caught.value)


@given(texts_with_turns(), st.sampled_from(("fund", "we", "dr", "don't", "café", "i", "हाँ")))
def test_a_word_is_hit_wherever_a_slow_search_finds_it(
    made: tuple[str, list[Span]], word: str
) -> None:
    text, turns = made
    # A letter of a writing without blanks is never one word with what stands beside it.
    other = f"(?:{UNSPACED.pattern})"
    begins, ends = rf"(?:(?<!{LETTER})|(?<={other}))", rf"(?:(?!{LETTER})|(?={other}))"
    pattern = re.compile(begins + re.escape(fold(word)) + ends)
    expected = [
        (number, turn.start + found.start())
        for number, turn in enumerate(turns)
        for found in pattern.finditer(fold(text[turn.start : turn.end]))
    ]
    found_ = search(parse_query(word), text, turns)
    assert [(hit.turn, hit.span.start) for hit in found_] == expected


@given(texts(), texts_with_turns())
def test_whatever_is_typed_is_searched_or_refused(query: str, made: tuple[str, list[Span]]) -> None:
    text, turns = made
    try:
        parsed = parse_query(query)
    except QueryError:
        return
    for hit in search(parsed, text, turns):
        turn = turns[hit.turn]
        assert turn.start <= hit.span.start < hit.span.end <= turn.end


@pytest.mark.parametrize("text", NASTY_STRINGS)
def test_strings_that_break_programs_can_be_searched(text: str) -> None:
    turns = [Span(0, len(text))] if text else []
    for query in ("yes", "a*", r"/\w+ \w+/", '"yes is"'):
        assert isinstance(search(parse_query(query), text, turns), tuple)


@given(texts_with_spans(), st.integers(0, 30))
def test_context_is_what_stands_beside_the_hit_on_one_line(
    made: tuple[str, Span], width: int
) -> None:
    text, span = made
    left, hit, right = around(text, span, width=width)
    assert not {"\n", "\r"} & set(left + hit + right)
    assert max(len(left), len(right)) <= width
    before, after = " ".join(text[: span.start].split()), " ".join(text[span.end :].split())
    assert before.endswith(left.strip())
    assert after.startswith(right.strip())


def test_context_is_cut_between_words() -> None:
    text = "We had eviction notices and nothing else."
    assert around(text, Span(7, 15), width=14) == ("We had ", "eviction", " notices and")
    assert around(text, Span(7, 15), width=5) == ("had ", "eviction", "")


def test_context_does_not_leave_the_turn() -> None:
    text, turns = spans_of(("Who pays?", "Nobody pays. We sell tea.", "Tea?"))
    shown = around(text, Span(11, 17), width=60, within=turns[1])
    assert shown == ("", "Nobody", " pays. We sell tea.")


def test_writing_without_blanks_shows_what_stands_around_a_hit() -> None:
    text = "后来大家一起写信给县里没有人答应"
    assert around(text, Span(6, 8), width=4) == ("大家一起", "写信", "给县里没")


def test_a_letter_is_not_cut_from_its_signs_beside_a_hit() -> None:
    text = "กี่คนมาที่นี่"
    left, _, right = around(text, Span(5, 7), width=4)
    assert left == "คน"  # one place further on the left lies between a letter and its sign
    assert text[7:].startswith(right)
    assert right == "ที่"


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("abc", "公司abc的人", ["abc"]),
        ("公司", "abc公司def", ["公司"]),
        ("abc", "abcd公司", []),
        ("มา", "เขามาที่นี่", ["มา"]),
        ("ที", "เขามาที่นี่", []),  # a sign follows on its last letter
        ("fund", "refund 基金fund", ["fund"]),
        ("“ไม่มี ตลาด”", "หมู่บ้านไม่มี ตลาด", ["ไม่มี ตลาด"]),
    ],
)
def test_where_no_blanks_part_words_a_word_is_found_anywhere(
    query: str, text: str, hits: list[str]
) -> None:
    found = search(parse_query(query), text, [Span(0, len(text))])
    assert [text[hit.span.start : hit.span.end] for hit in found] == hits

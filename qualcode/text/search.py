"""Search in transcripts: what was asked, where it stands, and the words around it.

A query is made of words (`eviction notice`: both in one turn), phrases (`"core funding"`), words
by their beginning (`fund*`), regular expressions (`/evict\\w*/`), and any of these with a minus
before it for turns that must not hold it. Case, accents and the shape of quotation marks do not
matter, except that a regular expression minds all but case. Words are whole: `fund` does not hit
`funding`.

A text is folded once (`folding.py`), looked through for each word by `in`, and only if it holds
them all by regular expression: no index has to be kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.errors import QueryError
from qualcode.model.spans import Span
from qualcode.text.folding import fold
from qualcode.text.patterns import compile_pattern, matches
from qualcode.text.words import LETTER, UNSPACED, is_inside_a_word

_TERM = re.compile(
    r"""(?P<minus>-?)(?:/(?P<regex>.+?)/(?=\s|$)|["“„](?P<phrase>[^"“”]*)["“”]|(?P<word>\S+))"""
)
_OUTER_MARKS = re.compile(rf"^(?:(?!{LETTER}|\*).)+|(?:(?!{LETTER}|\*).)+$", re.DOTALL)
_LETTER = re.compile(LETTER)


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of a query. `literals` are folded words that a text must hold for a hit.

    `pattern` runs over the folded text, or, with `is_regex`, over the text itself.
    """

    pattern: re.Pattern[str]
    literals: tuple[str, ...] = ()
    is_regex: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every wanted term in one turn, and no unwanted one."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of one wanted term; `turn` is the index in the turns that were given."""

    span: Span
    turn: int


def parse_query(query: str) -> Query:
    """What a person typed, understood. Raises QueryError."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(query):
        if found["regex"] is not None:
            pattern = compile_pattern(found["regex"])
            if isinstance(pattern, str):
                raise QueryError(query, pattern)
            term = Term(pattern, is_regex=True)
        else:
            phrase = found["phrase"] if found["phrase"] is not None else found["word"]
            if phrase.startswith("/"):
                raise QueryError(query, "a regular expression ends with a / too")
            term = _words(phrase, query)
        (unwanted if found["minus"] else wanted).append(term)
    if not wanted:
        problem = "it only says what is not looked for" if unwanted else "it holds no word"
        raise QueryError(query, problem)
    return Query(tuple(wanted), tuple(unwanted))


def search(query: Query, text: str, turns: Sequence[Span]) -> tuple[Hit, ...]:
    """Every hit in the turns that answer the query, in the order of the text.

    `turns` are in order and do not overlap; what reaches from one into the next is no hit.
    """
    folded = fold(text)
    if not all(literal in folded for term in query.wanted for literal in term.literals):
        return ()
    found = [list(_hits(term, text, folded, turns)) for term in query.wanted]
    answering = set.intersection(*({hit.turn for hit in hits} for hits in found))
    for term in query.unwanted:
        answering -= {hit.turn for hit in _hits(term, text, folded, turns)}
    hits = {hit for hits in found for hit in hits if hit.turn in answering}
    return tuple(sorted(hits, key=lambda hit: (hit.span.start, hit.span.end)))


def window(text: str, span: Span, *, width: int, within: Span | None = None) -> tuple[int, int]:
    """Where the words around a hit begin and end: up to `width` characters on either side.

    They are cut between words, and between letters in writing that puts no blanks between words.
    `within` is the turn, so that nobody else's words stand beside it; None is the whole text.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    begin = max(start, span.start - width)
    while start < begin < span.start and not _may_be_cut(text, begin):
        begin += 1
    finish = min(end, span.end + width)
    while span.end < finish < end and not _may_be_cut(text, finish):
        finish -= 1
    return begin, finish


def on_one_line(words: str) -> str:
    """The words with every run of blanks as one."""
    return re.sub(r"\s+", " ", words)


def _may_be_cut(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isspace() or after.isspace():
        return True
    unspaced = UNSPACED.match(before) or UNSPACED.match(after)
    return bool(unspaced) and not is_inside_a_word(at, text)


def _words(phrase: str, query: str) -> Term:
    """The term for words that stand one after another, each whole but before a star."""
    words = [_OUTER_MARKS.sub("", word) for word in fold(phrase).split()]
    words = [word for word in words if _LETTER.search(word)]
    if not words:
        raise QueryError(query, f"'{phrase}' holds no word")
    if any("*" in word[:-1] for word in words):
        raise QueryError(query, "the star stands at the end of a word")
    stems = tuple(word.removesuffix("*") for word in words)
    ends = (
        f"{LETTER}*" if word.endswith("*") else _end_of(stem)
        for word, stem in zip(words, stems, strict=True)
    )
    parts = (re.escape(stem) + end for stem, end in zip(stems, ends, strict=True))
    return Term(re.compile(rf"(?:(?!{LETTER}).)+".join(parts), re.DOTALL), stems)


def _end_of(stem: str) -> str:
    return "" if UNSPACED.match(stem[-1]) else f"(?!(?!{UNSPACED.pattern}){LETTER})"


def _hits(term: Term, text: str, folded: str, turns: Sequence[Span]) -> Iterator[Hit]:
    if term.is_regex:
        for number, turn in enumerate(turns):
            yield from (Hit(span, number) for span in matches(term.pattern, text, turn))
        return
    if not all(literal in folded for literal in term.literals):
        return
    starts = [turn.start for turn in turns]
    at = 0
    # The edge before the word is looked at here and not in the pattern, which then begins with
    # letters: the engine finds those ten times as fast.
    while found := term.pattern.search(folded, at):
        number = bisect_right(starts, found.start()) - 1
        is_inside = number >= 0 and found.end() <= turns[number].end
        if is_inside and not any(is_inside_a_word(edge, folded) for edge in found.span()):
            yield Hit(Span(*found.span()), number)
            at = found.end()
        else:
            at = found.start() + 1

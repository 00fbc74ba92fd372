"""Where names stand in a text, however they are written there.

Whole words alone count: `Ann` is not in `Annual`. The words of the text are looked up among the
words of the names, and only where one of them occurs is it looked at more closely, so a text in
which nobody is named costs the same for one name and for a thousand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qualcode.model.spans import Span
from qualcode.text.name_words import EVERYDAY, MONTHS, TITLES
from qualcode.text.plain import WORD, Plain, distinct_words, plain_spelling, plain_words
from qualcode.text.words import UNSPACED

_LONGEST_GAP: Final = 4
"""Signs between two words of one name: a comma, a line's end and two blanks."""

_SHORTEST_JOINED: Final = 8
"""Letters of a name that is found written as one word, as in a file's name or behind an @."""

_AS_GOOD_AS_A_WORD: Final = 2
"""Letters of a word so short that its small form is rather a word than a name."""

_FEW_WORDS: Final = 25
"""Up to so many, looking for each of them is quicker than going through all words of a text."""

_GAP_SIGNS: Final = frozenset(" \t\n\r\x0b\x0c-'_.,")
_BLANKS: Final = " \t\n\r\x0b\x0c"
_TITLE_BEFORE: Final = re.compile(r"([a-z]+)\.?[ \n]{1,2}$")
_DAY_BEFORE: Final = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[ -]$")
_YEAR_OR_DAY_BEHIND: Final = re.compile(r",?[ -]\d")
_LINE_ENDS: Final = ("-\n", "-\r\n")
_SEAM: Final = re.compile(r"(?<=[a-z\x80-\U0010ffff])-\r?\n ?(?=[a-z\x80-\U0010ffff])")
_LETTER_ALONE: Final = re.compile(r"-[A-Za-z]-")
_SPELT_OUT: Final = re.compile(r"(?<![a-z\x80-\U0010ffff-])(?:[a-z]-){2,}[a-z](?![a-z-])")
_RUN_ON: Final = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
"""Korean letters: what belongs to a name's grammar is written on to it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a part of one, and what is shown in its place; None lets it stand.

    In `words` a single letter is an initial, and a comma may stand where one is in the text.
    """

    words: str
    shown: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a text in which a term stands, and what is shown in its place."""

    span: Span
    shown: str
    term: Term


@dataclass(frozen=True, slots=True)
class _Form:
    """A term as it is looked for: its words, the longest of them, what may stand between them."""

    words: tuple[str, ...]
    anchor: int
    commas: frozenset[int]
    initials: frozenset[int]
    term: Term
    rank: int


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    form: _Form


class NameFinder:
    """Finds terms in texts. Of two that overlap the longer holds, of equals the one let stand:
    `Sarah Jones Smith` hides `Sarah Jones`, and not the other way round.

    `words` are forms that somebody has said to be words here. They, and the small forms of names
    that are everyday words, are found only behind a title.
    """

    def __init__(self, terms: Iterable[Term], *, words: Iterable[str] = ()) -> None:
        self._by_anchor: dict[str, list[_Form]] = {}
        self._anchors: dict[bytes, str] = {}
        self._unspaced: list[_Form] = []
        self._words = frozenset(plain_words(word) for word in words)
        seen: set[tuple[tuple[str, ...], str | None]] = set()
        for rank, term in enumerate(terms):
            for form in _forms(term, rank):
                if (form.words, term.shown) not in seen:
                    seen.add((form.words, term.shown))
                    self._add(form)

    def __bool__(self) -> bool:
        """False where there is nothing to look for."""
        return bool(self._by_anchor or self._unspaced)

    def find(self, text: str) -> list[Found]:
        """Every place of a term that is not let stand, in order, none overlapping."""
        present = distinct_words(text).intersection(self._anchors) if self._anchors else ()
        if not present and not self._unspaced and not _may_be_in_pieces(text):
            return []
        plain = plain_spelling(text)
        matches = list(self._matches(text, plain, {self._anchors[one] for one in present}))
        if not matches:
            return []
        return [
            Found(Span(start, end), match.form.term.shown, match.form.term)
            for match in _apart(matches)
            if match.form.term.shown is not None
            for start, end in [(plain.begins(match.start), plain.ends(match.end))]
        ]

    def _add(self, form: _Form) -> None:
        if any(UNSPACED.search(word) or _RUN_ON.search(word) for word in form.words):
            self._unspaced.append(form)
            return
        anchor = form.words[form.anchor]
        self._anchors[anchor.encode("utf-8", "surrogatepass")] = anchor
        self._by_anchor.setdefault(anchor, []).append(form)

    def _matches(self, text: str, plain: Plain, present: set[str]) -> Iterator[_Match]:
        for word, at in _occurrences(plain.text, present):
            for form in self._by_anchor[word]:
                match = _around(text, plain, at, form)
                if match is not None and not self._is_a_word(text, plain, match):
                    yield match
        if _may_be_in_pieces(text):
            yield from self._spelt_out(text, plain)
            yield from self._parted(text, plain)
        for form in self._unspaced:
            # Where no blanks part the words, or endings are written on, every place is an edge.
            joined = "".join(form.words)
            at = plain.text.find(joined)
            while at >= 0:
                yield _Match(at, at + len(joined), form)
                at = plain.text.find(joined, at + len(joined))

    def _spelt_out(self, text: str, plain: Plain) -> Iterator[_Match]:
        """Names that somebody spells: `O-K-A-F-O-R`."""
        for found in _SPELT_OUT.finditer(plain.text):
            for form in self._by_anchor.get(found[0].replace("-", ""), ()):
                match = _Match(found.start(), found.end(), form)
                if len(form.words) == 1 and not self._is_a_word(text, plain, match):
                    yield match

    def _parted(self, text: str, plain: Plain) -> Iterator[_Match]:
        """Names that a hyphen parts at the end of a line, found in the text without it."""
        gone = {at for seam in _SEAM.finditer(plain.text) for at in range(*seam.span())}
        if not gone:
            return
        kept = [at for at in range(len(plain.text)) if at not in gone]
        signs = "".join(plain.text[at] for at in kept)
        joined = Plain(signs, plain.length, [plain.begins(at) for at in kept])
        present = self._by_anchor.keys() & set(WORD.findall(signs))
        for word, at in _occurrences(signs, present):
            for form in self._by_anchor[word]:
                match = _around(text, joined, at, form)
                if match is None or self._is_a_word(text, joined, match):
                    continue
                start, end = kept[match.start], kept[match.end - 1] + 1
                if end - start > match.end - match.start:
                    yield _Match(start, end, form)

    def _is_a_word(self, text: str, plain: Plain, match: _Match) -> bool:
        """True for what looks like a name and is a word of the language, or was said to be one."""
        form = match.form
        if form.words[0] in MONTHS and len(form.words) == 1 and _is_a_date(plain.text, match):
            return True
        said = form.words in self._words
        if not said and not all(
            word in EVERYDAY or len(word) <= _AS_GOOD_AS_A_WORD for word in form.words
        ):
            return False
        if not said and not text[plain.begins(match.start) : plain.ends(match.end)].islower():
            return False
        before = _TITLE_BEFORE.search(plain.text, max(0, match.start - 15), match.start)
        return before is None or before[1] not in TITLES


def _may_be_in_pieces(text: str) -> bool:
    """True where a hyphen could part the letters of one word; quickly told, for it is rare."""
    if "-" not in text:
        return False
    return any(end in text for end in _LINE_ENDS) or _LETTER_ALONE.search(text) is not None


def _is_a_date(plain: str, match: _Match) -> bool:
    before = _DAY_BEFORE.search(plain, max(0, match.start - 8), match.start)
    return before is not None or _YEAR_OR_DAY_BEHIND.match(plain, match.end) is not None


def _forms(term: Term, rank: int) -> Iterator[_Form]:
    """A term as it is written, and with what is joined in it written as one word."""
    plain = plain_spelling(term.words).text
    found = list(WORD.finditer(plain))
    if not found:
        return
    gaps = [plain[a.end() : b.start()] for a, b in pairwise(found)] + [plain[found[-1].end() :]]
    words = tuple(word[0] for word in found)
    initials = frozenset(
        at
        for at, word in enumerate(words)
        if gaps[at].startswith(".")
        # The s of "Women's" is no initial, though it is a letter by itself.
        or (len(word) == 1 and gaps[at] not in ("'", "-") and (at == 0 or gaps[at - 1] != "'"))
    )
    commas = frozenset(at for at, gap in enumerate(gaps) if "," in gap)
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    yield _Form(words, longest, commas, initials, term, rank)
    if len(words) == 1 or initials or commas:
        return
    joined = [words[0]]
    for word, gap in zip(words[1:], gaps, strict=False):
        if gap in ("'", "-"):
            joined[-1] += word
        else:
            joined.append(word)
    if len(joined) < len(words):
        longest = max(range(len(joined)), key=lambda at: len(joined[at]))
        yield _Form(tuple(joined), longest, frozenset(), frozenset(), term, rank)
    one = "".join(words)
    if len(joined) > 1 and len(one) >= _SHORTEST_JOINED:
        yield _Form((one,), 0, frozenset(), frozenset(), term, rank)


def _occurrences(plain: str, words: set[str]) -> Iterator[tuple[str, int]]:
    """Where these words stand as whole words."""
    if len(words) > _FEW_WORDS:
        for found in WORD.finditer(plain):
            if found[0] in words:
                yield found[0], found.start()
        return
    for word in words:
        at = plain.find(word)
        while at >= 0:
            end = at + len(word)
            if not _is_letter(plain, at - 1) and not _is_letter(plain, end):
                yield word, at
            at = plain.find(word, end)


def _is_letter(plain: str, at: int) -> bool:
    return 0 <= at < len(plain) and ("a" <= plain[at] <= "z" or plain[at] >= "\x80")


def _around(text: str, plain: Plain, at: int, form: _Form) -> _Match | None:
    """The whole of a form whose longest word begins at `at`, or None."""
    start, end = at, at + len(form.words[form.anchor])
    for number in range(form.anchor - 1, -1, -1):
        before = _word_before(plain.text, start, form, number)
        if before is None:
            return None
        start = _initial(text, plain, before, form, number)
        if start < 0:
            return None
    for number in range(form.anchor + 1, len(form.words)):
        behind = _word_behind(plain.text, end, form, number)
        if behind is None or _initial(text, plain, behind, form, number) < 0:
            return None
        end = behind + len(form.words[number])
    return _Match(start, end, form)


def _initial(text: str, plain: Plain, at: int, form: _Form, number: int) -> int:
    """`at`, or -1 for a small letter where an initial has to stand: `it's Jones` names no S."""
    is_letter = number in form.initials and len(form.words[number]) == 1
    small = is_letter and text[plain.begins(at)].islower()
    return -1 if small else at


def _word_before(plain: str, start: int, form: _Form, number: int) -> int | None:
    gap = start
    while gap > 0 and start - gap < _LONGEST_GAP and plain[gap - 1] in _GAP_SIGNS:
        gap -= 1
    word = form.words[number]
    at = gap - len(word)
    if at < 0 or not plain.startswith(word, at) or _is_letter(plain, at - 1):
        return None
    return at if _may_part(plain[gap:start], form, number) else None


def _word_behind(plain: str, end: int, form: _Form, number: int) -> int | None:
    at = end
    while at < len(plain) and at - end < _LONGEST_GAP and plain[at] in _GAP_SIGNS:
        at += 1
    word = form.words[number]
    if not plain.startswith(word, at) or _is_letter(plain, at + len(word)):
        return None
    return at if _may_part(plain[end:at], form, number - 1) else None


def _may_part(gap: str, form: _Form, number: int) -> bool:
    """True for signs that may stand behind the word of this number within one name."""
    sign = gap.strip(_BLANKS)
    if sign == ".":
        return gap == "." or number in form.initials
    if sign == ",":
        return number in form.commas
    return bool(gap) and sign in ("", "-", "'", "_")


def _apart(matches: Sequence[_Match]) -> list[_Match]:
    """The matches that hold, in order, none overlapping."""
    starts: list[int] = []
    kept: list[_Match] = []
    by_claim = sorted(_without_rows(matches), key=_claim)
    for match in by_claim:
        at = bisect_left(starts, match.start)
        if at > 0 and kept[at - 1].end > match.start:
            continue
        if at < len(kept) and kept[at].start < match.end:
            continue
        starts.insert(at, match.start)
        kept.insert(at, match)
    return kept


def _without_rows(matches: Sequence[_Match]) -> Iterator[_Match]:
    """The matches but for names turned round that another cuts: `Smith, Sarah Jones` are two."""
    whole = sorted(
        (match for match in matches if len(match.form.words) > 1 and not match.form.commas),
        key=lambda match: match.start,
    )
    starts = [match.start for match in whole]
    longest = max((match.end - match.start for match in whole), default=0)
    for match in matches:
        first, last = bisect_left(starts, match.start - longest), bisect_left(starts, match.end)
        if not match.form.commas or not any(_cuts(one, match) for one in whole[first:last]):
            yield match


def _cuts(one: _Match, two: _Match) -> bool:
    return one.start < two.start < one.end or one.start < two.end < one.end


def _claim(match: _Match) -> tuple[bool, int, bool, bool, int, int]:
    """In which order matches that overlap hold.

    Names of several words before single ones, the longer before the shorter, those that are let
    stand before others.
    """
    form = match.form
    return (
        len(form.words) == 1,
        -sum(map(len, form.words)),
        bool(form.commas),
        form.term.shown is not None,
        form.rank,
        match.start,
    )

"""Where names stand in a text, however they are written there.

Whole words alone count: `Ann` is not in `Annual`. The words of the text are looked up among the
words of the names, and only where one of them occurs is it looked at more closely, so a text in
which nobody is named costs the same for one name and for a thousand. What the words around a form
say is `context`'s to tell, and names that do not stand whole are `pieces`'s to find.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from qualcode.model.spans import Span
from qualcode.text.names.context import has_title_before, is_a_date, is_the_word, may_be_a_place
from qualcode.text.names.pieces import Mended, Pieces
from qualcode.text.plain import (
    WORD,
    Plain,
    distinct_tokens,
    plain_spelling,
    plain_words,
    with_characters_apart,
    words_of,
)
from qualcode.text.words import UNSPACED

_LONGEST_GAP: Final = 4
"""Signs between two words of one name: a comma, a line's end and two blanks."""

_SHORTEST_JOINED: Final = 8
"""Letters of a name that is found written as one word, as in a file's name or behind an @."""

_SHORTEST_HANDLE: Final = 6
"""Letters of a surname that is found written as one word with initials: `@nwolstenholme`."""

_FEW_WORDS: Final = 25
"""Up to so many, looking for each of them is quicker than going through all words of a text."""

_GAP_SIGNS: Final = frozenset(" \t\n\r\x0b\x0c-'_.,")
_BLANKS: Final = " \t\n\r\x0b\x0c"
_RUN_ON: Final = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
"""Korean letters: what belongs to a name's grammar is written on to it."""

_TURNS: Final = "\u202e"
_TURNED: Final = re.compile(f"{_TURNS}([^\u202c\u2069\r\n]+)")
"""Words that are written from their end, and read by eyes as they are meant."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name or a part of one, and what is shown in its place; None lets it stand.

    In `words` a single letter is an initial, and a comma may stand where one is in the text. What
    lets stand `as_written` does so in that very spelling, and only where it may be a place.
    """

    words: str
    shown: str | None
    as_written: bool = False


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
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """A form in a text, from `start` up to `end` of the text itself."""

    start: int
    end: int
    form: _Form


class NameFinder:
    """Finds terms in texts. Of two that overlap the longer holds, of equals the one let stand:
    `Sarah Jones Smith` hides `Sarah Jones`, and not the other way round.

    `words` are forms that somebody has said to be words here. They, and the small forms of names
    that are everyday words, are found only behind a title. `small` are words that the study knows
    in small letters.
    """

    def __init__(
        self,
        terms: Iterable[Term],
        *,
        words: Iterable[str] = (),
        small: Collection[str] = (),
    ) -> None:
        self._by_anchor: dict[str, list[_Form]] = {}
        self._unspaced: list[_Form] = []
        self._words = frozenset(plain_words(word) for word in words)
        spaced: set[str] = set()
        seen: set[tuple[tuple[str, ...], str | None, bool]] = set()
        for rank, term in enumerate(terms):
            for form in _forms(term, rank):
                key = form.words, term.shown, term.as_written
                if key not in seen:
                    seen.add(key)
                    self._add(form)
                    spaced.update(() if form.is_joined else form.words)
        self._anchors = frozenset(_key(anchor) for anchor in self._by_anchor)
        self._pieces = Pieces(spaced & self._by_anchor.keys(), small=small)
        runs = {word for some in self._by_anchor.values() for form in some for word in form.words}
        runs.update("".join(form.words) for form in self._unspaced)
        self._pairs = frozenset(
            pair for run in runs for one, two in pairwise(run) for pair in (one + two, two + one)
        )

    def __bool__(self) -> bool:
        """False where there is nothing to look for."""
        return bool(self._by_anchor or self._unspaced)

    def find(self, text: str) -> list[Found]:
        """Every place of a term that is not let stand, in order, none overlapping."""
        return [
            Found(Span(match.start, match.end), match.form.term.shown, match.form.term)
            for match in _apart(list(self._matches(text)))
            if match.form.term.shown is not None
        ]

    def may_meet(self, one: str, two: str) -> bool:
        """False where in no term these two letters stand side by side, in whichever order."""
        pair = one + two
        return not pair.isascii() or pair.lower() in self._pairs

    def _add(self, form: _Form) -> None:
        if any(UNSPACED.search(word) or _RUN_ON.search(word) for word in form.words):
            self._unspaced.append(form)
        else:
            self._by_anchor.setdefault(form.words[form.anchor], []).append(form)

    def _matches(self, text: str) -> Iterator[_Match]:
        yield from self._either_way(text)
        # What is turned within such a stretch stands the right way round in the text itself.
        for turned in _TURNED.finditer(text) if _TURNS in text else ():
            end = turned.end()
            for match in self._either_way(turned[1][::-1]):
                yield _Match(end - match.end, end - match.start, match.form)

    def _either_way(self, text: str) -> Iterator[_Match]:
        """Matches in a text, its characters that are written by their names read and left out."""
        yield from self._as_spelt(text, text)
        apart = with_characters_apart(text)
        if apart is not None:
            # As in `Jones&eacute;`, which holds the name, whatever it means.
            yield from self._as_spelt(text, apart)

    def _as_spelt(self, text: str, read: str) -> Iterator[_Match]:
        """Matches in a text as it is read; what is read otherwise has the places of the text."""
        tokens = distinct_tokens(read)
        words = words_of(tokens)
        present = {one.decode("utf-8", "surrogatepass") for one in words & self._anchors}
        suspects = self._pieces.suspects(tokens, words)
        if not (present or suspects or self._unspaced):
            return
        plain = plain_spelling(read)
        for word, at in _occurrences(plain.text, present):
            for form in self._by_anchor[word]:
                match = self._match(text, plain, at, form)
                if match is not None:
                    yield match
        mended = self._pieces.mended(read, plain, suspects) if suspects else None
        if mended is not None:
            yield from self._in_pieces(text, plain, mended)
        for form in self._unspaced:
            # Where no blanks part the words, or endings are written on, every place is an edge.
            joined = "".join(form.words)
            at = plain.text.find(joined)
            while at >= 0:
                yield _Match(plain.begins(at), plain.ends(at + len(joined)), form)
                at = plain.text.find(joined, at + len(joined))

    def _in_pieces(self, text: str, plain: Plain, mended: Mended) -> Iterator[_Match]:
        """Names of which a word was made whole."""
        whole = Plain(mended.text, plain.length, [plain.begins(at) for at in mended.places])
        begin = sorted({plain.begins(at) for at in mended.begin})
        present = self._by_anchor.keys() & set(WORD.findall(mended.text))
        for word, at in _occurrences(mended.text, present):
            for form in self._by_anchor[word]:
                match = self._match(text, whole, at, form)
                if match is not None and bisect_left(begin, match.start) < bisect_left(
                    begin, match.end
                ):
                    yield match

    def _match(self, text: str, plain: Plain, at: int, form: _Form) -> _Match | None:
        """A form whose longest word begins at `at`, unless it is no name there, or None."""
        around = _around(text, plain, at, form)
        if around is None:
            return None
        start, end = around
        match = _Match(plain.begins(start), plain.ends(end), form)
        written = text[match.start : match.end]
        if form.term.as_written and not (
            written == form.term.words and may_be_a_place(plain.text, start, end)
        ):
            return None
        if is_a_date(form.words, plain.text, start, end):
            return None
        is_a_word = form.words in self._words or is_the_word(
            form.words, written, plain.text, start, end
        )
        return None if is_a_word and not has_title_before(plain.text, start) else match


def _key(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


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
    if initials and not commas:
        yield from _handles(words, initials, term, rank)
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
        yield _Form(tuple(joined), longest, frozenset(), frozenset(), term, rank, len(joined) == 1)
    one = "".join(words)
    if len(joined) > 1 and len(one) >= _SHORTEST_JOINED:
        yield _Form((one,), 0, frozenset(), frozenset(), term, rank, True)


def _handles(
    words: tuple[str, ...], initials: frozenset[int], term: Term, rank: int
) -> Iterator[_Form]:
    """A surname written as one word with the initials before it, as people call themselves."""
    before = len(initials)
    is_handle = initials == set(range(before)) and all(len(one) == 1 for one in words[:before])
    if is_handle and len("".join(words[before:])) >= _SHORTEST_HANDLE:
        yield _Form(("".join(words),), 0, frozenset(), frozenset(), term, rank, True)


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


def _around(text: str, plain: Plain, at: int, form: _Form) -> tuple[int, int] | None:
    """Where in the plain text the whole of a form stands whose longest word begins at `at`."""
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
    return start, end


def _initial(text: str, plain: Plain, at: int, form: _Form, number: int) -> int:
    """`at`, or -1 for a small letter where an initial has to stand: `it's Jones` names no S."""
    is_letter = number in form.initials and len(form.words[number]) == 1
    small = is_letter and text[plain.begins(at)].islower()
    return -1 if small or (is_letter and _is_rather_a_word(plain.text, at, form, number)) else at


def _is_rather_a_word(plain: str, at: int, form: _Form, number: int) -> bool:
    """True of the I in `Sarah I think`, where `Sarah I.` would be a name."""
    stands_last = number == len(form.words) - 1 and form.term.words.endswith(".")
    return (
        stands_last
        and not form.commas
        and form.words[number] in ("a", "i")
        and plain[at + 1 : at + 2] != "."
    )


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

"""Where passages of a transcript lie in its corrected text: two texts aligned, then span by span.

Both texts become tokens, a word or a single sign each, and the shortest way from one row of tokens
to the other says which stayed; where words were replaced by words, the shortest way from
characters to characters says the same within them. A passage then reaches from its first character
that stayed to its last. How like its new words are to its old ones decides what that is worth: to
be laid on at once, to be looked at, or nothing. A passage that was moved crosses the way, so it is
looked for as quoted words are, and only ever proposed.

Which copy of a text is the corrected one, and what becomes of codings, is not known here.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, chain
from typing import Final

from qualcode.model.spans import Span
from qualcode.text import finding
from qualcode.text.words import LETTER, UNSPACED, is_inside_a_word

CARRIED_LIKENESS: Final = 90.0
"""From here on a passage whose words changed is laid on at once: a few slips set right."""

PROPOSED_LIKENESS: Final = 50.0
"""Below, the place holds other words: unrelated sentences of one language reach 45."""

FEWEST_KEPT: Final = 0.35
"""Share of a passage's characters that must have stayed for its place to be certain."""

MOST_KEPT: Final = 0.75
"""Share of them from which a place is proposed, however much was put in between."""

MOST_GROWTH: Final = 1.8
"""A passage that grew by more has taken something in that was not coded."""

MOVED_LIKENESS: Final = 85.0
"""Of quoted words that stand elsewhere now."""

CONTEXT_CHARACTERS: Final = 32
"""On either side, to tell apart the places where the same words stand."""

SHORT_CONTEXT_LIKENESS: Final = 75.0
"""How like the words on one side, or around, must be for the place of a few common words."""

CUT_TOKENS: Final = 10_000
"""Longer texts, half an hour of talk, are cut at what occurs once on both sides: four times as fast
for two hours, for aligning takes four times as long for twice as many tokens.
"""

MOST_TOKENS: Final = 100_000
"""Tokens that are aligned in one go at the most: 1.2 s."""

MOST_SEARCHED: Final = 1_000_000
"""Characters of a text, 20 hours of talk, in which moved passages are looked for: 30 ms each."""

_FEWEST_OF_A_PIECE: Final = 8  # tokens: `Yes, yes.` may occur once on both sides by chance
_PIECE: Final = 32  # tokens of a piece on average, where no line ends before
_MOST_COMPARED: Final = 5_000  # characters: the cost of a likeness grows with their square
_MOST_OF_A_GAP: Final = 10_000_000_000  # old by new characters: 0.3 s
_WIDEST_REPLACEMENT: Final = 3  # times what it replaces; more holds what was put in beside it

_ASCII_TOKEN: Final = re.compile(r"\w+|\W")
_TOKEN: Final = re.compile(rf"{LETTER}+|[^\w]")
_UNSPACED_TOKEN: Final = re.compile(
    rf"{UNSPACED.pattern}|(?:(?!{UNSPACED.pattern}){LETTER})+|[^\w]"
)

_Run = tuple[int, int, int]
"""Where a run begins in the old text and in the new, and its length."""


class Outcome(StrEnum):
    """What became of a passage in the corrected text."""

    CARRIED = "carried"
    ADJUSTED = "adjusted"
    CHECK = "check"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchored:
    """A passage's place in the new text; for CHECK a proposal, for LOST None.

    `likeness`, 0 to 100, is that of the new words to the old; 0 where there is no place.
    """

    outcome: Outcome
    span: Span | None
    likeness: float


_LOST: Final = Anchored(Outcome.LOST, None, 0.0)


class Alignment:
    """Two texts laid side by side once, for any number of passages.

    20,000 words with 400 passages take some 0.07 s. The same two texts give the same places.
    """

    def __init__(self, old: str, new: str) -> None:
        self._old = old
        self._new = new
        runs = list(_kept_characters(old, new))
        self._starts = [run[0] for run in runs]
        self._new_starts = [run[1] for run in runs]
        self._lengths = [run[2] for run in runs]

    def anchor(self, span: Span) -> Anchored:
        """Where a passage of the old text lies in the new one."""
        aligned = self._aligned(span)
        if aligned is None:
            return self._elsewhere(span, None) or _LOST
        place, kept = aligned
        quote, words = self._old[span.start : span.end], self._new[place.start : place.end]
        likeness = 100.0 if words == quote else _likeness(quote, words, kept)
        if self._is_certain(span, place, kept) and likeness >= CARRIED_LIKENESS:
            outcome = Outcome.CARRIED if words == quote else Outcome.ADJUSTED
            return Anchored(outcome, place, likeness)
        moved = self._elsewhere(span, place)
        if moved is not None and (moved.likeness > likeness or likeness == 100):
            return moved
        if likeness >= PROPOSED_LIKENESS or kept >= MOST_KEPT * len(quote):
            return Anchored(Outcome.CHECK, place, likeness)
        return _LOST

    def stayed(self, span: Span) -> Iterator[Span]:
        """Where in the new text the characters of a passage are that stayed, run by run."""
        for at in range(self._run_at(span.start), bisect_left(self._starts, span.end)):
            start, length = self._starts[at], self._lengths[at]
            low, high = max(span.start, start), min(span.end, start + length)
            yield Span(*(self._new_starts[at] + offset - start for offset in (low, high)))

    def _is_certain(self, span: Span, place: Span, kept: int) -> bool:
        """Whether the place is the passage's own, and holds little else."""
        if kept < FEWEST_KEPT * len(span) or len(place) > MOST_GROWTH * len(span):
            return False
        # A few common words lie on the way from text to text in many places.
        if len(span) >= finding.SHORT_CHARACTERS:
            return True
        return max(self._around(span, place)) >= SHORT_CONTEXT_LIKENESS

    # -- along the way from text to text ----------------------------------------------------------

    def _aligned(self, span: Span) -> tuple[Span, int] | None:
        """From the first character that stayed to the last, and how many did; None where none."""
        first = self._run_at(span.start)
        last = bisect_left(self._starts, span.end) - 1
        if first > last:
            return None
        kept = sum(
            min(span.end, self._starts[at] + self._lengths[at]) - max(span.start, self._starts[at])
            for at in range(first, last + 1)
        )
        low, high = self._start_from(span, first), self._end_from(span, last)
        place = self._at_edges_like(span, low, high)
        return None if place is None else (place, kept)

    def _run_at(self, offset: int) -> int:
        """The run that holds an offset of the old text, or the first one behind it."""
        at = bisect_right(self._starts, offset) - 1
        if at >= 0 and offset < self._starts[at] + self._lengths[at]:
            return at
        return at + 1

    def _start_from(self, span: Span, first: int) -> int:
        """Where the passage starts: at what stayed, or what took the place of its first words."""
        start, low = self._starts[first], self._new_starts[first]
        if span.start >= start:
            return low + span.start - start
        before, new_before = (0, 0) if first == 0 else self._end_of(first - 1)
        replaced_whole = before == span.start and low - new_before <= _widest(start - before)
        return new_before if replaced_whole else low

    def _end_from(self, span: Span, last: int) -> int:
        """Where it ends, likewise."""
        end, high = self._end_of(last)
        if span.end <= end:
            return high - (end - span.end)
        after, new_after = len(self._old), len(self._new)
        if last + 1 < len(self._starts):
            after, new_after = self._starts[last + 1], self._new_starts[last + 1]
        replaced_whole = after == span.end and new_after - high <= _widest(after - end)
        return new_after if replaced_whole else high

    def _end_of(self, run: int) -> tuple[int, int]:
        length = self._lengths[run]
        return self._starts[run] + length, self._new_starts[run] + length

    def _at_edges_like(self, span: Span, low: int, high: int) -> Span | None:
        """The place with its edges as the passage had them: between words, not on a blank."""
        old, new = self._old, self._new
        if not is_inside_a_word(span.start, old):
            while is_inside_a_word(low, new):
                low -= 1
        if not is_inside_a_word(span.end, old):
            while is_inside_a_word(high, new):
                high += 1
        while low < high and new[low].isspace() and not old[span.start].isspace():
            low += 1
        while low < high and new[high - 1].isspace() and not old[span.end - 1].isspace():
            high -= 1
        return Span(low, high) if low < high else None

    # -- elsewhere --------------------------------------------------------------------------------

    def _elsewhere(self, span: Span, aligned: Span | None) -> Anchored | None:
        """Where a passage stands that was moved: the likest place, of these that likest around.

        What overlaps the aligned place is a part of it, which is like the passage by leaving out.
        """
        if len(self._new) > MOST_SEARCHED:
            return None
        quote = self._old[span.start : span.end]
        found = finding.find_quote(
            quote, self._new, threshold=MOVED_LIKENESS, names_nearest=False
        ).places
        places = [one for one in found if aligned is None or not one.span.overlaps(aligned)]
        if not places:
            return None
        around = {one.span: sum(self._around(span, one.span)) / 2 for one in places}
        best = max(places, key=lambda one: (one.score, around[one.span]))
        if len(span) < finding.SHORT_CHARACTERS and around[best.span] < SHORT_CONTEXT_LIKENESS:
            return None
        return Anchored(Outcome.CHECK, best.span, best.score)

    def _around(self, span: Span, place: Span) -> tuple[float, float]:
        """How like, of 100, are the characters before the two, and those behind them."""
        from rapidfuzz import fuzz  # 14 ms to load

        old_before, old_after = _context(self._old, span)
        new_before, new_after = _context(self._new, place)
        return fuzz.ratio(old_before, new_before), fuzz.ratio(old_after, new_after)


def _widest(replaced: int) -> int:
    return _WIDEST_REPLACEMENT * replaced


def _likeness(quote: str, words: str, kept: int) -> float:
    """How like the words are; of long ones, what their common characters say at the least."""
    if max(len(quote), len(words)) > _MOST_COMPARED:
        return 200 * kept / (len(quote) + len(words))
    from rapidfuzz import fuzz

    return fuzz.ratio(quote, words)


def _context(text: str, span: Span) -> tuple[str, str]:
    before = text[max(0, span.start - CONTEXT_CHARACTERS) : span.start]
    return before, text[span.end : span.end + CONTEXT_CHARACTERS]


# -- what stayed ----------------------------------------------------------------------------------


def _kept_characters(old: str, new: str) -> Iterator[_Run]:
    """The runs of characters that stand in both texts, in the order of both."""
    ids: dict[str, int] = {}
    old_ids, old_at = _tokens(old, ids)
    new_ids, new_at = _tokens(new, ids)
    ends = (len(old_ids), len(new_ids), 0)
    a = b = 0  # as far as both texts are done
    for i, j, length in chain(_kept_tokens(old_ids, new_ids, ids.get("\n", -1)), (ends,)):
        start, new_start = old_at[i], new_at[j]
        if a < start and b < new_start:
            yield from _kept_within(old[a:start], new[b:new_start], a, b)
        a, b = old_at[i + length], new_at[j + length]
        if length:
            yield start, new_start, a - start


def _kept_within(old: str, new: str, a: int, b: int) -> Iterator[_Run]:
    """The characters that stayed where words were replaced; the two stand at `a` and `b`."""
    if len(old) * len(new) > _MOST_OF_A_GAP:
        return
    from rapidfuzz.distance import Levenshtein

    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal":
            yield a + op.src_start, b + op.dest_start, op.src_end - op.src_start


def _tokens(text: str, ids: dict[str, int]) -> tuple[array[int], array[int]]:
    """A number for each token, the same for the same, and where each begins, the end behind them.

    Numbers in arrays: of a text of two million words, lists of strings would take 300 MB.
    """
    pattern = _ASCII_TOKEN if text.isascii() else _TOKEN
    if pattern is _TOKEN and UNSPACED.search(text):
        pattern = _UNSPACED_TOKEN
    tokens = pattern.findall(text)
    numbers = array("Q", [ids.setdefault(token, len(ids)) for token in tokens])
    return numbers, array("Q", accumulate(map(len, tokens), initial=0))


def _kept_tokens(old: array[int], new: array[int], line_end: int) -> Iterator[_Run]:
    """The runs of tokens that stand in both, on the shortest way from one to the other."""
    start = _common(zip(old, new, strict=False))
    rest = min(len(old), len(new)) - start
    end = min(rest, _common(zip(reversed(old), reversed(new), strict=False)))
    if start:
        yield 0, 0, start
    middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(middle), len(new_middle)) <= CUT_TOKENS:
        found = _shortest_way(middle, new_middle)
    else:
        found = _cut_first(middle, new_middle, line_end)
    yield from ((start + i, start + j, length) for i, j, length in found)
    if end:
        yield len(old) - end, len(new) - end, end


def _common(pairs: Iterator[tuple[int, int]]) -> int:
    """How many pairs are of equals before the first that is not."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _shortest_way(old: Sequence[int], new: Sequence[int]) -> Iterator[_Run]:
    if not (old and new):
        return
    from rapidfuzz.distance import Levenshtein  # 14 ms to load; Indel would take 1.2 GB

    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start


# -- long texts -----------------------------------------------------------------------------------


def _cut_first(old: array[int], new: array[int], line_end: int) -> Iterator[_Run]:
    """The same for long texts, piece by piece between what occurs once on both sides.

    A stretch that is too long even then, such as one word said a million times, counts as replaced.
    """
    ends = (len(old), len(new), 0)
    a = b = 0
    for i, j, length in chain(_in_both_once(old, new, line_end), (ends,)):
        if max(i - a, j - b) <= MOST_TOKENS:
            for k, m, n in _shortest_way(old[a:i], new[b:j]):
                yield a + k, b + m, n
        if length:
            yield i, j, length
        a, b = i + length, j + length


def _in_both_once(old: array[int], new: array[int], line_end: int) -> list[_Run]:
    """The pieces that occur once on both sides, as many as stand in one order there."""
    mine, theirs = _pieces_once(old, line_end), _pieces_once(new, line_end)
    pairs = [
        (at, theirs[mark][0], length)
        for mark, (at, length) in mine.items()
        if mark in theirs and theirs[mark][1] == length
    ]
    same = [(i, j, n) for i, j, n in pairs if old[i : i + n] == new[j : j + n]]
    return _in_one_order(sorted(same))


def _pieces_once(tokens: array[int], line_end: int) -> dict[int, tuple[int, int]]:
    """Where each piece that occurs once begins, and its length, by its hash."""
    found = {}
    counts: Counter[int] = Counter()
    for at, end in _pieces(tokens, line_end):
        mark = hash(tokens[at:end].tobytes())
        counts[mark] += 1
        found[mark] = (at, end - at)
    return {mark: place for mark, place in found.items() if counts[mark] == 1}


def _pieces(tokens: array[int], line_end: int) -> Iterator[tuple[int, int]]:
    """Pieces as (start, end): they end with a line, and where the tokens themselves say so.

    What ends a piece is in the three tokens there, so that words put in change one piece alone.
    """
    start = 0
    for at in range(2, len(tokens)):
        window = (tokens[at - 2], tokens[at - 1], tokens[at])
        if tokens[at] == line_end or hash(window) % _PIECE == 0:
            if at + 1 - start >= _FEWEST_OF_A_PIECE:
                yield start, at + 1
            start = at + 1
    if len(tokens) - start >= _FEWEST_OF_A_PIECE:
        yield start, len(tokens)


def _in_one_order(pairs: Sequence[_Run]) -> list[_Run]:
    """As many of the pairs, in their order by the first number, as rise in the second as well."""
    tops: list[int] = []  # of the best row of each length, its last second number
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j, _) in enumerate(pairs):
        place = bisect_left(tops, j)
        before.append(ends[place - 1] if place else -1)
        tops[place : place + 1] = [j]
        ends[place : place + 1] = [at]
    chosen = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]

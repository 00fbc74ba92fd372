"""Word, sentence and turn: what the cursor steps by, and what a selection grows by.

The cursor is a span, not a place between two letters. A step goes from any unit to any other; an
extension keeps one end and moves the other, as in every editor.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualcode.model.spans import Span, Turn
from qualcode.text.words import UNSPACED, WORD
from qualcode.tui.transcript.cells import clusters

TURNS_KEPT = 16
"""Of so many turns the words are kept at hand: a cursor seldom wanders further."""


_PARAGRAPHS = re.compile(r"[^\n]+(?:\n[^\n]+)*")


class Unit(StrEnum):
    """What a cursor or a selection is counted in."""

    WORD = "word"
    SENTENCE = "sentence"
    TURN = "turn"


_SIZES = tuple(Unit)
"""The units from the smallest to the largest."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Spans side by side in order, none overlapping another, ready to be searched."""

    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, spans: Sequence[tuple[int, int]]) -> _Row:
        return cls([start for start, _ in spans], [end for _, end in spans])

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, at: int) -> Span:
        return Span(self.starts[at], self.ends[at])

    def ending_after(self, offset: int) -> int:
        """Index of the first one that ends after the offset; the length where none does."""
        return bisect_right(self.ends, offset)

    def starting_before(self, offset: int) -> int:
        """Index of the last one that starts before the offset; -1 where none does."""
        return bisect_left(self.starts, offset) - 1


class Units:
    """The words, sentences and turns of one text.

    A turn without words is one word. Sentences are found elsewhere and given later; until then
    there are none. In writing without blanks between words every sign is a word.
    """

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self._text = text
        self._turns = _Row.of([(turn.start, turn.end) for turn in turns if turn.start < turn.end])
        self._sentences: _Row | None = None
        self._words_of = lru_cache(TURNS_KEPT)(self._find_words)

    @property
    def sentences_known(self) -> bool:
        """False until sentences were given."""
        return self._sentences is not None

    def set_sentences(self, spans: Sequence[Span] | None) -> None:
        """Give the sentences, in order; None takes them back."""
        given = None if spans is None else [(span.start, span.end) for span in spans]
        self._sentences = _Row.of(given) if given else None

    # -- one unit ---------------------------------------------------------------------------------

    def at(self, unit: Unit, offset: int) -> Span | None:
        """The unit that holds the offset, else the next one, else the last; None without any."""
        return self._after(unit, offset) or self._before(unit, offset + 1)

    def first(self, unit: Unit) -> Span | None:
        """The first unit of the text."""
        return self._after(unit, -1)

    def last(self, unit: Unit) -> Span | None:
        """The last unit of the text."""
        return self._before(unit, len(self._text) + 1)

    def around(self, unit: Unit, span: Span) -> Span:
        """The span grown to whole units at both ends."""
        first = self.at(unit, span.start) or span
        last = self._before(unit, span.end) or span
        return Span(min(first.start, span.start), max(last.end, span.end))

    # -- steps ------------------------------------------------------------------------------------

    def step(self, span: Span, unit: Unit, step: int, *, counted_in: Unit | None = None) -> Span:
        """Where the cursor goes from a span: to the next unit (`step` 1) or the one before (-1).

        `counted_in` is the unit of the span itself, None for the same. From a larger unit to a
        smaller one it goes inside: on to the first, back to the last. From a smaller one back to
        a larger one it takes that around the span, then the one before. At an end of the text the
        last unit stays.
        """
        here = self.at(unit, span.start)
        if here is None:
            return span
        last = self._before(unit, span.end) or here
        if _is_smaller(unit, counted_in or unit) and here.start >= span.start:
            return here if step > 0 else last
        if step > 0:
            return self._after(unit, max(span.end, here.end) - 1, whole=True) or last
        around = here.start <= span.start and here.end >= span.end and here != span
        return here if around else self._before(unit, span.start, whole=True) or here

    def extend(self, span: Span, unit: Unit, step: int, *, back: bool) -> tuple[Span, bool]:
        """A selection with its moving end one unit further, and whether that end is its start.

        `back` says which end moves: its start, else its end. An end that cannot come nearer to
        the one that stays crosses over, and the selection grows on the other side.
        """
        if step > 0:
            return self._end_on(span, unit, back=back)
        return self._end_back(span, unit, back=back)

    def _end_on(self, span: Span, unit: Unit, *, back: bool) -> tuple[Span, bool]:
        if back:
            start = self._start_after(unit, span.start)
            if start is not None and start < span.end:
                return Span(start, span.end), True
        following = self._after(unit, span.end)
        return (span if following is None else Span(span.start, following.end)), False

    def _end_back(self, span: Span, unit: Unit, *, back: bool) -> tuple[Span, bool]:
        if not back:
            end = self._end_before(unit, span.end)
            if end is not None and end > span.start:
                return Span(span.start, end), False
        before = self._before(unit, span.start)
        return (span if before is None else Span(before.start, span.end)), True

    def _start_after(self, unit: Unit, offset: int) -> int | None:
        """The first start of a unit after the offset."""
        found = self._after(unit, offset)
        if found is not None and found.start <= offset:
            found = self._after(unit, found.end)
        return None if found is None else found.start

    def _end_before(self, unit: Unit, offset: int) -> int | None:
        """The last end of a unit before the offset."""
        found = self._before(unit, offset)
        if found is not None and found.end >= offset:
            found = self._before(unit, found.start)
        return None if found is None else found.end

    # -- looking for one --------------------------------------------------------------------------

    def _after(self, unit: Unit, offset: int, *, whole: bool = False) -> Span | None:
        """The first unit that ends after the offset; `whole`: that starts after it."""
        row = self._row(unit)
        if row is None:
            return self._word_after(offset, whole)
        at = row.ending_after(offset)
        if whole and at < len(row) and row.starts[at] <= offset:
            at += 1
        return row[at] if at < len(row) else None

    def _before(self, unit: Unit, offset: int, *, whole: bool = False) -> Span | None:
        """The last unit that starts before the offset; `whole`: that ends by it."""
        row = self._row(unit)
        if row is None:
            return self._word_before(offset, whole)
        at = row.starting_before(offset)
        if whole and at >= 0 and row.ends[at] > offset:
            at -= 1
        return row[at] if at >= 0 else None

    def _row(self, unit: Unit) -> _Row | None:
        """The spans of a unit; None for words, which are found turn by turn."""
        if unit is Unit.TURN:
            return self._turns
        return (self._sentences or _Row((), ())) if unit is Unit.SENTENCE else None

    def _word_after(self, offset: int, whole: bool) -> Span | None:
        for turn in range(self._turns.ending_after(offset), len(self._turns)):
            words = self._words_of(turn)
            at = words.ending_after(offset)
            if whole and at < len(words) and words.starts[at] <= offset:
                at += 1
            if at < len(words):
                return words[at]
        return None

    def _word_before(self, offset: int, whole: bool) -> Span | None:
        for turn in range(self._turns.starting_before(offset), -1, -1):
            words = self._words_of(turn)
            at = words.starting_before(offset)
            if whole and at >= 0 and words.ends[at] > offset:
                at -= 1
            if at >= 0:
                return words[at]
        return None

    def _find_words(self, turn: int) -> _Row:
        start, end = self._turns.starts[turn], self._turns.ends[turn]
        found: list[tuple[int, int]] = []
        for word in WORD.finditer(self._text, start, end):
            if word[0].isascii() or not UNSPACED.search(word[0]):
                found.append(word.span())
            else:
                at = word.start()
                found += [(at + first, at + last) for first, last, _ in clusters(word[0])]
        if found:
            return _Row.of(found)
        words = self._text[start:end]
        if words.strip():
            end = start + len(words.rstrip())
            start = end - len(words.strip())
        return _Row.of([(start, end)])


def paragraphs(text: str) -> tuple[Turn, ...]:
    """What stands between blank lines, as turns of nobody: for a text that has no turns."""
    found = enumerate(_PARAGRAPHS.finditer(text), start=1)
    return tuple(Turn(number, *match.span()) for number, match in found)


def _is_smaller(unit: Unit, other: Unit) -> bool:
    return _SIZES.index(unit) < _SIZES.index(other)

"""Where quoted words stand in a text: as they are, else in another spelling, else nearly.

People quote from memory, from a Word file, with words left out. So a quotation is looked for
exactly first; then folded (`folding.py`), whatever blanks stand between its words; then by
rapidfuzz, which finds the likest window, whose ends are set right afterwards. The score is the
likeness of the folded quotation and the place, 0 to 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from qualcode.model.spans import Span
from qualcode.text.folding import fold
from qualcode.text.words import LETTER, WORD, is_inside_a_word

THRESHOLD = 85.0
"""Score from which a place is taken for the one that is meant.

Nine in ten quotations with every tenth word changed reach it; in another interview of the same
study nothing does but a question of the same guide.
"""

SHORT_THRESHOLD = 95.0
"""The same for a short quotation."""

SHORT_CHARACTERS = 25
"""A quotation below this is short: a few common words are nearly said in many places."""

NEAREST = 50.0
"""Score below which a place is not even named as the nearest."""

LONG_CHARACTERS = 500
"""A longer quotation is looked for by its ends: the cost of a window grows with its square."""

END_CHARACTERS = 200
"""So much of a long quotation is looked for, at either end."""

MOST_PLACES = 20
"""Places of the first part of a quotation that are followed up, and parts it may have."""

MOST_EVEN = 5
"""Places that are looked for beside the likest one: enough to say that a quotation is ambiguous."""

EVEN = 2.0
"""Points within which two places are equally good: then the quotation is ambiguous."""

_REPAIR_CHARACTERS = 40
_REPAIR_GAIN = 10.0  # points that setting the ends right may add to the score of a window
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…)\s*")
_QUOTED = re.compile(r"""\s*(?:"([^"]+)"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»)\s*""")
_LETTER = re.compile(LETTER)
_PUNCTUATION = re.compile(r"""[.,;:?!…"'”’»)\]]*""")


@dataclass(frozen=True, slots=True)
class Found:
    """One place. `exact` where the very characters stand there; `score` is 0 to 100."""

    span: Span
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """All places at which a quotation stands, or the best of those at which it nearly does.

    Several places are in the order of the text: then it is ambiguous. With none, `nearest` is the
    likest place below the threshold, or None. `threshold` is the one that was asked.
    """

    places: tuple[Found, ...]
    nearest: Found | None
    threshold: float


def find_quote(
    words: str, text: str, *, threshold: float | None = None, names_nearest: bool = True
) -> Finding:
    """Where these words stand in the text.

    An ellipsis in the quotation stands for anything: the parts are found in order, and the place
    reaches from the first to the last. Quotation marks around the whole are not part of it.
    `threshold` is a score; None stands for the one that suits the length of the quotation. Without
    `names_nearest` nothing below it is looked for, which spares two thirds of the time.
    """
    words = words.strip()
    if threshold is None:
        threshold = SHORT_THRESHOLD if len(words) < SHORT_CHARACTERS else THRESHOLD
    if not text or not _LETTER.search(words):
        return Finding((), None, threshold)
    if exact := _exactly(words, text):
        return Finding(tuple(Found(span, 100.0, exact=True) for span in exact), None, threshold)
    if quoted := _QUOTED.fullmatch(words):
        words = next(group for group in quoted.groups() if group)
    quote, folded = " ".join(fold(words).split()), fold(text)
    parts = [part for part in _ELLIPSIS.split(quote) if _LETTER.search(part)]
    for spelling in (quote, *parts) if len(parts) == 1 else (quote,):
        if spans := list(_with_any_blanks(spelling, folded, 0, len(folded))):
            return Finding(
                tuple(Found(span, 100.0, exact=False) for span in spans), None, threshold
            )
    if 1 < len(parts) <= MOST_PLACES:
        best = _in_order(parts, folded)
        places = [best] if best else []
    else:
        places = list(_nearly(quote, folded, threshold, names_nearest=names_nearest))
    taken = [place for place in places if place.score >= threshold]
    if taken:
        return Finding(tuple(sorted(taken, key=lambda place: place.span)), None, threshold)
    named = [place for place in places if place.score >= NEAREST]
    return Finding((), max(named, key=lambda place: place.score, default=None), threshold)


def _exactly(words: str, text: str) -> list[Span]:
    """Every place of the very characters; those that cut a word only where there is no other."""
    spans = [Span(*found.span()) for found in re.finditer(re.escape(words), text)]
    whole = [span for span in spans if not _cuts_a_word(span, text)]
    return whole or spans


def _with_any_blanks(quote: str, folded: str, start: int, end: int) -> Iterator[Span]:
    """Every place of a folded quotation, its words parted by any blanks and none of them cut."""
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    for found in pattern.finditer(folded, start, end):
        span = Span(*found.span())
        if not _cuts_a_word(span, folded):
            yield span


def _cuts_a_word(span: Span, text: str) -> bool:
    return is_inside_a_word(span.start, text) or is_inside_a_word(span.end, text)


# -- nearly ---------------------------------------------------------------------------------------


def _nearly(quote: str, folded: str, threshold: float, *, names_nearest: bool) -> Iterator[Found]:
    """The likest place, then others as good; the first may be below the threshold."""
    everywhere = Span(0, len(folded))
    # Three times as fast with a high bar, which most quotations pass.
    best = _likest(quote, folded, everywhere, at_least=threshold)
    if best is None and names_nearest:
        best = _likest(quote, folded, everywhere)
    if best is None:
        return
    yield best
    asked = max(threshold, best.score - EVEN)
    beside = _around(best.span, everywhere)
    for _ in range(MOST_EVEN):
        if not beside:
            return
        within = beside.pop()
        other = _likest(quote, folded, within, at_least=asked)
        if other is not None and other.score >= asked:
            yield other
            beside += _around(other.span, within)


def _around(span: Span, within: Span) -> list[Span]:
    """What is left of a stretch before and after a place in it."""
    edges = ((within.start, span.start), (span.end, within.end))
    return [Span(start, end) for start, end in edges if start < end]


def _likest(
    quote: str, folded: str, within: Span, *, at_least: float = NEAREST + _REPAIR_GAIN
) -> Found | None:
    """The place likest to the quotation, its ends set to whole words, if it may score so much."""
    if len(quote) > LONG_CHARACTERS:
        return _by_its_ends(quote, folded, within)
    from rapidfuzz import fuzz  # 14 ms to load

    window = fuzz.partial_ratio_alignment(
        quote, folded[within.start : within.end], score_cutoff=max(1.0, at_least - _REPAIR_GAIN)
    )
    if window is None or window.dest_start >= window.dest_end:
        return None
    span = Span(within.start + window.dest_start, within.start + window.dest_end)
    return _with_ends_repaired(quote, folded, span, within)


def _with_ends_repaired(quote: str, folded: str, span: Span, within: Span) -> Found:
    """The place with both ends moved to the edges of words that make it likest to the quotation.

    The window of rapidfuzz is never longer than the quotation and so misses words that the
    quotation left out.
    """
    from rapidfuzz import fuzz

    starts, ends = {span.start}, {span.end}
    region = Span(
        max(within.start, span.start - _REPAIR_CHARACTERS),
        min(within.end, span.end + _REPAIR_CHARACTERS),
    )
    for word in WORD.finditer(folded, region.start, region.end):
        starts.add(word.start())
        after = _PUNCTUATION.match(folded, word.end(), region.end)
        ends.update((word.end(), after.end() if after else word.end()))
    start, end = span.start, span.end
    for _ in range(2):  # the better end may make another start the better one
        start = max(
            sorted(at for at in starts if at < end),
            key=lambda at: fuzz.ratio(quote, folded[at:end]),
        )
        end = max(
            sorted(at for at in ends if at > start),
            key=lambda at: fuzz.ratio(quote, folded[start:at]),
        )
    return Found(Span(start, end), fuzz.ratio(quote, folded[start:end]), exact=False)


# -- in parts -------------------------------------------------------------------------------------


def _by_its_ends(quote: str, folded: str, within: Span) -> Found | None:
    """The place of a long quotation, scored as a whole: from its first words to its last."""
    from rapidfuzz import fuzz

    head = quote[:END_CHARACTERS].rpartition(" ")[0] or quote[:END_CHARACTERS]
    tail = quote[-END_CHARACTERS:].partition(" ")[2] or quote[-END_CHARACTERS:]
    best: Found | None = None
    for first in _places(head, folded, within):
        reach = Span(first.span.end, min(within.end, first.span.start + 2 * len(quote)) + 1)
        last = _first_place(tail, folded, reach)
        if last is not None:
            span = Span(first.span.start, last.span.end)
            score = fuzz.ratio(quote, folded[span.start : span.end])
            if best is None or score > best.score:
                best = Found(span, score, exact=False)
    return best if best and best.score >= NEAREST else None


def _in_order(parts: list[str], folded: str) -> Found | None:
    """The shortest stretch of text that holds the parts one after another, as likely as it gets."""
    best: Found | None = None
    for first in _places(parts[0], folded, Span(0, len(folded))):
        found = [first]
        for part in parts[1:]:
            if found[-1].span.end == len(folded):
                break
            place = _first_place(part, folded, Span(found[-1].span.end, len(folded)))
            if place is None:
                break
            found.append(place)
        if len(found) == len(parts):
            score = min(place.score for place in found)
            whole = Found(Span(first.span.start, found[-1].span.end), score, exact=False)
            if best is None or (score, -len(whole.span)) > (best.score, -len(best.span)):
                best = whole
    return best


def _places(quote: str, folded: str, within: Span) -> list[Found]:
    """The first places at which a part stands, else the likest."""
    spans = islice(_with_any_blanks(quote, folded, within.start, within.end), MOST_PLACES)
    exact = [Found(span, 100.0, exact=False) for span in spans]
    if exact:
        return exact
    likest = _likest(quote, folded, within)
    return [likest] if likest else []


def _first_place(quote: str, folded: str, within: Span) -> Found | None:
    first = next(_with_any_blanks(quote, folded, within.start, within.end), None)
    return Found(first, 100.0, exact=False) if first else _likest(quote, folded, within)

"""Sentences of speech: spaCy's blank pipeline finds them, one pass sets right what it cannot know.

spaCy's rules are made for prose. Speech on paper has marks in brackets (`[ph?]`, `[laughs]`),
people who trail off ("so... Anyway"), questions quoted inside a sentence; that is repaired here.
Speech without punctuation, as captions are, has no sentences: its lines are given back, and the
answer says so. Paragraphs always end a sentence.

No other module loads spaCy: it costs 0.9 s and 95 MB. Nothing is ever downloaded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qualcode.model.spans import Span
from qualcode.text.words import count_words

if TYPE_CHECKING:
    from spacy.language import Language

WORDS_PER_MARK = 60
"""A text with fewer sentence marks than one for so many words counts as unpunctuated."""

MANY_LANGUAGES = "xx"
"""spaCy's pipeline for any language, where there is none for the one asked for."""

# spaCy's French pipeline takes 2.5 s to build, those of Indonesian and Malay as long, all others
# under 0.6 s. It cut 10 of 2,333 sentences of French interviews otherwise than the common one: half
# of them worse.
_TOO_SLOW = frozenset({"fr", "id", "ms"})

# spaCy refuses a text of a million characters; a paragraph that long is read piece by piece.
_PIECE_CHARACTERS = 100_000

# spaCy's tokeniser takes signs off a run one by one, in time that grows with the square of its
# length. So long a run is no sentence of words; Chinese and Japanese, which are, are cut here.
_LONG_RUN = re.compile(r"\S{200,}")

# Marks that may stand in the middle of a sentence, and those that end one wherever they stand: of
# Chinese, Arabic, Urdu, Hindi, Ethiopic, Burmese, Khmer, Tibetan, Armenian and Mongolian.
_SHARED = ".?!…"
_OWN = "。！？｡؟۔।॥።፧፨။។៕།༎։᠃᠉"
_ENDERS = _SHARED + _OWN
_ENDER = re.compile(rf"[{_ENDERS}]")
_ENDING = re.compile(rf"""[{_ENDERS}]+(?:\s?»|["'”’)\]}}»」』】）》〉])*""")
_PICTURE = "[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]"
_ENDING_SPACY_MISSES = re.compile(
    rf"(?:(?<!\.)\.{{2,}}+|…)[\"'”’)\]»]*+(?=\s)|(?<={_PICTURE})[.?!]+(?=\s)|[{_OWN}]"
)
_MARK = re.compile(
    r"\[[^\[\]\n]{0,60}\]|<[^<>\n]{0,40}>|\([^()\n]{0,40}\)|（[^（）\n]{0,40}）|［[^［］\n]{0,40}］"
)
_MARKS_AFTER = re.compile(rf"(?:\s*(?:{_MARK.pattern}))*\s*")
_OPENING = re.compile(r"[\s\"'“„”‘’«‹¿¡(\[<–—「『（【《〈-]*")
# What is said in brackets goes on with who said it: 「もう続けられない。」と言いました。
_QUOTED_GOES_ON = re.compile("(?<=[」』])[とっがをにも]")
_PARAGRAPH = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_TAG = re.compile("[a-z]{2,3}")
_FIRST_LETTER = re.compile(rf"(?:^|[{_ENDERS}]\s+)(\w)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, in order, without the blanks around them.

    `unit` is "sentence", or "line" where the text has too few sentence marks and its lines stand
    in for them. `pipeline` names the spaCy language used, or is None where none was needed.
    """

    spans: tuple[Span, ...]
    unit: str
    pipeline: str | None


def sentences(
    text: str, *, language: str | None = None, units: Sequence[Span] | None = None
) -> Sentences:
    """The sentences of a transcript's text.

    `language` is a BCP 47 tag; where spaCy has no pipeline for it, or none is given, the common one
    is used. `units` are the turns, or the captions of a text without turns: none is crossed. None
    stands for the whole text.
    """
    lines = tuple(_lines(text, units))
    if not _is_punctuated(text):
        return Sentences(lines, "line", None)
    name, pipeline = _pipeline(language)
    goes_on = _lower_case_goes_on(text)
    found = tuple(span for line in lines for span in _split(text, line, pipeline, goes_on))
    return Sentences(found, "sentence", name)


def snap(
    span: Span, text: str, *, language: str | None = None, units: Sequence[Span] | None = None
) -> Span:
    """The whole sentences that a span touches; the span itself where it touches blanks only.

    Reads no more than the paragraphs in question.
    """
    touched = [line for line in _lines(text, units) if line.overlaps(span)]
    if touched and _is_punctuated(text):
        _, pipeline = _pipeline(language)
        goes_on = _lower_case_goes_on(text)
        parts = (part for line in touched for part in _split(text, line, pipeline, goes_on))
        touched = [part for part in parts if part.overlaps(span)]
    if not touched:
        return span
    return Span(touched[0].start, touched[-1].end)


# -- what the text is like ------------------------------------------------------------------------


def _is_punctuated(text: str) -> bool:
    return len(_ENDER.findall(text)) * WORDS_PER_MARK >= count_words(text)


def _lower_case_goes_on(text: str) -> bool:
    """True unless the text is written without capitals, so that they tell nothing."""
    firsts = _FIRST_LETTER.findall(text)
    capitals = sum(1 for first in firsts if first.isupper())
    return capitals >= sum(1 for first in firsts if first.islower())


def _lines(text: str, units: Sequence[Span] | None) -> Iterator[Span]:
    """The paragraphs of each unit, without the blanks around them."""
    for unit in units if units is not None else ((Span(0, len(text)),) if text else ()):
        for paragraph in _PARAGRAPH.finditer(text, unit.start, unit.end):
            words = paragraph[0].strip()
            if words:
                start = paragraph.start() + paragraph[0].index(words)
                yield Span(start, start + len(words))


# -- sentences of one line ------------------------------------------------------------------------


def _split(text: str, line: Span, pipeline: Language, goes_on: bool) -> Iterator[Span]:
    part = text[line.start : line.end]
    starts = sorted({0, *_starts(part, pipeline, goes_on)})
    for start, end in zip(starts, [*starts[1:], len(part)], strict=True):
        yield Span(line.start + start, line.start + start + len(part[start:end].rstrip()))


def _starts(part: str, pipeline: Language, goes_on: bool) -> Iterator[int]:
    """Where the sentences of one line begin, but for the first."""
    enders = [found.start() for found in _ENDER.finditer(part)]
    if not enders:
        return
    in_marks = {at for found in _MARK.finditer(part) for at in range(*found.span())}
    ends = {(found.start(), found[0][0] in ".…") for found in _ENDING_SPACY_MISSES.finditer(part)}
    for start in _found_by_spacy(part, pipeline):
        last = bisect_right(enders, start - 1) - 1
        if last >= 0:
            ends.add((enders[last], False))
    for ender, capital in ends:
        if ender not in in_marks:
            yield from _next_start(part, ender, capital=capital, goes_on=goes_on)


def _next_start(part: str, ender: int, *, capital: bool, goes_on: bool) -> Iterator[int]:
    """Where the sentence after this sentence mark begins, if one does.

    What closes belongs to the sentence before, and so do transcription marks; what opens belongs to
    the one after. `capital` asks for a capital letter, `goes_on` takes a small one for more of the
    same sentence.
    """
    ending = _ENDING.match(part, ender)
    assert ending is not None
    marked = _MARKS_AFTER.match(part, ending.end())
    assert marked is not None
    start = marked.end()
    opening = _OPENING.match(part, start)
    assert opening is not None
    first = part[opening.end() : opening.end() + 1]
    if not first or first in f",;:、，{_ENDERS}" or (goes_on and first.islower()):
        return
    if _QUOTED_GOES_ON.match(part, ending.end()):
        return
    if not capital or first.isupper():
        yield start


def _found_by_spacy(part: str, pipeline: Language) -> Iterator[int]:
    """Where spaCy begins a sentence, but for the first."""
    begin = 0
    while begin < len(part):
        piece = part[begin : begin + _PIECE_CHARACTERS]
        words = _LONG_RUN.sub(lambda run: "x" * len(run[0]), piece)
        starts = [begin + sentence.start_char for sentence in pipeline(words).sents]
        yield from starts[1:]
        if begin + len(piece) == len(part):
            return
        begin = starts[-1] if starts[-1] > begin else begin + len(piece)


@cache
def _pipeline(language: str | None) -> tuple[str, Language]:
    """spaCy's tokeniser and sentence rules for a language, and the name it goes by."""
    import spacy  # 0.9 s and 95 MB

    name = (language or "").partition("-")[0].lower()
    name = "nb" if name == "no" else name
    if not _TAG.fullmatch(name) or name in _TOO_SLOW:
        name = MANY_LANGUAGES
    try:
        pipeline = spacy.blank(name)
    except ImportError:  # no rules for this language, or they need a package that is not there
        name = MANY_LANGUAGES
        pipeline = spacy.blank(name)
    pipeline.add_pipe("sentencizer")
    return name, pipeline

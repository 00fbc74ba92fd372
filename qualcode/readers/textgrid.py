"""Praat TextGrids, long and short: interval tiers beside a recording, with or without speakers.

The format does not say what a tier is. One that is called words, phones, gloss and the like holds
speech only where no other does. Tiers that are left and are two or more are speakers, each called
as its tier is; a single one names a speaker only if its name is a role or a person's, for it may as
well be called "sentences". An interval without text is silence. Points in time are set aside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualcode.errors import DamagedFileError, TooManyLinesError
from qualcode.readers.grammar.clocks import check_times
from qualcode.readers.grammar.labels import is_name_like, is_role, tidy
from qualcode.readers.grammar.tiers import (
    Annotation,
    Tier,
    find_second_layers,
    layer_in,
    merge_tiers,
    names_layer,
    names_speech,
    names_words,
    put_tier_aside,
    read_seconds,
)
from qualcode.readers.ground import ledger as kinds
from qualcode.readers.ground.decoding import decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import MOST_LINES, Format, Source
from qualcode.readers.ground.turns import SAME_PARAGRAPH, Spoken, make_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcode.model.transcript import Reading

FORMAT = Format("textgrid", "Praat TextGrid")

_SIGNATURE = re.compile(
    r'\s*(?:File type = )?"ooTextFile(?: short)?"\s+(?:Object class = )?"TextGrid'
)
# As Praat reads it: text in quotation marks, and numbers and flags that stand free; all else in the
# long form is for people. A mark within the text is doubled.
_TOKEN = re.compile(
    r'"([^"]*+(?:""[^"]*+)*+)"|(?<!\S)(-?\d[\d.eE+-]*+)(?!\S)|(?<!\S)<(\w+)>(?!\S)|!.*'
)
_LAYER_WORD = re.compile(r"[\s_:@.-]{0,9}\b(?:words?|tokens?)\b[\s_:@.-]{0,9}", re.I)
# More digits than any count of intervals has.
_LONGEST_COUNT = 9


class _Written(NamedTuple):
    """A tier as the file has it; `points` where it marks moments, not intervals."""

    tier: Tier
    points: bool


def recognises(source: Source) -> bool:
    """True for a text file of Praat that holds a TextGrid."""
    return _SIGNATURE.match(opening(source)) is not None


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a TextGrid, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger.of_text(decoded)
    tokens = _Tokens(decoded.text, where=source.where)
    tiers = _read_tiers(tokens, ledger)
    tokens.finish()
    # What is read so far is all of the file; annotations are entered each by itself. No text and no
    # number is left over, so all else is what Praat writes around them for people.
    ledger.read -= tokens.handed_out
    ledger.drop(kinds.MARKUP, len(decoded.text) - tokens.handed_out)
    speech = _choose_speech(tiers)
    second = {id(tier) for tier in find_second_layers(speech, ledger)}
    speech = [tier for tier in speech if id(tier) not in second]
    units = merge_tiers(_labelled(speech), ledger)
    chosen = {id(tier) for tier in speech}
    for tier, _ in tiers:
        if id(tier) not in chosen:
            put_tier_aside(layer_in(tier.name), tier.pieces(), ledger)
    if units and not any(character.isalpha() for unit in units for character in unit.words):
        message = "the tiers hold signs and numbers, no words; they may be marks beside speech"
        ledger.warn("no-words", message, units[0].line)
    spoken = Spoken(units, producer="Praat")
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _read_tiers(tokens: _Tokens, ledger: Ledger) -> list[_Written]:
    for _ in ("ooTextFile", "TextGrid"):
        tokens.text()
    for _ in ("xmin", "xmax"):
        tokens.number()
    if tokens.flag() != "exists":
        return []
    tiers: list[_Written] = []
    for _ in range(tokens.count()):
        points = tokens.text() != "IntervalTier"
        name = tidy(tokens.text())
        for _ in ("xmin", "xmax"):
            tokens.number()
        annotations = list(_annotations(tokens, ledger, points=points))
        tiers.append(_Written(Tier(None, name, annotations), points))
    return tiers


def _annotations(tokens: _Tokens, ledger: Ledger, *, points: bool) -> Iterator[Annotation]:
    """The intervals or points of a tier that have a text."""
    for _ in range(tokens.count()):
        begins = tokens.number()
        ends = begins if points else tokens.number()
        text = tokens.annotation()
        if text.strip():
            line = tokens.line()
            tokens.count_annotation()
            start_ms, end_ms = check_times(read_seconds(begins), read_seconds(ends), line, ledger)
            yield Annotation(text, line, start_ms, end_ms, start_ms or 0, SAME_PARAGRAPH)
        elif text:
            ledger.read += len(text)
            ledger.drop(kinds.SPACE, len(text))


def _choose_speech(tiers: Sequence[_Written]) -> list[Tier]:
    """The tiers that hold what was said; where all are layers, those with whole words."""
    filled = [tier for tier, points in tiers if tier.annotations and not points]
    plain = [tier for tier in filled if not names_layer(tier.name)]
    return plain or [tier for tier in filled if names_words(tier.name)] or filled


def _labelled(tiers: Sequence[Tier]) -> list[Tier]:
    """The tiers of speech, each with its speaker, if its name is one."""
    if len(tiers) == 1:
        (tier,) = tiers
        name = _speaker_in(tier.name)
        generic = names_speech(name) or names_layer(name)
        named = is_role(name) or (is_name_like(name) and name[:1].isalpha() and not generic)
        return [tier._replace(speaker=name if named else None)]
    return [
        tier._replace(speaker=_speaker_in(tier.name) or f"({number})")
        for number, tier in enumerate(tiers, 1)
    ]


def _speaker_in(name: str) -> str:
    """The speaker in the name of a tier; forced alignment calls one `Anna - words`."""
    return tidy(_LAYER_WORD.sub(" ", name)) or name


class _Tokens:
    """The texts, numbers and flags of a file in their order; each is asked for by its kind.

    What is not there, or not of the kind that was asked for, makes a DamagedFileError.
    """

    def __init__(self, text: str, *, where: str) -> None:
        self.handed_out = 0
        self._text = text
        self._where = where
        self._left = _TOKEN.finditer(text)
        self._newline = "\n" if "\n" in text else "\r"
        self._line = 1
        self._counted = 0  # up to where the lines are counted
        self._at = 0
        self._annotations = 0

    def text(self) -> str:
        """The next token, a text."""
        return self._next(1).replace('""', '"')

    def annotation(self) -> str:
        """The next token, a text that the reader enters in the account."""
        text = self.text()
        self.handed_out += len(text)
        return text

    def count_annotation(self) -> None:
        """Stop where more is written than anybody says. Raises TooManyLinesError."""
        self._annotations += 1
        if self._annotations > MOST_LINES:
            raise TooManyLinesError(where=self._where, limit=MOST_LINES)

    def number(self) -> str:
        """The next token, a number."""
        return self._next(2)

    def count(self) -> int:
        """The next token, a number of tiers or intervals."""
        number = self._next(2)
        if not number.isdecimal() or len(number) > _LONGEST_COUNT:
            raise self._damaged()
        return int(number)

    def flag(self) -> str:
        """The next token, a flag."""
        return self._next(3)

    def finish(self) -> None:
        """Refuse a file that holds more than it counts, as one may that was edited by hand."""
        left = next((match for match in self._left if match.lastindex is not None), None)
        if left is not None:
            detail = f"it holds more than it says in its counts, after line {self.line()}"
            raise DamagedFileError(FORMAT.title, where=self._where, detail=detail)

    def line(self) -> int:
        """The number of the line in which the last token begins."""
        self._line += self._text.count(self._newline, self._counted, self._at)
        self._counted = self._at
        return self._line

    def _next(self, kind: int) -> str:
        for match in self._left:
            if match.lastindex is None:  # a comment
                continue
            if match.lastindex != kind:
                break
            self._at = match.start()
            return match[kind]
        raise self._damaged()

    def _damaged(self) -> DamagedFileError:
        detail = f"it breaks off, or is not written as Praat does, after line {self.line()}"
        return DamagedFileError(FORMAT.title, where=self._where, detail=detail)

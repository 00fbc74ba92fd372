"""Corrections as people make them, with the truth of where every word went.

A text is taken apart into words and what stands between them, some of it is changed, and each word
that stayed, whatever its letters now, is known by its old and its new place.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from text.samples import ROOT

from qualcode.model.spans import Span

_INTERVIEW = ROOT / "tests" / "vectors" / "transcripts" / "layouts" / "int_a_express.txt"
_PARTS = re.compile(r"\w+|\W")
_WORDS: Final = ("well", "you", "know", "really", "quite", "then", "so", "actually", "of", "course")
_NAMES: Final = re.compile(r"[A-Z][a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a text is changed: shares of its words, and passages of a share each."""

    typos: float
    put_in: float
    left_out: float = 0.0
    passages_out: int = 1
    share_out: float = 0.02
    names: int = 0
    moved: int = 0


LIGHT: Final = Level(typos=0.005, put_in=0.003)
MEDIUM: Final = Level(typos=0.02, put_in=0.01, share_out=0.04, names=15)
HEAVY: Final = Level(typos=0.06, put_in=0.03, left_out=0.03, passages_out=2, names=15, moved=1)


@cache
def vocabulary() -> list[str]:
    """The words of the interview that the layouts hold."""
    return re.findall(r"\w+", _INTERVIEW.read_text(encoding="utf-8"))


@cache
def invented(seed: int, *, words: int = 6_000) -> str:
    """An interview of so many words, in turns that repeat as people do."""
    chance = random.Random(seed)
    known, turns, left = vocabulary(), [], words
    while left > 0:
        if chance.random() < 0.2:
            turns.append(chance.choice(("Yes.", "And then?", "I see.", "How do you mean?")))
            continue
        sentences = []
        for _ in range(chance.randint(1, 6)):
            count = chance.randint(3, 18)
            sentences.append(" ".join(chance.choices(known, k=count)).capitalize() + ".")
            left -= count
        turns.append(" ".join(sentences))
    return "\n\n".join(turns)


class Corrected:
    """A text, the same corrected, and where each passage went."""

    def __init__(self, old: str, level: Level, seed: int) -> None:
        self.old = old
        parts = [(found.start(), found.group()) for found in _PARTS.finditer(old)]
        changed = _edited(parts, level, random.Random(seed))
        self.new = "".join(word for _, word in changed)
        self._places: dict[int, Span] = {}
        at = 0
        for start, word in changed:
            if start is not None and word.strip():
                self._places[start] = Span(at, at + len(word))
            at += len(word)

    def truth(self, span: Span) -> tuple[Span | None, float]:
        """Where the words of a passage are now, None where all of them went, and the share left."""
        found = _PARTS.finditer(self.old[span.start : span.end])
        starts = [span.start + one.start() for one in found if not one.group().isspace()]
        kept = [self._places[start] for start in starts if start in self._places]
        if not any(self.new[one.start].isalnum() for one in kept):
            return None, 0.0
        where = Span(min(one.start for one in kept), max(one.end for one in kept))
        return where, len(kept) / len(starts)


def spans_of(text: str, count: int, seed: int) -> list[Span]:
    """Passages as people choose them: phrases, sentences, whole turns, a few turns."""
    chance = random.Random(seed)
    words = [Span(*found.span()) for found in re.finditer(r"\w+", text)]
    sentences = [Span(*found.span()) for found in re.finditer(r"\w[^.!?\n]*[.!?]?", text)]
    turns = [Span(*found.span()) for found in re.finditer(r"\S[^\n]*", text)]
    chosen = []
    for _ in range(count):
        kind = chance.random()
        if kind < 0.2:
            first = chance.randrange(len(words))
            last = min(len(words) - 1, first + chance.randint(2, 8))
            chosen.append(Span(words[first].start, words[last].end))
        elif kind < 0.6:
            chosen.append(chance.choice(sentences))
        elif kind < 0.9:
            chosen.append(chance.choice(turns))
        else:
            first = chance.randrange(len(turns))
            last = min(len(turns) - 1, first + chance.randint(1, 2))
            chosen.append(Span(turns[first].start, turns[last].end))
    return [Span(one.start, one.start + len(_stripped(text, one))) for one in chosen]


def _stripped(text: str, span: Span) -> str:
    return text[span.start : span.end].rstrip()


_Parts = list[tuple[int | None, str]]


def _edited(parts: list[tuple[int, str]], level: Level, chance: random.Random) -> _Parts:
    redacted = _some_names(parts, level.names, chance)
    changed: _Parts = []
    for start, word in _with_passages_out(parts, level, chance):
        if not word[0].isalnum():
            changed.append((start, word))
            continue
        if chance.random() < level.put_in:
            changed += [(None, chance.choice(_WORDS)), (None, " ")]
        if chance.random() < level.left_out:
            continue
        if word in redacted:
            changed.append((start, redacted[word]))
        elif chance.random() < level.typos:
            changed.append((start, _misspelt(word, chance)))
        else:
            changed.append((start, word))
    return changed


def _with_passages_out(
    parts: list[tuple[int, str]], level: Level, chance: random.Random
) -> list[tuple[int, str]]:
    left = list(parts)
    for _ in range(level.passages_out):
        length = int(len(parts) * level.share_out / level.passages_out)
        at = chance.randrange(len(left) - length)
        del left[at : at + length]
    for _ in range(level.moved):
        length = len(parts) // 20
        at = chance.randrange(len(left) - length)
        taken = left[at : at + length]
        del left[at : at + length]
        goal = chance.randrange(len(left))
        left[goal:goal] = taken
    return left


def _some_names(parts: list[tuple[int, str]], count: int, chance: random.Random) -> dict[str, str]:
    names = sorted({word for _, word in parts if _NAMES.fullmatch(word)})
    return dict.fromkeys(chance.sample(names, min(count, len(names))), "XXXX")


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    sign = chance.choice("abcdefghijklmnopqrstuvwxyz")
    kind = chance.randrange(3)
    if kind == 0 and len(word) > 1:
        return word[:at] + word[at + 1 :]
    return word[:at] + sign + word[at + (kind == 1) :]

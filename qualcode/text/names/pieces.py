"""Names whose letters stand apart, or are written with signs that look like letters.

A hyphen, dots, marks of a markup or the end of a line within a name (`Wolsten-holme`), blanks
between all its letters, a blank between two of them, digits for letters as poor scans have them
(`Wo1stenholme`). Which names of a text could be written so is told from its distinct tokens; only
for these it is looked through, so that a text without such a thing costs next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from qualcode.text.names.wordlists import EVERYDAY
from qualcode.text.plain import Plain

_SHORTEST_BROKEN: Final = 5
"""Letters of a name that is found with a sign within; two halves of fewer are words too often."""

_SHORTEST_APART: Final = 7
"""Letters of a name that is found with a blank within."""

_SHORTEST_HALF: Final = 3
"""Letters on either side of that blank."""

_SHORTEST_SPELT: Final = 3
"""Letters of a name that is found when somebody spells it: `L-E-E`."""

_SHORTEST_RESPELT: Final = 4
"""Letters of a name that is found with digits for letters."""

_LETTER: Final = r"[a-z\x80-\U0010ffff]"
_GAP: Final = (
    r"(?:(?:[*_~`]{0,3}<[^<>]{1,200}>[*_~`]{0,3}){1,3}"
    r"|-[ \t]{0,2}(?:\r?\n[ \t]{0,2})?|[-.*_~`]{1,4}|[ \t]{1,2}|\n)?"
)
_MARKED: Final = re.compile("[<>*~`]")
_SPELT_GAP: Final = r"[ .\n-]{1,2}"
_DIGITS: Final = {"o": "0", "i": "1", "l": "1", "e": "3", "s": "5"}

_PIECE: Final = re.compile(rb"[a-z\x80-\xff](?:[0135]*[a-z\x80-\xff])*")
_WITH_DIGITS: Final = re.compile(rb"[0135]*[a-z\x80-\xff](?:[0135]*[a-z\x80-\xff])*[0135]*")
_MAY_HOLD_MORE: Final = re.compile(
    rb"[a-z\x80-\xff][-.*_~`<>0135]{1,9}[a-z\x80-\xff]|[a-z\x80-\xff][-<>]"
    rb"|[a-z\x80-\xff]{2}[0135]|[0135][a-z\x80-\xff]{2}"
)
"""What is more than a word with signs around it, as at the end of a sentence, or than a number.

What begins or ends with digits has fewer digits than letters (`_is_a_number`), so somewhere two
letters stand together, or a sign or digits stand between two.
"""

_TAG: Final = re.compile(rb"<[^<>]*>|^[^<>]*>")
_AS_L: Final = bytes.maketrans(b"0135", b"oles")
_AS_I: Final = bytes.maketrans(b"0135", b"oies")
_HYPHEN: Final = ord("-")
_SIGNS: Final = b"0135-.*_~`<>/"
_DIGITS_WITHIN: Final = re.compile(
    rb"[a-z\x80-\xff][-.*_~`<>0135]*[0135][-.*_~`<>0135]*[a-z\x80-\xff]"
)
"""Only so can a name have fewer letters than the shortest: `L01s`, and not `m-Q113`."""
_SINGLES: Final = frozenset(bytes([letter]) for letter in b"abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Mended:
    """A text in which words of names stand whole: `places` are its characters' in the plain text.

    `begin` are the places at which a mended word begins.
    """

    text: str
    places: list[int]
    begin: frozenset[int]


class Pieces:
    """Words of names, looked for where they do not stand whole.

    `small` are words that the study knows in small letters: a form of two of them is these two.
    """

    def __init__(self, words: Iterable[str], *, small: Collection[str] = ()) -> None:
        self._small = small
        spelt = {word.encode("utf-8", "surrogatepass"): word for word in words}
        self._words = {key: one for key, one in spelt.items() if len(one) >= _SHORTEST_SPELT}
        self._letters = [
            (frozenset(bytes([letter]) for letter in key), one)
            for key, one in self._words.items()
            if key.isascii() and len(one) > _SHORTEST_SPELT
        ]
        self._beginnings = frozenset(key[:at] for key in self._words for at in range(2, len(key)))
        self._may_begin = frozenset(
            key[:at] for key in self._words for at in range(1, len(key) + 1)
        )
        self._halves: dict[bytes, list[tuple[bytes, str]]] = {}
        for key, one in self._words.items():
            if len(one) >= _SHORTEST_APART and key.isascii():
                for at in range(_SHORTEST_HALF, len(key) - _SHORTEST_HALF + 1):
                    self._halves.setdefault(key[:at], []).append((key[at:], one))
        self._first_halves = frozenset(self._halves)

    def suspects(self, tokens: set[bytes], words: set[bytes]) -> set[str]:
        """Those that may stand in pieces in a text of these distinct tokens and words."""
        found: set[str] = set()
        for token in tokens - words:
            if _MAY_HOLD_MORE.search(token) is not None and (
                len(token.translate(None, _SIGNS)) >= _SHORTEST_SPELT
                or token[-1] == _HYPHEN
                or _DIGITS_WITHIN.search(token) is not None
            ):
                found.update(self._in_token(token))
        for half in words & self._first_halves:
            found.update(one for other, one in self._halves[half] if other in words)
        singles = words & _SINGLES
        if len(singles) >= _SHORTEST_SPELT:
            found.update(one for letters, one in self._letters if letters <= singles)
        return found

    def mended(self, text: str, plain: Plain, suspects: Iterable[str]) -> Mended | None:
        """The text with the suspects that stand in pieces made whole, or None where none does."""
        taken: list[tuple[list[int], str]] = []
        ends: list[int] = []
        for word in sorted(suspects, key=lambda one: (-len(one), one)):
            for found in _pattern(word).finditer(plain.text):
                places = [found.start(at) for at in range(1, len(word) + 1)]
                if places[0] < 0:
                    places = [found.start(at) for at in range(len(word) + 1, 2 * len(word) + 1)]
                if not self._is_one(word, text, plain, places):
                    continue
                at = bisect_left(ends, places[0])  # the first that does not end before it
                if at == len(taken) or taken[at][0][0] > places[-1]:
                    taken.insert(at, (places, word))
                    ends.insert(at, places[-1])
        return _made_whole(plain.text, taken) if taken else None

    def _in_token(self, token: bytes) -> Iterator[str]:
        if b"<" in token or b">" in token:
            token, unclosed, _ = _TAG.sub(b"-", token).partition(b"<")
            token += b"-" if unclosed else b""
        pieces = _PIECE.findall(token)
        if not pieces:
            return
        yield from self._among(pieces)
        with_digits = _WITH_DIGITS.findall(token)
        if with_digits != pieces:
            yield from self._among(with_digits)
        last = pieces[-1]
        if token.endswith(b"-") and last in self._beginnings:  # it goes on behind a blank
            yield from (one for key, one in self._words.items() if key.startswith(last))

    def _among(self, pieces: list[bytes]) -> Iterator[str]:
        """Words that these pieces of a token, or some of them together, may be."""
        for first in range(len(pieces)):
            joined = b""
            for piece in pieces[first:]:
                joined += piece
                spelt = {joined, joined.translate(_AS_L), joined.translate(_AS_I)}
                if spelt.isdisjoint(self._may_begin):
                    break
                yield from (self._words[one] for one in spelt if one in self._words)

    def _is_one(self, word: str, text: str, plain: Plain, places: list[int]) -> bool:
        """True for what is rather this word in pieces than words of their own."""
        signs = plain.text
        gaps = [signs[one + 1 : two] for one, two in pairwise(places)]
        is_respelt = any(signs[at] != letter for at, letter in zip(places, word, strict=True))
        if is_respelt and (len(word) < _SHORTEST_RESPELT or _is_a_number(signs, places)):
            return False
        if not any(gaps):
            return is_respelt
        if all(gaps):
            ends = signs[places[0] - 1 : places[0]], signs[places[-1] + 1 : places[-1] + 2]
            return (len(word) > _SHORTEST_SPELT or set(gaps) == {"-"}) and "-" not in ends
        if any("-" in gap and "\n" in gap for gap in gaps):
            return True
        pieces = _pieces(word, gaps)
        if len(word) < _SHORTEST_BROKEN:
            return False
        # Marks within a word part none: `*Then*ford` is no more than one.
        if not any(_MARKED.search(gap) for gap in gaps) and all(map(self._is_a_word, pieces)):
            return False
        if not any(gap.isspace() for gap in gaps):
            return True
        return (
            len(word) >= _SHORTEST_APART
            and len(pieces) == 2
            and min(map(len, pieces)) >= _SHORTEST_HALF
            and text[plain.begins(places[0])].isupper()
        )

    def _is_a_word(self, piece: str) -> bool:
        return len(piece) > 1 and (piece in EVERYDAY or piece in self._small)


@lru_cache(maxsize=500)
def _pattern(word: str) -> re.Pattern[str]:
    """The letters of a word with what may stand between them, or each apart from the next."""
    letters = [re.escape(letter) for letter in word]
    loose = _GAP.join(
        f"([{one}{_DIGITS[one]}])" if one in _DIGITS else f"({one})" for one in letters
    )
    apart = _SPELT_GAP.join(f"({one})" for one in letters)
    return re.compile(f"(?<!{_LETTER})(?:{loose}|{apart})(?!{_LETTER})")


def _is_a_number(signs: str, places: list[int]) -> bool:
    """True for what begins or ends with digits, and is rather a number: `10th`, `1150`."""
    first, last = places[0], places[-1]
    if not (signs[first].isdigit() or signs[last].isdigit()):
        return False
    goes_on = signs[max(0, first - 1) : first].isdigit() or signs[last + 1 : last + 2].isdigit()
    digits = sum(signs[at].isdigit() for at in places)
    return goes_on or 2 * digits >= len(places)


def _pieces(word: str, gaps: list[str]) -> list[str]:
    pieces = [word[0]]
    for letter, gap in zip(word[1:], gaps, strict=True):
        if gap:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _made_whole(plain: str, mends: Iterable[tuple[list[int], str]]) -> Mended:
    pieces: list[str] = []
    places: list[int] = []
    begin: set[int] = set()
    here = 0
    for at, word in mends:
        pieces += plain[here : at[0]], word
        places += *range(here, at[0]), *at
        begin.add(at[0])
        here = at[-1] + 1
    pieces.append(plain[here:])
    places += range(here, len(plain))
    return Mended("".join(pieces), places, frozenset(begin))

"""One spelling for the many of a name, with the way back to the text.

Case, accents in either encoding, marks that nobody sees, the points of Hebrew and Arabic, wide and
joined letters, kinds of apostrophes and hyphens: names differ in these from one transcript to the
next and are the same. `folding.fold` keeps every character; here one may become none or several,
so that the places go along. What is left is `a-z`, other letters, ASCII signs, and `|` for a sign
that parts words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

WORD: Final = re.compile(r"[a-z\u0080-\U0010ffff]+")
"""A word of a text in plain spelling: letters alone."""

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_SIGNS: Final = {
    **dict.fromkeys("‘’‚‛′ʼʹʻʽ´｀＇", "'"),
    **dict.fromkeys("，、،", ","),
    **dict.fromkeys("．…·", "."),
    **dict.fromkeys("＿", "_"),
    "\u2212": "-",
}
_LETTERS_OF_THEIR_OWN: Final = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ə": "e",
}

_LOOK_ALIKE: Final = {
    **dict(zip("асԁеһіјӏкмнорԛѕтуѵԝхв", "acdehijlkmhopqstyvwxb", strict=True)),
    **dict(zip("αβγεζηικμνορτυχω", "abyezhikmnoptyxw", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢɑɡ", "abcdeghijklmnoprtuvwyzag", strict=True)),
}
"""Cyrillic, Greek and small capital letters that look like Latin ones, small or as capitals.

What looks like a name is read as one. A name in such letters is respelt as its mentions are.
"""

# Marks on letters that may be missing in typing. Elsewhere a mark makes another letter.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]"
)
_UNSEEN: Final = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters by their kind that are drawn as nothing: fillers of Korean and of Khmer."""

_WRITTEN_LONGER: Final = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\u00ad[ \t]*\r?\n[ \t]*"
)
"""A character written by its name or number, as on the web, and a word that a soft hyphen parts
at the end of a line."""

_IN_TOKENS: Final = _LETTERS | frozenset("0135-.*_~`<>/")
"""What is not taken for the end of a word at once: a name may be written with it inside."""

_TOKENS: Final = bytes(
    sign if sign > 127 or chr(sign) in _IN_TOKENS else ord(" ")
    for sign in bytes(range(256)).lower()
)
_PARTED: Final = bytes(
    sign if sign > 127 or chr(sign) in _LETTERS else ord(" ") for sign in bytes(range(256)).lower()
)
_PARTED_WITH_CAPITALS: Final = bytes(
    sign if sign > 127 or chr(sign).isalpha() else ord(" ") for sign in range(256)
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain spelling; `places` are the offsets of its characters, None where the same."""

    text: str
    length: int
    places: Sequence[int] | None = None

    def begins(self, at: int) -> int:
        """Where the character `at` of the plain text stands in the text itself."""
        return at if self.places is None else self.places[at]

    def ends(self, end: int) -> int:
        """Where a stretch of the plain text that ends at `end` ends in the text itself.

        Marks that nobody sees go with the letter before them.
        """
        if self.places is None:
            return end
        return self.places[end] if end < len(self.places) else self.length


def plain_spelling(text: str) -> Plain:
    """The text in plain spelling; 0.1 ms for 8,000 words of ASCII, 8 ms where places move."""
    if _is_written_longer(text):
        return _spelt_apart(text)
    if text.isascii():
        return Plain(text.lower(), len(text))
    plain = {sign: _plain(sign) for sign in _foreign_signs(text)}
    if all(len(spelt) == 1 for spelt in plain.values()):
        spelling = text
        for sign, spelt in plain.items():
            if sign != spelt:
                spelling = spelling.replace(sign, spelt)
        return Plain(spelling.lower(), len(text))
    pieces: list[str] = []
    places: list[int] = []
    for at, sign in enumerate(text):
        spelt = plain.get(sign, sign)
        pieces.append(spelt)
        places += [at] * len(spelt)
    return Plain("".join(pieces).lower(), len(text), places)


def _is_written_longer(text: str) -> bool:
    """True where one character is written as several."""
    may_be = "&" in text or "\u00ad" in text
    return may_be and _WRITTEN_LONGER.search(text) is not None


def with_characters_apart(text: str) -> str | None:
    """The text with `|` for each character written by its name; None where there is none.

    It is as long as the text, so that places are the same.
    """
    if not _is_written_longer(text):
        return None
    return _WRITTEN_LONGER.sub(lambda found: "|" * len(found[0]), text)


def _spelt_apart(text: str) -> Plain:
    """The plain spelling of a text in which one character is written as several."""
    pieces: list[str] = []
    places: list[int] = []
    for at, sign in _signs_of(text):
        spelt = sign if sign.isascii() else _plain(sign)
        pieces.append(spelt)
        places += [at] * len(spelt)
    return Plain("".join(pieces).lower(), len(text), places)


def _signs_of(text: str) -> Iterator[tuple[int, str]]:
    """Each character that is meant, with the place at which it is written."""
    from html import unescape  # 2 ms, for a table of 2,000 names that hardly any text wants

    end = 0
    for found in _WRITTEN_LONGER.finditer(text):
        yield from enumerate(text[end : found.start()], end)
        meant = unescape(found[0]) if found[0].startswith("&") else ""
        yield from ((found.start(), sign) for sign in meant)
        end = found.end()
    yield from enumerate(text[end:], end)


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a name or of a text in plain spelling."""
    return tuple(WORD.findall(plain_spelling(text).text))


def distinct_tokens(text: str) -> set[bytes]:
    """What stands between blanks and the like, each once, in plain spelling, as UTF-8.

    In a token signs and digits may stand that a name could be written with: `wolsten-holme`.
    Plain spelling turns one character into none or several whatever stands beside it, and leaves
    ASCII as it is. So what stands between two signs of ASCII can be respelt by itself, and only
    once: that is a tenth of the work of respelling the text.
    """
    if _is_written_longer(text):
        text = _spelt_apart(text).text
    found = set(text.encode("utf-8", "surrogatepass").translate(_TOKENS).split())
    if text.isascii():
        return found
    foreign = [token for token in found if not token.isascii()]
    found.difference_update(foreign)
    together = b" ".join(foreign).decode("utf-8", "surrogatepass")
    plain = plain_spelling(together).text
    found.update(plain.encode("utf-8", "surrogatepass").translate(_TOKENS).split())
    return found


def words_of(tokens: Iterable[bytes]) -> set[bytes]:
    """The different words in some tokens: all words of their text."""
    return set(b" ".join(tokens).translate(_PARTED).split())


def written_words(text: str) -> list[bytes]:
    """All words of a text as they are written, as UTF-8, in order; 0.7 ms for 8,000."""
    for sign in _foreign_signs(text):
        if not sign.isalpha() and unicodedata.category(sign)[0] not in "MC":
            text = text.replace(sign, " ")
    return text.encode("utf-8", "surrogatepass").translate(_PARTED_WITH_CAPITALS).split()


def _foreign_signs(text: str) -> set[str]:
    """The characters beyond ASCII, each once; ten times as fast in bytes."""
    if text.isascii():
        return set()
    foreign = text.encode("utf-8", "surrogatepass").translate(None, bytes(range(128)))
    return set(foreign.decode("utf-8", "surrogatepass"))


@cache
def _plain(sign: str) -> str:
    """One character beyond ASCII in plain spelling."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    kind = unicodedata.category(sign)
    if kind == "Cf" or sign in _UNSEEN or _MARKS.match(sign):
        return ""
    if kind[0] in "LM":
        return _plain_letter(sign)
    if kind[0] == "Z":
        return "\n" if kind in ("Zl", "Zp") else " "
    return "-" if kind == "Pd" else "|"


def _plain_letter(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign.casefold()).casefold()
    spelt = _MARKS.sub("", "".join(_respelt(part) for part in parts))
    is_letters = all(part in _LETTERS or unicodedata.category(part)[0] in "LM" for part in spelt)
    return spelt if is_letters else sign


def _respelt(letter: str) -> str:
    return _LETTERS_OF_THEIR_OWN.get(letter) or _LOOK_ALIKE.get(letter, letter)

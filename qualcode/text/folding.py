"""One spelling for the many of one text, without moving a character.

Small letters, plain Latin and Greek ones, straight quotation marks, hyphens, blanks: what people
type and what programs write differ in these. Each character becomes exactly one, so that an
offset in the folded text is the offset in the text itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_SIGNS = {
    **dict.fromkeys("‘’‚‛′ʼ´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u0085", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ς": "σ",
    "ё": "е",
}
_ASCII = {ord(blank): " " for blank in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"} | {ord("`"): "'"}
_ASCII_BYTES = bytes(range(0x80))

# Accents are dropped where they may be missing in typing; elsewhere they make another letter.
_ACCENTED = (range(0xC0, 0x250), range(0x370, 0x400), range(0x1E00, 0x2000))


def fold(text: str) -> str:
    """The text in its plainest spelling, character by character: `len(fold(text)) == len(text)`."""
    # İ is the one character whose small form is two.
    folded = text.replace("İ", "i").lower()
    if folded.isascii():
        return folded.translate(_ASCII)
    # str.translate takes ten times as long on text beyond ASCII as a replacement for each of the
    # few characters that occur.
    beyond = folded.encode("utf-8", "surrogatepass").translate(None, _ASCII_BYTES)
    for char in [*map(chr, _ASCII), *set(beyond.decode("utf-8", "surrogatepass"))]:
        plain = _plain(char)
        if plain != char:
            folded = folded.replace(char, plain)
    return folded


@cache
def _plain(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if ord(char) in _ASCII:
        return _ASCII[ord(char)]
    if any(ord(char) in block for block in _ACCENTED):
        parts = unicodedata.normalize("NFD", char)
        if all(unicodedata.combining(sign) for sign in parts[1:]):
            return _SIGNS.get(parts[0], parts[0])
    return char

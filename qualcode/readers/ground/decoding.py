"""Bytes to text: which encoding, how sure, and what had to be taken out.

The order is: what the person says; a byte order mark; strict UTF-8; the pattern of zeros that
UTF-16 leaves; UTF-8 with a few damaged bytes; and else Windows-1252, said aloud, for a wrong guess
must be seen and can be set right with `--encoding`. A statistical guess is asked for only where
Windows-1252 is out of the question: on Western text it errs more often than not (of six
Windows-1252 files charset-normalizer 3.5 got one right).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from qualcode.errors import (
    EmptyTranscriptError,
    EncodingError,
    NotTextError,
    TooManyLinesError,
)
from qualcode.model.transcript import ReadingWarning
from qualcode.readers.ground import ledger
from qualcode.readers.ground.source import MOST_LINES, check_length

if TYPE_CHECKING:
    from qualcode.readers.ground.source import Source

FALLBACK = "cp1252"

# Enough to see a header, a first cue or the first labelled lines.
OPENING_BYTES = 8192

# The longer marks first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Control characters that no text file holds: all of C0 but NUL (counted apart), tab, the line
# ends, CHAT's 0x15, the end-of-file 0x1A of old editors and the escape of terminal logs.
_CONTROLS = bytes(c for c in range(1, 32) if c not in b"\t\n\v\f\r\x15\x1a\x1b") + b"\x7f"
_MOST_CONTROLS = 0.02
_MOST_NULS = 0.2

# In UTF-16 of Western text every second byte is zero.
_UTF16_ZEROS, _UTF16_NO_ZEROS = 0.4, 0.05

# Below this share of bytes above 127, or this number, Windows-1252 is likelier than any guess.
_FOREIGN_SHARE, _FOREIGN_BYTES, _GUESS_BYTES = 0.3, 40, 65_536
_WESTERN = re.compile(
    r"(cp(125[02478]|437|775|85[028]|86[0135]|1140|037|273|500|1026)"
    r"|iso8859_(1|2|3|4|9|1[03456])|latin_1|mac_.*|hp_roman8|ascii)$"
)

_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_TWICE_ENCODED = re.compile("[ÃÂ][\x80-\xbf]|â€")
_REPLACED = "�"

_ASCII = bytes(range(128))
# Letters and marks that NFC leaves as they are, whatever stands before or after them: of most
# writing in Latin and Cyrillic letters and in ideographs, and the marks of typography.
_SETTLED = re.compile("[\x80-\u02ff\u0400-\u0482\u2010-\u2027\u3400-\u4dbf\u4e00-\u9fff]*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without byte order mark, NUL or lone surrogate; line breaks are as the file has them.

    `characters` counts the code points before anything was taken out, `dropped` what was.
    """

    text: str
    encoding: str
    characters: int
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[ReadingWarning, ...] = ()


def decode(source: Source) -> Decoded:
    """The text of a file.

    Raises EmptyTranscriptError, TooLargeError, NotTextError or EncodingError.
    """
    data = source.data
    check_length(len(data), source.where)
    if not data.strip():
        raise EmptyTranscriptError(where=source.where)
    warnings: list[ReadingWarning] = []
    if source.encoding is not None:
        text, encoding = _decode_as_told(source, source.encoding)
    else:
        text, encoding = _find_out(data, source.where, warnings)
    # Looking for a NUL in bytes costs nothing, in text as much as decoding it.
    may_hold_nul = encoding not in ("utf-8", FALLBACK) or b"\0" in data
    return _clean(text, encoding, source.where, warnings, may_hold_nul=may_hold_nul)


def opening(source: Source) -> str:
    """The first characters of a file, decoded without complaint, to recognise a format by."""
    return _opening(_Same(source.data), source.encoding)


def opening_lines(source: Source) -> list[str]:
    """Its lines with words; the last one may be cut off."""
    return _opening_lines(_Same(source.data), source.encoding)


class _Same:
    """Bytes that are equal to no others, so that to ask for them again does not read them."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __hash__(self) -> int:
        return id(self.data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.data is other.data


@lru_cache(maxsize=1)  # every reader is asked about the same file
def _opening(same: _Same, told: str | None) -> str:
    head = same.data[:OPENING_BYTES]
    if told is not None:
        try:
            return head.decode(told, "ignore").lstrip("\ufeff")
        except (LookupError, UnicodeError):
            pass  # reading it will say so
    encoding = _marked(head) or _utf16_without_mark(head) or "utf-8"
    return head.decode(encoding, "replace").lstrip("\ufeff").replace("\0", "")


@lru_cache(maxsize=1)
def _opening_lines(same: _Same, told: str | None) -> list[str]:
    return [line for line in _opening(same, told).splitlines() if line.strip()]


def is_surely_composed(utf8: bytes) -> bool:
    """True where NFC would change nothing in a text in UTF-8, nor in any part of it.

    False says nothing. Each letter is looked at once: a third of the time of looking at all.
    """
    letters = set(utf8.translate(None, _ASCII).decode("utf-8", "ignore"))
    return _SETTLED.fullmatch("".join(letters)) is not None


def line_of(text: str, index: int) -> int:
    """The number of the line, from 1, in which a character stands."""
    return len(text[: index + 1].splitlines())


def _decode_as_told(source: Source, encoding: str) -> tuple[str, str]:
    try:
        codec = codecs.lookup(encoding)
        text = source.data.decode(encoding)
    except LookupError as unknown:  # also for codecs that do not make text, such as base64
        raise EncodingError(encoding, where=source.where, known=False) from unknown
    except UnicodeError as wrong:
        raise EncodingError(encoding, where=source.where) from wrong
    return text, codec.name


def _find_out(data: bytes, where: str, warnings: list[ReadingWarning]) -> tuple[str, str]:
    sure = _marked(data) or _utf16_without_mark(data)
    if sure is None:
        _refuse_binary(data, where)
    try:
        return data.decode(sure or "utf-8"), sure or "utf-8"
    except UnicodeDecodeError:
        if sure or _mostly_utf8(data):
            return _decode_damaged(data, sure or "utf-8", warnings)
    guess = _foreign_guess(data)
    encoding = guess or FALLBACK
    line = data.count(b"\n", 0, _first_above_ascii(data)) + 1
    warnings.append(
        ReadingWarning(
            "encoding-guessed",
            f"the file is not UTF-8 and was read as {encoding}; if accents or quotation marks"
            " look wrong, say what it is, such as mac-roman: "
            "qualcode transcripts revise NAME FILE --encoding mac-roman",
            line,
        )
    )
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:  # Windows-1252 leaves five bytes without a letter
        return _decode_damaged(data, encoding, warnings)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _utf16_without_mark(data: bytes) -> str | None:
    if b"\0" not in data:
        return None
    half = len(data) // 2
    first = data[0::2].count(0) / (half or 1)
    second = data[1::2].count(0) / (half or 1)
    if second >= _UTF16_ZEROS and first <= _UTF16_NO_ZEROS:
        return "utf-16-le"
    if first >= _UTF16_ZEROS and second <= _UTF16_NO_ZEROS:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, where: str) -> None:
    nuls = data.count(0) if b"\0" in data else 0
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if nuls > _MOST_NULS * len(data) or controls > _MOST_CONTROLS * len(data):
        raise NotTextError(where=where)


def _mostly_utf8(data: bytes) -> bool:
    """True where bytes that are not UTF-8 stand among letters that are.

    In Windows-1252 text two or three bytes above 127 may form a UTF-8 letter by accident, but
    seldom, and never as often as single ones occur.
    """
    readable = data.decode("utf-8", "ignore")
    letters = len(readable) - len(readable.encode("ascii", "ignore"))
    damage = data.decode("utf-8", "replace").count(_REPLACED)
    return letters > 0 and letters * 3 >= damage


def _decode_damaged(data: bytes, encoding: str, warnings: list[ReadingWarning]) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    count = text.count(_REPLACED)
    warnings.append(
        ReadingWarning(
            "bytes-replaced",
            f"{count} damaged place{'s' if count > 1 else ''} could not be read as {encoding}"
            f" and became the sign U+FFFD",
            line_of(text, text.find(_REPLACED)),
        )
    )
    return text, encoding


def _first_above_ascii(data: bytes) -> int:
    match = _ABOVE_ASCII.search(data)
    return match.start() if match else 0


def _foreign_guess(data: bytes) -> str | None:
    """The encoding of text in another script, or None where it may be Windows-1252."""
    head = data[:_GUESS_BYTES]
    above = len(_ABOVE_ASCII.findall(head))
    if above < _FOREIGN_BYTES or above < _FOREIGN_SHARE * len(head):
        return None
    # 15 ms to import, and only one file in a hundred comes here.
    from charset_normalizer import from_bytes

    best = from_bytes(head).best()
    if best is None or _WESTERN.match(best.encoding):
        return None
    return best.encoding


def _clean(
    text: str,
    encoding: str,
    where: str,
    warnings: list[ReadingWarning],
    *,
    may_hold_nul: bool,
) -> Decoded:
    characters = len(text)
    dropped: dict[str, int] = {}
    if "\ufeff" in text:
        dropped[ledger.BYTE_ORDER_MARK] = text.count("\ufeff")
        text = text.replace("\ufeff", "")
    if may_hold_nul and "\0" in text:
        count = dropped[ledger.NUL] = text.count("\0")
        message = f"{count} NUL character{'s were' if count > 1 else ' was'} taken out"
        line = line_of(text, text.find("\0"))
        warnings.append(ReadingWarning("nul-removed", message, line))
        text = text.replace("\0", "")
    if not text.isascii():
        if encoding not in ("utf-8", FALLBACK):
            text = _without_surrogates(text)
        # One letter is found sixty times as fast as two.
        suspect = encoding == "utf-8" and ("Ã" in text or ("â" in text and "â€" in text))
        twice = _TWICE_ENCODED.search(text) if suspect else None
        if twice:
            message = "some letters look as if they were encoded twice; nothing was changed"
            line = line_of(text, twice.start())
            warnings.append(ReadingWarning("encoded-twice", message, line))
    if not text.strip():
        raise EmptyTranscriptError(where=where)
    most = 2 * MOST_LINES
    if len(text) > most and text.count("\n") + text.count("\r") > most:
        raise TooManyLinesError(where=where, limit=MOST_LINES)
    return Decoded(text, encoding, characters, dropped, tuple(warnings))


def _without_surrogates(text: str) -> str:
    # Only odd codecs such as utf-7 let one through, but no database takes the text then.
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", _REPLACED, text)
    return text

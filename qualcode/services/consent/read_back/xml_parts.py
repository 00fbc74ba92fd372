"""What one XML part of a package says: words in elements and, apart from them, in attributes.

A Word document is nine parts in ten marks, and most of them are alike. So where every mark of a
piece is one of Word's own and written in full, its words are cut out and its marks looked at once
for all that are alike; the parser only says whether it is sound. From the first piece that holds
anything else the parser tells of each mark. Both say the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, Final
from xml.parsers import expat

from qualcode import errors

BREAK: Final = "\n|\n"
"""Stands between what belongs to two paragraphs, cells or fields; no name goes across it."""

_PIECE: Final = 1 << 16
"""Bytes. What is made of so many stays small enough that its memory is used again."""

_MOST_ATTRIBUTES: Final = 20_000

# -- what a mark does to the words beside it -------------------------------------------------------

_HYPHEN: Final = "w:noBreakHyphen"
_BLANKS: Final = frozenset({"w:tab", "w:br", "w:cr", "a:br"})
_PARAGRAPHS: Final = frozenset({"w:p", "w:tc", "a:p"})
_WITHIN_CELLS: Final = frozenset(
    {"t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "scheme", "charset"}
)


class _Signs(dict[str, str]):
    """What ends with an element: nothing, a word, or what belongs together."""

    def __missing__(self, name: str) -> str:
        if name in _BLANKS:
            sign = " "
        elif name == _HYPHEN:
            sign = "-"
        elif name.startswith(("w:", "a:")):
            sign = BREAK if name in _PARAGRAPHS else ""
        else:
            sign = "" if name in _WITHIN_CELLS else BREAK
        self[name] = sign
        return sign


# -- names that are nobody's -----------------------------------------------------------------------

_SAY_TYPES: Final = frozenset(
    {"w:rFonts", "w:font", "w:altName", "a:latin", "a:ea", "a:cs", "a:sym", "a:font", "a:buFont"}
)
"""Elements that name a type or a script. What else they name is looked at as anything is."""

_NOBODYS: Final = frozenset(
    {"Georgia", "David", "Miriam", "Rod", "Iris", "Latha", "Kartika", "Vrinda", "Shruti", "Mangal"}
    | {"Vani", "Kokila", "Nyala", "Gisha", "Aparajita", "Utsaah", "Candara", "Verdana", "Tahoma"}
    | {"Constance", "Felix Titling", "Lucida Bright", "Gill Sans MT", "Baskerville Old Face"}
    | {"Bell MT", "Bernard MT Condensed", "Cooper Black", "Franklin Gothic Book", "Arial", "Aptos"}
    | {"Franklin Gothic Medium", "Goudy Old Style", "Harrington", "Rockwell", "Vivaldi", "Ravie"}
    | {"Levenim MT", "Jokerman", "Forte", "Elephant", "Edwardian Script ITC", "Kristen ITC"}
    | {"Hans", "Hant", "Jpan", "Hang", "Thai", "Arab", "Hebr", "Viet", "Geor", "Khmr", "Mong"}
)
"""Types that come with offices, and scripts, that sound like somebody: `Georgia` and `Hans`."""


# -- a part ----------------------------------------------------------------------------------------

_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]


class XmlPart:
    """One part while it is read: what stands in elements, and apart from it in attributes."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._words: list[str] = []
        self._attributes: set[str] = set()
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.CommentHandler = self._attributes.add
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._refuse
        self._is_told = False

    def said(self, part: IO[bytes]) -> Iterator[tuple[str, frozenset[str]]]:
        """Words in chunks that end at a BREAK, and values of attributes, each with some of them.

        A document type is refused, for it could bring anything along. Raises UncheckedError.
        """
        try:
            for number, piece in enumerate(_pieces(part)):
                self._read(piece, is_first=number == 0)
                yield self._flush(last=False), self._values(_MOST_ATTRIBUTES)
            self._parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise errors.UncheckedError(part=self._name) from problem
        yield self._flush(last=True), self._values(0)

    def _read(self, piece: bytes, *, is_first: bool) -> None:
        marked = None if self._is_told else _read_at_once(piece, is_first=is_first)
        if marked is None:
            self._be_told()
        else:
            self._words.append(marked[0])
            self._attributes.update(marked[1])
        self._parser.Parse(piece)

    def _be_told(self) -> None:
        """From now on the parser tells of every mark, for what it has begun may go on."""
        if not self._is_told:
            parser = self._parser
            parser.StartElementHandler, parser.EndElementHandler = self._handlers()
            parser.CharacterDataHandler = self._words.append
            self._is_told = True

    def _flush(self, *, last: bool) -> str:
        """What is read so far, but for a paragraph that has not come to its end."""
        text = "".join(self._words)
        seam = text.rfind(BREAK)
        cut = len(text) if last else 0 if seam < 0 else seam + len(BREAK)
        self._words[:] = [] if last else [text[cut:]]
        return text[:cut]

    def _values(self, most: int) -> frozenset[str]:
        """The values of attributes, once there are more than so many."""
        if len(self._attributes) <= most:
            return frozenset()
        values = frozenset(self._attributes)
        self._attributes.clear()
        return values

    def _handlers(self) -> tuple[_Start, _End]:
        """What is called for each element, hundreds of thousands of times: without `self`."""
        append, signs, update = self._words.append, _Signs(), self._attributes.update

        def start(name: str, attributes: dict[str, str]) -> None:
            if name in _SAY_TYPES:
                update(value for value in attributes.values() if value not in _NOBODYS)
            elif attributes:
                update(attributes.values())

        def end(name: str) -> None:
            sign = signs[name]
            if sign:
                append(sign)

        return start, end

    def _instruction(self, target: str, words: str) -> None:
        self._attributes.add(f"{target} {words}")

    def _refuse(self, *_: object) -> None:
        raise errors.UncheckedError(part=self._name)


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """A part in pieces that end behind a mark, the last one wherever the part ends."""
    rest = b""
    while data := part.read(_PIECE):
        cut = data.rfind(b">") + 1
        if cut or len(rest) > _PIECE:
            yield rest + data[:cut]
            rest = data[cut:]
        else:
            rest += data
    if rest:
        yield rest


# -- a piece at once -------------------------------------------------------------------------------

_DECLARED: Final = re.compile(
    rb"""<\?xml version=["']1\.0["']( encoding=["']UTF-8["'])?( standalone=["']\w+["'])?"""
    rb"""\s*\?>\s*""",
    re.IGNORECASE,
)
_WRITTEN: Final = {
    b"/w:p": BREAK.encode(),
    b"/w:tc": BREAK.encode(),
    b"w:br/": b" ",
    b"w:tab/": b" ",
    b"w:cr/": b" ",
    b"w:noBreakHyphen/": b"-",
}
"""Marks that stand for something, as programs write them, and what they stand for."""

_JOINT: Final = b"\1"
"""Stands where two marks touch: no XML holds it."""

_MARKS: Final = re.compile(rb"<([^>]*)>")
_OTHERWISE: Final = re.compile(
    r"\x01w:(?:(?:p|tc)(?: [^\x01]*)?/\x01|(?:br|tab|cr|noBreakHyphen)[ \x01])|\x01/w:(?:p|tc) "
)
"""The same marks with anything else in them, or empty, or in two."""

_VALUE: Final = re.compile(r'=\s*"([^"]*)"')
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def _read_at_once(piece: bytes, *, is_first: bool) -> tuple[str, set[str]] | None:
    """The words of a piece and the values of its attributes; None where it is to be told."""
    if is_first:
        piece = _DECLARED.sub(b"", piece, count=1)
    if not piece.endswith(b">") or b"\r" in piece:
        return None
    parts = _MARKS.split(piece.replace(b"><", _JOINT))
    runs = set(parts[1::2])
    signs = {run: b"".join(_WRITTEN.get(one, b"") for one in run.split(_JOINT)) for run in runs}
    parts[1::2] = map(signs.__getitem__, parts[1::2])
    try:
        text = b"".join(parts).decode()
        marks = b"\1".join((b"", *runs, b"")).decode()
    except UnicodeDecodeError:
        return None
    if any(sign in text for sign in "<>\1") or any(sign in marks for sign in "<'\n\t"):
        return None
    # Cut behind a `>` that stands in a value, a mark would take what comes next for the rest of it.
    if any(run.count(b'"') % 2 for run in runs):
        return None
    if marks.count("\1w:") + marks.count("\1/w:") != marks.count("\1") - 1:
        return None
    if _OTHERWISE.search(marks) or not _is_known(text) or not _is_known(marks):
        return None
    values = set(_VALUE.findall(marks))
    if not values.isdisjoint(_NOBODYS):
        return None
    return _meant(text), set(map(_meant, values)) if "&" in marks else values


def _is_known(text: str) -> bool:
    """True where every sign that is written longer is one of the five that XML has a word for."""
    return "&" not in text or text.count("&") == sum(text.count(one) for one, _ in _ENTITIES)


def _meant(text: str) -> str:
    if "&" in text:
        for written, sign in _ENTITIES:
            text = text.replace(written, sign)
    return text

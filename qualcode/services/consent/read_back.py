"""What a finished file says, in every part of it, whoever wrote it and whatever it is for.

A file is read back as its readers' programs do: packages part by part, marks taken out, words
joined that were written in pieces. It comes in chunks, so that a large document needs no more room
to be read than it took to be written. What cannot be read is an error.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from qualcode import errors
from qualcode.exporters.zipped import DAMAGED

BREAK: Final = "\n|\n"
"""Stands between what belongs to two paragraphs, cells or fields; no name goes across it."""

APART: Final = f"{BREAK} "
"""Stands between what nobody reads as one: attributes, fields of a record."""

_CHUNK: Final = 1 << 16
"""Characters. What is made of so many stays small enough that its memory is used again."""

_PACKAGES: Final = frozenset({"docx", "xlsx"})


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place in a file, in words, and the part that it is in, if the file has parts."""

    kind: str
    part: str | None = None


TEXT: Final = Place("the text")
NAMES_OF_PARTS: Final = Place("the names of its parts")

_KINDS: Final = (
    ("docProps/", "the properties"),
    ("word/document", "the text"),
    ("word/comments", "the comments"),
    ("word/footnotes", "the notes"),
    ("word/endnotes", "the notes"),
    ("word/header", "the headers"),
    ("word/footer", "the footers"),
    ("xl/sharedStrings", "the cells"),
    ("xl/worksheets", "the cells"),
    ("xl/comments", "the comments"),
)
_OTHER: Final = "another part"


def said(file: Path | bytes, format: str) -> Iterator[tuple[Place, str]]:  # noqa: A002
    """All words of a file, in chunks that end at a BREAK, with the place that each is in.

    Raises UncheckedError for what cannot be read.
    """
    source: IO[bytes]
    with BytesIO(file) if isinstance(file, bytes) else file.open("rb") as source:
        if format in _PACKAGES:
            yield from _package(source)
            return
        read = _READERS.get(format, _plain)
        try:
            with TextIOWrapper(source, encoding="utf-8-sig", newline="") as text:
                for chunk in read(text):
                    yield TEXT, chunk
        except UnicodeDecodeError as problem:
            raise errors.UncheckedError from problem


def nodes(file: Path | bytes, format: str) -> frozenset[str]:  # noqa: A002
    """Every paragraph, cell and attribute of a file by itself."""
    return frozenset(node for _, chunk in said(file, format) for node in chunk.split(BREAK))


# -- packages --------------------------------------------------------------------------------------

_XML: Final = (".xml", ".rels", ".vml", ".svg")
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".odttf", ".ttf")
_LETTERS_IN_BYTES: Final = re.compile(rb"(?:[\x20-\x7e\x80-\xf4]\x00?){8,}")
"""What a picture may say of itself: its author, its title."""


def _package(source: IO[bytes]) -> Iterator[tuple[Place, str]]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield NAMES_OF_PARTS, _names_in(archive)
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    yield from _part(entry.filename, part)
    except DAMAGED as problem:
        raise errors.UncheckedError from problem


def _names_in(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    beside = [archive.comment, *(entry.comment + entry.extra for entry in entries)]
    found = [entry.filename for entry in entries] + [one.decode("latin-1") for one in beside]
    return APART.join(found)


def _part(name: str, part: IO[bytes]) -> Iterator[tuple[Place, str]]:
    ending = name[name.rfind(".") :].lower()
    place = Place(next((kind for start, kind in _KINDS if name.startswith(start)), _OTHER), name)
    if ending in _XML:
        try:
            yield from _XmlPart(name, place).said(part)
        except expat.ExpatError as problem:
            raise errors.UncheckedError(part=name) from problem
    elif ending in _PICTURES:
        runs = _LETTERS_IN_BYTES.findall(part.read())
        words = (run.replace(b"\x00", b"").decode("utf-8", "replace") for run in runs)
        yield Place("a picture", name), APART.join(words)
    else:
        raise errors.UncheckedError(part=name)


_NO_NAMES: Final = frozenset(
    f"{prefix}{name}"
    for prefix in ("", "w:")
    for name in ("ascii", "hAnsi", "cs", "eastAsia", "typeface", "script", "panose", "altName")
)
"""Attributes that name a type or a script: `Georgia` is no participant, nor is `Hans`."""

_WORKBOOK: Final = "xl/workbook.xml"
_CELLS: Final = re.compile(r"[A-Z]{1,3}[0-9]+(?::[A-Z]{1,3}[0-9]+)?")
_COLUMNS: Final = re.compile(r"(?<=[!:])\$[A-Z]{1,3}(?=[$:,]|\s|$)")
"""Places of cells, `BO12`, and of columns in a workbook: Bo is somebody, the 67th column is not."""

_BLANKS: Final = frozenset({"w:tab", "w:br", "w:cr", "w:noBreakHyphen", "a:br"})
_PARAGRAPHS: Final = frozenset({"w:p", "w:tc", "a:p"})
_WITHIN_CELLS: Final = frozenset(
    {"t", "r", "rPr", "b", "i", "u", "sz", "color", "rFont", "family", "scheme", "charset"}
)


_Start = Callable[[str, dict[str, str]], None]
_End = Callable[[str], None]


class _Signs(dict[str, str]):
    """What ends with an element: nothing, a word, or what belongs together."""

    def __missing__(self, name: str) -> str:
        if name in _BLANKS:
            sign = " "
        elif name.startswith(("w:", "a:")):
            sign = BREAK if name in _PARAGRAPHS else ""
        else:
            sign = "" if name in _WITHIN_CELLS else BREAK
        self[name] = sign
        return sign


class _XmlPart:
    """One part while it is read: what stands in elements, and apart from it in attributes."""

    def __init__(self, name: str, place: Place) -> None:
        self._name = name
        self._place = place
        self._words: list[str] = []
        self._attributes: set[str] = set()
        self._signs = _Signs()

    def said(self, part: IO[bytes]) -> Iterator[tuple[Place, str]]:
        """Everything in chunks; a document type is refused, for it could bring anything along."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._handlers()
        parser.CharacterDataHandler = self._words.append
        parser.CommentHandler = self._attributes.add
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._refuse
        while data := part.read(_CHUNK):
            parser.Parse(data)
            yield self._place, self._flush(last=False)
            if len(self._attributes) > _MOST_ATTRIBUTES:
                yield self._of_attributes()
        parser.Parse(b"", True)
        yield self._place, self._flush(last=True)
        yield self._of_attributes()

    def _flush(self, *, last: bool) -> str:
        """What is read so far, but for a paragraph that has not come to its end."""
        text = "".join(self._words)
        seam = text.rfind(BREAK)
        cut = len(text) if last else 0 if seam < 0 else seam + len(BREAK)
        self._words[:] = [] if last else [text[cut:]]
        return _COLUMNS.sub("", text[:cut]) if self._name == _WORKBOOK else text[:cut]

    def _of_attributes(self) -> tuple[Place, str]:
        values: Iterable[str] = self._attributes
        if self._name.startswith("xl/"):
            values = (value for value in values if not _CELLS.fullmatch(value))
        text = APART.join(sorted(values))
        self._attributes.clear()
        kind = "the names of the sheets" if self._name == _WORKBOOK else _ATTRIBUTES
        return Place(kind, self._name), text

    def _handlers(self) -> tuple[_Start, _End]:
        """What is called for each element, hundreds of thousands of times: without `self`."""
        append, signs, update = self._words.append, self._signs, self._attributes.update

        def start(_name: str, attributes: dict[str, str]) -> None:
            if attributes:
                if _NO_NAMES.isdisjoint(attributes):
                    update(attributes.values())
                else:
                    update(v for k, v in attributes.items() if k not in _NO_NAMES)

        def end(name: str) -> None:
            sign = signs[name]
            if sign:
                append(sign)

        return start, end

    def _instruction(self, target: str, words: str) -> None:
        self._attributes.add(f"{target} {words}")

    def _refuse(self, *_: object) -> None:
        raise errors.UncheckedError(part=self._name)


_ATTRIBUTES: Final = "links, bookmarks or descriptions"
_MOST_ATTRIBUTES: Final = 20_000


# -- texts -----------------------------------------------------------------------------------------

_TAG: Final = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME_OF_TAG: Final = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_VALUES: Final = re.compile(r"""=\s*"([^"]*)\"""")
_MORE_VALUES: Final = re.compile(r"""=\s*'([^']*)'|<!--(.*?)-->""", re.DOTALL)
_TYPES: Final = re.compile(r"font-family\s*:[^;}]*", re.IGNORECASE)
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "em", "i", "mark", "q", "small", "span", "strong"}
    | {"sub", "sup", "u", "wbr"}
)


class _Tags(dict[str, str]):
    """What stands between the words on either side of a tag, by the tag without attributes."""

    def __missing__(self, tag: str) -> str:
        name = _NAME_OF_TAG.match(tag)
        self[tag] = "" if name is None or name[1].lower() in _INLINE else BREAK
        return self[tag]


def _html(stream: TextIOWrapper) -> Iterator[str]:
    by_name = _Tags()
    for chunk in _cut_behind(stream, ">"):
        pieces = _TAG.split(_TYPES.sub("", chunk) if "font-family" in chunk else chunk)
        # Of ten tags nine were there before: each is looked at once.
        signs = {tag: by_name[tag.split(None, 1)[0]] for tag in set(pieces[1::2])}
        pieces[1::2] = map(signs.__getitem__, pieces[1::2])
        yield unescape("".join(pieces))
        yield unescape(_attributes_of(signs))


def _attributes_of(tags: Collection[str]) -> str:
    """Each value of an attribute and each comment once."""
    text = "".join(tag for tag in tags if "=" in tag or "!--" in tag)
    said = set(_VALUES.findall(text))
    if "'" in text or "!--" in text:
        said.update(piece for one in _MORE_VALUES.findall(text) for piece in one)
    return APART.join(said.union(tag for tag in tags if tag.startswith("<!")))


_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " "}


def _json(stream: TextIOWrapper) -> Iterator[str]:
    for chunk in _cut_behind(stream, "\n"):
        # JSON holds no control characters: they stand for the two signs that would part wrongly.
        plain = chunk.replace("\\\\", "\0").replace('\\"', "\1") if "\\" in chunk else chunk
        text = APART.join(dict.fromkeys(plain.split('"')[1::2]))
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        yield text.replace("\0", "\\").replace("\1", '"')


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _ESCAPED.get(escape[2], escape[2])


def _csv(stream: TextIOWrapper) -> Iterator[str]:
    for chunk in _cut_behind(stream, '"\n'):
        fields = chunk.replace('","', BREAK).replace('"\n', BREAK)
        yield fields.removeprefix('"').replace(f'{BREAK}"', BREAK)


_MARKDOWN: Final = re.compile(r"\\(?=[^\w\s])|[*`~]")


def _markdown(stream: TextIOWrapper) -> Iterator[str]:
    for chunk in _cut_behind(stream, "\n\n"):
        yield unescape(_MARKDOWN.sub("", chunk.replace("\n\n", BREAK)))
        yield unescape(_attributes_of(set(_TAG.findall(chunk))))


def _plain(stream: TextIOWrapper) -> Iterator[str]:
    return _cut_behind(stream, "\n")


_READERS: Final = {"html": _html, "json": _json, "csv": _csv, "md": _markdown}


def _cut_behind(stream: TextIOWrapper, sign: str) -> Iterator[str]:
    """A text in chunks that end behind a sign, the last one wherever the text ends."""
    rest = ""
    while data := stream.read(_CHUNK):
        rest += data
        cut = rest.rfind(sign)
        if cut >= 0:
            yield rest[: cut + len(sign)]
            rest = rest[cut + len(sign) :]
    if rest:
        yield rest

"""What a finished file says, in every part of it, whoever wrote it and whatever it is for.

A file is read back as its readers' programs do: packages part by part, marks taken out, words
joined that were written in pieces. It comes in chunks, none longer than the longest line, so that a
large document needs no more room to be read than it took to be written. What cannot be read is an
error.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, AnyStr, Final

from qualcode import errors
from qualcode.exporters.zipped import DAMAGED
from qualcode.services.consent.read_back.xml_parts import BREAK, XmlPart

APART: Final = f"{BREAK} "
"""Stands between what nobody reads as one: attributes, fields of a record."""

_CHUNK: Final = 1 << 16
"""Characters, in a page bytes. What is made of so many stays small, and its room is used again."""

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
        try:
            if format == "html":
                yield from ((TEXT, chunk) for chunk in _html(source))
                return
            read = _READERS.get(format)
            if read is None:  # of what nobody knows how it is read, nothing is known
                raise errors.UncheckedError
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
        kind = "the names of the sheets" if name == _WORKBOOK else _ATTRIBUTES
        for words, values in XmlPart(name).said(part):
            yield place, _COLUMNS.sub("", words) if name == _WORKBOOK else words
            if values:
                yield Place(kind, name), APART.join(sorted(_said_in(values, name)))
    elif ending in _PICTURES:
        runs = _LETTERS_IN_BYTES.findall(part.read())
        letters = (run.replace(b"\x00", b"").decode("utf-8", "replace") for run in runs)
        yield Place("a picture", name), APART.join(letters)
    else:
        raise errors.UncheckedError(part=name)


_ATTRIBUTES: Final = "links, bookmarks or descriptions"
_WORKBOOK: Final = "xl/workbook.xml"
_CELLS: Final = re.compile(r"[A-Z]{1,3}[0-9]+(?::[A-Z]{1,3}[0-9]+)?")
_COLUMNS: Final = re.compile(r"(?<=[!:])\$[A-Z]{1,3}(?=[$:,]|\s|$)")
"""Places of cells, `BO12`, and of columns in a workbook: Bo is somebody, the 67th column is not."""


def _said_in(values: Iterable[str], name: str) -> Iterable[str]:
    """The values of attributes that say something."""
    if not name.startswith("xl/"):
        return values
    return (value for value in values if not _CELLS.fullmatch(value))


# -- texts -----------------------------------------------------------------------------------------

_TAG: Final = r"(<!--.*?-->|<[^>]*>)"
_TAGS: Final = re.compile(_TAG, re.DOTALL)
_TAGS_IN_BYTES: Final = re.compile(_TAG.encode(), re.DOTALL)
_NAME_OF_TAG: Final = re.compile(rb"</?([a-z0-9]+)", re.IGNORECASE)
_VALUES: Final = re.compile(r"""=\s*"(?!#?[a-z]-[A-Z]\d+")([^"]*)\"""")
"""Every value but places of quotations, `#m-Q012`: two letters apart and a number are nobody."""

_MORE_VALUES: Final = re.compile(r"""=\s*'([^']*)'|<!--(.*?)-->|<!([^>]*)>""", re.DOTALL)
_INLINE: Final = frozenset(
    {b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"em", b"i", b"mark", b"q", b"small", b"span"}
    | {b"strong", b"sub", b"sup", b"u", b"wbr"}
)
_BETWEEN_BLOCKS: Final = BREAK.encode()


class _Between(dict[bytes, bytes]):
    """What stands between the words on either side of a tag, by the tag without attributes."""

    def __missing__(self, tag: bytes) -> bytes:
        name = _NAME_OF_TAG.match(tag)
        is_inline = name is None or name[1].lower() in _INLINE
        self[tag] = b"" if is_inline else _BETWEEN_BLOCKS
        return self[tag]


def _html(stream: IO[bytes]) -> Iterator[str]:
    """The words of a page, and apart from them its attributes; cut as bytes, a tenth quicker."""
    between = _Between()
    for chunk in _cut_behind(stream, b">"):
        pieces = _TAGS_IN_BYTES.split(chunk)
        # Of ten tags nine were there before: each is looked at once.
        signs = {tag: between[tag.split(None, 1)[0]] for tag in set(pieces[1::2])}
        pieces[1::2] = map(signs.__getitem__, pieces[1::2])
        yield unescape(b"".join(pieces).decode())
        yield unescape(_attributes_of(b"".join(signs).decode()))


def _attributes_of(tags: str) -> str:
    """Each value of an attribute and each comment once."""
    said = set(_VALUES.findall(tags))
    if "'" in tags or "<!" in tags:
        said.update(piece for one in _MORE_VALUES.findall(tags) for piece in one)
    return APART.join(said)


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
        yield unescape(_attributes_of("".join(set(_TAGS.findall(chunk)))))


_READERS: Final = {"json": _json, "csv": _csv, "md": _markdown}


def _cut_behind(stream: IO[AnyStr], sign: AnyStr) -> Iterator[AnyStr]:
    """A text in chunks that end behind a sign, the last one wherever the text ends.

    Where a sign is long in coming, what was read is put together once, and looked through once.
    """
    held: list[AnyStr] = []
    begun = sign[:0]  # the last of what is held: the sign may stand half in it
    while data := stream.read(_CHUNK):
        seen = begun + data
        found = seen.rfind(sign)
        if found >= 0:
            cut = found + len(sign) - len(begun)
            held.append(data[:cut])
            yield sign[:0].join(held)
            held, data = [], data[cut:]
            seen = data
        held.append(data)
        begun = seen[max(0, len(seen) - len(sign) + 1) :]
    if rest := sign[:0].join(held):
        yield rest

"""XML from strangers: no entity is expanded, no document type loaded, nothing fetched.

A document type that is only named is let through where a format has one (Transcriber's files name
theirs); one that declares anything of its own is refused, for entities are declared there.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, EncodingError, TooManyLinesError
from qualcode.readers.ground.decoding import opening
from qualcode.readers.ground.source import MOST_LINES, check_length

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qualcode.readers.ground.source import Source

# A declaration stands before the root, and no producer writes more than a line or two there.
_PROLOGUE_BYTES = 4096
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?P<own>\[)?")
# What stands before the root is never gone through twice: hostile files have it a thousand times.
_ROOT = re.compile(
    r"\s*+(?>(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>)\s*)*+"
    r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]",
    re.S,
)
# A tree takes some 200 bytes for each tag and attribute, however short they are in the file.
_MOST_MARKS = 4 * MOST_LINES
# In a part of a package, which holds the properties of each run, there are more of them.
_MOST_MARKS_OF_A_PART = 8 * MOST_LINES


def read_xml(source: Source, *, title: str, may_name_type: bool = False) -> Element:
    """The root of a file that is XML as a whole, within the limits that hold for text.

    Raises TooLargeError or TooManyLinesError, else as `parse_xml`.
    """
    data = source.data
    check_length(len(data), source.where)
    _check_marks(data, _MOST_MARKS, source.where)
    return parse_xml(
        data,
        title=title,
        where=source.where,
        encoding=source.encoding,
        may_name_type=may_name_type,
    )


def root_name(source: Source) -> str | None:
    """The name of the element at the root, without its namespace, or None where it is no XML."""
    return root_in(opening(source))


def root_in(text: str) -> str | None:
    """As `root_name`, of the first characters of a file."""
    match = _ROOT.match(text)
    return match[1] if match else None


def encoding_of(root: Element) -> str | None:
    """The encoding by which a document was read, by the name that Python has for it."""
    declared = root.getroottree().docinfo.encoding
    try:
        return codecs.lookup(declared).name if declared else None
    except LookupError:
        return declared


def parse_xml(
    xml: bytes,
    *,
    title: str,
    where: str,
    encoding: str | None = None,
    may_name_type: bool = False,
) -> Element:
    """The root of an XML document; `title` is what people call its format.

    `encoding` overrules what the document declares. With `may_name_type` a document type may be
    named, though not loaded. Raises DamagedFileError, TooManyLinesError, or EncodingError for an
    unknown encoding.
    """
    _check_marks(xml, _MOST_MARKS_OF_A_PART, where)
    # 8 ms to import.
    from lxml import etree

    kind = _DOCTYPE.search(xml[:_PROLOGUE_BYTES])
    if kind and (kind["own"] or not may_name_type):
        raise _declares(title, where)
    try:
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            encoding=encoding,
        )
    except LookupError as unknown:
        raise EncodingError(encoding or "", where=where, known=False) from unknown
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        detail = "it is not valid XML"
        raise DamagedFileError(title, where=where, detail=detail) from broken
    own = root.getroottree().docinfo.internalDTD
    # The stubs of lxml do not know this method.
    if own is not None and (not may_name_type or any(own.iterentities())):  # type: ignore[union-attr]
        raise _declares(title, where)
    return root


def source_line(element: Element) -> int:
    """The number of the line in which an element begins, from 1."""
    # The stubs of lxml leave the type of it open.
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or 0


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _check_marks(xml: bytes, most: int, where: str) -> None:
    if len(xml) > most and xml.count(b"<") + xml.count(b"=") > most:
        raise TooManyLinesError(where=where, limit=MOST_LINES)


def _declares(title: str, where: str) -> DamagedFileError:
    detail = "it declares a document type of its own, which no program writes"
    return DamagedFileError(title, where=where, detail=detail)

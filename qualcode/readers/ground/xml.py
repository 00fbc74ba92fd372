"""XML from strangers: no entity is expanded, no document type loaded, nothing fetched.

A document type that is only named is let through where a format has one (Transcriber's files name
theirs); one that declares anything of its own is refused, for entities are declared there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, EncodingError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# A declaration stands before the root, and no producer writes more than a line or two there.
_PROLOGUE_BYTES = 4096
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?P<own>\[)?")


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
    named, though not loaded. Raises DamagedFileError, or EncodingError for an unknown encoding.
    """
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


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _declares(title: str, where: str) -> DamagedFileError:
    detail = "it declares a document type of its own, which no program writes"
    return DamagedFileError(title, where=where, detail=detail)

"""Pages of HTML, saved from the web, from Word, from noScribe or from an archive.

The words as a browser shows them; menus and the foot of the page are set aside. The encoding is
what the page declares, where its bytes are not UTF-8 and fit what it declares.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.facts import find_date
from qualcode.readers.grammar.html_blocks import Page, lay_out, read_page
from qualcode.readers.grammar.lines import Line, Row
from qualcode.readers.ground.decoding import OPENING_BYTES, decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading

FORMAT = Format("html", "HTML page")

# What stands before the first element is never gone through twice: every file is asked, and a
# hostile one has thousands of comments there.
_START = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:(?><!--.*?-->)\s*+)*+"
    r"<(?:!doctype\s+html|(?:html|head|meta|title|body|div|section|article|header|nav|main|center"
    r"|table|ul|ol|dl|blockquote|p|pre|h[1-6]|hr|br)(?=[\s>/]))",
    re.I | re.S,
)
# A text may begin with a mark in angle brackets; with one that is closed again it is a page.
_INLINE_START = re.compile(
    r"\s*+<(b|strong|i|em|u|span|font|a)(?=[\s>])[^<>]*+>.{0,200}?</\1>", re.I
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]{1,40})", re.I)
# What browsers read where a page declares one of these: word processors wrote quotes into them.
_AS_BROWSERS = dict.fromkeys(("iso8859-1", "ascii", "latin-1"), "cp1252")

_DATES = ("date", "dc.date", "dcterms.date", "dcterms.created")
_NOSCRIBE_AUDIO = re.compile(r"Audio source: (?:.*[/\\])?([^/\\]+)$")


def recognises(source: Source) -> bool:
    """True where the content begins with an element of a page."""
    head = opening(source)
    return _START.match(head) is not None or _INLINE_START.match(head) is not None


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a page, and the account of what was left out."""
    decoded = decode(_as_declared(source))
    ledger = Ledger.of_text(decoded)
    page = read_page(decoded.text, where=source.where)
    laid = lay_out(page, ledger, characters=len(decoded.text))
    spoken = read_dialogue(laid.items, ledger)
    spoken.facts = {**_facts_of_head(page), **spoken.facts, **laid.facts}
    spoken.producer = laid.producer or spoken.producer
    if page.noscribe:
        spoken.facts.update(_recording(laid.items))
        spoken.producer = "noScribe"
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _as_declared(source: Source) -> Source:
    """The source with the encoding that the page declares, where that settles it."""
    declared = _CHARSET.search(source.data[:OPENING_BYTES])
    if source.encoding is not None or declared is None:
        return source
    try:
        codec = codecs.lookup(declared[1].decode("ascii")).name
        encoding = _AS_BROWSERS.get(codec, codec)
        source.data.decode("utf-8")
    except LookupError:  # an encoding that nobody knows
        return source
    except UnicodeDecodeError:
        if encoding != "utf-8" and _fits(source.data, encoding):
            return replace(source, encoding=encoding)
    return source


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (LookupError, UnicodeError):  # also for codecs that do not make text
        return False
    return not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _facts_of_head(page: Page) -> dict[str, str]:
    facts = {
        "title": " ".join(page.meta.get("title", "").split()),
        "language": page.meta.get("language", "").strip(),
        "date": next((day for key in _DATES if (day := find_date(page.meta.get(key, "")))), ""),
    }
    return {fact: value for fact, value in facts.items() if value}


def _recording(items: list[Line | Row]) -> dict[str, str]:
    """The sound file that noScribe names before the words."""
    for item in items[:5]:
        audio = _NOSCRIBE_AUDIO.match(item.text) if isinstance(item, Line) else None
        if audio:
            return {"recording": audio[1]}
    return {}

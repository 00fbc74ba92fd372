"""oTranscribe's files (.otr): a page of HTML in a JSON object, with the name of the recording.

The times that a person set while listening stand in spans of the page; each is kept, also in the
middle of a turn. The account counts the characters of the page, without the JSON around it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, EmptyTranscriptError, TooManyEntriesError
from qualcode.readers.grammar.dialogue import read_dialogue
from qualcode.readers.grammar.html_blocks import lay_out, read_page
from qualcode.readers.ground.decoding import OPENING_BYTES, decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import storable
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import make_reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model.transcript import Reading

FORMAT = Format("otr", "oTranscribe file")

_OPENS = re.compile(r'\s*\{\s*"[\w-]{1,20}"\s*:\s*"')
_TEXT = re.compile(r'"text"\s*:\s*"')
_MEDIA = re.compile(rb'"media(?:-source|-time)?"\s*:')
# The object is flat: what is nested this often is something else, and would cost memory.
_MOST_ENTRIES = 2_000_000
_FOLDERS = re.compile(r".*[/\\]")


def recognises(source: Source) -> bool:
    """True for an object with a text and the medium that oTranscribe names beside it."""
    head = opening(source)
    if not _OPENS.match(head) or '"segments"' in head:
        return False
    ends = source.data[:OPENING_BYTES] + source.data[-OPENING_BYTES:]
    return _TEXT.search(head) is not None and _MEDIA.search(ends) is not None


def read(source: Source, *, name: str) -> Reading:
    """The transcript in an oTranscribe file, and the account of what was left out."""
    decoded = decode(source)
    fields = _parse(decoded.text, source.where)
    html = fields.get("text")
    if not isinstance(html, str) or not html.strip():
        raise EmptyTranscriptError(where=source.where)
    html = storable(html)
    ledger = Ledger()
    ledger.read = len(html)
    for warning in decoded.warnings:
        ledger.warn(warning.code, warning.message, warning.line)
    page = read_page(html, where=source.where)
    laid = lay_out(page, ledger, characters=len(html))
    spoken = read_dialogue(laid.items, ledger)
    spoken.facts = {**_recording(fields), **spoken.facts, **laid.facts}
    spoken.producer = "oTranscribe"
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _parse(text: str, where: str) -> Mapping[str, object]:
    if text.count("{") + text.count("[") > _MOST_ENTRIES:
        raise TooManyEntriesError(where=where, limit=_MOST_ENTRIES)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as broken:  # numbers of any length are ValueErrors too
        raise DamagedFileError(FORMAT.title, where=where, detail="it is not valid JSON") from broken
    if not isinstance(fields, dict):
        raise DamagedFileError(FORMAT.title, where=where, detail="it is not a JSON object")
    return fields


def _recording(fields: Mapping[str, object]) -> dict[str, str]:
    """The file that was listened to; a film on the web is no recording that could be looked for."""
    for key in ("media", "media-source"):
        medium = fields.get(key)
        if isinstance(medium, str) and medium.strip() and "://" not in medium:
            return {"recording": storable(_FOLDERS.sub("", medium).strip())}
    return {}

"""JSON as speech engines and transcript editors write it: recognised by its shape, not its maker.

One module of `shapes` reads one shape; here the document is parsed and guarded. The account counts
the characters of the words that are speech (`shapes.passages` says which), for a JSON file is
mostly keys, numbers and the same words a second time.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from qualcode.errors import DamagedFileError, TooManyEntriesError, UnknownJsonError
from qualcode.readers.grammar.facts import facts_of_front_matter
from qualcode.readers.ground.decoding import decode, opening
from qualcode.readers.ground.ledger import Ledger
from qualcode.readers.ground.signs import storable
from qualcode.readers.ground.source import Format, Source
from qualcode.readers.ground.turns import Spoken, make_reading
from qualcode.readers.shapes import find_shape
from qualcode.readers.shapes.adhoc import names_field
from qualcode.readers.shapes.fields import MOST_ENTRIES, LongListError
from qualcode.readers.shapes.passages import enter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model.transcript import Reading
    from qualcode.readers.shapes.fields import Json
    from qualcode.readers.shapes.passages import Speech

FORMAT = Format("json", "JSON of a speech engine")

# The brackets alone may be speech, `[inaudible]`; with a quotation mark or another one inside they
# are not.
_OPENS = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[{"\]]|\[\s*[\[{"\d\]-]))')

_BLANKS = re.compile(r"[ \t\r\n]*")

# A day of single words has nine hundred thousand where each takes four (Amazon). What each costs
# in memory, some 200 bytes and a unit, is whatever is in it: a file of nothing but brackets would
# take what there is.
_MOST_BRACKETS = 1_000_000

_MOST_KEYS, _LONGEST_KEY = 8, 30


def recognises(source: Source) -> bool:
    """True for what begins like a JSON object or list; which shape it has is seen in reading."""
    return _OPENS.match(opening(source)) is not None


def read(source: Source, *, name: str) -> Reading:
    """The transcript in a JSON file, and the account of what was left out."""
    decoded = decode(source)
    ledger = Ledger()
    for warning in decoded.warnings:
        ledger.warn(warning.code, warning.message, warning.line)
    document = _parse(decoded.text, source.where)
    try:
        speech = _find_speech(document, source.where)
        units = enter(speech, ledger)
    except LongListError as long:
        raise TooManyEntriesError(where=source.where, limit=MOST_ENTRIES) from long
    spoken = Spoken(units, _facts_of(document, speech.facts), speech.producer)
    return make_reading(spoken, ledger, source, FORMAT, name=name, encoding=decoded.encoding)


def _find_speech(document: Json, where: str) -> Speech:
    shape = find_shape(document)
    if shape is None:
        raise _unknown(document, where)
    return shape.speech(document)


def _facts_of(document: Json, known: Mapping[str, str]) -> dict[str, str]:
    """What the shape found, and else what fields such as `title` or `date` say."""
    facts: dict[str, str] = {}
    if isinstance(document, dict):
        beside = document.get("metadata")
        for fields in (beside if isinstance(beside, dict) else {}, document):
            facts.update(facts_of_front_matter(fields))
    facts.update(known)
    return {name: kept for name, fact in facts.items() if (kept := storable(fact).strip())}


def _parse(text: str, where: str) -> Json:
    """The document. A key that stands twice in one object would lose a value, so it is refused."""
    if len(text) > _MOST_BRACKETS and text.count("{") + text.count("[") > _MOST_BRACKETS:
        raise TooManyEntriesError(where=where, limit=_MOST_BRACKETS)
    try:
        return _parse_one_or_several(text)
    except _RepeatedKeyError as repeated:
        detail = "an object names a key twice, and one of the two values would be lost"
        raise DamagedFileError("JSON document", where=where, detail=detail) from repeated
    except json.JSONDecodeError as broken:
        detail = f"it breaks off or is not valid at line {broken.lineno}"
        raise DamagedFileError("JSON document", where=where, detail=detail) from broken
    except ValueError as endless:  # a whole number of more than four thousand digits
        detail = "it holds a number that is too long"
        raise DamagedFileError("JSON document", where=where, detail=detail) from endless
    except RecursionError as deep:
        detail = "its brackets are nested too deep"
        raise DamagedFileError("JSON document", where=where, detail=detail) from deep


def _parse_one_or_several(text: str) -> Json:
    """The document; of several one after the other, as streaming engines write them, a list."""
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    document, end = decoder.raw_decode(text, _past_blanks(text, 0))
    several = [document]
    while (begin := _past_blanks(text, end)) < len(text):
        document, end = decoder.raw_decode(text, begin)
        several.append(document)
    return several if len(several) > 1 else document


def _past_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


class _RepeatedKeyError(Exception):
    """A key stands twice in one object."""


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _RepeatedKeyError
    return made


def _unknown(document: Json, where: str) -> UnknownJsonError:
    """The refusal of a shape. People may be keys: they are named only if one of them is known."""
    if isinstance(document, list):
        document = next((entry for entry in document if isinstance(entry, dict)), {})
    keys = list(document) if isinstance(document, dict) else []
    named: list[str] = []
    if any(map(names_field, keys)):
        found = (" ".join(key.split()) for key in keys[:_MOST_KEYS])
        named = [key if len(key) <= _LONGEST_KEY else key[:_LONGEST_KEY] + "…" for key in found]
    return UnknownJsonError(named, where=where, count=len(keys))

"""The American Archive of Public Broadcasting: parts, or single words, by the id of a speaker."""

from __future__ import annotations

from qualcode.readers.shapes.fields import (
    Json,
    first_of,
    holds,
    label_of,
    moment_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, put_together

_STARTS, _ENDS = ("start_time", "start"), ("end_time", "end")


def knows(document: Json) -> bool:
    """True for parts with words and times, or for words that carry the id of their speaker."""
    return holds(within(document, "parts"), "text", "start_time") or holds(
        within(document, "words"), "text", "speaker_id"
    )


def speech(document: Json) -> Speech:
    """One passage a part; words are put together."""
    parts = document.get("parts")
    if holds(parts, "text"):
        passages = [_part(number, part) for number, part in enumerate(objects(parts), 1)]
        return Speech(passages)
    return Speech(put_together(map(_word, objects(document["words"]))))


def _part(number: int, part: dict[str, Json]) -> Passage:
    text, label, start, end, _ = _word(part)
    return Passage(number, text, label, moment_of(start), moment_of(end))


def _word(word: dict[str, Json]) -> Word:
    text = text_of(first_of(word, ("text", "word")))
    label = label_of(first_of(word, ("speaker", "speaker_id")))
    return text, label, first_of(word, _STARTS), first_of(word, _ENDS), False

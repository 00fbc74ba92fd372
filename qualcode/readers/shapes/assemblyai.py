"""AssemblyAI: utterances where speakers were told apart, else paragraphs, sentences or words.

All times are ms. The whole text stands in the file once more and is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    Json,
    holds,
    label_of,
    moment_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECES = ("utterances", "paragraphs", "sentences")
# Fields that only its answers have; the words alone could be anybody's.
_OWN = ("audio_url", "acoustic_model", "language_model", "speech_model", "webhook_url")


def knows(document: Json) -> bool:
    """True for pieces with words, text and confidence, or for words beside its own fields."""
    if any(holds(within(document, name), "text", "words", "confidence") for name in _PIECES):
        return True
    own = isinstance(document, dict) and any(key in document for key in _OWN)
    return own and holds(document.get("words"), "text", "start")


def speech(document: Json) -> Speech:
    """The largest pieces that the file has."""
    language = document.get("language_code")
    facts = {"language": language} if isinstance(language, str) else {}
    for name in _PIECES:
        if holds(document.get(name), "text"):
            return Speech(_passages(objects(document[name])), "AssemblyAI", facts)
    words = map(_word, objects(document["words"]))
    return Speech(put_together(words, unit_ms=MILLISECOND_MS), "AssemblyAI", facts)


def _passages(pieces: list[dict[str, Json]]) -> Iterator[Passage]:
    for number, piece in enumerate(pieces, 1):
        text, label, start, end, _ = _word(piece)
        times = moment_of(start, MILLISECOND_MS), moment_of(end, MILLISECOND_MS)
        timed = (
            (text_of(word.get("text")), moment_of(word.get("start"), MILLISECOND_MS))
            for word in objects(piece.get("words"))
        )
        yield Passage(number, text, label, *times, timed)


def _word(word: dict[str, Json]) -> Word:
    label = label_of(word.get("speaker"))
    return text_of(word.get("text")), label, word.get("start"), word.get("end"), False

"""Speechmatics: a flat list of words and punctuation, each with its guesses and its speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    Json,
    holds,
    label_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Speech, Word, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator

# Its word for a voice that it could not tell from others.
_UNKNOWN = "UU"


def knows(document: Json) -> bool:
    """True for results with a type and alternatives."""
    return holds(within(document, "results"), "type", "alternatives", "start_time")


def speech(document: Json) -> Speech:
    """The words put together."""
    results = objects(document["results"])
    language = within(document, "metadata", "transcription_config", "language")
    facts = {"language": language} if isinstance(language, str) else {}
    return Speech(put_together(_words(results)), "Speechmatics", facts, _others(results))


def _words(results: list[dict[str, Json]]) -> Iterator[Word]:
    for result in results:
        best = next(iter(objects(result.get("alternatives"))), {})
        speaker = label_of(best.get("speaker"))
        yield (
            text_of(best.get("content")),
            None if speaker == _UNKNOWN else speaker,
            result.get("start_time"),
            result.get("end_time"),
            result.get("attaches_to") == "previous" or result.get("type") == "punctuation",
        )


def _others(results: list[dict[str, Json]]) -> Iterator[str]:
    for result in results:
        for guess in objects(result.get("alternatives"))[1:]:
            yield text_of(guess.get("content"))

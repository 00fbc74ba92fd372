"""Kaldi: single words, and who spoke from when as a list of its own; and Vosk, which is its kin.

A word stands plain and with its punctuation (`punct`). Speakers come as segments with a start and
a length, joined to the words by time. Vosk writes one object an utterance, each with `result`.
"""

from __future__ import annotations

from bisect import bisect_right
from math import isnan
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Iterator


def knows(document: Json) -> bool:
    """True for words below `retval`, or for Vosk's utterances."""
    if isinstance(document, list):
        return any(holds(entry.get("result"), "word") for entry in objects(document[:5]))
    return holds(within(document, "result"), "word", "start") or holds(
        within(document, "retval", "words"), "word"
    )


def speech(document: Json) -> Speech:
    """The words put together, each with the speaker of its time."""
    if isinstance(document, list):
        return Speech(_utterances(objects(document)), "Vosk")
    if "retval" not in document:
        return Speech(_utterances([document]), "Vosk")
    retval = document["retval"]
    turns = _turns(within(retval, "segmentation", "segments"))
    return Speech(put_together(_words(objects(retval["words"]), turns)), "Kaldi")


def _utterances(entries: list[dict[str, Json]]) -> Iterator[Passage]:
    number = 1
    for entry in entries:
        words = objects(entry.get("result"))
        if words:
            yield from put_together(_words(words, []), first=number)
        elif text_of(entry.get("text")):
            yield Passage(number, text_of(entry.get("text")))
        number += len(words) or 1


def _turns(segments: Json) -> list[tuple[float, str]]:
    """From when who speaks, by time."""
    found: list[tuple[float, str]] = []
    for segment in objects(segments):
        start_ms, speaker = moment_of(segment.get("start")), label_of(segment.get("speaker"))
        if start_ms is not None and not isnan(start_ms) and speaker:
            found.append((start_ms, speaker))
    return sorted(found)


def _words(words: list[dict[str, Json]], turns: list[tuple[float, str]]) -> Iterator[Word]:
    starts = [start_ms for start_ms, _ in turns]
    speaker: str | None = None
    for word in words:
        start_ms = moment_of(word.get("start"))
        named = label_of(word.get("speaker"))
        if named:
            speaker = named
        elif start_ms is not None and not isnan(start_ms):  # else it goes with the word before
            # The word belongs to the segment that began last; before the first nobody is named.
            at = bisect_right(starts, start_ms) - 1
            speaker = turns[at][1] if at >= 0 else None
        text = text_of(first_of(word, ("punct", "word")))
        yield text, speaker, word.get("start"), word.get("end"), False

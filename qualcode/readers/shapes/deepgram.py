"""Deepgram: `results` with utterances, or with the words of each channel.

Utterances are read where they were asked for, else paragraphs, else single words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    Json,
    holds,
    label_of,
    moment_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, by_time, put_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def knows(document: Json) -> bool:
    """True for channels with alternatives, or utterances, below `results`."""
    return holds(within(document, "results", "channels"), "alternatives") or holds(
        within(document, "results", "utterances"), "transcript"
    )


def speech(document: Json) -> Speech:
    """The largest pieces that the file has."""
    results = document["results"]
    channels = objects(results.get("channels"))
    language = next((code for at in channels if (code := at.get("detected_language"))), None)
    facts = {"language": language} if isinstance(language, str) else {}
    utterances = results.get("utterances")
    if holds(utterances, "transcript"):
        passages: Iterable[Passage] = map(_utterance, enumerate(objects(utterances), 1))
    else:
        passages = (passage for at in enumerate(channels) for passage in _channel(at, channels))
        if len(channels) > 1:
            passages = by_time(passages)
    others = (text for channel in channels for text in _others(channel))
    return Speech(passages, "Deepgram", facts, others)


def _utterance(numbered: tuple[int, dict[str, Json]]) -> Passage:
    number, entry = numbered
    words = objects(entry.get("words"))
    timed = ((_word(word, None)[0], moment_of(word.get("start"))) for word in words)
    times = moment_of(entry.get("start")), moment_of(entry.get("end"))
    text, speaker = text_of(entry.get("transcript")), label_of(entry.get("speaker"))
    return Passage(number, text, speaker, *times, timed)


def _channel(
    numbered: tuple[int, dict[str, Json]], channels: list[dict[str, Json]]
) -> Iterator[Passage]:
    at, channel = numbered
    own = f"Channel {at}" if len(channels) > 1 else None
    best = next(iter(objects(channel.get("alternatives"))), {})
    paragraphs = within(best, "paragraphs", "paragraphs")
    words = objects(best.get("words"))
    if holds(paragraphs, "sentences"):
        yield from _sentences(objects(paragraphs), own)
    elif words:
        yield from put_together((_word(word, own) for word in words), finely=len(channels) > 1)
    elif text_of(best.get("transcript")):
        yield Passage(1, text_of(best.get("transcript")), own)


def _sentences(paragraphs: list[dict[str, Json]], own: str | None) -> Iterator[Passage]:
    number = 0
    for paragraph in paragraphs:
        speaker = label_of(paragraph.get("speaker")) or own
        for sentence in objects(paragraph.get("sentences")):
            number += 1
            times = moment_of(sentence.get("start")), moment_of(sentence.get("end"))
            yield Passage(number, text_of(sentence.get("text")), speaker, *times)


def _word(word: dict[str, Json], own: str | None) -> Word:
    text = text_of(word.get("punctuated_word") or word.get("word"))
    label = label_of(word.get("speaker")) or own
    return text, label, word.get("start"), word.get("end"), False


def _others(channel: dict[str, Json]) -> Iterator[str]:
    for guess in objects(channel.get("alternatives"))[1:]:
        yield text_of(guess.get("transcript"))

"""Azure Speech: recognised phrases, each with its guesses, the best one first.

The batch service counts in ticks or ISO durations, its fast successor in milliseconds. The words
of all phrases stand a second time as the combined text of each channel, which is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    TICK_MS,
    Json,
    first_of,
    holds,
    label_of,
    moment_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, by_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNITS = (("InTicks", TICK_MS), ("Milliseconds", MILLISECOND_MS), ("", TICK_MS))
_WORDINGS = ("display", "text", "maskedITN", "itn", "lexical")


def knows(document: Json) -> bool:
    """True for the phrases of either service."""
    return holds(within(document, "recognizedPhrases"), "nBest") or holds(
        within(document, "phrases"), "offsetMilliseconds", "text"
    )


def speech(document: Json) -> Speech:
    """One passage a phrase; those of several channels are put in order."""
    phrases = objects(document.get("recognizedPhrases") or document.get("phrases"))
    language = next((phrase["locale"] for phrase in phrases if phrase.get("locale")), None)
    facts = {"language": language} if isinstance(language, str) else {}
    channels = {text_of(phrase.get("channel", 0)) for phrase in phrases}
    passages: Iterable[Passage] = _passages(phrases, several=len(channels) > 1)
    if len(channels) > 1:
        passages = by_time(passages)
    return Speech(passages, "Azure Speech", facts, _others(phrases))


def _passages(phrases: list[dict[str, Json]], *, several: bool) -> Iterator[Passage]:
    for number, phrase in enumerate(phrases, 1):
        best = next(iter(objects(phrase.get("nBest"))), phrase)
        start_ms, lasted_ms = _time(phrase, "offset"), _time(phrase, "duration")
        end_ms = None if start_ms is None or lasted_ms is None else start_ms + lasted_ms
        speaker = label_of(phrase.get("speaker"))
        if speaker is None and several:
            speaker = f"Channel {text_of(phrase.get('channel', 0))}"
        words = ((_wording(word), _time(word, "offset")) for word in objects(best.get("words")))
        yield Passage(number, _wording(best), speaker, start_ms, end_ms, words)


def _time(entry: dict[str, Json], name: str) -> float | None:
    for unit, unit_ms in _UNITS:
        value = entry.get(name + unit)
        if value is not None:
            return moment_of(value, unit_ms)
    return None


def _wording(guess: dict[str, Json]) -> str:
    return text_of(first_of(guess, (*_WORDINGS, "word")))


def _others(phrases: list[dict[str, Json]]) -> Iterator[str]:
    for phrase in phrases:
        for guess in objects(phrase.get("nBest"))[1:]:
            yield _wording(guess)

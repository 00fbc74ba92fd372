"""Google Speech-to-Text, both versions, bare or as the answer of an operation.

Each result has the guesses of the engine, the best one first, with the words below it. Times are
`"1.200s"` or seconds and nanos apart, and a time of zero is left out. Where speakers were told
apart, the last result repeats all words of the recording with their speakers: then it alone is
read.
"""

from __future__ import annotations

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

_STARTS = ("startTime", "start_time", "startOffset", "start_offset")
_ENDS = ("endTime", "end_time", "endOffset", "end_offset")
_SPEAKERS = ("speakerLabel", "speaker_label", "speakerTag", "speaker_tag")
_RESULT_ENDS = ("resultEndTime", "result_end_time", "resultEndOffset", "result_end_offset")
_LANGUAGES = ("languageCode", "language_code")


def knows(document: Json) -> bool:
    """True for a list of results with alternatives that hold a transcript or words."""
    results = _results(document)
    return any(
        holds(result.get("alternatives"), key)
        for result in results[:3]
        for key in ("transcript", "words")
    ) and not holds(results, "type")


def speech(document: Json) -> Speech:
    """The words of each result put together, or its transcript where it has no words."""
    results = _results(document)
    language = next((code for result in results if (code := first_of(result, _LANGUAGES))), None)
    facts = {"language": language} if isinstance(language, str) else {}
    if _repeats_all(results):
        results = results[-1:]
    others = (text for result in results for text in _others(result))
    return Speech(_passages(results), "Google Speech-to-Text", facts, others)


def _repeats_all(results: list[dict[str, Json]]) -> bool:
    """True where the last result alone tells speakers apart, and has all words of the others."""
    *before, last = results
    apart = [result for result in results if any(map(_speaker, _words_of(result)))]
    words = sum(len(_words_of(result)) for result in before)
    return apart == [last] and len(_words_of(last)) >= words


def _results(document: Json) -> list[dict[str, Json]]:
    for path in (("results",), ("response", "results")):
        found = objects(within(document, *path))
        if found:
            return found
    return []


def _best(result: dict[str, Json]) -> dict[str, Json]:
    guesses = objects(result.get("alternatives"))
    return guesses[0] if guesses else {}


def _words_of(result: dict[str, Json]) -> list[dict[str, Json]]:
    return objects(_best(result).get("words"))


def _speaker(word: dict[str, Json]) -> str | None:
    named = first_of(word, _SPEAKERS)
    return None if named == 0 else label_of(named)  # 0 says that nobody was told apart


def _passages(results: list[dict[str, Json]]) -> Iterator[Passage]:
    number = 1
    for result in results:
        words = _words_of(result)
        if words:
            yield from put_together(map(_word, words), first=number)
            number += len(words)
            continue
        transcript = text_of(_best(result).get("transcript"))
        end_ms = moment_of(first_of(result, _RESULT_ENDS))
        if transcript:
            yield Passage(number, transcript, None, None, end_ms)
        number += 1


def _word(word: dict[str, Json]) -> Word:
    start, end = first_of(word, _STARTS), first_of(word, _ENDS)
    if start is None and end is not None:
        start = 0
    return text_of(word.get("word")), _speaker(word), start, end, False


def _others(result: dict[str, Json]) -> Iterator[str]:
    for guess in objects(result.get("alternatives"))[1:]:
        yield text_of(guess.get("transcript"))

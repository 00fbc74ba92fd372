"""IBM Watson: results with guesses whose words stand as `[word, start, end]`.

Who speaks stands beside the results, by the time at which a word begins.
"""

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
from qualcode.readers.shapes.passages import Passage, Speech, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.readers.shapes.passages import Word


def knows(document: Json) -> bool:
    """True for results whose guesses have timestamps, or beside which speakers stand by time."""
    results = within(document, "results")
    if not holds(results, "alternatives"):
        return False
    return any(
        holds(result.get("alternatives"), "timestamps") for result in objects(results)[:3]
    ) or holds(within(document, "speaker_labels"), "from", "speaker")


def speech(document: Json) -> Speech:
    """The words of each result put together, or its transcript where it has no words."""
    results = objects(document["results"])
    speakers: dict[Json, str | None] = {
        at.get("from"): label_of(at.get("speaker"))
        for at in objects(document.get("speaker_labels"))
        if isinstance(at.get("from"), int | float)
    }
    others = (text for result in results for text in _others(result))
    return Speech(_passages(results, speakers), "IBM Watson", other_guesses=others)


def _passages(
    results: list[dict[str, Json]], speakers: dict[Json, str | None]
) -> Iterator[Passage]:
    number = 1
    for result in results:
        best = next(iter(objects(result.get("alternatives"))), {})
        timed = best.get("timestamps")
        words = [_word(word, speakers) for word in timed] if isinstance(timed, list) else []
        if words:
            yield from put_together(words, first=number)
        elif text_of(best.get("transcript")):
            yield Passage(number, text_of(best.get("transcript")))
        number += len(words) or 1


def _word(word: Json, speakers: dict[Json, str | None]) -> Word:
    text, start, end, *_ = (
        [*word, None, None, None] if isinstance(word, list) else (word, None, None)
    )
    label = speakers.get(start) if isinstance(start, int | float) else None
    return text_of(text), label, start, end, False


def _others(result: dict[str, Json]) -> Iterator[str]:
    for guess in objects(result.get("alternatives"))[1:]:
        yield text_of(guess.get("transcript"))

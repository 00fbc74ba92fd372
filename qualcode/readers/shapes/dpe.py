"""Digital Paper Edit and the editors around it: words, and paragraphs that join them by time."""

from __future__ import annotations

from bisect import bisect_right
from math import isnan
from operator import itemgetter
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
from qualcode.readers.shapes.passages import Passage, Speech, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator


def knows(document: Json) -> bool:
    """True for words beside paragraphs that have times and no words of their own."""
    paragraphs = within(document, "paragraphs")
    return (
        holds(within(document, "words"), "start")
        and holds(paragraphs, "start")
        and not holds(paragraphs, "text")
    )


def speech(document: Json) -> Speech:
    """A passage for each paragraph, or several for a long one."""
    paragraphs = objects(document["paragraphs"])
    begun = _by_start(paragraphs)
    doubts: list[tuple[str, str]] = []
    untimed = len(paragraphs) - len(begun)
    if untimed:
        message = (
            f"paragraphs that do not say when they begin: {untimed}; their words went to the ones"
            " before them"
        )
        doubts.append(("paragraph-without-time", message))
    return Speech(_passages(objects(document["words"]), begun), doubts=tuple(doubts))


def _by_start(paragraphs: list[dict[str, Json]]) -> list[tuple[float, str | None]]:
    """From when who speaks, by time."""
    found = [
        (start_ms, label_of(paragraph.get("speaker")))
        for paragraph in paragraphs
        if (start_ms := moment_of(paragraph.get("start"))) is not None and not isnan(start_ms)
    ]
    return sorted(found, key=itemgetter(0))


def _passages(
    words: list[dict[str, Json]], paragraphs: list[tuple[float, str | None]]
) -> Iterator[Passage]:
    """Words up to the start of the next paragraph are of this one, also where times leave gaps."""
    starts = [start_ms for start_ms, _ in paragraphs]
    at, begin = 0, 0
    for here, word in enumerate(words):
        start_ms = moment_of(word.get("start"))
        if start_ms is None or isnan(start_ms):
            continue
        following = max(at, bisect_right(starts, start_ms) - 1)
        if following != at:
            yield from _paragraph(words[begin:here], paragraphs[at][1], begin + 1)
            begin, at = here, following
    speaker = paragraphs[at][1] if paragraphs else None
    yield from _paragraph(words[begin:], speaker, begin + 1)


def _paragraph(words: list[dict[str, Json]], speaker: str | None, first: int) -> Iterator[Passage]:
    said = ((_text(word), speaker, word.get("start"), word.get("end"), False) for word in words)
    yield from put_together(said, first=first)


def _text(word: dict[str, Json]) -> str:
    return text_of(first_of(word, ("text", "punct", "word")))

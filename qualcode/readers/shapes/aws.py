"""Amazon Transcribe: single items with times as strings, and who spoke beside them.

Newer files have whole passages, `audio_segments`, too. Who says an item stands in the item, or in
`speaker_labels` or `channel_labels` under the time at which it begins; punctuation has no time.
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
from qualcode.readers.shapes.passages import Passage, Speech, Word, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator

_PRODUCER = "Amazon Transcribe"


def knows(document: Json) -> bool:
    """True for items with alternatives below `results`, or for its passages."""
    results = within(document, "results")
    return holds(within(results, "items"), "alternatives", "type") or holds(
        within(results, "audio_segments"), "transcript"
    )


def speech(document: Json) -> Speech:
    """The passages of the engine where it has them, else its words put together."""
    results = document["results"]
    language = results.get("language_code")
    facts = {"language": language} if isinstance(language, str) else {}
    segments = results.get("audio_segments")
    items = objects(results.get("items"))
    if holds(segments, "transcript"):
        return Speech(_passages(objects(segments), items), _PRODUCER, facts)
    words = _words(items, _speakers(results))
    return Speech(put_together(words), _PRODUCER, facts, _others(items))


def _passages(segments: list[dict[str, Json]], items: list[dict[str, Json]]) -> Iterator[Passage]:
    by_id = {item["id"]: item for item in items if type(item.get("id")) is int}
    for number, segment in enumerate(segments, 1):
        ids = segment.get("items")
        known = ids if isinstance(ids, list) else []
        own = [by_id[at] for at in known if type(at) is int and at in by_id]
        yield Passage(
            number,
            text_of(segment.get("transcript")),
            label_of(segment.get("speaker_label")) or label_of(segment.get("channel_label")),
            moment_of(segment.get("start_time")),
            moment_of(segment.get("end_time")),
            ((_content(item), moment_of(item.get("start_time"))) for item in own),
        )


def _words(items: list[dict[str, Json]], speakers: dict[Json, str]) -> Iterator[Word]:
    speaker: str | None = None
    for item in items:
        start, glued = item.get("start_time"), item.get("type") == "punctuation"
        if not glued:
            named = item.get("speaker_label") or item.get("channel_label")
            speaker = label_of(named) if named else _at(speakers, start) or speaker
        yield _content(item), speaker, start, item.get("end_time"), glued


def _at(speakers: dict[Json, str], start: Json) -> str | None:
    return speakers.get(start) if isinstance(start, str | float) else None


def _speakers(results: dict[str, Json]) -> dict[Json, str]:
    """Who speaks at the times at which items begin, as the file writes the times."""
    found: dict[Json, str] = {}
    for kind, lists, name in (
        ("channel_labels", "channels", "channel_label"),
        ("speaker_labels", "segments", "speaker_label"),
    ):
        for part in objects(within(results, kind, lists)):
            label = label_of(part.get(name))
            for item in (part, *objects(part.get("items"))):
                start = item.get("start_time")
                own = label_of(item.get(name)) or label
                if own and isinstance(start, str | float):
                    found[start] = own
    return found


def _content(item: dict[str, Json]) -> str:
    guesses = objects(item.get("alternatives"))
    return text_of(guesses[0].get("content")) if guesses else ""


def _others(items: list[dict[str, Json]]) -> Iterator[str]:
    for item in items:
        for guess in objects(item.get("alternatives"))[1:]:
            yield text_of(guess.get("content"))

"""Transcripts of podcasts: Podlove's list, and the segments of the Podcasting 2.0 standard.

Podlove writes each time as a clock and in ms, and the speaker as a number and by voice; its last
entry has no end. The standard allows segments of a single word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    MILLISECOND_MS,
    Json,
    first_of,
    holds,
    label_of,
    moment_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, gathered

if TYPE_CHECKING:
    from collections.abc import Iterator


def knows(document: Json) -> bool:
    """True for entries with a start in ms, or for segments with a body."""
    entries = _entries(document)
    return holds(entries, "text", "start_ms") or holds(entries, "body", "startTime")


def speech(document: Json) -> Speech:
    """One passage an entry."""
    entries = _entries(document)
    if holds(entries, "body"):
        return Speech(gathered(_segments(objects(entries))))
    return Speech(_passages(objects(entries)), "Podlove")


def _entries(document: Json) -> Json:
    if isinstance(document, list):
        return document
    return within(document, "transcripts") or within(document, "segments")


def _passages(entries: list[dict[str, Json]]) -> Iterator[Passage]:
    for number, entry in enumerate(entries, 1):
        yield Passage(
            number,
            text_of(entry.get("text")),
            label_of(first_of(entry, ("voice", "speaker"))),
            _time(entry, "start"),
            _time(entry, "end"),
        )


def _time(entry: dict[str, Json], name: str) -> float | None:
    stated_ms = entry.get(f"{name}_ms")
    if stated_ms is None:
        return moment_of(entry.get(name))
    return moment_of(stated_ms, MILLISECOND_MS)


def _segments(entries: list[dict[str, Json]]) -> Iterator[Passage]:
    for number, entry in enumerate(entries, 1):
        yield Passage(
            number,
            text_of(entry.get("body")),
            label_of(entry.get("speaker")),
            moment_of(entry.get("startTime")),
            moment_of(entry.get("endTime")),
        )

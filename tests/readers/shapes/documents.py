"""JSON documents as engines write them, invented for the tests, and how they are read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from readers.sources import check_account, read, said, times

if TYPE_CHECKING:
    from qualcode.model.transcript import Reading


def heard(document: Any) -> Reading:
    """The reading of a document, its account checked."""
    reading = read(json.dumps(document))
    assert reading.transcript.format == "json"
    check_account(reading)
    return reading


def turns(document: Any) -> list[tuple[str | None, str, int | None, int | None]]:
    """Who says what, when."""
    reading = heard(document)
    return [(*who, *when) for who, when in zip(said(reading), times(reading), strict=True)]


def marks(reading: Reading) -> list[tuple[str, int]]:
    """The word at each mark, and its time."""
    text = reading.transcript.text
    return [(text[at.offset :].split()[0], at.at_ms) for at in reading.transcript.marks]


TALK = [
    ("Speaker 0", "How did it come? Tell me.", 500, 2_400),
    ("Speaker 1", "Slowly.", 3_000, 3_500),
]
"""What the same short talk comes to, by whatever engine."""

TALK_FROM_ONE = [("Speaker 1", "How so?", 500, 1_000), ("Speaker 2", "Slowly.", 3_000, 3_500)]
"""The same from engines that count speakers from 1."""

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

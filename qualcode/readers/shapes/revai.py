"""Rev: monologues of words and punctuation, made by machine or by people.

The machine's times are seconds (`ts`), those of people clocks (`timestamp`); people's files also
list the names of the speakers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.readers.shapes.fields import (
    Json,
    first_of,
    holds,
    label_of,
    objects,
    text_of,
    within,
)
from qualcode.readers.shapes.passages import Passage, Speech, Word, put_together

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTS, _ENDS = ("ts", "timestamp"), ("end_ts", "end_timestamp")


def knows(document: Json) -> bool:
    """True for monologues with elements."""
    return holds(within(document, "monologues"), "elements")


def speech(document: Json) -> Speech:
    """The elements of each monologue put together; blanks are elements, too."""
    names = {
        str(at.get("id")): label_of(at.get("name")) for at in objects(document.get("speakers"))
    }
    return Speech(_passages(objects(document["monologues"]), names), "Rev")


def _passages(monologues: list[dict[str, Json]], names: dict[str, str | None]) -> Iterator[Passage]:
    number = 1
    for monologue in monologues:
        speaker = monologue.get("speaker")
        label = label_of(within(monologue, "speaker_info", "display_name"))
        label = label or names.get(str(speaker)) or label_of(speaker)
        elements = objects(monologue.get("elements"))
        yield from put_together(_words(elements, label), first=number)
        number += len(elements)


def _words(elements: list[dict[str, Json]], label: str | None) -> Iterator[Word]:
    """Words with the punctuation and the blanks before them, as the elements bring them."""
    between = ""
    for element in elements:
        value = text_of(element.get("value"))
        if element.get("type") == "punct" and not value.strip():
            between += value
            continue
        start, end = first_of(element, _STARTS), first_of(element, _ENDS)
        yield between + value, label, start, end, element.get("type") == "punct"
        between = ""

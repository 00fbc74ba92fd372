"""Coders who are called as somebody is who may not be named: they are numbered in what leaves.

A volunteer called Sarah gives nobody away, but a reader cannot tell her from a participant of that
name, and neither can the gate. So she is `coder 2` there, by her place among all coders, and that
is said once. In the project, and on the screens of the team, she keeps her name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from typing import Final

from qualcode.model.matrix import Quotation
from qualcode.model.people import coder_key
from qualcode.services.consent.names.forbidden import Forbidden

NUMBERED: Final = (
    "a coder has a name that may not leave, because somebody else is called so, and is numbered: "
    "see qualcode coders list"
)

Numbers = Mapping[str, str]
"""What coders are called who cannot be called by name, by their keys."""


def numbered(forbidden: Forbidden, coders: Iterable[str]) -> Numbers:
    """The coders that are numbered, of all who ever acted.

    Looked for as they are written, too: in small letters `Rose` is a flower. A number by which
    somebody is called already is nobody else's.
    """
    written: dict[str, set[str]] = defaultdict(set)
    for name in coders if forbidden else ():
        written[coder_key(name)].add(name)
    numbers = (number for number in count(1) if f"coder {number}" not in written)
    return {
        key: f"coder {number}"
        for number, key in zip(numbers, sorted(written), strict=False)
        if any(forbidden.found(one) for one in (key, *written[key]))
    }


def with_numbers(quotation: Quotation, numbers: Numbers) -> Quotation:
    """A quotation in which nobody of the team is named who cannot be."""
    if not numbers:
        return quotation
    key = coder_key(quotation.coder)
    coder = numbers.get(key)
    notes = tuple(
        replace(note, coder=numbers.get(coder_key(note.coder), note.coder))
        for note in quotation.notes
    )
    if coder is None:
        return quotation if notes == quotation.notes else replace(quotation, notes=notes)
    # The uid of a coding ends in the key of its coder.
    coding = f"{quotation.coding.removesuffix(key)}{coder}"
    return replace(quotation, coding=coding, coder=coder, notes=notes)


def is_numbered(quotations: Iterable[Quotation], numbers: Numbers) -> bool:
    """True where a coder is numbered in one of these quotations."""
    called = set(numbers.values())
    return bool(called) and any(
        not called.isdisjoint((*one.coded_by, *(note.coder for note in one.notes)))
        for one in quotations
    )


def as_stored(coding: str, numbers: Numbers) -> str:
    """The uid of a coding as the project knows it, of one as it left."""
    for key, number in numbers.items():
        if coding.endswith(f":{number}"):
            return f"{coding.removesuffix(number)}{key}"
    return coding

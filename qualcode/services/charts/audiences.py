"""Quotations for those who read them: in a publication nothing is said of the team.

Participants are cited alike for everybody. A publication holds no memos, no stars and no doubts,
and its coders are numbered, so that one can still tell who agreed with whom. The team reads their
names, but for those that may not leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation
from qualcode.model.people import coder_key
from qualcode.services.consent.names.of_coders import Numbers, with_numbers
from qualcode.services.retrieval.passages import Passage


def for_audience(
    found: Iterable[tuple[Quotation, Passage]],
    audience: Audience,
    *,
    coders: Numbers,
    stars: bool = False,
) -> Iterator[tuple[Quotation, Passage]]:
    """Single codings, not yet joined, as this audience may read them.

    `coders` are those whom nobody can call by name. With `stars` quotations keep theirs, and their
    doubts, for whoever is still to choose among them.
    """
    if audience is Audience.TEAM:
        yield from ((with_numbers(quotation, coders), passage) for quotation, passage in found)
        return
    numbers: dict[str, str] = {}
    for quotation, passage in found:
        key = coder_key(quotation.coder)
        coder = numbers.setdefault(key, f"coder {len(numbers) + 1}")
        # The uid of a coding ends in the key of its coder.
        coding = f"{quotation.coding.removesuffix(key)}{coder}"
        unsaid = replace(quotation, coding=coding, coder=coder, memo=None, notes=())
        yield (unsaid if stars else without_signs(unsaid)), passage


def without_signs(quotation: Quotation) -> Quotation:
    """The same without what the team marked it with."""
    return replace(quotation, starred=False, doubt=False)

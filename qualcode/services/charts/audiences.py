"""Quotations for those who read them: in a publication nothing is said of the team.

Participants are cited alike for everybody. A publication holds no memos, and its coders are
numbered, so that one can still tell who agreed with whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qualcode.model.consent import Audience
from qualcode.model.matrix import Quotation
from qualcode.model.people import coder_key
from qualcode.services.retrieval.corpus import Passage


def for_audience(
    found: Iterable[tuple[Quotation, Passage]], audience: Audience
) -> Iterator[tuple[Quotation, Passage]]:
    """Single codings, not yet joined, as this audience may read them."""
    if audience is Audience.TEAM:
        yield from found
        return
    numbers: dict[str, str] = {}
    for quotation, passage in found:
        key = coder_key(quotation.coder)
        coder = numbers.setdefault(key, f"coder {len(numbers) + 1}")
        # The uid of a coding ends in the key of its coder.
        coding = f"{quotation.coding.removesuffix(key)}{coder}"
        yield replace(quotation, coding=coding, coder=coder, memo=None, notes=()), passage

"""Passages as a document shows them: overlapping codings of one code joined, and all numbered.

A passage that two coders gave the same code stands once, from where the first of them began to
where the last one ended. It has one number under all its codes, which tells it in a document and
in the talk about it: `Q007`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.model.matrix import Quotation
from qualcode.services.retrieval.corpus import Passage

Place = tuple[str, str, int, int]
"""Where a passage stands: the name and version of its transcript, start and end."""


def join_overlapping(
    found: Sequence[tuple[Quotation, Passage]],
) -> list[tuple[Quotation, Passage]]:
    """Passages of one code that overlap become one, from the first character to the last."""
    merged: list[tuple[Quotation, Passage]] = []
    last: dict[tuple[str, str, str], int] = {}
    for quotation, passage in found:
        # Where people of one interview stand apart, each of them has passages of their own.
        place = (passage.text.version, quotation.code, quotation.transcript)
        at = last.get(place)
        if at is not None and quotation.start < merged[at][0].end:
            before, whole = merged[at]
            merged[at] = (_joined(before, quotation, passage), whole)
        else:
            last[place] = len(merged)
            merged.append((quotation, passage))
    return merged


def _joined(before: Quotation, quotation: Quotation, passage: Passage) -> Quotation:
    """Two overlapping passages of one text as one, with all that was noted on either."""
    end = max(before.end, quotation.end)
    words, edits = passage.words(before.start, end)
    memos = dict.fromkeys(memo for memo in (before.memo, quotation.memo) if memo)
    return replace(
        with_coders(before, quotation.coded_by),
        end=end,
        text=words,
        edits=edits,
        after=quotation.after if quotation.end > before.end else before.after,
        memo="\n".join(memos) or None,
        doubt=before.doubt or quotation.doubt,
        starred=before.starred or quotation.starred,
        notes=tuple(dict.fromkeys((*before.notes, *quotation.notes))),
    )


def with_coders(quotation: Quotation, others: Iterable[str]) -> Quotation:
    """The same, coded by others as well; a name with a comma in it is one coder's."""
    coders = tuple(sorted({*quotation.coded_by, *others}))
    return replace(quotation, coder=", ".join(coders), coders=coders)


def number_by_place(
    found: Sequence[tuple[Quotation, Passage]],
    *,
    numbers: Mapping[Place, int] | None = None,
) -> list[tuple[Quotation, Passage]]:
    """The same passages with numbers from 1, by name of transcript, start and end.

    The same place has the same number under every code. The order of the passages stays. Where
    `numbers` are given they hold, as in one of several documents of the same passages.
    """
    if numbers is None:
        places = sorted({place_of(quotation) for quotation, _ in found})
        numbers = {place: number for number, place in enumerate(places, 1)}
    return [
        (replace(quotation, number=numbers[place_of(quotation)]), passage)
        for quotation, passage in found
    ]


def place_of(quotation: Quotation) -> Place:
    """Where it stands; versions tell transcripts apart that have one name since copies merged."""
    return quotation.transcript, quotation.version, quotation.start, quotation.end

"""Passages as a document shows them: overlapping codings of one code joined, and all numbered.

A passage that two coders gave the same code stands once, from where the first of them began to
where the last one ended, and is cited as the words between are. Passages of two people are never
joined: whoever has a coding has a passage, in whatever rows and parts they stand. It has one number
under all its codes, which tells it in a document and in the talk about it: `Q007`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.model.matrix import Quotation
from qualcode.services.retrieval.passages import Passage

Place = tuple[str, str, int, int]
"""Where a passage stands: the name and version of its transcript, start and end."""

Found = tuple[Quotation, Passage]

Attributed = Callable[[Passage], str]
"""How the words of a passage are attributed; `Corpus.attribution` is what knows it."""


def join_overlapping(found: Iterable[Found], attributed: Attributed) -> list[Found]:
    """Passages of one code and one person's that overlap become one, in the order of their starts.

    `found` comes by start in each transcript. Two joined reach into words that the first of them
    does not hold, so the whole is attributed anew.
    """
    runs: list[list[Found]] = []
    last: dict[tuple[str, str, str | None], tuple[list[Found], int]] = {}
    for quotation, passage in found:
        key = passage.text.version, quotation.code, quotation.participant
        run, end = last.get(key, ([], 0))
        if quotation.start >= end:
            run = []
            runs.append(run)
        run.append((quotation, passage))
        last[key] = run, max(end, quotation.end)
    return [_joined(run, attributed) for run in runs]


def _joined(run: Sequence[Found], attributed: Attributed) -> Found:
    """Overlapping passages as one, with all that was noted on any of them."""
    (first, passage), *others = run
    if not others:
        return first, passage
    quotations = [quotation for quotation, _ in run]
    longest = max(quotations, key=_end)
    whole = replace(passage, end=longest.end)
    words, edits = whole.words(whole.start, whole.end)
    memos = dict.fromkeys(one.memo for one in quotations if one.memo)
    joined = replace(
        with_coders(first, (coder for one in quotations for coder in one.coded_by)),
        end=whole.end,
        text=words,
        edits=edits,
        attribution=attributed(whole),
        after=longest.after,
        memo="\n".join(memos) or None,
        doubt=any(one.doubt for one in quotations),
        starred=any(one.starred for one in quotations),
        notes=tuple(dict.fromkeys(note for one in quotations for note in one.notes)),
    )
    return joined, whole


def _end(quotation: Quotation) -> int:
    return quotation.end


def with_coders(quotation: Quotation, others: Iterable[str]) -> Quotation:
    """The same, coded by others as well; a name with a comma in it is one coder's."""
    coders = tuple(sorted({*quotation.coded_by, *others}))
    return replace(quotation, coder=", ".join(coders), coders=coders)


def number_by_place(
    found: Sequence[Found],
    *,
    numbers: Mapping[Place, int] | None = None,
) -> list[Found]:
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

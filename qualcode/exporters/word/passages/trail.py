"""What ties a document together: the numbers of its passages, and the ways between two places.

A passage has one number wherever it stands. From each cell a way leads to the passage in its
context, and from there one back to the cell in which it stands first.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from qualcode.exporters.references import says_places
from qualcode.exporters.word.writing import wml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from qualcode.model.matrix import Quotation

MOST_WAYS_BACK = 8000
"""Above it a document would hold more bookmarks than older versions of Word can count."""

MANY_QUOTATIONS = 3000
"""Above it Word takes minutes to open the file, and nobody reads its thousand pages."""


def too_many(quotations: int, advice: str) -> tuple[str, ...]:
    """What is to be said of a document with so many quotations, and what helps."""
    if quotations <= MANY_QUOTATIONS:
        return ()
    said = f"the document holds {quotations:,} quotations; above {MANY_QUOTATIONS:,} Word is slow"
    return (f"{said}: {advice}",)


class Trail:
    """Hands out numbers and bookmarks while one document is written, in the order of its pages.

    `passages` are the quotations, each place once, in the order of their numbers. `appendix` says
    that they stand in their context at the end, so that ways can lead there.
    """

    def __init__(self, quotations: Collection[Quotation], *, appendix: bool) -> None:
        self.appendix = appendix
        self._own = _numbered_by_place(quotations) if _lacks_a_number(quotations) else None
        found: dict[int, Quotation] = {}
        self._more_codes: dict[int, list[str]] = {}
        for quotation in quotations:
            number = self.number(quotation)
            if number not in found:
                found[number] = quotation
            elif quotation.code != found[number].code:
                self._more_codes.setdefault(number, []).append(quotation.code)
        self.passages: Sequence[Quotation] = [found[number] for number in sorted(found)]
        self.leads_back = appendix and len(self.passages) <= MOST_WAYS_BACK
        self._bookmarks = count(1)
        self._met = bytearray(max(found, default=0) + 1)

    def number(self, quotation: Quotation) -> int:
        """The number of the passage, from 1."""
        if self._own is None:
            return quotation.number
        return self._own[_place(quotation)]

    @property
    def says_places(self) -> bool:
        """True where readers are told in which interview, and where in it, the words stand."""
        return says_places(self.passages)

    def codes(self, quotation: Quotation) -> tuple[str, ...]:
        """The full names of all codes under which the passage stands."""
        more = self._more_codes.get(self.number(quotation), ())
        return tuple(dict.fromkeys((quotation.code, *more)))

    def bookmark(self, content: str, name: str) -> str:
        """Content that ways can lead to; `name` is unique in the document."""
        return wml.bookmark(content, name, next(self._bookmarks))

    def to_context(self, quotation: Quotation, content: str) -> str:
        """Content that leads to the passage in its context, where the document has that."""
        if not self.appendix:
            return content
        return wml.link(content, _in_context(self.number(quotation)))

    def in_context(self, quotation: Quotation, content: str) -> str:
        """The place that `to_context` leads to."""
        return self.bookmark(content, _in_context(self.number(quotation)))

    def in_matrix(self, quotation: Quotation, content: str) -> str:
        """Content that the passage leads back to where it stands here for the first time."""
        number = self.number(quotation)
        if not self.leads_back or self._met[number]:
            return content
        self._met[number] = True
        return self.bookmark(content, _in_matrix(number))

    def to_matrix(self, quotation: Quotation, content: str) -> str:
        """Content that leads back; nothing where no way does."""
        return wml.link(content, _in_matrix(self.number(quotation))) if self.leads_back else ""


def _in_context(number: int) -> str:
    return f"q_Q{number:05}"


def _in_matrix(number: int) -> str:
    return f"m_Q{number:05}"


def _place(quotation: Quotation) -> tuple[str, str, int, int]:
    return quotation.transcript, quotation.version, quotation.start, quotation.end


def _lacks_a_number(quotations: Iterable[Quotation]) -> bool:
    return any(quotation.number == 0 for quotation in quotations)


def _numbered_by_place(quotations: Iterable[Quotation]) -> dict[tuple[str, str, int, int], int]:
    """Numbers for a report that has none: by transcript and place."""
    places = sorted(set(map(_place, quotations)))
    return {place: number for number, place in enumerate(places, 1)}

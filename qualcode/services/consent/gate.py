"""The gate: nothing leaves before it was read back, in all its parts, and no name found in it.

What is shown of names is settled long before (`shown_words`); here it is looked after, whoever made
the words and wherever they came from: titles, templates, names of codes. It fails closed: what
cannot be read does not leave. No sentence of it says which name was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import accumulate
from pathlib import Path
from typing import Final

from qualcode import errors
from qualcode.services.consent.names.forbidden import Forbidden
from qualcode.services.consent.read_back.files import Place, said
from qualcode.services.consent.read_back.xml_parts import BREAK

_CARRIED: Final = 80
"""Characters of a cell that are looked at together with the next: more than a name has."""

_SEAM: Final = re.compile(rf"{re.escape(BREAK)}[\r\n|]*(?=[^\W\d_])")
"""Where a piece ends, and the next one in which anything stands begins with a letter."""

_SHORTEST_JOINED: Final = 4
"""Letters of a name that is found where two cells meet; in fewer, any two letters would be one."""

_MONTH: Final = re.compile(
    r"(?:\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?= \d{4}))\b"
)

Ours = Callable[[], Set[str]]


def check(
    file: Path | bytes,
    forbidden: Forbidden,
    *,
    format: str,  # noqa: A002  the word that people type
    where: str | None = None,
    ours: Ours = frozenset,
) -> None:
    """Read a finished file back and refuse it if a name stands in it that may not leave.

    `where` is its name as it is said in an error. `ours` are paragraphs and attributes that a file
    of this format has whoever is in the study; it is asked for only where something was found.
    Raises LeakError for the first place with a name in it, UncheckedError for what cannot be read.
    """
    if not forbidden:
        return
    look = _Look(forbidden, ours)
    try:
        for place, chunk in said(file, format):
            look.at(place, chunk)
    except errors.UncheckedError as problem:
        part = problem.part if problem.part and not forbidden.found(problem.part) else None
        raise errors.UncheckedError(part=part, where=where) from problem
    for place, found in look.found.items():
        part = place.part if place.part and not forbidden.found(place.part) else None
        raise errors.LeakError(found, kind=place.kind, part=part, where=where)


def check_name(name: str, forbidden: Forbidden) -> None:
    """Refuse a file's own name that holds one. The sentence does not say it."""
    if forbidden.found(name):
        typed = errors.HeldField(errors.Field.FILE)
        raise errors.LeakError(len(forbidden.found(name)), kind=str(typed), fields=[typed])


def check_words(forbidden: Forbidden, words: Iterable[str | None], *, where: str) -> None:
    """Refuse words that leave by themselves, such as those of a copy, if a name is in them."""
    if not forbidden:
        return
    found = _number_of_names(forbidden, BREAK.join(one for one in words if one))
    if found:
        raise errors.LeakError(found, kind=where)


def holds(forbidden: Forbidden, words: str) -> bool:
    """True where a name stands in these words by themselves."""
    return _number_of_names(forbidden, words) > 0


def _number_of_names(forbidden: Forbidden, text: str) -> int:
    return sum(not _is_a_date(text, one.span.start, one.span.end) for one in forbidden.found(text))


class _Look:
    """Looks through one file: at each chunk, and at what stands on either side of its breaks."""

    def __init__(self, forbidden: Forbidden, ours: Ours) -> None:
        self.found: dict[Place, int] = {}
        self._forbidden = forbidden
        self._ours = ours
        self._own: Set[str] | None = None
        self._place: Place | None = None
        self._carried = ""

    def at(self, place: Place, chunk: str) -> None:
        """Count the names in a chunk, and those that begin in one cell and end in the next."""
        if place != self._place:
            self._place, self._carried = place, ""
        self._count(place, self._names_in(chunk))
        text = f"{self._carried}{BREAK}{chunk}"
        self._count(place, self._names_across(text))
        self._carried = _end_of(text.rstrip("\r\n|"))

    def _count(self, place: Place, found: Iterator[object]) -> None:
        number = sum(1 for _ in found)
        if number:
            self.found[place] = self.found.get(place, 0) + number

    def _names_in(self, chunk: str) -> Iterator[tuple[int, int]]:
        for one in self._forbidden.found(chunk):
            start, end = one.span.start, one.span.end
            if not _is_a_date(chunk, start, end) and not self._is_ours(chunk, start, end):
                yield start, end

    def _names_across(self, text: str) -> Iterator[tuple[int, int]]:
        """Names of which one part stands at the end of a piece and the other behind it."""
        runs = list(_touching(text, self._forbidden.may_meet))
        joined = BREAK.join(map("".join, runs))
        seams: set[int] = set()
        at = 0
        for run in runs:
            seams.update(accumulate(map(len, run), initial=at))
            at += sum(map(len, run)) + len(BREAK)
        for one in self._forbidden.found(joined) if joined else ():
            start, end = one.span.start, one.span.end
            if end - start >= _SHORTEST_JOINED and not seams.isdisjoint(range(start + 1, end)):
                yield start, end

    def _is_ours(self, chunk: str, start: int, end: int) -> bool:
        """True for what stands in every file of this format."""
        if self._own is None:
            self._own = self._ours()
        begin = chunk.rfind(BREAK, 0, start)
        finish = chunk.find(BREAK, end)
        begin = 0 if begin < 0 else begin + len(BREAK)
        return chunk[begin : len(chunk) if finish < 0 else finish] in self._own


def _touching(text: str, may_meet: Callable[[str, str], bool]) -> Iterator[list[str]]:
    """Two or three pieces of which each goes on with the letters of the one before.

    Only where some name has the letters on either side side by side: at half of all seams.
    """
    for seam in _SEAM.finditer(text):
        at = seam.start()
        while at and text[at - 1] in "\r\n":
            at -= 1
        if at and text[at - 1].isalpha() and may_meet(text[at - 1], text[seam.end()]):
            left = _end_of(text[max(0, at - _CARRIED) : at])
            right, end = _piece_at(text, seam.end())
            yield [left, right[:_CARRIED]]
            goes_on = len(right) <= _CARRIED and right[-1].isalpha()
            behind = _SEAM.match(text, end) if goes_on else None
            if behind is not None and may_meet(right[-1], text[behind.end()]):
                yield [left, right, _piece_at(text, behind.end())[0][:_CARRIED]]


def _end_of(text: str) -> str:
    """What a name could begin in, of the last piece of a text."""
    return text[-_CARRIED:].rpartition(BREAK)[2]


def _piece_at(text: str, start: int) -> tuple[str, int]:
    """The piece that begins there, and where it ends."""
    end = text.find(BREAK, start)
    end = len(text) if end < 0 else end
    return text[start:end].rstrip("\r\n"), end


def _is_a_date(text: str, start: int, end: int) -> bool:
    """True for the month of a date: `4 May 2024` is nobody's name."""
    around = max(0, start - 3)
    return any(
        one.end() == end and one.start() <= start and text[start].isupper()
        for one in _MONTH.finditer(text, around, end + 5)
    )

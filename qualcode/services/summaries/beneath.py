"""What a summary rests on: the coded passages of its case and theme, and whether they are the same.

A summary remembers of each passage beneath it a digest of its code, its interview and its words. So
one that came or went is told, while a second coder who agrees, or a corrected transcript that kept
the words, makes nothing stale. All of it is seen by the team's eyes and without filters: a cell is
the same in every matrix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from qualcode.model.codebook import SEPARATOR
from qualcode.model.coding import Segment
from qualcode.model.matrix import Quotation
from qualcode.model.summary import Summary
from qualcode.model.transcript import StoredTranscript
from qualcode.services.cases.rows import Cases, Subject, cases_of
from qualcode.services.places import PlacedText
from qualcode.services.retrieval.corpus import Corpus, quotations
from qualcode.services.retrieval.passages import Passage
from qualcode.store import queries
from qualcode.store import summaries as stored
from qualcode.store.engine import Session

_DIGITS = 8
"""Hexadecimal digits of a passage's digest: some 40 stand beneath one cell, and must differ."""

_Found = tuple[Quotation, Passage]


class Missing(StrEnum):
    """Why a passage that a summary is linked to is not there."""

    UNTAGGED = "no longer coded"
    CORRECTED = "in words that were corrected since"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the passages beneath a summary since it was written or checked.

    `came` are the new ones, `went` counts those that are no longer there.
    """

    came: tuple[Quotation, ...] = ()
    went: int = 0

    def __bool__(self) -> bool:
        return bool(self.came or self.went)


class Beneath:
    """The passages beneath every cell of one study."""

    def __init__(self, session: Session) -> None:
        self.corpus = Corpus(session)
        self._session = session
        self._cases: dict[str | None, Cases] = {}
        self._cells: dict[str, Mapping[tuple[Subject, str], Sequence[_Found]]] = {}
        self._texts: dict[str, PlacedText] = {}

    def cases(self, kind: str | None) -> Cases:
        """The cases of a kind, or of the usual one; raises FilterError for an unknown kind."""
        if kind not in self._cases:
            said = (passage for _, passage in self._found)
            made = cases_of(self.corpus, kind, said, summarised=stored.subjects(self._session))
            # The usual kind, asked for by no name, is one with that kind asked for by its name.
            self._cases[kind] = self._cases.setdefault(made.kind, made)
        return self._cases[kind]

    def of(self, subject: Subject, code: str) -> Sequence[_Found]:
        """The passages of a case under a code (its id) and all below it."""
        kind, _ = subject
        if kind not in self.corpus.attributes:
            return ()
        if kind not in self._cells:
            self._cells[kind] = self._by_cell(kind)
        return self._cells[kind].get((subject, code), ())

    def is_withheld(self, case: str) -> bool:
        """True for a participant, in any letters, of whom nothing may leave."""
        wanted = case.casefold()
        return any(
            person.code.casefold() == wanted and self.corpus.consent.withheld(person.code)
            for person in queries.participants(self._session)
        )

    def has_own(self, row: str, subject: Subject, code: str, cases: Cases) -> bool:
        """True where of the passages of a case some stand in this row of these cases."""
        return any(cases.row_of(passage) == row for _, passage in self.of(subject, code))

    def basis(self, subject: Subject, code: str) -> str:
        """The digests of the passages, in order."""
        return " ".join(sorted(_digests(self.of(subject, code))))

    def change(self, summary: Summary) -> Change:
        """What came and what went since the summary was written or checked."""
        then = set(summary.basis.split())
        now = _digests(self.of(_subject(summary), summary.theme))
        came = [quotation for digest, quotation in now.items() if digest not in then]
        return Change(tuple(came), len(then - now.keys()))

    def missing(self, summary: Summary) -> list[tuple[Segment, Missing]]:
        """The links whose passages are not there, each with the reason."""
        found = self.of(_subject(summary), summary.theme)
        states = ((link, self._state(link, found)) for link in summary.links)
        return [(link, state) for link, state in states if state is not None]

    def is_linked(self, link: Segment, subject: Subject, code: str) -> bool:
        """True for a passage on which something beneath the cell lies."""
        return any(_lies_on(one, link) for one in self.of(subject, code))

    def locator(self, link: Segment) -> str | None:
        """Where a passage stands, as it may be said; None in words that were corrected since."""
        transcript = self._current.get(link.version)
        if transcript is None:
            return None
        return self._text(transcript).locator(link.start)

    def _state(self, link: Segment, found: Iterable[_Found]) -> Missing | None:
        transcript = self._current.get(link.version)
        if transcript is None:
            return Missing.CORRECTED
        text = self._text(transcript)
        if not self.corpus.may_leave(transcript, text, link.start, link.end):
            return Missing.WITHHELD
        return None if any(_lies_on(one, link) for one in found) else Missing.UNTAGGED

    def _text(self, transcript: StoredTranscript) -> PlacedText:
        uid = transcript.version_uid
        if uid not in self._texts:
            self._texts |= self.corpus.texts([transcript])
        return self._texts[uid]

    @cached_property
    def _current(self) -> dict[str, StoredTranscript]:
        return {one.version_uid: one for one in self.corpus.transcripts}

    @cached_property
    def _found(self) -> list[_Found]:
        return quotations(self._session, self.corpus)

    def _by_cell(self, kind: str) -> Mapping[tuple[Subject, str], Sequence[_Found]]:
        cases = self.cases(kind)
        cells: dict[tuple[Subject, str], list[_Found]] = defaultdict(list)
        for one in self._found:
            row = cases.row_of(one[1])
            for subject in cases.subjects.get(row, ()):
                for code in one[0].code.split(SEPARATOR):
                    cells[subject, code].append(one)
        return cells


def _subject(summary: Summary) -> Subject:
    return summary.case_kind, summary.case


def _digests(found: Iterable[_Found]) -> dict[str, Quotation]:
    """The passages by their digests; the same words at two places of an interview are two."""
    places: dict[tuple[str, str, str], dict[tuple[int, int], Quotation]] = defaultdict(dict)
    for quotation, passage in found:
        code = quotation.code.split(SEPARATOR)[-1]  # moved in the book, it is the same coding
        words = passage.text.text[passage.start : passage.end]
        same = places[code, passage.transcript.uid, words]
        same.setdefault((passage.start, passage.end), quotation)
    return {
        sha256("\n".join((*what, str(at))).encode()).hexdigest()[:_DIGITS]: same[place]
        for what, same in places.items()
        for at, place in enumerate(sorted(same))
    }


def _lies_on(found: _Found, link: Segment) -> bool:
    _, passage = found
    is_there = passage.start < link.end and link.start < passage.end
    return passage.text.version == link.version and is_there

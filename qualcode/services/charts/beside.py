"""What stands in a cell besides quotations: its summary, or why nothing stands there.

Silence tells something only where somebody listened: an interview that did not ask, or that nobody
has coded yet, is not one in which nothing was said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from qualcode.model.consent import Audience
from qualcode.model.summary import Emptiness, SummaryStatus
from qualcode.services.charts.cases import PARTICIPANT, TRANSCRIPT, Cases
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.retrieval.filters import value_of
from qualcode.services.summaries.hearing import Heard
from qualcode.services.summaries.summaries import ShownSummary
from qualcode.store import queries
from qualcode.store.engine import Session

LEAST_WITHHELD: Final = 2
"""People of a group behind a cell that says it is withheld: of one alone it would be known."""


class Beside:
    """The summaries and the silences of one matrix, by the key of the row and the id of the code.

    `summaries` are those that may be shown, or none where nobody wants to see them. `withheld` are
    the cells of which it may be said.
    """

    def __init__(
        self,
        corpus: Corpus,
        cases: Cases,
        heard: Heard,
        *,
        summaries: Sequence[ShownSummary] = (),
        withheld: frozenset[tuple[str, str]] = frozenset(),
        audience: Audience = Audience.TEAM,
    ) -> None:
        self._corpus = corpus
        self._heard = heard
        self._withheld = withheld
        self._cases = cases
        self._interviews: dict[str, frozenset[str]] = {}
        keys = {subject: row for row, those in cases.subjects.items() for subject in those}
        self._summaries: dict[tuple[str, str], ShownSummary] = {}
        self._words: dict[tuple[str, str], str] = {}
        for shown in summaries:
            one = shown.summary
            key = keys.get((one.case_kind, one.case))
            is_read = audience is Audience.TEAM or one.status is SummaryStatus.FINAL
            if key is not None and is_read:
                self._summaries[key, one.theme] = shown
                self._words[key, one.theme] = _said(corpus, shown, audience)

    def summary(self, row: str, code: str) -> str | None:
        """The summary of a cell with its status in words, where it is not final; else None."""
        return self._words.get((row, code))

    def rows_with(self, codes: Iterable[str]) -> set[str]:
        """The rows with a summary on one of these codes."""
        wanted = set(codes)
        return {row for row, code in self._words if code in wanted}

    def emptiness(self, row: str, code: str) -> Emptiness:
        """Why no quotation stands in a cell."""
        if (row, code) in self._withheld:
            return Emptiness.WITHHELD
        if row not in self._interviews:
            self._interviews[row] = self._cases.interviews_of(row)
        return self._heard.silence(self._interviews[row], self._corpus.path(code))

    def warnings(self, audience: Audience) -> Iterator[str]:
        """What is to be said of the summaries that are shown."""
        for shown in self._summaries.values():
            cell = f"the summary of {shown.case} on {shown.theme}"
            gone = [link.missing for link in shown.links if link.missing is not None]
            if gone:
                count = f"{len(gone)} passage{'' if len(gone) == 1 else 's'}"
                why = ", ".join(dict.fromkeys(str(reason) for reason in gone))
                yield f"{cell} is linked to {count} no longer there ({why})"
            if shown.is_stale and audience is not Audience.TEAM:
                yield f"{cell} is final, but what is coded beneath it has changed since"


def withheld_cells(session: Session, corpus: Corpus, cases: Cases) -> frozenset[tuple[str, str]]:
    """The cells of groups in which several people speak who leave in nothing, by row and code."""
    if cases.kind in (PARTICIPANT, TRANSCRIPT):
        return frozenset()
    whose: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for transcript, person in corpus.withheld_cases():
        group = value_of(cases.kind, transcript, person)
        if group is not None:
            whose[transcript.version_uid].append((group, person.code))
    if not whose:
        return frozenset()
    speaking: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for coding in queries.codings(session, versions=list(whose)):
        for group, person_code in whose[coding.segment.version]:
            for code in corpus.path(coding.code):
                speaking[group, code].add(person_code)
    return frozenset(cell for cell, who in speaking.items() if len(who) >= LEAST_WITHHELD)


def _said(corpus: Corpus, shown: ShownSummary, audience: Audience) -> str:
    words = corpus.shown.words(shown.words)
    if audience is not Audience.TEAM:
        return words
    status = shown.summary.status
    said = [] if status is SummaryStatus.FINAL else [str(status)]
    said += ["stale"] if shown.is_stale else []
    return f"{words} ({', '.join(said)})" if said else words

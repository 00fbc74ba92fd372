"""What stands in a cell besides quotations: its summary, or why nothing stands there.

Silence tells something only where somebody listened: an interview that did not ask, or that nobody
has coded yet, is not one in which nothing was said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qualcode.exporters.textsafe import close_directions
from qualcode.model.consent import Audience
from qualcode.model.summary import Emptiness, Summary, SummaryStatus
from qualcode.services.cases.rows import TRANSCRIPT, Cases
from qualcode.services.cases.silence import Heard
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.summaries.shown_summary import Charted, ShownSummary


class Beside:
    """The summaries and the silences of one matrix, by the key of the row and the id of the code.

    `summaries` are those on its codes that may be shown, or none where nobody wants to see them.
    `withheld` are the cells of which it may be said.
    """

    def __init__(
        self,
        corpus: Corpus,
        cases: Cases,
        heard: Heard,
        *,
        summaries: Sequence[Charted] = (),
        withheld: frozenset[tuple[str, str]] = frozenset(),
        audience: Audience = Audience.TEAM,
    ) -> None:
        self._corpus = corpus
        self._audience = audience
        self._heard = heard
        self._withheld = withheld
        self._cases = cases
        self._summaries: dict[tuple[str, str], ShownSummary] = {}
        self._words: dict[tuple[str, str], str] = {}
        self._left_out: list[ShownSummary] = []
        self._of_joint: list[str] = []
        self._unfinished: list[Summary] = []
        self._gone = sum(
            one.shown.is_gone and one.shown.case_kind == cases.kind for one in summaries
        )
        for charted in summaries:
            one, shown = charted.summary, charted.shown
            key = cases.row_of_subject(charted.subject)
            is_read = audience is Audience.TEAM or one.status is SummaryStatus.FINAL
            if key is None:
                continue
            if not is_read:
                self._unfinished.append(one)
                continue
            if charted.subject[0] == TRANSCRIPT and not corpus.names_interviews:
                self._of_joint.append(shown.theme)
                continue
            if audience is not Audience.TEAM and shown.change.went:
                # What went may be somebody's who agrees no longer: a person has to look first.
                self._left_out.append(shown)
                continue
            self._summaries[key, one.theme] = shown
            self._words[key, one.theme] = _said(shown, audience)

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
        return self._heard.silence(self._cases.interviews_of(row), self._corpus.path(code))

    def warnings(self) -> Iterator[str]:
        """What is to be said of the summaries, those that are shown and others."""
        yield from _said_of_unfinished(self._unfinished)
        if self._gone:
            count = f"{self._gone} summar{'y' if self._gone == 1 else 'ies'}"
            yield f"{count} of a {self._cases.kind} that is none now: see qualcode summaries list"
        for shown in self._left_out:
            yield (
                f"the summary of {shown.case} on {shown.theme} is left out: passages that it "
                "rested on are gone since. Set or check it anew."
            )
        for theme in self._of_joint:
            yield (
                f"the summary of a joint interview on {theme} is left out: it speaks of who met. "
                "Write one of each participant."
            )
        for shown in self._summaries.values():
            cell = f"the summary of {shown.case} on {shown.theme}"
            gone = [link.missing for link in shown.links if link.missing is not None]
            if gone:
                count = f"{len(gone)} passage{'' if len(gone) == 1 else 's'}"
                why = ", ".join(dict.fromkeys(str(reason) for reason in gone))
                yield f"{cell} is linked to {count} no longer there ({why})"
            if shown.others:
                names = ", ".join((shown.author, *(one.author for one in shown.others)))
                yield f"{cell} stands in {1 + len(shown.others)} wordings, by {names}"
            if shown.is_stale and self._audience is not Audience.TEAM:
                yield f"{cell} is final, but what is coded beneath it has changed since"


def _said_of_unfinished(summaries: Sequence[Summary]) -> Iterator[str]:
    by_status = Counter(one.status for one in summaries)
    if by_status:
        said = " and ".join(f"{by_status[one]} {one}" for one in SummaryStatus if by_status[one])
        are = "summary is" if len(summaries) == 1 else "summaries are"
        yield (
            f"{said} {are} left out, for a publication holds only final ones: "
            "qualcode summaries status final"
        )


def _said(shown: ShownSummary, audience: Audience) -> str:
    if audience is not Audience.TEAM:
        return shown.text
    said = [] if shown.status is SummaryStatus.FINAL else [str(shown.status)]
    said += ["stale"] if shown.is_stale else []
    said += ["one of several wordings"] if shown.others else []
    # Behind a direction left open, our own words would stand reversed.
    return f"{close_directions(shown.text)} ({', '.join(said)})" if said else shown.text

"""Framework summaries: what a case says on a theme, in the words of the team."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.api.opened import Opened, Pathish, now, one_of
from qualcode.model.summary import Summary, SummaryStatus
from qualcode.services.summaries import summaries as services
from qualcode.services.summaries.summaries import ShownSummary
from qualcode.services.ways_out import exporting


class Summaries(Opened):
    """What can be done with the summaries of a project; `rows` is the kind of case."""

    def summaries(
        self,
        *,
        case: str | None = None,
        theme: str | None = None,
        status: SummaryStatus | str | None = None,
    ) -> tuple[ShownSummary, ...]:
        """The summaries that may be shown, narrowed by what is given."""
        wanted = None if status is None else one_of(SummaryStatus, status)
        found = services.list_summaries(self._store, case=case, theme=theme, status=wanted)
        self._check(found.summaries)
        return found.summaries

    def summary(self, case: str, theme: str, *, rows: str | None = None) -> ShownSummary:
        """The summary of one case on a theme, with what it rests on and what changed there."""
        shown = services.show_summary(self._store, case, theme, rows=rows)
        self._check([shown])
        return shown

    def write_summary(
        self,
        case: str,
        theme: str,
        text: str,
        *,
        rows: str | None = None,
        status: SummaryStatus | str | None = None,
        links: Sequence[str] | None = None,
    ) -> ShownSummary:
        """Write it; new words are a draft. `links` are passages: `P07:120:340`, ids of codings."""
        return services.write_summary(
            self._store,
            case,
            theme,
            text,
            rows=rows,
            status=None if status is None else one_of(SummaryStatus, status),
            links=links,
            by=self._coder(),
            at=now(),
        )

    def write_summaries_from(
        self, table: Pathish, *, rows: str | None = None, dry_run: bool = False
    ) -> tuple[int, int]:
        """Write those of a table in one act; how many are new or changed, and how many are not."""
        return services.write_from(
            self._store, Path(table), rows=rows, dry_run=dry_run, by=self._coder(), at=now()
        )

    def set_summary_status(
        self, case: str, theme: str, status: SummaryStatus | str, *, rows: str | None = None
    ) -> ShownSummary:
        """Say how far it has come; checked or final, it holds for what is beneath it now."""
        return services.set_status(
            self._store,
            case,
            theme,
            one_of(SummaryStatus, status),
            rows=rows,
            by=self._coder(),
            at=now(),
        )

    def remove_summary(self, case: str, theme: str, *, rows: str | None = None) -> Summary:
        """Take it away; undo brings it back."""
        return services.remove_summary(
            self._store, case, theme, rows=rows, by=self._coder(), at=now()
        )

    def _check(self, shown: Sequence[ShownSummary]) -> None:
        said = [one.text for one in shown]
        said += [quotation.text for one in shown for quotation in one.passages]
        exporting.check_words(self._store, said, where="the summaries")

"""Framework summaries: what a case says on a theme, in the words of the team."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.api.opened import Opened, Pathish, now, one_of
from qualcode.api.values import Origin, Values
from qualcode.model.summary import SummaryStatus
from qualcode.services.retrieval import standing
from qualcode.services.summaries import acts as services
from qualcode.services.summaries import from_table
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.services.summaries.to_do import Waiting, cells_to_do


class Summaries(Opened):
    """What can be done with the summaries of a project; `rows` is the kind of case."""

    def summaries(
        self,
        *,
        case: str | None = None,
        theme: str | None = None,
        status: SummaryStatus | str | None = None,
    ) -> Values[ShownSummary]:
        """The summaries that may be shown, narrowed by what is given."""
        wanted = None if status is None else one_of(SummaryStatus, status)

        def found() -> tuple[ShownSummary, ...]:
            return services.list_summaries(
                self._store, case=case, theme=theme, status=wanted
            ).summaries

        def ask(before: Sequence[ShownSummary]) -> None:
            standing.check_values(before, found(), where="the summaries")

        asked = standing.moment(self._store)
        return Values(found(), Origin(self._store, self._actor()), ask, asked=asked)

    def summaries_to_do(
        self, *, rows: str | None = None, case: str | None = None, theme: str | None = None
    ) -> tuple[Waiting, ...]:
        """The cells that wait for words: passages without a summary, a stale one, or several."""
        return cells_to_do(self._store, rows=rows, case=case, theme=theme)

    def summary(self, case: str, theme: str, *, rows: str | None = None) -> ShownSummary:
        """The summary of one case on a theme, with what it rests on and what changed there.

        It is as it is now: where consent may change before it is shown, ask again.
        """
        return services.show_summary(self._store, case, theme, rows=rows)

    def write_summary(
        self,
        case: str,
        theme: str,
        text: str | None,
        *,
        rows: str | None = None,
        status: SummaryStatus | str | None = None,
        links: Sequence[str] | None = None,
        unlinked: Sequence[str] = (),
    ) -> ShownSummary:
        """Write it; new words are a draft.

        `links` are passages: `P07:12`, `P07:120:340`, ids of codings.
        Whoever writes settles what stood beside it in other words (`others`). With None for `text`
        the words stay; `links` None leaves those there are, but for those that are `unlinked`.
        """
        return services.write_summary(
            self._store,
            case,
            theme,
            text,
            rows=rows,
            status=None if status is None else one_of(SummaryStatus, status),
            links=links,
            unlinked=unlinked,
            by=self._coder(),
            at=now(),
        )

    def write_summaries_from(
        self, table: Pathish, *, rows: str | None = None, dry_run: bool = False
    ) -> tuple[int, int]:
        """Write those of a table in one act; how many are new or changed, and how many are not."""
        return from_table.write_from(
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

    def remove_summary(self, case: str, theme: str, *, rows: str | None = None) -> ShownSummary:
        """Take it away; undo brings it back."""
        return services.remove_summary(
            self._store, case, theme, rows=rows, by=self._coder(), at=now()
        )

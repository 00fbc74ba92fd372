"""Ways out: quotations, hits and matrices, each attributed as its participant agreed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Never

from qualcode.api.opened import Opened, Pathish, Where, now, one_of
from qualcode.api.values import (
    Book,
    ComparisonTable,
    EvidenceTables,
    Hits,
    MatrixTable,
    Origin,
    Quotations,
)
from qualcode.api.words import refuse_made
from qualcode.model.consent import Audience, Export
from qualcode.model.manifest import Changes
from qualcode.model.people import Role
from qualcode.services.charts import booking, charting, comparing, evidencing
from qualcode.services.retrieval import retrieving, standing
from qualcode.services.ways_out import exporting, past_exports
from qualcode.services.ways_out.changes import as_may_be_said


class WaysOut(Opened):
    """What can leave a project."""

    def quotes(
        self,
        *codes: str,
        where: Where | None = None,
        coder: str | None = None,
        starred: bool = False,
        context: int = 0,
    ) -> Quotations:
        """Coded passages of these codes and all below them; what is withheld is not among them.

        With `starred` only those that somebody called worth quoting.
        """
        asked = standing.moment(self._store)
        found = retrieving.quotes(
            self._store,
            codes,
            where=_filters(where),
            coder=coder,
            starred=starred,
            context=context,
        ).quotations
        shown = exporting.let_out(self._store, found).quotations
        ask = partial(exporting.let_out, self._store)
        return Quotations(shown, self._origin(), ask, asked=asked)

    def search(
        self,
        query: str,
        *,
        where: Where | None = None,
        role: Role | str | None = None,
        width: int = 60,
    ) -> Hits:
        """Where words, a "phrase", fund* or /a regular expression/ stand, in `width` characters.

        Words that an edit leaves out, and names that may not be said, are not found.
        """
        wanted = None if role is None else one_of(Role, role)

        def found() -> retrieving.Found:
            said = retrieving.search(
                self._store, query, where=_filters(where), role=wanted, width=width
            )
            exporting.check_words(self._store, retrieving.words_of(said.hits), where="the hits")
            return said

        def ask(before: Sequence[retrieving.Hit]) -> None:
            standing.check_hits(before, found().hits)

        asked = standing.moment(self._store)
        return Hits(found(), self._origin(), ask, asked=asked)

    def matrix(
        self,
        *,
        rows: str | None = None,
        columns: str = "themes",
        cells: str = "quotes",
        where: Where | None = None,
        coder: str | None = None,
        title: str | None = None,
        audience: Audience | str = Audience.TEAM,
        max_quotes: int | None = None,
        by: Sequence[str] = comparing.USUAL,
        **elsewhere: Never,
    ) -> MatrixTable:
        """Quotations side by side: cases by themes or codes.

        What is in it is said here, its title, too; how a file looks, `write` is told.
        `max_quotes` is how many a cell shows, the best of them; groups are compared by `by`.
        """
        refuse_made("matrix", elsewhere)
        build = partial(
            charting.build_matrix,
            self._store,
            rows=rows,
            columns=columns,
            cells=cells,
            where=_filters(where),
            coder=coder,
            title=title,
            audience=one_of(Audience, audience),
            max_quotes=max_quotes,
            by=by,
            at=now(),
        )
        return MatrixTable(build(), self._origin(), build)

    def compare(
        self,
        by: str = "place",
        *,
        columns: str = "codes",
        where: Where | None = None,
        coder: str | None = None,
        audience: Audience | str = Audience.TEAM,
        **elsewhere: Never,
    ) -> ComparisonTable:
        """In how many cases of each group a theme or code comes up, n of N, and who differs."""
        refuse_made("compare", elsewhere)
        readers = one_of(Audience, audience)
        found = charting.compare(
            self._store,
            by=by,
            columns=columns,
            where=_filters(where),
            coder=coder,
            audience=readers,
        )
        return ComparisonTable(found, readers, self._origin())

    def diff_exports(self, old: Pathish, new: Pathish) -> Changes:
        """What the new file says otherwise than the old one, in names that may be said now."""
        return as_may_be_said.tell_changes(self._store, Path(old), Path(new))[0]

    def book(
        self,
        *codes: str,
        where: Where | None = None,
        coder: str | None = None,
        starred: bool = False,
        context: int = 25,
        audience: Audience | str = Audience.TEAM,
        title: str | None = None,
        **elsewhere: Never,
    ) -> Book:
        """The quotations of these codes and all below them as a book, with words around them.

        With `starred` only those that somebody called worth quoting.
        """
        refuse_made("book", elsewhere)
        booked = booking.build_book(
            self._store,
            codes,
            where=_filters(where),
            coder=coder,
            starred=starred,
            context=context,
            audience=one_of(Audience, audience),
            title=title,
            at=now(),
        )
        return Book(booked.book, self._origin())

    def evidence(
        self,
        *,
        where: Where | None = None,
        coder: str | None = None,
        context: int = 0,
        audience: Audience | str = Audience.TEAM,
        title: str | None = None,
        **elsewhere: Never,
    ) -> EvidenceTables:
        """Every coding, cases by codes, interviews and codebook, for those who count."""
        refuse_made("evidence", elsewhere)
        gathered = evidencing.build_evidence(
            self._store,
            where=_filters(where),
            coder=coder,
            context=context,
            audience=one_of(Audience, audience),
            title=title,
            at=now(),
        )
        return EvidenceTables(gathered.evidence, self._origin())

    def exports(self) -> tuple[Export, ...]:
        """What has left the project, oldest first: which file, when, and who is cited in it."""
        return past_exports.list_exports(self._store)

    def _origin(self) -> Origin:
        return Origin(self._store, self._actor())


def _filters(where: Where | None) -> list[str]:
    return [
        f"{name}={value}"
        for name, values in (where or {}).items()
        for value in ([values] if isinstance(values, str) else values)
    ]

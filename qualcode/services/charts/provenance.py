"""What one needs to make the same document again, and to know what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from qualcode.model.consent import Audience
from qualcode.services.charts.facts import many
from qualcode.services.consent.attribution import day_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.version import __version__


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for, in the words in which they asked; `where` as far as it may be said.

    `rows`, `columns` and `cells` are None where there is no matrix. `most` is the number of
    quotations that a cell may hold, or None for all.
    """

    audience: Audience
    rows: str | None = None
    columns: str | None = None
    cells: str | None = None
    where: str | None = None
    most: int | None = None


def provenance_of(
    corpus: Corpus, wishes: Wishes, *, coders: int, waiting: int, at: datetime
) -> Iterator[tuple[str, str]]:
    """The lines in their order.

    Only the team is told how many codings may not leave: together with a filter, that number could
    tell of whom they are.
    """
    yield "Made with", f"qualcode {__version__}"
    yield "Made on", day_of(at.date().isoformat(), whole=True)
    yield "Codebook", ", ".join(_codebook(corpus))
    if wishes.rows is not None:
        yield "Rows, columns, cells", f"{wishes.rows}, {wishes.columns}, {wishes.cells}"
    if wishes.most is not None:
        yield "Quotations in a cell", f"at most {wishes.most}"
    yield "Only", wishes.where or "the whole study"
    yield "For", "the team" if wishes.audience is Audience.TEAM else "publication"
    yield "Coders", str(coders)
    if wishes.audience is Audience.TEAM and corpus.withheld:
        yield "Withheld", f"{many(corpus.withheld, 'coding')}, by consent"
    if waiting:
        yield "Waiting", f"{many(waiting, 'coding')} since a transcript was corrected"


def _codebook(corpus: Corpus) -> Iterator[str]:
    yield corpus.book.name or "without a name"
    if corpus.book.version:
        yield f"version {corpus.book.version}"

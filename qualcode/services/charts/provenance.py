"""What one needs to make the same document again, and to know what is not in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from qualcode.model.consent import Audience
from qualcode.model.manifest import Made
from qualcode.services.charts.facts import many
from qualcode.services.consent.attribution import day_of
from qualcode.services.retrieval.corpus import Corpus
from qualcode.version import __version__

_TEAM: Final = "the team"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for; `where` in words, as far as it may be said.

    `rows`, `columns` and `cells` are "" where there is no matrix. `most` is the number of
    quotations that a cell may hold, or None for all, `part` which of several documents it is.
    """

    audience: Audience
    rows: str = ""
    columns: str = ""
    cells: str = ""
    where: str | None = None
    most: int | None = None
    part: str = ""


def made_as(asked: Asked, *, coders: int) -> Made:
    """The same in the words in which a document says it, to its readers and to later ones."""
    return Made(
        rows=asked.rows,
        columns=asked.columns,
        cells=asked.cells,
        most=str(asked.most or ""),
        only=asked.where or "the whole study",
        part=asked.part,
        audience=_TEAM if asked.audience is Audience.TEAM else "publication",
        coders=str(coders),
    )


def provenance_of(
    corpus: Corpus, made: Made, *, waiting: int, at: datetime
) -> Iterator[tuple[str, str]]:
    """The lines in their order.

    Only the team is told how many codings may not leave: together with a filter, that number could
    tell of whom they are.
    """
    yield "Made with", f"qualcode {__version__}"
    yield "Made on", day_of(at.date().isoformat(), whole=True)
    yield "Codebook", ", ".join(_codebook(corpus))
    if made.rows:
        yield "Rows, columns, cells", f"{made.rows}, {made.columns}, {made.cells}"
    if made.most:
        yield "Quotations in a cell", f"at most {made.most}"
    yield "Only", made.only
    yield "For", made.audience
    yield "Coders", made.coders
    if made.audience == _TEAM and corpus.withheld:
        yield "Withheld", f"{many(corpus.withheld, 'coding')}, by consent"
    if waiting:
        yield "Waiting", f"{many(waiting, 'coding')} since a transcript was corrected"
    if made.part:
        yield "Part", made.part


def _codebook(corpus: Corpus) -> Iterator[str]:
    yield corpus.book.name or "without a name"
    if corpus.book.version:
        yield f"version {corpus.book.version}"

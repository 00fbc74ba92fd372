"""The cells that wait for somebody's words, as a list: what the sheet shows at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.summary import SummaryStatus
from qualcode.services.consent import gate
from qualcode.services.retrieval.corpus import Corpus
from qualcode.services.summaries.sheet import read_sheet
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """A cell with something to do, and what: it has no summary yet, is stale, or has several.

    `passages` counts those beneath it, each once, and `new` those that came since it was written;
    `status` is None where there is no summary; `wordings` counts those that stand in it.
    """

    case: str
    theme: str
    passages: int
    new: int
    status: SummaryStatus | None
    is_stale: bool
    wordings: int


def cells_to_do(
    store: Store,
    *,
    rows: str | None = None,
    case: str | None = None,
    theme: str | None = None,
) -> tuple[Waiting, ...]:
    """The cells in which there is something to do, case by case.

    `rows` is what a case is, as for a matrix; `theme` the one whose codes are asked for, too.
    Raises FilterError, UnknownCodeError, or LeakError.
    """
    sheet = read_sheet(store, rows=rows, theme=theme)
    found = tuple(
        Waiting(
            case=one.row,
            theme=sheet.book.full_name(one.code),
            passages=len(one.grounds),
            new=sum(ground.is_new for ground in one.grounds),
            status=None if one.summary is None else one.summary.status,
            is_stale=one.is_stale,
            wordings=0 if one.summary is None else 1 + len(one.others),
        )
        for one in (sheet.cells[place] for place in sheet.order)
        if one.needs_work and (case is None or one.row.casefold() == case.casefold())
    )
    with store.reading() as session:
        words = (word for one in found for word in (one.case, one.theme))
        gate.check_words(Corpus(session).forbidden, words, where="the summaries")
    return found

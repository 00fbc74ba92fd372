"""A summary written in an editor: begun from the words that stand there, and never over others.

Between the two somebody may have written in the same cell. Then both stand there, theirs first, as
on the screen; whoever comes back from the editor is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qualcode import errors
from qualcode.model.summary import SummaryStatus
from qualcode.services.summaries.acts import cell_of, write_summary, written_in
from qualcode.services.summaries.beneath import Beneath
from qualcode.services.summaries.open_summary import both_of
from qualcode.services.summaries.shown_summary import ShownSummary
from qualcode.store.store import Store


@dataclass(frozen=True, slots=True)
class Begun:
    """The words as they were written, for the editor alone, and by which uid they are known."""

    words: str
    follows: str


def begin(store: Store, case: str, theme: str, *, rows: str | None = None) -> Begun:
    """What stands in a cell, to be gone on with; raises what `write_summary` raises of it."""
    with store.reading() as session:
        beneath = Beneath(session)
        cell = cell_of(session, beneath, case, theme, rows)
        found = written_in(session, beneath, cell, case)
    return Begun("", "") if found is None else Begun(found.text, found.wording.uid)


def finish(
    store: Store,
    begun: Begun,
    case: str,
    theme: str,
    words: str,
    *,
    rows: str | None = None,
    status: SummaryStatus | None = None,
    by: str,
    at: datetime,
) -> tuple[ShownSummary, bool]:
    """Put the words down; True where somebody else had written meanwhile, and both stand there.

    Raises what `write_summary` raises.
    """
    joined, began, typed = False, begun.words, words
    while True:
        try:
            shown = write_summary(
                store,
                case,
                theme,
                words,
                rows=rows,
                status=status,
                follows=begun.follows,
                by=by,
                at=at,
            )
        except errors.SummaryChangedError:
            begun = begin(store, case, theme, rows=rows)
            words, joined = both_of(begun.words, typed, began=began), True
        else:
            return shown, joined

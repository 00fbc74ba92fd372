"""A coded transcript that is corrected, and what then leaves the study and what holds in it."""

from __future__ import annotations

from services.correcting import OLD, correct
from services.study import tick

from qualcode.services.correction.carrying import Revision
from qualcode.services.retrieval import retrieving
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store import codes
from qualcode.store.store import Store

BY, OTHER = "amina", "tomasz"

GRANT = "The council gave us a grant, once"
FAIR = "We all came to the fair and stayed"
MAREK = "Marek left his tools behind in the hall"

NEW = (
    OLD.replace("gave us a grant", "gave us the grant")
    .replace(MAREK, "XXXX")
    .replace("I: And then?", "I: And then, tell me?", 1)
)
"""One answer as it was, one with a word set right, one taken out."""


def tag(
    store: Store,
    code: str,
    words: str,
    *,
    by: str = BY,
    doubt: bool = False,
    memo: str | None = None,
) -> coding.Tagged:
    """Put a code on quoted words of P01."""
    return coding.tag(
        store, "P01", code, Place(quote=words), doubt=doubt, memo=memo, by=by, at=tick()
    )


def correct_it(store: Store, text: str = NEW) -> Revision:
    return correct(store, "P01", text, by=BY, at=tick())


def quoted(store: Store) -> list[tuple[str, str, str, bool, str | None]]:
    """What leaves the study: code, coder, words, doubt, memo."""
    found = retrieving.quotes(store).quotations
    return [(q.code, q.coder, q.text, q.doubt, q.memo) for q in found]


def held(store: Store) -> set[tuple[str, int, int, str, str]]:
    """Every coding that holds, wherever."""
    with store.reading() as session:
        rows = session.rows("SELECT uid FROM version WHERE live = 1")
        return {one.coding.key for one in codes.placed_on(session, [uid for (uid,) in rows])}

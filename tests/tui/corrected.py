"""A coded interview and its correction, for tests of what waits since then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from services.study import BY, bring_in, new_store, tick, write

from qualcode.services.correction import reviewing
from qualcode.services.correction.reviewing import Waiting
from qualcode.services.work import coding
from qualcode.services.work.coding import Place
from qualcode.store.store import Store

OTHER = "tomasz"

GRANT = "The council gave us a grant, once, and nobody knew why."
CHANGED = "The councillors gave us some money, and nobody knew why."
FAIR = "We all came to the fair and stayed until the evening."
MAREK = "Marek left his tools behind in the hall."
WALL = "The wall on the north side had to be painted twice."

OLD = f"""\
I: Who paid for all of it?

P07: {GRANT}

I: And who came?

P07: {FAIR}

I: What did he leave?

P07: {MAREK}

I: Was it finished?

P07: {WALL}
"""

NEW = OLD.replace(GRANT, CHANGED).replace(MAREK, "The rest of it he told me later.")
"""One answer in other words, one taken out, two as they were."""

CODED: Sequence[tuple[str, str, str]] = (
    ("grant-aid", GRANT, BY),
    ("bonding", FAIR, BY),
    ("trading", MAREK, OTHER),
    ("bridging", WALL, BY),
)


def new_coded(folder: Path, coded: Sequence[tuple[str, str, str]] = CODED) -> Store:
    """A project with the interview P07 and its codings."""
    store = new_store(folder)
    bring_in(store, write(folder / "files", {"P07.txt": OLD}) / "P07.txt")
    for code, words, by in coded:
        coding.tag(store, "P07", code, Place(quote=words), by=by, at=tick())
    return store


def correct(store: Store, folder: Path, text: str = NEW) -> None:
    """Bring the corrected file in, as a colleague does in a process of their own."""
    report = bring_in(store, write(folder / "files", {"P07.txt": text}) / "P07.txt", yes=True)
    assert report.written


def waits(store: Store) -> list[tuple[str, str]]:
    """Code and outcome of all that waits."""
    return [(one.coding.code, str(one.outcome)) for one in reviewing.waiting(store)]


def waiting_of(store: Store, code: str) -> Waiting:
    """The one that waits with a code."""
    (found,) = [one for one in reviewing.waiting(store) if one.coding.code == code]
    return found

from __future__ import annotations

from pathlib import Path

from services.study import bring_in, dialogue, tick, write

from qualcode.services.work import coding, sitting
from qualcode.services.work.coding import Place
from qualcode.services.work.sitting import Done
from qualcode.store.store import Store


def tag(store: Store, code: str, *, by: str = "amina") -> None:
    coding.tag(store, "P01", code, Place(turns=(2, 2)), by=by, at=tick())


def untag(store: Store, code: str) -> None:
    coding.untag(store, "P01", code, Place(turns=(2, 2)), by="amina", at=tick())


def begun(store: Store, folder: Path) -> int:
    bring_in(store, write(folder, {"P01.txt": dialogue("P01", "We came.", "It rained.")}))
    tag(store, "bonding")
    return sitting.begin(store)


def test_a_sitting_without_an_act_did_nothing(store: Store, folder: Path) -> None:
    start = begun(store, folder)

    assert sitting.done_since(store, start, coder="amina") == Done(0, 0)


def test_what_holds_now_and_did_not_before_was_put_on(store: Store, folder: Path) -> None:
    start = begun(store, folder)
    tag(store, "trading")
    tag(store, "bridging")
    untag(store, "bonding")
    tag(store, "trading", by="ben")

    assert sitting.done_since(store, start, coder="Amina") == Done(put_on=2, taken_off=1)
    assert sitting.done_since(store, start, coder="ben") == Done(put_on=1, taken_off=0)


def test_what_was_undone_is_no_part_of_it(store: Store, folder: Path) -> None:
    start = begun(store, folder)
    tag(store, "trading")
    coding.undo(store, by="amina", at=tick())
    untag(store, "bonding")
    tag(store, "bonding")

    assert sitting.done_since(store, start, coder="amina") == Done(0, 0)
    coding.undo(store, by="amina", at=tick())
    assert sitting.done_since(store, start, coder="amina") == Done(put_on=0, taken_off=1)

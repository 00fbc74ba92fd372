"""The log's meaning: the same in any order, and what the tables say is what it means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from conftest import AT, NewPlace
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from store.histories import HISTORIES, deliveries
from store.samples import reset

from qualcode.store import engine, log, projection, readback
from qualcode.store.engine import Session
from qualcode.store.fold import WORDS_IN_KEY, Event, fold, reading
from qualcode.store.kinds import CODE, CODING, KINDS, Kind
from qualcode.store.receiving import absorb
from qualcode.store.store import Store, create_store

Stores = tuple[Store, Store]
Tabled = dict[tuple[str, str], tuple[bytes, str | None]]
"""What the tables say of each record: its newest event, and its body."""


ON_STORES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""The fixture makes two stores; each example empties them first."""


@pytest.fixture
def two_stores(new_place: NewPlace) -> Iterator[Stores]:
    """Two copies of a project that have nothing yet."""
    with _opened(new_place()) as one, _opened(new_place()) as two:
        yield one, two


@pytest.fixture
def two_files(tmp_path: Path) -> Iterator[Stores]:
    """The same in files alone, where one database says as much as both."""
    one, two = (str(tmp_path / f"{name}.qualcode") for name in ("one", "two"))
    with _opened(one) as first, _opened(two) as second:
        yield first, second


@contextmanager
def _opened(place: str) -> Iterator[Store]:
    with create_store(place, name="Fairs", language="en", by="Amina", at=AT) as store:
        _hurry(store)
        yield store


def _hurry(store: Store) -> None:
    """Thousands of tiny transactions: here nobody pulls the plug, so nothing waits for the disk."""
    if store.path is not None:
        sa.event.listen(
            store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF")
        )
        store.close()


@given(data=st.data(), history=HISTORIES)
def test_the_fold_knows_no_order_and_no_repetition(
    data: st.DataObject, history: list[Event]
) -> None:
    again = data.draw(st.lists(st.sampled_from(history), max_size=6))
    shuffled = data.draw(st.permutations([*history, *again]))
    assert fold(shuffled) == fold(history)


@given(history=HISTORIES)
def test_of_a_record_the_newest_event_is_what_is_said_of_it(history: list[Event]) -> None:
    state = fold(history)
    read = [*map(reading(state.erased), history)]
    for (kind, key), (ev, body) in state.records.items():
        mine = [event for event in read if (event.kind, event.key) == (kind, key)]
        newest = max(mine, key=lambda event: event.id)
        assert ev == newest.id
        assert body == newest.body


def test_what_a_newer_event_took_back_an_older_one_does_not_bring_back() -> None:
    old, new = (Event(bytes([n]) * 16, b"", "bo", "", "memo", '["m"]', None) for n in (1, 2))
    assert fold([new, old._replace(body="{}")]).records == {("memo", '["m"]'): (new.id, None)}


@ON_STORES
@given(delivered=deliveries())
def test_two_stores_agree_however_the_events_reached_them(
    two_stores: Stores, delivered: tuple[list[Event], list[list[Event]]]
) -> None:
    one, other = converge(two_stores, *delivered)
    assert one == other


def test_a_second_delivery_adds_nothing(two_stores: Stores) -> None:
    history = [
        Event(bytes([n]) * 16, b"", "bo", "tag", "coding", f'["v",{n},9,"fairs","bo"]', "{}", "t1")
        for n in range(1, 8)
    ]
    for store in two_stores:
        reset(store)
        assert deliver(store, history[2:5]) == 3
        assert deliver(store, history) == 4
        assert deliver(store, history) == 0


def test_a_rebuild_gives_the_rows_that_the_acts_gave(two_stores: Stores) -> None:
    history = [
        Event(bytes([n]) * 16, b"", "bo", "tag", "coding", f'["v",{n},9,"fairs","bo"]', body, "t1")
        for n, body in enumerate(("{}", None, '{"doubt":true}'), start=1)
    ]
    store, _ = two_stores
    deliver(store, history)
    before = everything(store)
    with engine.writing(store.engine, where=store.where) as session:
        session.run("UPDATE coding SET doubt = 0, live = 1")
        session.run("DELETE FROM project")
        projection.rebuild(session)
    assert everything(store) == before


MUTANTS = ("a coding's stamp", "a code's stamp", "blank rows", "late events", "tombstones")


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_property_catches_a_store_that_forgets(
    mutant: str, two_files: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A property that no mistake can break proves nothing: here are five mistakes."""
    mutate(monkeypatch, mutant)

    @settings(
        max_examples=3_000,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    @given(delivered=deliveries())
    def attempt(delivered: tuple[list[Event], list[list[Event]]]) -> None:
        converge(two_files, *delivered)

    with pytest.raises(AssertionError):
        attempt()


def mutate(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    """Take one rule out of the projection."""
    otherwise, set_rows = projection._otherwise, projection.set_rows
    careless = {MUTANTS[0]: CODING, MUTANTS[1]: CODE}.get(mutant)

    def without_stamp(kind: Kind) -> str:
        sql = otherwise(kind)
        return sql.partition(" WHERE excluded.ev >")[0] if kind is careless else sql

    def without_tombstones(
        session: Session, kind: Kind, changes: Sequence[projection.Change]
    ) -> None:
        set_rows(session, kind, changes)
        session.run("DELETE FROM coding WHERE live = 0")

    def nothing(*_: object) -> None:
        """The words stay where they are."""

    if careless is not None:
        monkeypatch.setattr(projection, "_otherwise", without_stamp)
    elif mutant == "blank rows":
        monkeypatch.setattr(projection, "_blank", nothing)
    elif mutant == "late events":
        monkeypatch.setattr(projection, "erased_scopes", lambda _: frozenset())
    else:
        monkeypatch.setattr(projection, "set_rows", without_tombstones)


def deliver(store: Store, events: Sequence[Event]) -> int:
    """Bring events in, in one transaction."""
    with engine.writing(store.engine, where=store.where) as session:
        return absorb(session, events)


def everything(store: Store) -> Tabled:
    """All records as the tables say them."""
    with store.reading() as session:
        return readback.everything(session)


def converge(stores: Stores, history: list[Event], bundles: list[list[Event]]) -> list[Tabled]:
    """One store gets the history as it was, the other in bundles; what the tables of each say.

    Both must mean what the history means.
    """
    one, other = stores
    for store in stores:
        reset(store)
    deliver(one, history)
    for bundle in bundles:
        deliver(other, bundle)
    meant = fold(history)
    tabled = {place: record for place, record in meant.records.items() if place[0] in KINDS}
    said: list[Tabled] = []
    for store in stores:
        with store.reading() as session:
            events = list(log.read(session))
            said.append(readback.everything(session))
            assert said[-1] == tabled
            assert frozenset(projection.erased_scopes(session)) == meant.erased
            assert log.stored_seal(session) == log.computed_seal(session)
        assert fold(events) == meant
        assert {event.id for event in events} == {event.id for event in history}
        gone = [event for event in events if event.scope in meant.erased]
        assert not [event for event in gone if event.body is not None]
        assert {e.key[-4:] for e in gone if e.kind in WORDS_IN_KEY} <= {',""]'}
    return said

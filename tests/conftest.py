"""What tests of several rooms begin with: a place for a project, on both databases."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import postgres
import pyrage
import pytest
from hypothesis import settings

from qualcode.store.store import Store, create_store

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""The moment at which everything in tests happens."""

# A slow machine is no failure: how long something takes is measured in bench/, never asserted.
settings.register_profile("unhurried", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("QUALCODE_TEST_PROFILE", "unhurried"))

DATABASES = ("sqlite", "postgresql")

NewPlace = Callable[[], str]


@pytest.fixture(scope="session", autouse=True)
def _opened_once() -> Iterator[None]:
    """A sealed file takes most of a second to open, by intention: the same bytes, only once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "decrypt", functools.cache(pyrage.passphrase.decrypt))
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A running PostgreSQL; tests that need one are skipped where there is none."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running())
        except postgres.NoServerError as why:
            if os.environ.get("QUALCODE_TEST_NEEDS_POSTGRES"):
                pytest.fail(str(why))
            pytest.skip(str(why))
        yield server


@pytest.fixture(params=DATABASES)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewPlace]:
    """Makes places where no project is yet: files of this test, or databases of its own."""
    made: list[str] = []
    if request.param == "sqlite":

        def new() -> str:
            made.append(str(tmp_path / f"study{len(made) or ''}.qualcode"))
            return made[-1]

        yield new
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")

    def new_database() -> str:
        made.append(server.new_database())
        return made[-1]

    yield new_database
    for url in made:
        server.drop_database(url)


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """A place where no project is yet: a path or a URL."""
    return new_place()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """A new project in which nobody has done anything, on SQLite and on PostgreSQL."""
    with create_store(place, name="Fairs", language="en", by="Amina", at=AT) as made:
        yield made


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Store]:
    """A new project in a file, for what concerns files alone."""
    place = str(tmp_path / "study.qualcode")
    with create_store(place, name="Fairs", language="en", by="Amina", at=AT) as made:
        yield made

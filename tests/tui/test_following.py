"""Screens that show what the store held at the last look, and look again after others' acts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hanging import LIMIT_S
from services.study import BY
from tui.coded import FIRST, new_interview, rows, tagged_by_another
from tui.driving import driven, in_the_app, settled

from qualcode.services.work.sentencing import InProcess
from qualcode.store.store import Store
from qualcode.tui.app import make_app
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.screens import quotes
from qualcode.tui.screens.following import READING
from qualcode.tui.screens.quotes import QuotesScreen

SMALL = (80, 24)


class Slow(QuotesScreen):
    """The quotes of a study so large that a look at it ends when it is told to."""

    CSS_PATH = str(Path(quotes.__file__).with_name("quotes.tcss"))

    def __init__(self) -> None:
        super().__init__()
        self.begun = self.ended = 0
        self.has_begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def look(self) -> None:
        self.begun += 1
        self.has_begun.set()
        await self.may_end.wait()
        await super().look()
        self.ended += 1


@pytest.fixture
def store(surroundings: Surroundings) -> Iterator[Store]:
    with new_interview(surroundings.folder) as opened:
        yield opened


@in_the_app
async def test_a_look_that_takes_longer_than_two_polls_comes_to_its_end(
    store: Store, surroundings: Surroundings
) -> None:
    app = make_app(store, BY, surroundings=surroundings, sentences=InProcess())
    async with driven(app, size=SMALL) as pilot:
        await settled(pilot)
        slow = Slow()
        await app.push_screen(slow)
        await asyncio.wait_for(slow.has_begun.wait(), LIMIT_S)
        assert READING in "\n".join(rows(pilot))
        for _ in range(2):
            await slow.poll().wait()
        assert (slow.begun, slow.ended) == (1, 0)
        slow.may_end.set()
        await settled(pilot)
        assert slow.ended == 1
        assert "Nothing is coded yet" in "\n".join(rows(pilot))

        tagged_by_another(store, FIRST, "cohesion")
        slow.poll()
        await settled(pilot)
        assert slow.ended == 2
        assert FIRST in "\n".join(rows(pilot))

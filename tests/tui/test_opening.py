"""What is painted and laid out when the menu or the finder opens over the transcript."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.geometry import Region
from tui.coded import WIDE, coding, new_interview
from tui.driving import Driver, in_the_app, pressed

from qualcode.store.store import Store
from qualcode.tui.own.surroundings import Surroundings
from qualcode.tui.widgets.finder import Finder
from qualcode.tui.widgets.which_key import WhichKey


@pytest.fixture
def interview(surroundings: Surroundings) -> Iterator[Store]:
    with new_interview(surroundings.folder) as store:
        yield store


@in_the_app
async def test_a_menu_has_only_what_it_covers_painted_anew(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[Region] = []
    whole = Compositor.render_update

    def seen(self: Compositor, *args: Any, **named: Any) -> object:
        painted.extend(self._dirty_regions)
        return whole(self, *args, **named)

    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "down", "f", "escape")
        monkeypatch.setattr(Compositor, "render_update", seen)
        await pressed(pilot, "f")
        menu = pilot.app.screen.query_one(WhichKey).region
        opened = [one for one in painted if one.width > 1]  # stock paints scrollbars at a layout
        assert menu in opened
        assert all(menu.contains_region(one) for one in opened)
        painted.clear()
        await pressed(pilot, "escape")
        assert [one for one in painted if one.width > 1] == [menu]


@in_the_app
async def test_the_finder_asks_for_room_once_and_for_no_letter(
    interview: Store, surroundings: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[object] = []
    whole = Compositor.reflow

    def counted(self: Compositor, *args: Any, **named: Any) -> object:
        laid_out.append(self)
        return whole(self, *args, **named)

    async with coding(interview, surroundings, size=WIDE) as pilot:
        await pressed(pilot, "enter", "escape")  # the first time, what is in it learns its size
        await painted(pilot)
        monkeypatch.setattr(Compositor, "reflow", counted)
        await pressed(pilot, "enter")
        await painted(pilot)
        finder = pilot.app.screen.query_one(Finder)
        listed = finder.found
        assert len(laid_out) == 1
        await pressed(pilot, "g", "r", "down", "up", "backspace")
        await painted(pilot)
        assert finder.found != listed
        assert len(laid_out) == 1
        await pressed(pilot, "escape")
        await painted(pilot)
        assert len(laid_out) == 2


async def painted(pilot: Driver) -> None:
    """Wait until all that was asked for is on the screen."""
    done = asyncio.Event()
    pilot.app.screen.call_after_refresh(done.set)
    await done.wait()

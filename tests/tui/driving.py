"""Driving the app in tests: go somewhere, press keys, wait until everything they began is done."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import ParamSpec, Protocol, cast

from textual import events
from textual.screen import ModalScreen

from qualcode.tui.app import QualcodeApp

P = ParamSpec("P")

_SIGNS = {"slash": "/", "space": " ", "enter": "\r"}


def in_the_app(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    """A test that waits for the app, as one that pytest can call."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        async def whole() -> None:
            await test(*args, **kwargs)

        asyncio.run(whole())

    return run


class Driver(Protocol):
    """A pilot that knows whose app it steers."""

    app: QualcodeApp

    async def press(self, *keys: str) -> None: ...

    async def pause(self, delay: float | None = None) -> None: ...


@asynccontextmanager
async def driven(app: QualcodeApp, *keys: str, size: tuple[int, int]) -> AsyncIterator[Driver]:
    """The app after some keys, on a screen of so many columns and rows."""
    async with app.run_test(size=size) as pilot:
        driver = cast("Driver", pilot)
        await pressed(driver, *keys)
        yield driver


async def pressed(pilot: Driver, *keys: str) -> None:
    """Press keys one after another, each when the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def at_once(app: QualcodeApp, *keys: str) -> None:
    """Keys as a slow line brings them, all in one piece."""
    for key in keys:
        name = "space" if key == " " else key
        app.post_message(events.Key(name, _SIGNS.get(name, name if len(name) == 1 else None)))


async def settled(pilot: Driver) -> None:
    """Wait for all work in threads, but for what waits for an answer itself."""
    await pilot.pause()
    while _is_working(pilot.app):
        await pilot.pause()


def _is_working(app: QualcodeApp) -> bool:
    asking = isinstance(app.screen, ModalScreen)
    running = [worker for worker in app.workers if not worker.is_finished]
    return any(worker.group in ("load", "poll", "keys") or not asking for worker in running)

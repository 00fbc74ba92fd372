"""One thing after another: what a key begins is done, or has asked its question, before the next.

Services work in threads and questions lie on screens of their own, while fast fingers and slow
lines bring several keys at once. An action of this kind holds the actions that follow until its
question is there, or until it is done: none of them acts on what is about to change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Protocol, TypeVar

from textual.screen import Screen

T = TypeVar("T")


class OneAtATime:
    """The acts and questions of one screen."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._under_way = False
        self._open = asyncio.Event()
        """Set while a key may come: nothing is being done, or a question is there to take it."""
        self._open.set()

    async def begin(self, act: Callable[[], Awaitable[None]]) -> None:
        """Begin an act when the one before is over; return when it asks or is done.

        Where the one before asks a further question first, the key came too early and is dropped:
        the answer may change what it would have meant.
        """
        await self._open.wait()
        if self._under_way:
            return
        self._under_way = True
        self._open.clear()
        self._screen.run_worker(self._whole(act), group="act")
        await self._open.wait()

    async def ask(self, question: Screen[T]) -> T | None:
        """The answer to a question, from within an act; keys go to the question meanwhile."""
        answer: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
        await self._screen.app.push_screen(question, answer.set_result)
        self._open.set()
        try:
            return await answer
        finally:
            self._open.clear()

    async def _whole(self, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        finally:
            self._under_way = False
            self._open.set()


class ActsOneAtATime(Protocol):
    """A screen whose actions wait for each other."""

    acts: OneAtATime


S = TypeVar("S", bound=ActsOneAtATime)


def one_at_a_time(action: Callable[[S], Awaitable[None]]) -> Callable[[S], Awaitable[None]]:
    """An action that waits until the one before is over, or asks."""

    @wraps(action)
    async def taken(screen: S) -> None:
        await screen.acts.begin(partial(action, screen))

    return taken
